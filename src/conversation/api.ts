/** The same answers as data, for programs: what `/api/v1` and the Model Context Protocol server give. */
import type { FoundSong, Match, Seed, Song } from '../engine/types.ts';
import { type Words, wordsFor } from '../i18n/index.ts';
import { nonMusicKind } from '../lookup/resolve/non-music.ts';
import type { Resolution } from '../lookup/resolve/resolution.ts';
import { clean } from '../shared/text.ts';
import { resolveText } from './ask.ts';
import { scoreWhy, songCard } from './cards.ts';
import type { AnswerContext } from './context.ts';
import { profilesOf } from './details.ts';
import { type OptionProblem, type RawValues, readFilters } from './filters/index.ts';
import { MAINSTREAM, MAX_PAGE, PAGE_SIZE } from './query.ts';
import { sayReasons } from './reasons.ts';
import { splitTitle } from './titles.ts';

/** Longest text taken. */
const MAX_TEXT = 1000;
const MAX_FOUND = 10;

/** Why a question of a program has no answer. Its sentence is for people. */
export class ApiProblem extends Error {
  readonly status: 400 | 404 | 409;
  readonly code: 'bad-request' | 'song-unknown' | 'song-unclear' | 'film-unknown';
  /** What may have been meant. */
  readonly candidates: readonly ApiSong[] | readonly ApiFilmName[];

  constructor(
    status: ApiProblem['status'],
    code: ApiProblem['code'],
    message: string,
    candidates: ApiProblem['candidates'] = [],
  ) {
    super(message);
    this.status = status;
    this.code = code;
    this.candidates = candidates;
  }
}

export interface ApiSong {
  readonly id: string;
  readonly title: string;
  readonly artists: readonly string[];
  /** Where it can be heard, or null. */
  readonly url: string | null;
}

export interface ApiFilmName {
  /** TMDB's. */
  readonly id: number;
  readonly title: string;
  readonly year: number | null;
  readonly url: string;
}

const text = (raw: RawValues, name: string) => clean(String(raw[name] ?? ''), MAX_TEXT);

function songOf(song: Song, context: AnswerContext, words: Words): ApiSong {
  const { url } = songCard(song, 'described', context, words);
  return { id: song.id, title: splitTitle(song).title, artists: song.artists, url };
}

const filmNameOf = ({ id, title, year }: Match['film']): ApiFilmName => ({
  id,
  title,
  year,
  url: `https://www.themoviedb.org/movie/${id}`,
});

const round = (score: number) => Number(score.toFixed(3));

/** A page counted from 1. */
function pageOf(raw: RawValues): number {
  const page = raw.page === undefined || raw.page === '' ? 1 : Number(raw.page);
  if (Number.isInteger(page) && page >= 1 && page <= MAX_PAGE + 1) return page - 1;
  throw new ApiProblem(400, 'bad-request', `page must be a whole number from 1 to ${MAX_PAGE + 1}.`);
}

function filtersOf(raw: RawValues, context: AnswerContext) {
  const { t } = wordsFor(context.locale);
  const read = readFilters(raw, context);
  if (read.ok) return { filters: read.filters, mainstream: read.mainstream ?? 'balanced' };
  const say = ({ option, value, problem }: OptionProblem) =>
    t('sorry.value', { name: option, value: clean(value, 60), problem: t(problem) });
  throw new ApiProblem(400, 'bad-request', read.problems.map(say).join(' '));
}

/** The songs that a text means. @throws ApiProblem where it means none, or may mean several */
async function seedFrom(
  raw: RawValues,
  context: AnswerContext,
): Promise<{ seed: Seed; songs: readonly Song[] }> {
  const words = wordsFor(context.locale);
  const asked = text(raw, 'song');
  if (asked === '') throw new ApiProblem(400, 'bad-request', words.t('sorry.emptySong'));
  const artist = text(raw, 'artist');
  const resolution: Resolution = await resolveText(asked, context, artist === '' ? {} : { artist });
  const candidates = (found: readonly FoundSong[]) => found.map(({ song }) => songOf(song, context, words));
  switch (resolution.kind) {
    case 'song':
      return { seed: resolution.song, songs: [resolution.song] };
    case 'blend':
      return { seed: resolution.songs, songs: resolution.songs };
    case 'question': {
      const { why } = resolution;
      throw new ApiProblem(
        409,
        'song-unclear',
        words.t(why.key, why.params),
        candidates(resolution.candidates),
      );
    }
    case 'sorry': {
      const { reason } = resolution;
      throw new ApiProblem(
        404,
        'song-unknown',
        words.t(reason.key, reason.params),
        candidates(resolution.candidates),
      );
    }
  }
}

/** From here on a text names a film. */
const CLEAR = 0.75;

