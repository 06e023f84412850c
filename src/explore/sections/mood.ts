/** Section 3, fourth part: how mood positivity bears on the match score. */
import * as Plot from '@observablehq/plot';
import { mean } from '../../fitting/metrics.ts';
import type { Chart } from '../chart/draw.ts';
import { rampScale, textOnRamp } from '../chart/theme.ts';
import type { Figure } from '../figure.ts';
import { count, decimal, percent } from '../format.ts';
import { sample } from '../gather/sample.ts';
import type { PlacedFilm, PlacedSong, Space } from '../gather/space.ts';
import { CorrelationTally } from '../stats/correlation.ts';

/** Songs and films whose every pair is scored. */
const SONGS = 1200;
const FILMS = 1200;
/** Steps of the mood axis on either side. */
const STEPS = 8;

interface MoodCell {
  /** Step of the songs' valence, 0 the saddest. */
  readonly song: number;
  readonly film: number;
  readonly pairs: number;
  /** Mean match score, 0…1. */
  readonly score: number;
}

interface MoodFindings {
  readonly cells: readonly MoodCell[];
  readonly pairs: number;
  /** Correlation of the score with the distance of the valences, and of the content cosine with it. */
  readonly gapScore: number;
  readonly gapContent: number;
  /** Correlation of the score with the song's own valence. */
  readonly valenceScore: number;
  /** Mean score where both lie in the same quarter of the mood axis, and where they lie in opposite ones. */
  readonly alike: number;
  readonly opposite: number;
}

/** Which of `steps` equally full steps each value falls into. */
export function equalSteps(values: readonly number[], steps: number): number[] {
  const order = values
    .map((value, index) => [value, index] as const)
    .sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const out = new Array<number>(values.length);
  for (const [rank, [, index]] of order.entries()) out[index] = Math.floor((rank * steps) / values.length);
  return out;
}

/** Scores every pair of the sampled songs and films by their place on the mood axis. */
export function moodFindings(
  space: Pick<Space, 'similarity' | 'contentSimilarity' | 'score'>,
  songs: readonly PlacedSong[],
  films: readonly PlacedFilm[],
): MoodFindings {
  const songSteps = equalSteps(
    songs.map(({ valence }) => valence),
    STEPS,
  );
  const filmSteps = equalSteps(
    films.map(({ valence }) => valence),
    STEPS,
  );
  const sums = Array.from({ length: STEPS * STEPS }, () => ({ sum: 0, pairs: 0 }));
  const tally = new CorrelationTally(['gap', 'score', 'content', 'valence']);
  for (const [s, song] of songs.entries()) {
    for (const [f, film] of films.entries()) {
      const score = space.score(space.similarity(song, film));
      const cell = sums[songSteps[s]! * STEPS + filmSteps[f]!]!;
      cell.sum += score;
      cell.pairs++;
      tally.add([
        Math.abs(song.valence - film.valence),
        score,
        space.contentSimilarity(song, film),
        song.valence,
      ]);
    }
  }
  const cells = sums.map(({ sum, pairs }, i) => ({
    song: Math.floor(i / STEPS),
    film: i % STEPS,
    pairs,
    score: sum / pairs,
  }));
  const quarter = (step: number) => Math.floor((step * 4) / STEPS);
  const over = (test: (cell: MoodCell) => boolean) =>
    mean(cells.filter((cell) => cell.pairs > 0 && test(cell)).map(({ score }) => score));
  return {
    cells,
    pairs: songs.length * films.length,
    gapScore: tally.between('gap', 'score').r,
    gapContent: tally.between('gap', 'content').r,
    valenceScore: tally.between('valence', 'score').r,
    alike: over((cell) => quarter(cell.song) === quarter(cell.film)),
    opposite: over((cell) => Math.abs(quarter(cell.song) - quarter(cell.film)) === 3),
  };
}

