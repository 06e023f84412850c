/** What the terminal says of feelings, over a tiny world of its own. */
import { Readable } from 'node:stream';
import { beforeAll, expect, it } from 'vitest';
import { trackId } from '../support/catalogue.ts';
import { songNumber, tinyCatalogue } from '../support/tiny.ts';
import { run } from './support.ts';

const TENDER = trackId(songNumber(1, 1));
let catalogue: string;
beforeAll(async () => {
  catalogue = await tinyCatalogue();
}, 120_000);

it('gives a sentence for each film, none twice, and says what the feel rests on', async () => {
  const { out } = await run(['recommend', '--track', TENDER, '--catalogue', catalogue], { columns: 60 });
  expect(out).toContain('Its feel was written down for this very song.\n');
  const reasons = out.match(/^ {6}\S.*$/gm)!;
  expect(reasons).toHaveLength(5);
  expect(new Set(reasons).size).toBe(5);
});

it('says of a pair what both share, each thing once', async () => {
  const { out } = await run(['match', TENDER, '2003', '--catalogue', catalogue]);
  expect(out).toMatch(/\n- Both are [a-z, ]+\.\n(?:- .+\n)*$/);
  expect(out).toContain('- Both at home in France.\n');
});

it('shows both profiles as words in the chat, what is shared with a star', async () => {
  const stdin = Readable.from([`spotify:track:${TENDER}\n`, '1\n', '0\n']);
  const { out } = await run(['chat'], { stdin, env: { MUSIC2MOVIE_CATALOGUE: catalogue } });
  expect(out).toMatch(/^♪ .*\*romantic.* · \*France$/m);
  expect(out).toMatch(/^▸ .*\*romantic/m);
  expect(out).toContain('share: ');
  expect(out).toContain('There is nothing to do that with.');
});
