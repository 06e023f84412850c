/** What the redeliveries of one delivery have in common. */
import { z } from 'zod';
import { keyPart } from './key-part.ts';

export const SUGGESTIONS = 'block_suggestion';

export const deliverySchema = z.object({
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
  const { data } = deliverySchema.safeParse(body);
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
