/** The one reaction to pasted links that every chat has. */
import { expect, test } from 'vitest';
import { makeCooldown } from '../../../src/bots/common/cooldown.ts';
import { Counters } from '../../../src/bots/common/counters.ts';
import { type PastedLink, reactToLinks } from '../../../src/bots/common/pasted-link.ts';
import { SONGS } from '../../support/fake-engine.ts';
import { contextOf } from '../web/page.ts';

const links = SONGS.slice(0, 3).map(({ id }) => `spotify:track:${id}`);

function chat(most = Number.POSITIVE_INFINITY, points = 10) {
  const context = contextOf();
  const counters = new Counters();
  const cooldowns = { channel: makeCooldown(points, 60) };
  const offered: string[] = [];
  const posted: string[] = [];
  const paste = (songs: readonly string[], more: Partial<PastedLink> = {}) =>
    reactToLinks(
      { shared: context, counters, cooldowns },
      {
        channel: 'chat:1',
        songs,
        mode: 'answer',
        context: () => context,
        offer: async (question) => {
          if (question.length > most) return false;
          offered.push(question);
          return true;
        },
        post: async (answer) => {
          posted.push(answer.song.title);
        },
        ...more,
      },
    );
  return { paste, counters, offered, posted };
}

test('several links become one question', async () => {
  const { paste, posted, offered } = chat();
  await paste(links.slice(0, 2));
  expect(posted).toEqual([`${SONGS[0]!.title} + ${SONGS[1]!.title}`]);
  await paste(links.slice(0, 2), { mode: 'offer', channel: 'chat:2' });
  expect(offered).toEqual([`${links[0]} + ${links[1]}`]);
});

test('a button offers the first link where it cannot carry all, or none', async () => {
  const narrow = chat(40);
  await narrow.paste(links, { mode: 'offer' });
  expect(narrow.offered).toEqual([links[0]]);
  const none = chat(10);
  await none.paste(links, { mode: 'offer' });
  expect([none.offered, none.counters.of('link.too-long')]).toEqual([[], 1]);
});

test('the same link in the same channel is answered once, another channel has its own count', async () => {
  const { paste, posted, counters } = chat();
  await paste(links.slice(0, 1));
  await paste(links.slice(0, 1));
  await paste(links.slice(0, 1), { channel: 'chat:2' });
  expect([posted.length, counters.of('link.repeated')]).toEqual([2, 1]);
});

test('a busy channel is left alone, and nobody is told what was not found', async () => {
  const { paste, posted, counters } = chat(100, 2);
  await paste(['spotify:track:0000000000000000000000']);
  expect(counters.of('link.no-films')).toBe(1);
  await paste(links.slice(0, 1));
  await paste(links.slice(1, 2));
  expect([posted.length, counters.of('link.cooldown')]).toEqual([1, 1]);
});

test('a link whose answer was not posted, or failed, may come again', async () => {
  const { paste, posted, offered } = chat();
  await paste(links.slice(0, 1), { post: async () => false });
  const failing = paste(links.slice(0, 1), { post: () => Promise.reject(new Error('refused')) });
  await expect(failing).rejects.toThrow('refused');
  await paste(links.slice(0, 1));
  expect(posted).toHaveLength(1);
  await paste(links.slice(1, 2), { mode: 'offer', offer: async () => null });
  await paste(links.slice(1, 2), { mode: 'offer' });
  expect(offered).toEqual([links[1]]);
});

test('two deliveries at once are one reaction', async () => {
  const { paste, posted, counters } = chat();
  await Promise.all([paste(links.slice(0, 1)), paste(links.slice(0, 1))]);
  expect([posted.length, counters.of('link.repeated')]).toEqual([1, 1]);
});

test('what can’t be answered is not offered, and an offer names the song and counts the others', async () => {
  const { paste, offered, counters } = chat();
  await paste(['spotify:track:0000000000000000000000'], { mode: 'offer' });
  expect([offered, counters.of('link.no-films')]).toEqual([[], 1]);
  const said: unknown[] = [];
  await paste(links, {
    mode: 'offer',
    offer: async (_, __, { song, others }) => {
      said.push([song, others]);
      return true;
    },
  });
  expect(said).toEqual([[SONGS[0]!.title, 2]]);
});
