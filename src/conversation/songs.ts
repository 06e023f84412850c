/** The other way: five songs that feel like a film, or like a mood; and the mood itself, picked feeling by feeling. */
import type { Film, SongMatch, SongsOptions } from '../engine/types.ts';
import { type Words, wordsFor } from '../i18n/index.ts';
import { nonMusicKind } from '../lookup/resolve/non-music.ts';
import { clean } from '../shared/text.ts';
import type { Answer, Control, Form, NoticeAnswer, SongItem } from './answer.ts';
import { filmName, scoreText, songCard, songName } from './cards.ts';
import type { AnswerContext } from './context.ts';
import { FILTER_OPTIONS, filterTexts } from './filters/index.ts';
import { MAX_FEELINGS, moodLabel, OFFERED_FEELINGS } from './moods.ts';
import { notice, sorry } from './notices.ts';
import { MAINSTREAM, type Mainstream, PAGE_SIZE } from './query.ts';
import { refOf, seedOf } from './questions.ts';
import { sayOneEach } from './reasons.ts';
import { songTitle } from './titles.ts';
import { encodeToken, type PageState, type QueryRef } from './tokens.ts';

/** What songs are sought for. */
export type SongsRef = Extract<QueryRef, { kind: 'film' | 'mood' }>;

/** Which songs, and which page of them. */
export interface SongsState extends PageState {
  readonly ref: SongsRef;
}

const songsToken = (state: SongsState, change: Partial<SongsState> = {}) =>
  encodeToken({ action: 'songs', ...state, ...change });

async function itemOf(
  match: SongMatch,
  position: number,
  reason: string,
  mainstream: Mainstream,
  context: AnswerContext,
  words: Words,
): Promise<SongItem> {
  const { song, score } = match;
  const ref = await refOf({ seed: seedOf([song], context), filters: {} }, context);
  return {
    position,
    title: songTitle(song),
    artists: clean(song.artists.join(', '), 200),
    score,
    scoreText: scoreText(score, words),
    reason,
    url: songCard(song, 'described', context, words).url,
    films: {
      action: 'choose',
      label: songName(song),
      description: words.t('songs.films', { song: songName(song) }),
      token: encodeToken({ action: 'show', ref, page: 0, mainstream }),
    },
  };
}

function lineOf({ position, title, artists, scoreText: score, reason }: SongItem): string {
  const name = artists ? `${title} – ${artists}` : title;
  return `${position}  ${name} (${score})${reason && `: ${reason}`}`;
}

/** The form that narrows the songs: their years, and how well known they are. */
function formOf(state: SongsState, words: Words): Form {
  const years = filterTexts(state.ref.filters, words).find(({ option }) => option === 'years');
  return {
    token: encodeToken({ action: 'set-songs', ...state, page: 0 }),
    submit: words.t('songs.apply'),
    fields: [
      { option: FILTER_OPTIONS.years, value: years?.typed ?? '' },
      { option: FILTER_OPTIONS.mainstream, value: state.mainstream },
    ],
  };
}

function headingOf(label: string, count: number, page: number, words: Words): string {
  if (count === 0) return words.t('songs.none', { film: label });
  const from = page * PAGE_SIZE + 1;
  return page > 0
    ? words.t('songs.headingPage', { film: label, from, to: from + count - 1 })
    : words.t('songs.heading', { film: label, count });
}

