/** Messages: a direct one, one that speaks to the bot, a pasted link. Silence for bots, webhooks and edits. */
import { ButtonStyle, ComponentType, type Message, MessageType } from 'discord.js';
import { askText } from '../../../../commands/index.ts';
import { movieFor } from '../../../../commands/movie-for.ts';
import type { Answer } from '../../../conversation/answer.ts';
import { isApology, isSecret } from '../../../conversation/delivery-policy.ts';
import { sorry } from '../../../conversation/notices.ts';
import { pastedSongs } from '../../../conversation/pasted-links.ts';
import type { ChannelContext } from '../../../conversation/settings.ts';
import { asksAboutThis, isSmallTalk, songAskedFor } from '../../../conversation/small-talk.ts';
import { answerAbout } from '../../common/about-message.ts';
import { claimDelivery } from '../../common/once.ts';
import { type Offered, offerText, reactToLinks } from '../../common/pasted-link.ts';
import { label } from '../../common/text.ts';
import type { Bot } from '../bot.ts';
import { messageContext } from '../context.ts';
import { offerId } from '../custom-id.ts';
import { noteFailure } from '../failures.ts';
import { max } from '../limits.ts';
import { ownerSeal } from '../message-ownership.ts';
import { canPost, mayIn, post } from '../post.ts';
import { draw } from '../render/draw.ts';
import type { DiscordMessage } from '../render/index.ts';
import { type Replied, repliedTo } from '../replied-to.ts';
import { placeSettings } from '../settings.ts';
import { mentionOf, saidAloud, showsLinks, typedCommands } from '../spoken.ts';

/** @returns whether it was posted */
async function answer(bot: Bot, message: Message, given: Answer, locale: string): Promise<boolean> {
  const { guildId, author } = message;
  const look = guildId
    ? (await placeSettings(bot.shared.state, guildId, message.channel, message.channelId)).look
    : 'embeds';
  const seal = guildId ? await ownerSeal(bot, author.id) : ({ kind: 'alone' } as const);
  const view = { ephemeral: false, locale, seal, look, commandIds: bot.commandIds };
  return post(bot, message, await draw(given, view, mayIn(message)));
}

/** How somebody speaks to the bot: in a conversation of two, by its name, or in reply to what it said. */
type Addressed = 'direct' | 'mention' | 'reply';

/** What is asked, or null where nobody asks anything. */
async function answerTo(
  how: Addressed,
  text: string,
  replied: Replied,
  context: ChannelContext,
): Promise<Answer | null> {
  if (how === 'direct') return askText(songAskedFor(text), context);
  if (isSmallTalk(text)) return null;
  if (how === 'reply') {
    const given = text === '' || asksAboutThis(text) ? null : await askText(songAskedFor(text), context);
    // Who talks on below an answer need not be asking.
    return given && !isApology(given) ? given : null;
  }
  if (text !== '' && !asksAboutThis(text)) return askText(songAskedFor(text), context);
  const about = await replied.message();
  if (about) return answerAbout(about, context);
  return text === '' ? askText('', context) : sorry(context, 'chat.noSong');
}

/** Somebody speaks to the bot. */
async function onAddressed(
  bot: Bot,
  message: Message,
  how: Addressed,
  text: string,
  replied: Replied,
): Promise<void> {
  if (!(await canPost(bot, message))) return;
  if (isSmallTalk(text) && how !== 'direct') return bot.counters.count('message.small-talk');
  const person = await bot.cooldowns.person.take(message.author.id);
  const { guildId, channel, channelId } = message;
  const room = guildId ? await bot.cooldowns.channel.take(`discord:${channelId}`) : person;
  if (!person.ok || !room.ok) return bot.counters.count('message.cooldown');
  if (guildId) {
    const { isAllowed } = await placeSettings(bot.shared.state, guildId, channel, channelId);
    if (!isAllowed) return bot.counters.count('message.not-here');
  }
  const context = await messageContext(bot, message);
  const given = await answerTo(how, text, replied, context);
  if (!given) return bot.counters.count('message.not-asked');
  // What is for one person alone can't be said where all can read it.
  const said = isSecret(given, guildId === null)
    ? sorry(context, 'chat.notAlone', { command: `/${movieFor.name}` })
    : given;
  await answer(bot, message, said, context.locale);
}

function offerOf(question: string, offered: Offered, locale: string): DiscordMessage {
  const button = {
    type: ComponentType.Button as const,
    style: ButtonStyle.Secondary as const,
    custom_id: offerId(question, offered.token),
    label: label(offerText(offered, locale), max('buttonLabel')),
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
async function onPasted(bot: Bot, message: Message, guild: string, songs: readonly string[]): Promise<void> {
  const { channel, channelId } = message;
  const { links, isAllowed } = await placeSettings(bot.shared.state, guild, channel, channelId);
  if (links === 'off' || !isAllowed) return bot.counters.count(isAllowed ? 'link.off' : 'link.not-here');
  if (!(await canPost(bot, message))) return;
  await reactToLinks(bot, {
    channel: `discord:${channelId}`,
    songs,
    mode: links,
    context: () => messageContext(bot, message),
    offer: async (question, { locale }, offered) =>
      (await post(bot, message, offerOf(question, offered, locale))) || null,
    post: (given, { locale }) => answer(bot, message, given, locale),
  });
}

const isPersons = (message: Message) =>
  !message.author.bot &&
  !message.system &&
  message.webhookId === null &&
  message.applicationId === null &&
  (message.type === MessageType.Default || message.type === MessageType.Reply);

/** How the message speaks to the bot; null where it does not. An announcement to everyone speaks to nobody. */
async function howAddressed(message: Message, mention: RegExp, replied: Replied): Promise<Addressed | null> {
  if (message.guildId === null) return 'direct';
  if (message.mentions.everyone) return null;
  if (saidAloud(message.content).search(mention) >= 0) return 'mention';
  if (message.type !== MessageType.Reply || message.content === '') return null;
  const bot = message.client.user.id;
  // A reply that pings the bot says so whether or not the message replied to came along.
  return message.mentions.users.has(bot) || (await replied.author()) === bot ? 'reply' : null;
}

async function dispatch(bot: Bot, message: Message, replied: Replied): Promise<void> {
  if (!isPersons(message)) return;
  const mention = mentionOf(message);
  const how = await howAddressed(message, mention, replied);
  const text = typedCommands(message.content.replace(mention, ' ')).trim();
  const songs =
    how !== null || !bot.readsMessages || !showsLinks(message) ? [] : pastedSongs(saidAloud(text));
  if (how === null && songs.length === 0) return;
  if (how === 'direct' && text === '') return;
  const claim = await claimDelivery(bot.shared.state, `discord:message:${message.id}`);
  if (!claim) return bot.counters.count('message.duplicate');
  try {
    if (how !== null) await onAddressed(bot, message, how, text, replied);
    else if (message.guildId !== null) await onPasted(bot, message, message.guildId, songs);
  } finally {
    await claim.done();
  }
}

/** Handles one new message. Never throws. */
export async function onMessage(bot: Bot, message: Message): Promise<void> {
  // Known only while the packet is handled.
  const replied = repliedTo(message);
  try {
    await dispatch(bot, message, replied);
  } catch (error) {
    noteFailure(bot, 'message', error);
    bot.shared.report?.(error);
  }
}
