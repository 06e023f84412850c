import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { type Decoded, decodePoster, measureColours, resample } from '../../../src/indexer/posters/decode.ts';
import { imageFormat, looksLikeHtml } from '../../../src/indexer/posters/formats.ts';
import { jpeg, picture } from './pictures.ts';

const decoded = async (bytes: Uint8Array, side = 32): Promise<Decoded> => {
  const result = await decodePoster(bytes, side);
  if ('fault' in result) throw new Error(`${result.fault}: ${result.detail}`);
  return result;
};

/** Mean absolute difference of two pictures, 0…255. */
function difference(a: Uint8Array, b: Uint8Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += Math.abs(a[i]! - b[i]!);
  return sum / a.length;
}

describe('decoding', () => {
  it('gives side × side × 3 bytes of an ordinary poster and nothing odd', async () => {
    for (const side of [32, 224]) {
      const result = await decoded(await jpeg(1), side);
      expect(result.rgb.length).toBe(side * side * 3);
      expect(result.oddities).toEqual([]);
    }
  });

  it('takes the same picture from every format', async () => {
    const reference = (await decoded(await picture(2).png().toBuffer())).rgb;
    const forms = {
      webp: await picture(2).webp({ lossless: true }).toBuffer(),
      deep: await picture(2).toColourspace('rgb16').png().toBuffer(),
      jpeg: await jpeg(2),
    };
    for (const bytes of Object.values(forms))
      expect(difference((await decoded(bytes)).rgb, reference)).toBeLessThan(3);
    expect((await decoded(forms.webp)).oddities).toEqual(['not-jpeg']);
    expect((await decoded(forms.deep)).oddities).toContain('deep');
  });

  it('turns CMYK into RGB', async () => {
    const cmyk = await picture(3).toColourspace('cmyk').jpeg().toBuffer();
    const result = await decoded(cmyk);
    expect(result.oddities).toEqual(['cmyk']);
    // Through a printer's gamut and back: near, not the same.
    expect(difference(result.rgb, (await decoded(await jpeg(3))).rgb)).toBeLessThan(40);
  });

  it('spreads grey over three channels', async () => {
    const grey = await picture(4).toColourspace('b-w').png().toBuffer();
    const { rgb, colours, oddities } = await decoded(grey);
    expect(oddities).toContain('grey');
    for (let i = 0; i < rgb.length; i += 3) expect(new Set(rgb.subarray(i, i + 3)).size).toBe(1);
    expect(colours.saturation).toBe(0);
    expect(colours.warmth).toBe(0);
  });

  it('lays transparent pictures on black', async () => {
    const clear = await sharp({
      create: { width: 40, height: 60, channels: 4, background: { r: 255, g: 255, b: 255, alpha: 0 } },
    })
      .png()
      .toBuffer();
    const { colours, oddities } = await decoded(clear);
    expect(oddities).toContain('transparent');
    expect(colours.brightness).toBe(0);
  });

  it('takes the first frame of an animation', async () => {
    const frames = await Promise.all(
      ['#ff0000', '#0000ff'].map((background) =>
        sharp({ create: { width: 40, height: 60, channels: 3, background } })
          .png()
          .toBuffer(),
      ),
    );
    for (const format of ['gif', 'webp'] as const) {
      const animation = await sharp(frames, { join: { animated: true } })
        .toFormat(format)
        .toBuffer();
      const { rgb, oddities } = await decoded(animation);
      expect(oddities).toContain('animated');
      expect(rgb[0]).toBeGreaterThan(200);
      expect(rgb[2]).toBeLessThan(50);
    }
  });
});

describe('what is turned away', () => {
  const fault = async (bytes: Uint8Array) => {
    const result = await decodePoster(bytes, 32);
    return 'fault' in result ? result.fault : null;
  };

  it('truncated files, wherever they end', async () => {
    const whole = await jpeg(5);
    for (const share of [0.02, 0.3, 0.7, 0.99])
      expect(await fault(whole.subarray(0, Math.floor(whole.length * share)))).toBe('truncated');
    const png = await picture(5).png().toBuffer();
    expect(await fault(png.subarray(0, png.length / 2))).toBe('truncated');
  });

  it('a web page, an empty file, and formats that no poster has', async () => {
    expect(await fault(Buffer.from('  <!DOCTYPE html><html><body>Not here</body></html>'))).toBe('html');
    expect(await fault(Buffer.alloc(0))).toBe('empty');
    expect(await fault(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="99" height="99"/>'))).toBe(
      'not-an-image',
    );
    expect(await fault(await picture(6).tiff().toBuffer())).toBe('not-an-image');
    expect(await fault(Buffer.from('hello'))).toBe('not-an-image');
  });

  it('a picture of one pixel', async () => {
    expect(await fault(await picture(7, 1, 1).png().toBuffer())).toBe('too-small');
  });

  it('a decompression bomb, by its header', async () => {
    const bomb = await sharp({ create: { width: 7100, height: 7100, channels: 3, background: '#000' } })
      .png({ compressionLevel: 9 })
      .toBuffer();
    expect(bomb.length).toBeLessThan(300_000);
    expect(await fault(bomb)).toBe('too-many-pixels');
  });

  it('never throws, whatever the bytes', async () => {
    const whole = await jpeg(8);
    for (let seed = 0; seed < 40; seed++) {
      const broken = Buffer.from(whole);
      for (let i = 0; i < 30; i++)
        broken[(seed * 7919 + i * 104_729) % broken.length] = (seed * 31 + i * 17) % 256;
      const result = await decodePoster(broken, 32);
      expect('fault' in result || result.rgb.length === 32 * 32 * 3).toBe(true);
    }
  });
});

describe('colours', () => {
  const flat = (r: number, g: number, b: number) => measureColours(Uint8Array.from([r, g, b, r, g, b]));

  it('stand at their ends for pure pictures', () => {
    expect(flat(255, 255, 255)).toMatchObject({ saturation: 0, warmth: 0, contrast: 0 });
    expect(flat(255, 255, 255).brightness).toBeCloseTo(1);
    expect(flat(0, 0, 0)).toEqual({ brightness: 0, saturation: 0, warmth: 0, contrast: 0 });
    expect(flat(255, 0, 0)).toMatchObject({ saturation: 1, warmth: 1 });
    expect(flat(0, 0, 255)).toMatchObject({ saturation: 1, warmth: -1 });
    expect(measureColours(Uint8Array.from([0, 0, 0, 255, 255, 255])).contrast).toBeCloseTo(1);
  });
});

describe('formats', () => {
  it('are told by signature, not by length of the file alone', async () => {
    expect(imageFormat(await jpeg(9))).toBe('jpeg');
    expect(imageFormat(await picture(9).webp().toBuffer())).toBe('webp');
    expect(imageFormat(await picture(9).gif().toBuffer())).toBe('gif');
    expect(imageFormat(new Uint8Array(3))).toBe(null);
    expect(looksLikeHtml(Buffer.from('\n<HTML>'))).toBe(true);
  });
});

it('resampling keeps a flat picture flat', async () => {
  const flat = new Uint8Array(32 * 32 * 3).fill(77);
  const large = await resample(flat, 32, 224);
  expect(large.length).toBe(224 * 224 * 3);
  expect(new Set(large)).toEqual(new Set([77]));
});
