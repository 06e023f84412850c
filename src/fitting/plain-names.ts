/** Names of songs without what they say about films: what is left is what any song could be called. */
import { songTerms } from '../engine/model/song-text.ts';
import type { Song } from '../engine/types.ts';
import type { CorpusInput } from './corpus.ts';
import { fitTermSpace, SONG_TEXT_SPACE } from './text-space.ts';

const OF_A_FILM =
  /\b(?:from|soundtracks?|motion picture|pictures?|ost|o\.s\.t|theme|films?|movies?|score|cast|trilha sonora|banda sonora|bande originale|filme|película|colonna sonora)\b/i;

/** "Let It Go - From "Frozen"" → "Let It Go"; an album that speaks of a film loses its whole name. */
export function plainSong(song: Song): Song {
  const at = song.title.search(/\s[-–—(["“]|\s?[([]/);
  const title = at > 0 && OF_A_FILM.test(song.title.slice(at)) ? song.title.slice(0, at) : song.title;
  return { ...song, title, album: OF_A_FILM.test(song.album) ? '' : song.album };
}

/** The same fitting data with plain names, and the words learned anew from them. */
export function withPlainNames(input: CorpusInput): CorpusInput {
  const songs = input.songs.map(plainSong);
  return {
    ...input,
    songs,
    extraSongs: input.extraSongs.map(plainSong),
    songText: fitTermSpace(songs, songTerms, SONG_TEXT_SPACE),
  };
}
