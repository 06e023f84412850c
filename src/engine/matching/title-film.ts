/** The film that a song's own title names: `Let It Go - From "Frozen"`. */
import { normaliseText } from '../search/index.ts';
import type { Film, MatchEngine, Song } from '../types.ts';

/** Only names in quotation marks: "From the Start" and "(From the Vault)" name no film. */
const FROM =
  /\bfrom (?:the )?(?:(?:original )?(?:motion picture|film|movie) )?(?:"([^"]+)"|“([^”]+)”|'([^']+)'(?!\w)|«([^»]+)»)/i;

/**
 * The best-known film of exactly the name that stands in the song's title, null where there is none. It is a fact
 * about the title and takes no part in the matching, whose figures it would flatter.
 */
export function titleFilm(song: Pick<Song, 'title'>, engine: Pick<MatchEngine, 'findFilms'>): Film | null {
  const name = FROM.exec(song.title)
    ?.slice(1)
    .find((group) => group !== undefined);
  if (!name) return null;
  const [film] = engine.findFilms(name, 1);
  return film && !film.unfit && normaliseText(film.title) === normaliseText(name) ? film : null;
}
