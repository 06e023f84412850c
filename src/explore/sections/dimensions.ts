/** Section 3, second part: what the dimensions of the learned space mean. */
import type { Model } from '../../engine/model/model.ts';
import { barChart } from '../chart/marks.ts';
import type { Figure } from '../figure.ts';
import { count, decimal, list, percent } from '../format.ts';
import { sample } from '../gather/sample.ts';
import type { PlacedFilm, PlacedSong, Space } from '../gather/space.ts';

/** Songs and films that the loadings are measured on. */
const LOADING_SAMPLE = 6000;
/** Dimensions put into words; the rest carry little. */
const WORDED = 10;
/** Numbers that hardly any sampled song or film has correlate by accident. */
const LEAST_SHARE = 0.004;

/** A number of a song or film and how it goes with a dimension. */
export interface Loading {
  readonly name: string;
  /** Pearson correlation with the coordinate, −1…1 (a structure coefficient). */
  readonly r: number;
}

interface Dimension {
  readonly number: number;
  /** Share of the squared content vectors that lies along it, mean over songs, 0…1. */
  readonly share: number;
  readonly song: readonly Loading[];
  readonly film: readonly Loading[];
  /** Plot words that point along it, most telling first, with their sign. */
  readonly words: readonly Loading[];
}

/** Names of the numbers of a song vector: audio and own genres (the artist's shares say the same again). */
function songNames(model: Model): (string | null)[] {
  const { audio, genres } = model.spec.song;
  const names: Readonly<Record<string, string>> = { logDuration: 'duration', mode: 'major key' };
  return [...audio.map(({ name }) => names[name] ?? name), ...genres, ...genres.map(() => null)];
}

/** Names of the numbers of a film vector; text dimensions have none of their own. */
function filmNames(model: Model): (string | null)[] {
  const { genres, languages, countries, yearCentres, textDims } = model.spec.film;
  return [
    ...genres,
    ...languages.map((code) => `in ${languageName(code)}`),
    'in another language',
    ...Array.from({ length: textDims }, () => null),
    ...yearCentres.map((year) => `around ${year}`),
    'long',
    ...countries.map((country) => `from ${country}`),
  ];
}

const displayNames = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'code' });

/** English name of an ISO 639-1 code; TMDb says `cn` for Cantonese. */
function languageName(code: string): string {
  if (code === 'cn') return 'Cantonese';
  try {
    return displayNames.of(code) ?? code;
  } catch {
    return code;
  }
}

/** Correlation of every named number with every dimension, over vectors and their content coordinates. */
export function structure(
  vectors: readonly ArrayLike<number>[],
  coordinates: readonly ArrayLike<number>[],
  names: readonly (string | null)[],
  dims: number,
): Loading[][] {
  const n = vectors.length;
  const meanOf = (rows: readonly ArrayLike<number>[], i: number) =>
    rows.reduce((sum, row) => sum + row[i]!, 0) / n;
  const coordinateMeans = Array.from({ length: dims }, (_, d) => meanOf(coordinates, d));
  const coordinateSquares = coordinateMeans.map((m, d) =>
    coordinates.reduce((sum, row) => sum + (row[d]! - m) ** 2, 0),
  );
  const loadings: Loading[][] = Array.from({ length: dims }, () => []);
  for (const [i, name] of names.entries()) {
    if (name === null) continue;
    const m = meanOf(vectors, i);
    let squares = 0;
    let present = 0;
    const products = new Float64Array(dims);
    for (const [row, vector] of vectors.entries()) {
      const x = vector[i]! - m;
      if (vector[i] !== 0) present++;
      squares += x * x;
      for (let d = 0; d < dims; d++) products[d]! += x * (coordinates[row]![d]! - coordinateMeans[d]!);
    }
    if (squares === 0 || present < LEAST_SHARE * n) continue;
    for (let d = 0; d < dims; d++) {
      if (coordinateSquares[d]! > 0)
        loadings[d]!.push({ name, r: products[d]! / Math.sqrt(squares * coordinateSquares[d]!) });
    }
  }
  for (const list of loadings) list.sort((a, b) => Math.abs(b.r) - Math.abs(a.r));
  return loadings;
}

/** Terms of the text space that stand in at least one film of two hundred, by their projection on a dimension. */
function plotWords(model: Model, dimension: number): Loading[] {
  const { vocabulary, rows, rowScale, idf, dims } = model.space;
  const plot = model.filmGroups.find(({ name }) => name === 'plot')!;
  const words: Loading[] = [];
  for (const [term, index] of vocabulary) {
    if (idf[index]! > 1 + Math.log(200) || term.includes('_')) continue;
    let projection = 0;
    for (let t = 0; t < dims; t++) {
      projection +=
        rows[index * dims + t]! * model.weights.film[(plot.from + t) * model.spec.dims + dimension]!;
    }
    words.push({ name: term, r: projection * rowScale[index]! });
  }
  return words.sort((a, b) => Math.abs(b.r) - Math.abs(a.r));
}

