/** A person's own taste: songs they love, and how far answers lean to them. Kept under a keyed hash of who it is. */
import { z } from 'zod';
import type { Song } from '../engine/types.ts';
import type { StateStore } from '../state/store.ts';
import type { AnswerContext } from './context.ts';
import { marksOf } from './film-marks.ts';
import { personHash } from './person-hash.ts';

/** Milliseconds that it stays after the last change: two years. */
export const TASTE_TTL_MS = 730 * 24 * 3600_000;
/** Songs kept of those that were given, and of those that were asked for. */
const MOST_GIVEN = 50;
const MOST_ASKED = 50;
/** Saved films that count, and songs that stand for each. */
const MOST_FILMS = 10;
const SONGS_OF_FILM = 2;

/** How far answers lean to a taste. */
export const LEANS = { off: 0, little: 0.5, much: 1 } as const;
export type Lean = keyof typeof LEANS;

const stored = z.object({
  /** Catalogue ids, the latest first. */
  given: z.array(z.string()).catch([]),
  /** The same of songs that were asked for, while the person wants that. */
  asked: z.array(z.string()).catch([]),
  remember: z.boolean().catch(false),
  lean: z.enum(['off', 'little', 'much']).catch('off'),
});
export type Taste = z.infer<typeof stored>;

const NOTHING: Taste = { given: [], asked: [], remember: false, lean: 'off' };

/** The hash under which somebody's taste is kept. @param user `<platform>:<id>` */
export const tasteHash = (user: string, state: StateStore) => personHash(user, state, 'taste:');

/** The key of the taste under a hash. */
export const tasteUnder = (hash: string) => `taste:${hash}`;

const keyOf = async (user: string, state: StateStore) => tasteUnder(await tasteHash(user, state));

export async function tasteOf({ user, state }: Pick<AnswerContext, 'user' | 'state'>): Promise<Taste | null> {
  return user === null ? null : (stored.safeParse(await state.get(await keyOf(user, state))).data ?? null);
}

export async function changeTaste(
  user: string,
  change: (taste: Taste) => Partial<Taste>,
  state: StateStore,
): Promise<void> {
  await state.update<Taste>(
    await keyOf(user, state),
    (current) => {
      const now = stored.safeParse(current).data ?? NOTHING;
      return { ...now, ...change(now) };
    },
    TASTE_TTL_MS,
  );
}

/** @returns whether something was kept */
export async function forgetTaste(user: string, state: StateStore): Promise<boolean> {
  return state.delete(await keyOf(user, state));
}

const first = (ids: readonly string[], most: number) => [...new Set(ids)].slice(0, most);

/** Adds a song that somebody loves. @param id of the catalogue */
export const giveSong = (user: string, id: string, state: StateStore) =>
  changeTaste(user, ({ given }) => ({ given: first([id, ...given], MOST_GIVEN) }), state);

/** Keeps that somebody asked for a song, where they want that. */
export async function noteAsked(song: Song, context: AnswerContext): Promise<void> {
  if (context.user === null || !context.engine().song(song.id)) return;
  if (!(await tasteOf(context))?.remember) return;
  const change = ({ asked, remember }: Taste) =>
    remember ? { asked: first([song.id, ...asked], MOST_ASKED) } : {};
  await changeTaste(context.user, change, context.state);
}

/** The songs that stand for a taste: those given, those asked for, and some that feel like the films saved. */
export async function songsOfTaste(context: AnswerContext): Promise<Song[]> {
  const taste = (await tasteOf(context)) ?? NOTHING;
  const engine = context.engine();
  const saved = (await marksOf(context)).filter(({ mark }) => mark === 'saved').slice(0, MOST_FILMS);
  const ofFilms = saved.flatMap(({ film }) =>
    engine.film(film)
      ? engine.songsFor(film, { limit: SONGS_OF_FILM }).matches.map(({ song }) => song.id)
      : [],
  );
  return first([...taste.given, ...taste.asked, ...ofFilms], MOST_GIVEN).flatMap(
    (id) => engine.song(id) ?? [],
  );
}

/** What leans somebody's answers; undefined where nothing does. */
export async function leaning(context: AnswerContext) {
  const lean = (await tasteOf(context))?.lean ?? 'off';
  if (lean === 'off') return undefined;
  const songs = await songsOfTaste(context);
  return songs.length > 0 ? { songs, weight: LEANS[lean] } : undefined;
}
