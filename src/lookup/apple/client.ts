import { z } from 'zod';
import type { Deadline } from '../../shared/deadline.ts';
import type { Http } from '../../shared/http.ts';
import { type FoundTrack, makeFacts, type NamedAlbum, splitArtists } from '../facts.ts';
import { goodItems, readJson, refused } from '../read-json.ts';

const SOURCE = 'Apple Music';
/** Songs of an album that are asked for. */
const MAX_SONGS = 100;

const answer = z.object({ results: z.array(z.unknown()) });
const wrapper = z.object({ wrapperType: z.string() });
const song = z.object({
  wrapperType: z.literal('track'),
  kind: z.literal('song'),
  trackName: z.string().min(1),
  artistName: z.string().min(1),
  trackTimeMillis: z.number().nonnegative().nullish(),
});
const collection = z.object({
  wrapperType: z.literal('collection'),
  collectionName: z.string().min(1),
  artistName: z.string().min(1),
  trackCount: z.number().int().nonnegative().nullish(),
});

/**
 * Apple's public look-up (https://performance-partners.apple.com/search-api): facts by the ids in Apple Music's
 * addresses, without a key and without ISRC.
 */
export class AppleLookup {
  readonly #http: Http;
  readonly #base: string;

  /** @param base address without a trailing slash */
  constructor(http: Http, base: string) {
    this.#http = http;
    this.#base = base;
  }

  /** A song, or null where there is none. @param country two letters; null: the American store @throws UpstreamError */
  async track(id: string, country: string | null, deadline: Deadline): Promise<FoundTrack | null> {
    const [first] = goodItems(SOURCE, await this.#results(id, country, '', deadline), song);
    return first ? found(first) : null;
  }

  /** An album, or null where there is none. @throws UpstreamError */
  async album(id: string, country: string | null, deadline: Deadline): Promise<NamedAlbum | null> {
    const results = await this.#results(id, country, `&entity=song&limit=${MAX_SONGS}`, deadline);
    const ofKind = (kind: string) =>
      results.filter((one) => wrapper.safeParse(one).data?.wrapperType === kind);
    const [album] = goodItems(SOURCE, ofKind('collection'), collection);
    if (!album) return null;
    const tracks = goodItems(SOURCE, ofKind('track'), song).map(found);
    const { collectionName, artistName, trackCount } = album;
    return { name: collectionName, artists: [artistName], total: trackCount ?? tracks.length, tracks };
  }

  async #results(id: string, country: string | null, more: string, deadline: Deadline): Promise<unknown[]> {
    const store = country ? `&country=${country}` : '';
    const url = `${this.#base}/lookup?id=${id}${store}${more}`;
    const { status, text } = await this.#http.send({ source: SOURCE, url, deadline });
    // 400: a country without a store.
    if (status === 404 || status === 400) return [];
    if (status !== 200) throw refused(SOURCE, status);
    return readJson(SOURCE, text, answer).results;
  }
}

function found({ trackName, artistName, trackTimeMillis }: z.infer<typeof song>): FoundTrack {
  return {
    ...makeFacts({ title: trackName, artists: splitArtists(artistName), durationMs: trackTimeMillis }),
    spotifyId: null,
    rank: null,
  };
}
