/** How a film night looks to everyone: who brought what, the films, the votes, and what can be pressed. */
import { z } from 'zod';
import { sides } from '../engine/matching/fairness.ts';
import type { Film } from '../engine/types.ts';
import { type Words, wordsFor } from '../i18n/index.ts';
import { clean } from '../shared/text.ts';
import type { Control, Form, NightFilm, NoticeAnswer } from './answer.ts';
import { filmCard, filmName, motifsOf } from './cards.ts';
import type { AnswerContext } from './context.ts';
import { LIST_SIZE, type Night, shownFilms, voteCount, votesFor } from './nights.ts';
import { notice } from './notices.ts';
import type { OptionSpec } from './options.ts';
import { momentText } from './ritual-times.ts';
import { encodeToken, type NightStep, songRef } from './tokens.ts';

/** People named with their songs; of more, only the names. */
const MOST_LINES = 12;
/** People named for whom a film is close or a stretch. */
const MAX_SONG_TEXT = 2000;

/** @param what `vote`: the film's TMDB id; `take`: the song as tokens name it */
export const nightToken = (
  step: NightStep,
  night: string,
  { film = 0, song = '' }: { film?: number; song?: string } = {},
) => encodeToken({ action: 'night', step, night, film, song });

/** What somebody adds. */
export const NIGHT_SONG = {
  name: 'song',
  kind: 'string',
  description: 'commands.movieNight.option.song',
  label: 'commands.movieFor.label.song',
  required: false,
  maxLength: MAX_SONG_TEXT,
  example: 'Tum Hi Ho, Arijit Singh',
  schema: z.string().max(MAX_SONG_TEXT),
} as const satisfies OptionSpec<string>;

const NIGHT_NAME = {
  name: 'name',
  kind: 'string',
  description: 'night.nameHint',
  label: 'night.name',
  required: false,
  maxLength: 40,
  schema: z.string().max(200),
} as const satisfies OptionSpec<string>;

/** What somebody is called in a film night so far. */
export const nameIn = ({ people, names }: Night, me: string | null): string =>
  people.find(({ id }) => id === me)?.name ?? (me === null ? '' : (names[me] ?? ''));

/** The form that adds a song, or another one instead. @param name what the person is called so far */
export function addForm(id: string, context: AnswerContext, name: string): Form {
  const { t } = wordsFor(context.locale);
  return {
    token: nightToken('add', id),
    title: t('night.question'),
    submit: t('night.add'),
    fields: [
      { option: NIGHT_SONG, value: '' },
      ...(context.name ? [] : [{ option: NIGHT_NAME, value: name }]),
    ],
  };
}

function peopleLines({ people }: Night, words: Words): string[] {
  const named = people.slice(0, MOST_LINES).map(({ name, song }) => words.t('night.person', { name, song }));
  const rest = people.slice(MOST_LINES);
  if (rest.length === 0) return named;
  const names = clean(words.list(rest.map(({ name }) => name)), 600);
  return [...named, words.t('night.others', { count: rest.length, names })];
}

/** Whom the film is closest to, and for whom it is a stretch, in words. */
function sideText({ people }: Night, likings: readonly number[], words: Words): string {
  if (likings.length !== people.length) return '';
  const { closest, stretch } = sides(likings);
  const [near, far] = [people[closest ?? -1]?.name, people[stretch ?? -1]?.name];
  if (near === undefined) return people.length > 1 ? words.t('night.even') : '';
  return far === undefined ? words.t('night.closest', { near }) : words.t('night.sides', { near, far });
}

function filmsOf(
  id: string,
  night: Night,
  me: string | null,
  context: AnswerContext,
  words: Words,
): NightFilm[] {
  const engine = context.engine();
  const found = shownFilms(night).flatMap(({ id: film, likings }) => {
    const record = engine.film(film);
    return record ? [{ film: record, likings }] : [];
  });
  const chosen = night.films.find((film) => film.id === night.chosen);
  const record = chosen && engine.film(chosen.id);
  const all: { film: Film; likings: readonly number[] }[] =
    night.phase === 'done' && chosen && record ? [{ film: record, likings: chosen.likings }] : found;
  const motifs = motifsOf(
    all.map(({ film }) => film),
    context,
  );
  const ref = songRef(night.blend);
  return all.map(({ film, likings }, at) => {
    const position = night.films.findIndex((one) => one.id === film.id) + 1;
    const mean = likings.reduce((sum, one) => sum + one, 0) / Math.max(1, likings.length);
    const details = ref
      ? encodeToken({ action: 'details', ref, page: 0, mainstream: 'balanced', film: film.id })
      : nightToken('show', id);
    const reason = sideText(night, likings, words);
    const match = { film, score: mean, logit: 0, reasons: [] };
    const votes = votesFor(night, film.id);
    return {
      card: filmCard(match, position, details, reason, context, words, motifs[at]),
      chosen: night.chosen === film.id,
      votes,
      mine: me !== null && night.votes[me] === film.id,
      vote:
        night.phase === 'vote' && night.poll === null
          ? {
              action: 'night-vote',
              label: words.t('night.vote', { position, film: clean(filmName(film, words), 50) }),
              description: words.t('night.voteFull', { film: filmName(film, words) }),
              token: nightToken('vote', id, { film: film.id }),
            }
          : null,
    };
  });
}

