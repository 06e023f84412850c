import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkSlackBlocks, type Sample, samples } from '../../../scripts/check-slack-blocks.ts';
import { loadConfig } from '../../../src/config.ts';
import type { AnswerContext } from '../../../src/conversation/context.ts';
import { createResolver } from '../../../src/lookup/resolve/resolver.ts';
import { openMemoryState } from '../../../src/state/memory.ts';
import { fakeEngine } from '../../support/fake-engine.ts';
import { checkMessage, checkView } from './support/blocks/index.ts';
import { FakeSlack } from './support/fake-slack.ts';
import { BOT_TOKEN, SIGNING_SECRET } from './support/harness.ts';

const ownFaults = (sample: Sample) =>
  'view' in sample ? checkView(sample.view) : checkMessage({ text: sample.name, blocks: sample.blocks });

let slack: FakeSlack;
beforeAll(async () => {
  slack = await new FakeSlack().start();
});
afterAll(() => slack.stop());

const config = () =>
  loadConfig({ SLACK_API_URL: slack.api, SLACK_BOT_TOKEN: BOT_TOKEN, SLACK_SIGNING_SECRET: SIGNING_SECRET });

function context(): AnswerContext {
  const engine = fakeEngine();
  const state = openMemoryState();
  return {
    engine: () => engine,
    resolver: createResolver({ known: engine, config: { ...loadConfig({}), offline: true }, state }),
    state,
    locale: 'en',
    audience: { private: true, ageRestricted: false },
    user: null,
    imageHost: 'https://image.tmdb.org',
  };
}

describe('check:slack-blocks', () => {
  it('sends one of everything to blocks.validate', async () => {
    const lines: string[] = [];
    expect(await checkSlackBlocks(config(), context(), (line) => lines.push(line))).toBe(0);
    const all = await samples(context());
    expect(slack.of('blocks.validate')).toHaveLength(all.length);
    for (const { args, token } of slack.of('blocks.validate')) {
      expect(token).toBe(BOT_TOKEN);
      expect(Object.keys(args).filter((name) => name === 'message' || name === 'view')).toHaveLength(1);
      if (args.view) expect(checkView(args.view)).toEqual([]);
    }
    expect(all.flatMap(ownFaults)).toEqual([]);
    expect(lines.at(-1)).toBe('Slack takes everything.');
  });

  it('tells what Slack refuses, where, and fails', async () => {
    slack.on('blocks.validate', (args) =>
      args.view
        ? {
            body: {
              ok: false,
              error: 'invalid_view',
              errors: [{ pointer: '/title/text', message: 'too long' }],
            },
          }
        : undefined,
    );
    const lines: string[] = [];
    expect(await checkSlackBlocks(config(), context(), (line) => lines.push(line))).toBe(1);
    expect(lines).toContain('     /title/text: too long');
  });

  it('says when there is no token, or Slack does not answer', async () => {
    expect(await checkSlackBlocks(loadConfig({}), context(), () => {})).toBe(2);
    slack.on('blocks.validate', () => ({ body: { ok: false, error: 'invalid_auth' } }));
    expect(await checkSlackBlocks(config(), context(), () => {})).toBe(5);
  });
});
