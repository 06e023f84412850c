/** Section 3, fourth part: what the genres of songs and films feel like. */
import { heatmap } from '../chart/marks.ts';
import type { Figure } from '../figure.ts';
import { count, decimal, list, percent } from '../format.ts';
import type { PlacedFilm, PlacedSong, Space } from '../gather/space.ts';
import { shrunk } from '../stats/describe.ts';

/** Genres with fewer works say little. */
const LEAST_WORKS = 5;
/** Song genres shown; the rest stands in the numbers. */
const SHOWN_GENRES = 36;
/** Feelings across the heat map of film genres. */
const ACROSS = 14;
/** Differences that are written down though they are not drawn. */
const TOLD = 0.05;

/** A name, and by how much its mean strength in the genre exceeds the mean of all, drawn to 0 where works are few. */
export interface Lead {
  readonly name: string;
  readonly lead: number;
}

export interface GenreFeel {
  readonly genre: string;
  readonly works: number;
  /** What leads furthest first. */
  readonly leads: readonly Lead[];
}

/**
 * How the mean strengths of each genre differ from those of all works, the genres with most works first.
 *
 * @param strengths of a work in the order of `names`
 */
export function genreFeels<T>(
  works: readonly T[],
  genresOf: (work: T) => readonly string[],
  strengths: (work: T) => ArrayLike<number>,
  names: readonly string[],
  least = LEAST_WORKS,
): GenreFeel[] {
  const sums = new Map<string, { works: number; sums: Float64Array }>();
  const all = new Float64Array(names.length);
  for (const work of works) {
    const values = strengths(work);
    for (let i = 0; i < all.length; i++) all[i]! += values[i]! / works.length;
    for (const genre of genresOf(work)) {
      const entry = sums.get(genre) ?? { works: 0, sums: new Float64Array(names.length) };
      entry.works++;
      for (let i = 0; i < all.length; i++) entry.sums[i]! += values[i]!;
      sums.set(genre, entry);
    }
  }
  return [...sums]
    .filter(([, entry]) => entry.works >= least)
    .sort((a, b) => b[1].works - a[1].works || (a[0] < b[0] ? -1 : 1))
    .map(([genre, entry]) => ({
      genre,
      works: entry.works,
      leads: names
        .map((name, i) => ({ name, lead: shrunk(entry.sums[i]! / entry.works - all[i]!, entry.works) }))
        .sort((a, b) => b.lead - a.lead),
    }));
}

const top = ({ leads }: GenreFeel, most: number) => leads.filter(({ lead }) => lead > 0).slice(0, most);
const words = (leads: readonly Lead[]) => leads.map(({ name }) => name).join(', ');
const figures = (leads: readonly Lead[]) =>
  leads.map(({ name, lead }) => `${name} ${decimal(lead)}`).join(', ');

function songFigure(space: Space, songs: readonly PlacedSong[]): Figure | null {
  const { terms, worlds } = space.model.spec.feel;
  const genresOf = ({ song }: PlacedSong) => song.genres;
  const feels = genreFeels(songs, genresOf, ({ profile }) => profile.terms, terms);
  if (feels.length < 2) return null;
  const places = new Map(
    genreFeels(songs, genresOf, ({ profile }) => profile.worlds, worlds).map((feel) => [feel.genre, feel]),
  );
  const distinct = [...feels].sort((a, b) => b.leads[0]!.lead - a.leads[0]!.lead);
  const shown = distinct.slice(0, SHOWN_GENRES).sort((a, b) => (a.genre < b.genre ? -1 : 1));
  const described = songs.filter(({ profile }) => profile.basis === 'described').length;
  const borrowed = songs.filter(({ profile }) => profile.basis === 'artist').length;
  const [first, ...others] = distinct;
  return {
    id: 'feel-song-genres',
    title: 'What genres of songs feel like',
    caption:
      `Feelings and worlds whose mean strength in a genre exceeds that of all ${count(songs.length)} songs looked at the most; ${percent(described / songs.length, 0)} of them are described themselves, ${percent(borrowed / songs.length, 0)} have their artist's profile, and the rest one that is predicted from labels, sound and names. ` +
      `The most pronounced is ${first!.genre} with ${figures(top(first!, 2))}, before ${list(others.slice(0, 2).map((feel) => `${feel.genre} with ${figures(top(feel, 1))}`))}. ` +
      `${shown.length} of ${feels.length} genres are shown.`,
    table: {
      columns: ['genre', 'songs', 'feelings', 'worlds'],
      rows: feels.map((feel) => [
        feel.genre,
        feel.works,
        figures(top(feel, 8)),
        figures(top(places.get(feel.genre)!, 4)),
      ]),
    },
    shown: {
      columns: ['genre', 'feelings', 'worlds'],
      rows: shown.map((feel) => [feel.genre, words(top(feel, 5)), words(top(places.get(feel.genre)!, 2))]),
    },
  };
}

function filmFigure(space: Space): Figure | null {
  const { terms } = space.model.spec.feel;
  const films: readonly PlacedFilm[] = space.films;
  const feels = genreFeels(
    films,
    ({ film }) => film.genres,
    ({ profile }) => profile.terms,
    terms,
  );
  if (feels.length < 2) return null;
  const spread = new Map<string, number>(terms.map((name) => [name, 0]));
  for (const { leads } of feels)
    for (const { name, lead } of leads) spread.set(name, spread.get(name)! + lead ** 2);
  const across = [...terms].sort((a, b) => spread.get(b)! - spread.get(a)!).slice(0, ACROSS);
  const described = films.filter(({ profile }) => profile.basis === 'described').length;
  const say = (feel: GenreFeel) => `${feel.genre} with ${figures(top(feel, 2))}`;
  const distinct = [...feels].sort((a, b) => b.leads[0]!.lead - a.leads[0]!.lead).slice(0, 4);
  return {
    id: 'feel-film-genres',
    title: 'What genres of films feel like',
    caption: `Mean strength of a feeling over the films of a genre, less the mean of all ${count(films.length)} films; ${percent(described / films.length, 0)} of them are described, the others' profiles are predicted from their facts. Furthest from the mean: ${list(distinct.map(say))}. The ${across.length} feelings shown are those in which genres differ most; the CSV adds others from ${decimal(TOLD)} on.`,
    chart: {
      draw: heatmap(
        feels.flatMap((feel) =>
          across.map((name) => {
            const { lead } = feel.leads.find((item) => item.name === name)!;
            return {
              x: name,
              y: feel.genre,
              value: lead,
              title: `${feel.genre}, ${name}: ${decimal(lead)} from the mean of all films`,
            };
          }),
        ),
        {
          xs: across,
          ys: feels.map(({ genre }) => genre),
          limit: 0.4,
          legend: 'strength less the mean of all',
        },
      ),
      description: `Heat map of feelings by film genre. Furthest from the mean: ${list(distinct.map(say))}.`,
    },
    table: {
      columns: ['film genre', 'films', 'feeling', 'mean less that of all'],
      rows: feels.flatMap((feel) =>
        feel.leads
          .filter(({ name, lead }) => across.includes(name) || Math.abs(lead) >= TOLD)
          .map(({ name, lead }) => [feel.genre, feel.works, name, lead]),
      ),
    },
  };
}

/** Figures about genres, where there are works enough. */
export function genreFeelFigures(space: Space, songs: readonly PlacedSong[]): Figure[] {
  return [songFigure(space, songs), filmFigure(space)].flatMap((figure) => figure ?? []);
}
