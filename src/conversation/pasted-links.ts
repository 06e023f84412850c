/** Songs in what people write: the links worth a reaction, as questions that can be resolved. */
import { type Link, parseLinks } from '../lookup/links.ts';
import { readSongList } from '../lookup/song-list.ts';

/** Most links of one text that become one question. */
const MAX_LINKS = 5;

/** The link as a text that resolves to the same, or null where no film is likely to follow from it. */
function questionOf(link: Link): string | null {
  switch (link.kind) {
    case 'track':
    case 'album':
    case 'artist':
    case 'playlist':
      return `spotify:${link.kind}:${link.id}`;
    case 'short':
      return `https://${link.host}/${link.host === 'open.spotify.com' ? 's/' : ''}${link.code}`;
    case 'youtube':
      // Most videos are no songs; YouTube Music has little else.
      return link.music ? `https://music.youtube.com/watch?v=${link.id}` : null;
    case 'soundcloud':
      return `https://soundcloud.com/${link.path}`;
    case 'deezer':
      return `https://www.deezer.com/${link.of}/${link.id}`;
    case 'apple':
      return `https://music.apple.com/${link.country ? `${link.country}/` : ''}${link.of === 'track' ? 'song' : 'album'}/${link.id}`;
    default:
      return null;
  }
}

/** Every song link of a text as a question, each once, in order. Linear in the text's length. */
export function pastedSongs(text: string): string[] {
  return parseLinks(text)
    .map(questionOf)
    .filter((question) => question !== null)
    .slice(0, MAX_LINKS);
}

/** Whether a text is a list of songs, which is a question as it stands, lines and all. */
export const isSongList = (text: string) => readSongList(text).length > 0;

/**
 * What a text names, as its author joined it with ` + `: of a part with song links those, of another its words. A list
 * of songs is one part.
 */
export function partsOf(text: string): string[] {
  if (isSongList(text)) return [text.trim()];
  return text.split(/\s\+\s/).flatMap((part) => {
    const songs = pastedSongs(part);
    // One link of another service may lead nowhere: then the words beside it count.
    const alone = songs.length === 1 && !/^spotify:/.test(songs[0]!);
    return songs.length > 0 && !alone ? songs : part.trim();
  });
}

/** The question in a text: its song links without the words around them, or else the words themselves. */
export function questionIn(text: string): string {
  if (isSongList(text)) return text.trim();
  return pastedSongs(text).length > 0 ? partsOf(text).join(' + ') : text.trim();
}
