/**
 * Started by migrate-and-full.test.ts in a mount namespace of its own: fills the small disk that the state stands on,
 * and says what still works.
 */
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createWebServer } from '../../src/bots/web/start.ts';
import { makeReady } from '../../src/state/check.ts';
import { KEPT } from '../../src/state/lmdb.ts';
import { openState } from '../../src/state/open.ts';
import { sharedContext } from '../bots/web/page.ts';
import { fakeEngine } from '../support/fake-engine.ts';

const dir = process.argv[2]!;
const health: string[] = [];
const state = await openState(join(dir, 'state'), (news) =>
  health.push(news.kind === 'health' ? news.health : news.kind),
);
await state.set('vote:before:x', 1);
const ballast = join(dir, 'ballast');
for (let size = 4_000_000; size >= 512; size /= 2) {
  try {
    writeFileSync(ballast, Buffer.alloc(size), { flag: 'a' });
  } catch {}
}
const context = { ...sharedContext(fakeEngine()), state };
const app = await createWebServer({ context, config: { rateLimitPerMinute: 10_000 } });
const url = await app.listen({ port: 0, host: '127.0.0.1' });
const get = async (path: string, init?: RequestInit) => {
  const response = await fetch(url + path, init);
  return { status: response.status, text: await response.text() };
};
const blend = '/?song=hold+on+adele+%2B+clair+de+lune';
let accepted = 0;
const vote = async () => {
  const { status } = await get('/act/1u.5vjLSffimiIP26QG5WcN2K.gr.0.1.', { method: 'POST' });
  if (status === 200) accepted += 1;
  return status;
};
const answers = new Set<number>();
for (let i = 0; i < 40; i += 1) {
  answers.add((await get(`${blend}&years=19${10 + i}-2020`)).status);
  await state.set(`lookup:long:${i}`, 'x'.repeat(20_000), 1e6);
  await vote();
}
const token = /data-token="([^"]+)"/.exec((await get(blend)).text)?.[1];
const kept = await state.set('vote:growing:x', 'x'.repeat(150_000)).then(
  () => 'written',
  (error) => error.id,
);
const full = {
  answers: [...answers],
  token: token?.slice(0, 4),
  button: (await get(`/a/${token}`)).text.includes('data-token'),
  kept,
  health: state.health(),
  ready: (await get('/readyz')).status,
  lookup: await state.get<string>('lookup:long:39').then((text) => text?.length),
  seen: [await state.setIfAbsent('seen:a', 1), await state.setIfAbsent('seen:a', 1)],
  before: await state.get('vote:before:x'),
  votesStand: (await state.list('vote:')).length - 1 === accepted,
};
const begun: string[] = [];
await (await openState(join(dir, 'another'), (news) => begun.push(news.kind))).close();
const startsWhileFull = { repairs: makeReady(join(dir, 'state'), [KEPT]), begun };
rmSync(ballast);
await state.set('vote:after:x', 1);
// The passing entries follow the kept ones.
while (state.health() === 'failing') await new Promise((resolve) => setTimeout(resolve, 10));
const freed = {
  vote: await vote(),
  ready: (await get('/readyz')).status,
  lookup: (await state.get<string>('lookup:long:39'))?.length,
};
await app.close();
await state.close();
const again = await openState(join(dir, 'state'), (news) => health.push(news.kind));
const restarted = {
  after: await again.get('vote:after:x'),
  votesStand: (await again.list('vote:')).length - 2 === accepted,
  lookup: (await again.get<string>('lookup:long:39'))?.length,
};
await again.close();
process.stdout.write(JSON.stringify({ full, startsWhileFull, freed, restarted, health }));
