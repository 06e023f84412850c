// One step of queued work, in a process that ends with the worker that began it.
import { register } from 'tsx/esm/api';

const end = () => process.kill(process.pid, 'SIGKILL');
process.once('disconnect', end);
if (!process.connected) end();
register();
const { main } = await import('./main.ts');
process.exitCode = await main(process.argv.slice(2));
// Nobody is waited for any more.
process.removeListener('disconnect', end);
process.disconnect();
