/** Compares the starter's facts with the data sets they were taken from. Pure: rows come from elsewhere. */
import type { Song } from '../../src/engine/types.ts';
import type { Cells } from './load.ts';

export interface Difference {
  readonly of: string;
  readonly fact: string;
  readonly starter: string;
  readonly source: string;
}

/** Columns that are ours (overview) or left out on purpose (TMDb's taglines are somebody's texts). */
const NOT_FACTS: ReadonlySet<string> = new Set(['overview', 'tagline']);

/** Genres that TMDb has since retired; the starter leaves them out. */
export const RETIRED_GENRES: ReadonlySet<string> = new Set(['Foreign']);

/** Every column of a film's row that differs from the source's, by value and not by spelling. */
export function filmDifferences(starter: Cells, source: Cells | undefined): Difference[] {
  const of = `film ${starter.id} ${starter.title}`;
  if (!source) return [{ of, fact: 'id', starter: starter.id ?? '', source: 'no such film' }];
  return Object.keys(starter)
    .filter((fact) => !NOT_FACTS.has(fact))
    .map((fact) => ({ of, fact, starter: starter[fact] ?? '', source: sourceCell(fact, source) }))
    .filter(({ fact, starter: ours, source: theirs }) => {
      // Empty where it is the same as the title.
      const own = fact === 'original_title' && ours === starter.title ? '' : ours;
      return !sameCell(own, theirs);
    });
}

/** The source's cell as the starter writes it. */
function sourceCell(fact: string, source: Cells): string {
  const cell = (source[fact] ?? '').replace(/\s+/g, ' ').trim();
  // The source leaves the flag open for a few films; a film of the starter is known not to be one.
  if (fact === 'adult' && cell === '') return 'False';
  if (fact === 'original_title' && cell === source.title) return '';
  if (fact === 'original_language' && cell === 'xx') return '';
  if (fact !== 'genres') return cell;
  return cell
    .split(', ')
    .filter((genre) => !RETIRED_GENRES.has(genre))
    .join(', ');
}

function sameCell(a: string, b: string): boolean {
  if (a.trim() === b.trim()) return true;
  return a.trim() !== '' && b.trim() !== '' && Number(a) === Number(b);
}

/**
 * Every fact of a song that differs from the source's. Both come from the cleaner, so genres are compared after it
 * has set mislabelled ones right. Labels of a source that is not the Spotify Tracks Dataset are no facts of it: such
 * a song stands in the starter without genres.
 */
export function songDifferences(starter: Song, source: Song | undefined, labelled: boolean): Difference[] {
  const of = `song ${starter.id} ${starter.artists.join(', ')} – ${starter.title}`;
  if (!source) return [{ of, fact: 'id', starter: starter.id, source: 'no such track' }];
  const ours = songFacts(starter);
  const theirs = songFacts(labelled ? source : { ...source, genres: [] });
  return Object.keys(ours)
    .filter((fact) => ours[fact] !== theirs[fact])
    .map((fact) => ({ of, fact, starter: ours[fact]!, source: theirs[fact]! }));
}

function songFacts({ features, ...facts }: Song): Record<string, string> {
  return Object.fromEntries(
    Object.entries({ ...facts, ...features }).map(([fact, value]) => [
      fact,
      Array.isArray(value) ? value.join('; ') : String(value),
    ]),
  );
}

export const sentence = ({ of, fact, starter, source }: Difference): string =>
  `${of}: ${fact} is "${starter}" here and "${source}" in the data set`;
