import { describe, expect, it } from 'vitest';
import { openMemoryState } from '../../../src/state/memory.ts';
import { inTurn, json, status } from '../../support/stand-in.ts';
import { inEnglish } from '../support/in-english.ts';
import {
  CREDENTIALS,
  features,
  keyOf,
  LINK,
  page,
  queen,
  resolve,
  resolverFor,
  route,
  SONGS,
  titles,
  track,
  UNKNOWN,
  useWorld,
  withSpotify,
  world,
} from '../support/resolver-fixture.ts';
import { catalogueOf } from '../support/small-catalogue.ts';

useWorld();

describe('a track outside the catalogue', () => {
  it('is measured by ReccoBeats, joined on href and not by position', async () => {
    const other = 'https://open.spotify.com/track/0000000000000000000zzz';
    route('/v1/track', page(track({ href: other, trackTitle: 'Wrong' }), track()));
    route('/v1/audio-features', page(features({ href: other, energy: 0.999 }), features()));
    const answer = await resolve(LINK);
    expect(answer).toMatchObject({
      kind: 'song',
      song: {
        id: UNKNOWN,
        title: 'Somewhere New',
        artists: ['Queen'],
        genres: [],
        durationMs: 258_812,
        popularity: 69,
      },
      source: { kind: 'reccobeats', note: { key: 'lookup.source.reccobeatsNearest', params: { count: 20 } } },
    });
    expect(answer.kind === 'song' && answer.song.features).toEqual({
      acousticness: 0.817,
      danceability: 0.606,
      energy: 0.377,
      instrumentalness: 0,
      key: 0,
      liveness: 0.154,
      loudness: -9.455,
      mode: 1,
      speechiness: 0.0275,
      tempo: 101.96,
      valence: 0.446,
      timeSignature: null,
    });
    expect(world.server.asked.sort()).toEqual([
      `GET /v1/audio-features?ids=${UNKNOWN}`,
      `GET /v1/track?ids=${UNKNOWN}`,
    ]);
  });

  it('says how many songs of the artist the genre is taken from', async () => {
    route('/v1/track', page(track()));
    route('/v1/audio-features', page(features({ tempo: 0 })));
    const answer = await resolverFor({}, catalogueOf(SONGS, { kind: 'artist', count: 1 })).resolve(LINK);
    expect(answer.kind === 'song' && inEnglish(answer.source.note)).toContain(
      'from one other song by this artist',
    );
    expect(answer.kind === 'song' && answer.song.features!.tempo).toBeNull();
  });

  it('is remembered for 90 days, a miss for an hour, an error not at all', async () => {
    const resolver = resolverFor();
    route('/v1/track', inTurn(status(500), status(500), page(), page(track())));
    route('/v1/audio-features', page(features()));
    expect(keyOf(await resolver.resolve(LINK))).toBe('lookup.sorry.unreachable');
    expect(keyOf(await resolver.resolve(LINK))).toBe('lookup.sorry.unknownTrack');
    const asked = world.server.asked.length;
    world.now += 59 * 60_000;
    expect(keyOf(await resolver.resolve(LINK))).toBe('lookup.sorry.unknownTrack');
    expect(world.server.asked).toHaveLength(asked);
    world.now += 60_000;
    expect((await resolver.resolve(LINK)).kind).toBe('song');
    const afterHit = world.server.asked.length;
    world.now += 89 * 24 * 3_600_000;
    expect((await resolver.resolve(LINK)).kind).toBe('song');
    expect(world.server.asked).toHaveLength(afterHit);
    world.now += 2 * 24 * 3_600_000;
    await resolver.resolve(LINK);
    expect(world.server.asked.length).toBeGreaterThan(afterHit);
  });

  it('without features is the same recording of the catalogue, where title and artist say so', async () => {
    route('/v1/track', page(track({ trackTitle: 'Bohemian Rhapsody' })));
    route('/v1/audio-features', page());
    expect(await resolve(LINK)).toMatchObject({
      kind: 'song',
      song: { id: queen[0]!.id },
      source: { kind: 'recognised', note: { params: { service: 'ReccoBeats' } } },
    });
  });

  it('without features is estimated from the same artist, with the count, and from nothing else', async () => {
    route('/v1/track', inTurn(page(track()), page(track({ artists: [{ name: 'Nobody Known' }] }))));
    route('/v1/audio-features', page());
    const answer = await resolve(LINK);
    expect(answer).toMatchObject({
      kind: 'song',
      song: {
        id: UNKNOWN,
        title: 'Somewhere New',
        genres: ['rock'],
        features: { energy: 0.6, key: 2, tempo: 120 },
      },
      source: { kind: 'estimate', note: { params: { count: 2 } } },
    });
    expect(answer.kind === 'song' && inEnglish(answer.source.note)).toContain(
      'from 2 other songs by this artist',
    );
    world.state = openMemoryState();
    expect(keyOf(await resolve(LINK))).toBe('lookup.sorry.namedTrack');
  });

  it('is named by Spotify where ReccoBeats does not know it', async () => {
    route('/v1/track', page());
    route('/v1/audio-features', page());
    withSpotify(`/v1/tracks/${UNKNOWN}`, {
      id: UNKNOWN,
      name: 'Angel',
      artists: [{ name: 'Massive Attack' }],
      duration_ms: 1,
    });
    expect(await resolve(LINK, CREDENTIALS)).toMatchObject({
      kind: 'song',
      song: { title: 'Angel', artists: ['Massive Attack'] },
      source: { kind: 'recognised', note: { params: { service: 'Spotify' } } },
    });
  });

  it('of which only the title is known is never chosen, only offered', async () => {
    route('/v1/track', page());
    route('/v1/audio-features', page());
    route('/oembed', json({ title: 'Teardrop', html: '', provider_name: 'Spotify' }));
    const answer = await resolve(LINK);
    expect(keyOf(answer)).toBe('lookup.question.titleOnly');
    expect(answer.kind === 'question' && titles(answer.candidates)).toEqual(['Teardrop', 'Teardrop']);
    expect(world.server.asked).toContain(`GET /oembed?url=${encodeURIComponent(LINK)}&format=json`);
    expect(await resolverFor().resolve(LINK, { artist: 'Massive Attack' })).toMatchObject({ kind: 'song' });
  });

  it('of which only an unknown title is known ends in an apology', async () => {
    route('/v1/track', page());
    route('/v1/audio-features', page());
    route('/oembed', json({ title: 'Something Nobody Has' }));
    expect(keyOf(await resolve(LINK))).toBe('lookup.sorry.titleOnly');
  });

  it('that is noise is declined', async () => {
    route('/v1/track', page(track({ trackTitle: 'Rain Sounds for Sleep' })));
    route('/v1/audio-features', page(features({ instrumentalness: 0.98, danceability: 0.1, valence: 0 })));
    expect(keyOf(await resolve(LINK))).toBe('lookup.nonMusic.noise');
  });
});
