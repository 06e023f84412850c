/** A worker process: decodes posters and runs the network on them until its parent lets go of the channel. */
import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import { Music2MovieError } from '../../shared/errors.ts';
import { decodePoster } from './decode.ts';
import { type Network, openNetwork } from './network.ts';
import type { PosterJob, PosterOutcome, WorkerMessage, WorkerSetup, WorkOrder } from './protocol.ts';

// Posters are small and never come twice: threads inside one picture and libvips' cache only cost.
sharp.concurrency(1);
sharp.cache(false);

const send = (message: WorkerMessage) => process.send?.(message);

async function decode(job: PosterJob, side: number) {
  let bytes: Buffer;
  try {
    bytes = await readFile(job.file);
  } catch (error) {
    return { fault: 'unreadable', detail: (error as NodeJS.ErrnoException).code ?? String(error) } as const;
  }
  return decodePoster(bytes, side);
}

async function embed(
  network: Network,
  job: PosterJob,
  decoding: ReturnType<typeof decode>,
): Promise<PosterOutcome> {
  const decoded = await decoding;
  if ('fault' in decoded) return { poster: job.poster, ...decoded };
  const features = await network.features(decoded.rgb);
  if (!features.every(Number.isFinite))
    return { poster: job.poster, fault: 'not-finite', detail: 'the network gave no finite numbers' };
  return { poster: job.poster, features, colours: decoded.colours, oddities: decoded.oddities };
}

async function serve(setup: WorkerSetup): Promise<void> {
  const network = await openNetwork(setup.file, setup);
  // One order at a time passes the network; the next one's pictures are decoded meanwhile, on libuv's threads.
  let turn = Promise.resolve();
  process.on('message', ({ id, jobs }: WorkOrder) => {
    const decodings = jobs.map((job) => decode(job, network.side));
    turn = turn.then(async () => {
      const outcomes: PosterOutcome[] = [];
      for (const [index, job] of jobs.entries()) outcomes.push(await embed(network, job, decodings[index]!));
      send({ kind: 'done', id, outcomes });
    });
  });
  send({ kind: 'ready' });
}

// Ctrl-C reaches the whole process group; the parent decides when its workers end.
process.on('SIGINT', () => {});
process.on('disconnect', () => process.exit(0));

serve(JSON.parse(process.argv[2]!) as WorkerSetup).catch((error: unknown) => {
  const known = error instanceof Music2MovieError ? error : null;
  send({
    kind: 'unusable',
    id: known?.id ?? 'visual.worker',
    sentence: known?.message ?? `The image network's process could not start: ${String(error)}`,
    hint: known?.hint ?? '',
  });
});
