/** An answer drawn for one place: with embeds and pictures where the bot may send them, else without. */
import { PermissionFlagsBits, type PermissionsBitField } from 'discord.js';
import type { Answer } from '../../../conversation/answer.ts';
import { explainMissing } from '../permissions.ts';
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
  if (may && !may.has(PermissionFlagsBits.EmbedLinks)) {
    return renderPlain(answer, view, explainMissing(['EmbedLinks'], view.locale));
  }
  const message = await drawn(answer, view);
  const pictures =
    answer.kind === 'recommendations' ||
    answer.kind === 'filmDetail' ||
    (answer.kind === 'notice' && answer.shares !== undefined);
  return pictures && may && !may.has(PermissionFlagsBits.AttachFiles) ? withoutFiles(message) : message;
}
