/**
 * A small engine in memory, for tests of what is built on top of one: thirty real films, ten real songs, and
 * a score that only has to be deterministic and ordered.
 */

import { fairOrder } from '../../src/engine/matching/fairness.ts';
import type {
  Film,
  Filters,
  FoundFilm,
  FoundSong,
  Match,
  MatchEngine,
  Mood,
  MoviesOptions,
  Profile,
  Reason,
  Seed,
  Song,
  SongsAnswer,
  SongsOptions,
  SongUse,
} from '../../src/engine/types.ts';
import { UserError } from '../../src/shared/errors.ts';

/** id, title, date, genres, runtime, rating, votes, language, IMDb, poster, tagline, valence, energy */
const FILM_ROWS = `
603|The Matrix|1999-03-30|Action,Science Fiction|136|8.2|23815|en|tt0133093|/f89U3ADr1oiB1s9GkdPOEpXUk5H.jpg|Welcome to the Real World.|-0.2|0.8
27205|Inception|2010-07-15|Action,Science Fiction,Adventure|148|8.4|34495|en|tt1375666|/oYuLEt3zVCKq57qu2F8dT7NIa6f.jpg|Your mind is the scene of the crime.|-0.1|0.7
329865|Arrival|2016-11-10|Drama,Science Fiction,Mystery|116|7.6|16564|en|tt2543164|/x2FJsf1ElAgr63Y3PNPtJrcmpoe.jpg|Why are they here?|-0.4|-0.5
78|Blade Runner|1982-06-25|Science Fiction,Drama,Thriller|118|7.9|12770|en|tt0083658|/fwhLegA6z40W0DIy6EGXhzDzlOP.jpg|Man has made his match… now it’s his problem.|-0.6|-0.1
62|2001: A Space Odyssey|1968-04-02|Science Fiction,Mystery,Adventure|149|8.1|10575|en|tt0062622|/ve72VxNqjGM69Uky4WTo2bK6rfq.jpg|The Ultimate Trip.|-0.2|-0.6
152601|Her|2013-12-18|Romance,Science Fiction,Drama|126|7.9|13407|en|tt1798709|/eCOtqtfvn7mxGl6nfmq4b1exJRc.jpg|A Spike Jonze love story.|-0.1|-0.7
38|Eternal Sunshine of the Spotless Mind|2004-03-19|Science Fiction,Drama,Romance|108|8.1|13709|en|tt0338013|/5MwkWH9tYHv3mV9OdYTMR5qreIz.jpg|You can erase someone from your mind.|-0.3|-0.4
194|Amélie|2001-04-25|Comedy,Romance|122|7.9|10750|fr|tt0211915|/nSxDa3M9aMvGVLoItzWTepQ5h5d.jpg|One person can change your life forever.|0.8|-0.2
129|Spirited Away|2001-07-20|Animation,Family,Fantasy|125|8.5|14913|ja|tt0245429|/39wmItIWsg5sZMyRUHLkWBcuVCM.jpg||0.5|0.1
680|Pulp Fiction|1994-09-10|Thriller,Crime|154|8.5|25893|en|tt0110912|/d5iIlFn5s0ImszYzBPb8JPIfbXD.jpg||-0.2|0.6
11|Star Wars|1977-05-25|Adventure,Action,Science Fiction|121|8.2|19155|en|tt0076759|/6FfCtAuVAW8XJjZ7eWeLibRLWTw.jpg|A long time ago in a galaxy far, far away…|0.4|0.7
348|Alien|1979-05-25|Horror,Science Fiction|117|8.1|13206|en|tt0078748|/vfrQk5IPloGg1v9Rzbh2Eg3VGyM.jpg|In space no one can hear you scream.|-0.8|0.5
694|The Shining|1980-05-23|Horror,Thriller|144|8.2|16205|en|tt0081505|/xazWoLealQwEgqZ89MLZklLZD3k.jpg||-0.9|0.4
278|The Shawshank Redemption|1994-09-23|Drama,Crime|142|8.7|24649|en|tt0111161|/lyQBXzOQSuE59IsHyhrp0qIiPAz.jpg|Fear can hold you prisoner. Hope can set you free.|-0.2|-0.3
13|Forrest Gump|1994-06-23|Comedy,Drama,Romance|142|8.5|25409|en|tt0109830|/arw2vcBveWOVZr6pxd9XTd1TdQa.jpg||0.3|-0.1
122906|About Time|2013-09-04|Drama,Romance,Fantasy|123|7.9|7781|en|tt2194499|/iR1bVfURbN7r1C46WHFbwCkVve.jpg||0.6|-0.4
11036|The Notebook|2004-06-25|Romance,Drama|123|7.9|10629|en|tt0332280|/rNzQyW4f8B8cQeg7Dgj3n6eT5k9.jpg|Behind every great love is a great story.|0.1|-0.6
597|Titanic|1997-11-18|Drama,Romance|194|7.9|23637|en|tt0120338|/9xjZS2rlVxm8SFx8kPC3aIGCOYQ.jpg|Nothing on Earth could come between them.|0|-0.2
1417|Pan’s Labyrinth|2006-10-10|Fantasy,Drama,War|118|7.8|9839|es|tt0457430|/2VVhikIxoztAXEDQZLOdtBsu6vf.jpg||-0.7|0.2
539|Psycho|1960-06-22|Horror,Drama,Thriller|109|8.4|9272|en|tt0054215|/yz4QVqPx3h1hD1DfqqQkCq3rmxW.jpg||-0.8|0.3
391|A Fistful of Dollars|1964-09-12|Western|99|7.8|3769|it|tt0058461|/lBwOEpwVeUAmrmglcstnaGcJq3Y.jpg||-0.1|0.4
429|The Good, the Bad and the Ugly|1966-12-23|Western|161|8.5|7751|it|tt0060196|/bX2xnavhMYjWDoZp1VM6VnU1xwe.jpg||-0.1|0.5
37165|The Truman Show|1998-06-04|Comedy,Drama|103|8.1|16827|en|tt0120382|/vuza0WqY239yBXOadKlGwJsZJFE.jpg|On the air. Unaware.|0.4|-0.1
9603|Clueless|1995-07-19|Comedy,Romance|97|7.3|4011|en|tt0112697|/8AwVTcgpTnmeOs4TdTWqcFDXEsA.jpg||0.9|0.1
10681|WALL·E|2008-06-22|Animation,Family,Science Fiction|98|8.1|17446|en|tt0910970|/hbhFnRzzg6ZDmm8YAmxBnQpQIPh.jpg||0.5|-0.1
376867|Moonlight|2016-10-21|Drama|111|7.4|6641|en|tt4975722|/4911T5FbJ9eD2Faz5Z8cT3SUhU3.jpg|This is the story of a lifetime|-0.5|-0.7
238|The Godfather|1972-03-14|Drama,Crime|175|8.7|18677|en|tt0068646|/3bhkrj58Vtu7enYsRolD1fZdja1.jpg|An offer you can’t refuse.|-0.5|0.1
335|Once Upon a Time in the West|1968-12-21|Drama,Western|166|8.3|3923|it|tt0064116|/qbYgqOczabWNn2XKwgMtVrntD6P.jpg||-0.3|-0.1
424|Schindler’s List|1993-12-15|Drama,History,War|195|8.6|14594|en|tt0108052|/sF1U4EUQS8YHUYjNl3pMGNIQyr0.jpg||-0.8|-0.3
12|Finding Nemo|2003-05-30|Animation,Family|100|7.8|18061|en|tt0266543|/ggQ6o8X5984OCh3kZi2UIJQJY5y.jpg||0.8|0.2`
  .trim()
  .split('\n')
  .map((row) => row.split('|'));

