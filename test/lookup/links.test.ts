import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Link, parseLinks, wordsBeside } from '../../src/lookup/links.ts';

const ID = '4u7EnebtmKWzUH433cf5Qv';
const OTHER = '7tFiyTwD0nx5a1eklYtX2J';
const track: Link = { kind: 'track', id: ID };

describe('parseLinks understands', () => {
  it.each([
    `https://open.spotify.com/track/${ID}`,
    `http://open.spotify.com/track/${ID}`,
    `HTTPS://OPEN.SPOTIFY.COM/track/${ID}`,
    `open.spotify.com/track/${ID}`,
    `//open.spotify.com/track/${ID}`,
    `https://play.spotify.com/track/${ID}`,
    `https://open.spotify.com/intl-de/track/${ID}`,
    `https://open.spotify.com/intl-pt-BR/track/${ID}`,
    `https://open.spotify.com/intl-zh-Hant-TW/track/${ID}`,
    `https://open.spotify.com/embed/track/${ID}?utm_source=generator&theme=0`,
    `https://open.spotify.com/intl-fr/embed/track/${ID}`,
    `https://embed.spotify.com/?uri=spotify:track:${ID}`,
    `https://open.spotify.com/embed?uri=spotify%3Atrack%3A${ID}`,
    `https://open.spotify.com/track/${ID}?si=1234567890abcdef&nd=1&dlsi=99#login`,
    `https://open.spotify.com/track/${ID}?context=spotify%3Auser%3Aspotify%3Aplaylist%3A${OTHER}`,
    `https://open.spotify.com/album/${OTHER}?highlight=spotify:track:${ID}`,
    `https://open.spotify.com//track/${ID}/`,
    `spotify:track:${ID}`,
    `SPOTIFY:track:${ID}`,
    `spotify:track:${ID}?si=1`,
    `<https://open.spotify.com/track/${ID}>`,
    `<https://open.spotify.com/track/${ID}|open.spotify.com/track/${ID}>`,
    `<https://open.spotify.com/track/${ID}?a=1&amp;b=2|Queen: "Bohemian Rhapsody">`,
    `[Bohemian Rhapsody](https://open.spotify.com/track/${ID})`,
    `[**Bohemian**](<https://open.spotify.com/track/${ID}>)`,
    `(https://open.spotify.com/track/${ID})`,
    `"https://open.spotify.com/track/${ID}"`,
    `listen:https://open.spotify.com/track/${ID}!`,
    `\u200fhttps://open.spotify.com/track/${ID}\u200e`,
    `\ufeffhttps://open.spot\u200bify.com/track/${ID}`,
  ])('%s', (text) => {
    expect(parseLinks(text)).toEqual([track]);
  });

  it.each(['.', ',', '!', '?', '…', '!!!', ').', '’', ';', ':', '。', '*', '>'])(
    'a link followed by %s',
    (mark) => {
      expect(parseLinks(`hear https://open.spotify.com/track/${ID}${mark}`)).toEqual([track]);
      expect(parseLinks(`hear spotify:track:${ID}${mark} now`)).toEqual([track]);
    },
  );

  it.each(['album', 'artist', 'playlist', 'episode', 'show'] as const)('the kind %s', (kind) => {
    expect(parseLinks(`https://open.spotify.com/${kind}/${ID}?si=1`)).toEqual([{ kind, id: ID }]);
    expect(parseLinks(`spotify:${kind}:${ID}`)).toEqual([{ kind, id: ID }]);
  });

  it.each([
    `spotify:user:somebody:playlist:${ID}`,
    `https://open.spotify.com/user/some%20body/playlist/${ID}?si=1`,
  ])('the old playlist form %s', (text) => {
    expect(parseLinks(text)).toEqual([{ kind: 'playlist', id: ID }]);
  });

  it.each(['spotify:local:Artist:Album:Title:210', 'https://open.spotify.com/local/Artist/Album/Title/210'])(
    'local files: %s',
    (text) => {
      expect(parseLinks(text)).toEqual([{ kind: 'local' }]);
    },
  );

  it.each([
    ['https://spotify.link/AbC123-_x', 'spotify.link'],
    ['spotify.link/AbC123-_x,', 'spotify.link'],
    ['<https://spotify.app.link/AbC123-_x?_p=c11|x>', 'spotify.app.link'],
  ])('the short link %s', (text, host) => {
    expect(parseLinks(text)).toEqual([{ kind: 'short', host, code: 'AbC123-_x' }]);
  });

  it('several links in one message, each once, in order', () => {
    const text = `first https://open.spotify.com/album/${OTHER}, then spotify:track:${ID} and again
      open.spotify.com/track/${ID}; see also https://youtu.be/dQw4w9WgXcQ`;
    expect(parseLinks(text)).toEqual([
      { kind: 'album', id: OTHER },
      track,
      { kind: 'youtube', id: 'dQw4w9WgXcQ', music: false },
    ]);
  });

  it.each([
    `_https://open.spotify.com/track/${ID}_`,
    `**https://open.spotify.com/track/${ID}?si=1**`,
    `~~spotify:track:${ID}~~`,
    `_hear https://open.spotify.com/track/${ID}_`,
    `||https://open.spotify.com/track/${ID}||`,
    `https:/open.spotify.com/track/${ID}`,
    `https:///open.spotify.com/track/${ID}`,
    `spotify://track/${ID}`,
    `https%3A%2F%2Fopen.spotify.com%2Ftrack%2F${ID}%3Fsi%3D1`,
    `https%3a%2f%2fopen.spotify.com%2ftrack%2f${ID}`,
    `spotify%3Atrack%3A${ID}`,
    `https://song.link/s/${ID}`,
    `https://odesli.co/s/${ID}?x=1`,
    `https://song.link/https://open.spotify.com/track/${ID}?si=1`,
    `https://odesli.co/?url=https%3A%2F%2Fopen.spotify.com%2Fintl-de%2Ftrack%2F${ID}`,
    `https://song.link/redirect?url=spotify%3Atrack%3A${ID}`,
  ])('the damaged or wrapped form %s', (text) => {
    expect(parseLinks(text)).toEqual([track]);
  });

  it.each([
    'https://open.spotify.com/s/AbC-1_x',
    'open.spotify.com/intl-de/s/AbC-1_x?si=1',
    'https:/open.spotify.com/s/AbC-1_x',
  ])('the new short form %s', (text) => {
    expect(parseLinks(text)).toEqual([{ kind: 'short', host: 'open.spotify.com', code: 'AbC-1_x' }]);
  });
});

