/** Pressed buttons, chosen options and filled-in forms. */
import {
  type Message,
  type MessageComponentInteraction,
  type ModalSubmitInteraction,
  PermissionFlagsBits,
} from 'discord.js';
import { runCommand } from '../../../../commands/command.ts';
import { movieFor } from '../../../../commands/movie-for.ts';
import { handleAction } from '../../../conversation/actions.ts';
import type { Answer, FilmDetailAnswer } from '../../../conversation/answer.ts';
import {
  expectedMode,
  type PressKind,
  pressKind,
  type ResponseMode,
  settledMode,
} from '../../../conversation/delivery-policy.ts';
import { sorry } from '../../../conversation/notices.ts';
import type { ChannelContext } from '../../../conversation/settings.ts';
import {
  type ActionPayload,
  encodeToken,
  type PageState,
  payloadOf,
  showToken,
} from '../../../conversation/tokens.ts';
import type { Bot } from '../bot.ts';
import { interactionContext } from '../context.ts';
import { type Pressed, readId, sealOf } from '../custom-id.ts';
import { noteFailure } from '../failures.ts';
import { noteNight, showNight } from '../film-night.ts';
import { isSealedBy, ownerSeal, ownership } from '../message-ownership.ts';
import { notePress } from '../posted.ts';
import { draw } from '../render/draw.ts';
import { hiddenValues, renderModal } from '../render/form.ts';
import { render, type View } from '../render/index.ts';
import { hasCards, publicMode, replyWith } from '../reply.ts';
import { answerInTime, edited, type Reply } from '../respond.ts';
import { onSettings } from './settings.ts';

/** Opens a pasted link's films in place of the button that offered them. */
function onOffer(bot: Bot, interaction: MessageComponentInteraction, offered: string): Promise<void> {
  return answerInTime(bot, interaction, 'update', async () => {
    const context = await interactionContext(bot, interaction, false);
    const answer = payloadOf(offered)
      ? await handleAction(offered, context)
      : await runCommand(movieFor, { song: offered }, context);
    return replyWith(bot, interaction, answer, 'update');
  });
}

/** Shows the filters as a form; a form must be the first response, so there is no announcing it. */
async function onFilters(bot: Bot, interaction: MessageComponentInteraction, token: string): Promise<void> {
  try {
    const context = await interactionContext(bot, interaction, true);
    const answer = await handleAction(token, context);
    if ((answer.kind === 'question' || answer.kind === 'notice') && answer.form) {
      await noteNight(bot, interaction, token);
      const seal = sealOf(interaction.customId);
      await interaction.showModal(renderModal(answer.form, interaction.locale, seal));
      return;
    }
    await answerInTime(bot, interaction, 'ephemeral', () => replyWith(bot, interaction, answer, 'ephemeral'));
  } catch (error) {
    noteFailure(bot, 'modal', error);
  }
}

type DetailsPayload = Extract<ActionPayload, PageState & { film: number }>;

/**
 * Details go to the presser alone, and open at once in a message that nobody else sees. Where the message is the
 * presser's own, a button below the details opens them in it for all; a button there closes them.
 */
async function onDetails(
  bot: Bot,
  interaction: MessageComponentInteraction,
  { token, mark, into }: Pick<Extract<Pressed, { kind: 'token' }>, 'token' | 'mark' | 'into'>,
  payload: DetailsPayload,
): Promise<void> {
  if (into !== null) return onOpen(bot, interaction, token, into, payload);
  const owned = await ownership(bot, interaction);
  const inside = owned === 'private';
  const mode: ResponseMode = inside ? 'update' : 'ephemeral';
  await answerInTime(bot, interaction, mode, async () => {
    const context = await interactionContext(bot, interaction, !inside);
    const detail = await handleAction(token, context);
    if (detail.kind !== 'filmDetail') return replyWith(bot, interaction, detail, mode);
    if (!inside) {
      const reachable = owned === 'own' && interaction.inCachedGuild() ? interaction.message.id : null;
      return replyWith(bot, interaction, detail, mode, (_, view) =>
        render(detail, { ...view, ...(reachable && { into: reachable }) }),
      );
    }
    // Details beside which no list stands go on by themselves.
    if (mark === 'inside') return replyWith(bot, interaction, detail, mode);
    return replyInList(bot, interaction, detail, payload, context);
  });
}

