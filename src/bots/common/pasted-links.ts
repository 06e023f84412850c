/** Songs in what people post: the links worth a reaction, as questions that the commands understand. */
import { type Link, parseLinks } from '../../lookup/links.ts';

/** Most links of one message that become one question. */
const MAX_LINKS = 5;

/** The link as text for `/movie-for`, or null where no film could follow from it. */
function questionOf(link: Link): string | null {
  switch (link.kind) {
    case 'track':
    case 'album':
    case 'artist':
    case 'playlist':
      return `spotify:${link.kind}:${link.id}`;
    case 'short':
      return `https://${link.host}/${link.code}`;
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

/**
 * What somebody asks who speaks to the bot: the songs of the links, blended when there are several, or else
 * the words themselves.
 */
export function questionIn(text: string): string {
  const songs = pastedSongs(text);
  return songs.length > 0 ? songs.join(' + ') : text.trim();
}
