/** Section 1: the songs. */
import { AUDIO_NAMES, audioNumbers } from '../../engine/model/features.ts';
import type { Song } from '../../engine/types.ts';
import { correlationChart, histogramChart } from '../chart/marks.ts';
import type { Figure, Section } from '../figure.ts';
import { count, decimal, list, percent } from '../format.ts';
import type { SongGather } from '../gather/songs.ts';
import { CorrelationTally } from '../stats/correlation.ts';
import { gaussianDensity, silvermanBandwidth } from '../stats/density.ts';
import { histogram, summarise } from '../stats/describe.ts';
import { wilson } from '../stats/proportion.ts';
import { genreFigures } from './song-genres.ts';
import { explicitFigure, valenceDanceabilityFigure } from './songs-popularity.ts';

/** The audio features as this section counts them: the duration plain. */
const FEATURES = [...AUDIO_NAMES.filter((name) => name !== 'logDuration'), 'duration'];

/** The features of the correlation matrix, popularity first. */
const CORRELATED = ['popularity', ...FEATURES.filter((name) => name !== 'popularity')];

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
  return {
    ...numbers,
    duration: song.durationMs !== null && song.durationMs > 0 ? song.durationMs / 60_000 : null,
  };
}

export function songCorrelations(songs: readonly Song[]): CorrelationTally {
  const tally = new CorrelationTally(CORRELATED);
  for (const song of songs) {
    const numbers = plainNumbers(song);
    tally.add(CORRELATED.map((name) => numbers[name] ?? null));
  }
  return tally;
}

function statisticsFigure(songs: readonly Song[]): Figure {
  const numbers = songs.map(plainNumbers);
  const rows = FEATURES.map((name) => {
    const values = numbers.flatMap((song) => song[name] ?? []);
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
        ? `Popularity correlates most with ${first.a === 'popularity' ? first.b : first.a}, and that at ${decimal(first.r)}.`
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
  const tempo = songs.flatMap((song) => song.features?.tempo ?? []);
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
      ...genreFigures(songs),
      valenceDanceabilityFigure(songs),
      correlationFigure(correlations),
    ],
  };
}
