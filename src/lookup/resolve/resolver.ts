import type { Config } from '../../config.ts';
import { startBudget, within } from '../../shared/deadline.ts';
import type { HttpLimits } from '../../shared/http.ts';
import type { StateStore } from '../../state/store.ts';
import { type Link, parseLinks } from '../links.ts';
import { Upstreams } from '../upstreams.ts';
import { readAlbum, readArtist, readPlaylist } from './group.ts';
import type { KnownSongs } from './known-songs.ts';
import { Asking, type LookupLogger } from './lookup-session.ts';
import { message, sorry, type Understanding } from './resolution.ts';
import { readText } from './text.ts';
import { readTrack } from './track.ts';

/** Milliseconds that a question may take: chat platforms wait 3 s for a first sign (platforms: "Ack"). */
const QUESTION_MS = 2_600;

/** Which link counts when a message has several: those that lead to a song first. */
const PREFERENCE: readonly Link['kind'][] = ['track', 'album', 'artist', 'playlist', 'short'];

export interface ResolveOptions {
  /** What the asker said of the artist. */
  readonly artist?: string;
  /** Ends the question early; it then resolves with an apology. */
  readonly signal?: AbortSignal;
}

export interface Resolver {
  /** Understands words or a link, always within 2.6 s. Never rejects because of the network. */
  resolve(text: string, options?: ResolveOptions): Promise<Understanding>;
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

/** Makes the one place where words and links become songs. Keep one per process: it remembers who is in trouble. */
export function createResolver({ known, config, state, logger, limits = {} }: ResolverParts): Resolver {
  const { questionMs = QUESTION_MS, ...http } = limits;
  const upstreams = config.offline ? null : new Upstreams(config, state, http);
  const current = typeof known === 'function' ? known : () => known;
  return {
    async resolve(text, options = {}) {
      const links = parseLinks(text);
      if (links.length === 0) return readText(current(), text, options.artist);
      const budget = startBudget(questionMs, options.signal);
      const asking = new Asking(current(), upstreams, budget, logger);
      const answer = readLink(asking, preferred(links), options.artist);
      try {
        return await within(answer, budget);
      } catch (error) {
        // When the time is over, whatever still runs has been told to stop.
        if (!budget.signal.aborted) throw error;
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

async function readLink(asking: Asking, link: Link, artist: string | undefined): Promise<Understanding> {
  switch (link.kind) {
    case 'track':
      return readTrack(asking, link.id, artist);
    case 'album':
      return readAlbum(asking, link.id);
    case 'artist':
      return readArtist(asking, link.id);
    case 'playlist':
      return readPlaylist(asking, link.id);
    case 'short':
      return readShort(asking, link, artist);
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
  asking: Asking,
  link: Extract<Link, { kind: 'short' }>,
  artist: string | undefined,
): Promise<Understanding> {
  const target = await asking.try('Spotify', QUESTION_MS, (upstreams, budget) =>
    upstreams.follow(link, budget),
  );
  if (!target || target.kind === 'short') return asking.nobodyKnew(sorry(message('lookup.sorry.shortLink')));
  return readLink(asking, target, artist);
}
