/** From a neutral answer to the reply of an interaction. */
import type { Answer } from '../../conversation/answer.ts';
import { isDirect } from './context.ts';
import { draw } from './render/draw.ts';
import type { DiscordMessage, View } from './render/index.ts';
import type { Answerable, Manner, Reply } from './respond.ts';

/** How the answer is given where it may go anywhere: to the asker alone when it is theirs, or an apology. */
export function mannerOf(interaction: Answerable, answer: Answer, wanted: Manner): Manner {
  const apology = answer.kind === 'notice' && answer.tone === 'sorry';
  if (isDirect(interaction)) return apology ? 'new' : wanted === 'own' ? 'new' : wanted;
  if (wanted === 'update') return apology ? 'own' : 'update';
  return answer.private || apology ? 'own' : wanted;
}

/** Whether only the asker will see what is given in this manner. */
function isEphemeral(interaction: Answerable, manner: Manner, updatesEphemeral: boolean): boolean {
  if (isDirect(interaction)) return false;
  return manner === 'own' || (manner === 'update' && updatesEphemeral);
}

/** Draws the answer for the place it goes to. @param drawn another drawing than the usual one */
export async function replyWith(
  interaction: Answerable,
  answer: Answer,
  wanted: Manner,
  drawn?: (answer: Answer, view: View) => Promise<DiscordMessage>,
): Promise<Reply> {
  const manner = mannerOf(interaction, answer, wanted);
  const message = 'message' in interaction ? interaction.message : null;
  const view: View = {
    locale: interaction.locale,
    ephemeral: isEphemeral(interaction, manner, message?.flags.has('Ephemeral') === true),
  };
  const may = interaction.guildId === null ? null : interaction.appPermissions;
  return { manner, message: await draw(answer, view, may, drawn) };
}
