/** When what a service found is what was meant: rather nothing than another song. */
import { typosBetween } from '../../engine/search/distance.ts';
import { artistKey, words } from '../../engine/search/normalise.ts';
import { parseTitle, versionOf } from '../../engine/search/title.ts';
import type { TrackFacts } from '../facts.ts';
import { mentions, titleKey } from './same-song.ts';

/** Milliseconds by which two statements of one recording's length may differ. */
const MAX_DRIFT_MS = 5_000;

/** Words beside title and artist that say nothing of which song is meant. */
const FILLERS: ReadonlySet<string> = new Set(
  'by the a an song track music from ft feat featuring with and official video audio lyrics lyric hd hq mv von de di par'.split(
    ' ',
  ),
);

/** Letters that a word needs for one typo to be overlooked, and for two. */
const ONE_TYPO = 5;
const TWO_TYPOS = 9;

/**
 * Whether two services speak of one recording: ISRCs that disagree, lengths more than 5 s apart and artists of whom
 * none is the same speak against it. What one of them does not say speaks for nothing.
 */
export function agree(
  a: Pick<TrackFacts, 'artists' | 'durationMs' | 'isrc'>,
  b: Pick<TrackFacts, 'artists' | 'durationMs' | 'isrc'>,
): boolean {
  if (a.isrc && b.isrc && a.isrc !== b.isrc) return false;
  if (a.durationMs && b.durationMs && Math.abs(a.durationMs - b.durationMs) > MAX_DRIFT_MS) return false;
  const names = new Set(a.artists.map(artistKey));
  return b.artists.some((artist) => names.has(artistKey(artist)));
}

/** Whether a recording has this title, in the same kind of version, and is by one of the artists. */
export function isNamed(found: TrackFacts, title: string, artists: readonly string[]): boolean {
  const wanted = parseTitle(title, artists);
  const has = parseTitle(found.title, found.artists);
  return (
    titleKey(found.title, found.artists) === titleKey(title, artists) &&
    has.version === wanted.version &&
    artists.some((artist) => mentions([...found.artists, ...has.featured], artist))
  );
}

/**
 * Whether a text names a recording: the whole title stands in the text, and every word of the text in the title or
 * among the artists, give or take a typo in a long word.
 *
 * @returns what the text names: the title alone, or an artist too; null where it names another song or none
 */
export function namedBy(text: string, found: TrackFacts): 'title' | 'title and artist' | null {
  const { core, subtitles, editionNotes, featured, versionNotes, version } = parseTitle(
    found.title,
    found.artists,
  );
  const said = words(text);
  const title = words(core);
  if (title.length === 0 || !title.every((word) => said.some((one) => isWord(one, word)))) return null;
  const besides = said.filter((word) => !title.some((one) => isWord(word, one)));
  // A live take, a remix or karaoke is meant only where the text says so.
  const saysVersion = versionOf(text) === version || besides.some((word) => versionOf(word) === version);
  if (version !== null && !saysVersion) return null;
  const names = [...found.artists, ...featured].flatMap((name) => words(name));
  const notes = [...subtitles, ...editionNotes, ...versionNotes].flatMap((note) => words(note));
  const ofArtist = besides.filter((word) => names.some((name) => isWord(word, name)));
  const rest = besides.filter((word) => !ofArtist.includes(word) && !FILLERS.has(word));
  if (!rest.every((word) => notes.some((note) => isWord(word, note)))) return null;
  return ofArtist.some((word) => !FILLERS.has(word)) ? 'title and artist' : 'title';
}

function isWord(written: string, meant: string): boolean {
  if (written === meant) return true;
  const shorter = Math.min(written.length, meant.length);
  return shorter >= ONE_TYPO && typosBetween(written, meant) <= (shorter < TWO_TYPOS ? 1 : 2);
}
