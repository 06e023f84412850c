import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { compareFilms, type FilmComparison, sharedIsThere } from '../../scripts/starter/compare.ts';
import { measure, shortfalls } from '../../scripts/starter/coverage.ts';
import { sentence } from '../../scripts/starter/facts.ts';
import { loadStarter, type Starter } from '../../scripts/starter/load.ts';
import { brokenRules, isWritten } from '../../scripts/starter/overviews.ts';

let starter: Starter;
beforeAll(async () => {
  starter = await loadStarter();
});

/** Values that stand more than once. */
const repeated = (values: readonly string[]) => values.filter((value, i) => values.indexOf(value) !== i);

const FILM_HEADER = [
  'id',
  'imdb_id',
  'title',
  'original_title',
  'original_language',
  'release_date',
  'status',
  'adult',
  'genres',
  'runtime',
  'vote_average',
  'vote_count',
  'popularity',
  'revenue',
  'budget',
  'production_countries',
  'spoken_languages',
  'keywords',
  'poster_path',
  'tagline',
  'overview',
];

describe('the films of the starter', () => {
  it('all survive the cleaning, and hardly anything in them needs mending', () => {
    const { filmFunnel, filmCells } = starter;
    expect(starter.rejects).toEqual([]);
    expect(filmFunnel).toMatchObject({
      rows: filmCells.length,
      malformed: 0,
      duplicates: 0,
      missingValues: 0,
      notReleased: 0,
      adult: 0,
      kept: filmCells.length,
      mended: { year: 0, text: 0, votes: 0 },
    });
    // Described all the same; what is unfit is never offered unasked.
    expect(filmFunnel.mended.runtime / filmCells.length).toBeLessThan(0.002);
    expect(filmFunnel.unfit / filmCells.length).toBeLessThan(0.005);
  });

  it('have the columns of the data set, in files that can stand in for it', () => {
    expect(Object.keys(starter.filmCells[0]!)).toEqual(FILM_HEADER);
  });

  it('stand once each, by id, by IMDb id and by title and year', () => {
    const { films } = starter;
    expect(repeated(films.map((film) => String(film.id)))).toEqual([]);
    expect(repeated(films.flatMap((film) => film.imdbId ?? []))).toEqual([]);
    // Two Indian films of one name came out in 2022, and two in 2023.
    const names = repeated(films.map((film) => `${film.title.toLowerCase()} ${film.year}`));
    expect(names.length).toBeLessThan(5);
  });

  it('have every fact that an answer shows, within its range', () => {
    const wrong = starter.films.filter(
      (film) =>
        film.year === null ||
        film.year < 1900 ||
        film.year > 2025 ||
        (film.runtime ?? 0) > 400 ||
        film.genres.length === 0 ||
        !/^[a-z]{2}$/.test(film.language) ||
        !/^\/[A-Za-z0-9]{20,32}\.jpg$/.test(film.poster) ||
        film.rating < 0 ||
        film.rating > 10 ||
        film.votes < 0 ||
        film.popularity < 0,
    );
    expect(wrong.map((film) => film.title)).toEqual([]);
    const gaps = starter.films.filter((film) => film.imdbId === null || film.runtime === null);
    expect(gaps.length / starter.films.length).toBeLessThan(0.002);
  });

  it('carry no tagline: those are texts of somebody else', () => {
    expect(starter.films.filter((film) => film.tagline !== '').map((film) => film.title)).toEqual([]);
  });

  it('have overviews of 20 to 45 words, where somebody wrote them, that share neither openings nor phrases', () => {
    const written = starter.films.filter(isWritten);
    expect(written.length).toBeGreaterThan(900);
    expect(brokenRules(written)).toEqual([]);
  });

  it('have overviews that end a sentence and hold neither markup nor broken text', () => {
    const odd = starter.films.filter(
      ({ overview }) => !/[.!?]$/.test(overview) || /[<>{}|\\]|https?:|&\w+;| {2}|\bTODO\b/.test(overview),
    );
    expect(odd.map((film) => film.title)).toEqual([]);
  });
});

