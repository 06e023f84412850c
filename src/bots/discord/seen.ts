/** A message of discord.js in the API's form. */
import type { Message } from 'discord.js';
import type { SeenMessage } from '../common/song-in-message.ts';

export function seen(message: Message): SeenMessage {
  const { content, author, embeds, components, messageSnapshots } = message;
  return {
    content,
    author,
    embeds: embeds.map((embed) => embed.toJSON()),
    components: components.map((component) => component.toJSON()),
    message_snapshots: [...(messageSnapshots?.values() ?? [])].map((forwarded) => ({
      message: { content: forwarded.content, embeds: forwarded.embeds.map((embed) => embed.toJSON()) },
    })),
  };
}
