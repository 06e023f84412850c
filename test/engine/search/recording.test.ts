import { describe, expect, it } from 'vitest';
import { nameKey, recordingKeys, titleKey } from '../../../src/engine/search/recording.ts';

describe('recording keys', () => {
  it.each([
    ['Bohemian Rhapsody - Remastered 2011', 'Bohemian Rhapsody'],
    ['Halo (Live)', 'Halo'],
    ['Blue Monday - 2016 Remaster', 'BLUE MONDAY'],
    ['Umbrella (feat. JAY-Z)', 'Umbrella'],
    ['Señorita', 'senorita'],
  ])('%s is %s', (written, plain) => {
    expect(titleKey(written)).toBe(titleKey(plain));
  });

  it.each([
    ['Yesterday', 'Tomorrow'],
    ['1999', '1989'],
    ['Love', 'Lover'],
    ['99 Problems', '99 Luftballons'],
  ])('%s is not %s', (a, b) => {
    expect(titleKey(a)).not.toBe(titleKey(b));
  });

  it('know an artist with and without article and accents', () => {
    expect(nameKey('The Beatles')).toBe(nameKey('beatles'));
    expect(nameKey('Beyoncé')).toBe(nameKey('BEYONCE'));
    expect(nameKey('The The')).not.toBe('');
    expect(nameKey('Theodore')).not.toBe(nameKey('odore'));
  });

  it('are one for each artist, so that any of them finds the song', () => {
    const keys = recordingKeys({ title: 'Crazy in Love (feat. JAY-Z)', artists: ['Beyoncé', 'JAY-Z'] });
    expect(keys).toHaveLength(2);
    expect(keys).toContain(recordingKeys({ title: 'Crazy In Love', artists: ['Beyonce'] })[0]);
    expect(recordingKeys({ title: 'Hello', artists: ['Adele'] })).not.toEqual(
      recordingKeys({ title: 'Hello', artists: ['Lionel Richie'] }),
    );
    expect(recordingKeys({ title: 'Alone', artists: [] })).toEqual([]);
  });
});
