/** Where an answer stands, kept while its filters are being filled in: a submitted form does not tell. */
import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { StateStore } from '../../state/store.ts';
import { RESPONSE_URL_MS } from './limits.ts';

const stored = z.object({
  url: z.string(),
  channel: z.string(),
  ts: z.string(),
  thread: z.string().nullable(),
  /** The message is only the asker's to see. */
  ephemeral: z.boolean(),
  owner: z.string().nullable(),
});

/** A message of ours that was pressed. `url` is its `response_url`. */
export type Origin = z.infer<typeof stored>;

const keyOf = (id: string) => `slack-origin:${id}`;

/** Keeps the place for as long as it can be answered; gives its name. */
export async function keepOrigin(state: StateStore, origin: Origin): Promise<string> {
  const id = randomBytes(12).toString('base64url');
  await state.set(keyOf(id), origin, RESPONSE_URL_MS);
  return id;
}

/** The place of that name, or null once it has expired. */
export async function originOf(state: StateStore, id: string): Promise<Origin | null> {
  if (!/^[\w-]{16}$/.test(id)) return null;
  return stored.safeParse(await state.get(keyOf(id))).data ?? null;
}
