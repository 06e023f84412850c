/** Film nights as they are kept: a day long, over restarts, every change in one step. People are keyed hashes. */
import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { hashOf } from '../shared/hash.ts';
import type { StateStore } from '../state/store.ts';

/** Milliseconds that a film night lasts. */
export const NIGHT_TTL_MS = 24 * 3600_000;

/** People of one film night. */
export const MOST_PEOPLE = 100;
/** Once the opener has done nothing for so long (milliseconds), whoever joined may close and choose. */
export const OPENER_MS = 30 * 60_000;

const stored = z.object({
  /** Grows with every change. */
  revision: z.number(),
  phase: z.enum(['open', 'vote', 'done']),
  opener: z.string(),
  /** When the opener last did something, in milliseconds since the epoch. */
  openerAt: z.number(),
  /** BCP 47: in which language all see it. */
  locale: z.string(),
  people: z.array(
    z.object({
      /** Keyed hash, under which the person's marks stand, too. */
      id: z.string(),
      name: z.string(),
      /** The song as tokens name it. */
      seed: z.string(),
      song: z.string(),
    }),
  ),
  /** Names given by people whose song is still asked about. */
  names: z.record(z.string(), z.string()),
  /** Lists shown so far, five films each, the first one first. */
  films: z.array(z.object({ id: z.number(), likings: z.array(z.number()) })),
  /** The list that is shown. */
  list: z.number(),
  /** Whether another list would hold films. */
  more: z.boolean(),
  /** All songs together, as tokens name them; for details. */
  blend: z.string(),
  /** Film by person. */
  votes: z.record(z.string(), z.number()),
  /** The film chosen, and those that had as many votes. */
  chosen: z.number().nullable(),
  tied: z.array(z.number()),
  /** By person, the hash of what last changed it: a press that comes again, as from a process that died, changes nothing. */
  by: z.record(z.string(), z.string()).default({}),
  /** Where the poll stands that takes the votes; null: buttons take them. */
  poll: z.string().nullable().default(null),
  /** What a poll said, by film. */
  polled: z.record(z.string(), z.number()).default({}),
  /** In the calendar of the place. `starts`: milliseconds since the epoch. */
  event: z
    .object({ id: z.string(), url: z.string(), starts: z.number(), zone: z.string() })
    .nullable()
    .default(null),
  /** Where all see it, as its adapter names the message; null where nobody said. */
  place: z.string().nullable(),
});
export type Night = z.infer<typeof stored>;
export type NightPerson = Night['people'][number];

/** Who changes a film night. @property delivery what of the platform's asked for it, so that it counts once */
export interface Presser {
  /** Keyed hash. */
  readonly person: string;
  readonly delivery: string | null;
}

const keyOf = (id: string) => `night:${id}`;

/** Films of one list. */
export const LIST_SIZE = 5;

/** The films of the list that is shown. */
export const shownFilms = ({ films, list }: Night) => films.slice(list * LIST_SIZE, (list + 1) * LIST_SIZE);

/** Opens one. @returns its id, or null where there was no room for another */
export async function openNight(opener: string, locale: string, state: StateStore): Promise<string | null> {
  const id = randomBytes(12).toString('base64url');
  const night: Night = {
    revision: 0,
    phase: 'open',
    opener,
    openerAt: Date.now(),
    locale,
    people: [],
    names: {},
    films: [],
    list: 0,
    more: false,
    blend: '',
    votes: {},
    chosen: null,
    tied: [],
    by: {},
    poll: null,
    polled: {},
    event: null,
    place: null,
  };
  await state.keep(keyOf(id), night, NIGHT_TTL_MS);
  return (await nightOf(id, state)) ? id : null;
}

/** The film night of that id; null once it is over, or where there never was one. */
export async function nightOf(id: string, state: StateStore): Promise<Night | null> {
  return stored.safeParse(await state.get(keyOf(id))).data ?? null;
}

/**
 * Changes a film night in one step.
 *
 * @param by keyed hash of whoever changes it, and what names the press where it may come again
 * @param change gives what is new, or a string: why nothing changes. Perhaps called again where somebody was faster.
 * @returns the film night as it now stands, or the reason; `gone` where it is over
 */
