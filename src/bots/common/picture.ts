/** The picture of an answer that people post, as a PNG. */
import { pngOf } from '../../art/png.ts';
import { PICTURE_WIDTH, type PictureFilm, sharePicture } from '../../art/share-picture.ts';
import type { FilmCard, RecommendationsAnswer } from '../../conversation/answer.ts';
import { wordsFor } from '../../i18n/index.ts';

/** Milliseconds for all real posters of a picture together: those that are late are drawn. */
const POSTERS_MS = 2500;
/** TMDB's posters at 342 pixels have about 40 kB. */
const MAX_POSTER_BYTES = 1_000_000;
/** Pictures kept, the last asked for: each has some 200 kB. */
const KEPT = 40;

type Image = NonNullable<PictureFilm['image']>;

/** A real poster, or null where it does not come in time. */
async function loadPoster(url: string): Promise<Image | null> {
  try {
    const response = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(POSTERS_MS) });
    const mediaType = response.headers.get('content-type')?.split(';', 1)[0] ?? '';
    if (!response.ok || !/^image\/(jpeg|png)$/.test(mediaType)) return null;
    const bytes = new Uint8Array(await response.arrayBuffer());
    return bytes.length <= MAX_POSTER_BYTES ? { mediaType, bytes } : null;
  } catch {
    return null;
  }
}

async function filmOf(film: FilmCard): Promise<PictureFilm> {
  const { id, title, year, rawGenres: genres, scoreText, poster } = film;
  const image = poster.url === null ? null : await loadPoster(poster.url);
  return {
    id,
    title,
    year: year === '' ? null : Number(year),
    genres,
    scoreText,
    ...(poster.motif && { motif: poster.motif }),
    ...(image && { image }),
  };
}

/** Why the best film fits that has a reason. */
function whyOf(films: readonly FilmCard[]): string {
  const film = films.find(({ reason }) => reason !== '');
  return film ? `${film.title}: ${film.reason}` : '';
}

async function drawPicture(answer: RecommendationsAnswer, locale: string): Promise<Buffer> {
  const { song, films, heading } = answer;
  const words = wordsFor(locale);
  const names = films.map(({ title, year }) => (year ? `${title} (${year})` : title));
  const svg = sharePicture({
    lead: words.t('picture.lead', { count: films.length }),
    title: song.title,
    artists: song.artists,
    films: await Promise.all(films.map(filmOf)),
    why: whyOf(films),
    alt: `${heading}: ${words.list(names)}`,
  });
  return pngOf(svg, PICTURE_WIDTH);
}

const kept = new Map<string, Promise<Buffer>>();

/** The picture of an answer with at least one film: 1200 × 630, drawn once for every answer and language. */
export function pictureOf(answer: RecommendationsAnswer, locale: string): Promise<Buffer> {
  const posters = answer.films.map(({ id, scoreText, poster }) => [id, scoreText, poster.url, poster.motif]);
  const key = JSON.stringify([wordsFor(locale).language, answer.song, posters]);
  const ready = kept.get(key);
  if (ready) {
    kept.delete(key);
    kept.set(key, ready);
    return ready;
  }
  const picture = drawPicture(answer, locale);
  kept.set(key, picture);
  picture.catch(() => kept.delete(key));
  for (const oldest of kept.keys()) {
    if (kept.size <= KEPT) break;
    kept.delete(oldest);
  }
  return picture;
}

/** A file name for the picture: the song's, in letters that every system takes. */
export function pictureName({ song }: RecommendationsAnswer): string {
  const plain = song.title
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60);
  return `music2movie-${plain || 'song'}.png`;
}
