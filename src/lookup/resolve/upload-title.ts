/** What an uploader's title of a video or an upload says: a song's title and its artists. */
import { EDITION } from '../../engine/search/versions.ts';
import { splitArtists } from '../facts.ts';
import type { Upload } from '../oembed/client.ts';

/** A title with the artists that it may be by. */
export interface Reading {
  readonly title: string;
  /** At least one. */
  readonly artists: readonly string[];
  readonly durationMs: null;
}

/** What uploaders add in brackets, apart from what names an edition. */
const UPLOADERS =
  /\b(?:video|audio|lyrics?|visuali[sz]er|official|hd|hq|uhd|4k|8k|m\/?v|pv|clip|teaser|legendado|sub(?:titulad[ao]|s)?|letra|eng(?:lish)?|romanized)\b/iu;
/** The same without brackets, at the end. */
const TRAILING =
  /(?:\s+(?:official\s+)?(?:music\s+|lyrics?\s+)?(?:video|audio|visuali[sz]er|m\/?v)|\s+(?:official\s+)?lyrics|\s+(?:hd|hq|4k))+\s*$/iu;
/** Words behind the name of a channel that is the artist's own. */
const CHANNEL = /(?:\s*-\s*topic|\s*vevo|\s+official(?:\s+(?:channel|artist|music))?|\s+music|\s+tv)$/iu;
/** A label's catalogue, as YouTube Music has it: the title is bare, the channel is the artist. */
const TOPIC = /-\s*topic$/iu;
/** What may stand between an artist and a quoted title. */
const ARTIST_TAIL = /[\s_–—-]*(?:\s(?:official|m\/?v|pv))?[\s_–—-]*$/iu;
const SECTION = /\s+[|｜]\s+|\s+\/\/\s+/u;
const BRACKETS = /[([【]([^()[\]【】]{0,80})[)\]】]/gu;
const PAIR = /^(.+?)\s*(?:\s[-–—~_]\s|:\s|\s[-–—])\s*(.+)$/u;
/** `Artist 'Title' MV`, `Artist「Title」`. */
const QUOTED = /^(.+?)(?:\s+['‘"“]([^'‘’"“”]+)['’"”](?=\s|$)|\s*[「『]([^「」『』]+)[」』])/u;

/** The title without what an uploader adds: "(Official Video)", "[4K]", "| Label". */
export function plainTitle(title: string): string {
  return withoutExtras(title.split(SECTION)[0]!) || title;
}

function withoutExtras(part: string): string {
  return part
    .replace(BRACKETS, (whole, note: string) =>
      UPLOADERS.test(note) || EDITION.test(note.toLowerCase().trim()) ? ' ' : whole,
    )
    .replace(TRAILING, '')
    .replace(/["“”]/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim();
}

/** Title and artists as an upload may mean them, likeliest first. */
export function readingsOf({ title, author }: Upload): Reading[] {
  const plain = plainTitle(title);
  const by = author ? author.replace(CHANNEL, '').trim() || author : null;
  if (author && by && TOPIC.test(author)) return [reading(plain, by)];
  const ofAuthor = by ? [reading(withoutAuthor(plain, by), by)] : [];
  const [head = '', second = ''] = title.split(SECTION);
  const quoted = QUOTED.exec(
    head.replace(BRACKETS, (whole, note: string) => (UPLOADERS.test(note) ? ' ' : whole)),
  );
  const pairs = [
    ...(quoted ? [[quoted[1]!, quoted[2] ?? quoted[3]!] as const] : []),
    ...pairIn(plain),
    // "Artist | Title": elsewhere a label or a channel stands behind the bar.
    ...(PAIR.test(plain) || second === '' ? [] : [[plain, withoutExtras(second)] as const]),
  ].filter(([one, other]) => one.trim() !== '' && other.trim() !== '');
  return [
    ...pairs.map(([artist, name]) => reading(name, artist)),
    ...ofAuthor,
    ...pairs.map(([name, artist]) => reading(name, artist)),
  ];
}

function pairIn(plain: string): (readonly [string, string])[] {
  const [, one, other] = PAIR.exec(plain) ?? [];
  return one && other ? [[one, other]] : [];
}

/** "IU(아이유)" is either of the two. */
function reading(title: string, by: string): Reading {
  const artist = by.replace(ARTIST_TAIL, '');
  const inside = [...artist.matchAll(BRACKETS)].map(([, name]) => name!);
  const outside = artist.replace(BRACKETS, ' ').replace(/\s+/gu, ' ').trim();
  const artists = [artist.trim(), outside, ...inside].flatMap((name) =>
    name === '' ? [] : splitArtists(name),
  );
  return { title: title.trim(), artists: [...new Set(artists)], durationMs: null };
}

/** SoundCloud writes "Title by Author". */
function withoutAuthor(title: string, author: string): string {
  const end = ` by ${author}`;
  return title.toLowerCase().endsWith(end.toLowerCase()) ? title.slice(0, -end.length) : title;
}
