/** Pictures that Discord can't fetch: posters of films without one, drawn and sent along; song and film side by side. */

import { drawnPoster } from '../../../art/drawn-poster.ts';
import { pngOf } from '../../../art/png.ts';
import { profilePicture } from '../../../art/profile-picture.ts';
import type { Poster, Profiles } from '../../../conversation/answer.ts';
import { wordsFor } from '../../../i18n/index.ts';
import { label } from '../../common/text.ts';
import { max } from '../limits.ts';
import type { DiscordFile } from './message.ts';

/** Pixels: Discord shows a thumbnail at 80 and a picture at 300; sharp screens draw either larger. */
const POSTER_WIDTH = 200;
const LARGE_POSTER_WIDTH = 400;
const PROFILE_WIDTH = 680;

/** What a drawn poster needs of a card. */
interface Subject {
  readonly id: number;
  readonly title: string;
  readonly year: string;
  readonly rawGenres: readonly string[];
  readonly poster: Poster;
}

export interface Picture {
  readonly url: string;
  /** Present where the picture travels with the message. */
  readonly file?: DiscordFile;
}

const alt = (text: string) => label(text, max('attachmentDescription'));

/** The poster's address, or the poster drawn. @param large for a picture of its own rather than a thumbnail */
export async function posterPicture(film: Subject, large = false): Promise<Picture> {
  const { url } = film.poster;
  if (url !== null && URL.canParse(url)) return { url };
  const year = Number.parseInt(film.year, 10);
  const svg = drawnPoster({
    id: film.id,
    title: film.title,
    year: Number.isNaN(year) ? null : year,
    genres: film.rawGenres,
    ...(film.poster.motif && { motif: film.poster.motif }),
  });
  const name = `poster-${Math.abs(Math.trunc(film.id))}.png`;
  const attachment = await pngOf(svg, large ? LARGE_POSTER_WIDTH : POSTER_WIDTH);
  return { url: `attachment://${name}`, file: { name, attachment, description: alt(film.poster.alt) } };
}

/** What the song feels like beside what the film feels like. */
export async function profilePictureOf(
  { profiles }: { readonly profiles: Profiles },
  locale: string,
): Promise<Picture> {
  const name = 'profile.png';
  const attachment = await pngOf(profilePicture(profiles, wordsFor(locale)), PROFILE_WIDTH);
  return { url: `attachment://${name}`, file: { name, attachment, description: alt(profiles.caption) } };
}
