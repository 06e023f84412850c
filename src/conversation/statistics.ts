/**
 * What a community asks and loves, where its managers switched that on: who asked is kept as keyed hashes of that
 * community alone, and nothing is told of what fewer than five people asked.
 */
import { z } from 'zod';
import type { Profile, Song } from '../engine/types.ts';
import { wordsFor } from '../i18n/index.ts';
import { clean } from '../shared/text.ts';
import type { StateStore } from '../state/store.ts';
import type { Answer } from './answer.ts';
import { communityOf, songKey, voterIn, votesIn } from './ballots.ts';
import { filmName, songName } from './cards.ts';
import { type AnswerContext, privately } from './context.ts';
import { profilesOf } from './details.ts';
import { countsIn } from './hidden.ts';
import { notice, sorry } from './notices.ts';
import { personHash } from './person-hash.ts';

/** Milliseconds after which a question no longer counts: 90 days. */
export const ASKED_TTL_MS = 90 * 24 * 3600_000;

/** People who must have asked a song before it is told. */
export const LEAST_PEOPLE = 5;
/** People who must love a film before it is told. */
const LEAST_LOVERS = 3;
/** Askers of one song that are told apart. */
const MOST_PEOPLE = 500;
/** Songs and films shown. */
const MOST_SHOWN = 5;
/** Songs and films whose feel makes the picture. */
const MOST_FELT = 200;

const storedSettings = z.object({ stats: z.boolean().catch(false) });
const storedAsked = z.object({
  community: z.string(),
  /** Of the catalogue's songs the id; empty for others. */
  song: z.string(),
  label: z.string(),
  /** ISO day by asker. */
  people: z.record(z.string(), z.string()),
});
type Asked = z.infer<typeof storedAsked>;

export const settingsKey = (community: string) => `community:${community}`;
const askedUnder = (community: string) => `asked:${community}:`;

const isOn = async (community: string, state: StateStore) =>
  storedSettings.safeParse(await state.get(settingsKey(community))).data?.stats === true;

/** Whether a day still counts. */
const since = () => new Date(Date.now() - ASKED_TTL_MS).toISOString().slice(0, 10);

/** Counts that somebody asked for a song; nothing where the community does not want it, or they do not. */
export async function countAsked(song: Song, context: AnswerContext): Promise<void> {
  const { state, user } = context;
  const community = user === null ? null : await countsIn(context);
  if (community === null || user === null || !(await isOn(community, state))) return;
  const me = await voterIn(community, user, state);
  const known = context.engine().song(song.id) !== null;
  const label = clean(songName(song), 120);
  await state.update<Asked>(
    askedUnder(community) + songKey(known ? song.id : label),
    (current) => {
      const before = storedAsked.safeParse(current).data?.people ?? {};
      const from = since();
      const people = Object.fromEntries(Object.entries(before).filter(([, day]) => day >= from));
      if (!(me in people) && Object.keys(people).length >= MOST_PEOPLE) return current;
      const day = new Date().toISOString().slice(0, 10);
      return { community, song: known ? song.id : '', label, people: { ...people, [me]: day } };
    },
    ASKED_TTL_MS,
  );
}

/** Songs by how many asked them from a day on, most first; a song that nobody asked since is left out. @param from ISO day */
async function askedIn(
  community: string,
  state: StateStore,
  from = since(),
): Promise<(Asked & { count: number })[]> {
  const all = await state.list<unknown>(askedUnder(community));
  return all
    .flatMap(({ value }) => {
      const asked = storedAsked.safeParse(value).data;
      const count = Object.values(asked?.people ?? {}).filter((day) => day >= from).length;
      return asked && count > 0 ? [{ ...asked, count }] : [];
    })
    .sort((a, b) => b.count - a.count || (a.label < b.label ? -1 : 1));
}

/** Whether it is counted which songs are asked where somebody asks. */
export async function countsHere(context: AnswerContext): Promise<boolean> {
  const community = await communityOf(context);
  return community !== null && (await isOn(community, context.state));
}

/** The songs of a community's last seven days, and how many people asked them; nothing where nobody counts. */
export async function weekIn(
  context: AnswerContext,
): Promise<{ songs: { song: string; label: string; count: number }[]; people: number }> {
  const community = (await countsHere(context)) ? await communityOf(context) : null;
  if (community === null) return { songs: [], people: 0 };
  const from = new Date(Date.now() - 6 * 24 * 3600_000).toISOString().slice(0, 10);
  const songs = await askedIn(community, context.state, from);
  const people = songs.flatMap((one) => Object.entries(one.people).filter(([, day]) => day >= from));
  return { songs, people: new Set(people.map(([who]) => who)).size };
}

/** Films by how many love them: each member has one voice for a film, however many songs they voted on. */
async function lovedIn(community: string, state: StateStore): Promise<{ film: number; count: number }[]> {
  const voices = new Map<number, Map<string, number>>();
  for (const { voter, film, fits, weight = 1 } of await votesIn(community, state)) {
    const ofFilm = voices.get(film) ?? new Map<string, number>();
    voices.set(film, ofFilm.set(voter, (ofFilm.get(voter) ?? 0) + (fits ? weight : -weight)));
  }
  return [...voices]
    .map(([film, ofFilm]) => {
      const sums = [...ofFilm.values()];
      const lovers = sums.filter((sum) => sum >= 1).length;
      return { film, count: lovers, standing: lovers - sums.filter((sum) => sum < 0).length };
    })
    .filter(({ count, standing }) => count >= LEAST_LOVERS && standing > 0)
    .sort((a, b) => b.standing - a.standing || b.count - a.count || a.film - b.film);
}

