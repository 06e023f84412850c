/** Pressed buttons, chosen options and filled-in forms. */
import type { MessageComponentInteraction, ModalSubmitInteraction } from 'discord.js';
import { runCommand } from '../../../../commands/command.ts';
import { movieFor } from '../../../../commands/movie-for.ts';
import { handleAction } from '../../../conversation/actions.ts';
import type { Answer } from '../../../conversation/answer.ts';
import {
  expectedMode,
  type PressKind,
  pressKind,
  type ResponseMode,
} from '../../../conversation/delivery-policy.ts';
import type { ChannelContext } from '../../../conversation/settings.ts';
import { type ActionPayload, encodeToken, payloadOf, showToken } from '../../../conversation/tokens.ts';
import { hashOf } from '../../../shared/hash.ts';
import { firstTime } from '../../common/once.ts';
import type { Bot } from '../bot.ts';
import { interactionContext } from '../context.ts';
import { type Mark, readId } from '../custom-id.ts';
import { noteFailure } from '../failures.ts';
import { isPressed, ownership } from '../message-ownership.ts';
import { hiddenValues, renderModal } from '../render/form.ts';
import { renderRecommendations } from '../render/recommendations.ts';
import { replyWith } from '../reply.ts';
import { answerInTime } from '../respond.ts';

/** How long it is remembered that somebody has seen a film's details: while a message is talked about. */
const SEEN_TTL_MS = 24 * 3600_000;

/** Opens a pasted link's films in place of the button that offered them. */
function onOffer(bot: Bot, interaction: MessageComponentInteraction, song: string): Promise<void> {
  return answerInTime(bot, interaction, 'update', async () => {
    const context = await interactionContext(bot, interaction, false);
    return replyWith(interaction, await runCommand(movieFor, { song }, context), 'update');
  });
}

/** Shows the filters as a form; a form must be the first response, so there is no announcing it. */
async function onFilters(bot: Bot, interaction: MessageComponentInteraction, token: string): Promise<void> {
  try {
    const context = await interactionContext(bot, interaction, true);
    const answer = await handleAction(token, context);
    if (answer.kind === 'question' && answer.form) {
      await interaction.showModal(renderModal(answer.form, interaction.locale));
      return;
    }
    await answerInTime(bot, interaction, 'ephemeral', () => replyWith(interaction, answer, 'ephemeral'));
  } catch (error) {
    noteFailure(bot, 'modal', error);
  }
}

type DetailsPayload = Extract<ActionPayload, { film: number }>;

/**
 * Details go to the presser alone. In a message that is the presser's own, pressing again opens them in the
 * message, and closes them; where nobody else sees the message, the first press does so already.
 */
async function onDetails(
  bot: Bot,
  interaction: MessageComponentInteraction,
  token: string,
  payload: DetailsPayload,
  mark: Mark | null,
): Promise<void> {
  const owned = ownership(interaction, interaction.message);
  const isOpen = isPressed(interaction.message, interaction.customId);
  const again = owned === 'own' && mark === null && (isOpen || (await seenBefore(bot, interaction, payload)));
  const inside = owned === 'private' || again;
  const mode: ResponseMode = inside ? 'update' : 'ephemeral';
  await answerInTime(bot, interaction, mode, async () => {
    const context = await interactionContext(bot, interaction, !inside);
    const detail = await handleAction(token, context);
    if (mark === 'inside' || !inside || detail.kind !== 'filmDetail') {
      return replyWith(interaction, detail, mode);
    }
    const list = await handleAction(showToken(payload), context);
    if (list.kind !== 'recommendations') return replyWith(interaction, list, mode);
    const open = isOpen ? null : detail;
    return replyWith(interaction, list, mode, (_, view) => renderRecommendations(list, view, open));
  });
}

/** Whether this person pressed this button before; kept as a hash, so that nobody can read who it was. */
async function seenBefore(
  bot: Bot,
  interaction: MessageComponentInteraction,
  { film }: DetailsPayload,
): Promise<boolean> {
  const name = `${interaction.message.id}:${interaction.user.id}:${film}`;
  return !(await firstTime(bot.shared.state, `discord:details:${hashOf(name, 24)}`, SEEN_TTL_MS));
}

/** Posts what only the presser saw, for all. */
function onPost(bot: Bot, interaction: MessageComponentInteraction, token: string): Promise<void> {
  return answerInTime(bot, interaction, 'public', async () => {
    const context = await interactionContext(bot, interaction, false);
    return replyWith(interaction, await handleAction(token, context), 'public');
  });
}

/** Everything else that a token may ask for: another page, a vote, a choice. */
function onToken(
  bot: Bot,
  interaction: MessageComponentInteraction,
  token: string,
  kind: PressKind,
): Promise<void> {
  const owned = ownership(interaction, interaction.message);
  const mode = expectedMode(kind, owned);
  return answerInTime(bot, interaction, mode, async () => {
    const isPrivate = mode === 'ephemeral' || owned === 'private';
    const context = await interactionContext(bot, interaction, isPrivate);
    return replyWith(interaction, await handleAction(token, context), mode);
  });
}

/** Acts on a pressed button or a chosen option. */
export async function onPress(bot: Bot, interaction: MessageComponentInteraction): Promise<void> {
  const pressed = readId(interaction.customId);
  if (pressed.kind === 'offer') return onOffer(bot, interaction, pressed.question);
  const chosen = interaction.isStringSelectMenu() ? interaction.values[0] : '';
  const token = (pressed.kind === 'token' ? pressed.token : chosen) ?? '';
  const mark = pressed.kind === 'token' ? pressed.mark : null;
  if (mark === 'post') return onPost(bot, interaction, token);
  const payload = payloadOf(token);
  const kind = pressKind(payload);
  if (kind === 'form') return onFilters(bot, interaction, token);
  if (payload?.action === 'details') return onDetails(bot, interaction, token, payload, mark);
  if (payload?.action === 'share') return onPost(bot, interaction, showToken(payload));
  return onToken(bot, interaction, token, kind);
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
  const owned = ownership(interaction, interaction.message);
  const mode = expectedMode('answer', owned);
  await answerInTime(bot, interaction, mode, async () => {
    const context = await interactionContext(bot, interaction, mode === 'ephemeral' || owned === 'private');
    const { token } = { token: '', ...readId(interaction.customId) };
    const values = { ...(await unshown(token, context)), ...typedValues(interaction) };
    return replyWith(interaction, await handleAction(token, context, values), mode);
  });
}
