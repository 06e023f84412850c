/** Links of other services: asked about by addresses of our own building, and matched by what they name. */
import { describe, expect, it } from 'vitest';
import { openMemoryState } from '../../../src/state/memory.ts';
import { type Handler, json, silence, status } from '../../support/stand-in.ts';
import { inEnglish } from '../support/in-english.ts';
import {
  deezerFound,
  deezerTrack,
  features,
  ISRC,
  keyOf,
  page,
  queen,
  resolve,
  route,
  track,
  UNKNOWN,
  useWorld,
  world,
} from '../support/resolver-fixture.ts';

useWorld();

const VIDEO = 'https://youtu.be/dQw4w9WgXcQ';
const SOUND = 'https://soundcloud.com/somebody/something';

/** YouTube's and SoundCloud's oEmbed of an upload (https://oembed.com). */
const upload = (title: string, author: string | undefined, more: object = {}): Handler =>
  json({
    title,
    author_name: author,
    author_url: 'https://example.org',
    type: 'video',
    version: '1.0',
    html: '<iframe>',
    ...more,
  });

/** Apple's look-up of a song (https://performance-partners.apple.com/search-api). */
const appleSong = (more: object = {}) => ({
  wrapperType: 'track',
  kind: 'song',
  artistId: 1,
  trackId: 617_154_366,
  artistName: 'Lady Gaga & Bruno Mars',
  collectionName: 'Die With a Smile - Single',
  trackName: 'Die With a Smile',
  trackTimeMillis: 251_668,
  country: 'USA',
  ...more,
});

/** ReccoBeats has measured the recording with the ISRC. */
function measured(): void {
  route('/v1/track', page(track({ isrc: ISRC, durationMs: 251_000, artists: [{ name: 'Lady Gaga' }] })));
  route('/v1/audio-features', page(features({ isrc: ISRC })));
}

describe('a video or an upload', () => {
  it.each([
    ['Queen – Bohemian Rhapsody (Official Video Remastered)', 'Queen Official'],
    ['Bohemian Rhapsody (Remastered 2011)', 'Queen - Topic'],
    ['Bohemian Rhapsody', 'QueenVEVO'],
    ['Bohemian Rhapsody - Queen', 'Somebody'],
    ['Queen - Bohemian Rhapsody [4K] | Live Aid channel', 'Somebody'],
    ['queen bohemian rhapsody lyrics', 'Lyrics Lover'],
    ['Bohemian Rhapsody by Queen', 'Queen'],
  ])('called “%s” by “%s” is the song of the catalogue', async (title, author) => {
    route('/oembed', upload(title, author));
    expect(await resolve(VIDEO)).toMatchObject({ kind: 'song', song: { id: queen[0]!.id } });
    const about = encodeURIComponent('https://www.youtube.com/watch?v=dQw4w9WgXcQ');
    expect(world.server.asked).toEqual([`GET /oembed?url=${about}&format=json`]);
  });

  it('of SoundCloud, with its author in the title, is the song', async () => {
    route(
      '/oembed',
      upload('Teardrop by Massive Attack', 'Massive Attack', {
        type: 'rich',
        version: 1,
        provider_name: 'SoundCloud',
      }),
    );
    const answer = await resolve(`${SOUND}?si=1#t=3`);
    expect(answer).toMatchObject({
      song: { title: 'Teardrop' },
      source: { kind: 'recognised', note: { params: { service: 'SoundCloud' } } },
    });
    expect(world.server.asked).toEqual([`GET /oembed?url=${encodeURIComponent(SOUND)}&format=json`]);
  });

  it.each([
    ['Lady Gaga, Bruno Mars - Die With A Smile (Official Music Video)', 'LadyGagaVEVO'],
    ['Die With A Smile – Lady Gaga [HD]', 'Somebody'],
    ['Die With A Smile', 'Lady Gaga - Topic'],
  ])('called “%s” by “%s” is found by Deezer, where title and artist fit', async (title, author) => {
    route('/oembed', upload(title, author));
    route('/search', deezerFound(deezerTrack({ artist: { name: 'Tribute Band' } }), deezerTrack()));
    measured();
    const song = { id: UNKNOWN, artists: ['Lady Gaga'] };
    expect(await resolve(VIDEO)).toMatchObject({ song, source: { kind: 'reccobeats' } });
  });

  it.each(['Hallelujah', 'Teardrop (official audio)'])(
    'called only “%s” by nobody known is a question',
    async (title) => {
      route('/oembed', upload(title, 'Somebody Nobody Knows'));
      const answer = await resolve(VIDEO);
      expect(keyOf(answer)).toBe('lookup.question.titleOnly');
      expect(answer.kind === 'question' && inEnglish(answer.why)).toContain(
        'YouTube tells me only the title',
      );
    },
  );

  it('called by a title alone may be a song that the catalogue lacks', async () => {
    route('/oembed', upload('Angel', 'Somebody Nobody Knows'));
    const others = [
      deezerTrack({ title: 'Angel', isrc: 'USAAA0000001', artist: { name: 'Massive Attack' } }),
      deezerTrack({ title: 'Angel', isrc: 'USAAA0000002', artist: { name: 'Another' } }),
      deezerTrack({ title: 'Angel', isrc: 'USAAA0000003', artist: { name: 'A Third' } }),
      deezerTrack({ title: 'Angel Eyes', isrc: 'USAAA0000004' }),
    ];
    route('/search', deezerFound(...others));
    const sounds = ['USAAA0000002', 'USAAA0000004'].map((isrc) => features({ isrc }));
    route('/v1/audio-features', page(...sounds));
    const answer = await resolve(VIDEO);
    expect(keyOf(answer)).toBe('lookup.question.titleOnly');
    expect(answer.kind === 'question' && answer.candidates.map(({ song }) => song.artists[0])).toEqual([
      'Massive Attack',
      'Another',
    ]);
    // No question has one choice.
    route('/search', deezerFound());
    world.state = openMemoryState();
    const apology = await resolve(VIDEO);
    expect(keyOf(apology)).toBe('lookup.sorry.titleOnly');
    expect(apology.kind === 'sorry' && apology.candidates.map(({ song }) => song.title)).toEqual(['Angel']);
  });

  it.each(['How to bake bread', 'Minecraft let’s play #12 – the cave'])('“%s” is no song', async (title) => {
    route('/oembed', upload(title, 'A Channel'));
    route('/search', deezerFound(deezerTrack()));
    const answer = await resolve(VIDEO);
    expect(keyOf(answer)).toBe('lookup.sorry.titleOnly');
    expect(answer.kind === 'sorry' && inEnglish(answer.reason)).toContain(title);
  });

  it.each([400, 401, 403, 404])('that is private or gone (%i) ends in a sentence', async (code) => {
    route('/oembed', status(code));
    const answer = await resolve(SOUND);
    expect(keyOf(answer)).toBe('lookup.sorry.emptyLink');
    expect(answer.kind === 'sorry' && inEnglish(answer.reason)).toContain('SoundCloud');
  });

  it.each([
    ['silent', silence, 'unreachable'],
    ['of another form', json({ name: 'x' }), 'unreadable'],
    ['redirecting', status(302, { location: 'http://169.254.169.254/' }), 'refused'],
  ])('whose service is %s ends in a sentence', async (_how, handler, failure) => {
    route('/oembed', handler);
    expect(keyOf(await resolve(VIDEO))).toBe(`lookup.sorry.${failure}`);
  });
});