describe('parseLinks reads links of other services', () => {
  const video: Link = { kind: 'youtube', id: 'dQw4w9WgX-_', music: false };
  const music: Link = { ...video, music: true };
  const named = (artist: string, title: string | null, album: string | null = null): Link => ({
    kind: 'named',
    title,
    album,
    artist,
  });
  it.each<[string, Link]>([
    ['https://www.youtube.com/watch?v=dQw4w9WgX-_', video],
    ['https://www.youtube.com/watch?list=RD&v=dQw4w9WgX-_&t=3', video],
    ['youtu.be/dQw4w9WgX-_?t=42', video],
    ['https://m.youtube.com/shorts/dQw4w9WgX-_', video],
    ['https://www.youtube-nocookie.com/embed/dQw4w9WgX-_', video],
    ['https://www.youtube.com/live/dQw4w9WgX-_?si=1', video],
    ['https://music.youtube.com/watch?v=dQw4w9WgX-_&feature=share', music],
    ['<https://youtu.be/dQw4w9WgX-_|a song>', video],
    ['_https://youtu.be/dQw4w9WgX-__', video],
    ['https://song.link/y/dQw4w9WgX-_', music],
    ['https://soundcloud.com/forss/flickermood', { kind: 'soundcloud', path: 'forss/flickermood' }],
    [
      'https://m.soundcloud.com/forss/flicker_mood-2?si=1.',
      { kind: 'soundcloud', path: 'forss/flicker_mood-2' },
    ],
    ['https://www.deezer.com/track/3135556', { kind: 'deezer', of: 'track', id: '3135556' }],
    ['https://www.deezer.com/en/track/3135556?utm=1', { kind: 'deezer', of: 'track', id: '3135556' }],
    ['deezer.com/fr/album/302127,', { kind: 'deezer', of: 'album', id: '302127' }],
    [
      'https://music.apple.com/de/album/get-lucky/617154241?i=617154366',
      { kind: 'apple', of: 'track', id: '617154366', country: 'de' },
    ],
    [
      'https://music.apple.com/us/song/get-lucky/617154366',
      { kind: 'apple', of: 'track', id: '617154366', country: 'us' },
    ],
    [
      'https://music.apple.com/album/617154241',
      { kind: 'apple', of: 'album', id: '617154241', country: null },
    ],
    [
      'https://itunes.apple.com/us/album/x/id617154241?i=617154366',
      { kind: 'apple', of: 'track', id: '617154366', country: 'us' },
    ],
    ['https://song.link/i/617154366', { kind: 'apple', of: 'track', id: '617154366', country: null }],
    ['https://song.link/us/i/617154366', { kind: 'apple', of: 'track', id: '617154366', country: null }],
    ['https://album.link/d/302127', { kind: 'deezer', of: 'album', id: '302127' }],
    [`https://album.link/s/${ID}`, { kind: 'album', id: ID }],
    ['https://www.last.fm/music/Radiohead/_/Karma+Police', named('Radiohead', 'Karma Police')],
    ['https://www.last.fm/de/music/Bj%C3%B6rk/Homogenic/J%C3%B3ga', named('Björk', 'Jóga', 'Homogenic')],
    ['https://www.last.fm/music/AC%2FDC/_/T.N.T.', named('AC/DC', 'T.N.T.')],
    [
      'https://www.last.fm/user/me/library/music/Florence%252Bthe+Machine/_/You%2527ve+Got+the+Love',
      named('Florence+the Machine', "You've Got the Love"),
    ],
    ['https://www.last.fm/music/Massive+Attack/Mezzanine', named('Massive Attack', null, 'Mezzanine')],
    ['https://www.last.fm/music/Massive+Attack', named('Massive Attack', null)],
    ['https://www.last.fm/music/Massive+Attack/+tracks', named('Massive Attack', null)],
  ])('%s', (text, link) => {
    expect(parseLinks(text)).toEqual([link]);
  });
});

