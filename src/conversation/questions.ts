/** Questions that do not fit a token, kept in durable state under a short id derived from them until they expire. */
import { z } from 'zod';
import type { Filters, Song } from '../engine/types.ts';
import type { Message } from '../i18n/index.ts';
import type { AnswerContext } from './context.ts';
import { MAX_FEELINGS, MOOD_NAMES } from './moods.ts';
import type { Query, QuerySeed } from './query.ts';
import { packFilters, type QueryRef } from './tokens.ts';

/** How long buttons of such an answer work: 90 days, longer than people scroll back in a chat. */
export const QUESTION_TTL_MS = 90 * 24 * 3600_000;

/** Most songs of a blend: what an album or a short playlist holds; the best known come first. */
export const MAX_BLEND = 50;

const unit = z.number().min(0).max(1);
const storedSong = z.object({
  id: z.string().max(200),
  title: z.string().max(20_000),
  artists: z.array(z.string().max(20_000)).max(200),
  album: z.string().max(20_000),
  genres: z.array(z.string().max(200)).max(200),
  popularity: z.number().nullable(),
  durationMs: z.number().nullable(),
  explicit: z.boolean().nullable(),
  features: z
    .object({
      danceability: unit,
      energy: unit,
      key: z.number(),
      loudness: z.number(),
      mode: z.number(),
      speechiness: unit,
      acousticness: unit,
      instrumentalness: unit,
      liveness: unit,
      valence: unit,
      tempo: z.number().nullable(),
      timeSignature: z.number().nullable(),
    })
    .nullable(),
});

const range = z.tuple([z.number(), z.number()]);
const stored = z.object({
  seed: z.union([
    z.object({ kind: z.literal('track'), id: z.string() }),
    z.object({
      kind: z.literal('mood'),
      feel: z
        .array(z.enum(MOOD_NAMES as [string, ...string[]]))
        .min(1)
        .max(MAX_FEELINGS),
    }),
    z.object({
      kind: z.literal('songs'),
      /** Songs of the catalogue by id, others whole. */
      songs: z
        .array(z.union([z.string(), storedSong]))
        .min(1)
        .max(MAX_BLEND),
      label: z.string().max(20_000).exactOptional(),
      note: z
        .object({ key: z.string(), params: z.record(z.string(), z.union([z.string(), z.number()])) })
        .exactOptional(),
    }),
  ]),
  filters: z.object({
    genres: z.array(z.string()).exactOptional(),
    notGenres: z.array(z.string()).exactOptional(),
    years: range.exactOptional(),
    runtime: range.exactOptional(),
    minRating: z.number().exactOptional(),
    minVotes: z.number().exactOptional(),
    languages: z.array(z.string()).exactOptional(),
  }),
});

const stateKey = (id: string) => `question:${id}`;

/** What a token can carry of a query: everything when it fits, else the id of a stored question. */
export async function refOf(
  query: Pick<Query, 'seed' | 'filters'>,
  context: Pick<AnswerContext, 'state' | 'engine'>,
): Promise<QueryRef> {
  const { seed, filters } = query;
  if (seed.kind === 'track' && packFilters(filters) !== null) {
    return { kind: 'inline', track: seed.id, filters };
  }
  if (seed.kind === 'mood' && packFilters(filters) !== null) {
    return { kind: 'mood', feel: seed.feel, filters };
  }
  const engine = context.engine();
  const kept =
    seed.kind !== 'songs'
      ? seed
      : { ...seed, songs: seed.songs.map((song) => (engine.song(song.id) ? song.id : song)) };
  // Derived from what was asked: asking again writes nothing, and nobody without the store's key can guess it.
  const id = context.state.pseudonym(`question ${JSON.stringify([kept, filters])}`).slice(0, 16);
  await context.state.keep(stateKey(id), { seed: kept, filters }, QUESTION_TTL_MS);
  return { kind: 'stored', id };
}

/** The seed and filters behind a reference, or null once they have expired or the catalogue lost every song. */
export async function recall(
  ref: QueryRef,
  context: Pick<AnswerContext, 'state' | 'engine'>,
): Promise<{ seed: QuerySeed; filters: Filters } | null> {
  if (ref.kind === 'inline') {
    return { seed: { kind: 'track', id: ref.track }, filters: ref.filters };
  }
  if (ref.kind === 'mood') {
    return ref.feel.length === 0 ? null : { seed: { kind: 'mood', feel: ref.feel }, filters: ref.filters };
  }
  if (ref.kind === 'film') return null;
  const result = stored.safeParse(await context.state.get(stateKey(ref.id)));
  if (!result.success) return null;
  const { seed, filters } = result.data;
  if (seed.kind !== 'songs') return { seed, filters };
  const engine = context.engine();
  const songs = seed.songs
    .map((song) => (typeof song === 'string' ? engine.song(song) : song))
    .filter((song) => song !== null);
  return songs.length === 0 ? null : { seed: { ...seed, songs } as QuerySeed, filters };
}

/** A seed for songs: by id when the catalogue holds the one song, else the songs themselves. */
export function seedOf(
  songs: readonly Song[],
  context: Pick<AnswerContext, 'engine'>,
  more: { readonly label?: string; readonly note?: Message } = {},
): QuerySeed {
  const [only] = songs;
  if (songs.length === 1 && only && !more.label && context.engine().song(only.id)) {
    return { kind: 'track', id: only.id };
  }
  return { kind: 'songs', songs: songs.slice(0, MAX_BLEND), ...more };
}
