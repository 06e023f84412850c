import type { Config } from '../config.ts';
import type { AudioFeatures, Song } from '../engine/types.ts';
import type { Deadline } from '../shared/deadline.ts';
import { UpstreamError } from '../shared/errors.ts';
import { Http, type HttpLimits, type HttpObserver } from '../shared/http.ts';
import type { StateStore } from '../state/store.ts';
import { AppleLookup } from './apple/client.ts';
import { HIT_TTL, LookupCache, MISS_TTL } from './cache.ts';
import { Deezer, type DeezerTrack } from './deezer/client.ts';
import { type FoundTrack, type NamedAlbum, ownIdOf, type TrackFacts } from './facts.ts';
import type { Link, SpotifyKind } from './links.ts';
import { OEmbed, type Upload } from './oembed/client.ts';
import { MAX_IDS, type NamedTrack, ReccoBeats, type TrackKey, textOf } from './reccobeats/client.ts';
import { SpotifyShort } from './spotify/short-links.ts';
import { type AlbumFacts, type PlaylistFacts, SpotifyWeb } from './spotify/web-api.ts';

/** Milliseconds that one service may take. */
export const SOURCE_MS = 2_000;

/** What ReccoBeats says of a track: it may know the name without the sound, or tell the sound alone. */
export interface Measured {
  readonly facts: NamedTrack | null;
  readonly features: AudioFeatures | null;
  /** Why half of it is missing, where that half failed; such an answer is not remembered. */
  readonly fault?: UpstreamError;
}

/** Everything that can be asked outside, answers remembered. All methods throw UpstreamError. */
export class Upstreams {
  readonly #cache: LookupCache;
  readonly #recco: ReccoBeats;
  readonly #deezer: Deezer;
  readonly #apple: AppleLookup;
  readonly #spotifyPages: OEmbed;
  readonly #youTube: OEmbed;
  readonly #soundCloud: OEmbed;
  readonly #short: SpotifyShort;
  readonly #web: SpotifyWeb | null;

  constructor(
    config: Pick<Config, 'urls' | 'spotify'>,
    state: StateStore,
    limits?: Partial<HttpLimits>,
    observe?: HttpObserver,
  ) {
    const http = new Http({ attemptMs: SOURCE_MS, ...limits }, observe);
    const { urls, spotify } = config;
    this.#cache = new LookupCache(state, SOURCE_MS);
    this.#recco = new ReccoBeats(http, urls.reccobeats);
    this.#deezer = new Deezer(http, urls.deezer);
    this.#apple = new AppleLookup(http, urls.itunes);
    this.#spotifyPages = new OEmbed(http, 'Spotify', urls.spotifyOpen);
    this.#youTube = new OEmbed(http, 'YouTube', urls.youTube);
    this.#soundCloud = new OEmbed(http, 'SoundCloud', urls.soundCloud);
    this.#short = new SpotifyShort(http, { short: urls.spotifyShort, open: urls.spotifyOpen });
    const web = { accounts: urls.spotifyAccounts, api: urls.spotifyApi };
    this.#web = spotify ? new SpotifyWeb(http, web, spotify) : null;
  }

  /** Whether Spotify's Web API may be asked. */
  get hasSpotify(): boolean {
    return this.#web !== null;
  }

