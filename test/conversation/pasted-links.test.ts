import { describe, expect, test } from 'vitest';
import { pastedSongs, questionIn } from '../../src/conversation/pasted-links.ts';

const TRACK = '5vjLSffimiIP26QG5WcN2K';

describe('pasted songs', () => {
  test('are links that films can follow from, each once', () => {
    const text = `a https://open.spotify.com/intl-de/track/${TRACK}?si=1 <spotify:track:${TRACK}> https://youtu.be/x https://spotify.link/AbC https://open.spotify.com/episode/${TRACK}`;
    expect(pastedSongs(text)).toEqual([`spotify:track:${TRACK}`, 'https://spotify.link/AbC']);
    expect(pastedSongs('no links here: AC/DC')).toEqual([]);
  });

  test('become one question, or the words do', () => {
    expect(questionIn(`spotify:track:${TRACK} and spotify:album:${TRACK}`)).toBe(
      `spotify:track:${TRACK} + spotify:album:${TRACK}`,
    );
    expect(questionIn(' hold on ')).toBe('hold on');
    expect(questionIn(`look: spotify:track:${TRACK}!`)).toBe(`spotify:track:${TRACK}`);
    expect(questionIn(`hold on + spotify:track:${TRACK}`)).toBe(`hold on + spotify:track:${TRACK}`);
  });
});
