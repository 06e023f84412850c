/** From a neutral answer to the reply of an interaction. */
import type { Answer } from '../../conversation/answer.ts';
import { isForPresserAlone, type ResponseMode, responseMode } from '../../conversation/delivery-policy.ts';
import { isDirect } from './context.ts';
import { draw } from './render/draw.ts';
import type { DiscordMessage, View } from './render/index.ts';
import type { Answerable, Reply } from './respond.ts';

/** Draws the answer for where it goes. @param drawn another drawing than the usual one */
export async function replyWith(
  interaction: Answerable,
  answer: Answer,
  wanted: ResponseMode,
  drawn?: (answer: Answer, view: View) => Promise<DiscordMessage>,
): Promise<Reply> {
  const direct = isDirect(interaction);
  const mode = responseMode(answer, wanted, direct);
  const inEphemeral = 'message' in interaction && interaction.message?.flags.has('Ephemeral') === true;
  const view: View = {
    locale: interaction.locale,
    ephemeral: !direct && isForPresserAlone(mode, inEphemeral ? 'private' : 'own'),
  };
  const may = interaction.guildId === null ? null : interaction.appPermissions;
  return { mode, message: await draw(answer, view, may, drawn) };
}
