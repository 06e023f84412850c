/** Bolt's log lines as ours. */
import type { Logger as BoltLogger } from '@slack/bolt';
import { LogLevel } from '@slack/bolt';
import type { Bot } from './bot.ts';

const sentence = (parts: readonly unknown[]) =>
  parts
    .map((part) => (part instanceof Error ? part.message : String(part)))
    .join(' ')
    .slice(0, 500);

/** Bolt's info, warnings and errors. Its debug lines hold what people wrote, so they are dropped. */
export function boltLogger(log: Bot['log']): BoltLogger {
  return {
    debug: () => {},
    info: () => {},
    warn: (...parts) => log.warn(`Slack: ${sentence(parts)}`),
    error: (...parts) => log.error(`Slack: ${sentence(parts)}`),
    getLevel: () => LogLevel.INFO,
    setLevel: () => {},
    setName: () => {},
  };
}