/** id, title, artists, genres, popularity, danceability, energy, acousticness, valence, tempo */
const SONG_ROWS = `
5vjLSffimiIP26QG5WcN2K|Hold On|Chord Overstreet|acoustic|82|0.62|0.44|0.47|0.17|119.9
6bGMSP3H9YqkmaLnaJTIoF|Hold On|Adele|british|68|0.37|0.36|0.86|0.46|165.9
6wmt81xEPYc6UkXI2PEstE|Hold On|Gojira|death-metal|47|0.23|0.92|0|0.1|134.1
6hHc7Pks7wtBIW8Z6A0iFq|Blue Monday|New Order|synth-pop|74|0.64|0.85|0.02|0.83|130.1
5u5aVJKjSMJr4zesMPz7bL|Clair de Lune, L. 32|Claude Debussy,Martin Jones|classical|68|0.34|0.01|0.99|0.04|65.8
5sICkBXVmaCQk5aISGR3x1|Enter Sandman|Metallica|metal|78|0.58|0.83|0.01|0.64|123.3
2dCmGcEOQrMQhMMS8Vj7Ca|Re: Stacks|Bon Iver|folk|60|0.5|0.13|0.94|0.32|106.8
7v9Q0dAb9t7h8gJOkcJHay|a-ha + friends|A-ha||20|0.6|0.7|0.1|0.7|110`
  .trim()
  .split('\n')
  .map((row) => row.split('|'));

