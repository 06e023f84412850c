/** Votes that count in a community: one a person, film and song, whoever presses at once, and gone when asked. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { askText } from '../../commands/index.ts';
import { changeServer, leaveServer, rejoinServer, serverSettings } from '../../src/bots/discord/settings.ts';
import { handleAction } from '../../src/conversation/actions.ts';
import type { FilmDetailAnswer, RecommendationsAnswer } from '../../src/conversation/answer.ts';
import { communityOf, communityVotes, votesIn } from '../../src/conversation/ballots.ts';
import type { AnswerContext } from '../../src/conversation/context.ts';
import { changeSettings } from '../../src/conversation/settings.ts';
import { encodeToken } from '../../src/conversation/tokens.ts';
import { openMemoryState } from '../../src/state/memory.ts';
import { openState } from '../../src/state/open.ts';
import type { StateStore } from '../../src/state/store.ts';
import { contextOf } from '../bots/web/page.ts';
import { folders } from '../state/support.ts';
import { fakeEngine } from '../support/fake-engine.ts';

const folder = folders();
let opened: StateStore | null = null;
async function room(): Promise<(user: string, server?: string) => AnswerContext> {
  opened = await openState(folder(), () => {});
  const state = opened;
  return (user, server = 'server') =>
    contextOf(fakeEngine(), { state, user: `discord:${user}`, community: `discord:${server}` });
}
afterEach(async () => {
  vi.useRealTimers();
  await opened?.close();
  opened = null;
});

/** The tokens that vote on the first film for a song. */
async function buttons(context: AnswerContext, song = 'hold on adele') {
  const answer = (await askText(song, context)) as RecommendationsAnswer;
  const detail = (await handleAction(answer.films[0]!.details.token, context)) as FilmDetailAnswer;
  const token = (action: string) => detail.controls.find((control) => control.action === action)!.token;
  return { up: token('vote-up'), down: token('vote-down') };
}
const inServer = async (context: AnswerContext) => votesIn((await communityOf(context))!, context.state);

