/** `/movie-now`: films for what somebody plays, by the name they have at ListenBrainz. Only that name is kept. */
import { z } from 'zod';
import { wordsFor } from '../i18n/index.ts';
import type { Listen } from '../lookup/listenbrainz/client.ts';
import { UpstreamError } from '../shared/errors.ts';
import { clean } from '../shared/text.ts';
import type { StateStore } from '../state/store.ts';
import type { Answer, Control, Form } from './answer.ts';
import { answerResolution } from './ask.ts';
import { type AnswerContext, privately } from './context.ts';
import { reads } from './filters/index.ts';
import { notice, sorry } from './notices.ts';
import type { OptionSpec } from './options.ts';
import { personHash } from './person-hash.ts';
import { encodeToken, type ListeningStep } from './tokens.ts';

/** Milliseconds that the name is kept after it was given: two years. */
export const LISTENING_TTL_MS = 730 * 24 * 3600_000;

/** Longest name, in characters. */
const MAX_NAME = 64;
const PROFILE = /^https?:\/\/(?:www\.)?listenbrainz\.org\/user\/([^/?#]+)\/?(?:[?#].*)?$/i;

/** The name in what was typed, or in the address of a profile; null where there is none. */
export function readName(text: string): string | null {
  const typed = text.trim();
  const linked = PROFILE.exec(typed)?.[1];
  const name = linked === undefined ? typed.replace(/^@/, '') : decoded(linked);
  // A name of dots alone would lead to another address.
  return name !== '' && name.length <= MAX_NAME && !/^\.+$|[\p{Cc}\p{Cs}/\\]/u.test(name) ? name : null;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}

export const LISTENING_NAME = {
  name: 'name',
  kind: 'string',
  description: 'commands.movieNow.option.name',
  label: 'commands.movieNow.label.name',
  required: false,
  maxLength: 100,
  schema: reads(z.string().max(300), readName, 'now.badName'),
} as const satisfies OptionSpec<string>;

/** The hash under which somebody's name is kept. @param user `<platform>:<id>` */
export const listeningHash = (user: string, state: StateStore) => personHash(user, state, 'listening:');

/** The key of the name under a hash. */
export const listeningUnder = (hash: string) => `listening:${hash}`;

const keyOf = async (user: string, state: StateStore) => listeningUnder(await listeningHash(user, state));

/** The name that somebody gave, or null. */
export async function listeningName({
  user,
  state,
}: Pick<AnswerContext, 'user' | 'state'>): Promise<string | null> {
  const kept = user === null ? null : await state.get<unknown>(await keyOf(user, state));
  return typeof kept === 'string' ? kept : null;
}

/** @returns whether a name was kept */
export async function forgetListening(user: string, state: StateStore): Promise<boolean> {
  return state.delete(await keyOf(user, state));
}

const step = (what: ListeningStep) => encodeToken({ action: 'listening', step: what });
const control = (what: ListeningStep, label: string, emoji?: string): Control => ({
  action: 'choose',
  label,
  token: step(what),
  ...(emoji && { emoji }),
});

function nameForm(context: AnswerContext, name: string): Form {
  const { t } = wordsFor(context.locale);
  const field = { option: { ...LISTENING_NAME, required: true }, value: name };
  return { token: step('set'), title: t('now.title'), submit: t('now.submit'), fields: [field] };
}

/** Films for what is played, saying what that is. */
async function filmsFor(listen: Listen, context: AnswerContext): Promise<Answer> {
  const { t } = wordsFor(context.locale);
  const song = `${clean(listen.title, 120)} – ${clean(listen.artist, 120)}`;
  const said = t(listen.playing ? 'now.playing' : 'now.last', { song });
  const { resolver } = context;
  const resolution = listen.spotify
    ? await resolver.resolve(listen.spotify)
    : await resolver.resolve(listen.title, { artist: listen.artist });
  const answer = await answerResolution(
    resolution,
    { filters: {}, mainstream: 'balanced', page: 0 },
    context,
  );
  if (answer.kind === 'recommendations') return { ...answer, notes: [said, ...answer.notes] };
  if (answer.kind === 'question') return { ...answer, text: `${said} ${answer.text}` };
  return answer.kind === 'notice' ? { ...answer, lines: [said, ...answer.lines] } : answer;
}

/**
 * Films for what somebody plays now, or played last.
 *
 * @param given the name just given, remembered where somebody is known and it exists; null: the one remembered
 */
export async function moviesNow(given: string | null, asked: AnswerContext): Promise<Answer> {
  const context = privately(asked);
  const { t } = wordsFor(context.locale);
  if (given === null && context.playing) return filmsFor(context.playing, context);
  if (!context.listening) return sorry(context, 'now.offline');
  const kept = await listeningName(context);
  const name = given ?? kept;
  const change = control('ask', t(kept === null ? 'now.give' : 'now.change'), '🎧');
  const controls = [change, ...(kept === null ? [] : [control('forget', t('now.forget'))])];
  if (name === null) return notice(context, 'info', t('now.title'), [t('now.how')], [change]);
  const apology = (line: string) => notice(context, 'sorry', t('sorry.title'), [line], controls);
  try {
    const listen = await context.listening.latest(name);
    if (listen === 'nobody') return apology(t('now.nobody', { name: clean(name, MAX_NAME) }));
    if (given !== null && context.user !== null && !context.readOnly)
      await context.state.set(await keyOf(context.user, context.state), name, LISTENING_TTL_MS);
    if (!listen) return apology(t('now.nothing', { name: clean(name, MAX_NAME) }));
    return await filmsFor(listen, context);
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error;
    context.report?.(error);
    return apology(t('now.unreachable'));
  }
}

/** Acts on a button or the form of it. @param name from the form, as typed */
export async function listeningStep(
  what: ListeningStep,
  asked: AnswerContext,
  name: string,
): Promise<Answer> {
  const context = privately(asked);
  const { t } = wordsFor(context.locale);
  if (what === 'show') return moviesNow(null, context);
  const kept = (await listeningName(context)) ?? '';
  const ask = (text: string): Answer => ({
    kind: 'question',
    private: true,
    text,
    choices: [],
    form: nameForm(context, kept),
  });
  if (what === 'ask') return ask(t('now.how'));
  if (what === 'set') {
    const read = readName(name);
    return read === null ? ask(t('now.badName')) : moviesNow(read, context);
  }
  if (context.user !== null) await forgetListening(context.user, context.state);
  return notice(context, 'info', t('now.title'), [t('now.forgotten')]);
}
