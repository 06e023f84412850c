/** Songs and films as the cards of an answer. */
import { isOwnSong } from '../engine/search/recording.ts';
import type { Film, Imputation, Match, Profile, Song } from '../engine/types.ts';
import type { Words } from '../i18n/index.ts';
import { planMotifs } from '../shared/poster-motifs.ts';
import { clean } from '../shared/text.ts';
import type { Control, Fact, FilmCard, Poster, SongCard } from './answer.ts';
import type { AnswerContext } from './context.ts';
import { songTitle, splitTitle, titleOf } from './titles.ts';

const MAX_ARTISTS = 200;
/** TMDB's poster size for cards and for the large picture (pixels of width, from its configuration). */
const CARD_SIZE = 'w342';
const LARGE_SIZE = 'w780';

/** `Title (Year)`, one line. */
export function filmName({ title, year }: Pick<Film, 'title' | 'year'>, words: Words): string {
  return year === null ? titleOf(title) : words.t('film.neighbour', { title: titleOf(title), year });
}

/** `Title` by `Artists`, one line. */
export function songName(song: Song): string {
  const artists = clean(song.artists.join(', '), MAX_ARTISTS);
  return artists ? `${songTitle(song)} – ${artists}` : songTitle(song);
}

function percent(share: number, words: Words): string {
  return words.t('song.percent', { value: Math.round(share * 100) });
}

function soundFacts({ features }: Song, words: Words): Fact[] {
  if (!features) return [];
  const { t } = words;
  const { tempo, energy, valence } = features;
  return [
    // 220 BPM is as fast as Spotify's detector goes, so the bar ends there.
    tempo === null
      ? { name: t('song.tempo'), value: t('song.unknown') }
      : {
          name: t('song.tempo'),
          value: t('song.bpm', { tempo: Math.round(tempo) }),
          share: Math.min(1, tempo / 220),
        },
    { name: t('song.energy'), value: percent(energy, words), share: energy },
    { name: t('song.valence'), value: percent(valence, words), share: valence },
  ];
}

function songFacts(song: Song, words: Words): Fact[] {
  const { t } = words;
  const facts = soundFacts(song, words);
  if (song.popularity !== null) {
    facts.push({
      name: t('song.popularity'),
      value: t('song.outOfHundred', { value: song.popularity }),
      share: song.popularity / 100,
    });
  }
  return facts;
}

/** What was guessed for a song without genres, or an empty text. */
function imputedText(imputed: Imputation, words: Words): string {
  if (imputed.kind === 'none' || imputed.count === 0) return '';
  const key = imputed.kind === 'artist' ? 'song.imputedArtist' : 'song.imputedNearest';
  return words.t(key, { count: imputed.count });
}

/** What a song's feel rests on, as a sentence. */
export function basisText(basis: Profile['basis'], words: Words): string {
  switch (basis) {
    case 'described':
      return words.t('song.basisDescribed');
    case 'artist':
      return words.t('song.basisArtist');
    case 'sound':
    case 'predicted':
      return words.t('song.basisSound');
  }
}

const isSpotifyTrack = (id: string) => /^[A-Za-z0-9]{22}$/.test(id) && !isOwnSong(id);

/** The song as understood. @param basis what its feel rests on */
export function songCard(
  song: Song,
  basis: Profile['basis'],
  context: AnswerContext,
  words: Words,
): SongCard {
  const engine = context.engine();
  const known = engine.song(song.id) !== null;
  const source = [
    words.t(!song.features ? 'song.sourceOwn' : known ? 'song.sourceCatalogue' : 'song.sourceOutside'),
    song.features ? imputedText(engine.imputedFrom(song), words) : '',
    basisText(basis, words),
  ];
  const isTrack = isSpotifyTrack(song.id);
  return {
    id: isTrack ? song.id : null,
    ...splitTitle(song),
    artists: clean(song.artists.join(', '), MAX_ARTISTS),
    facts: songFacts(song, words),
    source: source.filter((text) => text !== '').join(' '),
    url: isTrack ? `https://open.spotify.com/track/${song.id}` : null,
  };
}

