/** Messages: a direct one, a mention, a pasted link. Silence for bots, webhooks, edits and the bot itself. */
import {
  ButtonStyle,
  ComponentType,
  type Message,
  MessageFlags,
  MessageType,
  type PermissionsBitField,
} from 'discord.js';
import { askText } from '../../../../commands/index.ts';
import { movieFor } from '../../../../commands/movie-for.ts';
import type { Answer } from '../../../conversation/answer.ts';
import { isSecret } from '../../../conversation/delivery-policy.ts';
import { sorry } from '../../../conversation/notices.ts';
import { pastedSongs } from '../../../conversation/pasted-links.ts';
import { channelSettings } from '../../../conversation/settings.ts';
import { wordsFor } from '../../../i18n/index.ts';
import { firstTime } from '../../common/once.ts';
import { reactToLinks } from '../../common/pasted-link.ts';
import { label } from '../../common/text.ts';
import type { Bot } from '../bot.ts';
import { messageContext, settingsKey } from '../context.ts';
import { offerId } from '../custom-id.ts';
import { noteFailure } from '../failures.ts';
import { max } from '../limits.ts';
import { missingForReply, type NeededPermission } from '../permissions.ts';
import { draw } from '../render/draw.ts';
import type { DiscordMessage } from '../render/index.ts';
import { payload } from '../respond.ts';

/** After Discord refused a reply in a channel, it is left alone for this long. */
const REFUSED_TTL_MS = 10 * 60_000;

/** Permissions without which nothing can be posted. */
const VITAL: ReadonlySet<NeededPermission> = new Set([
  'ViewChannel',
  'SendMessages',
  'SendMessagesInThreads',
]);

const refusedKey = (channel: string) => `discord:refused:${channel}`;

/** What the bot may do in the message's channel; null where it needs no permission or they are not known. */
function mayIn(message: Message): Readonly<PermissionsBitField> | null {
  const { channel, client, guild } = message;
  if (!guild || channel.isDMBased()) return null;
  return channel.permissionsFor(guild.members.me ?? client.user.id);
}

async function post(bot: Bot, message: Message, drawn: DiscordMessage): Promise<void> {
  const missing = missingIn(message);
  const quiet = { ...payload(drawn), flags: MessageFlags.SuppressNotifications as const };
  try {
    if (missing.includes('ReadMessageHistory') && message.channel.isSendable())
      await message.channel.send(quiet);
    // A message that is gone by now gets no answer.
    else await message.reply({ ...quiet, failIfNotExists: true });
    bot.counters.count('message.answered');
  } catch (error) {
    const reason = noteFailure(bot, 'message', error);
    if (reason === 'lost-permission' || reason === 'no-access') {
      await bot.shared.state.set(refusedKey(message.channelId), 1, REFUSED_TTL_MS);
    }
  }
}

function missingIn(message: Message): NeededPermission[] {
  const may = mayIn(message);
  return may ? missingForReply(may, message.channel.isThread()) : [];
}

async function answer(bot: Bot, message: Message, given: Answer, locale: string): Promise<void> {
  await post(bot, message, await draw(given, { ephemeral: false, locale }, mayIn(message)));
}

/** Whether the bot can post here at all; if not, that is counted and logged, as it can't be said here. */
async function canPost(bot: Bot, message: Message): Promise<boolean> {
  const missing = missingIn(message).filter((name) => VITAL.has(name));
  if (missing.length > 0) {
    bot.counters.count('message.no-permission');
    const explained = await bot.cooldowns.explanation.take(message.channelId);
    if (explained.ok) bot.log.info({ channel: message.channelId, missing }, 'Discord: may not answer here');
    return false;
  }
  return (await bot.shared.state.get(refusedKey(message.channelId))) === undefined;
}

/** Somebody speaks to the bot: any words are a question. */
async function onAddressed(bot: Bot, message: Message, text: string): Promise<void> {
  if (!(await canPost(bot, message))) return;
  const context = await messageContext(bot, message);
  const taken = await bot.cooldowns.person.take(message.author.id);
  if (!taken.ok) return bot.counters.count('message.cooldown');
  const given = await askText(text, context);
  // What is for one person alone can't be said where all can read it.
  const said = isSecret(given, message.guild === null)
    ? sorry(context, 'chat.notAlone', { command: `/${movieFor.name}` })
    : given;
  await answer(bot, message, said, context.locale);
}

function offerOf(question: string, locale: string): DiscordMessage | null {
  const id = offerId(question);
  if (!id) return null;
  const text = label(wordsFor(locale).t('chat.offer'), max('buttonLabel'));
  const button = {
    type: ComponentType.Button as const,
    style: ButtonStyle.Secondary as const,
    custom_id: id,
    label: text,
    emoji: { name: '🎬' },
  };
  return {
    content: '',
    embeds: [],
    components: [{ type: ComponentType.ActionRow, components: [button] }],
    files: [],
  };
}

/** Somebody pasted a link in a server without speaking to the bot. */
async function onPasted(bot: Bot, message: Message, songs: readonly string[]): Promise<void> {
  const key = settingsKey(message.channel, message.channelId);
  const { links } = await channelSettings(bot.shared.state, key);
  if (links === 'off') return bot.counters.count('link.off');
  if (!(await canPost(bot, message))) return;
  await reactToLinks(bot, {
    channel: `discord:${message.channelId}`,
    songs,
    mode: links,
    context: () => messageContext(bot, message),
    offer: async (question, { locale }) => {
      const offer = offerOf(question, locale);
      if (offer) await post(bot, message, offer);
      return offer !== null;
    },
    post: (given, { locale }) => answer(bot, message, given, locale),
  });
}

const isPersons = (message: Message) =>
  !message.author.bot &&
  !message.system &&
  message.webhookId === null &&
  message.applicationId === null &&
  (message.type === MessageType.Default || message.type === MessageType.Reply);

async function dispatch(bot: Bot, message: Message): Promise<void> {
  if (!isPersons(message)) return;
  const mention = new RegExp(`<@!?${bot.client.user?.id}>`, 'g');
  const addressed = message.guildId === null || mention.test(message.content);
  const text = message.content.replace(mention, ' ').trim();
  const songs = addressed || !bot.readsMessages ? [] : pastedSongs(text);
  if (!addressed && songs.length === 0) return;
  if (message.guildId === null && text === '') return;
  if (!(await firstTime(bot.shared.state, `discord:message:${message.id}`))) {
    return bot.counters.count('message.duplicate');
  }
  if (addressed) return onAddressed(bot, message, text);
  return onPasted(bot, message, songs);
}

/** Handles one new message. Never throws. */
export async function onMessage(bot: Bot, message: Message): Promise<void> {
  try {
    await dispatch(bot, message);
  } catch (error) {
    noteFailure(bot, 'message', error);
    bot.shared.report?.(error);
  }
}
