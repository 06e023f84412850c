import { expect, it } from 'vitest';
import { ConfigurationError } from '../../src/shared/errors.ts';
import { loadOptional } from '../../src/shared/optional.ts';

const missing = (message: string, code = 'ERR_MODULE_NOT_FOUND') =>
  Object.assign(new Error(message), { code });

it('gives what was loaded', async () => {
  expect(await loadOptional('Anything', async () => 'it')).toBe('it');
});

it.each([
  "Cannot find package 'onnxruntime-node' imported from /somewhere/network.ts",
  "Cannot find module 'onnxruntime-node'",
])('names the package that is absent: %s', async (message) => {
  const code = message.includes('module') ? 'MODULE_NOT_FOUND' : 'ERR_MODULE_NOT_FOUND';
  const failed = loadOptional('Looking at posters', () => Promise.reject(missing(message, code)));
  await expect(failed).rejects.toBeInstanceOf(ConfigurationError);
  await expect(failed).rejects.toMatchObject({
    message: 'Looking at posters needs the package onnxruntime-node, which is not installed.',
    hint: 'Run npm install without --omit=dev.',
    exitCode: 2,
  });
});

it('passes every other failure on, a missing file of ours among them', async () => {
  for (const error of [new Error('broken'), missing("Cannot find module '/somewhere/ours.ts'")]) {
    await expect(loadOptional('Anything', () => Promise.reject(error))).rejects.toBe(error);
  }
});
