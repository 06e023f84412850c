import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { ablations, ablationTable, pairedDifference } from '../../src/fitting/ablations.ts';
import type { RankedSong } from '../../src/fitting/validate.ts';
import { TINY_SETTINGS, tinyInput, tinyWorld } from '../support/tiny.ts';

const ranked = (key: string, recall50: number): RankedSong => ({
  key,
  cluster: 1,
  auc: 0.5,
  recall5: 0,
  recall50,
  recall500: 1,
  ndcg: 0,
});

describe('a paired difference', () => {
  it('is the mean over songs that both have, with its interval', () => {
    const a = Array.from({ length: 60 }, (_, n) => ranked(`${n}`, (n % 10) / 10));
    const b = a.map((song, n) => ({ ...song, recall50: song.recall50 + (n % 2 ? 0.3 : 0.1) })).reverse();
    const { difference, interval } = pairedDifference(a, [...b, ranked('new', 0)], (song) => song.recall50);
    expect(difference).toBeCloseTo(0.2, 9);
    expect(interval[0]).toBeGreaterThan(0.16);
    expect(interval[1]).toBeLessThan(0.24);
    expect(interval[0]).toBeLessThan(interval[1]);
    expect(pairedDifference(a, a, (song) => song.recall50)).toEqual({ difference: 0, interval: [0, 0] });
  });
});

it('ablations say what each part is worth, in one table', { timeout: 120_000 }, async () => {
  const input = await tinyInput(path.dirname((await tinyWorld()).songs));
  const settings = { ...TINY_SETTINGS, tower: { ...TINY_SETTINGS.tower, epochs: 2 } };
  const rows = ablations(input, settings, '2026-11-27', [0]);
  expect(rows[0]!.name).toBe('all');
  expect(rows.map(({ name }) => name)).toContain('without worlds');
  const table = ablationTable(rows);
  expect(table.split('\n')).toHaveLength(2 + rows.length);
  expect(table).not.toMatch(/NaN|undefined/);
});
