/** Section 3, first part: what the soundtracks of each film genre sound like. */
import { AUDIO_NAMES, audioNumbers } from '../../engine/model/features.ts';
import type { Song } from '../../engine/types.ts';
import { crossedInterval, mean } from '../../fitting/metrics.ts';
import { type Estimate, heatmap, intervalChart } from '../chart/marks.ts';
import type { Figure } from '../figure.ts';
import { count, decimal, interval, list } from '../format.ts';
import type { FilmBrief } from '../gather/space.ts';
import { clusterDifference, type Difference } from '../stats/bootstrap.ts';
import { shrunk, summarise } from '../stats/describe.ts';

/** A song on a film's soundtrack, both known. */
export interface SoundtrackPair {
  readonly song: Song;
  readonly film: FilmBrief;
}

/** Film genres with fewer films on soundtracks say nothing. */
const LEAST_FILMS = 15;

/** A key has no place on this scale, and a duration no place in the questions. */
const FEATURES = AUDIO_NAMES.filter((name) => name !== 'mode' && name !== 'logDuration');

/** The paper's questions: does this feature go with these genres, and in which direction? */
const QUESTIONS = [
  { feature: 'energy', genres: ['Action'], question: 'Does energy go with action?' },
  { feature: 'valence', genres: ['Comedy', 'Family'], question: 'Does valence go with comedy and family?' },
  { feature: 'acousticness', genres: ['Drama'], question: 'Does acousticness go with drama?' },
] as const;

type FeatureName = (typeof AUDIO_NAMES)[number];

const value = (song: Song, feature: FeatureName) => audioNumbers(song)[feature] ?? null;

/** Film genres with at least `LEAST_FILMS` films in the pairs, most pairs first. */
function genresOf(pairs: readonly SoundtrackPair[]): string[] {
  const films = new Map<string, Set<number>>();
  for (const { film } of pairs) {
    for (const genre of film.genres) {
      const ids = films.get(genre) ?? new Set();
      films.set(genre, ids.add(film.id));
    }
  }
  return [...films]
    .filter(([, ids]) => ids.size >= LEAST_FILMS)
    .sort((a, b) => b[1].size - a[1].size)
    .map(([genre]) => genre);
}

/** Mean of a feature over the soundtracks of one genre, with a 95 % interval by film and artist. */
function estimate(pairs: readonly SoundtrackPair[], genre: string, feature: FeatureName) {
  const values: number[] = [];
  const films: number[] = [];
  const artists: string[] = [];
  for (const { song, film } of pairs) {
    const x = value(song, feature);
    if (x === null || !film.genres.includes(genre)) continue;
    values.push(x);
    films.push(film.id);
    artists.push(song.artists[0] ?? '');
  }
  const [low, high] = crossedInterval(values, films, artists);
  return { genre, feature, mean: mean(values), low, high, pairs: values.length, films: new Set(films).size };
}

/** Songs of one genre's films against the songs of all other films. */
export function genreDifference(
  pairs: readonly SoundtrackPair[],
  genre: string,
  feature: FeatureName,
): Difference {
  return clusterDifference(
    pairs.flatMap(({ song, film }) => {
      const x = value(song, feature);
      return x === null ? [] : [{ value: x, inGroup: film.genres.includes(genre), cluster: film.id }];
    }),
  );
}

/** What an interval of a difference says of an expected increase. */
export function direction({ low, high }: Pick<Difference, 'low' | 'high'>): 'yes' | 'no' | 'the opposite' {
  return low > 0 ? 'yes' : high < 0 ? 'the opposite' : 'no';
}

