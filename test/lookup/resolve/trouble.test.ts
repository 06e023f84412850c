import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { createResolver } from '../../../src/lookup/resolve/resolver.ts';
import { openMemoryState } from '../../../src/state/memory.ts';
import {
  type Handler,
  inTurn,
  json,
  silence,
  startStandIn,
  status,
  truncated,
} from '../../support/stand-in.ts';
import { inEnglish } from '../support/in-english.ts';
import {
  CREDENTIALS,
  configOf,
  features,
  keyOf,
  LIMITS,
  LINK,
  page,
  resolve,
  route,
  SONGS,
  track,
  UNKNOWN,
  useWorld,
  withSpotify,
  world,
} from '../support/resolver-fixture.ts';
import { catalogueOf } from '../support/small-catalogue.ts';

useWorld();

describe('services in trouble', () => {
  // A form that has changed, and a door that is shut, are no outage.
  const faults: [string, Handler, string][] = [
    ['silent', silence, 'unreachable'],
    ['overloaded', status(429, { 'retry-after': '3600' }), 'unreachable'],
    ['broken', status(500), 'unreachable'],
    ['sending garbage', (_request, response) => response.writeHead(200).end('<html>oops'), 'unreadable'],
    ['sending other JSON', json({ content: [{ href: LINK }] }), 'unreadable'],
    ['sending impossible values', page(features({ energy: 37 }), track({ durationMs: -1 })), 'unreadable'],
    ['cut off in the middle', truncated, 'unreachable'],
    [
      'redirecting in a circle',
      (request, response) => response.writeHead(302, { location: request.url! }).end(),
      'refused',
    ],
    ['redirecting inwards', status(302, { location: 'http://169.254.169.254/' }), 'refused'],
  ];

  it.each(faults)('%s: a sentence naming the service, in time', async (_how, handler, failure) => {
    for (const path of ['/v1/track', '/v1/audio-features', '/oembed']) route(path, handler);
    const answer = await resolve(LINK);
    expect(answer.kind).toBe('sorry');
    expect([`lookup.sorry.${failure}`, 'lookup.sorry.late']).toContain(keyOf(answer));
    if (answer.kind === 'sorry' && answer.reason.key !== 'lookup.sorry.late') {
      expect(inEnglish(answer.reason)).toContain('ReccoBeats');
    }
  });

  it.each(faults)('%s: the next one is asked', async (_how, handler) => {
    for (const path of ['/v1/track', '/v1/audio-features']) route(path, handler);
    // A host of its own, as in life: a pause that ReccoBeats asks for does not concern Spotify.
    const spotify = await startStandIn();
    spotify.routes.set('/oembed', json({ title: 'Teardrop' }));
    expect(keyOf(await resolve(LINK, { SPOTIFY_OPEN_URL: spotify.url }))).toBe('lookup.question.titleOnly');
    await spotify.close();
  });

  it('an unreachable network ends in a sentence', async () => {
    const gone = await startStandIn();
    await gone.close();
    const env = { RECCOBEATS_URL: gone.url, SPOTIFY_OPEN_URL: gone.url, SPOTIFY_SHORT_URL: gone.url };
    expect(keyOf(await resolve(LINK, env))).toBe('lookup.sorry.unreachable');
    expect(keyOf(await resolve('https://spotify.link/abc', env))).toBe('lookup.sorry.unreachable');
  });

  it('total silence ends within the 3 seconds that a chat waits, without any times set for the test', async () => {
    for (const path of ['/v1/track', '/v1/audio-features', '/oembed']) route(path, silence);
    const resolver = createResolver({ known: catalogueOf(SONGS), config: configOf(), state: world.state });
    const late = new Promise((resolve) => setTimeout(resolve, 3_000, 'too late'));
    expect(await Promise.race([resolver.resolve(LINK).then(keyOf), late])).toMatch(/^lookup\.sorry\./);
  });

  it('so does silence about words, with what the catalogue says of them', async () => {
    route('/search', silence);
    const resolver = createResolver({ known: catalogueOf(SONGS), config: configOf(), state: world.state });
    const late = new Promise((resolve) => setTimeout(resolve, 3_000, 'too late'));
    const answer = resolver.resolve('a song of nobody').then(keyOf);
    expect(await Promise.race([answer, late])).toMatch(/^lookup\.sorry\.(unreachable|notFound)$/);
  });

  it('a store that hangs cannot hold up the answer', async () => {
    const hanging = { ...openMemoryState(), get: () => new Promise<never>(() => {}) };
    const resolver = createResolver({
      known: catalogueOf(SONGS),
      config: configOf(),
      state: hanging,
      limits: LIMITS,
    });
    expect(keyOf(await resolver.resolve(LINK))).toBe('lookup.sorry.late');
  });

  it('ends when the asker has gone', async () => {
    route('/v1/track', silence);
    route('/v1/audio-features', silence);
    const resolver = createResolver({ known: catalogueOf(SONGS), config: configOf(), state: world.state });
    expect(keyOf(await resolver.resolve(LINK, { signal: AbortSignal.timeout(30) }))).toBe(
      'lookup.sorry.late',
    );
  });

  it('refused credentials are tried once, logged without the secret, and replaced by oEmbed', async () => {
    const logged: object[] = [];
    route('/v1/track', page());
    route('/v1/audio-features', page());
    route('/api/token', status(401));
    route('/oembed', json({ title: 'Teardrop' }));
    const config = configOf(CREDENTIALS);
    const logger = { warn: (details: object) => logged.push(details) };
    const resolver = createResolver({
      known: catalogueOf(SONGS),
      config,
      state: world.state,
      logger,
    });
    for (let i = 0; i < 2; i += 1)
      expect(keyOf(await resolver.resolve(LINK))).toBe('lookup.question.titleOnly');
    expect(world.server.asked.filter((line) => line === 'POST /api/token')).toHaveLength(1);
    expect(logged).toHaveLength(2);
    expect(inspect(logged, { depth: 9, showHidden: true })).not.toContain('CANARY');
  });

  it('a token that ended early is replaced once', async () => {
    route('/v1/track', page());
    route('/v1/audio-features', page());
    withSpotify('/', {});
    const answer = json({ name: 'Angel', artists: [{ name: 'Massive Attack' }], duration_ms: 1 });
    route(`/v1/tracks/${UNKNOWN}`, inTurn(status(401), answer));
    expect((await resolve(LINK, CREDENTIALS)).kind).toBe('song');
    expect(world.server.asked.filter((line) => line === 'POST /api/token')).toHaveLength(2);
  });
});
