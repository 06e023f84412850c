/** Section 3, third part: songs and films on one map. */
import * as Plot from '@observablehq/plot';
import { fameOf } from '../../engine/search/recording.ts';
import { colour } from '../chart/theme.ts';
import type { Figure } from '../figure.ts';
import { count, list, percent } from '../format.ts';
import type { PlacedFilm, PlacedSong, Space } from '../gather/space.ts';
import { coordinates, principalComponents } from '../stats/pca.ts';

/** Best-known songs a genre and best-known films a genre: every corner of the space has something familiar. */
const SONGS_A_GENRE = 3;
const FILMS_A_GENRE = 18;
/** Genres named on the map. */
const NAMED_SONG_GENRES = [
  'hip-hop',
  'metal',
  'classical',
  'country',
  'techno',
  'jazz',
  'indian',
  'k-pop',
  'punk',
  'disney',
  'reggae',
  'blues',
  'ambient',
  'anime',
  'tango',
  'disco',
  'folk',
  'latin',
  'french',
];

interface Point {
  readonly kind: 'song' | 'film';
  readonly name: string;
  readonly genres: readonly string[];
  readonly x: number;
  readonly y: number;
}

/** The best known of each genre, no recording twice. */
export function bestKnownSongs<T extends { readonly song: PlacedSong['song'] }>(
  songs: readonly T[],
  perGenre = SONGS_A_GENRE,
): T[] {
  const sorted = [...songs].sort(
    (a, b) => fameOf(b.song) - fameOf(a.song) || (a.song.id < b.song.id ? -1 : 1),
  );
  const taken = new Map<string, number>();
  const seen = new Set<string>();
  return sorted.filter(({ song }) => {
    const key = `${song.title.toLowerCase()}\u0001${song.artists[0]?.toLowerCase()}`;
    const genre = song.genres.find((name) => (taken.get(name) ?? 0) < perGenre);
    if (genre === undefined || seen.has(key)) return false;
    seen.add(key);
    taken.set(genre, (taken.get(genre) ?? 0) + 1);
    return true;
  });
}

function bestKnownFilms(films: readonly PlacedFilm[], perGenre = FILMS_A_GENRE): PlacedFilm[] {
  const taken = new Map<string, number>();
  return films
    .filter(({ film }) => film.eligible)
    .sort((a, b) => b.film.votes - a.film.votes || a.film.id - b.film.id)
    .filter(({ film }) => {
      const genre = film.genres.find((name) => (taken.get(name) ?? 0) < perGenre);
      if (genre === undefined) return false;
      taken.set(genre, (taken.get(genre) ?? 0) + 1);
      return true;
    });
}

interface Centre {
  readonly kind: 'song' | 'film';
  readonly label: string;
  readonly x: number;
  readonly y: number;
}

/** Means of the named genres, and the names that would cover another left out. */
function centres(points: readonly Point[], [width, height]: readonly [number, number]): Centre[] {
  const filmGenres = [
    ...new Set(points.filter(({ kind }) => kind === 'film').flatMap(({ genres }) => genres)),
  ];
  const wanted = [
    ...filmGenres.map((label) => ({ kind: 'film' as const, label })),
    ...NAMED_SONG_GENRES.map((label) => ({ kind: 'song' as const, label })),
  ];
  const placed: Centre[] = [];
  for (const { kind, label } of wanted) {
    const members = points.filter((point) => point.kind === kind && point.genres.includes(label));
    if (members.length < 4) continue;
    const x = members.reduce((sum, point) => sum + point.x, 0) / members.length;
    const y = members.reduce((sum, point) => sum + point.y, 0) / members.length;
    if (placed.some((other) => Math.abs(other.x - x) < width && Math.abs(other.y - y) < height)) continue;
    placed.push({ kind, label, x, y });
  }
  return placed;
}

/** The feelings that point furthest along an axis and against it, in words. */
function ends(space: Space, axis: readonly number[] = []): [string, string] {
  const order = space.model.spec.feel.terms
    .map((name, i) => [name, axis[i] ?? 0] as const)
    .sort((a, b) => b[1] - a[1]);
  const names = (items: readonly (readonly [string, number])[]) =>
    list(items.slice(0, 3).map(([name]) => name));
  return [names(order), names(order.reverse())];
}

/** The map of well-known songs and films, hoverable. */
export function mapFigure(space: Space, songs: readonly PlacedSong[]): Figure {
  const films = bestKnownFilms(space.films);
  const rows = [...songs, ...films].map(({ feel }) => feel);
  const pca = principalComponents(rows, 2);
  const place = ({ feel }: { feel: Float32Array }) => coordinates(feel, pca) as [number, number];
  const points: Point[] = [
    ...songs.map((placed): Point => {
      const [x, y] = place(placed);
      return {
        kind: 'song',
        name: `${placed.song.title}, ${placed.song.artists[0]} (${placed.song.genres.join(', ')})`,
        genres: placed.song.genres,
        x,
        y,
      };
    }),
    ...films.map((placed): Point => {
      const [x, y] = place(placed);
      const { title, year, genres } = placed.film;
      return {
        kind: 'film',
        name: `${title}${year === null ? '' : `, ${year}`} (${genres.join(', ')})`,
        genres,
        x,
        y,
      };
    }),
  ];
  const [across = 0, up = 0] = pca.shares;
  const [right = '', left = ''] = ends(space, pca.axes[0]);
  const [above = '', below = ''] = ends(space, pca.axes[1]);
  return {
    id: 'space-map',
    title: 'Songs and films on one map',
    caption:
      `${count(songs.length)} songs (circles) and ${count(films.length)} films (squares), the best known of each genre, by what they feel like, in the two directions of widest spread of their profiles: ${percent(across, 0)} and ${percent(up, 0)} of the variance, so neighbours here are not always neighbours there. Rightwards it gets ${right}, leftwards ${left}; upwards ${above}, downwards ${below}. ` +
      'Names stand at the middle of a genre: teal for songs, rust for films. Point at a mark, or touch it, for its name.',
    chart: {
      draw: (size) => {
        const named = centres(points, size.narrow ? [0.34, 0.055] : [0.16, 0.04]);
        return {
          options: {
            height: size.narrow ? 420 : 620,
            marginLeft: 12,
            marginRight: 12,
            marginBottom: 28,
            marginTop: 12,
            x: { label: `first direction, ${percent(across, 0)}`, ticks: 0 },
            y: { label: `second direction, ${percent(up, 0)}`, ticks: 0 },
            color: { type: 'identity' },
            marks: [
              ...(['song', 'film'] as const).map((kind) =>
                Plot.dot(
                  points.filter((point) => point.kind === kind),
                  {
                    x: 'x',
                    y: 'y',
                    symbol: kind === 'song' ? 'circle' : 'square',
                    fill: colour(kind),
                    fillOpacity: 0.45,
                    r: size.narrow ? 2 : 2.8,
                    title: 'name',
                  },
                ),
              ),
              Plot.text(named, {
                x: 'x',
                y: 'y',
                text: 'label',
                fill: (centre: Centre) => colour(centre.kind),
                stroke: colour('card'),
                strokeWidth: 4,
                fontWeight: 650,
                fontSize: size.narrow ? 11 : 13,
              }),
            ],
          },
        };
      },
      description: `Map of songs and films by what they feel like. Genres named: ${list(centres(points, [0, 0]).map(({ label }) => label))}.`,
    },
    table: {
      columns: ['kind', 'name', 'x', 'y'],
      rows: points.map(({ kind, name, x, y }) => [kind, name, x, y]),
    },
  };
}
