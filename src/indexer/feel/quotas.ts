/** How much of what the feel data should cover it covers. */
import type { Line } from './tsv.ts';

export interface Quota {
  readonly name: string;
  readonly have: number;
  readonly wanted: number;
}

/** Films by original language: so many let songs of a language find their own cinema. */
const OF_A_LANGUAGE = 60;
const LANGUAGES: Readonly<Record<string, readonly string[]>> = {
  Hindi: ['hi'],
  Tamil: ['ta'],
  Japanese: ['ja'],
  Korean: ['ko'],
  Chinese: ['zh', 'cn'],
  French: ['fr'],
  Italian: ['it'],
  Spanish: ['es'],
  Portuguese: ['pt'],
  Turkish: ['tr'],
  German: ['de'],
  Nordic: ['da', 'fi', 'is', 'nb', 'nn', 'no', 'sv'],
  Russian: ['ru'],
};

/** How many films by feeling a song and an artist should have. */
const PICKS_OF = { song: 6, artist: 4 } as const;

export interface Counted {
  readonly films: number;
  readonly songs: number;
  readonly artists: number;
  readonly plays: number;
  readonly picks: readonly Line[];
  /** Original languages of the described films that the tables know. */
  readonly languages: readonly string[];
}

/** Every quota, in the order of the tables. */
export function quotasOf({ films, songs, artists, plays, picks, languages }: Counted): Quota[] {
  const lists = countBy(picks.map(({ values }) => `${values.kind}\t${values.key}`));
  const withPicks = (kind: keyof typeof PICKS_OF) =>
    [...lists].filter(([key, count]) => key.startsWith(`${kind}\t`) && count >= PICKS_OF[kind]).length;
  const of = (codes: readonly string[]) => languages.filter((code) => codes.includes(code)).length;
  const foreign = languages.filter((code) => code !== 'en' && code !== 'xx').length;
  return [
    { name: 'films described', have: films, wanted: 6000 },
    { name: 'films not in English', have: foreign, wanted: 1200 },
    ...Object.entries(LANGUAGES).map(([name, codes]) => ({
      name: `films: ${name}`,
      have: of(codes),
      wanted: OF_A_LANGUAGE,
    })),
    { name: 'songs described', have: songs, wanted: 5000 },
    { name: 'songs with six picks', have: withPicks('song'), wanted: 4500 },
    { name: 'artists described', have: artists, wanted: 7000 },
    { name: 'artists with four picks', have: withPicks('artist'), wanted: 6000 },
    { name: 'uses of songs in films', have: plays, wanted: 1500 },
  ];
}

export function countBy<T>(values: Iterable<T>): Map<T, number> {
  const counts = new Map<T, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}
