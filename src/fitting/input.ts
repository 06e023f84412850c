/** Reads everything that a fit learns from. */
import type { Song } from '../engine/types.ts';
import type { CleanFilm } from '../indexer/clean-films.ts';
import { FEEL_DIR, type FeelData, readFeelData } from '../indexer/feel/data.ts';
import { readFilms, readSongs } from './data.ts';
import { type Judgement, readJudgements } from './judgements.ts';
import { type FittedTextSpace, fitTextSpace } from './text-space.ts';
import { readWordVectors, WORD_VECTORS } from './word-vectors.ts';

export interface InputFiles {
  readonly songs: string;
  readonly movies: string;
  /** Folder of the feel data; the repository's by default. */
  readonly feel?: string;
  readonly wordVectors?: string;
  /** Learn nothing from films' texts. */
  readonly noText?: boolean;
}

export interface FitInput {
  readonly songs: readonly Song[];
  readonly films: readonly CleanFilm[];
  readonly feel: FeelData;
  readonly judgements: readonly Judgement[];
  readonly text: FittedTextSpace;
}

const NO_TEXT: FittedTextSpace = {
  terms: [],
  idf: new Float32Array(0),
  rows: new Int8Array(0),
  rowScale: new Float32Array(0),
  blocks: [],
};

/** @throws UserError when a file can't be read, lacks its columns or has a malformed line */
export async function loadInput(
  files: InputFiles,
  say: (text: string) => void = () => {},
): Promise<FitInput> {
  const dir = files.feel ?? FEEL_DIR;
  say('Reading feel data, songs and films…');
  const feel = await readFeelData(dir);
  const judgements = await readJudgements(dir);
  const songs = await readSongs(files.songs);
  const films = await readFilms(files.movies);
  say(
    `${feel.songs.size} songs, ${feel.artists.size} artists and ${feel.films.size} films are described. ${
      files.noText ? 'Leaving texts out.' : 'Learning the text space…'
    }`,
  );
  const text = files.noText
    ? NO_TEXT
    : await fitTextSpace(films, (wanted) => readWordVectors(files.wordVectors ?? WORD_VECTORS, wanted));
  return { songs, films, feel, judgements, text };
}
