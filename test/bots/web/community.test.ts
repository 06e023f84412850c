/** Whether the people of the page are one community: not unless its host says so. */
import { expect, it } from 'vitest';
import type { WebConfig } from '../../../src/bots/web/context.ts';
import { communityOf, votesIn } from '../../../src/conversation/ballots.ts';
import type { AnswerContext, SharedContext } from '../../../src/conversation/context.ts';
import { startPage } from './page.ts';

type Level = NonNullable<WebConfig['pageCommunity']>;
const COMMUNITY = 'web:page';

/** A page on which six browsers ask and vote; what it then says of that, and what is kept together. */
async function peopled(pageCommunity?: Level, context: Partial<SharedContext> = {}) {
  const page = await startPage(undefined, { context, config: pageCommunity ? { pageCommunity } : {} });
  const read = async (path: string, cookie = '', method = 'GET') => {
    const response = await fetch(page.url + path, { method, headers: { cookie } });
    return {
      text: await response.text(),
      cookie: response.headers.get('set-cookie')?.split(';')[0] ?? cookie,
    };
  };
  const five = await read('/?song=hold+on+adele');
  const details = await read(/\/act\/1d\.[\w.~-]+/.exec(five.text)![0]);
  const up = /\/act\/1u\.[\w.~-]+/.exec(details.text)![0];
  let said = '';
  for (let browser = 0; browser < 6; browser++) {
    const { text, cookie } = await read(up, '', 'POST');
    said = text;
    await read('/?song=hold+on+adele', cookie);
  }
  const { text: stats } = await read('/?song=%2Fmovie-stats');
  await page.app.close();
  const { state } = page.context;
  const hash = await communityOf({ state, community: COMMUNITY } as AnswerContext);
  return { said, stats, state, votes: (await votesIn(hash!, state)).length };
}

it('is none where nobody says so: each browser is for itself', async () => {
  const { said, stats, votes, state } = await peopled();
  expect(said).toContain('Noted:');
  expect(said).not.toContain('Votes from here move the answers');
  expect(stats).toContain('There are statistics in servers and workspaces only.');
  expect([votes, await state.list('asked')]).toEqual([0, []]);
});

it('is one by its votes alone where the host wants that', async () => {
  const { said, stats, votes, state } = await peopled('votes');
  expect(said).toContain('Votes from here move the answers');
  expect(stats).toContain('Nothing is counted here.');
  expect([votes, await state.list('asked')]).toEqual([6, []]);
});

it('counts what is asked, too, until the host no longer wants that', async () => {
  const { stats, state } = await peopled('stats');
  expect(stats).toContain('Hold On – Adele: 6 people');
  const after = await peopled('votes', { state });
  expect(after.stats).toContain('Nothing is counted here.');
  expect(await state.list('asked')).toEqual([]);
});