/** The mean of profiles, each counted as often as people stand behind it. */
export function meanProfile(all: readonly { readonly profile: Profile; readonly weight: number }[]): Profile {
  const total = all.reduce((sum, { weight }) => sum + weight, 0) || 1;
  const mean = (of: 'terms' | 'worlds') => {
    const sums: Record<string, number> = {};
    for (const { profile, weight } of all) {
      for (const [name, strength] of Object.entries(profile[of])) {
        sums[name] = (sums[name] ?? 0) + (strength * weight) / total;
      }
    }
    return sums;
  };
  return { terms: mean('terms'), worlds: mean('worlds'), year: null, basis: 'described' };
}

/** The strongest of a mean is weaker than any song: drawn, the strongest bar is a full one. */
function stretched(profile: Profile): Profile {
  const scale = (all: Readonly<Record<string, number>>) => {
    const most = Math.max(...Object.values(all), 0) || 1;
    return Object.fromEntries(Object.entries(all).map(([name, strength]) => [name, strength / most]));
  };
  return { ...profile, terms: scale(profile.terms), worlds: scale(profile.worlds) };
}

/** What the community's songs and films feel like, side by side; null where too little is known. */
function feelOf(
  songs: readonly { song: string; count: number }[],
  films: readonly { film: number; count: number }[],
  context: AnswerContext,
) {
  const engine = context.engine();
  const words = wordsFor(context.locale);
  const ofSongs = songs.slice(0, MOST_FELT).flatMap(({ song, count }) => {
    return song !== '' && engine.song(song) ? [{ profile: engine.songProfile(song), weight: count }] : [];
  });
  const ofFilms = films.slice(0, MOST_FELT).flatMap(({ film, count }) => {
    const profile = engine.filmProfile(film);
    return profile ? [{ profile, weight: count }] : [];
  });
  if (ofSongs.length === 0 || ofFilms.length === 0) return null;
  const names = { song: words.t('stats.songsHere'), film: words.t('stats.filmsHere') };
  return profilesOf(stretched(meanProfile(ofSongs)), stretched(meanProfile(ofFilms)), names, words);
}

async function switchOn(community: string, on: boolean, state: StateStore): Promise<void> {
  await state.set(settingsKey(community), { stats: on });
  if (!on) await forgetAsked(community, state);
}

/** Switches a community's statistics on or off as its host wants; off forgets what was counted. @param community as in the context */
export async function switchStatistics(community: string, on: boolean, state: StateStore): Promise<void> {
  const hash = await personHash(community, state, 'community:');
  if ((await isOn(hash, state)) !== on) await switchOn(hash, on, state);
}

/** Shows the statistics, or switches them on or off; off forgets what was counted. */
export async function statistics(step: 'show' | 'on' | 'off', context: AnswerContext): Promise<Answer> {
  const { t } = wordsFor(context.locale);
  const mine = privately(context);
  const community = await communityOf(context);
  if (community === null) return sorry(mine, 'stats.nowhere');
  if (step !== 'show') {
    if (!(await context.manages?.())) return sorry(mine, 'stats.managers');
    await switchOn(community, step === 'on', context.state);
    return notice(mine, 'info', t('stats.title'), [t(step === 'on' ? 'stats.nowOn' : 'stats.nowOff')]);
  }
  if (!(await isOn(community, context.state)))
    return notice(mine, 'info', t('stats.title'), [t('stats.off')]);
  const asked = (await askedIn(community, context.state)).filter(({ count }) => count >= LEAST_PEOPLE);
  const loved = await lovedIn(community, context.state);
  const engine = context.engine();
  const words = wordsFor(context.locale);
  const films = loved.flatMap(({ film, count }) => {
    const found = engine.film(film);
    return found && !found.unfit ? [{ name: filmName(found, words), count }] : [];
  });
  const numbered = (all: readonly { name: string; count: number }[]) =>
    all.slice(0, MOST_SHOWN).map(({ name, count }, at) => `${at + 1}. ${t('stats.by', { name, count })}`);
  const songs = asked.map(({ label, count }) => ({ name: label, count }));
  const profiles = feelOf(asked, loved, context);
  return {
    ...notice(context, 'info', t('stats.title'), [
      songs.length > 0 ? t('stats.asked') : t('stats.noneAsked', { count: LEAST_PEOPLE }),
      ...numbered(songs),
      films.length > 0 ? t('stats.loved') : t('stats.noneLoved', { count: LEAST_LOVERS }),
      ...numbered(films),
      ...(profiles ? [profiles.caption] : []),
      t('stats.note'),
    ]),
    ...(profiles && { profiles }),
  };
}

/** Forgets what a community asked. */
export async function forgetAsked(community: string, state: StateStore): Promise<void> {
  for (const { key } of await state.list(askedUnder(community))) await state.delete(key);
}

/** Questions of somebody's that count somewhere; `forget` takes them out. @param user `<platform>:<id>` */
export async function askedBy(user: string, state: StateStore, forget = false): Promise<string[]> {
  const mine = new Map<string, string>();
  const labels: string[] = [];
  for (const { key, value } of await state.list<unknown>('asked:')) {
    const asked = storedAsked.safeParse(value).data;
    if (!asked) continue;
    const me = mine.get(asked.community) ?? (await voterIn(asked.community, user, state));
    mine.set(asked.community, me);
    if (!(me in asked.people)) continue;
    labels.push(asked.label);
    if (!forget) continue;
    await state.update<unknown>(key, (current) => {
      const now = storedAsked.safeParse(current).data;
      if (!now) return current;
      const { [me]: _, ...people } = now.people;
      return Object.keys(people).length > 0 ? { ...now, people } : undefined;
    });
  }
  return labels;
}