/** Shows details within the five films that they belong to, in the message that was pressed. */
async function replyInList(
  bot: Bot,
  interaction: MessageComponentInteraction,
  detail: FilmDetailAnswer,
  page: PageState,
  context: ChannelContext,
): Promise<Reply> {
  const list = await handleAction(showToken(page), context);
  if (list.kind !== 'recommendations') return replyWith(bot, interaction, list, 'update');
  return replyWith(bot, interaction, list, 'update', (_, view) => render(list, view, detail));
}

/** Opens details in the presser's own message, from the ones that only they see. */
function onOpen(
  bot: Bot,
  interaction: MessageComponentInteraction,
  token: string,
  into: string,
  payload: DetailsPayload,
): Promise<void> {
  return answerInTime(bot, interaction, 'update', async () => {
    const context = await interactionContext(bot, interaction, true);
    const detail = await handleAction(token, context);
    const list = await handleAction(showToken(payload), context);
    const message = await ownMessage(bot, interaction, into);
    if (list.kind !== 'recommendations' || detail.kind !== 'filmDetail' || !message) {
      return replyWith(bot, interaction, sorry(context, 'sorry.expired'), 'ephemeral');
    }
    const view: View = {
      locale: interaction.locale,
      ephemeral: false,
      seal: await ownerSeal(bot, interaction.user.id),
      look: hasCards(message) ? 'cards' : 'embeds',
      commandIds: bot.commandIds,
    };
    const drawn = await draw(list, view, interaction.appPermissions, () => render(list, view, detail));
    await message.edit(edited(drawn));
    // The details stay, without the button that has done its work.
    return replyWith(bot, interaction, detail, 'update');
  });
}

/** The presser's own message in this channel; null for one that is gone or somebody else's. */
async function ownMessage(
  bot: Bot,
  interaction: MessageComponentInteraction,
  id: string,
): Promise<Message | null> {
  try {
    const message = await interaction.channel?.messages.fetch(id);
    const mine = await ownerSeal(bot, interaction.user.id);
    return message && isSealedBy(message, mine) ? message : null;
  } catch (error) {
    noteFailure(bot, 'open', error);
    return null;
  }
}

/** Posts what only the presser saw, for all. */
async function onPost(bot: Bot, interaction: MessageComponentInteraction, token: string): Promise<void> {
  const mode = await publicMode(bot, interaction);
  return answerInTime(bot, interaction, mode, async () => {
    const context = await interactionContext(bot, interaction, false);
    const answer = await handleAction(token, context);
    return replyWith(bot, interaction, mode === 'public' ? answer : sorry(context, 'chat.notHere'), mode);
  });
}

/** Everything else that a token may ask for: another page, a vote, a choice. */
async function onToken(
  bot: Bot,
  interaction: MessageComponentInteraction,
  { token, mark }: Pick<Extract<Pressed, { kind: 'token' }>, 'token' | 'mark'>,
  payload: ActionPayload | null,
  kind: PressKind,
): Promise<void> {
  const owned = await ownership(bot, interaction);
  const mode = expectedMode(kind, owned);
  return answerInTime(bot, interaction, mode, async () => {
    const isPrivate = mode === 'ephemeral' || owned === 'private';
    const context = await interactionContext(bot, interaction, isPrivate);
    const answer = await handleAction(token, context);
    if (kind === 'together') await showNight(bot, interaction, answer);
    if (answer.kind === 'filmDetail' && payload?.action === 'set-country' && mark !== 'inside') {
      return replyInList(bot, interaction, answer, payload, context);
    }
    return replyWith(bot, interaction, answer, settledMode(kind, answer, mode));
  });
}

