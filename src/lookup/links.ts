/**
 * Finds the links in what people paste. Nothing here is ever fetched: a link is taken apart into a kind and
 * an id, and whoever looks it up builds an address of their own from them.
 */
import { decode, readServiceLink, type ServiceLink } from './service-links.ts';
import { serviceOf } from './services.ts';

/** Things on Spotify that have an id. */
export type SpotifyKind = 'track' | 'album' | 'artist' | 'playlist' | 'episode' | 'show';

/** A short link's host; at the last the code stands behind `/s/`. */
export type ShortHost = 'spotify.link' | 'spotify.app.link' | 'open.spotify.com';

/** One link as found. */
export type Link =
  /** `id`: 22 base-62 characters. */
  | { readonly kind: SpotifyKind; readonly id: string }
  /** A file on somebody's own device: Spotify knows nothing of it. */
  | { readonly kind: 'local' }
  /** `code`: 1 to 64 letters, digits, - or _. */
  | { readonly kind: 'short'; readonly host: ShortHost; readonly code: string }
  | ServiceLink
  | { readonly kind: 'other-service'; readonly service: string }
  | { readonly kind: 'unknown-url' };

const KINDS: ReadonlySet<string> = new Set(['track', 'album', 'artist', 'playlist', 'episode', 'show']);
const SPOTIFY_HOSTS: ReadonlySet<string> = new Set([
  'open.spotify.com',
  'play.spotify.com',
  'embed.spotify.com',
]);
const SHORT_HOSTS: ReadonlySet<string> = new Set(['spotify.link', 'spotify.app.link']);

/** An id, with whatever punctuation a sentence put behind it. */
const ID = /^[0-9A-Za-z]{22}(?![0-9A-Za-z-]|_+[0-9A-Za-z-])/;
const SHORT_CODE = /^[\w-]{1,64}(?![\w-])/;
/** Path segments that stand before the kind: a language, a player to embed. */
const PREFIX = /^(?:intl-[a-z]{2,3}(?:-[a-z0-9]{2,8}){0,2}|embed|embed-podcast)$/i;