/** The films, with an overview made from what is known. */
export const FILMS: readonly Film[] = FILM_ROWS.map((row) => ({
  id: Number(row[0]),
  title: row[1]!,
  originalTitle: row[1]!,
  releaseDate: row[2]!,
  year: Number(row[2]!.slice(0, 4)),
  genres: row[3]!.split(','),
  runtime: Number(row[4]),
  rating: Number(row[5]),
  votes: Number(row[6]),
  popularity: Number(row[6]) / 300,
  language: row[7]!,
  imdbId: row[8]!,
  poster: row[9]!,
  tagline: row[10]!,
  overview: `What happens in “${row[1]}” is best seen rather than told.`,
  sentiment: Number(row[11]),
  countries: ['United States of America'],
  spokenLanguages: ['English'],
  keywords: [],
  unfit: false,
}));

const ENERGY = new Map(FILM_ROWS.map((row) => [Number(row[0]), Number(row[12])]));

/** The songs, in the rows' order. */
export const SONGS: readonly Song[] = SONG_ROWS.map((row) => ({
  id: row[0]!,
  title: row[1]!,
  album: row[1]!,
  artists: row[2]!.split(','),
  genres: row[3] ? row[3].split(',') : [],
  popularity: Number(row[4]),
  durationMs: 200_000,
  explicit: false,
  features: {
    danceability: Number(row[5]),
    energy: Number(row[6]),
    acousticness: Number(row[7]),
    valence: Number(row[8]),
    tempo: Number(row[9]),
    key: 2,
    loudness: -8,
    mode: 1,
    speechiness: 0.05,
    instrumentalness: 0,
    liveness: 0.1,
    timeSignature: 4,
  },
}));

const clamp = (x: number) => Math.max(-1, Math.min(1, x));

/** What the rows know of a work: −1…1, sad to happy and calm to intense. */
interface Temper {
  readonly valence: number;
  readonly energy: number;
}

const WORLDS: Readonly<Record<string, string>> = {
  en: 'new-york',
  fr: 'france',
  ja: 'japan',
  it: 'country-west',
};

/** A few feelings and a world that such a work would be described by. */
function profileOf({ valence, energy }: Temper, language: string): Pick<Profile, 'terms' | 'worlds'> {
  const strengths = {
    joyful: valence,
    hopeful: valence / 2,
    melancholic: -valence,
    lonely: -valence / 2,
    driving: energy,
    tense: energy / 2,
    tender: -energy,
    contemplative: -energy / 2,
  };
  const world = WORLDS[language];
  return {
    terms: Object.fromEntries(
      Object.entries(strengths)
        .filter(([, strength]) => strength > 0.05)
        .sort((a, b) => b[1] - a[1])
        .map(([term, strength]) => [term, Number(strength.toFixed(2))]),
    ),
    worlds: world ? { [world]: 1 } : {},
  };
}

