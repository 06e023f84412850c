// Lets the writer's thread read TypeScript. Read by `require`, as the hooks of `import` need a thread of their own,
// which takes longer to start than all else here.
import { createRequire } from 'node:module';
import { register } from 'tsx/cjs/api';

register();
createRequire(import.meta.url)('./writer-thread.ts');
