/** A pressed button as Slack reports it, read with care. */
import { z } from 'zod';
import type { Verb } from './render/kit.ts';
import { ownerOf } from './render/view.ts';

const VERBS: readonly Verb[] = ['act', 'post', 'offer', 'open', 'dismiss', 'link'];

const schema = z.object({
  trigger_id: z.string().optional(),
  response_url: z.string().optional(),
  channel: z.object({ id: z.string() }).optional(),
  container: z.object({
    type: z.string(),
    message_ts: z.string().optional(),
    channel_id: z.string().optional(),
    thread_ts: z.string().optional(),
    is_ephemeral: z.boolean().optional(),
  }),
  message: z
    .object({
      thread_ts: z.string().optional(),
      blocks: z.array(z.looseObject({ block_id: z.string().optional() })).optional(),
    })
    .optional(),
  view: z
    .object({
      id: z.string(),
      type: z.string().optional(),
      hash: z.string().optional(),
      callback_id: z.string().optional(),
      private_metadata: z.string().optional(),
    })
    .optional(),
  actions: z
    .array(
      z.object({
        action_id: z.string(),
        value: z.string().optional(),
        selected_option: z.object({ value: z.string() }).nullish(),
      }),
    )
    .min(1),
});

/** The message that a button stands in. */
export interface PressedMessage {
  readonly url: string;
  readonly channel: string;
  readonly ts: string;
  readonly thread: string | null;
  readonly ephemeral: boolean;
  readonly owner: string | null;
}

export interface Pressed {
  readonly verb: Verb;
  readonly value: string;
  readonly trigger: string;
  readonly message: PressedMessage | null;
  readonly view: {
    readonly id: string;
    /** `modal` or `home`. */
    readonly type: string;
    readonly hash: string | undefined;
    readonly callback: string;
    readonly metadata: string;
  } | null;
}

/** Reads the payload of a `block_actions`; null for one that is none of our buttons'. */
export function readPressed(body: unknown): Pressed | null {
  const { data } = schema.safeParse(body);
  const action = data?.actions[0];
  const verb = VERBS.find((name) => action?.action_id.startsWith(`${name}:`));
  if (!data || !action || !verb) return null;
  const { container, message, view, response_url: url } = data;
  const channel = container.channel_id ?? data.channel?.id;
  return {
    verb,
    value: action.value ?? action.selected_option?.value ?? '',
    trigger: data.trigger_id ?? '',
    message:
      url && channel
        ? {
            url,
            channel,
            ts: container.message_ts ?? '',
            thread: container.thread_ts ?? message?.thread_ts ?? null,
            ephemeral: container.is_ephemeral === true,
            owner: ownerOf(message?.blocks),
          }
        : null,
    view: view
      ? {
          id: view.id,
          type: view.type ?? 'modal',
          hash: view.hash,
          callback: view.callback_id ?? '',
          metadata: view.private_metadata ?? '',
        }
      : null,
  };
}
