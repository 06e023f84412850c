/** Which answer was posted under which message: one that nobody pressed goes when its question is deleted. */
import { Routes } from 'discord.js';
import type { Bot } from './bot.ts';
import { noteFailure } from './failures.ts';

/** How long an answer is taken away with its question, in milliseconds. */
const POSTED_TTL_MS = 24 * 3600_000;

interface Posted {
  readonly channel: string;
  readonly answer: string;
}

const questionKey = (question: string) => `discord:answer-to:${question}`;
const answerKey = (answer: string) => `discord:question-of:${answer}`;

/** Keeps that a message answers another. Snowflakes. */
export async function notePosted(bot: Bot, question: string, posted: Posted): Promise<void> {
  const { state } = bot.shared;
  await state.set(questionKey(question), posted, POSTED_TTL_MS);
  await state.set(answerKey(posted.answer), question, POSTED_TTL_MS);
}

/** Somebody pressed in an answer: it stays from now on, whatever becomes of its question. */
export async function notePress(bot: Bot, answer: string): Promise<void> {
  const { state } = bot.shared;
  const question = await state.get<string>(answerKey(answer));
  if (question === undefined) return;
  await state.delete(answerKey(answer));
  await state.delete(questionKey(question));
}

/** A message was deleted: its answer goes, too, if nobody has pressed it. Never throws. */
export async function onDeleted(bot: Bot, question: string): Promise<void> {
  try {
    const { state } = bot.shared;
    const posted = await state.get<Posted>(questionKey(question));
    if (!posted) return;
    await state.delete(questionKey(question));
    await state.delete(answerKey(posted.answer));
    await bot.client.rest.delete(Routes.channelMessage(posted.channel, posted.answer));
    bot.counters.count('message.withdrawn');
  } catch (error) {
    noteFailure(bot, 'withdraw', error);
  }
}
