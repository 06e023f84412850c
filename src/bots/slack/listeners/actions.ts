/** Pressed buttons. */
import type { App } from '@slack/bolt';
import { runCommand } from '../../../../commands/command.ts';
import { movieFor } from '../../../../commands/movie-for.ts';
import { handleAction } from '../../../conversation/actions.ts';
import type { Answer } from '../../../conversation/answer.ts';
import {
  expectedMode,
  isApology,
  isForPresserAlone,
  type MessageOwnership,
  ownershipOf,
  type PressKind,
  pressKind,
  type ResponseMode,
  responseMode,
  settledMode,
} from '../../../conversation/delivery-policy.ts';
import { type ActionPayload, isMark, payloadOf, showToken } from '../../../conversation/tokens.ts';
import { wordsFor } from '../../../i18n/index.ts';
import { firstTimeBy } from '../../common/once.ts';
import type { Bot } from '../bot.ts';
import { VIEWS } from '../constants.ts';
import { type Asker, askerOf, contextFor, isDirect, remember, tooMany, viewFor } from '../context.ts';
import { kindOf } from '../failures.ts';
import { noteNight, showNight } from '../film-night.ts';
import { keptBy } from '../kept.ts';
import { keyPart } from '../key-part.ts';
import { show, showDetail, showFilms } from '../modals.ts';
import { keepOrigin } from '../origin.ts';
import { forgetPerson, noteKept } from '../people.ts';
import { type Pressed, type PressedMessage, readPressed } from '../pressed.ts';
import { formModal } from '../render/form.ts';
import { drawSentence } from '../render/index.ts';
import { type DeliveryTarget, deliver, deliverAnswer } from '../respond.ts';
import { takeAway } from '../response-url.ts';

/** Whose message it is: one without an owner, as a button under a link, may be changed by anyone. */
export function ownership({ ephemeral, channel, owner }: PressedMessage, { user }: Asker): MessageOwnership {
  return ownershipOf({ ephemeral, direct: isDirect(channel), owner }, user);
}

function targetOf(message: PressedMessage, mode: ResponseMode): DeliveryTarget {
  const { url, channel, ts, thread, ephemeral } = message;
  return { kind: 'reply', url, mode, thread, message: ephemeral || ts === '' ? null : { channel, ts } };
}

/** Answers in the message that was pressed, or to the presser alone where that is somebody else's. */
export async function answerMessage(
  bot: Bot,
  asker: Asker,
  message: PressedMessage,
  answer: Answer,
  kind: PressKind = 'answer',
): Promise<void> {
  const wanted = settledMode(kind, answer, expectedMode(kind, ownership(message, asker)));
  const mode = responseMode(answer, wanted, isDirect(message.channel));
  const alone = isForPresserAlone(mode, message.ephemeral ? 'private' : 'own');
  const view = await viewFor(bot, asker, alone ? 'alone' : 'all');
  await deliverAnswer(bot, asker, targetOf(message, mode), answer, view);
}

/** Answers wherever the button stands: in its modal or its message. An apology comes beside, or on top. */
async function answerPressed(
  bot: Bot,
  asker: Asker,
  pressed: Pressed,
  answer: Answer,
  kind: PressKind = 'answer',
): Promise<void> {
  if (pressed.view && isApology(answer)) {
    const how = pressed.view.type === 'modal' ? 'push' : 'open';
    return showFilms(bot, asker, { kind: how, trigger: pressed.trigger }, answer);
  }
  if (pressed.view && answer.kind === 'filmDetail') {
    const { id, hash } = pressed.view;
    return showDetail(bot, asker, { kind: 'update', shown: { id, hash } }, answer);
  }
  if (pressed.view) {
    const { id, hash } = pressed.view;
    const { callback, metadata } = pressed.view;
    // A question in a film's modal leads back to it.
    const film = callback === VIEWS.details && answer.kind === 'question' ? metadata : null;
    return showFilms(bot, asker, { kind: 'update', shown: { id, hash } }, answer, film);
  }
  if (pressed.message) return answerMessage(bot, asker, pressed.message, answer, kind);
  return showFilms(bot, asker, { kind: 'open', trigger: pressed.trigger }, answer);
}

async function onDetails(bot: Bot, asker: Asker, pressed: Pressed): Promise<void> {
  const answer = await handleAction(pressed.value, contextFor(bot, asker, true));
  if (answer.kind !== 'filmDetail') {
    if (pressed.message) return answerMessage(bot, asker, pressed.message, answer, 'details');
    return answerPressed(bot, asker, pressed, answer);
  }
  const { view, message, trigger } = pressed;
  if (view?.callback === VIEWS.details) {
    return showDetail(bot, asker, { kind: 'update', shown: { id: view.id, hash: view.hash } }, answer);
  }
  try {
    await showDetail(bot, asker, { kind: view ? 'push' : 'open', trigger }, answer);
  } catch (error) {
    // Too late for a modal: then as a message, which knows no deadline.
    if (kindOf(error) !== 'late' || !message) throw error;
    await answerMessage(bot, asker, message, answer, 'details');
  }
}

