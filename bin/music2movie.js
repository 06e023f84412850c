#!/usr/bin/env node
// Runs the TypeScript sources directly, so that `npx music2movie …` works right after `npm ci`
// (the project's .npmrc switches install scripts off, so nothing could have built them).
import { register } from 'tsx/esm/api';

register();
const { main } = await import('../src/cli/main.ts');
process.exitCode = await main(process.argv.slice(2));
