/** Where a film night stands in Discord: the message that all see is kept up to date, wherever somebody pressed. */
import type { MessageComponentInteraction, ModalSubmitInteraction } from 'discord.js';
import type { Answer } from '../../conversation/answer.ts';
import { nightOf, placeNight } from '../../conversation/nights.ts';
import { payloadOf } from '../../conversation/tokens.ts';
import type { Bot } from './bot.ts';
import { sealOf } from './custom-id.ts';
import { noteFailure } from './failures.ts';
import { ownerSeal } from './message-ownership.ts';
import { render, type View } from './render/index.ts';
import { hasCards } from './reply.ts';
import { edited } from './respond.ts';

type Pressed = MessageComponentInteraction | ModalSubmitInteraction;

const isAlone = (interaction: Pressed) =>
  sealOf(interaction.customId)?.kind === 'alone' || interaction.message?.flags.has('Ephemeral') === true;

const placeOf = ({ channelId, message }: Pressed) =>
  channelId && message ? `${channelId}:${message.id}` : null;

/** Remembers the message that a film night's button was pressed in, where all see it. */
export async function noteNight(bot: Bot, interaction: Pressed, token: string): Promise<void> {
  const payload = payloadOf(token);
  const place = placeOf(interaction);
  if (payload?.action !== 'night' || place === null || isAlone(interaction)) return;
  await placeNight(payload.night, place, bot.shared.state);
}

/** Brings the message that all see up to date, where the press came from another one. Never throws. */
export async function showNight(bot: Bot, interaction: Pressed, answer: Answer): Promise<void> {
  const payload = answer.kind === 'notice' && answer.night ? payloadOf(answer.token) : null;
  if (payload?.action !== 'night' || !isAlone(interaction)) return;
  try {
    const [channel = '', message = ''] =
      (await nightOf(payload.night, bot.shared.state))?.place?.split(':') ?? [];
    if (message === '') return;
    const place = await bot.client.channels.fetch(channel);
    const posted = place?.isTextBased() ? await place.messages.fetch(message) : null;
    const view: View = {
      locale: interaction.locale,
      ephemeral: false,
      seal: await ownerSeal(bot, interaction.user.id),
      look: posted && hasCards(posted) ? 'cards' : 'embeds',
      commandIds: bot.commandIds,
    };
    await posted?.edit(edited(await render(answer, view)));
  } catch (error) {
    // The next press in it brings it up to date.
    noteFailure(bot, 'film-night', error);
  }
}