describe('a link of Deezer’s', () => {
  it('to a song becomes it', async () => {
    route(
      '/track/3135556',
      json(deezerTrack({ id: 3_135_556, contributors: [{ name: 'Lady Gaga' }, { name: 'Bruno Mars' }] })),
    );
    measured();
    const answer = await resolve('https://www.deezer.com/de/track/3135556?utm=x');
    expect(answer).toMatchObject({
      song: { artists: ['Lady Gaga', 'Bruno Mars'] },
      source: { kind: 'reccobeats' },
    });
    expect(world.server.asked[0]).toBe('GET /track/3135556');
  });

  it('to an album becomes a blend, by name and by measured features', async () => {
    const song = (id: number, title: string, isrc: string) => ({
      id,
      title,
      isrc,
      duration: 200,
      artist: { name: 'Massive Attack' },
    });
    route(
      '/album/302127',
      json({
        id: 302_127,
        title: 'Mezzanine',
        artist: { name: 'Massive Attack' },
        nb_tracks: 11,
        tracks: {
          data: [song(1, 'Angel', 'GBAAA9800001'), song(2, 'Unheard', 'GBAAA9800002'), { id: 'bad' }],
        },
      }),
    );
    route('/v1/audio-features', page(features({ isrc: 'GBAAA9800002' })));
    const answer = await resolve('https://www.deezer.com/album/302127');
    expect(answer).toMatchObject({ kind: 'blend', of: 'album', name: 'Mezzanine', known: 2, total: 11 });
    expect(answer.kind === 'blend' && answer.songs.map(({ title }) => title)).toEqual(['Angel', 'Unheard']);
  });

  it('under which there is nothing says so', async () => {
    route('/track/1', json({ error: { type: 'DataException', message: 'no data', code: 800 } }));
    expect(keyOf(await resolve('https://deezer.com/track/1'))).toBe('lookup.sorry.emptyLink');
  });
});

