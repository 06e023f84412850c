/** The catalogue folder: which files it holds and what its manifest says of them. */
import { createHash } from 'node:crypto';
import { z } from 'zod';

/** Raised whenever an older program could misread a newer catalogue. */
export const CATALOGUE_FORMAT = 4;

/** Files of a catalogue besides the manifest, relative to its folder. */
export const FILES = {
  /** usearch index (cosine, f16) of the films that pass the default filters. */
  index: 'films.usearch',
  /** usearch index of every other film. */
  restIndex: 'films-rest.usearch',
  /** Film vectors, rows × dims float32. */
  vectors: 'films.vectors',
  /** Ids and filterable facts of the films, column by column. */
  columns: 'films.columns',
  /** Feel profiles of the films, packed (`packProfile`). */
  feel: 'films.feel',
  /** Song search index. */
  search: 'songs.search',
  /** Audio z-scores and genres of the songs, for songs that come without genres. */
  sounds: 'songs.sounds',
  /** Records of films, songs and artists. */
  records: 'records/data.mdb',
  model: 'model/model.json',
  weights: 'model/weights.bin',
  vocabulary: 'model/vocabulary.txt',
  grams: 'model/grams.txt',
} as const;

/** What the films' posters look like: only in a catalogue that was built with posters. */
export const VISUAL = 'films.visual';

/** Hash of the table's row that each film came from, in row order: tells a later build which films are unchanged. */
export const ROW_HASHES = 'films.hashes';

export const MANIFEST = 'manifest.json';
/** Stamp of the files that were hashed and found sound; see verify.ts. */
export const STAMP = 'verified.json';

const fileEntry = z.object({ bytes: z.number().int().nonnegative(), sha256: z.string().length(64) });
const range = z.tuple([z.number(), z.number()]);

export const manifestSchema = z.object({
  format: z.literal(CATALOGUE_FORMAT),
  /** Version of the program that built it. */
  version: z.string(),
  /** The starter catalogue: built from what the program brings, and renewed when that is newer. */
  isStarter: z.boolean().optional(),
  /** sha256 of its sources. */
  program: z.string().length(64).optional(),
  builtAt: z.string(),
  counts: z.object({
    movies: z.number().int().nonnegative(),
    /** Films in the main index: those that pass the default filters. */
    indexed: z.number().int().nonnegative(),
    songs: z.number().int().nonnegative(),
    artists: z.number().int().nonnegative(),
  }),
  /** Length of an indexed vector: shared space, bias, popularity and slack. */
  dimensions: z.number().int().positive(),
  /** Bytes of a packed feel profile. */
  feelBytes: z.number().int().positive(),
  /** sha256 over the feel data that songs and films were described by. */
  feelData: z.string(),
  audioDimensions: z.number().int().positive(),
  /** Length of a film's poster features, where `films.visual` is listed. */
  visualDimensions: z.number().int().positive().optional(),
  /** Votes that a film needs to be found unless asked otherwise. */
  voteFloor: z.number().int().nonnegative(),
  /** Min-max ranges of the plain features, from the fitted model. */
  ranges: z.record(z.string(), range),
  /** sha256 of the fitted model's model.json. */
  model: z.string().length(64),
  /** sha256 of the input files by role. */
  inputs: z.record(z.string(), z.string().length(64)),
  /** sha256 over the ordered keys and values of the record store: equal for equal catalogues. */
  entries: z.string().length(64),
  facets: z.object({
    genres: z.array(z.string()),
    languages: z.array(z.string()),
    countries: z.array(z.string()),
  }),
  files: z.record(z.string(), fileEntry),
  /** sha256 of everything above, see `sealOf`: the files are vouched for here, and this vouches for itself. */
  seal: z.string().length(64),
});

export type Manifest = z.infer<typeof manifestSchema>;

/** The seal that belongs to a manifest, whatever seal it carries. */
export function sealOf(manifest: object): string {
  const text = JSON.stringify({ ...manifest, seal: undefined });
  return createHash('sha256').update(text).digest('hex');
}
