/** Section 1: the songs. */
import { AUDIO_NAMES, audioNumbers } from '../../engine/model/features.ts';
import type { Song } from '../../engine/types.ts';
import { barChart, correlationChart, histogramChart } from '../chart/marks.ts';
import type { Figure, Section } from '../figure.ts';
import { count, decimal, list, percent } from '../format.ts';
import type { SongGather } from '../gather/songs.ts';
import { CorrelationTally } from '../stats/correlation.ts';
import { gaussianDensity, silvermanBandwidth } from '../stats/density.ts';
import { histogram, summarise } from '../stats/describe.ts';
import { wilson } from '../stats/proportion.ts';
import { explicitFigure, valenceDanceabilityFigure } from './songs-popularity.ts';

/** The audio features of the correlation matrix, popularity first. */
const CORRELATED = [
  'popularity',
  'danceability',
  'energy',
  'loudness',
  'speechiness',
  'acousticness',
  'instrumentalness',
  'liveness',
  'valence',
  'tempo',
  'mode',
  'explicit',
  'duration',
] as const; // prettier-ignore

/** Units of the statistics table. */
const UNITS: Readonly<Record<string, string>> = {
  loudness: 'dB',
  tempo: 'BPM',
  popularity: '0…100',
  duration: 'min',
  mode: 'major 1',
  explicit: 'yes 1',
};

/** A song's plain numbers; the duration in minutes. */
function plainNumbers(song: Song): Record<string, number | null> {
  const { logDuration: _, ...numbers } = audioNumbers(song);
  return { ...numbers, duration: song.durationMs > 0 ? song.durationMs / 60_000 : null };
}

export function songCorrelations(songs: readonly Song[]): CorrelationTally {
  const tally = new CorrelationTally(CORRELATED);
  for (const song of songs) {
    const numbers = plainNumbers(song);
    tally.add(CORRELATED.map((name) => numbers[name] ?? null));
  }
  return tally;
}

/** Mean popularity of one genre's tracks. */
export interface GenrePopularity {
  readonly genre: string;
  readonly tracks: number;
  /** 0…100 */
  readonly popularity: number;
}

/** Every genre with its tracks, the most popular first. */
export function genrePopularity(songs: readonly Song[]): GenrePopularity[] {
  const sums = new Map<string, { tracks: number; rated: number; sum: number }>();
  for (const song of songs) {
    for (const genre of song.genres) {
      const entry = sums.get(genre) ?? { tracks: 0, rated: 0, sum: 0 };
      sums.set(genre, entry);
      entry.tracks++;
      if (song.popularity === null) continue;
      entry.rated++;
      entry.sum += song.popularity;
    }
  }
  return [...sums]
    .filter(([, { rated }]) => rated > 0)
    .map(([genre, { tracks, rated, sum }]) => ({ genre, tracks, popularity: sum / rated }))
    .sort((a, b) => b.popularity - a.popularity || (a.genre < b.genre ? -1 : 1));
}

function statisticsFigure(songs: readonly Song[]): Figure {
  const names = [...AUDIO_NAMES.filter((name) => name !== 'logDuration'), 'duration'];
  const rows = names.map((name) => {
    const values = songs.map((song) => plainNumbers(song)[name] ?? null).filter((value) => value !== null);
    return {
      name: UNITS[name] ? `${name} (${UNITS[name]})` : name,
      missing: songs.length - values.length,
      s: summarise(values),
    };
  });
  const tempo = rows.find(({ name }) => name.startsWith('tempo'))!;
  const popularity = rows.find(({ name }) => name.startsWith('popularity'))!;
  const columns = ['feature', 'known', 'missing', 'mean', 'sd', 'min', 'q1', 'median', 'q3', 'max'];
  return {
    id: 'song-statistics',
    title: 'Descriptive statistics',
    caption:
      `${count(songs.length)} tracks. Half of them have a popularity of ${decimal(popularity.s.median, 0)} or less and a tempo between ` +
      `${decimal(tempo.s.q1, 0)} and ${decimal(tempo.s.q3, 0)} BPM; ${count(tempo.missing)} come without a tempo.`,
    table: {
      columns,
      rows: rows.map(({ name, missing, s }) => [
        name,
        s.count,
        missing,
        s.mean,
        s.sd,
        s.min,
        s.q1,
        s.median,
        s.q3,
        s.max,
      ]),
    },
    shown: {
      columns: columns.filter((name) => name !== 'known'),
      rows: rows.map(({ name, missing, s }) => [
        name,
        count(missing),
        ...[s.mean, s.sd, s.min, s.q1, s.median, s.q3, s.max].map((x) =>
          decimal(x, Math.abs(s.max) > 20 ? 1 : 2),
        ),
      ]),
    },
  };
}