/** Five songs for a film or a mood. */
export async function songsAnswer(state: SongsState, context: AnswerContext): Promise<Answer> {
  const words = wordsFor(context.locale);
  const engine = context.engine();
  const { ref, page, mainstream } = state;
  const film = ref.kind === 'film' ? engine.film(ref.film) : null;
  if (ref.kind === 'film' && (!film || (film.unfit && !context.audience.ageRestricted))) {
    return sorry(context, 'sorry.filmGone');
  }
  const { years } = ref.filters;
  const options: SongsOptions = {
    limit: PAGE_SIZE,
    offset: page * PAGE_SIZE,
    mainstream: MAINSTREAM[mainstream],
    accepts: (song) => nonMusicKind(song) === null,
    ...(years && { years }),
  };
  const found = engine.songsFor(ref.kind === 'film' ? ref.film : { feel: ref.feel }, options);
  const label = film ? filmName(film, words) : moodLabel(ref.kind === 'mood' ? ref.feel : [], words);
  const reasons = sayOneEach(
    found.matches.map((match) => match.reasons),
    words,
  );
  const songs = await Promise.all(
    found.matches.map((match, at) =>
      itemOf(match, page * PAGE_SIZE + at + 1, reasons[at] ?? '', mainstream, context, words),
    ),
  );
  const controls: Control[] = songs.map((song) => song.films);
  const go = (action: Control['action'], label: string, token: string) =>
    controls.push({ action, label, token });
  if (page > 0) go('previous', words.t('control.previous'), songsToken(state, { page: page - 1 }));
  if (found.more) go('next', words.t('control.next'), songsToken(state, { page: page + 1 }));
  if (ref.kind === 'mood') {
    go('choose', words.t('mood.films'), encodeToken({ action: 'show', ...state, page: 0 }));
  }
  const lines = songs.length > 0 ? songs.map(lineOf) : [words.t('songs.noneLeft')];
  return {
    ...notice(context, 'info', headingOf(label, songs.length, page, words), lines, controls),
    songs,
    form: formOf(state, words),
    token: songsToken(state),
  };
}

/** A button that asks for songs that feel like a film. */
export function songsControl(film: Film, words: Words, mainstream: Mainstream = 'balanced'): Control {
  return {
    action: 'choose',
    label: words.t('songs.offer', { film: filmName(film, words) }),
    token: songsToken({ ref: { kind: 'film', film: film.id, filters: {} }, page: 0, mainstream }),
  };
}

/** How well a text must name a film for it to be offered. */
const NAMES_A_FILM = 0.8;

/** Films that a text names, where a song was expected; at most two. */
export function filmsNamed(text: string, context: AnswerContext, least = NAMES_A_FILM): Film[] {
  return context
    .engine()
    .searchFilms(text, 2)
    .filter(({ film, quality }) => quality >= least && !film.unfit)
    .map(({ film }) => film);
}

const moodRef = (feel: readonly string[]): SongsRef => ({ kind: 'mood', feel, filters: {} });

/** Asks for the next feeling, with what the feelings picked so far lead to. */
export function moodQuestion(
  feel: readonly string[],
  context: AnswerContext,
  unknown: readonly string[] = [],
): NoticeAnswer {
  const words = wordsFor(context.locale);
  const { t } = words;
  const known = context.engine().feelings;
  const state = { page: 0, mainstream: 'balanced' } as const;
  const offered = OFFERED_FEELINGS.filter(
    (name) => !feel.includes(name) && (known.terms.includes(name) || known.worlds.includes(name)),
  );
  const controls: Control[] = [];
  if (feel.length > 0) {
    const ref = moodRef(feel);
    controls.push({
      action: 'choose',
      label: t('mood.films'),
      token: encodeToken({ action: 'show', ref, ...state }),
    });
    controls.push({ action: 'choose', label: t('mood.songs'), token: songsToken({ ref, ...state }) });
  }
  if (feel.length < MAX_FEELINGS) {
    for (const name of offered) {
      const label = feel.length > 0 ? `+ ${moodLabel([name], words)}` : moodLabel([name], words);
      const token = encodeToken({ action: 'mood', ref: moodRef([...feel, name]), ...state });
      controls.push({ action: 'choose', label, token });
    }
  }
  const title = feel.length > 0 ? moodLabel(feel, words) : t('mood.question');
  const lines = [
    ...(unknown.length > 0 ? [t('mood.unknown', { words: clean(unknown.join(', '), 120) })] : []),
    feel.length > 0 ? t('mood.more') : t('mood.start'),
  ];
  return {
    ...notice(
      context,
      unknown.length > 0 && feel.length === 0 ? 'sorry' : 'info',
      title,
      lines,
      controls.slice(0, 25),
    ),
    token: encodeToken({ action: 'mood', ref: moodRef(feel), ...state }),
  };
}
