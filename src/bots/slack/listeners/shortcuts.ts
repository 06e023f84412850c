/** “Find films for this song” on a message. */
import type { App } from '@slack/bolt';
import { z } from 'zod';
import { runCommand } from '../../../../commands/command.ts';
import { movieFor } from '../../../../commands/movie-for.ts';
import type { Answer } from '../../../conversation/answer.ts';
import { notice } from '../../../conversation/notices.ts';
import { pastedSongs, questionIn } from '../../../conversation/pasted-links.ts';
import { wordsFor } from '../../../i18n/index.ts';
import type { Bot } from '../bot.ts';
import { FIND_FILMS } from '../constants.ts';
import { type Asker, askerOf, contextFor, remember, tooMany, viewFor } from '../context.ts';
import { readText } from '../escape.ts';
import { type DeliveryTarget, deliverAnswer } from '../respond.ts';

/** Addresses of what a player's app posted under its message. */
const attachment = z.object({
  from_url: z.string().optional(),
  original_url: z.string().optional(),
  title_link: z.string().optional(),
});

const schema = z.object({
  response_url: z.string(),
  user: z.object({ id: z.string() }),
  channel: z.object({ id: z.string() }),
  message: z.object({
    text: z.string().nullish(),
    thread_ts: z.string().optional(),
    attachments: z.array(attachment).max(100).nullish(),
  }),
});
type Chosen = z.infer<typeof schema>;

/** What the message asks: its links, or else its words. */
function questionOf({ text, attachments }: Chosen['message']): string {
  const urls = (attachments ?? []).flatMap((one) => [one.from_url, one.original_url, one.title_link]);
  const words = readText(text ?? '');
  const all = [words, ...urls.filter((url) => url !== undefined)].join(' ');
  return pastedSongs(all).length > 0 ? questionIn(all) : words;
}

async function answerTo(bot: Bot, asker: Asker, chosen: Chosen): Promise<Answer> {
  const refused = await tooMany(bot, asker);
  if (refused) return refused;
  const context = contextFor(bot, asker, true);
  const question = questionOf(chosen.message);
  if (question !== '') return runCommand(movieFor, { song: question }, context);
  return notice(context, 'sorry', wordsFor(asker.locale).t('sorry.title'), [
    wordsFor(asker.locale).t('chat.noSong'),
  ]);
}

export function registerShortcuts(app: App, bot: Bot): void {
  app.shortcut({ callback_id: FIND_FILMS, type: 'message_action' }, async (args) => {
    const chosen = schema.safeParse(args.body).data;
    if (!chosen) return bot.counters.count('shortcut.unreadable');
    const asker = await askerOf(bot, args, chosen.user.id, chosen.channel.id);
    const answer = await answerTo(bot, asker, chosen);
    remember(bot, asker, answer);
    const thread = chosen.message.thread_ts ?? null;
    const target: DeliveryTarget = {
      kind: 'reply',
      url: chosen.response_url,
      mode: 'ephemeral',
      message: null,
      thread,
    };
    await deliverAnswer(bot, asker, target, answer, await viewFor(bot, asker, 'alone'));
  });
}
