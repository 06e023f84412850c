/** Whose message a button stands in. */
import { type BaseInteraction, ButtonStyle, ComponentType, type Message, MessageFlags } from 'discord.js';
import { isDirect } from './context.ts';

/** `alone`: nobody else sees it; `own`: it answers the presser, others see it too; `others`: somebody else's. */
export type Standing = 'alone' | 'own' | 'others';

export function standing(interaction: BaseInteraction, message: Message | null): Standing {
  if (!message) return 'others';
  if (message.flags.has(MessageFlags.Ephemeral) || isDirect(interaction)) return 'alone';
  // A command's answer names who gave the command; a reply to a pasted link, whose link it was.
  const asker = message.interactionMetadata?.user.id ?? message.mentions.repliedUser?.id;
  return asker === interaction.user.id ? 'own' : 'others';
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
