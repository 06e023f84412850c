/** Every delivery: acknowledged first, then acted on once, also across restarts. */
import type { AllMiddlewareArgs, AnyMiddlewareArgs } from '@slack/bolt';
import { z } from 'zod';
import { firstTime } from '../common/once.ts';
import { apologise } from './apologies.ts';
import type { Bot } from './bot.ts';
import { VIEWS } from './constants.ts';
import { noteFailure, reasonOf } from './failures.ts';
import { keyPart } from './key-part.ts';

const SUGGESTIONS = 'block_suggestion';

const schema = z.object({
  type: z.string().optional(),
  event_id: z.string().optional(),
  command: z.string().optional(),
  trigger_id: z.string().optional(),
  action_ts: z.string().optional(),
  view: z
    .object({ id: z.string(), hash: z.string().optional(), callback_id: z.string().optional() })
    .optional(),
  actions: z.array(z.object({ action_ts: z.string().optional() })).optional(),
  user: z.union([z.string(), z.object({ id: z.string() })]).optional(),
});

/**
 * What the redeliveries of one delivery have in common; null where Slack names nothing of the kind. Events
 * have an id; whatever a person does has a trigger of its own.
 */
export function deliveryId(body: unknown): string | null {
  const { data } = schema.safeParse(body);
  // Every letter typed asks anew.
  if (!data || data.type === SUGGESTIONS) return null;
  if (data.event_id) return `event:${keyPart(data.event_id)}`;
  const kind = data.command ? 'command' : (data.type ?? 'unknown');
  if (data.trigger_id) return `${keyPart(kind)}:${keyPart(data.trigger_id)}`;
  const at =
    data.action_ts ?? data.actions?.[0]?.action_ts ?? (data.view && `${data.view.id}.${data.view.hash}`);
  const user = typeof data.user === 'object' ? data.user.id : (data.user ?? '');
  return at ? `${keyPart(kind)}:${keyPart(`${user}.${at}`)}` : null;
}

const FORMS: readonly (string | undefined)[] = [VIEWS.filters, VIEWS.ask];

/** Forms, with faults to show under their fields, and suggestions are acknowledged by what their listener has to say. */
function acknowledgesItself(body: unknown): boolean {
  const { data } = schema.safeParse(body);
  if (data?.type === SUGGESTIONS) return true;
  return data?.type === 'view_submission' && FORMS.includes(data.view?.callback_id);
}

/** Acknowledges. Slack may not hear it any more: what was asked is done all the same. */
export async function acknowledged(bot: Bot, ack: () => Promise<void>): Promise<void> {
  try {
    await ack();
  } catch (error) {
    bot.counters.count('ack.failed');
    bot.log.info({ reason: reasonOf(error) }, 'Slack: an acknowledgement did not arrive');
  }
}

/** The first middleware: acknowledges, passes over what was seen before, and never lets a failure out. */
export function takeDelivery(bot: Bot) {
  return async (args: AllMiddlewareArgs & AnyMiddlewareArgs): Promise<void> => {
    const { body, next } = args;
    const ack = 'ack' in args ? (args.ack as (() => Promise<void>) | undefined) : undefined;
    const later = acknowledgesItself(body);
    if (ack && !later) await acknowledged(bot, ack);
    const act = async () => {
      const id = deliveryId(body);
      if (id && !(await firstTime(bot.shared.state, `slack:${id}`))) {
        bot.counters.count('delivery.duplicate');
        bot.log.info({ delivery: id }, 'Slack: the same delivery again, passed over');
        if (ack && later) await acknowledged(bot, ack);
        return;
      }
      bot.counters.count('delivery.taken');
      await next();
    };
    await bot.tasks.run(async () => {
      try {
        await act();
      } catch (error) {
        noteFailure(bot, 'delivery', error);
        await apologise(bot, body, args.client, error);
      }
    });
  };
}
