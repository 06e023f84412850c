/** Pictures for the tests, drawn here: no poster of anybody. */
import sharp, { type Sharp } from 'sharp';
import { seededRandom } from '../../../src/shared/random.ts';

/** Raw RGB of two colours and a little noise, different for every seed. */
export function rawPicture(
  seed: number,
  width = 92,
  height = 138,
): { data: Uint8Array; width: number; height: number } {
  const random = seededRandom(seed);
  const top = [random() * 255, random() * 255, random() * 255];
  const bottom = [random() * 255, random() * 255, random() * 255];
  const data = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) {
    for (let i = y * width * 3; i < (y + 1) * width * 3; i++) {
      const share = y / height;
      data[i] = Math.min(255, top[i % 3]! * (1 - share) + bottom[i % 3]! * share + random() * 20);
    }
  }
  return { data, width, height };
}

export function picture(seed: number, width?: number, height?: number): Sharp {
  const raw = rawPicture(seed, width, height);
  return sharp(raw.data, { raw: { width: raw.width, height: raw.height, channels: 3 } });
}

export function jpeg(seed: number, width?: number, height?: number): Promise<Buffer> {
  return picture(seed, width, height).jpeg({ quality: 90 }).toBuffer();
}

/** TMDB-like poster paths, all different. */
export function posterPath(n: number): string {
  return `/${String.fromCharCode(97 + (n % 26))}poster${n.toString(36)}.jpg`;
}
