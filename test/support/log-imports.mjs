// Loaded into the program under test: names every package that it loads, a line each, in the file that LOADED names.
import { appendFileSync } from 'node:fs';
import Module, { register } from 'node:module';

const seen = new Set();
export function note(address) {
  const name = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(String(address))?.[1];
  if (!name || seen.has(name)) return;
  seen.add(name);
  appendFileSync(process.env.LOADED, `${name}\n`);
}

export async function resolve(specifier, context, next) {
  const resolved = await next(specifier, context);
  note(resolved.url);
  return resolved;
}

if (!process.env.LOADED_HOOKED) {
  // Hooks run in a thread of their own, which loads this file once more.
  process.env.LOADED_HOOKED = '1';
  register(import.meta.url);
  const find = Module._resolveFilename;
  Module._resolveFilename = (...args) => {
    const file = find(...args);
    note(file);
    return file;
  };
}