describe('a link of Apple Music’s', () => {
  const LINK = 'https://music.apple.com/de/album/die-with-a-smile/1762656724?i=617154366';

  it('to a song of the catalogue becomes it, asked of the store that knows the id', async () => {
    route(
      '/lookup',
      json({ resultCount: 1, results: [appleSong({ trackName: 'Teardrop', artistName: 'Massive Attack' })] }),
    );
    expect(await resolve(LINK)).toMatchObject({
      song: { title: 'Teardrop' },
      source: { kind: 'recognised' },
    });
    expect(world.server.asked).toEqual(['GET /lookup?id=617154366&country=de']);
  });

  it('to another song gets its ISRC from Deezer, where name, artist and length fit', async () => {
    route('/lookup', json({ resultCount: 1, results: [appleSong()] }));
    route('/search', deezerFound(deezerTrack({ duration: 180 }), deezerTrack()));
    measured();
    expect(await resolve(LINK)).toMatchObject({
      song: { title: 'Die With A Smile', durationMs: 251_000 },
      source: { kind: 'reccobeats' },
    });
  });

  it('to a song that Deezer has only in another length is not matched by that', async () => {
    route('/lookup', json({ resultCount: 1, results: [appleSong()] }));
    route('/search', deezerFound(deezerTrack({ duration: 180 })));
    measured();
    expect(keyOf(await resolve(LINK))).toBe('lookup.sorry.namedTrack');
  });

  it('to an album becomes a blend', async () => {
    const collection = {
      wrapperType: 'collection',
      collectionName: 'Greatest Hits',
      artistName: 'Massive Attack',
      trackCount: 18,
    };
    const results = [
      collection,
      appleSong({ trackName: 'Angel', artistName: 'Massive Attack' }),
      { wrapperType: 'track', kind: 'music-video' },
    ];
    route('/lookup', json({ resultCount: 3, results }));
    const answer = await resolve('https://music.apple.com/us/album/greatest-hits/12345');
    expect(answer).toMatchObject({ kind: 'blend', of: 'album', name: 'Greatest Hits', total: 18 });
    expect(
      answer.kind === 'blend' && answer.songs.every(({ artists }) => artists[0] === 'Massive Attack'),
    ).toBe(true);
    expect(world.server.asked[0]).toBe('GET /lookup?id=12345&country=us&entity=song&limit=100');
  });

  it('under which there is nothing says so', async () => {
    route('/lookup', json({ resultCount: 0, results: [] }));
    expect(keyOf(await resolve(LINK))).toBe('lookup.sorry.emptyLink');
  });
});

describe('links that say the names themselves', () => {
  it('of Last.fm become the song or the artist without asking anybody', async () => {
    expect(await resolve('https://www.last.fm/music/Massive+Attack/_/Teardrop')).toMatchObject({
      song: { artists: ['Massive Attack'] },
    });
    expect(await resolve('https://www.last.fm/music/Massive+Attack')).toMatchObject({
      kind: 'blend',
      of: 'artist',
    });
    expect(world.server.asked).toEqual([]);
  });

  it('of Last.fm to an album become a blend of its known songs', async () => {
    const answer = await resolve('https://www.last.fm/music/Massive+Attack/Greatest+Hits');
    expect(answer).toMatchObject({ kind: 'blend', of: 'album', known: 2, total: null });
    expect(keyOf(await resolve('https://www.last.fm/music/Queen/Greatest+Hits'))).toBe(
      'lookup.sorry.unknownAlbum',
    );
  });

  it('of Last.fm are looked up where the catalogue lacks the song', async () => {
    route('/search', deezerFound(deezerTrack()));
    measured();
    expect(await resolve('https://www.last.fm/music/Lady+Gaga/_/Die+With+a+Smile')).toMatchObject({
      source: { kind: 'reccobeats' },
    });
  });

  it('with a Spotify id in them are that track', async () => {
    expect(await resolve(`https://song.link/s/${queen[1]!.id}`)).toMatchObject({
      song: { id: queen[1]!.id },
    });
    expect(await resolve(queen[1]!.id)).toMatchObject({ song: { id: queen[1]!.id } });
  });

  it('and a bare id that is no word, are looked up', async () => {
    route('/v1/track', page(track()));
    route('/v1/audio-features', page(features()));
    expect(await resolve(UNKNOWN)).toMatchObject({ song: { id: UNKNOWN } });
    expect(keyOf(await resolve('internationalizationss', { MUSIC2MOVIE_SEARCH_ONLINE: 'false' }))).toBe(
      'lookup.sorry.notFound',
    );
  });
});

it('nothing of another service is asked where look-ups are off', async () => {
  for (const link of [
    VIDEO,
    SOUND,
    'https://www.deezer.com/track/1',
    'https://music.apple.com/us/song/x/1',
  ]) {
    expect(keyOf(await resolve(link, { MUSIC2MOVIE_OFFLINE: 'true' }))).toBe('lookup.sorry.offline');
  }
  expect(world.server.asked).toEqual([]);
});
