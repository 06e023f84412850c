import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readSongList } from '../../src/lookup/song-list.ts';

const ID = '4u7EnebtmKWzUH433cf5Qv';
const texts = (text: string) => readSongList(text).map((entry) => entry.text);

describe('a list of songs', () => {
  it.each([
    ['Creep - Radiohead\nTeardrop - Massive Attack'],
    ['1. Creep - Radiohead\n2. Teardrop - Massive Attack'],
    ['• Creep - Radiohead  3:58\r\n• Teardrop - Massive Attack (5:29)\r\n'],
    ['\n\n  12) Creep - Radiohead\n\n13) Teardrop - Massive Attack\n'],
  ])('has one a line: %j', (text) => {
    expect(texts(text)).toEqual(['Creep - Radiohead', 'Teardrop - Massive Attack']);
  });

  it('may say "by", tabs, or short titles alone', () => {
    expect(texts('Creep by Radiohead\nTeardrop by Massive Attack')).toHaveLength(2);
    expect(texts('Creep\tRadiohead\tPablo Honey\t3:58\nTeardrop\tMassive Attack\tMezzanine\t5:29')).toEqual([
      'Creep – Radiohead – Pablo Honey',
      'Teardrop – Massive Attack – Mezzanine',
    ]);
    expect(texts('Creep\nTeardrop\nHallelujah\nImagine')).toEqual([
      'Creep',
      'Teardrop',
      'Hallelujah',
      'Imagine',
    ]);
    expect(texts('Creep,Radiohead\nTeardrop,Massive Attack')).toHaveLength(2);
  });

  it('may be a table as exporters write it', () => {
    const csv = [
      '"Track URI","Track Name","Album Name","Artist Name(s)","Release Date"',
      `"spotify:track:${ID}","Die With A Smile","x","Lady Gaga,Bruno Mars","2024"`,
      '"spotify:local:a:b:c:1","So ""Quoted"", yes","x","Somebody","2020"',
      '"","","","",""',
    ].join('\n');
    expect(readSongList(csv)).toEqual([
      {
        text: 'Die With A Smile',
        artists: ['Lady Gaga', 'Bruno Mars', 'Lady Gaga,Bruno Mars'],
        spotifyId: ID,
      },
      { text: 'So "Quoted", yes', artists: ['Somebody'], spotifyId: null },
    ]);
    expect(readSongList('\uFEFFTitle;Artist\nCreep;Radiohead')).toEqual([
      { text: 'Creep', artists: ['Radiohead'], spotifyId: null },
    ]);
    expect(readSongList('Title\tArtist\nCreep\tRadiohead')).toHaveLength(1);
    expect(readSongList(`uri\nspotify:track:${ID}`)).toEqual([{ text: '', artists: [], spotifyId: ID }]);
  });

  it('may be many links, as Spotify’s own programs copy them', () => {
    const links = Array.from(
      { length: 120 },
      (_, at) => `https://open.spotify.com/track/${`${at}`.padStart(22, 'a')}?si=1`,
    );
    expect(readSongList(links.join('\n'))).toHaveLength(100);
    expect(readSongList(links.slice(0, 6).join('\n'))[5]).toEqual({
      text: '',
      artists: [],
      spotifyId: '5'.padStart(22, 'a'),
    });
    expect(readSongList(`these: ${links.slice(0, 6).join(' ')} and more`)).toHaveLength(6);
    expect(
      readSongList(
        links
          .slice(0, 6)
          .map((link, at) => `${at + 1}. ${link}`)
          .join('\n'),
      ),
    ).toHaveLength(6);
    // A few are one question, as ever.
    expect(readSongList(links.slice(0, 5).join(' '))).toEqual([]);
    expect(readSongList(links.slice(0, 5).join('\n'))).toEqual([]);
  });

  it.each([
    'Creep - Radiohead',
    'Creep\nRadiohead',
    'Title\nCreep',
    'I heard this yesterday in the car and thought of you.\nIt was raining, and the wipers were broken.\nWhat is it called?',
    'Check this out!\nIt is so good.\nhttps://example.org/x',
    'look:\nhttps://open.spotify.com/track/4u7EnebtmKWzUH433cf5Qv',
    '',
  ])('is not what people write besides: %j', (text) => {
    expect(readSongList(text)).toEqual([]);
  });

  it('bears anything', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary', maxLength: 60 }), { maxLength: 30 }), (lines) => {
        for (const entry of readSongList(lines.join('\n'))) {
          expect(entry.text !== '' || entry.spotifyId !== null).toBe(true);
          expect(entry.text.length).toBeLessThanOrEqual(250);
        }
      }),
      { seed: 20261127, numRuns: 500 },
    );
    for (const piece of ['a,', '"', '\n', 'a\n', '1. x - y\n', '\t', 'Title,Artist\n"']) {
      expect(readSongList(piece.repeat(500_000)).length).toBeLessThanOrEqual(100);
    }
  });
});
