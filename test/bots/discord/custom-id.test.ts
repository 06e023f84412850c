/** What stands in a button's id, and what is read back. */
import { describe, expect, test } from 'vitest';
import { IdMaker, offerId, readId, sealOf } from '../../../src/bots/discord/custom-id.ts';

const TOKEN = '1d.5vjLSffimiIP26QG5WcN2K.zzzz.0.1.';
const OWNER = { kind: 'owner', hash: 'aB3_-x9Z' } as const;

describe.each([null, OWNER, { kind: 'alone' } as const])('an id with the seal %j', (seal) => {
  test.each([undefined, 'inside', 'post'] as const)('and the mark %s reads back', (mark) => {
    const id = new IdMaker(seal).token(TOKEN, mark);
    expect(readId(id)).toEqual({ kind: 'token', token: TOKEN, mark: mark ?? null, into: null });
    expect(sealOf(id)).toEqual(seal);
  });

  test('into another message reads back', () => {
    const id = new IdMaker(seal).into(TOKEN, '1300000000000000000')!;
    expect(readId(id)).toMatchObject({ token: TOKEN, into: '1300000000000000000' });
    expect(sealOf(id)).toEqual(seal);
  });

  test('differs from others of its token, and from words of ours', () => {
    const ids = new IdMaker(seal);
    const all = [ids.token(TOKEN), ids.token(TOKEN), ids.token(TOKEN, 'post'), ids.token(TOKEN, 'post')];
    all.push(ids.choose(), ids.choose(), ids.delete());
    expect(new Set(all).size).toBe(all.length);
    for (const id of all) expect(sealOf(id)).toEqual(seal);
    expect(all.slice(0, 4).map((id) => (readId(id) as { token: string }).token)).toEqual(
      Array(4).fill(TOKEN),
    );
    expect(readId(all.at(-1)!)).toEqual({ kind: 'delete' });
  });

  test('is never longer than Discord takes', () => {
    for (let length = 60; length <= 100; length += 1) {
      const token = 'x'.repeat(length);
      const ids = new IdMaker(seal);
      const all = [ids.token(token), ids.token(token.slice(0, 98), 'post')];
      for (const id of all) expect(id.length).toBeLessThanOrEqual(100);
      expect(readId(all[0]!)).toMatchObject({ token });
      expect(ids.into(token, '1300000000000000000')?.length ?? 0).toBeLessThanOrEqual(100);
    }
  });
});

test('ids of older messages are read as they were written', () => {
  expect(readId(`${TOKEN}#i2`)).toMatchObject({ token: TOKEN, mark: 'inside' });
  expect(readId(`${TOKEN}#2`)).toMatchObject({ token: TOKEN, mark: null });
  expect(sealOf(`${TOKEN}#p`)).toBeNull();
});

test.each(['#', '##', 'x#~', 'x#~short', 'x#o', '#o!', 'offer', 'a#b#c', '='.repeat(100)])(
  'odd ids are nobody’s: %j',
  (id) => {
    expect(sealOf(id)).toBeNull();
    expect(() => readId(id)).not.toThrow();
  },
);

test('an offer carries its question, or a token for one that is too long', () => {
  expect(readId(offerId('spotify:track:x', TOKEN))).toEqual({ kind: 'offer', question: 'spotify:track:x' });
  expect(readId(offerId('x'.repeat(95), TOKEN))).toEqual({ kind: 'offer', question: TOKEN });
});
