/** One poster's bytes → pixels for the network, with four plain colour features beside them. */
import sharp, { type Metadata } from 'sharp';
import { imageFormat, looksLikeHtml } from './formats.ts';

/** What is measured on the pixels as they are shown (sRGB, no linearisation). */
export interface Colours {
  /** Mean luma (Rec. 709 weights), 0 black … 1 white. */
  readonly brightness: number;
  /** Σ(max−min) ⁄ Σmax over the channels: saturation weighted by value, so that noise in the dark counts little. 0 grey … 1 pure. */
  readonly saturation: number;
  /** Mean red minus mean blue, −1 blue … 1 orange. */
  readonly warmth: number;
  /** Standard deviation of luma, doubled: 0 flat … 1 half black, half white. */
  readonly contrast: number;
}

/** The features' names in the order in which they are stored. */
export const COLOUR_NAMES = ['brightness', 'saturation', 'warmth', 'contrast'] as const;

/** Why bytes give no picture. */
export type DecodeFault =
  | 'empty'
  | 'html'
  | 'not-an-image'
  | 'truncated'
  | 'too-many-pixels'
  | 'too-small'
  | 'undecodable';

/** A picture that is out of the ordinary and was taken all the same: counted, so that nobody wonders. */
export type Oddity = 'cmyk' | 'grey' | 'transparent' | 'animated' | 'deep' | 'not-jpeg';

export interface Decoded {
  /** side × side × 3, row by row, RGB. */
  readonly rgb: Uint8Array;
  readonly colours: Colours;
  readonly oddities: readonly Oddity[];
}

export interface Undecoded {
  readonly fault: DecodeFault;
  /** For the log: what the decoder said. */
  readonly detail: string;
}

/**
 * Limits of what is decoded. TMDB takes posters up to 2000 × 3000 pixels (themoviedb.org/bible/image); four times
 * that is generous, and a 50-megapixel bomb is turned away by its header, before memory is spent on it.
 */
export const DECODE_LIMITS = { maxPixels: 25_000_000, minSide: 16, seconds: 20 } as const;

/**
 * Decodes a poster and stretches it to a square, as the paper does (the whole poster stays in the picture).
 * Bilinear, as the networks were trained. CMYK, grey, transparent (on black) and 16-bit pictures become plain RGB; of an animation the first frame counts.
 *
 * @param side pixels of the square, such as 224 or 32
 * @returns the picture, or the fault: it never throws on bad bytes
 */
export async function decodePoster(bytes: Uint8Array, side: number): Promise<Decoded | Undecoded> {
  const unfit = refuse(bytes);
  if (unfit) return unfit;
  const image = sharp(bytes, {
    limitInputPixels: DECODE_LIMITS.maxPixels,
    // `warning` would refuse the many real posters with a stray byte between two markers.
    failOn: 'error',
    pages: 1,
  }).timeout({ seconds: DECODE_LIMITS.seconds });
  try {
    const meta = await image.metadata();
    if (meta.width * meta.height > DECODE_LIMITS.maxPixels)
      return { fault: 'too-many-pixels', detail: `${meta.width} × ${meta.height}` };
    if (Math.min(meta.width, meta.height) < DECODE_LIMITS.minSide)
      return { fault: 'too-small', detail: `${meta.width} × ${meta.height}` };
    const opaque = meta.hasAlpha ? image.flatten({ background: '#000' }) : image;
    const { data, info } = await opaque
      .resize(side, side, { fit: 'fill', kernel: 'linear' })
      .toColourspace('srgb')
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true });
    const rgb = asRgb(data, info.channels);
    return { rgb, colours: measureColours(rgb), oddities: oddities(meta) };
  } catch (error) {
    const detail = (error instanceof Error ? error.message : String(error))
      .replace(/\s+/g, ' ')
      .slice(0, 200);
    return { fault: faultOf(detail, bytes), detail };
  }
}

/** An RGB square resampled to another size: for networks that take one size only. */
export async function resample(rgb: Uint8Array, from: number, to: number): Promise<Uint8Array> {
  return sharp(rgb, { raw: { width: from, height: from, channels: 3 } })
    .resize(to, to, { fit: 'fill', kernel: 'linear' })
    .raw()
    .toBuffer();
}

/** The colour features of RGB pixels (any number of them, at least one). */
export function measureColours(rgb: Uint8Array): Colours {
  const pixels = rgb.length / 3;
  let luma = 0;
  let lumaSquares = 0;
  let chroma = 0;
  let value = 0;
  let redMinusBlue = 0;
  for (let i = 0; i < rgb.length; i += 3) {
    const r = rgb[i]!;
    const g = rgb[i + 1]!;
    const b = rgb[i + 2]!;
    const y = 0.2126 * r + 0.7152 * g + 0.0722 * b;
    const max = r > g ? (r > b ? r : b) : g > b ? g : b;
    const min = r < g ? (r < b ? r : b) : g < b ? g : b;
    luma += y;
    lumaSquares += y * y;
    chroma += max - min;
    value += max;
    redMinusBlue += r - b;
  }
  const mean = luma / pixels;
  const variance = Math.max(0, lumaSquares / pixels - mean * mean);
  return {
    brightness: mean / 255,
    saturation: value === 0 ? 0 : chroma / value,
    warmth: redMinusBlue / pixels / 255,
    contrast: Math.min(1, (2 * Math.sqrt(variance)) / 255),
  };
}

function refuse(bytes: Uint8Array): Undecoded | null {
  if (bytes.length === 0) return { fault: 'empty', detail: '0 bytes' };
  if (imageFormat(bytes)) return null;
  if (looksLikeHtml(bytes)) return { fault: 'html', detail: 'a web page in place of an image' };
  return {
    fault: 'not-an-image',
    detail: `begins with ${Buffer.from(bytes.subarray(0, 8)).toString('hex')}`,
  };
}

function oddities(meta: Metadata): Oddity[] {
  const found: Oddity[] = [];
  if (meta.format !== 'jpeg') found.push('not-jpeg');
  if (meta.space === 'cmyk') found.push('cmyk');
  if (meta.space === 'b-w' || meta.space === 'grey16' || meta.channels < 3) found.push('grey');
  if (meta.hasAlpha) found.push('transparent');
  if ((meta.pages ?? 1) > 1) found.push('animated');
  if (meta.depth !== 'uchar') found.push('deep');
  return found;
}

/** The marker that ends a JPEG (ITU T.81, EOI). */
const JPEG_END = Buffer.from([0xff, 0xd9]);

/**
 * libvips tells its failures apart by sentence only, and its threads share the place where it is written: a JPEG
 * without its end marker was cut off, whichever sentence came first.
 */
function faultOf(detail: string, bytes: Uint8Array): DecodeFault {
  if (/pixel limit/i.test(detail)) return 'too-many-pixels';
  if (
    imageFormat(bytes) === 'jpeg' &&
    Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).lastIndexOf(JPEG_END) < 0
  )
    return 'truncated';
  if (/premature end|unexpected end|truncated|read error|unable to parse|out of data/i.test(detail))
    return 'truncated';
  return 'undecodable';
}

function asRgb(data: Buffer, channels: number): Uint8Array {
  if (channels === 3) return data;
  const pixels = data.length / channels;
  const rgb = new Uint8Array(pixels * 3);
  for (let i = 0; i < pixels; i++) {
    for (let c = 0; c < 3; c++) rgb[i * 3 + c] = data[i * channels + (channels > 2 ? c : 0)]!;
  }
  return rgb;
}
