/** What of the data somebody described. */
import type { Song } from '../../engine/types.ts';
import type { DescribedFilm, DescribedSong, FeelData, Vocabulary } from '../../indexer/feel/data.ts';
import { SongFinder } from '../../indexer/feel/song-finder.ts';

export interface DescribedWorks {
  readonly vocabulary: Pick<Vocabulary, 'terms' | 'worlds'>;
  /** Each once, however many editions of it the data holds. */
  readonly songs: readonly DescribedSong[];
  readonly films: readonly DescribedFilm[];
}

/** @param films ids of the films in the data */
export function describedWorks(
  songs: readonly Song[],
  films: ReadonlySet<number>,
  feel: FeelData,
): DescribedWorks {
  const finder = new SongFinder(feel.songs);
  return {
    vocabulary: feel.vocabulary,
    songs: [...new Set(songs.flatMap((song) => finder.find(song) ?? []))],
    films: [...feel.films.values()].filter(({ id }) => films.has(id)),
  };
}
