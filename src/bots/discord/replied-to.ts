/** The message that another replies to, whether or not its payload came with it. */
import { type Client, type Message, MessageType, Routes } from 'discord.js';
import type { SeenMessage } from '../common/song-in-message.ts';

/** A message that may be a reply. */
export interface Replied {
  /** The message replied to; null where there is none, or where it is gone or out of reach. */
  message(): Promise<SeenMessage | null>;
  /** Its author's id. */
  author(): Promise<string | null>;
}

/** What the packet that is being handled came with; discord.js keeps none of it. */
const arriving = new WeakMap<Client, { readonly id: string; readonly replied: SeenMessage | null }>();

/** Keeps what a packet of a message says of the message replied to, while the packet is handled. */
export function whileArriving<T>(client: Client, packet: unknown, handle: () => T): T {
  const { t, d } = (packet ?? {}) as {
    t?: unknown;
    d?: { id?: unknown; referenced_message?: unknown } | null;
  };
  if (t !== 'MESSAGE_CREATE' || typeof d?.id !== 'string' || d.referenced_message === undefined) {
    return handle();
  }
  arriving.set(client, { id: d.id, replied: d.referenced_message as SeenMessage | null });
  try {
    return handle();
  } finally {
    arriving.delete(client);
  }
}

/** The message that this one replies to: from its payload, else asked for when it is needed, once. */
export function repliedTo(message: Message): Replied {
  const came = arriving.get(message.client);
  let known = came?.id === message.id ? Promise.resolve(came.replied) : undefined;
  const fetched = async (): Promise<SeenMessage | null> => {
    const { channelId = message.channelId, messageId } = message.reference ?? {};
    if (message.type !== MessageType.Reply || !messageId) return null;
    try {
      return (await message.client.rest.get(Routes.channelMessage(channelId, messageId))) as SeenMessage;
    } catch {
      return null;
    }
  };
  const replied = () => {
    known ??= fetched();
    return known;
  };
  return {
    message: replied,
    author: async () => {
      const id = (await replied())?.author?.id ?? message.mentions.repliedUser?.id;
      return typeof id === 'string' ? id : null;
    },
  };
}
