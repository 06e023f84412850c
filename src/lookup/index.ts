/** From what people write or paste to songs. */
export { blendOfAlbum } from './blends.ts';
export type { KnownAlbum, KnownSongs } from './known-songs.ts';
export { containsUrl, type Link, parseLinks } from './links.ts';
export { inEnglish, LOOKUP_MESSAGES, type LookupMessageKey } from './messages.ts';
export { createResolver, type ResolveOptions, type Resolver } from './resolver.ts';
export type {
  Message,
  Question,
  Sorry,
  Source,
  Understanding,
  UnderstoodBlend,
  UnderstoodSong,
} from './understanding.ts';
export { type Unfit, unfitTrack } from './unfit-tracks.ts';
