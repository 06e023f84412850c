import { describe, expect, it } from 'vitest';
import { songTerms } from '../../../src/engine/model/song-text.ts';
import { soundtrackProfile } from '../../../src/engine/model/soundtracks.ts';
import { termVector } from '../../../src/engine/model/text.ts';
import { Soundtracks } from '../../../src/fitting/soundtracks.ts';

const FILMS: Readonly<Record<number, Float64Array>> = {
  1: Float64Array.of(1, 0),
  2: Float64Array.of(0, 1),
  3: Float64Array.of(-1, 0.5),
  4: Float64Array.of(0.5, 0.5),
};
const MEAN = Float64Array.of(0.1, 0.2);
const none = () => false;
const soundtracks = new Soundtracks((id) => FILMS[id]!);
for (const [artist, film] of [
  ['queen', 1],
  ['queen', 2],
  ['queen', 2],
  ['abba', 3],
  ['composer', 1],
  ['composer', 2],
  ['composer', 4],
  ['passer-by', 4],
] as const)
  soundtracks.add(artist, film);

describe('the mean film of an artist’s soundtracks', () => {
  it('counts a film once, less the mean, drawn to it by the prior', () => {
    const profile = soundtracks.profile(['queen'], 0, MEAN, 2, none);
    expect(profile[0]).toBeCloseTo((1 - 0.1 + 0 - 0.1) / 4, 12);
    expect(profile[1]).toBeCloseTo((0 - 0.2 + 1 - 0.2) / 4, 12);
  });

  it('never looks at the film that is to be learned, nor at a held one', () => {
    const only = (film: number) => Array.from(FILMS[film]!, (x, d) => (x - MEAN[d]!) / 3);
    expect(Array.from(soundtracks.profile(['queen'], 1, MEAN, 2, none))).toEqual(only(2));
    expect(Array.from(soundtracks.profile(['queen'], 0, MEAN, 2, (id) => id === 2))).toEqual(only(1));
    expect(Array.from(soundtracks.profile(['abba'], 3, MEAN, 2, none))).toEqual([0, 0]);
  });

  it('is kept in a table that gives the same, for any artists together', () => {
    const { artists, table } = soundtracks.table(MEAN, (artist) => artist !== 'composer', none);
    expect(artists).toEqual(['abba', 'composer', 'passer-by', 'queen']);
    for (const asked of [['Queen'], ['ABBA', 'queen', 'Queen'], ['composer', 'Nobody']]) {
      const keys = [...new Set(asked.map((name) => name.toLowerCase()))];
      const exact = soundtracks.profile(keys, 0, MEAN, 2, none);
      for (const [d, value] of soundtrackProfile(asked, table, 2).entries())
        expect(value).toBeCloseTo(exact[d]!, 2);
    }
    expect(Array.from(soundtrackProfile(['Nobody'], table, 2))).toEqual([0, 0]);
  });

  it('knows nothing of held films in that table, and asks more films of an artist without songs', () => {
    const held = (id: number) => id === 1;
    expect(soundtracks.table(MEAN, (artist) => artist === 'abba', none).artists).toEqual([
      'abba',
      'composer',
    ]);
    expect(soundtracks.table(MEAN, (artist) => artist === 'abba', held).artists).toEqual(['abba']);
  });
});

describe('the words of a song’s names', () => {
  const song = { title: 'Besame Mucho (Live)', album: 'Été', artists: ['Los Panchos'] };

  it('are folded, and characters where a script has no spaces', () => {
    expect(songTerms(song)).toEqual(['besame', 'mucho', 'live', 'ete', 'los', 'panchos']);
    expect(songTerms({ title: '夜に駆ける', album: '봄날', artists: ['YOASOBI'] })).toEqual([
      ...'夜に駆ける'.normalize('NFKD').replace(/\p{M}/gu, ''),
      '봄',
      '날',
      'yoasobi',
    ]);
    expect(songTerms({ title: '???', album: '', artists: [] })).toEqual([]);
  });

  it('count only as far as the space holds them', () => {
    const space = {
      terms: ['mucho', 'los'],
      vocabulary: new Map([
        ['mucho', 0],
        ['los', 1],
      ]),
      idf: [1, 1],
      rows: Int8Array.of(127, 0),
      rowScale: [0.5 / 127, 0],
      dims: 1,
    };
    expect(termVector(['mucho'], space)[0]).toBeCloseTo(0.5, 9);
    expect(termVector(['mucho', 'los'], space)[0]).toBeCloseTo(0.5 * Math.SQRT1_2, 9);
    expect(termVector(['unheard'], space)[0]).toBe(0);
  });
});
