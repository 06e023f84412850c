#!/usr/bin/env node
// Runs the TypeScript sources directly, so that `npx music2movie …` works right after `npm ci`
// (the project's .npmrc switches install scripts off, so nothing could have built them).
import { register } from 'tsx/esm/api';

register();
try {
  const { main } = await import('../src/cli/main.ts');
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  // Node opens the program's own files all at once.
  if (error?.code !== 'EMFILE' && error?.code !== 'ENFILE') throw error;
  process.stderr.write('Too few files may be open at once to run this.\nAllow more: ulimit -n 1024\n');
  process.exitCode = 2;
}
