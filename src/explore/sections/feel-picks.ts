/** Section 3, third part: whether people pick films that share the song's feelings, and whether the score follows. */
import { mean } from '../../fitting/metrics.ts';
import { barChart, pairedDots } from '../chart/marks.ts';
import type { Figure } from '../figure.ts';
import { count, decimal, list, percent } from '../format.ts';
import type { DescribedWorks } from '../gather/described.ts';
import { sample } from '../gather/sample.ts';
import type { PlacedFilm, PlacedSong, Space } from '../gather/space.ts';
import { CorrelationTally } from '../stats/correlation.ts';
import { type Proportion, wilson } from '../stats/proportion.ts';
import { CARRIED } from './feel-use.ts';

/** Rows of the chart; the rest stands in the numbers. */
const SHOWN = 40;
/** Picks of fewer songs that carry a feeling say little of it. */
const LEAST_PICKS = 20;

/** How one feeling fares along picks. */
export interface Agreement {
  readonly name: string;
  /** Of the films picked for songs that carry it, those that carry it too. */
  readonly given: Proportion;
  /** The same of all picked films. */
  readonly any: Proportion;
}

/** Agreement of each feeling over pairs of a described song and a described film picked for it. */
export function agreements({ vocabulary, songs, films }: DescribedWorks, least = LEAST_PICKS): Agreement[] {
  const byId = new Map(films.map((film) => [film.id, film]));
  const pairs = songs.flatMap((song) =>
    song.picks.flatMap((id) => {
      const film = byId.get(id);
      return film ? [{ song: song.terms, film: film.terms }] : [];
    }),
  );
  return vocabulary.terms
    .map((name, i): Agreement => {
      const carries = (terms: Float32Array) => terms[i]! >= CARRIED;
      const given = pairs.filter(({ song }) => carries(song));
      return {
        name,
        given: wilson(given.filter(({ film }) => carries(film)).length, given.length),
        any: wilson(pairs.filter(({ film }) => carries(film)).length, pairs.length),
      };
    })
    .filter(({ given }) => given.n >= least)
    .sort((a, b) => b.given.share - b.any.share - (a.given.share - a.any.share));
}

/** Null where too few picks are known of the data. */
export function picksFigure(works: DescribedWorks): Figure | null {
  const found = agreements(works);
  if (found.length < 2) return null;
  const shown = found.slice(0, SHOWN);
  const say = ({ name, given, any }: Agreement) =>
    `${name} (${percent(given.share, 0)} against ${percent(any.share, 0)})`;
  const surely = found.filter(({ given, any }) => given.low > any.share).length;
  return {
    id: 'feel-picks',
    title: 'Do picked films share the feelings of the song?',
    caption:
      `Share of picked films that carry a feeling, where the song carries it and among all ${count(found[0]!.any.n)} picks. The song's feeling is clearly more frequent for ${surely} of ${found.length} feelings. ` +
      `It leads furthest for ${list(shown.slice(0, 3).map(say))}, least for ${list(found.slice(-3).reverse().map(say))}.`,
    chart: {
      draw: pairedDots(
        shown.map((row) => ({
          label: row.name,
          first: row.any.share,
          second: row.given.share,
          title: `${row.name}: ${percent(row.given.share)} of the picks of songs that carry it, ${percent(row.any.share)} of all`,
        })),
        {
          axis: 'share of picked films that carry it',
          colours: ['muted', 'film'],
          names: ['all picks', 'picks of songs that carry it'],
        },
      ),
      description: `Share of picked films that carry a feeling, for songs that carry it and for all: ${list(shown.slice(0, 5).map(say))}.`,
    },
    table: {
      columns: [
        'feeling',
        'share where the song carries it',
        '95% low',
        '95% high',
        'picks',
        'share of all picks',
      ],
      rows: found.map(({ name, given, any }) => [
        name,
        given.share,
        given.low,
        given.high,
        given.n,
        any.share,
      ]),
    },
  };
}

/** Songs and films whose every pair is scored. */
const SONGS = 600;
const FILMS = 600;
const STEPS = 10;

export interface ScoreStep {
  /** Cosines of the step. */
  readonly from: number;
  readonly to: number;
  readonly pairs: number;
  /** Mean match score, 0…1. */
  readonly score: number;
}

/** Pairs in equally full steps of the cosine of their feel vectors, and the correlation of cosine and logit. */
export function scoreSteps(
  pairs: readonly { readonly cosine: number; readonly score: number; readonly logit: number }[],
  steps = STEPS,
): { steps: ScoreStep[]; r: number } {
  const sorted = [...pairs].sort((a, b) => a.cosine - b.cosine);
  const tally = new CorrelationTally(['cosine', 'logit']);
  for (const { cosine, logit } of pairs) tally.add([cosine, logit]);
  const out: ScoreStep[] = [];
  for (let step = 0; step < steps; step++) {
    const inside = sorted.slice(
      Math.floor((step * sorted.length) / steps),
      Math.floor(((step + 1) * sorted.length) / steps),
    );
    if (inside.length === 0) continue;
    out.push({
      from: inside[0]!.cosine,
      to: inside[inside.length - 1]!.cosine,
      pairs: inside.length,
      score: mean(inside.map(({ score }) => score)),
    });
  }
  return { steps: out, r: tally.between('cosine', 'logit').r };
}

/** How the score follows the likeness of the profiles. */
export function scoreFigure(space: Space, songs: readonly PlacedSong[]): Figure {
  const films = sample<PlacedFilm>(space.films, FILMS);
  const pairs = sample(songs, SONGS).flatMap((song) =>
    films.map((film) => {
      let cosine = 0;
      for (let d = 0; d < song.feel.length; d++) cosine += song.feel[d]! * film.feel[d]!;
      return { cosine, score: space.score(song, film), logit: space.logit(song, film) };
    }),
  );
  const { steps, r } = scoreSteps(pairs);
  const label = ({ from, to }: ScoreStep) => `${decimal(from)} to ${decimal(to)}`;
  const first = steps[0]!;
  const last = steps[steps.length - 1]!;
  return {
    id: 'feel-score',
    title: 'Shared feelings and the match score',
    caption:
      `Mean score of ${count(pairs.length)} random pairs of a song and a film by the cosine of their feel profiles, in ${steps.length} equally full steps. The least alike score ${percent(first.score)} on average, the most alike ${percent(last.score)}; cosine and logit correlate with ${decimal(r)}. ` +
      'Worlds, years, languages and what was learned of single films make up the rest, and most random pairs fit badly however they are scored.',
    chart: {
      draw: barChart(
        [...steps].reverse().map((step) => ({
          label: label(step),
          value: step.score,
          title: `cosine ${label(step)}: mean score ${percent(step.score, 2)} over ${count(step.pairs)} pairs`,
        })),
        { axis: 'mean match score', colours: ['song', 'film'], format: (x) => percent(x) },
      ),
      description: `Bars of the mean match score by likeness of the feel profiles, from ${percent(first.score)} to ${percent(last.score)}.`,
    },
    table: {
      columns: ['cosine from', 'cosine to', 'pairs', 'mean score'],
      rows: steps.map(({ from, to, pairs: n, score }) => [from, to, n, score]),
    },
  };
}
