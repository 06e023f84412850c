/** The tiny world's feel tables without works that are described exactly alike. */
import { type FeelLines, tinyFeelLines } from '../../support/tiny.ts';

const EXTRA = ['mortality', 'exotic', 'ambition'];

/** Column of the terms in each table. */
const TERMS = { 'films.tsv': 4, 'songs.tsv': 5, 'artists.tsv': 3 } as const;

export function distinctFeelLines(): FeelLines {
  const lines = tinyFeelLines();
  const changed = (Object.keys(TERMS) as (keyof typeof TERMS)[]).map((name) => {
    const rows = lines[name]!.map((row, n) =>
      row.map((cell, column) =>
        column === TERMS[name] ? `${cell},${EXTRA[n % 3]}:${1 + (Math.floor(n / 3) % 3)}` : cell,
      ),
    );
    return [name, rows] as const;
  });
  return { ...lines, ...Object.fromEntries(changed) };
}
