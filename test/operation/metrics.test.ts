/** What `/metrics` tells of the services that are asked. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Counters } from '../../src/bots/common/counters.ts';
import { Metrics } from '../../src/operation/metrics.ts';
import { startDeadline } from '../../src/shared/deadline.ts';
import { Http } from '../../src/shared/http.ts';
import { json, type StandIn, startStandIn, status } from '../support/stand-in.ts';

let server: StandIn;
beforeAll(async () => {
  server = await startStandIn();
});
afterAll(() => server.close());

it('counts every request to another service by host and outcome, those not sent while it is left alone among them', async () => {
  const upstreams = new Counters();
  const metrics = new Metrics({
    catalogue: () => ({ movies: 0, songs: 0, builtAt: '' }),
    state: () => ({ health: 'disk', size: { bytes: 0, entries: {} } }),
    surfaces: () => ({}),
    events: () => ({}),
    upstreams: () => upstreams.snapshot(),
  });
  const limits = { retries: 0, breakAfter: 2, attemptMs: 5_000, pauseMs: 60_000 };
  const http = new Http(limits, (host, outcome) => upstreams.count(`${host} ${outcome}`));
  const ask = (path: string) =>
    http
      .send({ source: 'It', url: `${server.url}${path}`, deadline: startDeadline(10_000) })
      .catch(() => null);
  server.routes.set('/good', json({}));
  server.routes.set('/bad', status(503));
  for (const path of ['/good', '/good', '/none', '/bad', '/bad', '/good']) await ask(path);
  const { host } = new URL(server.url);
  const lines = async () => {
    const { body } = await metrics.text();
    return body.split('\n').filter((line) => line.startsWith('music2movie_upstream_requests_total'));
  };
  const expected = ['2xx"} 2', '4xx"} 1', 'failing"} 2', 'paused"} 1'].map(
    (end) => `music2movie_upstream_requests_total{host="${host}",outcome="${end}`,
  );
  expect((await lines()).sort()).toEqual(expected);
  // Looking does not count.
  expect((await lines()).sort()).toEqual(expected);
});
