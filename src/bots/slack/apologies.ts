/** Who asked and got no answer is told so, where only they see it: by the reply's address, or directly. */
import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import { type MessageKey, wordsFor } from '../../i18n/index.ts';
import type { Bot } from './bot.ts';
import { kindOf, noteFailure } from './failures.ts';
import { drawSentence } from './render/index.ts';
import { reply } from './response-url.ts';
import { call } from './retry.ts';
import { knownOf } from './users.ts';

const schema = z.object({
  type: z.string().optional(),
  response_url: z.string().optional(),
  team_id: z.string().nullish(),
  team: z.object({ id: z.string() }).nullish(),
  user_id: z.string().optional(),
  user: z.object({ id: z.string() }).optional(),
  event: z.object({ type: z.string(), user: z.string().optional() }).optional(),
});

/** What to say, or null where nobody waits. */
function sentenceOf(
  error: unknown,
  installUrl: string | null,
): { key: MessageKey; params?: { url: string } } | null {
  switch (kindOf(error)) {
    case 'left':
      return null;
    case 'gone':
      return installUrl
        ? { key: 'slack.failed.gone', params: { url: installUrl } }
        : { key: 'slack.failed.goneHere' };
    case 'closed':
      return { key: 'slack.failed.closed' };
    case 'late':
      return { key: 'slack.failed.late' };
    case 'broken':
      return { key: 'sorry.broken' };
  }
}

/** Whom a delivery comes from, where that person waits for an answer. */
function askerIn(body: unknown): { user: string; team: string; url: string | null } | null {
  const { data } = schema.safeParse(body);
  if (!data || data.type === 'block_suggestion') return null;
  const url = data.response_url || null;
  const team = data.team_id ?? data.team?.id ?? '';
  // In a direct conversation the answer itself went where an apology would; of links nobody asked anything.
  if (data.event && data.event.type !== 'app_mention') return null;
  const user = data.event?.user ?? data.user?.id ?? data.user_id;
  return user ? { user, team, url } : null;
}

/**
 * Tells the asker what went wrong. Never throws.
 *
 * @param client null where no token is left to write with
 */
export async function apologise(
  bot: Bot,
  body: unknown,
  client: WebClient | null,
  error: unknown,
): Promise<void> {
  const asker = askerIn(body);
  const said = sentenceOf(error, bot.installUrl);
  if (!asker || !said) return;
  const { user, team, url } = asker;
  try {
    const { locale } = client ? await knownOf(bot, { client, team, user }) : { locale: 'en' };
    const drawn = drawSentence(wordsFor(locale).t(said.key, said.params));
    const byReply = async () => {
      if (!url) return false;
      await reply(url, { ...drawn, response_type: 'ephemeral', replace_original: false });
      return true;
    };
    if (await byReply().catch(() => false)) return bot.counters.count('apology.reply');
    if (!client) return;
    await call(() => client.chat.postMessage({ channel: user, ...drawn }));
    bot.counters.count('apology.direct');
  } catch (failed) {
    noteFailure(bot, 'apology', failed);
  }
}
