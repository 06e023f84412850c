import type { Config } from '../../config.ts';
import { startDeadline, within } from '../../shared/deadline.ts';
import type { HttpLimits } from '../../shared/http.ts';
import type { StateStore } from '../../state/store.ts';
import { type Link, parseLinks } from '../links.ts';
import { Upstreams } from '../upstreams.ts';
import { readAlbum, readArtist, readPlaylist } from './group.ts';
import type { KnownSongs } from './known-songs.ts';
import { type LookupLogger, LookupSession } from './lookup-session.ts';
import { message, type Resolution, sorry } from './resolution.ts';
import { readText } from './text.ts';
import { readTrack } from './track.ts';

/** Milliseconds that a question may take: Discord and Slack wait 3 s for the first response. */
const QUESTION_MS = 2_600;

/** Which link counts when a message has several: those that lead to a song first. */
const PREFERENCE: readonly Link['kind'][] = ['track', 'album', 'artist', 'playlist', 'short'];

/** A track's id by itself is a track only where the catalogue has it: it could be a word. */
const TRACK_ID = /^[0-9A-Za-z]{22}$/;

export interface ResolveOptions {
  /** What the asker said of the artist. */
  readonly artist?: string;
  /** Ends the question early; it then resolves with an apology. */
  readonly signal?: AbortSignal;
}

export interface Resolver {
  /** Resolves words, a link or the id of a track in the catalogue, always within 2.6 s. Never rejects because of the network. */
  resolve(text: string, options?: ResolveOptions): Promise<Resolution>;
}

export interface ResolverParts {
  /** The catalogue in use; a function where it may be swapped for a newer one. */
  readonly known: KnownSongs | (() => KnownSongs);
  readonly config: Pick<Config, 'urls' | 'spotify' | 'offline'>;
  /** Where answers of services are remembered; its clock decides when they expire. */
  readonly state: StateStore;
  readonly logger?: LookupLogger;
  /** For tests: shorter times. */
  readonly limits?: Partial<HttpLimits> & { readonly questionMs?: number };
}

/** Makes the one place where words and links become songs. Keep one per process: it remembers which hosts failed. */
export function createResolver({ known, config, state, logger, limits = {} }: ResolverParts): Resolver {
  const { questionMs = QUESTION_MS, ...http } = limits;
  const upstreams = config.offline ? null : new Upstreams(config, state, http);
  const current = typeof known === 'function' ? known : () => known;
  return {
    async resolve(text, options = {}) {
      const links = parseLinks(text);
      const id = text.trim();
      if (TRACK_ID.test(id) && current().song(id)) links.push({ kind: 'track', id });
      if (links.length === 0) return readText(current(), text, options.artist);
      const deadline = startDeadline(questionMs, options.signal);
      const session = new LookupSession(current(), upstreams, deadline, logger);
      const answer = readLink(session, preferred(links), options.artist);
      try {
        return await within(answer, deadline);
      } catch (error) {
        // When the time is over, whatever still runs has been told to stop.
        if (!deadline.signal.aborted) throw error;
        return sorry(message('lookup.sorry.late'));
      }
    },
  };
}

function preferred(links: readonly Link[]): Link {
  for (const kind of PREFERENCE) {
    const link = links.find((candidate) => candidate.kind === kind);
    if (link) return link;
  }
  return links[0]!;
}

async function readLink(session: LookupSession, link: Link, artist: string | undefined): Promise<Resolution> {
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
      return readShort(session, link, artist);
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
): Promise<Resolution> {
  const target = await session.try('Spotify', QUESTION_MS, (upstreams, deadline) =>
    upstreams.follow(link, deadline),
  );
  if (!target || target.kind === 'short') return session.nobodyKnew(sorry(message('lookup.sorry.shortLink')));
  return readLink(session, target, artist);
}