/** A vote, or a mark on a film: said above the details that it was pressed in. */
async function onVote(bot: Bot, asker: Asker, pressed: Pressed, payload: ActionPayload): Promise<void> {
  const context = contextFor(bot, asker, true);
  const noted = await handleAction(pressed.value, context);
  if (!isApology(noted)) {
    // A mark counts as half a vote, too.
    if (isMark(payload.action)) await noteKept(bot.shared.state, asker, 'films');
    await noteKept(bot.shared.state, asker, 'votes');
  }
  const { view, message } = pressed;
  if (view?.callback === VIEWS.details) {
    const detail = await handleAction(view.metadata, context);
    if (detail.kind === 'filmDetail' && noted.kind === 'notice') {
      const shown = { id: view.id, hash: view.hash };
      return showDetail(bot, asker, { kind: 'update', shown }, detail, noted.lines);
    }
  }
  if (view) return answerPressed(bot, asker, pressed, noted);
  if (message) await answerMessage(bot, asker, message, noted, 'note');
}

async function onFilters(bot: Bot, asker: Asker, pressed: Pressed): Promise<void> {
  const context = contextFor(bot, asker, true);
  const answer = await handleAction(pressed.value, context);
  if (answer.kind !== 'question' || !answer.form || !pressed.message) {
    return answerPressed(bot, asker, pressed, answer);
  }
  const { url, channel, ts, thread, ephemeral, owner } = pressed.message;
  await noteNight(bot, pressed.message, pressed.value);
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
  const kind = pressKind(payload);
  const others = kind !== 'together' && message && ownership(message, asker) === 'others';
  const isPrivate = !message || message.ephemeral || others === true;
  const answer = await handleAction(value, contextFor(bot, asker, isPrivate));
  if (payload?.action === 'privacy' && payload.step === 'forget-sure') await forgetPerson(bot, asker);
  const kept = keptBy(payload);
  if (kept) await noteKept(bot.shared.state, asker, kept);
  remember(bot, asker, answer);
  if (message?.ephemeral) await showNight(bot, asker, answer);
  await answerPressed(bot, asker, pressed, answer, kind);
}

/** Makes an answer public that only its asker saw; pressing again posts nothing again. */
async function onPost(bot: Bot, asker: Asker, pressed: Pressed): Promise<void> {
  const { message, value } = pressed;
  if (!message) return;
  const once = `slack:post:${keyPart(`${message.channel}:${message.ts}:${value}`)}`;
  if (!(await firstTimeBy(bot.shared.state, once, asker.delivery)))
    return bot.counters.count('post.duplicate');
  const answer = await handleAction(value, contextFor(bot, asker, false));
  const { t } = wordsFor(asker.locale);
  if (answer.kind !== 'recommendations') {
    return answerMessage(bot, asker, message, answer, 'note');
  }
  try {
    const view = await viewFor(bot, asker, 'all');
    await deliverAnswer(bot, asker, targetOf(message, 'public'), answer, view, asker.user);
  } catch (error) {
    await bot.shared.state.delete(`seen:${once}`);
    await deliver(bot, asker, targetOf(message, 'ephemeral'), drawSentence(t('slack.notShared')));
    throw error;
  }
  await deliver(bot, asker, targetOf(message, 'update'), drawSentence(t('slack.shared')));
}

/** Opens a pasted link's films in place of the button that offered them. */
async function onOffer(bot: Bot, asker: Asker, pressed: Pressed): Promise<void> {
  if (!pressed.message) return;
  const context = contextFor(bot, asker, pressed.message.ephemeral);
  const answer = await runCommand(movieFor, { song: pressed.value }, context);
  remember(bot, asker, answer);
  await answerMessage(bot, asker, pressed.message, answer);
}

async function onPress(bot: Bot, asker: Asker, pressed: Pressed): Promise<void> {
  if (pressed.verb === 'link') return;
  if (pressed.verb === 'dismiss') return pressed.message ? takeAway(pressed.message.url) : undefined;
  const refused = await tooMany(bot, asker);
  if (refused) {
    return pressed.message ? answerMessage(bot, asker, pressed.message, refused, 'note') : undefined;
  }
  if (pressed.verb === 'post') return onPost(bot, asker, pressed);
  if (pressed.verb === 'offer') return onOffer(bot, asker, pressed);
  if (pressed.verb === 'open') {
    const answer = await handleAction(pressed.value, contextFor(bot, asker, true));
    return showFilms(bot, asker, { kind: 'open', trigger: pressed.trigger }, answer);
  }
  const payload = payloadOf(pressed.value);
  const kind = pressKind(payload);
  if (kind === 'form') return onFilters(bot, asker, pressed);
  if (kind === 'details') return onDetails(bot, asker, pressed);
  if (payload?.action === 'share') return onPost(bot, asker, { ...pressed, value: showToken(payload) });
  if (payload && kind === 'note') return onVote(bot, asker, pressed, payload);
  return onToken(bot, asker, pressed, payload);
}

export function registerActions(app: App, bot: Bot): void {
  app.action({ type: 'block_actions', action_id: /^(?:act|post|offer|open|dismiss|link):/ }, async (args) => {
    const pressed = readPressed(args.body);
    if (!pressed) return bot.counters.count('action.unreadable');
    const asker = await askerOf(bot, args, args.body.user.id, pressed.message?.channel ?? null);
    await onPress(bot, asker, pressed);
  });
}
