/** Songs as the exploration reads them: cleaned tracks, and counts of the rows as published. */
import type { Song } from '../../engine/types.ts';
import { booleanCell } from '../../indexer/cells.ts';
import { SongCleaner, type SongFunnel } from '../../indexer/clean-songs.ts';
import { readSongRows } from '../../indexer/forms/read.ts';

export interface SongGather {
  /** One entry a track, sorted by id. */
  readonly songs: readonly Song[];
  readonly funnel: SongFunnel;
  /** Rows that say whether they are explicit, and those that are. The paper counts rows, not tracks. */
  readonly explicitRows: { readonly known: number; readonly explicit: number };
}

/** Reads and cleans a song file. */
export async function gatherSongs(file: string): Promise<SongGather> {
  const cleaner = new SongCleaner();
  let knownRows = 0;
  let explicit = 0;
  for await (const row of readSongRows(file)) {
    cleaner.add(row);
    const flag = booleanCell(row.values.explicit);
    if (flag !== null) knownRows++;
    if (flag) explicit++;
  }
  const songs = cleaner.finish();
  return { songs, funnel: cleaner.funnel, explicitRows: { known: knownRows, explicit } };
}