function passes(film: Film, f: Filters): boolean {
  const within = (x: number | null, r: readonly [number, number] | undefined) =>
    !r || (x !== null && x >= r[0] && x <= r[1]);
  return (
    (!f.genres || f.genres.some((g) => film.genres.includes(g))) &&
    !f.notGenres?.some((g) => film.genres.includes(g)) &&
    within(film.year, f.years) &&
    within(film.runtime, f.runtime) &&
    film.rating >= (f.minRating ?? 0) &&
    (!f.languages || f.languages.includes(film.language))
  );
}

/**
 * @param films what it knows; tests pass hostile ones
 * @param uses films in which every song stands
 */
export function fakeEngine(
  films: readonly Film[] = FILMS,
  songs: readonly Song[] = SONGS,
  uses: readonly SongUse[] = [],
): MatchEngine {
  const listOf = (seed: Seed): readonly Song[] => {
    if (typeof seed === 'object' && 'feel' in seed) return [songs[0]!];
    if (typeof seed !== 'string') return 'id' in seed ? [seed] : seed;
    const song = songs.find((one) => one.id === seed);
    if (!song) throw new UserError('There is no such track in the catalogue.', { id: 'song.unknown' });
    return [song];
  };
  const feelings = (seed: Seed): Temper => {
    const list = listOf(seed);
    const mean = (read: (song: Song) => number) =>
      list.reduce((sum, song) => sum + read(song), 0) / list.length;
    return {
      valence: clamp(2 * mean((song) => song.features?.valence ?? 0.5) - 1),
      energy: clamp(2 * mean((song) => song.features?.energy ?? 0.5) - 1),
    };
  };
  const songProfile = (seed: Seed): Profile => ({
    ...profileOf(
      feelings(seed),
      listOf(seed).some(({ genres }) => genres.includes('classical')) ? 'fr' : 'en',
    ),
    year: listOf(seed).length === 1 ? 1999 : null,
    basis: listOf(seed).every(({ genres }) => genres.length > 0) ? 'described' : 'sound',
  });
  const filmMood = (film: Film): Temper => ({
    valence: clamp(film.sentiment),
    energy: ENERGY.get(film.id) ?? 0,
  });
  const filmProfile = (film: Film): Profile => ({
    ...profileOf(filmMood(film), film.language),
    year: film.year,
    basis: 'described',
  });
  const reasonsOf = (seed: Seed, film: Film): Reason[] => {
    const [a, b] = [songProfile(seed), filmProfile(film)];
    const both = (of: 'terms' | 'worlds') => Object.keys(a[of]).filter((name) => b[of][name]);
    const [terms, worlds] = [both('terms'), both('worlds')];
    const near = a.year !== null && b.year !== null && Math.abs(a.year - b.year) <= 5;
    return [
      ...(terms.length > 0 ? [{ key: 'feel', params: { terms: terms.slice(0, 3) }, weight: 0.5 }] : []),
      ...worlds.map((world) => ({ key: 'world', params: { world }, weight: 0.2 })),
      ...(near ? [{ key: 'year', params: { songYear: a.year!, filmYear: b.year! }, weight: 0.05 }] : []),
    ];
  };
  const match = (seed: Seed, id: number): Match => {
    const film = films.find((one) => one.id === id);
    if (!film) throw new UserError('There is no such film in the catalogue.', { id: 'film.unknown' });
    const [a, b] = [feelings(seed), filmMood(film)];
    const logit = 3 - 3 * (Math.hypot(a.valence - b.valence, a.energy - b.energy) / Math.SQRT2);
    return { film, logit, score: 1 / (1 + Math.exp(-logit)), reasons: reasonsOf(seed, film) };
  };
  const words = (text: string) => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  const findSongs = (text: string, limit = 5): FoundSong[] =>
    songs
      .map((song) => {
        const known = words(`${song.title} ${song.artists.join(' ')}`);
        const asked = words(text);
        const hit = asked.filter((word) => known.some((one) => one.startsWith(word))).length;
        return { song, quality: asked.length === 0 ? 0 : hit / asked.length, version: null };
      })
      .filter(({ quality }) => quality > 0.99)
      .sort((a, b) => (b.song.popularity ?? 0) - (a.song.popularity ?? 0))
      .slice(0, limit);
  const searchFilms = (text: string, limit = 5): FoundFilm[] =>
    films
      .map((film) => {
        const known = words(`${film.title} ${film.year ?? ''}`);
        const asked = words(text);
        const hit = asked.filter((word) => known.some((one) => one.startsWith(word))).length;
        return { film, quality: asked.length === 0 ? 0 : hit / Math.max(asked.length, known.length - 1) };
      })
      .filter(({ quality }) => quality > 0.4)
      .sort((a, b) => b.quality - a.quality || b.film.votes - a.film.votes)
      .slice(0, limit);
  const songsFor = (
    of: number | Mood,
    { limit = 5, offset = 0, accepts = () => true }: SongsOptions = {},
  ): SongsAnswer => {
    const all = songs
      .filter(accepts)
      .map((song) => {
        if (typeof of !== 'number') return { song, score: 0.5, reasons: [] };
        const { score, reasons } = match(song, of);
        return { song, score, reasons };
      })
      .sort((a, b) => b.score - a.score);
    return { matches: all.slice(offset, offset + limit), more: all.length > offset + limit };
  };
  return {
    searchFilms,
    songsFor,
    prepare: async () => {},
    feelings: {
      terms: ['joyful', 'hopeful', 'melancholic', 'lonely', 'driving', 'tense', 'tender', 'urban-night'],
      worlds: ['new-york', 'france', 'japan', 'synth-80s'],
    },
    info: { version: '0.0.0', movies: films.length, songs: songs.length, builtAt: '2026-01-01T00:00:00Z' },
    findSongs,
    readSongs: (text, limit) => findSongs(text, limit).map((hit) => ({ ...hit, named: true, unread: [] })),
    song: (id) => songs.find((song) => song.id === id) ?? null,
    songsByArtist: (name) => songs.filter((song) => song.artists.includes(name)),
    albumsNamed: () => [],
    imputedFrom: (song) =>
      song.genres.length === 0 ? { kind: 'nearest', count: 3 } : { kind: 'none', count: 0 },
    film: (id) => films.find((film) => film.id === id) ?? null,
    findFilms: (title, limit = 5) => films.filter((film) => film.title.includes(title)).slice(0, limit),
    moviesFor: (
      seed: Seed,
      { limit = 5, offset = 0, filters = {}, mainstream = 0.5, passOver }: MoviesOptions = {},
    ) => {
      const all = films
        .filter((film) => !film.unfit && !passOver?.has(film.id) && passes(film, filters))
        .map((film) => match(seed, film.id))
        .sort((a, b) => b.score - a.score + (mainstream - 0.5) * (b.film.votes - a.film.votes) * 1e-4);
      const matches = all.slice(offset, offset + limit).sort((a, b) => b.score - a.score);
      return {
        matches,
        more: all.length > offset + limit,
        path: 'scan',
        imputed: { kind: 'none', count: 0 },
        basis: songProfile(seed).basis,
      };
    },
    filmsForEveryone: (seeds, { limit = 5, offset = 0, passOver } = {}) => {
      const pool = films.filter((film) => !film.unfit && !passOver?.has(film.id));
      const scores = seeds.map((seed) => pool.map((film) => match(seed, film.id).score));
      const likings = pool.map((_, at) => scores.map((mine) => mine[at]! / Math.max(...mine)));
      const order = fairOrder(likings);
      return {
        matches: order
          .slice(offset, offset + limit)
          .map((at) => ({ film: pool[at]!, likings: likings[at]! })),
        more: order.length > offset + limit,
      };
    },
    match,
    songProfile,
    filmProfile: (id) => {
      const film = films.find((one) => one.id === id);
      return film ? filmProfile(film) : null;
    },
    usesOf: () => [...uses],
    looksLike: (id, limit = 4) => films.filter((film) => film.id !== id).slice(0, limit),
    facets: {
      genres: [...new Set(films.flatMap((film) => film.genres))],
      languages: ['en', 'fr', 'it', 'ja', 'es'],
    },
    close: async () => {},
  };
}
