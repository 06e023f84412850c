/** Started by test/cli/state.test.ts: has the state open, as a running program does. */
import { openState } from '../../src/state/open.ts';

const state = await openState(process.argv[2]!, () => {});
await state.get('vote:me:a');
process.send!('open');
setInterval(() => state.get('vote:me:a'), 1000);
