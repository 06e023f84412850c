/** Which image formats a poster may have, told from its first bytes: a server's word for it is not enough. */

export type ImageFormat = 'jpeg' | 'png' | 'webp' | 'gif';

const ascii = (bytes: Uint8Array, from: number, text: string) =>
  Buffer.from(bytes.buffer, bytes.byteOffset + from, Math.max(0, Math.min(text.length, bytes.length - from)))
    .toString('latin1')
    .startsWith(text);

/**
 * The format by its signature, or null. SVG, PDF, TIFF and whatever else libvips can open are left out on
 * purpose: no poster comes in them, and their decoders need not meet bytes from a stranger.
 */
export function imageFormat(bytes: Uint8Array): ImageFormat | null {
  if (bytes.length < 12) return null;
  if (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) return 'jpeg';
  if (ascii(bytes, 0, '\x89PNG\r\n\x1a\n')) return 'png';
  if (ascii(bytes, 0, 'RIFF') && ascii(bytes, 8, 'WEBP')) return 'webp';
  if (ascii(bytes, 0, 'GIF87a') || ascii(bytes, 0, 'GIF89a')) return 'gif';
  return null;
}

/** Whether the bytes begin like a web page: the usual answer of a proxy or a log-in wall in place of an image. */
export function looksLikeHtml(bytes: Uint8Array): boolean {
  const start = Buffer.from(bytes.subarray(0, 256)).toString('latin1').trimStart().toLowerCase();
  return start.startsWith('<!doctype') || start.startsWith('<html') || start.startsWith('<head');
}