describe('parseLinks names other services', () => {
  it.each([
    ['https://www.youtube.com/watch?v=short', 'YouTube'],
    ['https://www.youtube.com/playlist?list=PL123', 'YouTube'],
    ['https://www.youtube.com/@somebody', 'YouTube'],
    ['www.youtube.com/watch?v=1', 'YouTube'],
    ['https://music.apple.com/de/playlist/x/pl.1', 'Apple Music'],
    ['https://music.apple.com/de/artist/queen/3296287', 'Apple Music'],
    ['https://www.deezer.com/playlist/1', 'Deezer'],
    ['https://deezer.page.link/AbC', 'Deezer'],
    ['https://listen.tidal.com/track/1', 'Tidal'],
    ['https://music.amazon.de/albums/B0', 'Amazon Music'],
    ['https://soundcloud.com/forss', 'SoundCloud'],
    ['https://soundcloud.com/forss/sets/soulhack', 'SoundCloud'],
    ['https://soundcloud.com/discover/sets', 'SoundCloud'],
    ['https://on.soundcloud.com/AbC12', 'SoundCloud'],
    ['https://song.link/x/1', 'Songlink'],
    ['https://www.last.fm/charts', 'Last.fm'],
    ['https://someband.bandcamp.com/track/song', 'Bandcamp'],
  ])('%s', (text, service) => {
    expect(parseLinks(text)).toEqual([{ kind: 'other-service', service }]);
  });
});

describe('parseLinks is not taken in', () => {
  it.each([
    `https://open.spotify.com.evil.com/track/${ID}`,
    `https://evil.com/open.spotify.com/track/${ID}`,
    `https://open.spotify.com@evil.com/track/${ID}`,
    `https://user@open.spotify.com/track/${ID}`,
    `https://user:pw@open.spotify.com/track/${ID}`,
    `user@open.spotify.com/track/${ID}`,
    `https://open.spotify.com:8443/track/${ID}`,
    `https://open.spotify.com:443/track/${ID}`,
    `https://open.spotify.com./track/${ID}`,
    `https://xn--open-spotify-abc.com/track/${ID}`,
    `https://оpen.spotify.com/track/${ID}`,
    `https://ｏｐｅｎ.spotify.com/track/${ID}`,
    `https://open%2Espotify.com/track/${ID}`,
    `https://evil.com\\@open.spotify.com/track/${ID}`,
    `https://openspotify.com/track/${ID}`,
    `https://spotify.com/track/${ID}`,
    `open.spotify.com.evil.com/track/${ID}`,
    `https://evil.com/?u=https://open.spotify.com/track/${ID}`,
    `<https://evil.com|https://open.spotify.com/track/${ID}>`,
    `[https://open.spotify.com/track/${ID}](https://evil.com)`,
    `ftp://open.spotify.com/track/${ID}`,
    `file:///track/${ID}`,
    'https://youtube.com.evil.com/watch?v=dQw4w9WgXcQ',
    'https://youtube.com@evil.com/watch?v=dQw4w9WgXcQ',
    'https://user@youtu.be/dQw4w9WgXcQ',
    `https%253A%252F%252Fopen.spotify.com%252Ftrack%252F${ID}`,
    'https%3A%2F%2F169.254.169.254%2Flatest',
    'https://open.spotify.com/s/',
    'https:/evil.com/track/1',
    'https://youtube.com:99/watch?v=1',
    'https://notyoutube.com/watch',
    'https://169.254.169.254/latest/meta-data',
    `https://open.spotify.com/track/${ID}X`,
    `https://open.spotify.com/track/${ID.slice(1)}`,
    `https://open.spotify.com/track/../album/${ID}`,
    'https://open.spotify.com/',
    'https://open.spotify.com',
    'https://open.spotify.com/search/queen',
    'https://spotify.link/',
    'https://spotify.link',
    'spotify:track:short',
    'spotify:x',
    'https://',
    'https://%%%',
  ])('%s', (text) => {
    const links = parseLinks(text);
    expect(links.length).toBeGreaterThan(0);
    expect(links.filter((link) => link.kind !== 'unknown-url')).toEqual([]);
  });
});

