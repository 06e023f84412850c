/** Where a film night stands in Slack: the message that all see is kept up to date, wherever somebody pressed. */
import type { Answer } from '../../conversation/answer.ts';
import { nightOf, placeNight } from '../../conversation/nights.ts';
import { payloadOf } from '../../conversation/tokens.ts';
import type { Bot } from './bot.ts';
import { type Asker, viewFor } from './context.ts';
import { noteFailure } from './failures.ts';
import type { PressedMessage } from './pressed.ts';
import { drawMessage } from './render/index.ts';
import { call } from './retry.ts';

/** Remembers the message that a film night's button was pressed in, where all see it. */
export async function noteNight(bot: Bot, message: PressedMessage, token: string): Promise<void> {
  const payload = payloadOf(token);
  if (payload?.action !== 'night' || message.ephemeral || message.ts === '') return;
  await placeNight(payload.night, `${message.channel}:${message.ts}`, bot.shared.state);
}

/** Brings the message that all see up to date, where the press came from one that only the presser sees. Never throws. */
export async function showNight(bot: Bot, asker: Asker, answer: Answer): Promise<void> {
  const payload = answer.kind === 'notice' && answer.night ? payloadOf(answer.token) : null;
  if (payload?.action !== 'night') return;
  const [channel = '', ts = ''] = (await nightOf(payload.night, bot.shared.state))?.place?.split(':') ?? [];
  if (ts === '') return;
  try {
    const drawn = drawMessage(answer, await viewFor(bot, asker, 'all'));
    await call(() => asker.client.chat.update({ channel, ts, ...drawn }), true);
  } catch (error) {
    // The next press in it brings it up to date.
    noteFailure(bot, 'film-night', error);
  }
}