/** The dimensions that carry most, measured on the given songs and films. */
function dimensionsOf(space: Space, songs: readonly PlacedSong[], films: readonly PlacedFilm[]): Dimension[] {
  const { model } = space;
  const { dims, mood } = model.spec;
  const songLoadings = structure(
    songs.map((s) => s.vector),
    songs.map((s) => s.embedding),
    songNames(model),
    dims,
  );
  const filmLoadings = structure(
    films.map((f) => f.vector),
    films.map((f) => f.embedding),
    filmNames(model),
    dims,
  );
  const shares = Array.from(
    { length: dims },
    (_, d) =>
      songs.reduce((sum, { embedding }) => sum + embedding[d]! ** 2, 0) / songs.length / (1 - mood.beta),
  );
  return shares.map((share, d) => ({
    number: d + 1,
    share,
    song: songLoadings[d]!.slice(0, 6),
    film: filmLoadings[d]!.slice(0, 6),
    words: plotWords(model, d).slice(0, 6),
  }));
}

const sided = (loadings: readonly Loading[], sign: 1 | -1) =>
  loadings.filter(({ r }) => r * sign > 0).map(({ name }) => name);

/** "rap, drugs" or "rap, drugs; against opera": one side of a dimension in words. */
function inWords(loadings: readonly Loading[]): string {
  const plus = sided(loadings, 1);
  const minus = sided(loadings, -1);
  return [
    plus.join(', '),
    minus.length > 0 ? `${plus.length > 0 ? 'against ' : 'away from '}${minus.join(', ')}` : '',
  ]
    .filter(Boolean)
    .join('; ');
}

/** The dimensions in words, and how much each carries. */
export function dimensionFigures(space: Space, songs: readonly PlacedSong[]): Figure[] {
  const someSongs = sample(songs, LOADING_SAMPLE);
  const someFilms = sample(space.films, LOADING_SAMPLE);
  if (someSongs.length < 2 || someFilms.length < 2) return [];
  const dimensions = dimensionsOf(space, someSongs, someFilms);
  const worded = dimensions.slice(0, WORDED);
  const total = worded.reduce((sum, { share }) => sum + share, 0);
  const first = worded[0]!;
  const say = (loadings: readonly Loading[]) =>
    loadings.map(({ name, r }) => `${name} ${decimal(r)}`).join(', ');
  return [
    {
      id: 'space-dimensions',
      title: 'The learned dimensions in words',
      caption:
        `What goes with each of the first ${worded.length} of ${dimensions.length} dimensions, strongest first, over ${count(someSongs.length)} songs and ${count(someFilms.length)} films. A dimension joins what stands in its row: songs with the words on the left find films with the words on the right. ` +
        `The first joins songs with "${sided(first.song, 1).slice(0, 3).join(', ')}" to films with "${sided(first.film, 1).slice(0, 3).join(', ')}". The correlations themselves are in the CSV.`,
      table: {
        columns: ['dimension', 'share of songs', 'song side', 'film side', 'plot words'],
        rows: dimensions.map((d) => [d.number, d.share, say(d.song), say(d.film), say(d.words)]),
      },
      shown: {
        columns: ['', 'songs', 'films', 'plot words'],
        rows: worded.map((d) => [
          d.number,
          inWords(d.song.slice(0, 5)),
          inWords(d.film.slice(0, 5)),
          inWords(d.words.slice(0, 5)),
        ]),
      },
    },
    {
      id: 'space-shares',
      title: 'How much each dimension carries',
      caption: `Mean share of a song's squared content vector along each dimension. The first ${worded.length} of ${dimensions.length} carry ${percent(total, 0)}; the first alone ${percent(first.share, 0)}.`,
      chart: {
        draw: barChart(
          dimensions.slice(0, 20).map((d) => ({
            label: `${d.number}`,
            value: d.share,
            marked: false,
            title: `dimension ${d.number}: ${percent(d.share)}; ${inWords(d.song.slice(0, 3))}`,
          })),
          { axis: 'share of the squared vector', colours: ['song', 'film'], format: (x) => percent(x) },
        ),
        description: `Bar chart of the share of each dimension: ${list(dimensions.slice(0, 5).map((d) => `${d.number} ${percent(d.share)}`))}.`,
      },
      table: {
        columns: ['dimension', 'share of the squared song vector'],
        rows: dimensions.map((d) => [d.number, d.share]),
      },
    },
  ];
}
