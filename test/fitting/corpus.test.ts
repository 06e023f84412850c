import { describe, expect, it } from 'vitest';
import { songTerms } from '../../src/engine/model/song-text.ts';
import type { Song } from '../../src/engine/types.ts';
import { Corpus, type CorpusInput } from '../../src/fitting/corpus.ts';
import { crossValidate, foldOf } from '../../src/fitting/cross-validate.ts';
import { fitModel } from '../../src/fitting/fit.ts';
import { FIT_DEFAULTS, type FitSettings } from '../../src/fitting/prepare.ts';
import { fitTermSpace, fitTextSpace } from '../../src/fitting/text-space.ts';
import type { CleanFilm } from '../../src/indexer/clean-films.ts';
import { seeded } from '../engine/search/typos.ts';
import { outsideSong } from '../support/catalogue.ts';

const FILMS = 120;
const SONGS_OF_ARTIST = 4;
const SPACE = { dims: 4, minTexts: 1, oversampling: 4, iterations: 4, seed: 1 };

/** Songs of two kinds, each on a film of its kind; artists stay with their kind. */
function planted(): CorpusInput {
  const random = seeded(5);
  const films: CleanFilm[] = Array.from({ length: FILMS }, (_, i) => ({
    id: i + 1,
    title: `Film ${i + 1}`,
    originalTitle: `Film ${i + 1}`,
    year: i % 2 === 0 ? 1975 : 2015,
    genres: i % 2 === 0 ? ['Comedy'] : ['Horror'],
    runtime: 100,
    rating: 6,
    votes: 100,
    popularity: 1,
    language: 'en',
    countries: [],
    spokenLanguages: [],
    keywords: [],
    overview: i % 2 === 0 ? 'party dance summer' : 'ghost night blood',
    tagline: '',
    poster: `/${i}.jpg`,
    imdbId: null,
    sentiment: 0,
    negativity: 0,
    revenue: 0,
    unfit: false,
  })) as unknown as CleanFilm[];
  const songs: Song[] = films.map(({ id }) => {
    const kind = (id - 1) % 2;
    return outsideSong({
      id: String(id).padStart(22, '0'),
      title: `Song ${id}`,
      artists: [`Artist ${kind} ${Math.floor(id / 2 / SONGS_OF_ARTIST)}`],
      album: '',
      genres: [['disco', 'metal'][kind]!],
      popularity: Math.floor(100 * random()),
    });
  });
  const pairs = films.map(({ id }, i) => ({ trackId: songs[i]!.id, filmId: id, evidence: 'credit' }));
  return {
    songs,
    films,
    pairs,
    extraSongs: [],
    extraPairs: [],
    credits: [],
    text: fitTextSpace(films, SPACE),
    songText: fitTermSpace(songs, songTerms, SPACE),
  };
}

const input = planted();
const corpus = (changes: Partial<FitSettings> = {}) =>
  new Corpus(input, { ...FIT_DEFAULTS, dims: 4, languageWeight: 0, ...changes }, '2026-01-01');
const SONG_GROUPS = ['audio', 'genre', 'artist', 'soundtracks', 'names'].map((name) => `song:${name}`);
const FILM_GROUPS = ['genre', 'language', 'plot', 'era', 'runtime', 'country'].map((name) => `film:${name}`);
const onlySong = (group: string) => SONG_GROUPS.filter((name) => name !== group);

describe('a fit', () => {
  it('finds what was planted, in films that it has not seen', () => {
    // A film of the same kind is as right as the true one: three quarters is all that can be had.
    expect(crossValidate(corpus({ beta: 0 })).auc).toBeGreaterThan(0.72);
  });

  it('learns from the artists’ other soundtracks alone', () => {
    const { auc } = crossValidate(corpus({ beta: 0, without: onlySong('song:soundtracks') }));
    expect(auc).toBeGreaterThan(0.7);
    expect(crossValidate(corpus({ beta: 0, without: SONG_GROUPS })).auc).toBeCloseTo(0.5, 9);
  });

  it('keeps nothing of held films in its table of soundtracks', () => {
    const whole = corpus();
    const held = (id: number) => foldOf(id) === 0;
    const { parts } = fitModel(
      whole,
      whole.examples.filter(({ filmId }) => !held(filmId)),
      held,
    );
    const counted = parts.weights.artistFilms.reduce((sum, n) => sum + n, 0);
    expect(counted).toBe(input.films.filter(({ id }) => !held(id)).length);
    expect(fitModel(whole).parts.weights.artistFilms.reduce((sum, n) => sum + n, 0)).toBe(FILMS);
  });

  it('gives the same model again', () => {
    const [a, b] = [fitModel(corpus()), fitModel(corpus())];
    expect(a.parts).toEqual(b.parts);
  });
});

describe('posters as a group of the film vector', () => {
  const rows = (of: (film: CleanFilm) => number) =>
    new Map(input.films.map((film) => [film.id, Float64Array.of(of(film), 0.1)]));
  const alone = (of: (film: CleanFilm) => number) =>
    crossValidate(
      corpus({
        beta: 0,
        without: FILM_GROUPS,
        visual: { name: 'planted', dims: 2, rows: rows(of), weight: 1 },
      }),
    ).auc;

  it('are worth something where they tell the kinds apart, and nothing where they are all alike', () => {
    expect(alone((film) => (film.genres[0] === 'Horror' ? -1 : 1))).toBeGreaterThan(0.7);
    expect(alone(() => 1)).toBeCloseTo(0.5, 9);
  });

  it('are measured on the films that have one', () => {
    const validated = crossValidate(corpus(), { only: (id) => id <= 60 });
    expect(validated.pairs.map(({ filmId }) => filmId).sort((a, b) => a - b)).toEqual(
      Array.from({ length: 60 }, (_, i) => i + 1),
    );
  });
});