export async function changeNight<const R extends string>(
  id: string,
  { person, delivery }: Presser,
  change: (night: Night) => Partial<Night> | R,
  state: StateStore,
): Promise<Night | R | 'gone'> {
  const name = delivery === null ? null : hashOf(delivery, 12);
  let refused: R | 'gone' = 'gone';
  let now: Night | null = null;
  await state.update<unknown>(keyOf(id), (current) => {
    refused = 'gone';
    now = null;
    const night = stored.safeParse(current).data;
    if (!night) return current;
    if (name !== null && night.by[person] === name) {
      now = night;
      return current;
    }
    const next = change(night);
    if (typeof next === 'string') {
      refused = next;
      return current;
    }
    const opener = next.opener ?? night.opener;
    now = {
      ...night,
      ...next,
      revision: night.revision + 1,
      ...(name !== null && { by: { ...night.by, [person]: name } }),
      ...(opener === person && { openerAt: Date.now() }),
    };
    return now;
  });
  return now ?? refused;
}

/** Whether somebody may close the round and choose: the opener; whoever joined, once the opener is away. */
export function leads({ opener, openerAt, people }: Night, person: string, now = Date.now()): boolean {
  if (opener === person) return true;
  return now - openerAt > OPENER_MS && people.some(({ id }) => id === person);
}

/** The votes for a film: by buttons, and by a poll. */
export const votesFor = ({ votes, polled }: Pick<Night, 'votes' | 'polled'>, film: number): number =>
  Object.values(votes).filter((vote) => vote === film).length + (polled[film] ?? 0);

/** All votes there are. */
export const voteCount = ({ votes, polled }: Pick<Night, 'votes' | 'polled'>): number =>
  Object.keys(votes).length + Object.values(polled).reduce((sum, count) => sum + count, 0);

/** The film with most votes, of equals the one that is better for all, and the others that had as many. */
export function winner(night: Night): { chosen: number | null; tied: number[] } {
  if (voteCount(night) === 0) return { chosen: shownFilms(night)[0]?.id ?? null, tied: [] };
  const counts = night.films.map(({ id }) => votesFor(night, id));
  const most = Math.max(0, ...counts);
  const [chosen = null, ...tied] = night.films.filter((_, at) => counts[at] === most).map(({ id }) => id);
  return { chosen, tied };
}

/** Remembers where all see it. */
export async function placeNight(id: string, place: string, state: StateStore): Promise<void> {
  if ((await nightOf(id, state))?.place === place) return;
  await state.update<unknown>(keyOf(id), (current) => {
    const night = stored.safeParse(current).data;
    return night ? { ...night, place } : current;
  });
}

const takesPart = ({ opener, votes, names, people }: Night, person: string) =>
  opener === person ||
  Object.hasOwn(votes, person) ||
  Object.hasOwn(names, person) ||
  people.some(({ id }) => id === person);

/** The film nights that a person opened, joined or voted in. @param person keyed hash */
export async function nightsWith(person: string, state: StateStore): Promise<Night[]> {
  const all = await state.list<unknown>('night:');
  return all.flatMap(({ value }) => {
    const night = stored.safeParse(value).data;
    return night && takesPart(night, person) ? [night] : [];
  });
}

/** Takes a person out of every film night. @param person keyed hash */
export async function forgetNights(person: string, state: StateStore): Promise<void> {
  for (const { key } of await state.list<unknown>('night:')) {
    await state.update<unknown>(key, (current) => {
      const night = stored.safeParse(current).data;
      if (!night || !takesPart(night, person)) return current;
      return { ...night, ...without(night, person), revision: night.revision + 1 };
    });
  }
}

/** A film night without a person. */
export function without(night: Night, person: string): Partial<Night> {
  const people = night.people.filter(({ id }) => id !== person);
  const { [person]: _, ...votes } = night.votes;
  const { [person]: __, ...names } = night.names;
  const { [person]: ___, ...by } = night.by;
  // Likings stand in the order of people: without one of them they would be others'.
  const at = night.people.findIndex(({ id }) => id === person);
  const films =
    at < 0
      ? night.films
      : night.films.map((film) => ({ ...film, likings: film.likings.filter((_, i) => i !== at) }));
  return {
    people,
    names,
    votes,
    by,
    films,
    opener: night.opener === person ? (people[0]?.id ?? '') : night.opener,
  };
}
