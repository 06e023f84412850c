/** Five thousand films and three hundred songs made up by a seeded generator: as skewed as real ones. */
import { buildCatalogue } from '../../../src/indexer/build.ts';
import { filmRow, type Row, sharedCatalogue, variedSongs, writeInputs } from '../../support/catalogue.ts';
import { tinyWorld } from '../../support/tiny.ts';
import { type Random, seeded } from '../search/typos.ts';

export const GENRES =
  'Drama|Comedy|Thriller|Action|Romance|Horror|Crime|Documentary|Adventure|Family|Animation|Fantasy|Science Fiction|Mystery|Music|History|War|TV Movie|Western'.split(
    '|',
  );
/** Rare ones have five to seven films that pass by default; see `rareLanguages`. */
export const RARE = ['is', 'et', 'mn'] as const;
const COMMON = ['en', 'en', 'en', 'en', 'fr', 'ja', 'hi', 'es', 'ko'];
const WORDS =
  'love war night murder family friend school music ghost island train soldier dream city winter dance police secret summer death robot king queen river child doctor money prison wedding ocean'.split(
    ' ',
  );
const SYLLABLES = 'ba ce di fo gu ha je ki lo mu na pe ri so tu va we xi yo zu'.split(' ');

const pick = <T>(list: readonly T[], random: Random): T => list[Math.floor(random() * list.length)]!;
const several = <T>(list: readonly T[], count: number, random: Random) =>
  Array.from({ length: count }, () => pick(list, random));

/** Names that share no beginning, but for every hundredth film, which is a part of one saga. */
function title(id: number, random: Random): string {
  if (id % 100 === 0) return `Zalambra ${2 + id / 100}`;
  const name = several(SYLLABLES, 4, random).join('');
  return `${name[0]!.toUpperCase()}${name.slice(1)}${id} ${pick(WORDS, random)}`;
}

export function syntheticFilms(count = 5000, seed = 77): Row[] {
  const random = seeded(seed);
  return Array.from({ length: count }, (_, i) => {
    const id = i + 1;
    // Six, five and seven well-voted films of the rare languages.
    const rare = [0, 6, 11, 18].findIndex(
      (_from, n, starts) => id > starts[n]! && id <= (starts[n + 1] ?? 0),
    );
    const skew = random() ** 4;
    return filmRow(id, {
      title: title(id, random),
      original_language: rare >= 0 ? RARE[rare]! : pick(COMMON, random),
      genres: [...new Set(several(GENRES, 1 + Math.floor(3 * random()), random))].join(', '),
      release_date: random() < 0.03 ? '' : `${1925 + Math.floor(100 * random() ** 0.6)}-06-01`,
      runtime: random() < 0.05 ? 0 : 40 + Math.floor(140 * random()),
      vote_average: Math.round(100 * random()) / 10,
      vote_count: rare >= 0 ? 40 : Math.floor(20_000 * skew),
      keywords: [...several(WORDS, 3, random), ...(random() < 0.02 ? ['softcore'] : [])].join(', '),
      overview: several(WORDS, 14, random).join(' '),
    });
  });
}

/** The catalogue of these films, read-only. */
export function syntheticCatalogue(): Promise<string> {
  return sharedCatalogue('synthetic', async (out) => {
    const inputs = await writeInputs(syntheticFilms(), variedSongs(300));
    const { model, noFeel } = await tinyWorld();
    await buildCatalogue({ ...inputs, out, model, feel: noFeel });
  });
}
