/** `npm run soak:processes`, as short as it can be: three processes that do everything, two of which die. */
import { expect, it, vi } from 'vitest';
import { soakProcesses } from '../scripts/soak/processes.ts';
import { temporaryFolder, trackId } from './support/catalogue.ts';
import { REDIS } from './support/redis.ts';
import { songNumber, tinyCatalogue } from './support/tiny.ts';

vi.setConfig({ testTimeout: 240_000 });

const EVERYTHING = 'page,discord,slack';

it.skipIf(REDIS === null)(
  'three processes answer everything once and keep every vote while two of them die and the server does',
  async () => {
    const { ledger, kills, restarts, votes, nightVotes, beside, said } = await soakProcesses({
      processes: [EVERYTHING, EVERYTHING, EVERYTHING],
      catalogue: await tinyCatalogue(),
      song: `spotify:track:${trackId(songNumber(0, 0))}`,
      folder: await temporaryFolder(),
      ms: 4_000,
      everyMs: 900,
      again: false,
      seed: 3,
    });
    const wrong = ledger.lines().filter(({ lost, doubled }) => lost + doubled > 0);
    expect({ wrong, faults: ledger.faults.filter((fault) => !fault.includes('failed')), beside }).toEqual({
      wrong: [],
      faults: [],
      beside: 0,
    });
    expect([kills, restarts > 0]).toEqual([2, true]);
    expect(votes.confirmed > 0 && nightVotes.confirmed > 0).toBe(true);
    expect(votes.standing).toBe(votes.confirmed);
    const more = nightVotes.standing - nightVotes.confirmed;
    expect(more >= 0 && more <= nightVotes.unsure).toBe(true);
    expect(said).not.toContain('canary');
  },
);

if (REDIS === null) it.skip('neither valkey-server nor redis-server is installed');
