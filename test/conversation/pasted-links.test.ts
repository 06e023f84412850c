import { describe, expect, test } from 'vitest';
import { resolveText } from '../../src/conversation/ask.ts';
import { pastedSongs, questionIn } from '../../src/conversation/pasted-links.ts';
import { parseLinks } from '../../src/lookup/links.ts';

const TRACK = '5vjLSffimiIP26QG5WcN2K';

describe('pasted songs', () => {
  test('are links that films can follow from, each once', () => {
    const text = `a https://open.spotify.com/intl-de/track/${TRACK}?si=1 <spotify:track:${TRACK}> https://youtu.be/x https://spotify.link/AbC https://open.spotify.com/episode/${TRACK}`;
    expect(pastedSongs(text)).toEqual([`spotify:track:${TRACK}`, 'https://spotify.link/AbC']);
    expect(pastedSongs('no links here: AC/DC')).toEqual([]);
  });

  test.each([
    ['https://open.spotify.com/s/AbC?x=1', 'https://open.spotify.com/s/AbC'],
    ['https://music.youtube.com/watch?v=dQw4w9WgXcQ&si=1', 'https://music.youtube.com/watch?v=dQw4w9WgXcQ'],
    ['https://soundcloud.com/a/b?si=1', 'https://soundcloud.com/a/b'],
    ['https://www.deezer.com/de/track/1', 'https://www.deezer.com/track/1'],
    ['https://www.deezer.com/album/1', 'https://www.deezer.com/album/1'],
    ['https://music.apple.com/de/album/x/1?i=2', 'https://music.apple.com/de/song/2'],
    ['https://music.apple.com/album/x/1', 'https://music.apple.com/album/1'],
  ])('of other services of music are worth a reaction too: %s', (text, question) => {
    expect(pastedSongs(`hear ${text} now`)).toEqual([question]);
    // What a button carries means the same.
    expect(parseLinks(question)).toEqual(parseLinks(text));
  });

  test.each([
    'https://youtu.be/dQw4w9WgXcQ',
    'https://www.last.fm/music/Queen',
    'https://listen.tidal.com/track/1',
  ])('are not: %s', (text) => {
    expect(pastedSongs(text)).toEqual([]);
  });

  test('keep the words beside a link that may lead nowhere', () => {
    expect(questionIn('Creep by Radiohead https://soundcloud.com/a/b')).toBe(
      'Creep by Radiohead https://soundcloud.com/a/b',
    );
    expect(questionIn('https://soundcloud.com/a/b and https://soundcloud.com/a/c')).toBe(
      'https://soundcloud.com/a/b + https://soundcloud.com/a/c',
    );
  });

  test('become one question, or the words do', () => {
    expect(questionIn(`spotify:track:${TRACK} and spotify:album:${TRACK}`)).toBe(
      `spotify:track:${TRACK} + spotify:album:${TRACK}`,
    );
    expect(questionIn(' hold on ')).toBe('hold on');
    expect(questionIn(`look: spotify:track:${TRACK}!`)).toBe(`spotify:track:${TRACK}`);
    expect(questionIn(`hold on + spotify:track:${TRACK}`)).toBe(`hold on + spotify:track:${TRACK}`);
  });

  test('are one question as a list of songs, lines and all', () => {
    const list = 'Creep - Radiohead\nTeardrop - Massive Attack\n';
    expect(questionIn(list)).toBe(list.trim());
    const links = Array.from({ length: 6 }, (_, at) => `spotify:track:${`${at}`.repeat(22)}`).join('\n');
    expect(questionIn(links)).toBe(links);
  });

  test('joined by + beyond five are asked as a list, of which some may be unknown', async () => {
    const asked: string[] = [];
    const resolver = {
      resolve: async (text: string) => {
        asked.push(text);
        return { kind: 'sorry', reason: { key: 'lookup.sorry.late', params: {} }, candidates: [] } as const;
      },
    };
    await resolveText('a + b + c + d + e + f', { resolver });
    expect(asked).toEqual(['1. a\n2. b\n3. c\n4. d\n5. e\n6. f']);
    asked.length = 0;
    await resolveText('Creep - Radiohead\nTeardrop - Massive Attack', { resolver });
    expect(asked).toEqual(['Creep - Radiohead\nTeardrop - Massive Attack']);
  });
});
