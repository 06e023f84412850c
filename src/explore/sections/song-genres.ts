/** Genres of songs: how many tracks, how popular. */
import type { Song } from '../../engine/types.ts';
import { barChart } from '../chart/marks.ts';
import type { Figure } from '../figure.ts';
import { count, decimal, list } from '../format.ts';

/** Mean popularity of one genre's tracks. */
export interface GenrePopularity {
  readonly genre: string;
  readonly tracks: number;
  /** 0…100 */
  readonly popularity: number;
}

/** Every genre with its tracks, the most popular first. */
export function genrePopularity(songs: readonly Song[]): GenrePopularity[] {
  const sums = new Map<string, { tracks: number; rated: number; sum: number }>();
  for (const song of songs) {
    for (const genre of song.genres) {
      const entry = sums.get(genre) ?? { tracks: 0, rated: 0, sum: 0 };
      sums.set(genre, entry);
      entry.tracks++;
      if (song.popularity === null) continue;
      entry.rated++;
      entry.sum += song.popularity;
    }
  }
  return [...sums]
    .filter(([, { rated }]) => rated > 0)
    .map(([genre, { tracks, rated, sum }]) => ({ genre, tracks, popularity: sum / rated }))
    .sort((a, b) => b.popularity - a.popularity || (a.genre < b.genre ? -1 : 1));
}

/** Genres in a ranking by popularity, and at either end of the ranking by count. */
const SHOWN_GENRES = 25;
const SHOWN_ENDS = 12;
/** The genres that the paper calls niche and surprisingly popular. */
export const NICHE_GENRES: readonly string[] = ['anime', 'grunge'];

/** Genres by number of tracks and by popularity; none where no song has a genre. */
export function genreFigures(songs: readonly Song[]): Figure[] {
  const genres = genrePopularity(songs);
  if (genres.length === 0) return [];
  const byCount = [...genres].sort((a, b) => b.tracks - a.tracks || (a.genre < b.genre ? -1 : 1));
  const mean = genres.reduce((sum, { popularity }) => sum + popularity, 0) / genres.length;
  const niche = NICHE_GENRES.map((name) => ({
    name,
    rank: genres.findIndex(({ genre }) => genre === name),
  })).filter(({ rank }) => rank >= 0);
  const ends =
    genres.length > 2 * SHOWN_ENDS
      ? [...byCount.slice(0, SHOWN_ENDS), ...byCount.slice(-SHOWN_ENDS)]
      : byCount;
  const most = byCount[0]!;
  const last = byCount[byCount.length - 1]!;
  const table = (list: readonly GenrePopularity[]) => ({
    columns: ['genre', 'tracks', 'mean popularity'],
    rows: list.map(({ genre, tracks, popularity }) => [genre, tracks, popularity]),
  });
  return [
    {
      id: 'genres-by-count',
      title: 'Genres by number of tracks',
      caption: `${ends === byCount ? `All ${genres.length} genres` : `The ${SHOWN_ENDS} most frequent and, muted, the ${SHOWN_ENDS} rarest of ${count(genres.length)} genres`}, from ${most.genre} with ${count(most.tracks)} tracks to ${last.genre} with ${count(last.tracks)}. A track counts once in each of its genres.`,
      chart: {
        draw: barChart(
          ends.map(({ genre, tracks }, i) => ({
            label: genre,
            value: tracks,
            marked: ends !== byCount && i >= SHOWN_ENDS,
            title: `${genre}: ${count(tracks)} tracks`,
          })),
          { axis: 'tracks', colours: ['song', 'q3'], format: count },
        ),
        description: `Bar chart of the genres with most tracks: ${list(byCount.slice(0, 5).map(({ genre, tracks }) => `${genre} ${count(tracks)}`))}.`,
      },
      table: table(byCount),
    },
    {
      id: 'genres-by-popularity',
      title: 'Genres by popularity',
      caption:
        `The ${Math.min(SHOWN_GENRES, genres.length)} most popular genres by the mean of their tracks; the dashed line is the mean over all genres, ${decimal(mean, 1)}. ` +
        (niche.length > 0
          ? `The paper's niche genres are marked: ${list(niche.map(({ name, rank }) => `${name} ranks ${rank + 1} of ${genres.length} (${decimal(genres[rank]!.popularity, 1)})`))}.`
          : "The paper's niche genres, anime and grunge, are not in this data."),
      chart: {
        draw: barChart(
          genres.slice(0, SHOWN_GENRES).map(({ genre, popularity, tracks }) => ({
            label: genre,
            value: popularity,
            marked: NICHE_GENRES.includes(genre),
            title: `${genre}: mean popularity ${decimal(popularity, 1)} of ${count(tracks)} tracks`,
          })),
          {
            axis: 'mean popularity',
            colours: ['song', 'film'],
            format: (x) => decimal(x, 1),
            reference: mean,
          },
        ),
        description: `Bar chart of the most popular genres: ${list(genres.slice(0, 5).map(({ genre, popularity }) => `${genre} ${decimal(popularity, 1)}`))}.`,
      },
      table: table(genres),
    },
  ];
}
