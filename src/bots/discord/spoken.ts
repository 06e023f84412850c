/** What a message's text says aloud, and whether it asks anything. */
import type { Guild, Message } from 'discord.js';
import { MessageFlags } from 'discord.js';
import { commandNamed } from '../../../commands/index.ts';

/**
 * What is no part of what somebody says to everybody: code, quotes, links in `<…>` (their author asked for no
 * preview) and spoilers (discord.com/developers/docs/reference#message-formatting). Each is linear in the text.
 */
const ASIDE: readonly RegExp[] = [
  /```[\s\S]*?(?:```|$)/g,
  /(`{1,2})(?!`)[^`]+?\1(?!`)/g,
  /^>>> [\s\S]*/m,
  /^> .*$/gm,
  /<(?:https?:|spotify:)[^<>\s]*>/gi,
  /\|\|[\s\S]+?\|\|/g,
];

/** The text without code, quotes, links that were wrapped, and spoilers. */
export function saidAloud(content: string): string {
  return ASIDE.reduce((text, aside) => text.replace(aside, ' '), content);
}

/** Whether a link in the message may be reacted to: its author did not take the previews away. */
export const showsLinks = (message: Message) =>
  !message.flags.has(MessageFlags.SuppressEmbeds) && !message.mentions.everyone;

/** The role that Discord made for the bot in a server: people mention it for the bot. */
function ownRole(guild: Guild | null, bot: string): string | null {
  return guild?.roles.cache.find((role) => role.tags?.botId === bot)?.id ?? null;
}

/** Every way of writing the bot's name in a message, as an expression with the flag `g`. */
export function mentionOf(message: Message): RegExp {
  const bot = message.client.user.id;
  const role = ownRole(message.guild, bot);
  return new RegExp(role ? `<@!?${bot}>|<@&${role}>` : `<@!?${bot}>`, 'g');
}

/** `</film-zu:123>`, as Discord writes a command into a message, becomes the command as it is typed. */
export function typedCommands(text: string): string {
  return text.replace(/<(\/[\p{L}\p{M}-]{1,32})(?: [\w -]{1,65})?:\d{1,20}>/gu, (whole, name: string) =>
    commandNamed(name) ? name : whole,
  );
}
