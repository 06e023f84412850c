/** What the bot needs in a channel, and saying what is missing. */
import { type BaseInteraction, PermissionFlagsBits, type PermissionsBitField } from 'discord.js';
import { wordsFor } from '../../i18n/index.ts';
import { escaped } from './escape.ts';

/** Every permission that the invite asks for, with what it is for (docs/discord.md repeats them). */
export const NEEDED = {
  ViewChannel: 'see the channel that a link or a mention is in',
  SendMessages: 'answer a link or a mention',
  SendMessagesInThreads: 'the same in threads',
  EmbedLinks: 'show films with posters and scores',
  AttachFiles: 'send pictures drawn here: what song and film share, and posters where a film has none',
  ReadMessageHistory: 'reply to the message that holds the link',
} as const;
export type NeededPermission = keyof typeof NEEDED;

/** The invite's `permissions`. */
export const INVITE_PERMISSIONS = (Object.keys(NEEDED) as NeededPermission[]).reduce(
  (bits, name) => bits | PermissionFlagsBits[name],
  0n,
);

/** Whoever manages channels or the server changes what is set. */
export const managesChannel = ({ memberPermissions }: BaseInteraction) =>
  memberPermissions?.any([PermissionFlagsBits.ManageChannels, PermissionFlagsBits.ManageGuild]) === true;

/** What is missing to reply to a message with films. */
export function missingForReply(has: Readonly<PermissionsBitField>, inThread: boolean): NeededPermission[] {
  const send = inThread ? 'SendMessagesInThreads' : 'SendMessages';
  const wanted: NeededPermission[] = ['ViewChannel', send, 'ReadMessageHistory', 'EmbedLinks', 'AttachFiles'];
  return wanted.filter((name) => !has.has(PermissionFlagsBits[name]));
}

/** One sentence that names the missing permissions as the reader's Discord names them; escaped, in italics. */
export function explainMissing(missing: readonly NeededPermission[], locale: string): string {
  const { t, list } = wordsFor(locale);
  const names = list(missing.map((name) => t(`chat.permission.${name}`)));
  // The sentence's own asterisks are markup; the names come from our catalogue.
  return t('chat.need', { permissions: escaped(names) });
}