/** `1 h 42 min`; empty for an unknown runtime. */
export function runtimeText(minutes: number | null, words: Words): string {
  if (minutes === null || minutes <= 0) return '';
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  if (hours === 0) return words.t('answer.minutes', { minutes: rest });
  if (rest === 0) return words.t('answer.hours', { hours });
  return words.t('answer.hoursMinutes', { hours, minutes: rest });
}

/** The poster's address, or null where only the drawn one can be shown. */
export function posterOf(
  film: Film,
  context: AnswerContext,
  words: Words,
  more: { readonly large?: boolean; readonly motif?: string } = {},
): Poster {
  const title = titleOf(film.title);
  // The path comes from a data set: only TMDB's own form may reach an address.
  const usable =
    context.imageHost !== null && /^\/[A-Za-z0-9_-]{1,60}\.(?:jpg|png|svg|webp)$/.test(film.poster);
  const size = more.large ? LARGE_SIZE : CARD_SIZE;
  return {
    ...(more.motif && { motif: more.motif }),
    url: usable ? `${context.imageHost}/t/p/${size}${film.poster}` : null,
    alt:
      film.year === null
        ? words.t('answer.posterAlt', { title })
        : words.t('answer.posterAltYear', { title, year: film.year }),
  };
}

/** A picture for each drawn poster of an answer, none twice. */
export function motifsOf(films: readonly Film[], context: Pick<AnswerContext, 'engine'>): string[] {
  const engine = context.engine();
  return planMotifs(
    films.map((film) => {
      const profile = engine.filmProfile(film.id);
      return { ...film, ...(profile && { terms: profile.terms, worlds: profile.worlds }) };
    }),
  );
}

/** A score as it is shown: two decimals in the reader's notation. */
export function scoreText(score: number, words: Words): string {
  return words.number(score, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
}

/** Ends of the scale on which a score is drawn, in log-odds: 0.18 and 0.99. */
const [LEAST_ODDS, MOST_ODDS] = [-1.5, 4.5];

/**
 * How far a score's bar reaches, 0…1: in log-odds, since 0.97 leaves half the doubt of 0.94, and on a scale of the
 * score itself nobody would see it.
 */
export function scoreShare(score: number): number {
  const odds = Math.log(score / (1 - score));
  return Math.max(0.02, Math.min(1, (odds - LEAST_ODDS) / (MOST_ODDS - LEAST_ODDS)));
}

/** What a score means. */
export function scoreWhy(score: number, words: Words): string {
  return words.t('film.scoreWhy', { likely: Math.round(score * 100) });
}

/** Scores from which a match is called so; below the last it is weak. A score says how likely a pair fits. */
const SCORE_WORDS = [
  [0.9, 'answer.fit.veryGood'],
  [0.75, 'answer.fit.good'],
  [0.5, 'answer.fit.fair'],
] as const;

/** A score as a word, as figures so near each other say little. */
export function scoreWord(score: number, words: Words): string {
  // By the figure that is shown, so that one figure never has two words.
  const shown = Math.round(score * 100) / 100;
  const named = SCORE_WORDS.find(([least]) => shown >= least);
  return words.t(named ? named[1] : 'answer.fit.weak');
}

/** Genre labels in the reader's language. */
export function genreLabels(film: Film, words: Words): string[] {
  return film.genres.map((genre) => words.name('genre', genre));
}

/** One film of an answer; `details` is the token that opens it, `reason` the sentence to show. */
export function filmCard(
  match: Match,
  position: number,
  details: string,
  reason: string,
  context: AnswerContext,
  words: Words,
  motif?: string,
): FilmCard {
  const { film, score } = match;
  const title = titleOf(film.title);
  const control: Control = {
    action: 'details',
    label: words.t('control.details', { position }),
    description: words.t('control.detailsFull', { position, title }),
    token: details,
  };
  return {
    position,
    id: film.id,
    title,
    year: film.year === null ? '' : String(film.year),
    score,
    scoreText: scoreText(score, words),
    genres: genreLabels(film, words),
    rawGenres: film.genres,
    runtime: runtimeText(film.runtime, words),
    rating:
      film.votes > 0 ? words.number(film.rating, { minimumFractionDigits: 1, maximumFractionDigits: 1 }) : '',
    reason,
    poster: posterOf(film, context, words, motif ? { motif } : {}),
    details: control,
  };
}
