import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { fitLines, isDrawable, lettered, widthOf, wrapLines } from '../../src/art/lettering.ts';

const style = { face: 'display', size: 40, fill: '#fff' } as const;
const pathOf = (text: string) => / d="([^"]*)"/.exec(lettered(text, 0, 0, style))?.[1] ?? '';

/** Columns of a drawn line in which there is ink. */
async function inkColumns(markup: string): Promise<boolean[]> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="600" height="80"><rect width="600" height="80"/>${markup}</svg>`;
  const { data, info } = await sharp(Buffer.from(svg))
    .greyscale()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return Array.from({ length: info.width }, (_, x) =>
    Array.from({ length: info.height }, (_, y) => data[(y * info.width + x) * info.channels]!).some(
      (v) => v > 128,
    ),
  );
}

describe('lettering', () => {
  it.each([
    'Lose Yourself',
    'Кино – Группа крови',
    'Ελληνικά',
    'שלום',
    'مرحبا بالعالم',
    'तुम ही हो',
    '日本語のうた',
    '简体中文',
    '繁體中文',
    '한국어',
    'ไทย',
    'বাংলা',
    'தமிழ்',
    'తెలుగు',
    'ქართული',
    'Հայերեն',
  ])('draws %s, every sign of it, in every face', async (text) => {
    for (const face of ['display', 'caps', 'bold', 'text'] as const) {
      const whole = widthOf(text, face, 40);
      const columns = await inkColumns(lettered(text, 10, 55, { ...style, face }));
      const [first, last] = [columns.indexOf(true), columns.lastIndexOf(true)];
      expect(first).toBeGreaterThanOrEqual(5);
      expect(last - first).toBeGreaterThan(whole * 0.85);
      expect(last).toBeLessThanOrEqual(10 + whole + 6);
    }
  });

  it('draws no box: what no font holds is left out', () => {
    expect(pathOf('🎉')).toBe('');
    expect(isDrawable('🎉', 'text')).toBe(false);
    expect(widthOf('🎉', 'text', 40)).toBe(0);
    expect(pathOf('A🎉')).toBe(pathOf('A'));
    expect(isDrawable('A🎉', 'text')).toBe(true);
  });

  it('joins Arabic letters, and sets Hebrew from right to left with its brackets turned', () => {
    // Alone, and joined on both sides: another outline.
    expect(pathOf('ببب')).not.toContain(pathOf('ب').slice(0, 200));
    const shifted = (d: string) => d.replace(/[\d.-]+/g, '');
    expect(shifted(pathOf('(א)'))).toBe(shifted(pathOf('(א)').split('').join('')));
    expect(widthOf('אב', 'bold', 40)).toBeCloseTo(widthOf('בא', 'bold', 40), 0);
    const [aleph, both] = [pathOf('א'), pathOf('אב')];
    // The first letter stands on the right.
    expect(both.startsWith(aleph.slice(0, 12))).toBe(false);
  });

  it('breaks lines at words, and scripts without spaces anywhere', () => {
    const { lines, cut } = wrapLines('The Good, the Bad and the Ugly', { face: 'bold', size: 40 }, 260);
    expect(cut).toBe(false);
    expect(lines.join(' ')).toBe('The Good, the Bad and the Ugly');
    expect(Math.max(...lines.map((line) => widthOf(line, 'bold', 40)))).toBeLessThanOrEqual(260);
    expect(wrapLines('千と千尋の神隠し', { face: 'bold', size: 40 }, 170).lines.join('')).toBe(
      '千と千尋の神隠し',
    );
  });

  it('makes a text smaller until it fits, and then cuts it', () => {
    const sizes = [
      [60, 1],
      [30, 2],
    ] as const;
    expect(fitLines('Drive', { face: 'bold' }, 300, sizes)).toEqual({ size: 60, lines: ['Drive'] });
    const { size, lines } = fitLines('word '.repeat(100), { face: 'bold' }, 300, sizes);
    expect(size).toBe(30);
    expect(lines).toHaveLength(2);
    expect(lines[1]).toMatch(/…$/);
    expect(fitLines('', { face: 'bold' }, 300, sizes).lines).toEqual([]);
  });

  it('escapes the label', () => {
    expect(lettered('<a "b">', 0, 0, style)).toContain('aria-label="&lt;a &quot;b&quot;&gt;"');
  });
});
