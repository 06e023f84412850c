import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitTitle } from '../../src/conversation/titles.ts';

const split = (title: string, artists: readonly string[] = []) => splitTitle({ title, artists });

describe('a title', () => {
  it.each([
    ['Bohemian Rhapsody - Remastered 2011', 'Bohemian Rhapsody', 'Remastered 2011'],
    ['Come Together - 2019 Mix', 'Come Together', '2019 Mix'],
    ['Heroes (2017 Remaster)', 'Heroes', '2017 Remaster'],
    ['Africa [Remastered]', 'Africa', 'Remastered'],
    ['Lose Yourself - From "8 Mile" Soundtrack', 'Lose Yourself', 'From "8 Mile" Soundtrack'],
    ['Hurt (Live at Wembley)', 'Hurt (Live at Wembley)', ''],
    ['(I Can’t Get No) Satisfaction - Mono Version', '(I Can’t Get No) Satisfaction', 'Mono Version'],
    ['Remastered', 'Remastered', ''],
    ['', '—', ''],
  ])('%s is called %s', (title, called, edition) => {
    expect(split(title)).toEqual({ title: called, edition });
  });

  it('never loses its name', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (title) => {
        expect(split(title).title).not.toBe('');
      }),
    );
  });
});
