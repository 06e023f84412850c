/** What every part of the Slack bot works with. */
import type { Logger } from 'pino';
import type { SharedContext } from '../../conversation/context.ts';
import type { StateStore } from '../../state/store.ts';
import { type Cooldown, makeCooldown } from '../common/cooldown.ts';
import type { Counters } from '../common/counters.ts';
import type { RecentAnswers } from '../common/recent.ts';
import type { TaskTracker } from '../common/task-tracker.ts';

export interface Bot {
  readonly shared: SharedContext;
  readonly log: Pick<Logger, 'info' | 'warn' | 'error'>;
  readonly counters: Counters;
  readonly cooldowns: Cooldowns;
  readonly recent: RecentAnswers;
  /** What is being done now; a shutdown waits for it. */
  readonly tasks: TaskTracker;
  /** How the main command is called here, with its slash. */
  readonly command: string;
  /** Where a workspace installs the app; null where its token was entered by hand. */
  readonly installUrl: string | null;
  /** Milliseconds until a pasted link is reacted to: a mention of the app in the same message may be told of later. */
  readonly mentionMs: number;
}

export interface Cooldowns {
  /** Commands, presses and messages of one person. */
  readonly person: Cooldown;
  /** Reactions to links in one channel. */
  readonly channel: Cooldown;
}

export function makeCooldowns(state: StateStore): Cooldowns {
  return {
    person: makeCooldown(10, 10, { state, name: 'slack-person' }),
    channel: makeCooldown(3, 60, { state, name: 'slack-channel' }),
  };
}
