import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normaliseText, songKey, words } from '../../../src/engine/search/normalise.ts';
import { parseTitle } from '../../../src/engine/search/title.ts';

describe('normaliseText', () => {
  it.each([
    ['  Hello,   WORLD! ', 'hello world'],
    ['Beyoncé', 'beyonce'],
    ['IŞIK İrem ısı', 'isik irem isi'],
    ['Ｂｏｈｅｍｉａｎ', 'bohemian'],
    ['ｶﾀｶﾅ', 'カタカナ'],
    ['紅蓮華', '紅蓮華'],
    ['밤편지', '밤편지'],
    ['がぎぐ', 'がぎぐ'],
    ['Ёлка', 'елка'],
    ['أَنَا', 'انا'],
    ['یگانه', 'يگانه'],
    ['۱۲۳ ٤٥٦', '123 456'],
    ['Stayin’ Alive', 'stayin alive'],
    ['A$AP Ke$ha P!nk', 'asap kesha pink'],
    ['B.I.G. and R.E.M.', 'big and rem'],
    ['Kings & Queens', 'kings and queens'],
    ['\u202eabc\u202c\u200d', 'abc'],
    ['straße Ærø', 'strasse aero'],
    ['🎵', ''],
  ])('%j → %j', (text, expected) => {
    expect(normaliseText(text)).toBe(expected);
  });

  it('is idempotent and never throws', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
        const once = normaliseText(text);
        expect(normaliseText(once)).toBe(once);
      }),
      { seed: 20261117, numRuns: 300 },
    );
  });
});

describe('words', () => {
  it.each([
    ['LiSA 紅蓮華', ['lisa', '红', '莲', '华']],
    ['ヒマワリ', ['ひ', 'ま', 'わ', 'り']],
    ['!!!', ['!!!']],
    ['', []],
  ])('%j → %j', (text, expected) => {
    expect(words(text)).toEqual(expected);
  });
});

describe('songKey', () => {
  const artists = ['Queen'];
  const plain = songKey('Bohemian Rhapsody', artists);

  it.each([
    'Bohemian Rhapsody - Remastered 2011',
    'Bohemian Rhapsody (2011 Remaster)',
    'Bohemian Rhapsody Remastered 2011',
    'BOHEMIAN RHAPSODY - Single Version',
    'Bohemian Rhapsody - Mono / 2009 Remaster',
    'Bohemian Rhapsody (From "Bohemian Rhapsody")',
    'Bohemian Rhapsody - Radio Edit',
    'Bohemian Rhapsody [Bonus Track]',
  ])('takes %s for the same recording', (title) => {
    expect(songKey(title, artists)).toBe(plain);
  });

  it.each([
    'Bohemian Rhapsody - Live',
    'Bohemian Rhapsody - Live at Wembley',
    'Bohemian Rhapsody (Ao Vivo)',
    'Bohemian Rhapsody - Remix',
    'Bohemian Rhapsody (Someone Cover)',
    'Bohemian Rhapsody - Acoustic',
    'Bohemian Rhapsody (Instrumental)',
    'Bohemian Rhapsody (Reprise)',
    'Bohemian Rhapsody, Pt. 2',
  ])('takes %s for another recording', (title) => {
    expect(songKey(title, artists)).not.toBe(plain);
  });

  it('tells live takes of different places, and other artists, apart', () => {
    expect(songKey('Hello - Live at A', ['Adele'])).not.toBe(songKey('Hello - Live at B', ['Adele']));
    expect(songKey('Hello', ['Adele'])).not.toBe(songKey('Hello', ['Lionel Richie']));
  });

  it('does not mind where guests are named, nor their order', () => {
    const key = songKey('Despacito', ['Luis Fonsi', 'Daddy Yankee']);
    expect(songKey('Despacito (Featuring Daddy Yankee)', ['Luis Fonsi', 'Daddy Yankee'])).toBe(key);
    expect(songKey('Despacito (feat. Daddy Yankee)', ['Luis Fonsi'])).toBe(key);
    expect(songKey('Despacito', ['Daddy Yankee', 'Luis Fonsi'])).toBe(key);
    expect(songKey('Come Together', ['The Beatles'])).toBe(songKey('Come Together', ['Beatles']));
  });
});

describe('parseTitle', () => {
  it.each([
    ['Hello - Live at the Hall', 'Hello', 'live'],
    ['Song (Major Lazer Remix)', 'Song', 'remix'],
    ['Trem Bala (Ao Vivo)', 'Trem Bala', 'live'],
    ['紅蓮華 -TV ver.-', '紅蓮華', 'tv size'],
    ["Love Story (Taylor's Version)", 'Love Story', 're-recorded'],
    ['Live and Let Die', 'Live and Let Die', null],
    ['Sweet Dreams (Are Made of This) - Remastered', 'Sweet Dreams', null],
    ["(I Can't Get No) Satisfaction", 'Satisfaction', null],
    ['(Only Brackets)', 'Only Brackets', null],
    ['Open (bracket', 'Open bracket', null],
    ['Stay (Feather)', 'Stay', null],
  ])('%s', (title, core, version) => {
    const parsed = parseTitle(title);
    expect(parsed.core).toBe(core);
    expect(parsed.version).toBe(version);
  });

  it('names guests only when they are guests', () => {
    expect(parseTitle('Hello (with Rihanna)', ['Eminem', 'Rihanna']).featured).toEqual(['Rihanna']);
    expect(parseTitle('Hello (with or without you)', ['U2']).featured).toEqual([]);
    expect(parseTitle('Stay (Feather)').featured).toEqual([]);
  });

  it('takes any title apart without losing all of it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 80 }), (title) => {
        expect(parseTitle(title).core === '').toBe(title.normalize('NFKC').trim() === '');
      }),
      { seed: 20261117, numRuns: 500 },
    );
  });
});