/** Classes of the score's colours, round numbers around the middle of what occurs. */
function scoreClasses(cells: readonly MoodCell[]): number[] {
  const scores = cells.filter(({ pairs }) => pairs > 0).map(({ score }) => score);
  const low = Math.min(...scores);
  const step = (Math.max(...scores) - low) / 7;
  return Array.from({ length: 6 }, (_, i) => Number((low + (i + 1) * step).toFixed(2)));
}

function moodChart({ cells }: MoodFindings): Chart {
  const label = (step: number) => (step === 0 ? 'saddest' : step === STEPS - 1 ? 'happiest' : '');
  const classes = scoreClasses(cells);
  return (size) => ({
    legend: rampScale(classes, 'mean match score'),
    options: {
      height: size.narrow ? 320 : 440,
      marginLeft: size.narrow ? 62 : 76,
      marginBottom: 44,
      marginTop: 22,
      x: {
        label: 'mood of the film',
        domain: Array.from({ length: STEPS }, (_, i) => i),
        tickFormat: label,
        tickSize: 0,
        padding: 0.03,
      },
      y: {
        label: 'mood of the song',
        domain: Array.from({ length: STEPS }, (_, i) => STEPS - 1 - i),
        tickFormat: label,
        tickSize: 0,
        padding: 0.03,
      },
      color: rampScale(classes, 'mean match score'),
      marks: [
        Plot.cell(
          cells.filter(({ pairs }) => pairs > 0),
          {
            x: 'film',
            y: 'song',
            fill: 'score',
            title: (cell: MoodCell) =>
              `songs in step ${cell.song + 1} of ${STEPS}, films in step ${cell.film + 1}: mean score ${decimal(cell.score)} over ${count(cell.pairs)} pairs`,
          },
        ),
        Plot.text(
          cells.filter(({ pairs }) => pairs > 0),
          {
            x: 'film',
            y: 'song',
            text: (cell: MoodCell) => decimal(cell.score),
            fill: {
              value: (cell: MoodCell) => textOnRamp(cell.score, classes),
              scale: null,
            } as never,
            fontVariant: 'tabular-nums',
          },
        ),
      ],
    },
  });
}

/** What a song's valence does to its scores over all films. */
function valenceWords(r: number): string {
  return Math.abs(r) < 0.1
    ? 'happy and sad songs score about alike'
    : `${r > 0 ? 'happy' : 'sad'} songs score a little higher than ${r > 0 ? 'sad' : 'happy'} ones`;
}

/** How the match score turns with the moods of song and film. */
export function moodFigure(space: Space, songs: readonly PlacedSong[]): Figure {
  const films = sample(
    space.films.filter(({ film }) => film.eligible),
    FILMS,
  );
  const findings = moodFindings(space, sample(songs, SONGS), films);
  const { beta } = space.model.spec.mood;
  return {
    id: 'mood-score',
    title: 'Mood and the match score',
    caption:
      `Mean score of ${count(findings.pairs)} pairs of a song and a film by where both stand between sad and happy (${STEPS} equally full steps on either side). ` +
      `In the same quarter of the mood axis a pair scores ${decimal(findings.alike)} on average, in opposite ones ${decimal(findings.opposite)}; score and distance of the moods correlate with ${decimal(findings.gapScore)}. ` +
      `The mood block is built into the score (${percent(beta, 0)} of the squared cosine), so part of this holds by design; the learned content alone, which knows no mood block, still correlates with the distance by ${decimal(findings.gapContent)}. ` +
      `Whatever the film, ${valenceWords(findings.valenceScore)} (correlation of valence and score ${decimal(findings.valenceScore)}).`,
    chart: {
      draw: moodChart(findings),
      description: `Grid of mean match scores by mood of song and film: alike ${decimal(findings.alike)}, opposite ${decimal(findings.opposite)}.`,
    },
    table: {
      columns: ['song mood step', 'film mood step', 'pairs', 'mean score'],
      rows: findings.cells.map(({ song, film, pairs, score }) => [song + 1, film + 1, pairs, score]),
    },
  };
}
