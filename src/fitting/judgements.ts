/** Judged pairs: whether a film fits a song, by raters who did not write the lists. */
import { malformed, readTsv } from '../indexer/feel/tsv.ts';

export interface Judgement {
  /** Id of the song, described or of a data set. */
  readonly song: string;
  readonly film: number;
  /** 0, ½ or 1. */
  readonly fits: number;
  readonly rater: string;
}

export const JUDGED_COLUMNS = ['song', 'film', 'fits', 'rater'] as const;

/** @throws UserError naming file, line and what is wrong; an absent table gives none */
export async function readJudgements(dir: string): Promise<Judgement[]> {
  const lines = await readTsv(dir, 'judged.tsv', JUDGED_COLUMNS, true);
  return lines.map((line) => {
    const { song = '', film = '', fits = '', rater = '' } = line.values;
    const value = { '0': 0, '0.5': 0.5, '1': 1 }[fits];
    if (value === undefined) malformed(line, `"${fits}" is not 0, 0.5 or 1`);
    if (!/^\d+$/.test(film)) malformed(line, `"${film}" is not a TMDB id`);
    return { song, film: Number(film), fits: value, rater };
  });
}
