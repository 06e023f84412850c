/** Brings what was drawn to its target; draws plainer where Slack refuses the blocks. */
import type { KnownBlock } from '@slack/types';
import type { Answer } from '../../conversation/answer.ts';
import type { ResponseMode } from '../../conversation/delivery-policy.ts';
import type { Bot } from './bot.ts';
import type { Asker } from './context.ts';
import { kindOf, reasonOf } from './failures.ts';
import { drawMessage } from './render/index.ts';
import { type Drawn, paragraph, withoutPictures } from './render/kit.ts';
import type { View } from './render/view.ts';
import { reply } from './response-url.ts';
import { call } from './retry.ts';
import { settleFirst } from './settled.ts';

/** Where a message goes. */
export type DeliveryTarget =
  /** Through the `response_url` of an interaction. */
  | {
      readonly kind: 'reply';
      readonly url: string;
      readonly mode: ResponseMode;
      /** Where to write instead once the address has expired. */
      readonly message: { readonly channel: string; readonly ts: string } | null;
      readonly thread: string | null;
    }
  /** A new message in a conversation that the app is in. */
  | { readonly kind: 'post'; readonly channel: string; readonly thread: string | null }
  /** The same, for the asker alone. */
  | {
      readonly kind: 'whisper';
      readonly channel: string;
      readonly thread: string | null;
      /** Nobody asked: where it can't be said here, it is not said at all. */
      readonly unasked?: boolean;
    };

/** Through the address of an interaction, where no message of ours stands yet: to the asker alone, if not for all. */
export const toAsker = (
  url: string,
  thread: string | null = null,
  mode: ResponseMode = 'ephemeral',
): DeliveryTarget => ({
  kind: 'reply',
  url,
  mode,
  message: null,
  thread,
});

/** What Slack says of blocks that it does not take, a picture that it can't fetch among the causes. */
const REFUSED: ReadonlySet<string> = new Set([
  'invalid_attachments',
  'invalid_blocks',
  'invalid_blocks_format',
  'msg_blocks_too_long',
]);

/** The reply's address is used up or too old. */
const SPENT: ReadonlySet<string> = new Set(['expired_url', 'used_url', 'http-404', 'http-410']);

/** No link in our answers should unfold, least of all into another link for us to answer. */
const QUIET = { unfurl_links: false, unfurl_media: false, link_names: false, parse: 'none' } as const;

async function byReply(
  asker: Asker,
  target: Extract<DeliveryTarget, { kind: 'reply' }>,
  drawn: Drawn,
): Promise<void> {
  const { mode, thread, message } = target;
  try {
    await reply(target.url, {
      ...drawn,
      ...(mode === 'update'
        ? { replace_original: true }
        : { response_type: mode === 'public' ? 'in_channel' : 'ephemeral', replace_original: false }),
      ...(thread !== null && mode !== 'update' && { thread_ts: thread }),
    });
  } catch (error) {
    if (!SPENT.has(reasonOf(error)) || message === null) throw error;
    const { channel, ts } = message;
    if (mode === 'update') {
      await call(() => asker.client.chat.update({ channel, ts, ...drawn }), true);
    } else await post(asker, { kind: mode === 'ephemeral' ? 'whisper' : 'post', channel, thread }, drawn);
  }
}

async function post(
  asker: Asker,
  target: Exclude<DeliveryTarget, { kind: 'reply' }>,
  drawn: Drawn,
): Promise<void> {
  await settleFirst();
  const { client, user } = asker;
  const { channel, thread } = target;
  const message = { channel, ...drawn, ...(thread !== null && { thread_ts: thread }) };
  if (target.kind === 'post') {
    await call(() => client.chat.postMessage({ ...message, ...QUIET }));
    return;
  }
  try {
    await call(() => client.chat.postEphemeral({ ...message, user, link_names: false, parse: 'none' }));
  } catch (error) {
    // What is for one person can be told them directly.
    if (kindOf(error) !== 'closed' || target.unasked) throw error;
    await call(() => client.chat.postMessage({ channel: user, ...drawn, ...QUIET }));
  }
}

/** The same in plainer and plainer words: without cards, without pictures, as one text. */
function* plainer(drawn: Drawn, redrawn: (() => Drawn) | null): Generator<Drawn> {
  yield drawn;
  const list = redrawn?.() ?? drawn;
  if (list !== drawn) yield list;
  const bare: KnownBlock[] = withoutPictures(list.blocks);
  if (bare.length < list.blocks.length || JSON.stringify(bare) !== JSON.stringify(list.blocks)) {
    yield { text: list.text, blocks: bare };
  }
  yield { text: drawn.text, blocks: [paragraph(drawn.text)] };
}

/**
 * Sends a message.
 *
 * @param redrawn the same without the newer blocks, where there are any in it
 * @throws what Slack says where it takes not even plain text
 */
export async function deliver(
  bot: Bot,
  asker: Asker,
  target: DeliveryTarget,
  drawn: Drawn,
  redrawn: (() => Drawn) | null = null,
): Promise<void> {
  const variants = [...plainer(drawn, redrawn)];
  for (const [at, variant] of variants.entries()) {
    try {
      if (target.kind === 'reply') await byReply(asker, target, variant);
      else await post(asker, target, variant);
      bot.counters.count(at === 0 ? 'message.sent' : 'message.sent-plainer');
      return;
    } catch (error) {
      if (!REFUSED.has(reasonOf(error)) || at === variants.length - 1) throw error;
      bot.counters.count('message.blocks-refused');
      bot.log.warn(
        { variant: at, reason: reasonOf(error) },
        'Slack: refused the blocks, trying plainer ones',
      );
    }
  }
}

/** Draws an answer and sends it. */
export function deliverAnswer(
  bot: Bot,
  asker: Asker,
  target: DeliveryTarget,
  answer: Answer,
  view: View,
  sharedBy: string | null = null,
): Promise<void> {
  const plainView = { ...view, layout: 'list' } as const;
  const redrawn = view.layout === 'list' ? null : () => drawMessage(answer, plainView, sharedBy);
  return deliver(bot, asker, target, drawMessage(answer, view, sharedBy), redrawn);
}
