/** Which described song a track is: itself, another edition or take, or somebody else's recording of it. */
import { createHash } from 'node:crypto';
import { nameKey, OWN_PREFIX, recordingKeys, titleKey } from '../../engine/search/recording.ts';
import { parseTitle } from '../../engine/search/title.ts';
import type { Song } from '../../engine/types.ts';
import type { DescribedSong } from './data.ts';

type Track = Pick<Song, 'id' | 'title' | 'artists'> & Partial<Pick<Song, 'album'>>;

/** A described song or artist that no data set has a recording of. */
export function unheardSong({ id, title, artists }: Pick<Song, 'id' | 'title' | 'artists'>): Song {
  return {
    id,
    title,
    artists,
    album: '',
    genres: [],
    popularity: null,
    durationMs: null,
    explicit: null,
    features: null,
  };
}

/** Words that declare somebody else's recording of a known song. */
const DECLARED_COVER =
  /\b(?:karaoke|tribute|originally performed by|made famous by|in the style of|cover)\b/i;
/** Shorter titles (letters of the folded title) are shared by too many songs to be taken for a cover. */
const LEAST_COVER_TITLE = 8;
/** A title of so many words, or of so many letters in four words, is hardly ever two songs'. */
const TELLING_WORDS = 5;
const TELLING_LETTERS = 17;
/** Remixes of one or two words are taken for another song's from so many letters on. */
const TELLING_REMIX = 14;
/** Who sings others' titles in so many recordings, and this share of all of theirs, sings covers. */
const LEAST_COVERS = 3;
const COVER_SHARE = 0.5;

/** Finds the described song that a track is a version of. */
export class SongFinder {
  readonly #byId: ReadonlyMap<string, DescribedSong>;
  readonly #byKey = new Map<string, DescribedSong>();
  /** Title → the song, where only one described song has it. */
  readonly #byTitle = new Map<string, DescribedSong | null>();
  /** Artists, by `nameKey`, who mostly sing what others sang first. */
  readonly #coverArtists = new Set<string>();
  /** Title keys of tracks that were asked for: each is asked for several times. */
  readonly #titles = new WeakMap<Track, string>();

  /** @param tracks all that will be asked for: they tell who sings covers. May be empty. */
  constructor(songs: ReadonlyMap<string, DescribedSong>, tracks: Iterable<Track> = []) {
    this.#byId = songs;
    for (const song of songs.values()) {
      const title = this.#titleOf(song);
      for (const key of recordingKeys(song, title)) if (!this.#byKey.has(key)) this.#byKey.set(key, song);
      this.#byTitle.set(title, this.#byTitle.has(title) ? null : song);
    }
    this.#learnCoverArtists(tracks);
  }

  /** The track itself, or another edition or take of it by the same artist. */
  find(track: Track): DescribedSong | null {
    return this.#byId.get(track.id) ?? this.#sameArtist(track);
  }

  /** The track itself, another edition or take of it, or the song that it covers or remixes. */
  versionOf(track: Track): DescribedSong | null {
    const own = this.find(track);
    if (own) return own;
    const song = this.#sameTitle(track);
    if (!song) return null;
    const title = this.#titleOf(track);
    const words = title.split(' ').length;
    if (words >= TELLING_WORDS || (words === TELLING_WORDS - 1 && title.length >= TELLING_LETTERS))
      return song;
    const declared = DECLARED_COVER.test(`${track.title} ${track.album ?? ''} ${track.artists.join(' ')}`);
    if (declared || track.artists.some((name) => this.#coverArtists.has(nameKey(name)))) return song;
    const { version } = parseTitle(track.title, track.artists);
    const remixed = version === 'remix' && (words > 2 || title.length >= TELLING_REMIX);
    return remixed || version === 'cover' ? song : null;
  }

  #titleOf(track: Track): string {
    let title = this.#titles.get(track);
    if (title === undefined) {
      title = titleKey(track.title, track.artists);
      this.#titles.set(track, title);
    }
    return title;
  }

  #sameArtist(track: Track): DescribedSong | null {
    for (const key of recordingKeys(track, this.#titleOf(track))) {
      const song = this.#byKey.get(key);
      if (song) return song;
    }
    return null;
  }

  /** The only described song of that name, if the name is long enough to mean it. */
  #sameTitle(track: Track): DescribedSong | null {
    const title = this.#titleOf(track);
    return title.length >= LEAST_COVER_TITLE ? (this.#byTitle.get(title) ?? null) : null;
  }

  #learnCoverArtists(tracks: Iterable<Track>): void {
    const counts = new Map<string, { all: Set<string>; covers: Set<string> }>();
    for (const track of tracks) {
      const title = this.#titleOf(track);
      const cover = !this.#sameArtist(track) && this.#sameTitle(track) !== null && title.includes(' ');
      for (const name of track.artists) {
        const key = nameKey(name);
        const count = counts.get(key) ?? { all: new Set(), covers: new Set() };
        counts.set(key, count);
        count.all.add(title);
        if (cover) count.covers.add(title);
      }
    }
    for (const [key, { all, covers }] of counts)
      if (covers.size >= LEAST_COVERS && covers.size >= COVER_SHARE * all.size) this.#coverArtists.add(key);
  }
}

/** An id of our own for a song that no data set has: 22 letters and digits like Spotify's, from title and artist. */
export function ownSongId(title: string, artist: string): string {
  const digest = createHash('sha256')
    .update(`${titleKey(title)}\u0001${nameKey(artist)}`)
    .digest();
  const letters = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';
  return OWN_PREFIX + Array.from(digest.subarray(0, 14), (byte) => letters[byte % letters.length]).join('');
}
