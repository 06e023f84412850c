import type { Config } from '../../config.ts';
import { startDeadline, within } from '../../shared/deadline.ts';
import type { HttpLimits, HttpObserver } from '../../shared/http.ts';
import type { StateStore } from '../../state/store.ts';
import { type Link, parseLinks, wordsBeside } from '../links.ts';
import { readSongList } from '../song-list.ts';
import { Upstreams } from '../upstreams.ts';
import { artistNamed, readAlbum, readArtist, readNamedAlbum, readPlaylist } from './group.ts';
import type { KnownSongs } from './known-songs.ts';
import { readList } from './list.ts';
import { type LookupLogger, LookupSession } from './lookup-session.ts';
import { readOnline } from './online.ts';
import { message, type Resolution, sorry } from './resolution.ts';
import { readService } from './service.ts';
import { readText } from './text.ts';
import { readTrack } from './track.ts';

/** Milliseconds that a question may take: Discord and Slack wait 3 s for the first response. */
const QUESTION_MS = 2_900;

/** Which link counts when a message has several: those that lead to a song first. */
const PREFERENCE: readonly Link['kind'][] = [
  'track',
  'deezer',
  'apple',
  'soundcloud',
  'youtube',
  'named',
  'album',
  'artist',
  'playlist',
  'short',
];

/** A track's id by itself. */
const TRACK_ID = /^[0-9A-Za-z]{22}$/;
/** One that is no word: with a digit, capitals and small letters. */
const SURE_TRACK_ID = /^(?=.*\d)(?=.*[A-Z])(?=.*[a-z])/;

export interface ResolveOptions {
  /** What the asker said of the artist. */
  readonly artist?: string;
  /** Ends the question early; it then resolves with an apology. */
  readonly signal?: AbortSignal;
}

export interface Resolver {
  /** Resolves words, a link or the id of a track in the catalogue, always within 2.9 s. Never rejects because of the network. */
  resolve(text: string, options?: ResolveOptions): Promise<Resolution>;
  /** The services to which words are sent that name no song of the catalogue; absent or none: they go nowhere. */
  readonly searches?: readonly string[];
}

export interface ResolverParts {
  /** The catalogue in use; a function where it may be swapped for a newer one. */
  readonly known: KnownSongs | (() => KnownSongs);
  readonly config: Pick<Config, 'urls' | 'spotify' | 'offline' | 'searchOnline'>;
  /** Where answers of services are remembered; its clock decides when they expire. */
  readonly state: StateStore;
  readonly logger?: LookupLogger;
  /** Told of every request to a service. */
  readonly observe?: HttpObserver;
  /** For tests: shorter times. */
  readonly limits?: Partial<HttpLimits> & { readonly questionMs?: number };
}

/** Makes the one place where words and links become songs. Keep one per process: it remembers which hosts failed. */
export function createResolver({
  known,
  config,
  state,
  logger,
  observe,
  limits = {},
}: ResolverParts): Resolver {
  const { questionMs = QUESTION_MS, ...http } = limits;
  const upstreams = config.offline ? null : new Upstreams(config, state, http, observe);
  const current = typeof known === 'function' ? known : () => known;
  return {
    searches: config.searchOnline ? [...(config.spotify ? ['Spotify'] : []), 'Deezer', 'ReccoBeats'] : [],
    async resolve(text, { artist, signal } = {}) {
      const list = readSongList(text);
      const links = list.length > 0 ? [] : linksIn(text, current());
      const session = new LookupSession(current(), upstreams, startDeadline(questionMs, signal), logger);
      const { deadline } = session;
      if (list.length === 0 && links.length === 0)
        return readWords(session, oneLine(text), artist, config.searchOnline);
      const words = wordsBeside(text);
      const answer =
        list.length > 0
          ? readList(session, list, config.searchOnline)
          : readLink(session, preferred(links), artist, config.searchOnline).then(async (read) => {
              if (read.kind !== 'sorry' || words === '' || links.some(({ kind }) => !UNSURE.has(kind)))
                return read;
              const byWords = await readWords(session, words, artist, config.searchOnline);
              return byWords.kind === 'sorry' ? read : byWords;
            });
      try {
        return await within(answer, deadline);
      } catch (error) {
        // When the time is over, nobody waits any more for whatever still runs.
        if (!deadline.signal.aborted) throw error;
        return sorry(message('lookup.sorry.late'));
      }
    },
  };
}

