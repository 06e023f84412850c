/**
 * Answering an interaction in time, once. Discord waits three seconds for the first response: a fast answer
 * is that response, a slow one is announced (`defer`) and follows as an edit.
 */
import {
  type BaseInteraction,
  type ChatInputCommandInteraction,
  type MessageComponentInteraction,
  type MessageContextMenuCommandInteraction,
  MessageFlags,
  type ModalSubmitInteraction,
} from 'discord.js';
import type { ResponseMode } from '../../conversation/delivery-policy.ts';
import { wordsFor } from '../../i18n/index.ts';
import type { Bot } from './bot.ts';
import { noteFailure, reasonOf } from './failures.ts';
import { DEFER_AFTER_MS } from './limits.ts';
import type { DiscordMessage } from './render/message.ts';
import { takenOver } from './taken-over.ts';

export type Answerable =
  | ChatInputCommandInteraction
  | MessageContextMenuCommandInteraction
  | MessageComponentInteraction
  | ModalSubmitInteraction;

export interface Reply {
  readonly message: DiscordMessage;
  readonly mode: ResponseMode;
}

/**
 * What discord.js sends. Cards go without text and embeds, which Discord takes no more beside them.
 *
 * @param more further flags of the message
 */
export function payload<F extends MessageFlags = never>(message: DiscordMessage, ...more: F[]) {
  const files = message.files.map((file) => ({ ...file }));
  const flags = message.cards ? [...more, MessageFlags.IsComponentsV2 as const] : more;
  const sent = { components: [...message.components], files, ...(flags.length > 0 && { flags }) };
  return message.cards ? sent : { content: message.content, embeds: [...message.embeds], ...sent };
}

/** An edit takes away what the message had before. */
export const edited = (message: DiscordMessage) => ({ ...payload(message), attachments: [] });

const alone = (mode: ResponseMode) => (mode === 'ephemeral' ? [MessageFlags.Ephemeral as const] : []);

const canUpdate = (interaction: Answerable) =>
  interaction.isMessageComponent() || (interaction.isModalSubmit() && interaction.isFromMessage());

async function respond(interaction: Answerable, { message, mode }: Reply): Promise<void> {
  if (mode === 'update' && interaction.isMessageComponent()) await interaction.update(edited(message));
  else if (mode === 'update' && interaction.isModalSubmit() && interaction.isFromMessage()) {
    await interaction.update(edited(message));
  } else {
    await interaction.reply(payload(message, ...alone(mode)));
  }
}

/** Whether the interaction was taken over, and its first response stands already. */
const isGoneOnWith = (interaction: Answerable, error: unknown) =>
  takenOver.has(interaction) && reasonOf(error).reason === 'already-answered';

/** Responds; where the process that had the interaction did so before it died, brings its response up to date. */
async function respondOnce(interaction: Answerable, mode: ResponseMode, reply: Reply): Promise<void> {
  try {
    await respond(interaction, reply);
  } catch (error) {
    if (!isGoneOnWith(interaction, error)) throw error;
    interaction.deferred = true;
    await follow(interaction, mode, reply);
  }
}

async function announce(interaction: Answerable, mode: ResponseMode): Promise<void> {
  if (mode === 'update' && interaction.isMessageComponent()) await interaction.deferUpdate();
  else if (mode === 'update' && interaction.isModalSubmit() && interaction.isFromMessage()) {
    await interaction.deferUpdate();
  } else await interaction.deferReply(mode === 'ephemeral' ? { flags: MessageFlags.Ephemeral } : {});
}

/** Announces; where the process that had the interaction did so, or answered, before it died, goes on from there. */
async function announceOnce(interaction: Answerable, mode: ResponseMode): Promise<void> {
  try {
    await announce(interaction, mode);
  } catch (error) {
    if (!isGoneOnWith(interaction, error)) throw error;
    interaction.deferred = true;
  }
}

async function follow(
  interaction: Answerable,
  announced: ResponseMode,
  { message, mode }: Reply,
): Promise<void> {
  // Something to say beside the message, which stays as it is.
  if (announced === 'update' && mode !== 'update') {
    await interaction.followUp(payload(message, ...alone(mode)));
  } else if (announced === 'public' && mode === 'ephemeral') {
    // What concerns one person is not said in the place that was announced to all: that goes away.
    await interaction.deleteReply().catch(() => {});
    await interaction.followUp(payload(message, ...alone(mode)));
  } else await interaction.editReply(edited(message));
}

/** Milliseconds left before a slow answer is announced, given when Discord made the interaction. */
export function deferDelay(madeAt: number, deferAfter = DEFER_AFTER_MS, now = Date.now()): number {
  // A clock that is off must not make every answer late nor every answer deferred for hours.
  return Math.max(0, Math.min(deferAfter, deferAfter - (now - madeAt)));
}

/**
 * Does the work and sends its reply: directly when it is ready in time, else after announcing it.
 *
 * @param expected how the answer will most likely be given; an announcement can't be changed later
 * @param work gives the reply; a failure of it is the caller's to catch
 */
export async function answerInTime(
  bot: Bot,
  interaction: Answerable,
  expected: ResponseMode,
  work: () => Promise<Reply>,
): Promise<void> {
  const mode = expected === 'update' && !canUpdate(interaction) ? 'ephemeral' : expected;
  const working = work();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), deferDelay(interaction.createdTimestamp, bot.deferAfter));
  });
  try {
    const ready = await Promise.race([working, late]);
    if (ready) {
      bot.counters.count('answer.direct');
      return await respondOnce(interaction, mode, ready);
    }
    await announceOnce(interaction, mode);
    bot.counters.count('answer.deferred');
    await follow(interaction, mode, await working);
  } catch (error) {
    working.catch(() => {});
    noteFailure(bot, 'answer', error);
    await apologise(interaction, error);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Says that something of ours broke, such as the state that can't be reached, rather than leaving somebody waiting.
 * Nothing is said where Discord itself refused the answer. Never throws.
 */
export async function apologise(interaction: BaseInteraction, error: unknown): Promise<void> {
  if (reasonOf(error).reason !== 'unexpected' || !interaction.isRepliable()) return;
  const { t } = wordsFor(interaction.locale);
  const content = t('sorry.broken');
  const said = interaction.deferred
    ? interaction.editReply({ content })
    : interaction.replied
      ? interaction.followUp({ content, flags: MessageFlags.Ephemeral })
      : interaction.reply({ content, flags: MessageFlags.Ephemeral });
  await said.catch(() => {});
}
