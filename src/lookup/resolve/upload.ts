/** From a video or an upload, of which an uploader's words are known, to a song. */

import { words } from '../../engine/search/normalise.ts';
import { EDITION } from '../../engine/search/versions.ts';
import { splitArtists } from '../facts.ts';
import type { Upload } from '../oembed/client.ts';
import type { LookupSession } from './lookup-session.ts';
import { findNamed, readHit, readTitleOnly } from './online.ts';
import { inCatalogue } from './outcome.ts';
import type { Resolution } from './resolution.ts';
import { mentions } from './same-song.ts';
import { readText } from './text.ts';

/** A title with the artists that it may be by. */
interface Reading {
  readonly title: string;
  readonly artists: readonly string[];
  readonly durationMs: null;
}

/** What uploaders add in brackets, apart from what names an edition. */
const UPLOADERS =
  /\b(?:video|audio|lyrics?|visuali[sz]er|official|hd|hq|uhd|4k|8k|m\/?v|clip|legendado|sub(?:titulad[ao]|s)?|letra|karaoke version with lyrics)\b/iu;
/** Words behind the name of a channel that is the artist's own. */
const CHANNEL = /(?:\s*-\s*topic|\s*vevo|\s+official(?:\s+(?:channel|artist|music))?|\s+music|\s+tv)$/iu;

/** The title without what an uploader adds: "(Official Video)", "[4K]", "| Label". */
export function plainTitle(title: string): string {
  const [first = ''] = title.split(/\s+[|｜]\s+|\s+\/\/\s+/u);
  const bare = first.replace(/[([【]([^()[\]【】]{0,80})[)\]】]/gu, (whole, note: string) =>
    UPLOADERS.test(note) || EDITION.test(note.toLowerCase().trim()) ? ' ' : whole,
  );
  const plain = bare
    .replace(
      /(?:\s+(?:official\s+)?(?:music\s+|lyrics?\s+)?(?:video|audio|visuali[sz]er)|\s+lyrics|\s+(?:hd|hq|4k))+\s*$/iu,
      '',
    )
    .replace(/["“”]/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim();
  return plain || title;
}

/** Title and artists as an upload may mean them, likeliest first. */
export function readingsOf({ title, author }: Upload): Reading[] {
  const plain = plainTitle(title);
  const by = author ? author.replace(CHANNEL, '').trim() || author : null;
  const reading = (name: string, artist: string): Reading => ({
    title: name,
    artists: splitArtists(artist),
    durationMs: null,
  });
  // The catalogue of a label, as YouTube Music has it: the title is bare, the channel is the artist.
  if (author && by && /-\s*topic$/iu.test(author)) return [reading(plain, by)];
  const ofAuthor = by ? [reading(withoutAuthor(plain, by), by)] : [];
  const pair = /^(.+?)\s*(?:\s[-–—~]\s|:\s|\s[-–—])\s*(.+)$/u.exec(plain);
  if (!pair) return ofAuthor;
  return [reading(pair[2]!, pair[1]!), ...ofAuthor, reading(pair[1]!, pair[2]!)];
}

/** SoundCloud writes "Title by Author". */
function withoutAuthor(title: string, author: string): string {
  const end = ` by ${author}`;
  return title.toLowerCase().endsWith(end.toLowerCase()) ? title.slice(0, -end.length) : title;
}

/** Reads an upload: the song that its words name, by an artist that they name too; else a question or an apology. */
export async function readUpload(
  session: LookupSession,
  upload: Upload,
  service: string,
): Promise<Resolution> {
  const { known } = session;
  const readings = readingsOf(upload);
  for (const reading of readings) {
    const same = inCatalogue(session, reading, service);
    if (same) return same;
  }
  const plain = plainTitle(upload.title);
  const local = readText(known, plain);
  // A title alone says too little of whose song it is: many a video is called "Hello".
  if (local.kind === 'song' && words(plain).some((word) => mentions(local.song.artists, word))) return local;
  const [first] = readings;
  if (first) {
    const hit = await findNamed(session, `${first.artists[0]} ${first.title}`, readings);
    if (hit) return readHit(session, hit);
  }
  return readTitleOnly(session, plain, service);
}