/** Characters that no one sees: marks of writing direction, zero-width spaces, soft hyphens. */
const INVISIBLE = /\p{Cf}|\u034f/gu;
/** Slack's `<address|label>`: the label repeats or disguises the address. */
const SLACK_LABEL = /<([^<>|\s]*)\|[^<>]*>/g;
/** Markdown's `[label](address)`: the same. */
const MARKDOWN_LABEL = /\[[^[\]]*\]\(/g;
const SEPARATORS = /[\s<>()[\]{}"'`|«»“”„‘’，、。]+/u;
/** Where an address begins inside a word such as `song:https://…`; one slash may have got lost. */
const START = /[a-z][a-z0-9+.-]{0,20}:\/\/|https?:\/(?=[^/])|spotify:(?=[^/])/i;
/** Markdown's marks around a word: `_link_`, `**link**`. */
const EMPHASIS = /^([*_~]{1,3})(.+)\1$/;
/** An address as it stands inside another one's query. */
const ENCODED = /^(?:https?|spotify)%(?:25)?3a/i;
/** Longest encoded address that is read, in UTF-16 units. */
const MAX_ENCODED = 2_000;

/**
 * Every link in a text, in the order of their appearance, each once. Takes time linear in the text's length.
 *
 * Understood are Spotify's web addresses (with language, `embed/`, old hosts, tracking parameters), `spotify:`
 * URIs and short links, and what `readServiceLink` reads of other services; bare, percent-encoded, or in the
 * wrapping of Slack, Discord and Markdown. Any other address is named as another service's or as unknown; an
 * address of a host that merely resembles one of these is unknown.
 */
export function parseLinks(text: string): Link[] {
  const found = new Map<string, Link>();
  for (const word of wordsIn(text)) {
    const link = parseWord(word);
    if (link) found.set(JSON.stringify(link), found.get(JSON.stringify(link)) ?? link);
  }
  return [...found.values()];
}

/** What a text says besides its links, without brackets and quotation marks. */
export function wordsBeside(text: string): string {
  return wordsIn(text)
    .filter((word) => word !== '' && parseWord(word) === null)
    .join(' ');
}

function wordsIn(text: string): string[] {
  return text
    .replace(INVISIBLE, '')
    .replace(SLACK_LABEL, ' $1 ')
    .replace(MARKDOWN_LABEL, ' ')
    .replaceAll('&amp;', '&')
    .split(SEPARATORS);
}

/** The link that a word without spaces is or ends in, or null where it is none. */
function parseWord(written: string): Link | null {
  const word = EMPHASIS.exec(written)?.[2] ?? written;
  if (ENCODED.test(word)) {
    const plain = decode(word.slice(0, MAX_ENCODED));
    return ENCODED.test(plain) ? { kind: 'unknown-url' } : parseWord(plain);
  }
  const start = START.exec(word);
  if (start) {
    const address = word.slice(start.index);
    if (/^spotify:/i.test(address)) return parseUri(address.replace('://', ':').replaceAll('/', ':'));
    if (/^https?:/i.test(address)) return parseAddress(address.replace(/^https?:\/+/i, ''));
    return { kind: 'unknown-url' };
  }
  return withoutScheme(word.replace(/^\/\//, ''));
}

/** `open.spotify.com/track/…`: an address only when its host says so, as "AC/DC" has a slash too. */
function withoutScheme(word: string): Link | null {
  const { authority, host } = split(word);
  if (authority.startsWith('www.')) return parseAddress(word);
  if (!word.includes('/')) return null;
  const looksKnown = /spotify\.[a-z]/.test(host) || serviceOf(host) !== null;
  return looksKnown ? parseAddress(word) : null;
}

/** @param address what stands behind `//` */
function parseAddress(address: string): Link {
  const { authority, host, segments, query } = split(address);
  // Compared as written: a port, a user name, an escape or a letter from another alphabet is not this host.
  if (SPOTIFY_HOSTS.has(authority)) return parseSpotify(segments, query);
  if (SHORT_HOSTS.has(authority)) {
    const code = SHORT_CODE.exec(segments[0] ?? '')?.[0];
    return code ? { kind: 'short', host: authority as ShortHost, code } : { kind: 'unknown-url' };
  }
  const service = authority === host ? serviceOf(host) : null;
  if (!service) return { kind: 'unknown-url' };
  return readServiceLink(service, host, { segments, query }) ?? { kind: 'other-service', service };
}

function split(address: string) {
  const end = address.search(/[/?#\\]/);
  const authority = (end < 0 ? address : address.slice(0, end)).toLowerCase();
  const rest = end < 0 ? '' : address.slice(end);
  const queryAt = rest.indexOf('?');
  const path = rest.split(/[?#]/, 1)[0]!;
  // A dozen segments: the deepest address that is understood has five.
  const segments = path.split('/', 12).filter(Boolean);
  const query = queryAt < 0 ? '' : rest.slice(queryAt + 1).split('#', 1)[0]!;
  return { authority, host: authority.replace(/^.*@/, '').replace(/:\d*$/, ''), segments, query };
}

function parseSpotify(segments: readonly string[], query: string): Link {
  const parameters = new URLSearchParams(query.slice(0, 2_000));
  // An album shared with one of its tracks marked; the old embedded player.
  for (const name of ['highlight', 'uri']) {
    const uri = parameters.get(name);
    const link = uri && /^spotify:/i.test(uri) ? parseUri(uri) : null;
    if (link && link.kind !== 'unknown-url') return link;
  }
  const path = [...segments];
  while (path[0] && PREFIX.test(path[0])) path.shift();
  if (path[0]?.toLowerCase() === 'user') path.splice(0, 2);
  if (path[0]?.toLowerCase() === 's') {
    const code = SHORT_CODE.exec(path[1] ?? '')?.[0];
    return code ? { kind: 'short', host: 'open.spotify.com', code } : { kind: 'unknown-url' };
  }
  return identify(path);
}

function parseUri(uri: string): Link {
  const parts = uri.split(':', 12).slice(1);
  if (parts[0]?.toLowerCase() === 'user') parts.splice(0, 2);
  return identify(parts);
}

/** @param parts kind, id, and whatever follows */
function identify(parts: readonly string[]): Link {
  const kind = parts[0]?.toLowerCase() ?? '';
  if (kind === 'local') return { kind: 'local' };
  const id = ID.exec(parts[1] ?? '')?.[0];
  return id && KINDS.has(kind) ? { kind: kind as SpotifyKind, id } : { kind: 'unknown-url' };
}