/** Takes a message away: its asker may, and whoever may delete messages there. */
async function onDelete(bot: Bot, interaction: MessageComponentInteraction): Promise<void> {
  const moderates = interaction.memberPermissions?.has(PermissionFlagsBits.ManageMessages) === true;
  if (!moderates && (await ownership(bot, interaction)) === 'others') {
    return answerInTime(bot, interaction, 'ephemeral', async () => {
      const context = await interactionContext(bot, interaction, true);
      return replyWith(bot, interaction, sorry(context, 'chat.notYours'), 'ephemeral');
    });
  }
  try {
    await interaction.deferUpdate();
    await interaction.deleteReply();
    bot.counters.count('message.deleted');
  } catch (error) {
    noteFailure(bot, 'delete', error);
  }
}

/** Acts on a pressed button or a chosen option. */
export async function onPress(bot: Bot, interaction: MessageComponentInteraction): Promise<void> {
  await notePress(bot, interaction.message.id);
  const pressed = readId(interaction.customId);
  switch (pressed.kind) {
    case 'offer':
      return onOffer(bot, interaction, pressed.question);
    case 'delete':
      return onDelete(bot, interaction);
    case 'settings':
      return onSettings(bot, interaction, pressed.field);
    case 'token':
      return onTokenPressed(bot, interaction, pressed);
    case 'choose': {
      const chosen = readId((interaction.isStringSelectMenu() && interaction.values[0]) || '');
      if (chosen.kind === 'delete') return onDelete(bot, interaction);
      const nothing = { kind: 'token', token: '', mark: null, into: null } as const;
      return onTokenPressed(bot, interaction, chosen.kind === 'token' ? chosen : nothing);
    }
  }
}

function onTokenPressed(
  bot: Bot,
  interaction: MessageComponentInteraction,
  pressed: Extract<Pressed, { kind: 'token' }>,
): Promise<void> {
  const { token, mark } = pressed;
  if (mark === 'post') return onPost(bot, interaction, token);
  const payload = payloadOf(token);
  const kind = pressKind(payload);
  if (kind === 'form' || mark === 'form') return onFilters(bot, interaction, token);
  if (payload?.action === 'details') return onDetails(bot, interaction, pressed, payload);
  if (payload?.action === 'share') return onPost(bot, interaction, showToken(payload));
  return onToken(bot, interaction, pressed, payload, kind);
}

/** What was filled in, by field; several choices are joined as they would be typed. */
function typedValues(interaction: ModalSubmitInteraction): Record<string, string> {
  const values: Record<string, string> = {};
  for (const [name, field] of interaction.fields.fields) {
    if ('values' in field && Array.isArray(field.values)) values[name] = field.values.join(', ');
    else if ('value' in field) values[name] = String(field.value ?? '');
  }
  return values;
}

/** What the filters hold that the form did not show. */
async function unshown(token: string, context: ChannelContext): Promise<Record<string, string>> {
  const payload = payloadOf(token);
  if (payload?.action !== 'set-filters') return {};
  const { ref, page, mainstream } = payload;
  const filters = encodeToken({ action: 'filters', ref, page, mainstream });
  const before: Answer = await handleAction(filters, context);
  return before.kind === 'question' && before.form ? hiddenValues(before.form) : {};
}

/** Acts on a filled-in form. */
export async function onForm(bot: Bot, interaction: ModalSubmitInteraction): Promise<void> {
  const owned = await ownership(bot, interaction);
  const { token } = { token: '', ...readId(interaction.customId) };
  const kind = pressKind(payloadOf(token));
  const mode = expectedMode(kind === 'together' ? kind : 'answer', owned);
  await answerInTime(bot, interaction, mode, async () => {
    const context = await interactionContext(bot, interaction, mode === 'ephemeral' || owned === 'private');
    const values = { ...(await unshown(token, context)), ...typedValues(interaction) };
    const answer = await handleAction(token, context, values);
    if (kind === 'together') await showNight(bot, interaction, answer);
    return replyWith(bot, interaction, answer, settledMode(kind, answer, mode));
  });
}
