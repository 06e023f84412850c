/** Whose message a button stands in. */
import { type BaseInteraction, ButtonStyle, ComponentType, type Message, MessageFlags } from 'discord.js';
import { type MessageOwnership, ownershipOf } from '../../conversation/delivery-policy.ts';
import { isDirect } from './context.ts';

export function ownership(interaction: BaseInteraction, message: Message | null): MessageOwnership {
  if (!message) return 'others';
  return ownershipOf(
    {
      ephemeral: message.flags.has(MessageFlags.Ephemeral),
      direct: isDirect(interaction),
      // A command's answer names who gave the command; a reply to a pasted link, whose link it was.
      owner: message.interactionMetadata?.user.id ?? message.mentions.repliedUser?.id,
    },
    interaction.user.id,
  );
}

/** Whether the button of this id is shown as pressed in the message. */
export function isPressed(message: Message, customId: string): boolean {
  return message.components.some(
    (row) =>
      row.type === ComponentType.ActionRow &&
      row.components.some(
        (one) =>
          one.type === ComponentType.Button && one.customId === customId && one.style === ButtonStyle.Primary,
      ),
  );
}
