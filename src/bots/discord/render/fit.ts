/** Limits of a message as a whole, kept before it goes out. */
import type { APIEmbed } from 'discord.js';
import { cut } from '../../common/text.ts';
import { max } from '../limits.ts';
import type { DiscordMessage } from './message.ts';

/** What Discord counts of an embed, in UTF-16 units. */
export function embedSize(embed: APIEmbed): number {
  const texts = [embed.title, embed.description, embed.footer?.text, embed.author?.name];
  const fields = (embed.fields ?? []).flatMap((field) => [field.name, field.value]);
  return [...texts, ...fields].reduce((sum, text) => sum + (text?.length ?? 0), 0);
}

/** Cuts markdown so that no half escape stays behind. */
export function cutMarkdown(text: string, length: number): string {
  return cut(text, length).replace(/(?<!\\)((?:\\\\)*)\\…$/, '$1…');
}

/** Shortens the longest descriptions until the embeds together keep Discord's total. */
function fitEmbeds(embeds: readonly APIEmbed[]): APIEmbed[] {
  const fitted = embeds.slice(0, max('embeds')).map((embed) => ({ ...embed }));
  for (let round = 0; round <= fitted.length; round += 1) {
    const over = fitted.reduce((sum, embed) => sum + embedSize(embed), 0) - max('embedsTotal');
    if (over <= 0) break;
    const longest = fitted.reduce((a, b) =>
      (a.description?.length ?? 0) >= (b.description?.length ?? 0) ? a : b,
    );
    const left = Math.max(0, (longest.description?.length ?? 0) - over);
    if (left > 0) longest.description = cutMarkdown(longest.description!, left);
    else delete longest.description;
  }
  return fitted;
}

/** The message within every limit that concerns it as a whole. */
export function withinLimits(message: DiscordMessage): DiscordMessage {
  return {
    content: cutMarkdown(message.content, max('content')),
    embeds: fitEmbeds(message.embeds),
    components: message.components.slice(0, max('actionRows')),
    files: message.files.slice(0, max('attachments')),
  };
}