describe('a vote in a community', () => {
  it('is one for each of fifty who press at once, and one for whoever presses fifty times', async () => {
    const as = await room();
    const { up, down } = await buttons(as('0'));
    await Promise.all(Array.from({ length: 50 }, (_, n) => handleAction(n % 2 ? up : down, as(`${n}`))));
    expect(await inServer(as('0'))).toHaveLength(50);
    expect((await inServer(as('0'))).filter(({ fits }) => fits)).toHaveLength(25);
    await Promise.all(Array.from({ length: 50 }, (_, n) => handleAction(n % 2 ? up : down, as('0'))));
    const votes = await inServer(as('0'));
    expect(votes).toHaveLength(50);
    expect(new Set(votes.map(({ voter }) => voter)).size).toBe(50);
  });

  it('says the same in the ballot as in what the person is shown, however presses cross', async () => {
    const as = await room();
    const { up, down } = await buttons(as('0'));
    for (let round = 0; round < 5; round++) {
      await Promise.all([up, down, up, down, down, up].map((token) => handleAction(token, as('0'))));
      const [kept] = await opened!.list<{ fits: boolean }>('vote:');
      expect((await inServer(as('0'))).map(({ fits }) => fits)).toEqual([kept!.value.fits]);
    }
  });

  it('counts where it was cast, follows its change elsewhere, and shows at once', async () => {
    const as = await room();
    const { up, down } = await buttons(as('1'));
    expect(await communityVotes(as('2'))).toEqual([]);
    await handleAction(up, as('1'));
    expect(await communityVotes(as('2'))).toHaveLength(1);
    expect(await communityVotes(as('2', 'elsewhere'))).toEqual([]);
    await handleAction(down, as('1', 'elsewhere'));
    expect((await communityVotes(as('2'))).map(({ fits }) => fits)).toEqual([false]);
    const [here] = await communityVotes(as('2'));
    const [there] = await communityVotes(as('2', 'elsewhere'));
    expect(here!.voter).not.toBe(there!.voter);
  });

  it('is handed to the engine for that community alone', async () => {
    const as = await room();
    const { up } = await buttons(as('1'));
    await handleAction(up, as('1'));
    const asked: number[] = [];
    const engine = fakeEngine();
    const listening = {
      ...engine,
      moviesFor: (...[seed, options]: Parameters<typeof engine.moviesFor>) => {
        asked.push(options?.votes?.length ?? 0);
        const answer = engine.moviesFor(seed, options);
        const [first, ...rest] = answer.matches;
        return options?.votes?.length ? { ...answer, matches: [{ ...first!, shift: 1 }, ...rest] } : answer;
      },
    };
    const notes = async (context: AnswerContext) =>
      ((await askText('hold on adele', { ...context, engine: () => listening })) as RecommendationsAnswer)
        .notes;
    expect(await notes(as('2'))).toContain('Votes from here moved some of these films.');
    expect(await notes(as('2', 'elsewhere'))).toEqual([]);
    expect(await notes({ ...as('2'), community: null })).toEqual([]);
    expect(asked).toEqual([1, 0, 0]);
  });

  it('is gone from every ballot when its caster wants it forgotten, and nobody else’s is', async () => {
    const as = await room();
    const { up } = await buttons(as('1'));
    for (const context of [as('1'), as('1', 'elsewhere'), as('2')]) await handleAction(up, context);
    await handleAction(encodeToken({ action: 'privacy', step: 'forget-sure' }), as('1'));
    expect(await inServer(as('1'))).toHaveLength(1);
    expect(await inServer(as('1', 'elsewhere'))).toEqual([]);
    expect(await opened!.list('ballot:')).toHaveLength(1);
  });

  it('keeps no id that could be read back', async () => {
    const as = await room();
    const { up } = await buttons(as('884211'));
    await handleAction(up, as('884211', '770055'));
    const all = JSON.stringify(await opened!.list(''));
    expect(all).not.toMatch(/884211|770055/);
  });

  it('no longer counts after two years', async () => {
    const as = await room();
    const { up } = await buttons(as('1'));
    await handleAction(up, as('1'));
    vi.useFakeTimers({ now: Date.now() + 731 * 24 * 3600_000, toFake: ['Date'] });
    expect(await inServer(as('1'))).toEqual([]);
  });
});

describe('a Discord server that removed the bot', () => {
  const DAY = 24 * 3600_000;

  /** A server with a setting, a vote and a song asked for, and the clock of its state. */
  async function server() {
    let now = 1_700_000_000_000;
    const state = openMemoryState(() => now);
    const as = (user: string) =>
      contextOf(fakeEngine(), {
        state,
        user: `discord:${user}`,
        community: 'discord:1',
        manages: () => true,
      });
    await changeServer(state, '1', { look: 'cards' });
    await changeSettings(state, 'discord:22', { links: 'off' });
    await askText('/movie-stats on', as('1'));
    await handleAction((await buttons(as('1'))).up, as('1'));
    const kinds = async () =>
      Promise.all(
        ['discord-server', 'channel', 'community', 'ballot', 'asked'].map(
          async (kind) => (await state.list(kind)).length,
        ),
      );
    const pass = (days: number) => {
      now += days * DAY;
    };
    return { state, kinds, pass };
  }

  it('is forgotten after thirty days, all of it', async () => {
    const { state, kinds, pass } = await server();
    expect(await kinds()).toEqual([1, 1, 1, 1, 1]);
    await leaveServer(state, '1', ['22']);
    pass(29);
    expect(await kinds()).toEqual([1, 1, 1, 1, 1]);
    pass(2);
    expect(await kinds()).toEqual([0, 0, 0, 0, 0]);
  });

  it('keeps what it had where it takes the bot back in time', async () => {
    const { state, kinds, pass } = await server();
    await leaveServer(state, '1', ['22']);
    pass(29);
    await rejoinServer(state, '1', ['22']);
    pass(60);
    expect(await kinds()).toEqual([1, 1, 1, 1, 1]);
    expect((await serverSettings(state, '1')).look).toBe('cards');
  });
});
