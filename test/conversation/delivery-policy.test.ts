/** Where answers go: every case of the policy, as both chats carry it out. */
import { describe, expect, it } from 'vitest';
import type { Answer } from '../../src/conversation/answer.ts';
import {
  expectedMode,
  isForPresserAlone,
  isSecret,
  ownershipOf,
  pressKind,
  responseMode,
} from '../../src/conversation/delivery-policy.ts';
import { type ActionPayload, changesState, encodeToken, payloadOf } from '../../src/conversation/tokens.ts';

const notice = (tone: 'info' | 'sorry', isPrivate = false): Answer => ({
  kind: 'notice',
  private: isPrivate,
  tone,
  title: '',
  lines: [],
  controls: [],
});
const at = {
  ref: { kind: 'inline', track: '5vjLSffimiIP26QG5WcN2K', filters: {} },
  page: 0,
  mainstream: 'balanced',
} as const;

describe('a message', () => {
  it.each([
    [{ ephemeral: true, direct: false, owner: 'b' }, 'private'],
    [{ ephemeral: false, direct: true, owner: 'b' }, 'private'],
    [{ ephemeral: false, direct: false, owner: 'a' }, 'own'],
    [{ ephemeral: false, direct: false, owner: null }, 'own'],
    [{ ephemeral: false, direct: false, owner: 'b' }, 'others'],
    [{ ephemeral: false, direct: false, owner: undefined }, 'others'],
  ] as const)('%j is %s for its presser', (message, owned) => {
    expect(ownershipOf(message, 'a')).toBe(owned);
  });
});

describe('a press', () => {
  it.each([
    [{ action: 'show', ...at }, 'answer', 'update', false],
    [{ action: 'set-filters', ...at }, 'answer', 'update', false],
    [{ action: 'drop-filter', ...at, field: 'all' }, 'answer', 'update', false],
    [{ action: 'privacy', step: 'show' }, 'answer', 'update', false],
    [{ action: 'privacy', step: 'forget-sure' }, 'answer', 'update', true],
    [{ action: 'filters', ...at }, 'form', 'ephemeral', false],
    [{ action: 'details', ...at, film: 11 }, 'details', 'ephemeral', false],
    [{ action: 'share', ...at }, 'post', 'public', false],
    [{ action: 'vote-up', ...at, film: 11 }, 'note', 'ephemeral', true],
    [{ action: 'vote-down', ...at, film: 11 }, 'note', 'ephemeral', true],
  ] as [ActionPayload, string, string, boolean][])('%j: %s', (payload, kind, mode, changes) => {
    const read = payloadOf(encodeToken(payload));
    expect(read).toEqual(payload);
    expect(pressKind(read)).toBe(kind);
    expect(expectedMode(pressKind(read), 'own')).toBe(mode);
    expect(expectedMode(pressKind(read), 'others')).toBe(mode === 'update' ? 'ephemeral' : mode);
    expect(changesState(payload)).toBe(changes);
  });

  it('of a button that means nothing is answered beside the message', () => {
    expect(payloadOf('nonsense')).toBeNull();
    expect(expectedMode(pressKind(null), 'own')).toBe('ephemeral');
  });
});

describe('an answer', () => {
  it.each([
    ['info', 'update', false, 'update'],
    ['info', 'public', false, 'public'],
    ['info', 'ephemeral', false, 'ephemeral'],
    ['info', 'update', true, 'update'],
    ['info', 'ephemeral', true, 'public'],
    // An apology never replaces an answer, and never stands where others read it.
    ['sorry', 'update', false, 'ephemeral'],
    ['sorry', 'public', false, 'ephemeral'],
    ['sorry', 'update', true, 'public'],
    ['sorry', 'ephemeral', true, 'public'],
  ] as const)('of tone %s, wanted as %s (direct: %s), becomes %s', (tone, wanted, direct, mode) => {
    expect(responseMode(notice(tone), wanted, direct)).toBe(mode);
  });

  it('that is private is never said where others read it', () => {
    expect(responseMode(notice('info', true), 'public', false)).toBe('ephemeral');
    expect(responseMode(notice('info', true), 'public', true)).toBe('public');
    expect([isSecret(notice('info', true), false), isSecret(notice('info', true), true)]).toEqual([
      true,
      false,
    ]);
    expect(isSecret(notice('info'), false)).toBe(false);
  });

  it('is seen by the presser alone in an ephemeral message, new or updated', () => {
    expect(isForPresserAlone('ephemeral', 'others')).toBe(true);
    expect(isForPresserAlone('update', 'private')).toBe(true);
    expect(isForPresserAlone('update', 'own')).toBe(false);
    expect(isForPresserAlone('public', 'private')).toBe(false);
  });
});