  /**
   * What ReccoBeats knows. Half an answer is passed on where the other half failed, and not remembered; names
   * without a sound are asked for again after an hour.
   */
  measured(key: TrackKey, deadline: Deadline): Promise<Measured | null> {
    const id = textOf(key);
    const ask = async (time: Deadline): Promise<Measured | null> => {
      const [tracks, features] = await Promise.allSettled([
        this.#recco.tracks([key], time),
        this.#recco.features([key], time),
      ]);
      const fault = [tracks, features].find(({ status }) => status === 'rejected') as
        | PromiseRejectedResult
        | undefined;
      const facts = tracks.status === 'fulfilled' ? (tracks.value.get(id) ?? null) : null;
      const sound = features.status === 'fulfilled' ? (features.value.get(id) ?? null) : null;
      if (!facts && !sound && !fault) return null;
      if (fault && !(fault.reason instanceof UpstreamError)) throw fault.reason;
      return { facts, features: sound, ...(fault && { fault: fault.reason }) };
    };
    return this.#cache.remember('reccobeats', id, deadline, ask, (value) => {
      if (value?.fault) return null;
      return value?.features && value.facts ? HIT_TTL : MISS_TTL;
    });
  }

  /** Titles and artists by Spotify id; what ReccoBeats does not know is absent. At most 40. */
  facts(ids: readonly string[], deadline: Deadline): Promise<Map<string, NamedTrack>> {
    return this.#recco.tracks(
      ids.slice(0, MAX_IDS).map((spotifyId) => ({ spotifyId })),
      deadline,
    );
  }

  /** Songs made of known facts and measured features, in order; what was not measured is left out. At most 40. */
  async measuredSongs(tracks: readonly FoundTrack[], deadline: Deadline): Promise<Map<FoundTrack, Song>> {
    const songs = new Map<FoundTrack, Song>();
    const keyed = tracks.flatMap((track) => {
      const key = keyOf(track);
      return key ? [{ track, key }] : [];
    });
    const some = keyed.slice(0, MAX_IDS);
    if (some.length === 0) return songs;
    const keys = some.map(({ key }) => key);
    const features = await this.#recco.features(keys, deadline);
    for (const { track, key } of some) {
      const sound = features.get(textOf(key));
      if (sound) songs.set(track, songFrom(track.spotifyId ?? ownIdOf(track), track, sound));
    }
    return songs;
  }

  /** Recordings that words may mean, as Deezer finds them. */
  async deezerSearch(words: string, deadline: Deadline): Promise<DeezerTrack[]> {
    const ask = async (time: Deadline) => nonEmpty(await this.#deezer.search(words, time));
    return (await this.#cache.remember('deezer-search', words, deadline, ask)) ?? [];
  }

  deezerTrack(id: number | string, deadline: Deadline): Promise<DeezerTrack | null> {
    return this.#cache.remember('deezer-track', `${id}`, deadline, (time) => this.#deezer.track(id, time));
  }

  deezerAlbum(id: string, deadline: Deadline): Promise<NamedAlbum | null> {
    return this.#cache.remember('deezer-album', id, deadline, (time) => this.#deezer.album(id, time));
  }

  appleTrack(id: string, country: string | null, deadline: Deadline): Promise<FoundTrack | null> {
    const ask = (time: Deadline) => this.#apple.track(id, country, time);
    return this.#cache.remember('apple-track', `${country}/${id}`, deadline, ask);
  }

  appleAlbum(id: string, country: string | null, deadline: Deadline): Promise<NamedAlbum | null> {
    const ask = (time: Deadline) => this.#apple.album(id, country, time);
    return this.#cache.remember('apple-album', `${country}/${id}`, deadline, ask);
  }

  /** The same from Spotify; none where the Web API may not be asked. */
  async spotifySearch(words: string, deadline: Deadline): Promise<FoundTrack[]> {
    const web = this.#web;
    if (!web) return [];
    const ask = async (time: Deadline) => nonEmpty(await web.search(words, time));
    return (await this.#cache.remember('spotify-search', words, deadline, ask)) ?? [];
  }

  /** @returns null also where the Web API may not be asked */
  async track(id: string, deadline: Deadline): Promise<FoundTrack | null> {
    const web = this.#web;
    return web && this.#cache.remember('spotify-track', id, deadline, (time) => web.track(id, time));
  }

  async album(id: string, deadline: Deadline): Promise<AlbumFacts | null> {
    const web = this.#web;
    return web && this.#cache.remember('spotify-album', id, deadline, (time) => web.album(id, time));
  }

  async artist(id: string, deadline: Deadline): Promise<string | null> {
    const web = this.#web;
    return web && this.#cache.remember('spotify-artist', id, deadline, (time) => web.artist(id, time));
  }

  /** Not remembered: playlists change. */
  async playlist(id: string, deadline: Deadline): Promise<PlaylistFacts | null> {
    return (await this.#web?.playlist(id, deadline)) ?? null;
  }

  /** The title of anything on Spotify, without a key and without the artist. */
  async title(kind: SpotifyKind, id: string, deadline: Deadline): Promise<string | null> {
    return (
      (await this.#upload(this.#spotifyPages, `https://open.spotify.com/${kind}/${id}`, deadline))?.title ??
      null
    );
  }

  youTubeVideo(id: string, deadline: Deadline): Promise<Upload | null> {
    return this.#upload(this.#youTube, `https://www.youtube.com/watch?v=${id}`, deadline);
  }

  /** @param path `user/track` */
  soundCloudTrack(path: string, deadline: Deadline): Promise<Upload | null> {
    return this.#upload(this.#soundCloud, `https://soundcloud.com/${path}`, deadline);
  }

  #upload(service: OEmbed, about: string, deadline: Deadline): Promise<Upload | null> {
    return this.#cache.remember('oembed', about, deadline, (time) => service.about(about, time));
  }

  follow(link: Extract<Link, { kind: 'short' }>, deadline: Deadline): Promise<Link | null> {
    return this.#cache.remember('short', `${link.host}/${link.code}`, deadline, (time) =>
      this.#short.follow(link, time),
    );
  }
}

/** Spotify's id before the ISRC: it names one track, where an ISRC may stand for several. */
function keyOf({ spotifyId, isrc }: Pick<FoundTrack, 'spotifyId' | 'isrc'>): TrackKey | null {
  if (spotifyId) return { spotifyId };
  return isrc ? { isrc } : null;
}

/** A song from outside the catalogue: its genres are unknown. */
export function songFrom(id: string, facts: TrackFacts, features: AudioFeatures): Song {
  const { title, artists, durationMs, popularity } = facts;
  return { id, title, artists, album: '', genres: [], popularity, durationMs, explicit: null, features };
}

const nonEmpty = <T>(list: T[]): T[] | null => (list.length > 0 ? list : null);
