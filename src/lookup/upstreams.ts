import type { Config } from '../config.ts';
import type { AudioFeatures, Song } from '../engine/types.ts';
import type { Deadline } from '../shared/deadline.ts';
import { Http, type HttpLimits } from '../shared/http.ts';
import type { StateStore } from '../state/store.ts';
import { LookupCache } from './cache.ts';
import type { Link, SpotifyKind } from './links.ts';
import { MAX_IDS, ReccoBeats, type TrackFacts } from './reccobeats/client.ts';
import { SpotifyOEmbed } from './spotify/oembed.ts';
import { SpotifyShort } from './spotify/short-links.ts';
import { type AlbumFacts, type PlaylistFacts, SpotifyWeb } from './spotify/web-api.ts';

/** What ReccoBeats says of a track: it may know the name without the sound. */
export interface Measured {
  readonly facts: TrackFacts;
  readonly features: AudioFeatures | null;
}

/** Everything that can be asked outside, answers remembered. All methods throw UpstreamError. */
export class Upstreams {
  readonly #cache: LookupCache;
  readonly #recco: ReccoBeats;
  readonly #oembed: SpotifyOEmbed;
  readonly #short: SpotifyShort;
  readonly #web: SpotifyWeb | null;

  constructor(config: Pick<Config, 'urls' | 'spotify'>, state: StateStore, limits?: Partial<HttpLimits>) {
    const http = new Http(limits);
    const { urls, spotify } = config;
    this.#cache = new LookupCache(state);
    this.#recco = new ReccoBeats(http, urls.reccobeats);
    this.#oembed = new SpotifyOEmbed(http, urls.spotifyOpen);
    this.#short = new SpotifyShort(http, urls.spotifyShort);
    const web = { accounts: urls.spotifyAccounts, api: urls.spotifyApi };
    this.#web = spotify ? new SpotifyWeb(http, web, spotify) : null;
  }

  /** Whether Spotify's Web API may be asked. */
  get hasSpotify(): boolean {
    return this.#web !== null;
  }

  measured(id: string, deadline: Deadline): Promise<Measured | null> {
    return this.#cache.remember('reccobeats', id, async () => {
      const [tracks, features] = await Promise.all([
        this.#recco.tracks([id], deadline),
        this.#recco.features([id], deadline),
      ]);
      const facts = tracks.get(id);
      return facts ? { facts, features: features.get(id) ?? null } : null;
    });
  }

  /** Songs made of known facts and measured features; tracks that were not measured are left out. At most 40. */
  async measuredSongs(
    tracks: readonly (TrackFacts & { readonly id: string })[],
    deadline: Deadline,
  ): Promise<Song[]> {
    const some = tracks.slice(0, MAX_IDS);
    const features =
      some.length > 0
        ? await this.#recco.features(
            some.map(({ id }) => id),
            deadline,
          )
        : new Map();
    return some.flatMap((facts) => {
      const sound = features.get(facts.id);
      return sound ? [songFrom(facts.id, facts, sound)] : [];
    });
  }

  /** @returns null also where the Web API may not be asked */
  async track(id: string, deadline: Deadline): Promise<TrackFacts | null> {
    const web = this.#web;
    return web && this.#cache.remember('spotify-track', id, () => web.track(id, deadline));
  }

  async album(id: string, deadline: Deadline): Promise<AlbumFacts | null> {
    const web = this.#web;
    return web && this.#cache.remember('spotify-album', id, () => web.album(id, deadline));
  }

  async artist(id: string, deadline: Deadline): Promise<string | null> {
    const web = this.#web;
    return web && this.#cache.remember('spotify-artist', id, () => web.artist(id, deadline));
  }

  /** Not remembered: playlists change. */
  async playlist(id: string, deadline: Deadline): Promise<PlaylistFacts | null> {
    return (await this.#web?.playlist(id, deadline)) ?? null;
  }

  title(kind: SpotifyKind, id: string, deadline: Deadline): Promise<string | null> {
    return this.#cache.remember(`oembed-${kind}`, id, () => this.#oembed.title(kind, id, deadline));
  }

  follow(link: Extract<Link, { kind: 'short' }>, deadline: Deadline): Promise<Link | null> {
    return this.#cache.remember('short', `${link.host}/${link.code}`, () =>
      this.#short.follow(link, deadline),
    );
  }
}

/** A song from outside the catalogue: its genres are unknown. */
export function songFrom(id: string, facts: TrackFacts, features: AudioFeatures): Song {
  const { title, artists, durationMs, popularity } = facts;
  return { id, title, artists, album: '', genres: [], popularity, durationMs, explicit: null, features };
}
