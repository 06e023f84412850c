/**
 * The gate between cleaning and publishing: what a table would have to be for its cells to mean what they say. A table
 * that fails here would give a catalogue that answers, and answers nonsense.
 */
import path from 'node:path';
import { UserError } from '../shared/errors.ts';
import type { CellKind } from './forms/columns.ts';
import type { ColumnProfile, TableProfile } from './forms/profile.ts';
import type { Removal } from './removals.ts';

/** What cleaning left of a table. */
export interface Cleaned {
  readonly kept: number;
  readonly removals: readonly Removal[];
  /** Films: how many of those kept have a year, and a vote. */
  readonly years?: number;
  readonly votes?: number;
  /** Songs: how many of those kept are in a minor key. */
  readonly minor?: number;
}

/** Why a table is not taken. */
export interface Finding {
  /** A rule that the table breaks, as a sentence. */
  readonly rule: string;
  readonly column: string | null;
  /** Cells that show it, at most three. */
  readonly examples: readonly string[];
  /** What to do about it. */
  readonly advice: string;
}

/** Rows below which shares say nothing. */
const LEAST_ROWS = 10;
/** Rows below which one value everywhere is no wonder: of 0, which stands for "not measured", and of others. */
const LEAST_UNIFORM = { zero: 100, other: 5_000 };
/** Share of rows that one rule may remove; of values that are missing, as tables have many of them; of repeated songs. */
const MOST_REMOVED = { rule: 0.5, missing: 0.75, repeated: 0.95 };
/** Share of filled cells of a column that may be unreadable. */
const MOST_UNREADABLE = 0.2;
/** Share of names that must be known. */
const LEAST_KNOWN = 0.5;
/** Different genres that a table may have: TMDB has 19, Spotify's data set 114. */
const MOST_GENRES = { films: 60, songs: 400 };
/** Share of cells with the same value from which a column is uniform. */
const UNIFORM = 0.98;

/** Where the middle of a column must lie. */
const MIDDLES: Partial<
  Record<string, { readonly low: number; readonly high: number; readonly unit: string }>
> = {
  tempo: { low: 40, high: 250, unit: 'beats per minute' },
  loudness: { low: -60, high: -0.5, unit: 'decibels below 0' },
  duration_ms: { low: 20_000, high: 3_600_000, unit: 'milliseconds' },
  runtime: { low: 1, high: 400, unit: 'minutes' },
};

/** Columns that differ between any two recordings. */
const VARIED: ReadonlySet<CellKind> = new Set(['unit', 'decibels', 'milliseconds']);

const percent = (share: number) => `${(100 * share).toFixed(share < 0.1 ? 1 : 0)} %`;
const n = (value: number) => value.toLocaleString('en');

/** What is wrong with a table; empty when all is plausible. */
export function judge(profile: TableProfile, cleaned: Cleaned): Finding[] {
  if (profile.rows === 0) return [noRows(profile.of)];
  const findings = [...removed(profile, cleaned)];
  for (const column of profile.columns) findings.push(...judgeColumn(profile, column));
  findings.push(...facts(profile, cleaned));
  return findings;
}

function noRows(of: TableProfile['of']): Finding {
  return {
    rule: `it holds no ${of}, only a header`,
    column: null,
    examples: [],
    advice: 'Download or export the table again.',
  };
}

function* removed({ rows, of }: TableProfile, { kept, removals }: Cleaned): Generator<Finding> {
  const advice = (column: string | null) =>
    column === null
      ? 'Check that each row has as many cells as the header, and that cells with separators stand in quotes.'
      : `Check what stands in the column ${column}; data/README.md says what is read.`;
  const [most] = removals;
  if (kept === 0 && most) {
    yield {
      rule: `none of its ${n(rows)} ${of} can be kept; of ${n(most.rows)}, ${most.rule}`,
      column: most.column,
      examples: most.examples,
      advice: advice(most.column),
    };
    return;
  }
  if (rows < LEAST_ROWS) return;
  for (const { rule, column, rows: count, examples } of removals) {
    const isRepeated = of === 'songs' && rule === 'the track stood there before';
    const limit = isRepeated
      ? MOST_REMOVED.repeated
      : / is missing$/.test(rule) && of === 'films'
        ? MOST_REMOVED.missing
        : MOST_REMOVED.rule;
    if (count > limit * rows)
      yield {
        rule: `one rule removes ${percent(count / rows)} of its rows: ${rule}`,
        column,
        examples,
        advice: advice(column),
      };
  }
}

