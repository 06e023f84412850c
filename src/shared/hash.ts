import { createHash } from 'node:crypto';

/**
 * The beginning of a text's sha256, in characters that fit every key and address.
 *
 * @param length characters of six bits each; 43 are the whole
 */
export function hashOf(text: string, length = 43): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, length);
}