describe('parseLinks leaves ordinary words alone', () => {
  it.each([
    'Bohemian Rhapsody by Queen',
    'AC/DC Back in Black',
    'J.Cole/Drake',
    'Spotify: my favourite',
    'Mr. Blue Sky (feat. ELO)',
    '24/7, 365',
    'R.E.M. - Losing My Religion',
    'www',
    'P.S. I Love You',
    'spotify',
    'song :// of :/ smileys :|',
    'Home // Away',
    '',
  ])('%s', (text) => {
    expect(parseLinks(text)).toEqual([]);
  });
});

describe('wordsBeside', () => {
  it.each([
    ['Creep by Radiohead https://youtu.be/dQw4w9WgXcQ', 'Creep by Radiohead'],
    ['<https://example.org/x|Creep> (Radiohead)', 'Radiohead'],
    ['https://example.org/x', ''],
    ['AC/DC Back in Black', 'AC/DC Back in Black'],
  ])('%s', (text, words) => {
    expect(wordsBeside(text)).toBe(words);
  });
});

describe('parseLinks bears anything', () => {
  const fragment = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 30 }),
    fc.constantFrom(
      'https://',
      '//',
      'spotify:',
      'track:',
      'open.spotify.com/',
      'track/',
      'album/',
      'youtu.be/',
      'music.youtube.com/watch?v=',
      'soundcloud.com/',
      'www.deezer.com/',
      'music.apple.com/us/song/',
      'song.link/s/',
      'last.fm/music/',
      'dQw4w9WgXcQ',
      '3135556',
      'some-name/',
      '/_/',
      ID,
      '<',
      '|',
      '>',
      '[',
      '](',
    ),
    fc.constantFrom(
      ')',
      '"',
      "'",
      '«',
      '\u202e',
      '\u200f',
      '🎵',
      '👩‍👩‍👧',
      '?uri=',
      '%',
      '@',
      ':',
      '#',
      ' ',
      '\n',
    ),
  );

  it('random text: no crash, only well-formed links, and the same again without its surroundings', () => {
    fc.assert(
      fc.property(fc.array(fragment, { maxLength: 40 }), (parts) => {
        for (const link of parseLinks(parts.join(''))) {
          if ('id' in link && (link.kind === 'track' || link.kind === 'album')) {
            expect(link.id).toMatch(/^[0-9A-Za-z]{22}$/);
            expect(parseLinks(`https://open.spotify.com/${link.kind}/${link.id}`)).toEqual([link]);
          }
          if (link.kind === 'youtube') expect(link.id).toMatch(/^[\w-]{11}$/);
          if (link.kind === 'soundcloud') expect(link.path).toMatch(/^[a-z0-9][\w-]*\/[a-z0-9][\w-]*$/);
          if (link.kind === 'deezer' || link.kind === 'apple') expect(link.id).toMatch(/^\d{1,15}$/);
          if (link.kind === 'apple') expect(link.country ?? 'us').toMatch(/^[a-z]{2}$/);
          if (link.kind === 'short') expect(link.code).toMatch(/^[\w-]{1,64}$/);
        }
      }),
      { seed: 20261123, numRuns: 2_000 },
    );
  });

  it('a link is found whatever stands around it, as long as spaces do', () => {
    const noise = fc.string({ unit: 'grapheme', maxLength: 60 }).filter((text) => !/[<>|[\]]/.test(text));
    fc.assert(
      fc.property(noise, noise, (before, after) => {
        expect(parseLinks(`${before} https://open.spotify.com/track/${ID}?si=x ${after}`)).toContainEqual(
          track,
        );
      }),
      { seed: 20261123, numRuns: 1_000 },
    );
  });

  it.each([
    '<',
    '<|',
    '[',
    '[]',
    '[](',
    '(',
    '"',
    'https://',
    'spotify:',
    'spotify:user:',
    '//',
    'a.',
    'www.',
    '@',
    '?uri=',
    'open.spotify.com/',
    'https://open.spotify.com/embed/',
    'intl-de/',
    '\u200f',
    '😀',
    'a',
    'a:',
    '%',
    '/',
    ' ',
    'a+.-',
  ])(
    'a megabyte of %j within the time of a test',
    (piece) => {
      const text = piece.repeat(Math.ceil(1_000_000 / piece.length));
      expect(Array.isArray(parseLinks(text))).toBe(true);
      const link = parseLinks(`https://open.spotify.com/track/${ID} ${text}`);
      if (!/[<[]/.test(piece)) expect(link).toContainEqual(track);
    },
    5_000,
  );
});
