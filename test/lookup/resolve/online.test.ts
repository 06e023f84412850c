/** Songs that the catalogue lacks, looked up by their words: Deezer or Spotify names them, ReccoBeats measured them. */
import { describe, expect, it, vi } from 'vitest';
import { json, silence, startStandIn, status } from '../../support/stand-in.ts';
import { inEnglish } from '../support/in-english.ts';
import {
  CREDENTIALS,
  deezerFound,
  deezerTrack,
  features,
  ISRC,
  keyOf,
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

/** ReccoBeats knows the recording. */
function measured(facts: object = {}, sound: object = {}): void {
  const of = { isrc: ISRC, durationMs: 251_000 };
  route(
    '/v1/track',
    page(
      track({
        ...of,
        trackTitle: 'Die With A Smile',
        artists: [{ name: 'Lady Gaga' }, { name: 'Bruno Mars' }],
        ...facts,
      }),
    ),
  );
  route('/v1/audio-features', page(features({ ...of, ...sound })));
}

describe('words that the catalogue does not know', () => {
  it.each([
    'die with a smile',
    'Die With a Smile by Lady Gaga',
    'lady gaga – die with a smile',
    'die with a smlie lady gaga',
  ])('%s: found by Deezer, measured by ReccoBeats under its ISRC', async (text) => {
    route('/search', deezerFound(deezerTrack()));
    measured();
    const answer = await resolve(text);
    expect(answer).toMatchObject({
      kind: 'song',
      song: {
        id: UNKNOWN,
        title: 'Die With A Smile',
        artists: ['Lady Gaga'],
        durationMs: 251_000,
        popularity: 69,
      },
      source: { kind: 'reccobeats' },
    });
    expect(world.server.asked[0]).toBe(`GET /search?q=${encodeURIComponent(text.toLowerCase())}&limit=10`);
    expect(world.server.asked.slice(1).sort()).toEqual([
      `GET /v1/audio-features?ids=${ISRC}`,
      `GET /v1/track?ids=${ISRC}`,
    ]);
  });

  it('send nothing about the asker, and are remembered under a hash', async () => {
    const set = vi.spyOn(world.state, 'set');
    let headers: object = {};
    route('/search', (request, response) => {
      headers = request.headers;
      deezerFound(deezerTrack())(request, response);
    });
    measured();
    const resolver = resolverFor();
    await resolver.resolve('Die With A Smile');
    const asked = world.server.asked.length;
    await resolver.resolve('die with  a smile');
    expect(world.server.asked).toHaveLength(asked);
    expect(Object.keys(headers).sort()).toEqual(
      expect.not.arrayContaining(['cookie', 'referer', 'from', 'x-forwarded-for']),
    );
    expect(set.mock.calls.map(([key]) => key).join()).not.toMatch(/smile/i);
    expect(set).toHaveBeenCalled();
  });

  it('are the catalogue’s own recording where the service corrects them', async () => {
    route(
      '/search',
      deezerFound(deezerTrack({ title: 'Bohemian Rhapsody (Remastered 2011)', artist: { name: 'Queen' } })),
    );
    const known = catalogueOf(SONGS);
    const blind = {
      ...known,
      readSongs: (text: string, limit?: number) => (/xqzw/.test(text) ? [] : known.readSongs(text, limit)),
    };
    const answer = await resolverFor({}, blind).resolve('Bohemian Rhapsody (xqzw)');
    expect(keyOf(answer)).toBe('lookup.sorry.notFound');
    const right = {
      ...known,
      readSongs: (text: string, limit?: number) => (/ by /.test(text) ? [] : known.readSongs(text, limit)),
    };
    expect(await resolverFor({}, right).resolve('Bohemian Rhapsody by Queen')).toMatchObject({
      song: { id: queen[0]!.id },
      source: { kind: 'recognised', note: { params: { service: 'Deezer' } } },
    });
    expect(world.server.asked.filter((line) => line.includes('/v1/'))).toEqual([]);
  });

  it.each([
    ['another title', { title: 'Die With A Frown' }],
    ['a longer title', { title: 'Never Die With A Smile' }],
    ['an artist who was not named', { artist: { name: 'Somebody Else' } }],
    ['a karaoke version', { title: 'Die With A Smile (Karaoke Version)' }],
    ['a live take', { title: 'Die With A Smile (Live in Las Vegas)' }],
    ['a tribute', { title: 'Die With A Smile (Originally Performed by Lady Gaga)' }],
  ])('are not taken for %s', async (_what, more) => {
    route('/search', deezerFound(deezerTrack(more)));
    measured();
    expect(keyOf(await resolve('die with a smile lady gaga'))).toBe('lookup.sorry.notFound');
    expect(world.server.asked.filter((line) => line.includes('/v1/'))).toEqual([]);
  });

  it('mean a live take when they say so', async () => {
    route('/search', deezerFound(deezerTrack({ title: 'Die With A Smile (Live in Las Vegas)' })));
    measured({}, {});
    expect(await resolve('die with a smile live lady gaga')).toMatchObject({ kind: 'song' });
  });

  it.each([
    ['another ISRC', { isrc: 'GBAYE0601498' }, { isrc: 'GBAYE0601498' }],
    ['a length that is 6 s off', { durationMs: 257_000 }, {}],
    ['other artists', { artists: [{ name: 'Somebody Else' }] }, {}],
  ])('are refused a sound measured under %s', async (_what, facts: object, sound: object) => {
    route('/search', deezerFound(deezerTrack()));
    measured(facts, sound);
    expect(keyOf(await resolve('die with a smile lady gaga'))).toBe('lookup.sorry.namedTrack');
  });

  it.each([246_000, 256_000])('bear a length that is 5 s off (%i)', async (durationMs) => {
    route('/search', deezerFound(deezerTrack()));
    measured({ durationMs });
    expect((await resolve('die with a smile lady gaga')).kind).toBe('song');
  });

  it('get the ISRC from the track where the search leaves it out', async () => {
    route('/search', deezerFound(deezerTrack({ isrc: undefined })));
    route(
      '/track/2947516331',
      json(deezerTrack({ contributors: [{ name: 'Lady Gaga' }, { name: 'Bruno Mars' }] })),
    );
    measured();
    expect(await resolve('die with a smile')).toMatchObject({
      song: { artists: ['Lady Gaga', 'Bruno Mars'] },
    });
  });

  it('keep to what the search said where the track of that id is another', async () => {
    route('/search', deezerFound(deezerTrack({ isrc: undefined })));
    route('/track/2947516331', json(deezerTrack({ artist: { name: 'Somebody Else' } })));
    measured({ artists: [{ name: 'Somebody Else' }] });
    expect(keyOf(await resolve('die with a smile'))).toBe('lookup.sorry.namedTrack');
    expect(world.server.asked.filter((line) => line.includes('/v1/'))).toEqual([]);
  });

  it('are a question where a title alone means several songs that are known alike', async () => {
    route(
      '/search',
      deezerFound(
        deezerTrack({ title: 'Same Name', isrc: 'USAAA0000001', rank: 600_000 }),
        deezerTrack({ title: 'Same Name', isrc: 'USAAA0000002', rank: 590_000, artist: { name: 'Another' } }),
        deezerTrack({ title: 'Same Name', isrc: 'USAAA0000003', rank: 100_000, artist: { name: 'A Third' } }),
      ),
    );
    route('/v1/audio-features', page(features({ isrc: 'USAAA0000001' }), features({ isrc: 'USAAA0000002' })));
    const answer = await resolve('same name');
    expect(keyOf(answer)).toBe('lookup.question.text');
    expect(answer.kind === 'question' && answer.candidates.map(({ song }) => song.artists[0])).toEqual([
      'Lady Gaga',
      'Another',
    ]);
    expect(answer.kind === 'question' && titles(answer.candidates)).toEqual(['Same Name', 'Same Name']);
  });

  it('are the far better known of two songs', async () => {
    route(
      '/search',
      deezerFound(
        deezerTrack({ rank: 100_000, artist: { name: 'Cover Band' }, isrc: 'USAAA0000009' }),
        deezerTrack(),
      ),
    );
    measured();
    const answer = await resolve('die with a smile');
    expect(answer).toMatchObject({ kind: 'song', song: { artists: ['Lady Gaga'] } });
  });

  it('are asked of Spotify first where its credentials are set, and of Deezer where it does not know', async () => {
    const spotify = {
      id: UNKNOWN,
      name: 'Die With A Smile',
      artists: [{ name: 'Lady Gaga' }, { name: 'Bruno Mars' }],
      duration_ms: 251_667,
      external_ids: { isrc: ISRC },
    };
    withSpotify('/v1/search', { tracks: { items: [null, { id: 'x' }, spotify] } });
    measured();
    expect(await resolve('die with a smile', CREDENTIALS)).toMatchObject({
      kind: 'song',
      song: { id: UNKNOWN },
    });
    expect(world.server.asked).toContain(
      `GET /v1/search?type=track&limit=10&q=${encodeURIComponent('die with a smile')}`,
    );
    expect(world.server.asked.some((line) => line.startsWith('GET /search'))).toBe(false);
    withSpotify('/v1/search', { tracks: { items: [] } });
    route('/search', deezerFound(deezerTrack()));
    expect((await resolve('die with a smile gaga', CREDENTIALS)).kind).toBe('song');
  });

  it('with an artist apart fit both', async () => {
    route('/search', deezerFound(deezerTrack({ artist: { name: 'Bruno Mars' } }), deezerTrack()));
    measured();
    expect(await resolverFor().resolve('Die With a Smile', { artist: 'gaga' })).toMatchObject({
      song: { artists: ['Lady Gaga'] },
    });
    expect(keyOf(await resolverFor().resolve('Die With a Smile', { artist: 'Metallica' }))).toBe(
      'lookup.sorry.notByArtist',
    );
  });

  it('with an artist apart do not mean a live take', async () => {
    route('/search', deezerFound(deezerTrack({ title: 'Die With A Smile (Live)' })));
    measured();
    const answer = await resolverFor().resolve('Die With a Smile', { artist: 'Lady Gaga' });
    expect(keyOf(answer)).toBe('lookup.sorry.notByArtist');
  });

  it('of an artist whose songs are known, and a sound that nobody measured, are estimated', async () => {
    route('/search', deezerFound(deezerTrack({ artist: { name: 'Queen' }, title: 'New Song' })));
    route('/v1/track', page());
    route('/v1/audio-features', page());
    const answer = await resolve('new song queen');
    expect(answer).toMatchObject({ kind: 'song', song: { title: 'New Song' }, source: { kind: 'estimate' } });
  });

  it('are not looked up when the catalogue is sure, asks for a choice, or searching is switched off', async () => {
    route('/search', deezerFound(deezerTrack()));
    expect(await resolve('bohemian rhapsody')).toMatchObject({ song: { id: queen[0]!.id } });
    expect((await resolve('Hallelujah')).kind).toBe('question');
    expect(keyOf(await resolve(''))).toBe('lookup.sorry.empty');
    const off: Record<string, string>[] = [
      { MUSIC2MOVIE_SEARCH_ONLINE: 'false' },
      { MUSIC2MOVIE_OFFLINE: 'true' },
    ];
    for (const env of off) {
      expect(keyOf(await resolve('die with a smile', env))).toBe('lookup.sorry.notFound');
      expect(resolverFor(env).searches).toEqual([]);
    }
    expect(world.server.asked).toEqual([]);
    expect(resolverFor().searches).toEqual(['Deezer', 'ReccoBeats']);
    expect(resolverFor(CREDENTIALS).searches).toEqual(['Spotify', 'Deezer', 'ReccoBeats']);
  });

  it.each([
    ['silent', silence, 'unreachable'],
    ['broken', status(503), 'unreachable'],
    [
      'over its quota',
      json({ error: { type: 'Exception', message: 'Quota limit exceeded', code: 4 } }),
      'unreachable',
    ],
    ['of another form', json({ tracks: [] }), 'unreadable'],
    ['shut', status(403), 'refused'],
  ])('end in a sentence when Deezer is %s', async (_how, handler, failure) => {
    route('/search', handler);
    const answer = await resolve('die with a smile');
    expect(keyOf(answer)).toBe(`lookup.sorry.${failure}`);
    expect(answer.kind === 'sorry' && inEnglish(answer.reason)).toContain('Deezer');
  });

  it('leave Deezer alone for a while when it says that the quota is used up', async () => {
    route('/search', json({ error: { type: 'Exception', message: 'Quota limit exceeded', code: 4 } }));
    const resolver = resolverFor();
    for (const text of ['die with a smile', 'die with a grin']) {
      expect(keyOf(await resolver.resolve(text))).toBe('lookup.sorry.unreachable');
    }
    expect(world.server.asked).toHaveLength(1);
  });

  it('keep the catalogue’s better sentence when Deezer does not answer', async () => {
    route('/search', status(503));
    expect(keyOf(await resolve('Teardrop by Metallica'))).toBe('lookup.sorry.byOthers');
  });

  it('are the catalogue’s own apology when Deezer knows nothing either', async () => {
    route('/search', json({ data: [], total: 0 }));
    expect(keyOf(await resolve('die with a smile'))).toBe('lookup.sorry.notFound');
    route('/search', json({ error: { type: 'DataException', message: 'no data', code: 800 } }));
    expect(keyOf(await resolve('die with a grin'))).toBe('lookup.sorry.notFound');
  });

  it('asked twice at once are one question, which goes on when the first asker has gone', async () => {
    const slow = await startStandIn();
    let answerNow = () => {};
    slow.routes.set('/search', (request, response) => {
      answerNow = () => deezerFound(deezerTrack())(request, response);
    });
    measured();
    const resolver = resolverFor({ DEEZER_URL: slow.url });
    const gone = new AbortController();
    const first = resolver.resolve('die with a smile', { signal: gone.signal });
    const second = resolver.resolve('die with a smile');
    await expect.poll(() => slow.asked.length).toBe(1);
    gone.abort();
    expect(keyOf(await first)).toBe('lookup.sorry.notFound');
    answerNow();
    expect((await second).kind).toBe('song');
    expect(slow.asked).toHaveLength(1);
    await slow.close();
  });
});
