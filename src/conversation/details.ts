/** The answer about one film. */
import type { Film, MoviesOptions, Profile } from '../engine/types.ts';
import { type Words, wordsFor } from '../i18n/index.ts';
import { clean } from '../shared/text.ts';
import type { Answer, Control, Fact, Link, ProfileSide, Profiles } from './answer.ts';
import { communityVotes } from './ballots.ts';
import { filmName, genreLabels, motifsOf, posterOf, runtimeText, scoreText } from './cards.ts';
import type { AnswerContext } from './context.ts';
import { markControls } from './film-list.ts';
import { passedOver } from './film-marks.ts';
import { sorry } from './notices.ts';
import { engineSeed, pageOf, type Query } from './query.ts';
import { sayReasons, termName } from './reasons.ts';
import { seedLabel, songsOf } from './recommendation.ts';
import { songsControl } from './songs.ts';
import { leaning } from './taste.ts';
import { titleOf } from './titles.ts';
import { encodeToken, type PageState, type QueryRef } from './tokens.ts';
import { watchExtra } from './watching.ts';

/** Longest overview shown, in graphemes; TMDB's own limit is 1,000 characters. */
const MAX_OVERVIEW = 1200;
const NEIGHBOURS = 4;

function factsOf(film: Film, words: Words): Fact[] {
  const { t } = words;
  const rating = words.number(film.rating, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  const facts: Fact[] = [
    {
      name: t('film.released'),
      value: film.releaseDate ? words.date(film.releaseDate) : film.year === null ? '' : String(film.year),
    },
    { name: t('film.runtime'), value: runtimeText(film.runtime, words) },
    { name: t('film.language'), value: clean(words.languageName(film.language), 60) },
    { name: t('film.countries'), value: clean(film.countries.map(words.countryName).join(', '), 120) },
    film.votes > 0
      ? {
          name: t('film.rating'),
          value: t('film.votes', { rating, count: film.votes, votes: words.number(film.votes) }),
          share: film.rating / 10,
        }
      : { name: t('film.rating'), value: t('film.noVotes') },
  ];
  return facts.filter((fact) => fact.value !== '');
}

function linksOf(film: Film, words: Words): Link[] {
  const page = `https://www.themoviedb.org/movie/${film.id}`;
  const links = [{ label: words.t('control.tmdb'), url: page }];
  if (film.imdbId !== null && /^tt\d{5,12}$/.test(film.imdbId)) {
    links.push({ label: words.t('control.imdb'), url: `https://www.imdb.com/title/${film.imdbId}/` });
  }
  return links;
}

/** Terms of one side of the picture, how many of them may be there for being shared, and worlds. */
const MOST_TERMS = 6;
const MOST_SHARED = 4;
const MOST_WORLDS = 2;
/** A strength that both sides must reach for a term to be called shared. */
const LEAST_SHARED = 0.3;

type Strengths = Profile['terms'];

/** What both carry, the strongest first. */
function sharedNames(one: Strengths, other: Strengths): string[] {
  const least = (name: string) => Math.min(one[name] ?? 0, other[name] ?? 0);
  return Object.keys(one)
    .filter((name) => least(name) >= LEAST_SHARED)
    .sort((a, b) => least(b) - least(a));
}

/** The strongest names, among them what is shared. */
function strongest(all: Strengths, shared: readonly string[], most: number): string[] {
  const byStrength = (a: string, b: string) => all[b]! - all[a]!;
  const rest = Object.keys(all).filter((name) => all[name]! > 0 && !shared.includes(name));
  return [...shared, ...rest.sort(byStrength)].slice(0, most).sort(byStrength);
}

/** Song and film side by side, in words. */
export function profilesOf(
  song: Profile,
  film: Profile,
  names: { readonly song: string; readonly film: string },
  words: Words,
): Profiles {
  const terms = sharedNames(song.terms, film.terms).slice(0, MOST_SHARED);
  const worlds = sharedNames(song.worlds, film.worlds).slice(0, MOST_WORLDS);
  const side = (profile: Profile): ProfileSide => ({
    terms: strongest(profile.terms, terms, MOST_TERMS).map((name) => ({
      name: termName(name, words),
      strength: profile.terms[name]!,
      shared: terms.includes(name),
    })),
    worlds: strongest(profile.worlds, worlds, MOST_WORLDS).map((name) => ({
      name: words.name('world', name),
      shared: worlds.includes(name),
    })),
  });
  const both = [
    ...terms.map((name) => termName(name, words)),
    ...worlds.map((name) => words.name('world', name)),
  ];
  const caption = [
    both.length > 0
      ? words.t('profile.caption', { ...names, terms: words.list(both) })
      : words.t('profile.captionNone', names),
    ...(film.basis === 'predicted' ? [words.t('profile.predicted')] : []),
  ];
  return { song: side(song), film: side(film), caption: caption.join(' ') };
}

function controlsOf(film: Film, pageState: PageState, words: Words): Control[] {
  const { t } = words;
  const title = titleOf(film.title);
  const back = encodeToken({ action: 'show', ...pageState });
  const vote = (action: 'vote-up' | 'vote-down') => encodeToken({ action, ...pageState, film: film.id });
  return [
    { action: 'back', label: t('control.back'), token: back },
    {
      action: 'vote-up',
      label: t('control.voteUp'),
      description: t('control.voteUpFull', { title }),
      emoji: '👍',
      token: vote('vote-up'),
    },
    {
      action: 'vote-down',
      label: t('control.voteDown'),
      description: t('control.voteDownFull', { title }),
      emoji: '👎',
      token: vote('vote-down'),
    },
  ];
}

/** Of a film that has just left the catalogue. */
const UNKNOWN: Profile = { terms: {}, worlds: {}, year: null, basis: 'predicted' };

/** The picture that the film has in its answer; its own where it is none of the five. */
function motifOf(
  film: Film,
  query: Query,
  personal: Pick<MoviesOptions, 'votes' | 'passOver' | 'taste'>,
  context: AnswerContext,
): string {
  const { matches } = context.engine().moviesFor(engineSeed(query.seed), { ...pageOf(query), ...personal });
  const films = matches.map((match) => match.film);
  const at = films.findIndex(({ id }) => id === film.id);
  return motifsOf(at < 0 ? [film] : films, context)[Math.max(0, at)]!;
}

/** Everything about one film beside the song it was found for. */
export async function filmDetail(
  query: Query,
  filmId: number,
  context: AnswerContext,
  ref: QueryRef,
): Promise<Answer> {
  const engine = context.engine();
  const words = wordsFor(context.locale);
  const songs = songsOf(query, context);
  if (!songs) return sorry(context, 'sorry.songGone');
  const film = engine.film(filmId);
  // An unfit film is never offered, so only a made-up token can name one.
  if (!film || (film.unfit && !context.audience.ageRestricted)) return sorry(context, 'sorry.filmGone');
  const seed = engineSeed(query.seed);
  const votes = await communityVotes(context);
  const { score, reasons } = engine.match(seed, filmId, votes);
  const pageState: PageState = { ref, page: query.page, mainstream: query.mainstream };
  const song = seedLabel(query, songs, words);
  const title = titleOf(film.title);
  const watch = await watchExtra(film, pageState, context);
  const neighbours = engine
    .looksLike(filmId, NEIGHBOURS + 4)
    .filter((other) => !other.unfit)
    .slice(0, NEIGHBOURS);
  return {
    kind: 'filmDetail',
    private: context.audience.private,
    id: film.id,
    title,
    originalTitle: film.originalTitle === film.title ? '' : clean(film.originalTitle, 200),
    year: film.year === null ? '' : String(film.year),
    tagline: clean(film.tagline, 300),
    overview: clean(film.overview, MAX_OVERVIEW),
    score,
    scoreText: scoreText(score, words),
    genres: genreLabels(film, words),
    rawGenres: film.genres,
    facts: factsOf(film, words),
    reasons: sayReasons(reasons, words),
    poster: posterOf(film, context, words, {
      large: true,
      motif: motifOf(
        film,
        query,
        { votes, passOver: await passedOver(context), taste: await leaning(context) },
        context,
      ),
    }),
    links: [...watch.links, ...linksOf(film, words)],
    ...(watch.note && { watch: watch.note }),
    neighbours: neighbours.map((other) => ({
      action: 'details',
      label: filmName(other, words),
      token: encodeToken({ action: 'details', ...pageState, film: other.id }),
    })),
    songs: { ...songsControl(film, words), label: words.t('songs.like') },
    song,
    profiles: profilesOf(
      engine.songProfile(seed),
      engine.filmProfile(filmId) ?? UNKNOWN,
      { song, film: title },
      words,
    ),
    controls: [...controlsOf(film, pageState, words), ...(await markControls(film, pageState, context))],
    token: encodeToken({ action: 'details', ...pageState, film: film.id }),
    attribution: words.t('answer.attribution'),
  };
}
