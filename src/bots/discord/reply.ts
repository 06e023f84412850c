/** From a neutral answer to the reply of an interaction. */
import { type BaseInteraction, ComponentType, type Message, MessageFlags } from 'discord.js';
import type { Answer } from '../../conversation/answer.ts';
import { isForPresserAlone, type ResponseMode, responseMode } from '../../conversation/delivery-policy.ts';
import type { Bot } from './bot.ts';
import { isDirect } from './context.ts';
import { ownerSeal, ownership } from './message-ownership.ts';
import { draw } from './render/draw.ts';
import type { DiscordMessage, View } from './render/index.ts';
import type { Answerable, Reply } from './respond.ts';
import { type Look, placeSettings, serverSettings } from './settings.ts';

/** Whether a message holds cards: it can never become one with embeds. */
export const hasCards = (message: Message) =>
  message.flags.has(MessageFlags.IsComponentsV2) ||
  message.components.some((one) => one.type === ComponentType.Container);

async function lookOf(bot: Bot, interaction: Answerable, mode: ResponseMode): Promise<Look> {
  const message = 'message' in interaction ? interaction.message : null;
  if (mode === 'update' && message) return hasCards(message) ? 'cards' : 'embeds';
  const { guildId } = interaction;
  return guildId ? (await serverSettings(bot.shared.state, guildId)).look : 'embeds';
}

/** `public`, unless the server's managers want the bot to be seen in other channels only. */
export async function publicMode(bot: Bot, interaction: BaseInteraction): Promise<'public' | 'ephemeral'> {
  const { guildId, channel, channelId } = interaction;
  if (!guildId || !channelId) return 'public';
  const { isAllowed } = await placeSettings(bot.shared.state, guildId, channel, channelId);
  return isAllowed ? 'public' : 'ephemeral';
}

/** Draws the answer for where it goes. @param drawn another drawing than the usual one */
export async function replyWith(
  bot: Bot,
  interaction: Answerable,
  answer: Answer,
  wanted: ResponseMode,
  drawn?: (answer: Answer, view: View) => Promise<DiscordMessage>,
): Promise<Reply> {
  const direct = isDirect(interaction);
  const mode = responseMode(answer, wanted, direct);
  const owned = await ownership(bot, interaction);
  const alone = direct || isForPresserAlone(mode, owned);
  const view: View = {
    locale: interaction.locale,
    ephemeral: alone && !direct,
    seal: alone ? { kind: 'alone' } : await ownerSeal(bot, interaction.user.id),
    look: await lookOf(bot, interaction, mode),
    commandIds: bot.commandIds,
  };
  const may = interaction.guildId === null ? null : interaction.appPermissions;
  return { mode, message: await draw(answer, view, may, drawn) };
}