function distributionFigure(
  feature: 'popularity' | 'tempo',
  values: readonly number[],
  width: number,
  unit: string,
  remark: string,
): Figure {
  const bins = histogram(values, 0, width);
  const s = summarise(values);
  const bandwidth = silvermanBandwidth(values);
  const density = gaussianDensity(values, 0, s.max, 160, bandwidth);
  return {
    id: `song-${feature}`,
    title: `How ${feature} is distributed`,
    caption: `${remark} Mean ${decimal(s.mean, 1)}, median ${decimal(s.median, 1)}, standard deviation ${decimal(s.sd, 1)}. Bars of ${width} ${unit}; the line is a Gaussian kernel density with Silverman's bandwidth, ${decimal(bandwidth, 2)}.`,
    chart: {
      draw: histogramChart(bins, density, values.length, `${feature} (${unit})`, unit),
      description: `Histogram and density of ${feature}: median ${decimal(s.median, 1)}, middle half from ${decimal(s.q1, 1)} to ${decimal(s.q3, 1)}.`,
    },
    table: { columns: ['from', 'to', 'tracks'], rows: bins.map((bin) => [bin.from, bin.to, bin.count]) },
  };
}

const SHOWN_GENRES = 25;
/** The genres that the paper calls niche and surprisingly popular. */
export const NICHE_GENRES: readonly string[] = ['anime', 'grunge'];

function genreFigures(genres: readonly GenrePopularity[]): Figure[] {
  const byCount = [...genres].sort((a, b) => b.tracks - a.tracks || (a.genre < b.genre ? -1 : 1));
  const mean = genres.reduce((sum, { popularity }) => sum + popularity, 0) / genres.length;
  const niche = NICHE_GENRES.map((name) => ({
    name,
    rank: genres.findIndex(({ genre }) => genre === name),
  })).filter(({ rank }) => rank >= 0);
  const most = byCount[0]!;
  const last = byCount[byCount.length - 1]!;
  const table = (list: readonly GenrePopularity[]) => ({
    columns: ['genre', 'tracks', 'mean popularity'],
    rows: list.map(({ genre, tracks, popularity }) => [genre, tracks, popularity]),
  });
  return [
    {
      id: 'genres-by-count',
      title: 'Genres by number of tracks',
      caption: `The ${Math.min(SHOWN_GENRES, genres.length)} most frequent of ${count(genres.length)} genres, from ${most.genre} with ${count(most.tracks)} tracks; the rarest, ${last.genre}, has ${count(last.tracks)}. A track counts once in each of its genres.`,
      chart: {
        draw: barChart(
          byCount
            .slice(0, SHOWN_GENRES)
            .map(({ genre, tracks }) => ({
              label: genre,
              value: tracks,
              title: `${genre}: ${count(tracks)} tracks`,
            })),
          { axis: 'tracks', colours: ['song', 'film'], format: count },
        ),
        description: `Bar chart of the genres with most tracks: ${list(byCount.slice(0, 5).map(({ genre, tracks }) => `${genre} ${count(tracks)}`))}.`,
      },
      table: table(byCount),
    },
    {
      id: 'genres-by-popularity',
      title: 'Genres by popularity',
      caption:
        `The ${Math.min(SHOWN_GENRES, genres.length)} most popular genres by the mean of their tracks; the dashed line is the mean over all genres, ${decimal(mean, 1)}. ` +
        (niche.length > 0
          ? `The paper's niche genres are marked: ${list(niche.map(({ name, rank }) => `${name} ranks ${rank + 1} of ${genres.length} (${decimal(genres[rank]!.popularity, 1)})`))}.`
          : "The paper's niche genres, anime and grunge, are not in this data."),
      chart: {
        draw: barChart(
          genres.slice(0, SHOWN_GENRES).map(({ genre, popularity, tracks }) => ({
            label: genre,
            value: popularity,
            marked: NICHE_GENRES.includes(genre),
            title: `${genre}: mean popularity ${decimal(popularity, 1)} of ${count(tracks)} tracks`,
          })),
          {
            axis: 'mean popularity',
            colours: ['song', 'film'],
            format: (x) => decimal(x, 1),
            reference: mean,
          },
        ),
        description: `Bar chart of the most popular genres: ${list(genres.slice(0, 5).map(({ genre, popularity }) => `${genre} ${decimal(popularity, 1)}`))}.`,
      },
      table: table(genres),
    },
  ];
}

