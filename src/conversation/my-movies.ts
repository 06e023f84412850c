/** `/my-movies`: the songs that somebody loves, films for their taste alone, and how far answers lean to it. */
import { type MessageKey, wordsFor } from '../i18n/index.ts';
import { clean } from '../shared/text.ts';
import type { Answer, Control } from './answer.ts';
import { resolveText } from './ask.ts';
import { songName } from './cards.ts';
import { type AnswerContext, privately } from './context.ts';
import { notice, sorry } from './notices.ts';
import { refOf, seedOf } from './questions.ts';
import { changeTaste, forgetTaste, giveSong, LEANS, type Lean, songsOfTaste, tasteOf } from './taste.ts';
import { encodeToken, songRef, type TastePayload } from './tokens.ts';

/** Songs named. */
const MOST_NAMED = 8;

const step = (
  what: TastePayload['step'],
  label: string,
  song = '',
  action: Control['action'] = 'choose',
): Control => ({
  action,
  label,
  token: encodeToken({ action: 'taste', step: what, song }),
});

/** Shows somebody's taste; with a song, adds it first. */
export async function myMovies(song: string, asked: AnswerContext): Promise<Answer> {
  const context = privately(asked);
  const { t } = wordsFor(context.locale);
  if (song.trim() === '') return show(context);
  const found = await resolveText(song, context);
  const choices = (songs: readonly { id: string }[]) =>
    songs.flatMap(({ id }) => {
      const known = context.engine().song(id);
      return known ? [step('add', songName(known), id)] : [];
    });
  if (found.kind === 'question') {
    const songs = found.candidates.slice(0, 10).map((one) => one.song);
    return {
      kind: 'question',
      private: true,
      text: t(found.why.key, found.why.params),
      choices: choices(songs),
    };
  }
  if (found.kind === 'sorry') {
    return notice(context, 'sorry', t('sorry.title'), [t(found.reason.key, found.reason.params)]);
  }
  const songs = (found.kind === 'song' ? [found.song] : found.songs).filter(({ id }) =>
    context.engine().song(id),
  );
  if (songs.length === 0) return sorry(context, 'taste.unknown');
  if (context.readOnly || context.user === null) {
    return { kind: 'question', private: true, text: t('taste.add'), choices: choices(songs.slice(0, 10)) };
  }
  for (const one of [...songs].reverse()) await giveSong(context.user, one.id, context.state);
  return show(context, [t('taste.added', { song: clean(songs.map(songName).join(', '), 200) })]);
}

/** Acts on a button of it. */
export async function tasteStep({ step: what, song }: TastePayload, asked: AnswerContext): Promise<Answer> {
  const context = privately(asked);
  const { state, user } = context;
  if (what === 'show') return show(context);
  if (user === null) return sorry(context, 'taste.nobody');
  switch (what) {
    case 'add': {
      const known = songRef(song)?.kind === 'inline' ? context.engine().song(song) : null;
      if (!known) return sorry(context, 'sorry.songGone');
      await giveSong(user, song, state);
      return show(context, [wordsFor(context.locale).t('taste.added', { song: songName(known) })]);
    }
    case 'forget':
      await forgetTaste(user, state);
      return show(context, [wordsFor(context.locale).t('taste.forgotten')]);
    case 'remember':
    case 'remember-not':
      await changeTaste(
        user,
        () => ({ remember: what === 'remember', ...(what !== 'remember' && { asked: [] }) }),
        state,
      );
      return show(context);
    default:
      await changeTaste(user, () => ({ lean: what }), state);
      return show(context);
  }
}

async function show(context: AnswerContext, said: readonly string[] = []): Promise<Answer> {
  const { t, list } = wordsFor(context.locale);
  const taste = await tasteOf(context);
  const songs = await songsOfTaste(context);
  const given = (taste?.given ?? []).flatMap((id) => context.engine().song(id) ?? []);
  const { lean = 'off', remember = false } = taste ?? {};
  const named = list(given.slice(0, MOST_NAMED).map(songName));
  const films = songs.length > 0 ? [await filmsControl(songs, context)] : [];
  const leans = (Object.keys(LEANS) as Lean[]).map((level) => ({
    ...step(level, t(`taste.lean.${level}` as MessageKey)),
    pressed: level === lean,
  }));
  const lines = [
    ...said,
    given.length > 0 ? t('taste.given', { count: given.length, songs: named }) : t('taste.none'),
    ...(songs.length > 0 ? [t('taste.rests', { count: songs.length })] : []),
    t(`taste.now.${lean}` as MessageKey),
    t(remember ? 'taste.remembers' : 'taste.remembersNot'),
  ];
  const controls = [
    ...films,
    ...(songs.length > 0 ? leans : []),
    step(remember ? 'remember-not' : 'remember', t(remember ? 'taste.rememberNot' : 'taste.remember')),
    ...(taste ? [step('forget', t('taste.forget'))] : []),
  ];
  return {
    ...notice(context, 'info', t('taste.title'), lines, controls),
    token: encodeToken({ action: 'taste', step: 'show', song: '' }),
  };
}

/** Asks for films by the taste alone. */
async function filmsControl(
  songs: Awaited<ReturnType<typeof songsOfTaste>>,
  context: AnswerContext,
): Promise<Control> {
  const { t } = wordsFor(context.locale);
  const label = songs.length > 1 ? { label: t('taste.title') } : {};
  const ref = await refOf({ seed: seedOf(songs, context, label), filters: {} }, context);
  const token = encodeToken({ action: 'show', ref, page: 0, mainstream: 'balanced' });
  return { action: 'choose', label: t('taste.films'), token, emoji: '🎬' };
}
