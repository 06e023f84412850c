/** What services say of a recording apart from its sound, brought to one form. */
import { hashOf } from '../shared/hash.ts';
import { clean } from '../shared/text.ts';

/** What is known of a recording apart from its sound. */
export interface TrackFacts {
  readonly title: string;
  /** At least one. */
  readonly artists: readonly string[];
  /** Null where the source does not say. */
  readonly durationMs: number | null;
  /** 0…100; null where the source does not say. */
  readonly popularity: number | null;
  /** The recording's own number (ISO 3901), twelve capitals and digits; null where the source does not say. */
  readonly isrc: string | null;
}

/** A recording as a service found it. */
export interface FoundTrack extends TrackFacts {
  /** Spotify's id, where the service is Spotify. */
  readonly spotifyId: string | null;
  /** How well known the service takes it to be, 0…1; null where it does not say. */
  readonly rank: number | null;
}

/** An album with its songs by name. */
export interface NamedAlbum {
  readonly name: string;
  readonly artists: readonly string[];
  /** How many songs it has; null where nobody says. */
  readonly total: number | null;
  readonly tracks: readonly FoundTrack[];
}

/** Longest title or name that is kept, in graphemes: services pass on whatever an uploader wrote. */
const MAX_NAME = 200;
const MAX_ARTISTS = 20;

const ISRC = /^[A-Z]{2}[A-Z0-9]{3}\d{7}$/;

/** An ISRC as compared, or null where the text is none. Hyphens and case do not matter. */
export function readIsrc(text: string | null | undefined): string | null {
  const plain = (text ?? '').replace(/[-\s]/g, '').toUpperCase();
  return ISRC.test(plain) ? plain : null;
}

/** Facts as they are kept: names of bounded length in one clean line. */
export function makeFacts(said: {
  title: string;
  artists: readonly string[];
  durationMs?: number | null | undefined;
  popularity?: number | null | undefined;
  isrc?: string | null | undefined;
}): TrackFacts {
  return {
    title: clean(said.title, MAX_NAME),
    artists: said.artists.slice(0, MAX_ARTISTS).map((name) => clean(name, MAX_NAME)),
    durationMs: said.durationMs || null,
    popularity: said.popularity ?? null,
    isrc: readIsrc(said.isrc),
  };
}

/** The artists that one text may name: the text itself, as in "Simon & Garfunkel", and its parts. */
export function splitArtists(text: string): string[] {
  const parts = text.split(/\s*(?:,|&|\b(?:feat|ft)\b\.?|\bfeaturing\b|\s[x×+]\s)\s*/iu);
  return [...new Set([text, ...parts].map((part) => part.trim()))].filter((part) => part !== '');
}

/** The id of a song that Spotify's id is not known of: never mistaken for one, which has 22 characters. */
export function ownIdOf({ isrc, title, artists }: TrackFacts): string {
  return isrc ? `isrc:${isrc}` : `named:${hashOf([title, ...artists].join('\n'), 22)}`;
}
