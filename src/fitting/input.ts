/** Reads everything that a fit learns from. */
import { songTerms } from '../engine/model/song-text.ts';
import type { CorpusInput } from './corpus.ts';
import { readCredits, readFilms, readPairs, readSongs } from './data.ts';
import { fitTermSpace, fitTextSpace, SONG_TEXT_SPACE } from './text-space.ts';

export interface InputFiles {
  readonly songs: string;
  readonly movies: string;
  readonly pairs: string;
  readonly extraSongs?: string;
  readonly extraPairs?: string;
  readonly credits?: string;
}

/** @throws UserError when a file can't be read or lacks its columns */
export async function loadInput(
  files: InputFiles,
  say: (text: string) => void = () => {},
): Promise<CorpusInput> {
  say('Reading songs, films and pairs…');
  const [songs, films] = [await readSongs(files.songs), await readFilms(files.movies)];
  const rest = {
    pairs: await readPairs(files.pairs),
    extraSongs: files.extraSongs ? await readSongs(files.extraSongs) : [],
    extraPairs: files.extraPairs ? await readPairs(files.extraPairs) : [],
    credits: files.credits ? await readCredits(files.credits) : [],
  };
  say(`${songs.length} songs, ${films.length} films, ${rest.pairs.length} pairs. Learning the text space…`);
  return {
    songs,
    films,
    ...rest,
    text: fitTextSpace(films),
    songText: fitTermSpace(songs, songTerms, SONG_TEXT_SPACE),
  };
}
