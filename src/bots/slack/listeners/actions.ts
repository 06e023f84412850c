/** Pressed buttons. */
import type { App } from '@slack/bolt';
import { runCommand } from '../../../../commands/command.ts';
import { movieFor } from '../../../../commands/movie-for.ts';
import { handleAction } from '../../../conversation/actions.ts';
import type { Answer } from '../../../conversation/answer.ts';
import { type ActionPayload, decodeToken } from '../../../conversation/tokens.ts';
import { wordsFor } from '../../../i18n/index.ts';
import { firstTime } from '../../common/once.ts';
import { remember, tooMany, viewFor } from '../ask.ts';
import type { Bot } from '../bot.ts';
import { VIEWS } from '../constants.ts';
import { type Asker, contextFor, isDirect, personOf } from '../context.ts';
import { keyPart } from '../deliveries.ts';
import { sendFile } from '../export-file.ts';
import { reasonOf } from '../failures.ts';
import { show, showDetail, showFilms } from '../modals.ts';
import { keepOrigin } from '../origin.ts';
import { type Pressed, type PressedMessage, readPressed } from '../pressed.ts';
import { formModal } from '../render/form.ts';
import { drawSentence } from '../render/index.ts';
import { deliver, deliverAnswer, type Place } from '../respond.ts';
import { askerOf } from './asker.ts';

const isSorry = (answer: Answer) => answer.kind === 'notice' && answer.tone === 'sorry';

/** The message is the presser's to change: theirs alone, their own question's, or nobody's in particular. */
function isTheirs(message: PressedMessage, { user }: Asker): boolean {
  return message.ephemeral || isDirect(message.channel) || message.owner === null || message.owner === user;
}

function replyPlace(message: PressedMessage, manner: 'own' | 'all' | 'replace'): Place {
  const { url, channel, ts, thread, ephemeral } = message;
  return { kind: 'reply', url, manner, thread, message: ephemeral || ts === '' ? null : { channel, ts } };
}

/** Answers in the message that was pressed, or to the presser alone where that is somebody else's. */
export async function answerMessage(
  bot: Bot,
  asker: Asker,
  message: PressedMessage,
  answer: Answer,
): Promise<void> {
  const replace =
    isTheirs(message, asker) && (message.ephemeral || isDirect(message.channel) || !isSorry(answer));
  const seenBy = replace && !message.ephemeral ? 'all' : 'alone';
  const view = await viewFor(bot, asker, seenBy);
  await deliverAnswer(bot, asker, replyPlace(message, replace ? 'replace' : 'own'), answer, view);
}

/** Answers wherever the button stands: in its modal or its message. */
async function answerPlace(bot: Bot, asker: Asker, pressed: Pressed, answer: Answer): Promise<void> {
  if (pressed.view) {
    const { id, hash } = pressed.view;
    return showFilms(bot, asker, { kind: 'update', shown: { id, hash } }, answer);
  }
  if (pressed.message) return answerMessage(bot, asker, pressed.message, answer);
  return showFilms(bot, asker, { kind: 'open', trigger: pressed.trigger }, answer);
}

async function onDetails(bot: Bot, asker: Asker, pressed: Pressed): Promise<void> {
  const answer = await handleAction(pressed.value, contextFor(bot, asker, true));
  if (answer.kind !== 'filmDetail') {
    if (pressed.message) {
      const view = await viewFor(bot, asker, 'alone');
      return deliverAnswer(bot, asker, replyPlace(pressed.message, 'own'), answer, view);
    }
    return answerPlace(bot, asker, pressed, answer);
  }
  const { view, message, trigger } = pressed;
  if (view?.callback === VIEWS.details) {
    return showDetail(bot, asker, { kind: 'update', shown: { id: view.id, hash: view.hash } }, answer);
  }
  try {
    await showDetail(bot, asker, { kind: view ? 'push' : 'open', trigger }, answer);
  } catch (error) {
    // Too late for a modal: then as a message, which knows no deadline.
    if (!/trigger/.test(reasonOf(error)) || !message) throw error;
    await deliverAnswer(bot, asker, replyPlace(message, 'own'), answer, await viewFor(bot, asker, 'alone'));
  }
}

async function onVote(bot: Bot, asker: Asker, pressed: Pressed): Promise<void> {
  const context = contextFor(bot, asker, true);
  const noted = await handleAction(pressed.value, context);
  const { view, message } = pressed;
  if (view?.callback === VIEWS.details) {
    const detail = await handleAction(view.metadata, context);
    if (detail.kind === 'filmDetail' && noted.kind === 'notice') {
      const shown = { id: view.id, hash: view.hash };
      return showDetail(bot, asker, { kind: 'update', shown }, detail, noted.lines);
    }
  }
  if (message) {
    await deliverAnswer(bot, asker, replyPlace(message, 'own'), noted, await viewFor(bot, asker, 'alone'));
  }
}