function* judgeColumn({ of, rows }: TableProfile, profile: ColumnProfile): Generator<Finding> {
  const { column, filled, unreadable, outside, names, distinct, range } = profile;
  const finding = (rule: string, examples: readonly string[], advice?: string): Finding => ({
    rule,
    column,
    examples,
    advice: advice ?? `Check what stands in the column ${column}; data/README.md says what is read.`,
  });
  if (filled >= LEAST_ROWS && unreadable > MOST_UNREADABLE * filled)
    yield finding(
      `${percent(unreadable / filled)} of the cells in ${column} can't be read`,
      profile.examples,
    );
  const genres = profile.kind === 'film-genres' || profile.kind === 'song-genres';
  if (genres && names >= LEAST_ROWS) {
    const known = 1 - outside / names;
    const many = distinct === null || distinct > MOST_GENRES[of];
    // Spotify's artists have thousands of genres of their own; films have not.
    if (known < LEAST_KNOWN && (many || of === 'films' || known < 0.05))
      yield finding(
        `${column} holds ${distinct === null ? 'thousands of' : n(distinct)} different labels, ${percent(1 - known)} of them unknown`,
        profile.outsideExamples,
        `Is ${column} really the column of genres? Known are TMDB's names for films, Spotify's for songs.`,
      );
  }
  const middle = MIDDLES[column];
  if (middle && range && filled >= LEAST_ROWS && (range.middle < middle.low || range.middle > middle.high))
    yield finding(
      `the middle of ${column} is ${range.middle}, which is no number of ${middle.unit}`,
      [range.least, range.middle, range.greatest].map(String),
    );
  const { commonest } = profile;
  const least = Number(commonest?.value) === 0 ? LEAST_UNIFORM.zero : LEAST_UNIFORM.other;
  const isUniform = commonest !== null && filled >= least && commonest.cells > UNIFORM * filled;
  // Most tracks are not instrumental, and that is said with one value; a default date is a first of January.
  const varies = profile.kind === 'date' ? /-01-01$/.test(commonest?.value ?? '') : VARIED.has(profile.kind);
  if (isUniform && varies && column !== 'instrumentalness')
    yield finding(
      `${percent(commonest.cells / filled)} of ${column} are the same`,
      [commonest.value],
      `Was the column ${column} filled by a mistake? ${n(rows)} ${of} differ in it.`,
    );
}

function* facts(profile: TableProfile, { kept, years, votes, minor }: Cleaned): Generator<Finding> {
  if (kept < LEAST_ROWS / 2) return;
  const shown = (column: string) => {
    const found = profile.columns.find((each) => each.column === column);
    if (!found) return [];
    if (found.examples.length > 0) return found.examples;
    return found.commonest ? [found.commonest.value] : [];
  };
  if (years === 0)
    yield {
      rule: 'no film has a year',
      column: 'release_date',
      examples: shown('release_date'),
      advice: 'Give the dates as YYYY-MM-DD; data/README.md says which others are read.',
    };
  if (votes === 0)
    yield {
      rule: 'no film has a vote',
      column: 'vote_count',
      examples: shown('vote_count'),
      advice: 'Without votes no film can be found: fill vote_count, or name the right column so.',
    };
  if (minor === kept && kept >= LEAST_ROWS)
    yield {
      rule: 'every song is in a minor key',
      column: 'mode',
      examples: shown('mode'),
      advice: 'Give the mode as 1 (major) and 0 (minor), or in words.',
    };
}

/**
 * The error for a table that is not plausible.
 * @param findings at least one
 */
export function implausible(file: string, findings: readonly Finding[]): UserError {
  const [first, ...rest] = findings;
  const said = ({ examples }: Finding) =>
    examples.length > 0 ? ` For example: ${examples.map((cell) => `"${cell}"`).join(', ')}.` : '';
  const more = rest.map((finding) => `Besides, ${finding.rule}.${said(finding)}\n`).join('');
  return new UserError(`${path.basename(file)} is not plausible: ${first!.rule}.${said(first!)}`, {
    id: 'index.implausible',
    hint: `${more}${first!.advice}\nNothing was published. \`--check\` shows what stands in both tables; \`--force\` takes them as they are.`,
  });
}
