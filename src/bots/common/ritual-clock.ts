/** What rituals go by: looks every so often what is due, takes it, and sends it. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Answer } from '../../conversation/answer.ts';
import type { AnswerContext } from '../../conversation/context.ts';
import { dailyAnswer, songOfDay, weeklyAnswer } from '../../conversation/ritual-answers.ts';
import { claimRitual, dueRituals, localTime, noteSent, type Ritual } from '../../conversation/rituals.ts';
import type { StateStore } from '../../state/store.ts';
import type { Counters } from './counters.ts';

/** Milliseconds between two looks. */
const LOOK_MS = 20_000;

/** Tests look more often, at a time of their own. */
export interface RitualTiming {
  /** Milliseconds between two looks. */
  readonly lookMs: number;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** How a platform sends what is due. */
export interface RitualSender {
  readonly state: StateStore;
  readonly counters: Counters;
  /** The first part of a place. */
  readonly platform: string;
  /** Whether this process serves the place now; another may. */
  reaches(place: string): boolean | Promise<boolean>;
  /** In which an answer is made, for nobody in particular. */
  contextOf(ritual: Ritual): AnswerContext;
  /** @throws where nothing could be sent */
  send(ritual: Ritual, answer: Answer): Promise<void>;
  /** Told of what went wrong. Never throws. */
  failed(error: unknown): void;
}

export interface RitualClock {
  /** Lets what is being sent end. */
  stop(): Promise<void>;
}

/** Sends one that was taken. @returns the song of the day, if there was one; null where there is nothing to say */
async function deliver(
  ritual: Ritual,
  kind: 'daily' | 'weekly',
  now: number,
  sender: RitualSender,
): Promise<{ song: string | null } | null> {
  const context = sender.contextOf(ritual);
  const { date } = localTime(now, ritual.zone);
  const song = kind === 'daily' ? await songOfDay(context.engine(), ritual.place, date, ritual.songs) : null;
  const answer = song
    ? await dailyAnswer(song, context)
    : kind === 'weekly'
      ? await weeklyAnswer(context)
      : null;
  if (!answer) return null;
  await sender.send(ritual, answer);
  return { song: song?.id ?? null };
}

/** Sends everything that is due: each at most once, even where several processes look at the same time. */
async function sendDue(sender: RitualSender, now: number, signal: AbortSignal): Promise<void> {
  const { state, counters } = sender;
  for (const { place, kind } of await dueRituals(sender.platform, now, state)) {
    if (signal.aborted) return;
    if (!(await sender.reaches(place))) continue;
    const ritual = await claimRitual(place, kind, now, state);
    if (!ritual) continue;
    try {
      const sent = await deliver(ritual, kind, now, sender);
      counters.count(sent ? `ritual.${kind}` : 'ritual.nothing');
      if (sent) await noteSent(place, sent, state);
    } catch (error) {
      counters.count('ritual.failed');
      sender.failed(error);
      await noteSent(place, 'failed', state);
    }
  }
}

export function startRituals(
  sender: RitualSender,
  { lookMs, now }: RitualTiming = { lookMs: LOOK_MS, now: Date.now },
): RitualClock {
  const stopping = new AbortController();
  const { signal } = stopping;
  const run = async () => {
    while (!signal.aborted) {
      await sleep(lookMs, undefined, { signal, ref: false }).catch(() => {});
      if (!signal.aborted) await sendDue(sender, now(), signal).catch((error) => sender.failed(error));
    }
  };
  const running = run();
  return {
    async stop() {
      stopping.abort();
      await running;
    },
  };
}
