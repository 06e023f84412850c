/** Whose message a button stands in. */
import { type BaseInteraction, type Message, MessageFlags } from 'discord.js';
import { type MessageOwnership, ownershipOf } from '../../conversation/delivery-policy.ts';
import { personHash } from '../../conversation/person-hash.ts';
import type { Bot } from './bot.ts';
import { isDirect } from './context.ts';
import { SEAL_LENGTH, type Seal, sealOf } from './custom-id.ts';

/** What makes a message somebody's own. @param user snowflake */
export async function ownerSeal(bot: Pick<Bot, 'shared'>, user: string): Promise<Seal> {
  const hash = await personHash(`discord:${user}`, bot.shared.state, 'owner:');
  return { kind: 'owner', hash: hash.slice(0, SEAL_LENGTH) };
}

/** An interaction that may stand in a message. */
type InMessage = BaseInteraction & { readonly message?: Message | null; readonly customId?: string };

/**
 * Whose message was pressed in. What the button itself says counts: `referenced_message`, `mentions` and
 * `interaction_metadata` may be absent from a payload. Only messages from before buttons said so are judged by those.
 */
export async function ownership(bot: Pick<Bot, 'shared'>, interaction: InMessage): Promise<MessageOwnership> {
  const { message, customId = '', user } = interaction;
  if (!message) return 'others';
  const seal = sealOf(customId);
  const ephemeral = seal?.kind === 'alone' || message.flags.has(MessageFlags.Ephemeral);
  const direct = isDirect(interaction);
  if (seal?.kind !== 'owner') {
    const owner = message.interactionMetadata?.user.id ?? message.mentions.repliedUser?.id;
    return ownershipOf({ ephemeral, direct, owner }, user.id);
  }
  const mine = await ownerSeal(bot, user.id);
  return ownershipOf({ ephemeral, direct, owner: seal.hash }, mine.kind === 'owner' ? mine.hash : '');
}

/** Every component of a message that can be pressed or chosen from. */
function idsIn(components: readonly unknown[]): string[] {
  return components.flatMap((one) => {
    const { customId, components: inner } = one as { customId?: string | null; components?: unknown[] };
    return [...(customId ? [customId] : []), ...idsIn(inner ?? [])];
  });
}

/** Whether a message says that it is somebody's. */
export function isSealedBy(message: Message, owner: Seal): boolean {
  return idsIn(message.components).some((id) => {
    const seal = sealOf(id);
    return seal?.kind === 'owner' && owner.kind === 'owner' && seal.hash === owner.hash;
  });
}