/** The film that a text or a TMDB id means. @throws ApiProblem where it means none */
function filmFrom(raw: RawValues, context: AnswerContext): Match['film'] {
  const { t } = wordsFor(context.locale);
  const engine = context.engine();
  const asked = text(raw, 'film');
  if (asked === '') throw new ApiProblem(400, 'bad-request', t('songs.nameFilm'));
  const byId = /^\d{1,9}$/.test(asked) ? engine.film(Number(asked)) : null;
  const found = byId
    ? [{ film: byId, quality: 1 }]
    : engine.searchFilms(asked, 5).filter(({ film }) => !film.unfit);
  const [first] = found;
  if (first && first.quality >= CLEAR && !first.film.unfit) return first.film;
  const sentence = t('songs.noFilm', { film: clean(asked, 80) });
  throw new ApiProblem(
    404,
    'film-unknown',
    sentence,
    found.map(({ film }) => filmNameOf(film)),
  );
}

/** Five films for a song. Takes `song`, `artist`, `page` and the filters of `/movie-for`. @throws ApiProblem */
export async function filmsForSong(raw: RawValues, context: AnswerContext) {
  const words = wordsFor(context.locale);
  const { filters, mainstream } = filtersOf(raw, context);
  const page = pageOf(raw);
  const { seed, songs } = await seedFrom(raw, context);
  const found = context.engine().moviesFor(seed, {
    limit: PAGE_SIZE,
    offset: page * PAGE_SIZE,
    filters,
    mainstream: MAINSTREAM[mainstream],
  });
  return {
    songs: songs.slice(0, PAGE_SIZE).map((song) => songOf(song, context, words)),
    basis: found.basis,
    page: page + 1,
    more: found.more,
    films: found.matches.map(({ film, score, reasons }) => ({
      ...filmNameOf(film),
      score: round(score),
      reasons: sayReasons(reasons, words),
      genres: film.genres,
      language: film.language,
      runtime: film.runtime,
      rating: film.rating,
    })),
  };
}

/** Five songs for a film. Takes `film` (a title or TMDB id), `years`, `mainstream`, `page`. @throws ApiProblem */
export async function songsForFilm(raw: RawValues, context: AnswerContext) {
  const words = wordsFor(context.locale);
  const { years, mainstream } = raw;
  const read = filtersOf({ years, mainstream }, context);
  const page = pageOf(raw);
  const film = filmFrom(raw, context);
  const found = context.engine().songsFor(film.id, {
    limit: PAGE_SIZE,
    offset: page * PAGE_SIZE,
    mainstream: MAINSTREAM[read.mainstream],
    accepts: (song) => nonMusicKind(song) === null,
    ...(read.filters.years && { years: read.filters.years }),
  });
  return {
    film: filmNameOf(film),
    page: page + 1,
    more: found.more,
    songs: found.matches.map(({ song, score, reasons }) => ({
      ...songOf(song, context, words),
      score: round(score),
      reasons: sayReasons(reasons, words),
    })),
  };
}

/** Score and reasons of one pair. Takes `song`, `artist` and `film`. @throws ApiProblem */
export async function explainMatch(raw: RawValues, context: AnswerContext) {
  const words = wordsFor(context.locale);
  const engine = context.engine();
  const film = filmFrom(raw, context);
  const { seed, songs } = await seedFrom(raw, context);
  const { score, reasons } = engine.match(seed, film.id);
  const profile = engine.filmProfile(film.id);
  const names = { song: splitTitle(songs[0]!).title, film: film.title };
  return {
    songs: songs.slice(0, PAGE_SIZE).map((song) => songOf(song, context, words)),
    film: filmNameOf(film),
    score: round(score),
    meaning: scoreWhy(score, words),
    reasons: sayReasons(reasons, words),
    shared: profile ? profilesOf(engine.songProfile(seed), profile, names, words).caption : '',
  };
}

/** Songs that a text may mean, best first. Takes `text`. @throws ApiProblem */
export async function findSong(raw: RawValues, context: AnswerContext) {
  const words = wordsFor(context.locale);
  const asked = text(raw, 'text');
  if (asked === '') throw new ApiProblem(400, 'bad-request', words.t('sorry.emptySong'));
  const found = context.engine().findSongs(asked, MAX_FOUND);
  return {
    songs: found.map(({ song, quality }) => ({ ...songOf(song, context, words), quality: round(quality) })),
  };
}

/** Films that a text may mean, best first. Takes `text`. @throws ApiProblem */
export async function findFilm(raw: RawValues, context: AnswerContext) {
  const asked = text(raw, 'text');
  if (asked === '') throw new ApiProblem(400, 'bad-request', wordsFor(context.locale).t('songs.nameFilm'));
  const found = context
    .engine()
    .searchFilms(asked, MAX_FOUND)
    .filter(({ film }) => !film.unfit);
  return { films: found.map(({ film, quality }) => ({ ...filmNameOf(film), quality: round(quality) })) };
}
