/** Every interaction: once, not too often, to the part that answers it. Never throws. */
import type { Interaction } from 'discord.js';
import { moviePrivacy } from '../../../../commands/movie-privacy.ts';
import { rememberLocale } from '../../../conversation/last-locale.ts';
import { sorry } from '../../../conversation/notices.ts';
import { payloadOf } from '../../../conversation/tokens.ts';
import { claimDelivery } from '../../common/once.ts';
import type { Bot } from '../bot.ts';
import { interactionContext } from '../context.ts';
import { readId } from '../custom-id.ts';
import { noteFailure } from '../failures.ts';
import { replyWith } from '../reply.ts';
import { type Answerable, answerInTime, apologise } from '../respond.ts';
import { takenOver } from '../taken-over.ts';
import { onForm, onPress } from './actions.ts';
import { onCommand, onMenu, onTyping } from './commands.ts';

async function tooMany(bot: Bot, interaction: Answerable, seconds: number): Promise<void> {
  bot.counters.count('interaction.cooldown');
  await answerInTime(bot, interaction, 'ephemeral', async () => {
    const context = await interactionContext(bot, interaction, true);
    return replyWith(bot, interaction, sorry(context, 'sorry.tooMany', { seconds }), 'ephemeral');
  });
}

/** Whether somebody asks for films rather than about what is kept of them. */
function isAboutFilms(interaction: Interaction): boolean {
  if (interaction.isCommand()) return interaction.commandName !== moviePrivacy.name;
  if (!interaction.isMessageComponent()) return false;
  const pressed = readId(interaction.customId);
  return pressed.kind !== 'token' || payloadOf(pressed.token)?.action !== 'privacy';
}

async function dispatch(bot: Bot, interaction: Interaction): Promise<void> {
  if (interaction.isAutocomplete()) return onTyping(bot, interaction);
  if (!interaction.isRepliable()) return bot.counters.count('interaction.unknown');
  const known =
    interaction.isChatInputCommand() ||
    interaction.isMessageContextMenuCommand() ||
    interaction.isMessageComponent() ||
    interaction.isModalSubmit();
  if (!known) return bot.counters.count('interaction.unknown');
  const taken = await bot.cooldowns.person.take(interaction.user.id);
  if (!taken.ok) return tooMany(bot, interaction, taken.seconds);
  if (isAboutFilms(interaction)) {
    const { user, locale } = interaction;
    await rememberLocale(`discord:${user.id}`, locale, bot.shared.state);
  }
  if (interaction.isChatInputCommand()) return onCommand(bot, interaction);
  if (interaction.isMessageContextMenuCommand()) return onMenu(bot, interaction);
  if (interaction.isModalSubmit()) return onForm(bot, interaction);
  return onPress(bot, interaction);
}

/** Handles one interaction as Discord delivers it; a second delivery of the same one is passed over. */
export async function onInteraction(bot: Bot, interaction: Interaction): Promise<void> {
  try {
    const claim = await claimDelivery(bot.shared.state, `discord:interaction:${interaction.id}`);
    if (!claim) {
      bot.counters.count('interaction.duplicate');
      bot.log.info({ interaction: interaction.id }, 'Discord: the same interaction again, passed over');
      return;
    }
    bot.counters.count(claim.takenOver ? 'interaction.taken-over' : 'interaction.taken');
    if (claim.takenOver) takenOver.add(interaction);
    try {
      await dispatch(bot, interaction);
    } finally {
      await claim.done();
    }
  } catch (error) {
    noteFailure(bot, 'interaction', error);
    bot.shared.report?.(error);
    await apologise(interaction, error);
  }
}
