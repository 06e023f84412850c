import { expect, test } from 'vitest';
import { TaskTracker } from '../../../src/bots/common/task-tracker.ts';

const after = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

test('a shutdown waits for what runs, and for what that starts', async () => {
  const tasks = new TaskTracker();
  const done: string[] = [];
  void tasks.run(async () => {
    await after(20);
    done.push('first');
    void tasks.run(async () => {
      await after(20);
      done.push('second');
    });
  });
  await tasks.drain();
  expect(done).toEqual(['first', 'second']);
});

test('no longer than it may take', async () => {
  const tasks = new TaskTracker();
  void tasks.run(() => new Promise(() => {}));
  const before = performance.now();
  await tasks.drain(40);
  expect(performance.now() - before).toBeLessThan(5000);
});

test('a failure is told and ends nothing else', async () => {
  const tasks = new TaskTracker();
  const failures: unknown[] = [];
  const fault = new Error('fault');
  await tasks.run(
    () => Promise.reject(fault),
    (error) => failures.push(error),
  );
  await tasks.run(() => Promise.reject(fault));
  await tasks.drain();
  expect(failures).toEqual([fault]);
});
