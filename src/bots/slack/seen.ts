/** A message of anybody's as Slack gives it, in the form in which the song of a message is looked for. */
import { z } from 'zod';
import type { SeenEmbed, SeenMessage } from '../common/song-in-message.ts';
import { readText } from './escape.ts';

const attachment = z.object({
  from_url: z.string().nullish(),
  original_url: z.string().nullish(),
  title_link: z.string().nullish(),
  title: z.string().nullish(),
  text: z.string().nullish(),
  author_name: z.string().nullish(),
  service_name: z.string().nullish(),
  fields: z
    .array(z.object({ title: z.unknown(), value: z.unknown() }))
    .max(100)
    .nullish(),
  blocks: z.unknown().optional(),
});
type Attachment = z.infer<typeof attachment>;

export const slackMessage = z.object({
  text: z.string().nullish(),
  thread_ts: z.string().optional(),
  attachments: z.array(attachment).max(100).nullish().catch(null),
  blocks: z.unknown().optional(),
});
export type SlackMessage = z.infer<typeof slackMessage>;

/** Parts of blocks in which words stand. */
const INSIDE = ['title', 'subtitle', 'text', 'body', 'fields', 'elements', 'blocks'] as const;
const MOST_DEPTH = 8;
const MOST_PARTS = 50;

/** `mrkdwn` as the Markdown of other chats. */
const markdown = (text: string) =>
  text
    .replace(/<(https?:[^|>\s]+)\|([^>]*)>/g, '[$2]($1)')
    .replace(/<(https?:[^|>\s]+)>/g, '$1')
    .replace(/(?<![\w*])\*([^*\n]+)\*(?![\w*])/g, '**$1**');

/** The words of blocks, in order: links and bold ones as Markdown. */
function wordsIn(block: unknown, depth = 0): string[] {
  if (typeof block !== 'object' || block === null || depth > MOST_DEPTH) return [];
  if (Array.isArray(block)) return block.slice(0, MOST_PARTS).flatMap((one) => wordsIn(one, depth + 1));
  const parts = block as Readonly<Record<string, unknown>>;
  const { type, text, url, style } = parts;
  if (typeof url === 'string') return [typeof text === 'string' ? `[${text}](${url})` : url];
  if (typeof text === 'string') {
    const bold = (style as { bold?: unknown } | undefined)?.bold === true;
    return [bold ? `**${text}**` : type === 'mrkdwn' ? markdown(text) : text];
  }
  return INSIDE.flatMap((name) => wordsIn(parts[name], depth + 1));
}

function embedOf({ title, text, author_name, service_name, fields, ...urls }: Attachment): SeenEmbed {
  return {
    title,
    url: urls.title_link ?? urls.from_url ?? urls.original_url,
    description: markdown(text ?? ''),
    author: { name: author_name },
    provider: { name: service_name },
    fields: (fields ?? []).map((field) => ({ name: field.title, value: field.value })),
  };
}

/** The message, with what other apps put into blocks and attachments. */
export function seen({ text, attachments, blocks }: SlackMessage): SeenMessage {
  const posted = attachments ?? [];
  const words = [blocks, ...posted.map((one) => one.blocks)].flatMap((one) => wordsIn(one));
  return {
    content: readText(text ?? '') || words.join(' '),
    embeds: posted.map(embedOf),
    components: words.map((content) => ({ content })),
  };
}
