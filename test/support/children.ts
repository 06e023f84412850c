/** Processes that a test starts. */
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, afterEach } from 'vitest';

/**
 * For the head of a test file: gives a function to hand every started process to. It is killed when the test or hook
 * that started it ends, however it ends.
 */
export function children(): <Child extends ChildProcess>(child: Child) => Child {
  const running: ChildProcess[] = [];
  const killAll = async () => {
    for (const child of running.splice(0)) {
      if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) continue;
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    }
  };
  afterEach(killAll);
  // A hook before all tests that fails is followed by none of them.
  afterAll(killAll);
  return (child) => {
    running.push(child);
    return child;
  };
}