/** Links that may lead nowhere though a song is meant: then the words beside them may say it. */
const UNSURE: ReadonlySet<Link['kind']> = new Set([
  'other-service',
  'unknown-url',
  'local',
  'youtube',
  'soundcloud',
  'deezer',
  'apple',
]);

const oneLine = (text: string) => text.replace(/\s+/gu, ' ');

function linksIn(text: string, known: KnownSongs): Link[] {
  const links = parseLinks(text);
  const id = text.trim();
  if (TRACK_ID.test(id) && (SURE_TRACK_ID.test(id) || known.song(id))) links.push({ kind: 'track', id });
  return links;
}

/** Reads words by the catalogue, and looks up what it does not know for sure. */
async function readWords(
  session: LookupSession,
  text: string,
  artist: string | undefined,
  online: boolean,
): Promise<Resolution> {
  const local = readText(session.known, text, artist);
  if (!online || !isOpen(local)) return local;
  try {
    const found = await within(readOnline(session, text.trim(), artist), session.deadline);
    if (found?.kind === 'sorry' && local.kind === 'question') return local;
    // That others have sung it is worth more to know than that somebody did not answer.
    if (found || local.kind !== 'sorry' || local.reason.key === 'lookup.sorry.byOthers')
      return found ?? local;
    return session.nobodyKnew(local);
  } catch (error) {
    if (!session.deadline.signal.aborted) throw error;
    return local;
  }
}

/** Whether the catalogue left open which song is meant, though the words may name one. */
function isOpen(local: Resolution): boolean {
  if (local.kind === 'question') return local.open === true;
  return local.kind === 'sorry' && NOT_KNOWN.has(local.reason.key);
}

const NOT_KNOWN: ReadonlySet<string> = new Set([
  'lookup.sorry.notFound',
  'lookup.sorry.notByArtist',
  'lookup.sorry.byOthers',
]);

function preferred(links: readonly Link[]): Link {
  for (const kind of PREFERENCE) {
    const link = links.find((candidate) => candidate.kind === kind);
    if (link) return link;
  }
  return links[0]!;
}

async function readLink(
  session: LookupSession,
  link: Link,
  artist: string | undefined,
  online: boolean,
): Promise<Resolution> {
  switch (link.kind) {
    case 'track':
      return readTrack(session, link.id, artist);
    case 'album':
      return readAlbum(session, link.id);
    case 'artist':
      return readArtist(session, link.id);
    case 'playlist':
      return readPlaylist(session, link.id);
    case 'short':
      return readShort(session, link, artist, online);
    case 'youtube':
    case 'soundcloud':
    case 'deezer':
    case 'apple':
      return session.upstreams ? readService(session, link) : sorry(message('lookup.sorry.offline'));
    case 'named':
      if (link.title !== null) return readWords(session, link.title, link.artist, online);
      return link.album === null
        ? artistNamed(session, link.artist)
        : readNamedAlbum(session, { name: link.album, artists: [link.artist], total: null, tracks: [] });
    case 'episode':
    case 'show':
    case 'local':
      return sorry(message(`lookup.sorry.${link.kind}`));
    case 'other-service':
      return sorry(message('lookup.sorry.otherService', { service: link.service }));
    case 'unknown-url':
      return sorry(message('lookup.sorry.unknownUrl'));
  }
}

async function readShort(
  session: LookupSession,
  link: Extract<Link, { kind: 'short' }>,
  artist: string | undefined,
  online: boolean,
): Promise<Resolution> {
  const target = await session.try('Spotify', (upstreams, deadline) => upstreams.follow(link, deadline));
  if (!target || target.kind === 'short') return session.nobodyKnew(sorry(message('lookup.sorry.shortLink')));
  return readLink(session, target, artist, online);
}
