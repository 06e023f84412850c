/** An answer drawn for one place: with embeds and pictures where the bot may send them, else without. */
import { PermissionFlagsBits, type PermissionsBitField } from 'discord.js';
import type { Answer } from '../../../conversation/answer.ts';
import { explainMissing } from '../permissions.ts';
import { asCards } from './cards.ts';
import { type DiscordMessage, render, type View } from './index.ts';
import { renderPlain } from './plain.ts';

const isSentAlong = (url: string | undefined) => url?.startsWith('attachment://') === true;

/** The same message without the pictures that would travel with it. */
function withoutFiles(message: DiscordMessage): DiscordMessage {
  const embeds = message.embeds.map(({ image, thumbnail, ...embed }) => ({
    ...embed,
    ...(image && !isSentAlong(image.url) && { image }),
    ...(thumbnail && !isSentAlong(thumbnail.url) && { thumbnail }),
  }));
  return { ...message, embeds, files: [] };
}

/** @param may the bot's permissions there; null where none are needed (direct messages) */
export async function draw(
  answer: Answer,
  view: View,
  may: Readonly<PermissionsBitField> | null,
  drawn: (answer: Answer, view: View) => Promise<DiscordMessage> = render,
): Promise<DiscordMessage> {
  const cards = view.look === 'cards';
  if (may && !may.has(PermissionFlagsBits.EmbedLinks)) {
    const plain = await renderPlain(answer, view, explainMissing(['EmbedLinks'], view.locale));
    // A message of cards stays one, whatever it holds.
    return cards ? asCards(plain) : plain;
  }
  const pictures =
    answer.kind === 'recommendations' ||
    answer.kind === 'filmDetail' ||
    (answer.kind === 'notice' && (answer.shares !== undefined || answer.profiles !== undefined));
  if (!pictures || !may || may.has(PermissionFlagsBits.AttachFiles)) return drawn(answer, view);
  const without = withoutFiles(await drawn(answer, { ...view, look: 'embeds' }));
  return cards ? asCards(without) : without;
}
