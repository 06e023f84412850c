/** Filled-in forms: filters, and songs for a film night. */
import type { AckFn, App, ViewResponseAction } from '@slack/bolt';
import { handleAction } from '../../../conversation/actions.ts';
import { readFilters } from '../../../conversation/filters/index.ts';
import { payloadOf } from '../../../conversation/tokens.ts';
import { wordsFor } from '../../../i18n/index.ts';
import type { Bot } from '../bot.ts';
import { VIEWS } from '../constants.ts';
import { type Asker, askerOf, contextFor, remember } from '../context.ts';
import { acknowledged } from '../deliveries.ts';
import { showNight } from '../film-night.ts';
import { type Origin, originOf } from '../origin.ts';
import { fieldErrors, readForm, readValues } from '../render/form.ts';
import { answerMessage, ownership } from './actions.ts';

type Acknowledge = AckFn<ViewResponseAction> | AckFn<void>;

/** Shows faults under the fields they belong to; a form that nobody waits for any more says so in the first. */
function refuse(ack: Acknowledge, errors: Record<string, string>): Promise<void> {
  return (ack as AckFn<ViewResponseAction>)({ response_action: 'errors', errors });
}

async function answerForm(
  bot: Bot,
  asker: Asker,
  origin: Origin,
  token: string,
  values: ReturnType<typeof readValues>,
): Promise<void> {
  const isNight = payloadOf(token)?.action === 'night';
  const isPrivate = origin.ephemeral || (!isNight && ownership(origin, asker) === 'others');
  const context = contextFor(bot, asker, isPrivate);
  const answer = await handleAction(token, context, values);
  remember(bot, asker, answer);
  if (origin.ephemeral) await showNight(bot, asker, answer);
  await answerMessage(bot, asker, origin, answer, isNight ? 'together' : 'answer');
}

export function registerViews(app: App, bot: Bot): void {
  app.view({ callback_id: VIEWS.filters, type: 'view_submission' }, async (args) => {
    const { ack, view, body } = args;
    const asked = readForm(view.private_metadata);
    const origin = asked && (await originOf(bot.shared.state, asked.from));
    const asker = await askerOf(bot, args, body.user.id, origin?.channel ?? null);
    const values = readValues(view.state.values);
    if (!asked || !origin) {
      const first = view.blocks.find((block) => block.type === 'input')?.block_id ?? 'genre';
      return refuse(ack, { [first]: wordsFor(asker.locale).t('sorry.expired') });
    }
    if (payloadOf(asked.token)?.action !== 'night') {
      const read = readFilters(values, contextFor(bot, asker, true));
      if (!read.ok) return refuse(ack, fieldErrors(read.problems, asker.locale));
    } else if (!String(values.song ?? '').trim()) {
      return refuse(ack, { song: wordsFor(asker.locale).t('night.noWords') });
    }
    await acknowledged(bot, () => ack());
    await answerForm(bot, asker, origin, asked.token, values);
  });
}
