/** Every delivery: acted on once, also across restarts and processes, and acknowledged in time. */
import type { AllMiddlewareArgs, AnyMiddlewareArgs, App } from '@slack/bolt';
import { claimDelivery } from '../common/once.ts';
import { apologise } from './apologies.ts';
import type { Bot } from './bot.ts';
import { VIEWS } from './constants.ts';
import { deliveryId, deliverySchema, SUGGESTIONS } from './delivery-id.ts';
import { noteFailure, reasonOf } from './failures.ts';
import { TakenAway, withClaim } from './settled.ts';

/** Slack waits three seconds for an acknowledgement; what takes longer is acknowledged meanwhile. Milliseconds. */
const ACKNOWLEDGE_MS = 2_000;

const FORMS: readonly (string | undefined)[] = [VIEWS.filters, VIEWS.ask];

/** Forms, with faults to show under their fields, and suggestions are acknowledged by what their listener has to say. */
function acknowledgesItself(body: unknown): boolean {
  const { data } = deliverySchema.safeParse(body);
  if (data?.type === SUGGESTIONS) return true;
  return data?.type === 'view_submission' && FORMS.includes(data.view?.callback_id);
}

/** A modal that is sent off closes with its acknowledgement. */
const isSubmission = (body: unknown) => deliverySchema.safeParse(body).data?.type === 'view_submission';

/** Acknowledges. Slack may not hear it any more: what was asked is done all the same. */
export async function acknowledged(bot: Bot, ack: () => Promise<void>): Promise<void> {
  try {
    await ack();
  } catch (error) {
    bot.counters.count('ack.failed');
    bot.log.info({ reason: reasonOf(error) }, 'Slack: an acknowledgement did not arrive');
  }
}

/** Acknowledges when what was asked is done, or when Slack should wait no longer. @returns called when it is done */
function acknowledgeLater(bot: Bot, ack: () => Promise<void>): () => Promise<void> {
  let given: Promise<void> | undefined;
  const give = () => {
    given ??= acknowledged(bot, ack);
    return given;
  };
  const timer = setTimeout(give, ACKNOWLEDGE_MS);
  return () => {
    clearTimeout(timer);
    return give();
  };
}

/** Bolt acknowledges events before anybody sees them: here they are when they have been acted on. */
export function holdEvents(bot: Bot, app: App): void {
  const process = app.processEvent.bind(app);
  app.processEvent = async (delivery) => {
    const isEvent = deliverySchema.safeParse(delivery.body).data?.event_id !== undefined;
    if (!isEvent) return process(delivery);
    const settled = acknowledgeLater(bot, () => delivery.ack());
    try {
      await process({ ...delivery, ack: async () => {} });
    } finally {
      await settled();
    }
  };
}

/**
 * The first middleware: passes over what was seen before, and never lets a failure out. As long as nothing is
 * acknowledged, Slack sends an event again where this process dies, and tells whoever pressed or asked.
 */
export function takeDelivery(bot: Bot) {
  return async (args: AllMiddlewareArgs & AnyMiddlewareArgs): Promise<void> => {
    const { body, next } = args;
    const ack = 'ack' in args ? (args.ack as (() => Promise<void>) | undefined) : undefined;
    const itself = acknowledgesItself(body);
    const closes = isSubmission(body);
    if (ack && closes && !itself) await acknowledged(bot, ack);
    const settled = ack && !closes && !itself ? acknowledgeLater(bot, ack) : null;
    const act = async () => {
      const id = deliveryId(body);
      const claim = id === null ? null : await claimDelivery(bot.shared.state, `slack:${id}`);
      if (id !== null && claim === null) {
        bot.counters.count('delivery.duplicate');
        bot.log.info({ delivery: id }, 'Slack: the same delivery again, passed over');
        if (ack && itself) await acknowledged(bot, ack);
        return;
      }
      bot.counters.count(claim?.takenOver ? 'delivery.taken-over' : 'delivery.taken');
      try {
        await (claim ? withClaim(claim, next) : next());
      } finally {
        await claim?.done();
      }
    };
    await bot.tasks.run(async () => {
      try {
        await act();
      } catch (error) {
        if (error instanceof TakenAway) return bot.counters.count('delivery.taken-away');
        noteFailure(bot, 'delivery', error);
        await apologise(bot, body, args.client, error);
      } finally {
        await settled?.();
      }
    });
  };
}
