// Lets the writer's thread read TypeScript, as bin/music2movie.js does for the program.
import { register } from 'tsx/esm/api';

register();
await import('./writer-thread.ts');
