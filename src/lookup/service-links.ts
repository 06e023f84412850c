/** Takes the links of services other than Spotify apart, so far as something can be looked up from them. */

/** What a link of another service names. Ids and paths hold nothing but the characters given. */
export type ServiceLink =
  /** A video. `id`: 11 letters, digits, - or _; `music`: it is YouTube Music's. */
  | { readonly kind: 'youtube'; readonly id: string; readonly music: boolean }
  /** `path`: user and track, each of small letters, digits, - and _. */
  | { readonly kind: 'soundcloud'; readonly path: string }
  /** `id`: digits. */
  | { readonly kind: 'deezer'; readonly of: 'track' | 'album'; readonly id: string }
  /** `id`: digits; `country`: two small letters, the store that knows the id. */
  | {
      readonly kind: 'apple';
      readonly of: 'track' | 'album';
      readonly id: string;
      readonly country: string | null;
    }
  /** The link itself says the names: of a song, else of an album, else of an artist alone. */
  | {
      readonly kind: 'named';
      readonly title: string | null;
      readonly album: string | null;
      readonly artist: string;
    }
  /** A page that stands for a thing on Spotify. `id`: 22 base-62 characters. */
  | { readonly kind: 'track' | 'album'; readonly id: string };

/** An address behind its host. */
interface Address {
  readonly segments: readonly string[];
  readonly query: string;
}

/** Longest name that is read from a path, in UTF-16 units. */
const MAX_NAME = 200;

const VIDEO = /^[\w-]{11}(?![\w-])/;
const VIDEO_PATHS: ReadonlySet<string> = new Set(['embed', 'shorts', 'live', 'v', 'e']);
const NUMBER = /^(?:id)?(\d{1,15})(?!\w)/;
const COUNTRY = /^[a-z]{2}$/;
const SPOTIFY_ID = /^[0-9A-Za-z]{22}(?![\w-])/;
/** An address or a URI of Spotify's inside another address. */
const INNER_SPOTIFY =
  /(?:open\.spotify\.com\/(?:intl-[a-z-]{2,8}\/)?|spotify:)(track|album)[/:]([0-9A-Za-z]{22})(?![\w-])/;
/** A name in a SoundCloud address. */
const SLUG = /^[a-z0-9](?:[\w-]{0,98}[a-z0-9_])?(?![\w-])/;
/** Second parts of a SoundCloud address that are no track. */
const SOUNDCLOUD_LISTS: ReadonlySet<string> = new Set([
  'sets',
  'likes',
  'tracks',
  'albums',
  'reposts',
  'popular-tracks',
  'followers',
  'following',
  'comments',
  'spotlight',
]);
/** First parts that are no user. */
const SOUNDCLOUD_PAGES: ReadonlySet<string> = new Set([
  'discover',
  'charts',
  'search',
  'you',
  'stations',
  'upload',
  'pages',
  'people',
  'tags',
  'jobs',
  'settings',
]);

const parameter = (query: string, name: string) => new URLSearchParams(query.slice(0, 2_000)).get(name);

/**
 * What a link names, or null where nothing can be looked up from it.
 *
 * @param service the name that `serviceOf` gives
 */
export function readServiceLink(service: string, host: string, address: Address): ServiceLink | null {
  switch (service) {
    case 'YouTube':
      return readYouTube(host, address);
    case 'SoundCloud':
      return host === 'soundcloud.com' || host === 'www.soundcloud.com' || host === 'm.soundcloud.com'
        ? readSoundCloud(address)
        : null;
    case 'Deezer':
      return readDeezer(address);
    case 'Apple Music':
      return readApple(address);
    case 'Songlink':
      return readSonglink(host, address);
    case 'Last.fm':
      return readLastFm(address);
    default:
      return null;
  }
}

function readYouTube(host: string, { segments, query }: Address): ServiceLink | null {
  const [first = '', second = ''] = segments;
  const named = host === 'youtu.be' ? first : VIDEO_PATHS.has(first) ? second : parameter(query, 'v');
  const id = VIDEO.exec(named ?? '')?.[0];
  return id ? { kind: 'youtube', id, music: host === 'music.youtube.com' } : null;
}

function readSoundCloud({ segments }: Address): ServiceLink | null {
  const [user = '', track = ''] = segments.map((segment) => SLUG.exec(segment.toLowerCase())?.[0] ?? '');
  if (!user || !track || SOUNDCLOUD_LISTS.has(track) || SOUNDCLOUD_PAGES.has(user)) return null;
  return { kind: 'soundcloud', path: `${user}/${track}` };
}

function readDeezer({ segments }: Address): ServiceLink | null {
  const at = segments.findIndex((segment) => segment === 'track' || segment === 'album');
  const id = NUMBER.exec(segments[at + 1] ?? '')?.[1];
  return at >= 0 && at < 2 && id ? { kind: 'deezer', of: segments[at] as 'track' | 'album', id } : null;
}

function readApple({ segments, query }: Address): ServiceLink | null {
  const country = COUNTRY.exec(segments[0]?.toLowerCase() ?? '')?.[0] ?? null;
  const [kind, ...rest] = country ? segments.slice(1) : segments;
  if (kind !== 'album' && kind !== 'song') return null;
  const marked = NUMBER.exec(parameter(query, 'i') ?? '')?.[1];
  if (marked) return { kind: 'apple', of: 'track', id: marked, country };
  const id = NUMBER.exec(rest.at(-1) ?? '')?.[1];
  return id ? { kind: 'apple', of: kind === 'song' ? 'track' : 'album', id, country } : null;
}

/** `song.link/s/<id>`: the letter says of which service the id is; or an address of Spotify stands in it. */
function readSonglink(host: string, { segments, query }: Address): ServiceLink | null {
  const [first = '', second = ''] = COUNTRY.test(segments[0] ?? '') ? segments.slice(1) : segments;
  const of = host === 'album.link' ? 'album' : 'track';
  if (first === 's') {
    const id = SPOTIFY_ID.exec(second)?.[0];
    return id ? { kind: of, id } : null;
  }
  if (first === 'y') {
    const id = VIDEO.exec(second)?.[0];
    return id ? { kind: 'youtube', id, music: true } : null;
  }
  const id = NUMBER.exec(second)?.[1];
  if (id && first === 'd') return { kind: 'deezer', of, id };
  if (id && first === 'i') return { kind: 'apple', of, id, country: null };
  const inner = INNER_SPOTIFY.exec(decode(`${segments.join('/')}?${query}`.slice(0, 2_000)));
  return inner ? { kind: inner[1] as 'track' | 'album', id: inner[2]! } : null;
}

/** `/music/<artist>/_/<title>`, `/music/<artist>/<album>/<title>`, `/music/<artist>/<album>`, `/music/<artist>`. */
function readLastFm({ segments }: Address): ServiceLink | null {
  const at = segments.indexOf('music');
  if (at < 0) return null;
  const [artist, second = '+', third = '+'] = segments.slice(at + 1, at + 4).map(readName);
  if (!artist || artist.startsWith('+')) return null;
  const name = (text: string) => (text.startsWith('+') || text === '_' ? null : text);
  return { kind: 'named', title: name(third), album: name(second), artist };
}

function readName(segment: string): string {
  const plain = segment.slice(0, 3 * MAX_NAME).replace(/(?<!^)\+/g, ' ');
  // Last.fm escapes a plus, a slash or a question mark of a name twice.
  return decode(decode(plain)).slice(0, MAX_NAME).trim();
}

/** Percent escapes read; a text with a broken one stays as it is. */
export function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
