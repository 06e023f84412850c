import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plainTitle, readingsOf } from '../../src/lookup/resolve/upload-title.ts';

describe('an uploader’s title', () => {
  it.each([
    ['Bohemian Rhapsody (Official Video Remastered)', 'Bohemian Rhapsody'],
    ['Creep [4K] (Remastered 2008)', 'Creep'],
    ['Creep (Acoustic) [Official Audio]', 'Creep (Acoustic)'],
    ['Radiohead - Creep official music video', 'Radiohead - Creep'],
    ['Creep Lyrics', 'Creep'],
    ['Creep | Some Channel | 2020', 'Creep'],
    ['(Official Video)', '(Official Video)'],
  ])('%s loses what is not the song', (title, plain) => {
    expect(plainTitle(title)).toBe(plain);
  });

  it.each<[string, string | null, string, string]>([
    ['Queen – Bohemian Rhapsody (Official Video)', 'Queen Official', 'Bohemian Rhapsody', 'Queen'],
    ['Queen: Bohemian Rhapsody', 'x', 'Bohemian Rhapsody', 'Queen'],
    ['Bohemian Rhapsody', 'Queen - Topic', 'Bohemian Rhapsody', 'Queen'],
    ['Teardrop by Massive Attack', 'Massive Attack', 'Teardrop', 'Massive Attack'],
    ['YOASOBI「アイドル」 Official Music Video', 'Ayase / YOASOBI', 'アイドル', 'YOASOBI'],
    ['米津玄師　MV「Lemon」', 'Kenshi Yonezu  米津玄師', 'Lemon', '米津玄師'],
    ["BTS (방탄소년단) 'Dynamite' Official MV", 'HYBE LABELS', 'Dynamite', 'BTS'],
    ["BTS (방탄소년단) 'Dynamite' Official MV", 'HYBE LABELS', 'Dynamite', '방탄소년단'],
    ['[MV] IU(아이유) _ Celebrity', '1theK', 'Celebrity', 'IU'],
    ['Ed Sheeran | Shape of You', 'x', 'Shape of You', 'Ed Sheeran'],
    [
      'Lady Gaga, Bruno Mars - Die With A Smile (Official Music Video)',
      'LadyGagaVEVO',
      'Die With A Smile',
      'Bruno Mars',
    ],
    ['Mark Ronson ft. Bruno Mars - Uptown Funk', 'x', 'Uptown Funk', 'Mark Ronson'],
  ])('%s by %s may be “%s” by %s', (title, author, song, artist) => {
    const named = readingsOf({ title, author }).filter((reading) => reading.title === song);
    expect(named.flatMap(({ artists }) => artists)).toContain(artist);
  });

  it('bears anything', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 200 }),
        fc.option(fc.string({ maxLength: 100 })),
        (title, author) => {
          for (const reading of readingsOf({ title: title || 'x', author })) {
            expect(reading.artists.every((artist) => artist.trim() !== '')).toBe(true);
          }
        },
      ),
      { seed: 20261127, numRuns: 1_000 },
    );
    for (const piece of ['(', '[', '「', "' ", ' - ', '| ', ' video'])
      readingsOf({ title: piece.repeat(200), author: piece.repeat(60) });
  });
});