function filmLine({ card, votes }: NightFilm, words: Words): string {
  const name = card.year ? words.t('film.neighbour', { title: card.title, year: card.year }) : card.title;
  const parts = [card.reason, ...(votes > 0 ? [words.t('night.votes', { count: votes })] : [])];
  const more = parts.filter((part) => part !== '').join(' · ');
  return `${card.position}. ${name}${more && `: ${more}`}`;
}

/** What all are told: what is asked of them, or what was chosen. */
function leadOf(night: Night, films: readonly NightFilm[], context: AnswerContext, words: Words): string[] {
  const { t } = words;
  if (night.phase === 'open') return [t('night.lead'), t('night.joined', { count: night.people.length })];
  const count = voteCount(night);
  if (night.phase === 'vote' && night.poll !== null) return [t('night.leadPoll')];
  if (night.phase === 'vote')
    return [t('night.leadVote'), ...(count > 0 ? [t('night.voted', { count })] : [])];
  const [chosen] = films;
  if (!chosen) return [t('sorry.filmGone')];
  const { title, year } = chosen.card;
  const film = year ? t('film.neighbour', { title, year }) : title;
  const engine = context.engine();
  const tied = night.tied.flatMap((id) => {
    const other = engine.film(id);
    return other ? [filmName(other, words)] : [];
  });
  return [
    t('night.chosen', { film }),
    ...(count === 0 ? [t('night.noVotes')] : []),
    ...(tied.length > 0 ? [t('night.tied', { films: words.list(tied) })] : []),
    ...(night.event
      ? [t('night.planned', { time: momentText(night.event.starts, night.event.zone, night.locale) })]
      : []),
  ];
}

function controlsOf(
  id: string,
  night: Night,
  films: readonly NightFilm[],
  { nights }: AnswerContext,
  words: Words,
): Control[] {
  const button = (step: NightStep, label: string, action: Control['action'] = 'choose'): Control => ({
    action,
    label,
    token: nightToken(step, id),
  });
  const { t } = words;
  if (night.phase === 'open') {
    return [
      { ...button('join', t('night.add')), emoji: '🎵' },
      ...(night.people.length > 0
        ? [button('drop', t('night.drop')), button('close', t('night.close'))]
        : []),
    ];
  }
  if (night.phase === 'done') {
    const plan = night.event ? button('unplan', t('night.unplan')) : button('plan', t('night.plan'));
    return [button('reopen', t('night.voteAgain')), ...(nights ? [plan] : [])];
  }
  if (night.poll !== null) {
    return [
      { ...button('finish', t('night.finish')), emoji: '🍿' },
      button('unpoll', t('night.unpoll')),
      button('reopen', t('night.reopen')),
    ];
  }
  const further = night.more || (night.list + 1) * LIST_SIZE < night.films.length;
  return [
    ...films.flatMap(({ vote }) => vote ?? []),
    ...(night.list > 0 ? [button('previous', t('night.previous'), 'previous')] : []),
    ...(further ? [button('next', t('night.next'), 'next')] : []),
    { ...button('finish', t('night.finish')), emoji: '🍿' },
    ...(nights ? [button('poll', t('night.poll'))] : []),
    button('reopen', t('night.reopen')),
  ];
}

/** The film night as all see it, in the language in which it was opened. @param me keyed hash of whoever asks */
export function boardOf(id: string, night: Night, me: string | null, asked: AnswerContext): NoticeAnswer {
  const context = { ...asked, locale: night.locale };
  const words = wordsFor(night.locale);
  const films = filmsOf(id, night, me, context, words);
  const lead = leadOf(night, films, context, words);
  const people = peopleLines(night, words);
  const lines = [
    ...lead,
    ...(night.phase === 'open' ? people : films.map((film) => filmLine(film, words))),
    ...(night.phase === 'open'
      ? []
      : [
          words.t('night.from', {
            songs: clean(
              words.list(night.people.map(({ name, song }) => words.t('night.person', { name, song }))),
              600,
            ),
          }),
        ]),
  ];
  return {
    ...notice(context, 'info', words.t('night.title'), lines, controlsOf(id, night, films, asked, words)),
    token: nightToken('show', id),
    night: {
      revision: night.revision,
      people: night.people.map(({ name, song }) => ({ name, song })),
      films,
      form: night.phase === 'open' ? addForm(id, asked, nameIn(night, me)) : null,
      join: nightToken('join', id),
      event: night.event ? { label: words.t('night.toEvent'), url: night.event.url } : null,
      lead,
    },
  };
}
