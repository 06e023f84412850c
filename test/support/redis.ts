/** A real server for the state: Debian's valkey-server or redis-server, on loopback, with its log of changes. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The binary that is installed here; null where there is none, and tests that need it are skipped visibly. */
export const REDIS: string | null =
  ['valkey-server', 'redis-server'].find((name) => spawnSync(name, ['--version']).status === 0) ?? null;

export interface RedisServer {
  readonly url: string;
  /** Ends it as a power switch would, and starts it anew with what its log holds. @param downMs how long it stays away */
  restart(downMs?: number): Promise<void>;
  /** Ends it without a farewell. */
  kill(): Promise<void>;
  start(): Promise<void>;
  /** Ends it for good and removes its files. */
  stop(): Promise<void>;
}

/** With the default, everysec, a reply may come before the log has the change while the disk is busy. */
const LOGGING = ['--appendonly', 'yes', '--appendfsync', 'always'];

export async function startRedis(args: readonly string[] = LOGGING): Promise<RedisServer> {
  if (REDIS === null) throw new Error('neither valkey-server nor redis-server is installed');
  const dir = mkdtempSync(join(tmpdir(), 'music2movie-redis-'));
  const port = await freePort();
  let child: ChildProcess | null = null;
  const start = async () => {
    const own = ['--port', String(port), '--bind', '127.0.0.1', '--dir', dir, '--save', ''];
    child = spawn(REDIS, [...own, ...args], { stdio: 'ignore' });
    await listening(port);
  };
  const kill = async () => {
    const ending = child;
    child = null;
    if (!ending || ending.exitCode !== null) return;
    const ended = new Promise((resolve) => ending.once('exit', resolve));
    ending.kill('SIGKILL');
    await ended;
  };
  await start();
  return {
    url: `redis://127.0.0.1:${port}`,
    start,
    kill,
    async restart(downMs = 0) {
      await kill();
      await new Promise((resolve) => setTimeout(resolve, downMs));
      await start();
    },
    async stop() {
      await kill();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Waits until the server takes connections. */
async function listening(port: number): Promise<void> {
  for (;;) {
    const up = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1');
      socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
      socket.once('connect', () => socket.destroy());
    });
    if (up) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
