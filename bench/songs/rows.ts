/** Texts about songs that a catalogue has or lacks, and what becomes of them. */
import { createReadStream, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'csv-parse';
import { parse as parseSync } from 'csv-parse/sync';
import { fameOf, nameKey, recordingKeys, titleKey } from '../../src/engine/search/recording.ts';
import { parseTitle } from '../../src/engine/search/title.ts';
import { versionOfAlbum } from '../../src/engine/search/versions.ts';
import type { Song } from '../../src/engine/types.ts';
import type { KnownSongs } from '../../src/lookup/resolve/known-songs.ts';
import { nonMusicKind } from '../../src/lookup/resolve/non-music.ts';
import type { Resolution } from '../../src/lookup/resolve/resolution.ts';
import { readText } from '../../src/lookup/resolve/text.ts';
import { type Random, seeded, withTypos } from '../../test/engine/search/typos.ts';
import { sample } from '../sample.ts';

export const SEED = 20261127;
export const TEXTS = 2000;
export const EXTRA = '../shared/data/spotify_tracks_extra.csv';
const FAMOUS = fileURLToPath(new URL('famous.tsv', import.meta.url));
/** Songs of the catalogue that are asked for by their title alone are at least so well known, 0…100. */
const WELL_KNOWN = 50;

interface Named {
  readonly title: string;
  readonly artists: readonly string[];
}

/** What became of a text about a song. */
type Outcome = 'right' | 'offered' | 'asked' | 'unknown' | 'group' | 'wrong';
export const OUTCOMES: readonly Outcome[] = ['right', 'offered', 'asked', 'unknown', 'group', 'wrong'];

export interface Row {
  readonly label: string;
  readonly texts: readonly { readonly text: string; readonly song: Named }[];
}

/**
 * right: answered with the song. offered: a question or an apology that offers it. asked: a question without it.
 * unknown: an apology without it. group: answered as an artist or album. wrong: answered as if sure with another song.
 */
function outcome(resolution: Resolution, song: Named): Outcome {
  const keys = new Set(keysOf(song));
  const isSong = (other: Named) => keysOf(other).some((key) => keys.has(key));
  switch (resolution.kind) {
    case 'song':
      return isSong(resolution.song) ? 'right' : 'wrong';
    case 'blend':
      return 'group';
    case 'question':
      return resolution.candidates.some((candidate) => isSong(candidate.song)) ? 'offered' : 'asked';
    case 'sorry':
      return resolution.candidates.some((candidate) => isSong(candidate.song)) ? 'offered' : 'unknown';
  }
}

/** Title and artist, once for each artist, also of those that stand in one name: "Somebody feat. Somebody else". */
function keysOf({ title, artists }: Named): string[] {
  const names = artists.flatMap((name) => [
    name,
    ...name.split(/(?: feat\.? | featuring | ft\.? | & | x | with |, )/iu),
  ]);
  return recordingKeys({ title, artists: [...new Set(names)] });
}

/** Rows about songs that the catalogue lacks: nothing but a question or an apology is right. */
function absentRows(
  catalogue: readonly Named[],
  extra: readonly Named[],
  texts: number,
  random: Random,
): Row[] {
  const has = new Set(catalogue.flatMap(keysOf));
  const titles = new Set(catalogue.map((song) => titleKey(song.title, song.artists)));
  const seen = new Set<string>();
  const lacking = extra.filter((song) => {
    const keys = keysOf(song);
    if (keys.length === 0 || keys.some((key) => has.has(key) || seen.has(key))) return false;
    for (const key of keys) seen.add(key);
    return titleKey(song.title, song.artists) !== '';
  });
  const unheard = lacking.filter((song) => !titles.has(titleKey(song.title, song.artists)));
  const byTitle = sample(unheard, texts, random);
  const byBoth = sample(lacking, texts, random);
  return [
    { label: 'absent: title', texts: byTitle.map((song) => ({ text: coreOf(song), song })) },
    { label: 'absent: title artist', texts: byBoth.map((song) => ({ text: both(song), song })) },
    {
      label: 'absent: title by artist',
      texts: byBoth.map((song) => ({ text: `${coreOf(song)} by ${song.artists[0]}`, song })),
    },
  ];
}

/** Rows about plain recordings that the catalogue has. */
function knownRows(songs: readonly Song[], texts: number, random: Random): Row[] {
  const plain = songs.filter(
    (song) =>
      parseTitle(song.title, song.artists).version === null &&
      versionOfAlbum(song.album) === null &&
      titleKey(song.title, song.artists) !== '' &&
      song.artists.length > 0 &&
      nonMusicKind(song) === null,
  );
  const best = new Map<string, number>();
  for (const song of plain) {
    const key = titleKey(song.title, song.artists);
    best.set(key, Math.max(best.get(key) ?? 0, fameOf(song)));
  }
  const wellKnown = plain.filter(
    (song) => fameOf(song) >= WELL_KNOWN && fameOf(song) === best.get(titleKey(song.title, song.artists)),
  );
  const latin = (song: Named) => /^[a-z][\w ]{3,}$/.test(titleKey(song.title, song.artists));
  const byBoth = sample(plain, texts, random);
  const byTitle = sample(wellKnown, texts, random);
  return [
    { label: 'known: title artist', texts: byBoth.map((song) => ({ text: both(song), song })) },
    {
      label: 'known: artist title',
      texts: byBoth.map((song) => ({ text: `${song.artists[0]} ${coreOf(song)}`, song })),
    },
    {
      label: 'known: title artist, one typo',
      texts: byBoth.filter(latin).map((song) => ({ text: withTypos(both(song), 1, random), song })),
    },
    { label: 'known: title', texts: byTitle.map((song) => ({ text: coreOf(song), song })) },
    {
      label: 'known: title, one typo',
      texts: byTitle.filter(latin).map((song) => ({ text: withTypos(coreOf(song), 1, random), song })),
    },
  ];
}

function famousRow(): Row {
  const rows = parseSync(readFileSync(FAMOUS), { columns: true, delimiter: '\t', quote: null }) as {
    title: string;
    artist: string;
  }[];
  return {
    label: 'famous: title artist',
    texts: rows.map(({ title, artist }) => ({
      text: `${title} ${artist}`,
      song: { title, artists: [artist] },
    })),
  };
}

const coreOf = (song: Named) => parseTitle(song.title, song.artists).core.toLowerCase();
const both = (song: Named) => `${coreOf(song)} ${(song.artists[0] ?? '').toLowerCase()}`;

/** Counts the outcomes of a row, and keeps the texts that went wrong. */
export function measure(row: Row, known: KnownSongs) {
  const counts = Object.fromEntries(OUTCOMES.map((name) => [name, 0])) as Record<Outcome, number>;
  const notRight: string[] = [];
  for (const { text, song } of row.texts) {
    const resolution = readText(known, text);
    const result = outcome(resolution, song);
    counts[result]++;
    if (result !== 'right') notRight.push(`${result}\t${text}\t→ ${said(resolution)}`);
  }
  return { counts, notRight };
}

function said(resolution: Resolution): string {
  const name = (song: Named) => `${song.title} | ${song.artists.join(', ')}`;
  if (resolution.kind === 'song') return name(resolution.song);
  if (resolution.kind === 'blend') return `${resolution.of} ${resolution.name}`;
  const reason = resolution.kind === 'sorry' ? resolution.reason.key : resolution.why.key;
  return `${reason}: ${resolution.candidates.map(({ song }) => name(song)).join(' / ')}`;
}

async function readExtra(file: string): Promise<Named[]> {
  const songs: Named[] = [];
  for await (const row of createReadStream(file).pipe(
    parse({ columns: true, bom: true, relax_quotes: true, relax_column_count: true }),
  )) {
    const artists = String(row.artists ?? '')
      .split(';')
      .filter((artist) => nameKey(artist) !== '');
    if (row.track_name && artists.length > 0) songs.push({ title: row.track_name, artists });
  }
  return songs;
}

/** Every row, drawn by a seed. @param texts texts a row, at most */
export async function rowsOf(songs: readonly Song[], absent: string, texts = TEXTS): Promise<Row[]> {
  return [
    ...absentRows(songs, await readExtra(absent), texts, seeded(SEED)),
    ...knownRows(songs, texts, seeded(SEED + 1)),
    famousRow(),
  ];
}
