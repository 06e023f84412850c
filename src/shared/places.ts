/** Where things stand. */
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's own folder, read only. */
export const PROJECT_DIR = fileURLToPath(new URL('../..', import.meta.url)).replace(/[/\\]$/, '');

/** Installed as a package: its folder belongs to npm, which empties it at the next install. */
const installed = PROJECT_DIR.split(path.sep).includes('node_modules');

/** What the program writes by default: in the project, or, where it is an installed package, in the working folder. */
export const WRITABLE_DIR = path.join(installed ? process.cwd() : PROJECT_DIR, 'data');