function questionFigure(
  pairs: readonly SoundtrackPair[],
  genres: readonly string[],
  q: (typeof QUESTIONS)[number],
): Figure {
  const estimates = genres.map((genre) => estimate(pairs, genre, q.feature)).sort((a, b) => b.mean - a.mean);
  const marked: readonly string[] = q.genres;
  const all = mean(pairs.flatMap(({ song }) => value(song, q.feature) ?? []));
  const answers = q.genres.map((genre) => {
    if (!genres.includes(genre)) return `${genre} has too few films here to say`;
    const d = genreDifference(pairs, genre, q.feature);
    const word = { yes: 'yes', no: 'not beyond chance', 'the opposite': 'rather the opposite' }[direction(d)];
    return `${genre}: ${word}, ${decimal(d.difference)} against all other films (95% interval ${interval([d.low, d.high])}, ${count(d.inGroup)} songs)`;
  });
  return {
    id: `genre-${q.feature}`,
    title: q.question,
    caption: `${answers.join('; ')}. Dots are means over the songs on soundtracks of each film genre, lines 95% intervals from resampling films; the dashed line is the mean of all, ${decimal(all)}.`,
    chart: {
      draw: intervalChart(
        estimates.map(
          (e): Estimate => ({
            label: e.genre,
            mean: e.mean,
            low: e.low,
            high: e.high,
            marked: marked.includes(e.genre),
            title: `${e.genre}: mean ${q.feature} ${decimal(e.mean)} (${interval([e.low, e.high])}), ${e.pairs} songs on ${e.films} films`,
          }),
        ),
        q.feature,
        all,
        ['song', 'film'],
      ),
      description: `Mean ${q.feature} of soundtrack songs by film genre: ${list(estimates.map((e) => `${e.genre} ${decimal(e.mean)}`))}.`,
    },
    table: {
      columns: ['film genre', `mean ${q.feature}`, '95% low', '95% high', 'songs', 'films'],
      rows: estimates.map((e) => [e.genre, e.mean, e.low, e.high, e.pairs, e.films]),
    },
  };
}

function profileFigure(pairs: readonly SoundtrackPair[], genres: readonly string[]): Figure {
  const spread = new Map(
    FEATURES.map((feature) => [feature, summarise(pairs.flatMap(({ song }) => value(song, feature) ?? []))]),
  );
  const cells = genres.flatMap((genre) =>
    FEATURES.map((feature) => {
      const e = estimate(pairs, genre, feature);
      const { mean: all, sd } = spread.get(feature)!;
      return { ...e, z: shrunk((e.mean - all) / sd, e.films), sure: e.low > all || e.high < all };
    }),
  );
  const top = cells
    .filter(({ z, sure }) => sure && Number.isFinite(z))
    .sort((a, b) => Math.abs(b.z) - Math.abs(a.z));
  const say = ({ genre, feature, z }: (typeof cells)[number]) =>
    `${genre} with ${z > 0 ? 'more' : 'less'} ${feature} (${decimal(z)})`;
  return {
    id: 'genre-profiles',
    title: 'What the soundtracks of a genre sound like',
    caption:
      `Mean of each feature over the songs on soundtracks of a genre's films, in standard deviations from the mean of all ${count(pairs.length)} pairs, drawn towards it the more, the fewer films the genre has. ` +
      (top.length > 0
        ? `Furthest out, with intervals clear of the mean: ${list(top.slice(0, 5).map(say))}.`
        : 'No interval is clear of the mean.'),
    chart: {
      draw: heatmap(
        cells.map((c) => ({
          x: c.feature,
          y: c.genre,
          value: c.z,
          title: `${c.genre}, ${c.feature}: mean ${decimal(c.mean)} (${interval([c.low, c.high])}), ${decimal(c.z)} sd from all`,
        })),
        { xs: FEATURES, ys: genres, limit: 0.8, legend: 'standard deviations from the mean of all pairs' },
      ),
      description: `Heat map of soundtrack features by film genre; furthest from the mean: ${list(top.slice(0, 5).map(say))}.`,
    },
    table: {
      columns: [
        'film genre',
        'feature',
        'mean',
        '95% low',
        '95% high',
        'sd from the mean of all',
        'songs',
        'films',
      ],
      rows: cells.map((c) => [c.genre, c.feature, c.mean, c.low, c.high, c.z, c.pairs, c.films]),
    },
  };
}

/** Figures about the soundtracks, or none where the pairs are too few. */
export function soundtrackFigures(pairs: readonly SoundtrackPair[]): Figure[] {
  const genres = genresOf(pairs);
  if (genres.length < 2) return [];
  return [
    profileFigure(pairs, genres),
    ...QUESTIONS.map((question) => questionFigure(pairs, genres, question)),
  ];
}