async function onFilters(bot: Bot, asker: Asker, pressed: Pressed): Promise<void> {
  const context = contextFor(bot, asker, true);
  const answer = await handleAction(pressed.value, context);
  if (answer.kind !== 'question' || !answer.form || !pressed.message) {
    return answerPlace(bot, asker, pressed, answer);
  }
  const { url, channel, ts, thread, ephemeral, owner } = pressed.message;
  const from = await keepOrigin(bot.shared.state, { url, channel, ts, thread, ephemeral, owner });
  await show(asker, { kind: 'open', trigger: pressed.trigger }, await formModal(answer.form, from, context));
}

async function onToken(
  bot: Bot,
  asker: Asker,
  pressed: Pressed,
  payload: ActionPayload | null,
): Promise<void> {
  const { message, value } = pressed;
  const isPrivate = !message || message.ephemeral || !isTheirs(message, asker);
  const given = await handleAction(value, contextFor(bot, asker, isPrivate));
  if (payload?.action === 'privacy' && payload.step === 'forget-sure') bot.recent.forget(personOf(asker));
  const answer = given.kind === 'notice' && given.attachment ? await sendFile(bot, asker, given) : given;
  remember(bot, asker, answer);
  await answerPlace(bot, asker, pressed, answer);
}

/** Makes an answer public that only its asker saw; pressing again posts nothing again. */
async function onPost(bot: Bot, asker: Asker, pressed: Pressed): Promise<void> {
  const { message, value } = pressed;
  if (!message) return;
  const once = `slack:post:${keyPart(`${message.channel}:${message.ts}:${value}`)}`;
  if (!(await firstTime(bot.shared.state, once))) return bot.counters.count('post.duplicate');
  const answer = await handleAction(value, contextFor(bot, asker, false));
  const { t } = wordsFor(asker.locale);
  const replace = replyPlace(message, 'replace');
  if (answer.kind !== 'recommendations') {
    return deliverAnswer(bot, asker, replace, answer, await viewFor(bot, asker, 'alone'));
  }
  try {
    const view = await viewFor(bot, asker, 'all');
    await deliverAnswer(bot, asker, replyPlace(message, 'all'), answer, view, asker.user);
  } catch (error) {
    await bot.shared.state.delete(`seen:${once}`);
    await deliver(bot, asker, replyPlace(message, 'own'), drawSentence(t('slack.notShared')));
    throw error;
  }
  await deliver(bot, asker, replace, drawSentence(t('slack.shared')));
}

/** Opens a pasted link's films in place of the button that offered them. */
async function onOffer(bot: Bot, asker: Asker, pressed: Pressed): Promise<void> {
  if (!pressed.message) return;
  const answer = await runCommand(movieFor, { song: pressed.value }, contextFor(bot, asker, false));
  remember(bot, asker, answer);
  await answerMessage(bot, asker, pressed.message, answer);
}

async function onPress(bot: Bot, asker: Asker, pressed: Pressed): Promise<void> {
  if (pressed.verb === 'link') return;
  const refused = await tooMany(bot, asker);
  if (refused) {
    if (!pressed.message) return;
    const place = replyPlace(pressed.message, 'own');
    return deliverAnswer(bot, asker, place, refused, await viewFor(bot, asker, 'alone'));
  }
  if (pressed.verb === 'post') return onPost(bot, asker, pressed);
  if (pressed.verb === 'offer') return onOffer(bot, asker, pressed);
  if (pressed.verb === 'open') {
    const answer = await handleAction(pressed.value, contextFor(bot, asker, true));
    return showFilms(bot, asker, { kind: 'open', trigger: pressed.trigger }, answer);
  }
  const decoded = decodeToken(pressed.value);
  const payload = decoded.kind === 'payload' ? decoded.payload : null;
  switch (payload?.action) {
    case 'details':
      return onDetails(bot, asker, pressed);
    case 'filters':
      return onFilters(bot, asker, pressed);
    case 'vote-up':
    case 'vote-down':
      return onVote(bot, asker, pressed);
    default:
      return onToken(bot, asker, pressed, payload);
  }
}

export function registerActions(app: App, bot: Bot): void {
  app.action({ type: 'block_actions', action_id: /^(?:act|post|offer|open|link):/ }, async (args) => {
    const pressed = readPressed(args.body);
    if (!pressed) return bot.counters.count('action.unreadable');
    const asker = await askerOf(bot, args, args.body.user.id, pressed.message?.channel ?? null);
    await onPress(bot, asker, pressed);
  });
}