describe('the songs of the starter', () => {
  it('all survive the cleaning, each a recording of its own', () => {
    const { songFunnel, songs } = starter;
    expect(songFunnel).toMatchObject({
      rows: songs.length,
      malformed: 0,
      nullRows: 0,
      repeatedIds: 0,
      kept: songs.length,
    });
    expect(songFunnel.mended.tempo + songFunnel.mended.relabelled).toBeLessThan(20);
    const recordings = songs.map((song) => `${song.title} – ${song.artists.join(', ')}`.toLowerCase());
    expect(repeated(recordings)).toEqual([]);
  });

  it('have features, length and popularity within their ranges', () => {
    const wrong = starter.songs.filter(({ features, durationMs, popularity }) => {
      if (features === null || durationMs === null) return true;
      const units = [
        features.danceability,
        features.energy,
        features.speechiness,
        features.acousticness,
        features.instrumentalness,
        features.liveness,
        features.valence,
      ];
      return (
        units.some((value) => !(value >= 0 && value <= 1)) ||
        !(features.loudness >= -60 && features.loudness <= 5) ||
        !(features.tempo === null || (features.tempo >= 30 && features.tempo <= 250)) ||
        !(Number.isInteger(features.key) && features.key >= -1 && features.key <= 11) ||
        ![0, 1].includes(features.mode) ||
        !(features.timeSignature === null || (features.timeSignature >= 1 && features.timeSignature <= 7)) ||
        !(durationMs >= 30_000 && durationMs <= 1_800_000) ||
        !(popularity === null || (popularity >= 0 && popularity <= 100))
      );
    });
    expect(wrong.map((song) => song.title)).toEqual([]);
  });

  it('are the recordings that people mean, not karaoke or tribute versions of them', () => {
    const makers =
      /karaoke|tribute|made famous|in the style of|originally performed|cover band|piano version/i;
    const copies = starter.songs.filter((song) =>
      makers.test(`${song.title} ${song.artists.join(' ')} ${song.album}`),
    );
    expect(copies.map((song) => `${song.title} – ${song.artists.join(', ')}`)).toEqual([]);
  });

  it.each([
    ['Bohemian Rhapsody', 'Queen'],
    ['Billie Jean', 'Michael Jackson'],
    ['Umbrella', 'Rihanna'],
    ['Toxic', 'Britney Spears'],
    ['Smells Like Teen Spirit', 'Nirvana'],
    ['Hotel California', 'Eagles'],
    ['Imagine', 'John Lennon'],
    ['Hey Jude', 'The Beatles'],
    ['Like a Rolling Stone', 'Bob Dylan'],
    ['Stairway to Heaven', 'Led Zeppelin'],
    ['Dancing Queen', 'ABBA'],
    ['Stayin Alive', 'Bee Gees'],
    ['Purple Rain', 'Prince'],
    ['I Will Always Love You', 'Whitney Houston'],
    ['My Heart Will Go On', 'Céline Dion'],
    ['What A Wonderful World', 'Louis Armstrong'],
    ['Stand by Me', 'Ben E. King'],
    ['Creep', 'Radiohead'],
    ['Wonderwall', 'Oasis'],
    ['Rolling in the Deep', 'Adele'],
    ['Blinding Lights', 'The Weeknd'],
    ['Lose Yourself', 'Eminem'],
    ['Clair de Lune', 'Claude Debussy'],
    ['Hold On', 'Chord Overstreet'],
    ['Days I Will Remember', 'Tyrone Wells'],
  ])('hold %s by %s', (title, artist) => {
    const described = [...starter.feel.songs.values()];
    const versions = [...starter.songs, ...described].filter((song) =>
      song.title.toLowerCase().startsWith(title.toLowerCase()),
    );
    expect(versions.map((song) => song.artists[0])).toContain(artist);
  });
});

describe('the coverage of the starter', () => {
  const coverage = () =>
    measure(starter.films, starter.songs, starter.described, starter.unheard, starter.bytes);

  it('keeps every promise: genres, decades, languages, feelings, worlds, song genres, size', () => {
    expect(shortfalls(coverage())).toEqual([]);
  });

  it('is what data/README.md says it is', () => {
    const readme = readFileSync(new URL('../../data/README.md', import.meta.url), 'utf8').replace(
      /\s+/g,
      ' ',
    );
    const { films, songs } = starter;
    const number = (value: number) => value.toLocaleString('en');
    expect(readme).toContain(
      `(${number(films.length)} films), \`songs.csv\` (${number(songs.length)} songs)`,
    );
    expect(readme).toContain(`${new Set(films.map((film) => film.language)).size} original languages`);
    expect(readme).toContain(`(${number(starter.unheard)} of them`);
    expect(songs.filter((song) => song.genres.length === 0)).toEqual([]);
  });

  it('holds every described film of the data set, and hardly a film that is not described', () => {
    const { films, feel, described } = starter;
    expect(described.films.length / feel.films.size).toBeGreaterThan(0.99);
    expect(described.films.length / films.length).toBeGreaterThan(0.99);
  });
});

const shared = sharedIsThere();
const why = shared ? '' : ' (skipped: no data sets at ../shared/data)';
describe.skipIf(!shared)(`the starter beside the data set it comes from${why}`, () => {
  let comparison: FilmComparison;
  beforeAll(async () => {
    comparison = await compareFilms(starter);
  }, 120_000);

  it('has no overview equal or nearly equal to one of the data set', () => {
    expect(comparison.texts).toBeGreaterThan(100_000);
    expect(comparison.likenesses).toEqual([]);
  });

  it('has the films’ facts right', () => {
    expect(comparison.differences.map(sentence)).toEqual([]);
  });
});
