/** One pass over the data sets beside the project: facts that differ, and overviews that come too near to theirs. */
import { existsSync } from 'node:fs';
import { FILM_COLUMNS } from '../../src/indexer/clean-films.ts';
import { SONG_COLUMNS, SongCleaner } from '../../src/indexer/clean-songs.ts';
import { readTable } from '../../src/indexer/tables.ts';
import { type Difference, filmDifferences, songDifferences } from './facts.ts';
import { type Cells, SHARED, type Starter } from './load.ts';
import { isWritten, LikenessIndex } from './overviews.ts';

export const sharedIsThere = () => [SHARED.films, ...SHARED.songs].every((file) => existsSync(file));

export interface FilmComparison {
  readonly differences: readonly Difference[];
  /** One sentence for each text of the data set that one of ours comes too near to. */
  readonly likenesses: readonly string[];
  /** Texts looked at. */
  readonly texts: number;
}

export async function compareFilms(starter: Starter): Promise<FilmComparison> {
  const wanted = new Set(starter.filmCells.map((cells) => cells.id));
  const index = new LikenessIndex(starter.films.filter(isWritten));
  const sources = new Map<string, Cells>();
  const likenesses: string[] = [];
  let texts = 0;
  for await (const { values } of readTable(SHARED.films, FILM_COLUMNS)) {
    const id = values.id ?? '';
    if (wanted.has(id) && !sources.has(id)) sources.set(id, values);
    if (!values.overview) continue;
    texts++;
    const likeness = index.find(values.overview);
    if (likeness)
      likenesses.push(`${likeness.title} (${likeness.kind}): ${values.title}, "${values.overview}"`);
  }
  const differences = starter.filmCells.flatMap((cells) => filmDifferences(cells, sources.get(cells.id!)));
  return { differences, likenesses, texts };
}

export async function compareSongs(starter: Starter): Promise<Difference[]> {
  const cleaner = new SongCleaner();
  const labelled = new Set<string>();
  for (const [part, file] of SHARED.songs.entries()) {
    for await (const row of readTable(file, SONG_COLUMNS)) {
      // Only the first file is the Spotify Tracks Dataset; the second one's labels are of other makes.
      if (part === 0) labelled.add(row.values.track_id ?? '');
      cleaner.add(part === 0 ? row : { ...row, values: { ...row.values, track_genre: '' } });
    }
  }
  const sources = new Map(cleaner.finish().map((song) => [song.id, song]));
  return starter.songs.flatMap((song) => songDifferences(song, sources.get(song.id), labelled.has(song.id)));
}
