/** What people play, as their presence in Discord says: in memory alone, and only where the host asked to be told. */

import type { Client } from 'discord.js';
import { Events } from 'discord.js';
import { z } from 'zod';
import type { Listen } from '../../lookup/listenbrainz/client.ts';

/** People remembered; beyond it those heard of longest ago give way. */
const MOST = 50_000;
/** https://discord.com/developers/docs/events/gateway-events#activity-object */
const LISTENING = 2;

const presence = z.object({ user: z.object({ id: z.string() }), activities: z.array(z.unknown()).catch([]) });
const activity = z.object({
  type: z.literal(LISTENING),
  /** The song, and its artists with semicolons between them. */
  details: z.string().min(1).max(500),
  state: z.string().min(1).max(500),
  /** Of Spotify: the track. */
  sync_id: z
    .string()
    .regex(/^[0-9A-Za-z]{22}$/)
    .nullish()
    .catch(null),
});
const packet = z.object({ t: z.string(), d: z.unknown() });
const server = z.object({ presences: z.array(z.unknown()).catch([]) });

function playedIn(activities: readonly unknown[]): Listen | null {
  const found = activities.map((one) => activity.safeParse(one).data).find((one) => one !== undefined);
  if (!found) return null;
  const { details, state, sync_id } = found;
  const spotify = sync_id ? `https://open.spotify.com/track/${sync_id}` : null;
  return { title: details, artist: state.replaceAll('; ', ', '), spotify, playing: true };
}

/** Remembers what people play now, from the packets that say so. @returns what somebody plays; null where nothing is known */
export function followPresences(client: Client): (user: string) => Listen | null {
  const playing = new Map<string, Listen>();
  const note = (told: unknown) => {
    const { data } = presence.safeParse(told);
    if (!data) return;
    const { id } = data.user;
    const now = playedIn(data.activities);
    playing.delete(id);
    if (!now) return;
    playing.set(id, now);
    const [eldest] = playing.keys();
    if (playing.size > MOST && eldest !== undefined) playing.delete(eldest);
  };
  client.on(Events.Raw, (raw: unknown) => {
    const { t, d } = packet.safeParse(raw).data ?? {};
    if (t === 'PRESENCE_UPDATE') note(d);
    if (t === 'GUILD_CREATE') for (const one of server.safeParse(d).data?.presences ?? []) note(one);
  });
  return (user) => playing.get(user) ?? null;
}
