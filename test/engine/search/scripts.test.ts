/** Titles and names in other letters than those that are typed. */
import { beforeAll, describe, expect, it } from 'vitest';
import { buildSongIndex, type JapaneseReader, SongIndex } from '../../../src/engine/search/index.ts';
import { romanised } from '../../../src/engine/search/romanise.ts';
import { loadJapanese } from '../../../src/indexer/japanese.ts';

const ROWS: readonly (readonly [string, string])[] = [
  ['Группа крови', 'Кино'],
  ['Звезда по имени Солнце', 'Kino'],
  ['紅蓮華', 'LiSA'],
  ['夜に駆ける', 'YOASOBI'],
  ['ひまわりの約束', 'Motohiro Hata'],
  ['東京', 'くるり'],
  ['月亮代表我的心', '鄧麗君'],
  ['剛好遇見你', 'Li Yugang'],
  ['關於愛情', 'Somebody'],
  ['밤편지', '아이유'],
  ['Gangnam Style (강남스타일)', 'PSY'],
  ['Lemon', 'Kenshi Yonezu'],
  ['तुम ही हो', 'Arijit Singh'],
  ['Ευδοκία', 'Μάνος Λοΐζος'],
  ['Straße', 'Øresund'],
  ['Eple', 'Röyksopp'],
  ['Fluffy', 'The Fish'],
];
const songs = ROWS.map(([title, artist], at) => ({
  id: `song${at}`,
  title,
  artists: [artist],
  album: '',
  popularity: 50,
  durationMs: null,
}));

let japanese: JapaneseReader;
let index: SongIndex;
beforeAll(async () => {
  japanese = await loadJapanese();
  index = SongIndex.load(buildSongIndex(songs, japanese));
});

describe('a text in other letters', () => {
  it.each([
    ['gruppa krovi', 'Группа крови'],
    ['gruppa krovi kino', 'Группа крови'],
    ['группа крови', 'Группа крови'],
    ['zvezda po imeni solnce', 'Звезда по имени Солнце'],
    ['yoru ni kakeru', '夜に駆ける'],
    ['himawari no yakusoku', 'ひまわりの約束'],
    ['himawari no yakusoku motohiro hata', 'ひまわりの約束'],
    ['tokyo kururi', '東京'],
    ['红莲华', '紅蓮華'],
    ['yue liang dai biao wo de xin', '月亮代表我的心'],
    ['月亮代表我的心 邓丽君', '月亮代表我的心'],
    ['刚好遇见你', '剛好遇見你'],
    ['关于爱情', '關於愛情'],
    ['bampyeonji', '밤편지'],
    ['강남스타일', 'Gangnam Style (강남스타일)'],
    ['gangnam style', 'Gangnam Style (강남스타일)'],
    ['米津玄師 lemon', 'Lemon'],
    ['tum hi ho', 'तुम ही हो'],
    ['evdokia', 'Ευδοκία'],
    ['strasse', 'Straße'],
    ['STRASSE oresund', 'Straße'],
    ['royksopp eple', 'Eple'],
    ['ﬂuﬀy', 'Fluffy'],
  ])('names the song: %s', (text, title) => {
    const [hit] = index.read(text);
    expect(hit?.title).toBe(title);
    expect(hit?.named).toBe(true);
  });

  it('finds the songs of an artist written otherwise', () => {
    const artists = (text: string) => index.read(text).flatMap((hit) => hit.artists);
    expect(artists('кино')).toEqual(expect.arrayContaining(['Кино', 'Kino']));
    expect(artists('kino')).toEqual(expect.arrayContaining(['Кино', 'Kino']));
    expect(artists('deng li jun')).toContain('鄧麗君');
  });
});

describe('romanised words', () => {
  it('are none for Latin letters, one form for most, and two for characters that may be either', () => {
    expect(romanised('Beyoncé – Halo!', japanese)).toEqual([]);
    expect(romanised('Кино', japanese)).toEqual([['kino']]);
    expect(romanised('約束', japanese)).toEqual([['yue', 'shu'], ['yakusoku']]);
    expect(romanised('ひまわり', null)).toEqual([['himawari']]);
  });
});
