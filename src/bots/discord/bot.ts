/** What every part of the Discord bot works with. */
import type { Client } from 'discord.js';
import type { Logger } from 'pino';
import type { SharedContext } from '../../conversation/context.ts';
import type { Listen } from '../../lookup/listenbrainz/client.ts';
import type { StateStore } from '../../state/store.ts';
import { type Cooldown, makeCooldown } from '../common/cooldown.ts';
import type { Counters } from '../common/counters.ts';

export interface Bot {
  readonly client: Client;
  readonly shared: SharedContext;
  readonly log: Pick<Logger, 'info' | 'warn' | 'error' | 'debug'>;
  readonly counters: Counters;
  /** Whether pasted links in servers can be read: the privileged intent was granted. */
  readonly readsMessages: boolean;
  /** What somebody plays, by their status; null where the host did not ask for that. @param user snowflake */
  readonly playing: ((user: string) => Listen | null) | null;
  readonly cooldowns: Cooldowns;
  /** Milliseconds until a slow answer is announced. */
  readonly deferAfter: number;
  /** Ids of the registered commands by name, once they are known: a command in a text can be pressed then. */
  readonly commandIds: Map<string, string>;
}

export interface Cooldowns {
  /** Commands and presses of one person. */
  readonly person: Cooldown;
  /** Lists while one person types. */
  readonly typing: Cooldown;
  /** Reactions to links and mentions in one channel. */
  readonly channel: Cooldown;
  /** Explanations of missing permissions in one channel. */
  readonly explanation: Cooldown;
}

export function makeCooldowns(state: StateStore): Cooldowns {
  const cooldown = (name: keyof Cooldowns, points: number, seconds: number) =>
    makeCooldown(points, seconds, { state, name: `discord-${name}` });
  return {
    person: cooldown('person', 10, 10),
    typing: cooldown('typing', 60, 10),
    channel: cooldown('channel', 3, 60),
    explanation: cooldown('explanation', 1, 86_400),
  };
}
