/** Bytes → text: UTF-8, or UTF-16 as spreadsheet programs write it. */
import { Transform } from 'node:stream';

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be';

/** The encoding that a file begins in: by its mark, or by the NUL bytes that UTF-16 puts between letters. */
export function encodingOf(head: Uint8Array): { encoding: Encoding; mark: boolean } {
  const [a, b, c] = head;
  if (a === 0xff && b === 0xfe) return { encoding: 'utf-16le', mark: true };
  if (a === 0xfe && b === 0xff) return { encoding: 'utf-16be', mark: true };
  if (a === 0xef && b === 0xbb && c === 0xbf) return { encoding: 'utf-8', mark: true };
  const sample = head.subarray(0, 512);
  const nuls = (from: number) => {
    let count = 0;
    for (let i = from; i < sample.length; i += 2) if (sample[i] === 0) count++;
    return count;
  };
  const half = sample.length / 2;
  if (half >= 4 && nuls(1) > 0.7 * half && nuls(0) === 0) return { encoding: 'utf-16le', mark: false };
  if (half >= 4 && nuls(0) > 0.7 * half && nuls(1) === 0) return { encoding: 'utf-16be', mark: false };
  return { encoding: 'utf-8', mark: false };
}

/** Decodes a stream; broken letters become U+FFFD, and a byte order mark goes. */
export function decoder(encoding: Encoding): Transform {
  const text = new TextDecoder(encoding);
  return new Transform({
    transform(chunk: Buffer, _encoding, next) {
      next(null, text.decode(chunk, { stream: true }));
    },
    flush(next) {
      next(null, text.decode());
    },
  });
}
