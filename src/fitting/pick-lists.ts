/** Lists of films by song that nothing is fitted on: the truth of the outer test. */

import path from 'node:path';
import { malformed, readTsv } from '../indexer/feel/tsv.ts';

export interface PickList {
  readonly song: string;
  readonly films: readonly number[];
}

export const LIST_COLUMNS = ['song', 'film'] as const;

/** @throws UserError naming file, line and what is wrong */
export async function readPickLists(file: string): Promise<PickList[]> {
  const lists = new Map<string, number[]>();
  for (const line of await readTsv(path.dirname(file), path.basename(file), LIST_COLUMNS)) {
    const { song = '', film = '' } = line.values;
    if (!/^\d+$/.test(film)) malformed(line, `"${film}" is not a TMDB id`);
    lists.set(song, [...(lists.get(song) ?? []), Number(film)]);
  }
  return [...lists].map(([song, films]) => ({ song, films }));
}