function correlationFigure(tally: CorrelationTally): Figure {
  const features = tally.strongest().filter(({ a, b }) => a !== 'popularity' && b !== 'popularity');
  const withPopularity = tally.strongest().filter(({ a, b }) => a === 'popularity' || b === 'popularity');
  const say = ({ a, b, r }: { a: string; b: string; r: number }) => `${a} and ${b} (${decimal(r)})`;
  const first = withPopularity[0];
  return {
    id: 'song-correlations',
    title: 'How the audio features go together',
    caption:
      `The strongest ties: ${list(features.slice(0, 3).map(say))}. ` +
      (first
        ? `Popularity hardly follows the sound: its strongest correlation is with ${first.a === 'popularity' ? first.b : first.a}, ${decimal(first.r)}.`
        : ''),
    chart: {
      draw: correlationChart(tally.cells(), tally.names, (name) => name),
      description: `Heat map of Pearson correlations between ${tally.names.length} features; strongest: ${list(features.slice(0, 3).map(say))}.`,
    },
    table: { columns: ['a', 'b', 'r', 'tracks'], rows: tally.cells().map(({ a, b, r, n }) => [a, b, r, n]) },
  };
}

/** The section about songs. */
export function songSection(gather: SongGather, correlations: CorrelationTally): Section {
  const { songs, funnel } = gather;
  const popularity = songs.map((song) => song.popularity).filter((value) => value !== null);
  const tempo = songs.map((song) => song.features.tempo).filter((value) => value !== null);
  const zero = wilson(popularity.filter((value) => value === 0).length, popularity.length);
  const explicit = wilson(gather.explicitRows.explicit, gather.explicitRows.known);
  return {
    id: 'songs',
    title: 'Songs',
    paragraphs: [
      `${count(funnel.rows)} rows were read. ${count(funnel.repeatedIds)} repeat a track under a further genre, ${count(funnel.nullRows)} hold neither title nor artist and ${count(funnel.malformed)} could not be used; ` +
        `${count(funnel.kept)} tracks remain, ${percent(explicit.share)} of the rows marked explicit. ` +
        `A tempo of 0 counts as unknown (${count(funnel.mended.tempo)} tracks), and ${count(funnel.mended.relabelled)} tracks labelled k-pop by artists of Indian films now stand under indian.`,
    ],
    figures: [
      statisticsFigure(songs),
      distributionFigure(
        'popularity',
        popularity,
        4,
        'points',
        `${percent(zero.share)} of the tracks have a popularity of 0: Spotify's figure looks at recent plays.`,
      ),
      distributionFigure(
        'tempo',
        tempo,
        5,
        'BPM',
        `${percent(wilson(tempo.filter((x) => x >= 80 && x <= 160).length, tempo.length).share)} of the tracks keep between 80 and 160 beats a minute.`,
      ),
      explicitFigure(songs),
      ...genreFigures(genrePopularity(songs)),
      valenceDanceabilityFigure(songs),
      correlationFigure(correlations),
    ],
  };
}
