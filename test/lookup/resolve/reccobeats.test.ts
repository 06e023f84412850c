/** ReccoBeats in half: what it knows survives what it does not. */
import { describe, expect, it, vi } from 'vitest';
import { inTurn, status } from '../../support/stand-in.ts';
import {
  CREDENTIALS,
  features,
  page,
  resolve,
  resolverFor,
  route,
  track,
  UNKNOWN,
  useWorld,
  withSpotify,
  world,
} from '../support/resolver-fixture.ts';

useWorld();

describe('ReccoBeats', () => {
  const LINK = `spotify:track:${UNKNOWN}`;

  it('keeps the facts where the features fail, and does not remember that', async () => {
    route('/v1/track', page(track()));
    route('/v1/audio-features', inTurn(status(500), status(500), page(features())));
    const resolver = resolverFor();
    expect(await resolver.resolve(LINK)).toMatchObject({
      song: { title: 'Somewhere New' },
      source: { kind: 'estimate' },
    });
    expect(await resolver.resolve(LINK)).toMatchObject({ source: { kind: 'reccobeats' } });
  });

  it('keeps the features where the facts fail and Spotify names the track', async () => {
    route('/v1/track', status(500));
    route('/v1/audio-features', page(features()));
    withSpotify(`/v1/tracks/${UNKNOWN}`, {
      id: UNKNOWN,
      name: 'New',
      artists: [{ name: 'N' }],
      duration_ms: 1_000,
    });
    expect(await resolve(LINK, CREDENTIALS)).toMatchObject({
      song: { title: 'New' },
      source: { kind: 'reccobeats' },
    });
  });

  it('loses one bad item alone', async () => {
    route('/v1/track', page({ href: 1 }, track()));
    route('/v1/audio-features', page(features({ energy: 'high' }), { nothing: true }, features()));
    expect(await resolve(LINK)).toMatchObject({ kind: 'song', source: { kind: 'reccobeats' } });
  });

  it('is asked again after an hour for a sound that it did not have', async () => {
    route('/v1/track', page(track()));
    route('/v1/audio-features', inTurn(page(), page(), page(features())));
    const resolver = resolverFor();
    expect(await resolver.resolve(LINK)).toMatchObject({ source: { kind: 'estimate' } });
    world.now += 59 * 60_000;
    expect(await resolver.resolve(LINK)).toMatchObject({ source: { kind: 'estimate' } });
    world.now += 60_000;
    expect(await resolver.resolve(LINK)).toMatchObject({ source: { kind: 'reccobeats' } });
  });

  it('is asked by ISRC for a sound that it does not have under the id', async () => {
    route('/v1/track', page(track()));
    route('/v1/audio-features', (request, response) =>
      (request.url!.includes('USUG12103683')
        ? page(
            features({ href: 'https://open.spotify.com/track/0000000000000000000zzz', isrc: 'USUG12103683' }),
          )
        : page())(request, response),
    );
    expect(await resolve(LINK)).toMatchObject({ song: { id: UNKNOWN }, source: { kind: 'reccobeats' } });
  });

  it('has endless names cut before they are kept', async () => {
    const set = vi.spyOn(world.state, 'set');
    route(
      '/v1/track',
      page(track({ trackTitle: 'x'.repeat(500_000), artists: Array(1_000).fill({ name: 'y'.repeat(300) }) })),
    );
    route('/v1/audio-features', page(features()));
    const answer = await resolve(LINK);
    expect(answer.kind === 'song' && answer.song.title.length).toBe(200);
    expect(answer.kind === 'song' && answer.song.artists.length).toBe(20);
    expect(Math.max(...set.mock.calls.map(([, value]) => JSON.stringify(value).length))).toBeLessThan(6_000);
  });
});
