/** The Web API's side and the installation by OAuth, against `emulate`, which keeps Slack's state. */
import { createServer } from 'node:net';
import { createEmulator, type Emulator } from 'emulate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NEEDED_SCOPES, OPTIONAL_SCOPES } from '../../../src/bots/slack/constants.ts';
import { Installations } from '../../../src/bots/slack/installations.ts';
import { setLinks } from '../../../src/bots/slack/settings.ts';
import { Secret } from '../../../src/config.ts';
import { FakeSlack } from './support/fake-slack.ts';
import { button, freshState, type Harness, send, startHarness, textOf } from './support/harness.ts';
import { direct, event, linkShared, mentioning, press, slash, ts } from './support/payloads.ts';

// biome-ignore lint/suspicious/noExplicitAny: whatever the emulator answers
type Json = Record<string, any>;

const TOKEN = 'xoxb-emulated-bot';
const READER = 'xoxb-emulated-reader';
/** Sees what the bot sees, files too. */
const BOT_READER = 'xoxb-emulated-bot-reader';
const CLIENT = { id: '12345.67890', secret: 'emulated-client-secret', state: 'emulated-state-secret' };

async function freePort(): Promise<number> {
  const server = createServer();
  const port = await new Promise<number>((resolve) =>
    server.listen(0, '127.0.0.1', () => resolve((server.address() as { port: number }).port)),
  );
  await new Promise((resolve) => server.close(resolve));
  return port;
}

let emulator: Emulator;
/** For `response_url`s, which the emulator does not have. */
let responses: FakeSlack;
let botPort: number;
beforeAll(async () => {
  responses = await new FakeSlack().start();
  botPort = await freePort();
  emulator = await createEmulator({
    service: 'slack',
    port: await freePort(),
    seed: {
      slack: {
        strict_scopes: true,
        team: { name: 'Emulated', domain: 'emulated' },
        users: [{ name: 'asker', real_name: 'Asker', email: 'asker@example.com' }],
        channels: [{ name: 'music' }],
        bots: [{ name: 'music2movie' }],
        oauth_apps: [
          {
            client_id: CLIENT.id,
            client_secret: CLIENT.secret,
            app_id: 'A0EMULATED',
            name: 'Music2Movie',
            bot_name: 'music2movie',
            redirect_uris: [`http://127.0.0.1:${botPort}/slack/oauth_redirect`],
            scopes: [...NEEDED_SCOPES, ...OPTIONAL_SCOPES],
          },
        ],
        tokens: [
          {
            token: TOKEN,
            type: 'bot',
            user: 'music2movie',
            app_id: 'A0EMULATED',
            scopes: [...NEEDED_SCOPES, ...OPTIONAL_SCOPES],
          },
          {
            token: BOT_READER,
            type: 'bot',
            user: 'music2movie',
            app_id: 'A0EMULATED',
            scopes: ['files:read'],
          },
          {
            token: READER,
            user: 'asker',
            scopes: ['channels:read', 'channels:history', 'users:read', 'im:history', 'files:read'],
          },
        ],
      },
    },
  });
});
afterAll(async () => {
  await emulator.close();
  await responses.stop();
});

async function web(method: string, args: Record<string, string> = {}, token = READER): Promise<Json> {
  const response = await fetch(`${emulator.url}/api/${method}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}` },
    body: new URLSearchParams(args),
  });
  return (await response.json()) as Json;
}

async function ids(): Promise<{ channel: string; user: string }> {
  const { channels } = await web('conversations.list');
  const { members } = await web('users.list');
  const named = (list: Json[], name: string) => list.find((one) => one.name === name)!.id as string;
  return { channel: named(channels, 'music'), user: named(members, 'asker') };
}

async function eventually<T>(look: () => Promise<T | undefined>): Promise<T> {
  for (let n = 0; n < 400; n += 1) {
    const found = await look();
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error('it did not happen');
}

describe('the Web API', () => {
  let harness: Harness;
  beforeAll(async () => {
    const env = { SLACK_API_URL: `${emulator.url}/api`, SLACK_BOT_TOKEN: TOKEN };
    harness = await startHarness({ mode: 'http', slack: responses, env });
  });
  afterAll(async () => {
    await harness.stop();
    expect(harness.reported).toEqual([]);
  });

  /** A message of the asker's in the channel, and what was answered under it. */
  async function inThread(channel: string, text: string) {
    const posted = await web('chat.postMessage', { channel, text }, TOKEN);
    const replies = () =>
      eventually(async () => {
        const { messages } = await web('conversations.replies', { channel, ts: posted.ts });
        return messages?.length > 1 ? (messages as Json[]).slice(1) : undefined;
      });
    return { ts: posted.ts as string, replies };
  }

  it('posts an answer into the thread, and updates it when its response_url is gone', async () => {
    const { channel, user } = await ids();
    const thread = await inThread(channel, 'hold on');
    await send(harness, event(mentioning('hold on adele', { channel, user, thread_ts: thread.ts })));
    const [answer] = await thread.replies();
    expect(textOf(answer!.blocks)).toContain('Five films');
    responses.on('response', () => ({ status: 404, body: { ok: false, error: 'expired_url' } }));
    const next = button({ args: answer! }, 'Next five');
    await send(
      harness,
      press(next, responses.responseUrl(), { channel, user, ts: answer!.ts, blocks: answer!.blocks }),
    );
    await eventually(async () => {
      const [updated] = await thread.replies();
      return textOf(updated!.blocks).includes('(6–10)') ? true : undefined;
    });
    responses.on('response', () => undefined);
  });

  it('offers under a pasted link', async () => {
    const { channel, user } = await ids();
    await setLinks(harness.state, 'T0TEAM', channel, 'offer');
    const thread = await inThread(channel, 'a link');
    const url = 'https://open.spotify.com/track/6hHc7Pks7wtBIW8Z6A0iFq';
    await send(harness, event(linkShared(url, { channel, user, thread_ts: thread.ts })));
    const [offer] = await thread.replies();
    button({ args: offer! }, 'Films like');
  });

  it('publishes the Home tab', async () => {
    const { user } = await ids();
    await send(harness, event({ type: 'app_home_opened', user, tab: 'home' }));
    await responses.until(() => harness.bot.counters.of('home.published') === 1);
  });

  it('opens details and filters', async () => {
    const { channel, user } = await ids();
    const before = responses.of('response').length;
    await send(
      harness,
      slash('hold on adele', responses.responseUrl(), { channel_id: channel, user_id: user }),
    );
    const answer = await responses.called('response', before + 1);
    const pressing = async (label: string) => {
      const { trigger_id } = await web('views.generateTriggerId', { user_id: user }, TOKEN);
      const pressed = press(button(answer, label), responses.responseUrl(), {
        ephemeral: true,
        channel,
        user,
      });
      await send(harness, { ...pressed, trigger_id });
    };
    await pressing('Details');
    await responses.until(() => harness.bot.counters.of('view.shown') === 1);
    await pressing('Filters');
    expect(harness.log.join()).not.toMatch(/"where":"delivery"/);
  });

  it('answers a direct message, and says only what its scopes allow', async () => {
    const { user } = await ids();
    const opened = await web('chat.postMessage', { channel: user, text: 'hello' }, TOKEN);
    await send(harness, event(direct('blue monday', { channel: opened.channel, user, ts: ts() })));
    await responses.until(() => harness.bot.counters.of('message.sent') >= 4);
    expect(harness.log.join()).not.toContain('missing_scope');
  });
});

describe('the installation by OAuth', () => {
  it('stores the workspace’s token encrypted, answers with it, and forgets it when the app is removed', async () => {
    const kept = freshState();
    const env = {
      PORT: String(botPort),
      SLACK_API_URL: `${emulator.url}/api`,
      MUSIC2MOVIE_PUBLIC_URL: `http://127.0.0.1:${botPort}`,
      SLACK_BOT_TOKEN: '',
      SLACK_CLIENT_ID: CLIENT.id,
      SLACK_CLIENT_SECRET: CLIENT.secret,
      SLACK_STATE_SECRET: CLIENT.state,
    };
    const harness = await startHarness({ mode: 'http', slack: responses, state: kept.state, env });
    const { channel, user } = await ids();
    // Nobody has installed it yet: acknowledged, and nothing more.
    await send(harness, event(mentioning('hold on', { channel, user }), { team_id: 'T000000001' }));

    const start = await fetch(`${harness.bot.url}/slack/install`, { redirect: 'manual' });
    const consent = new URL(start.headers.get('location')!);
    expect(consent.origin).toBe(new URL(emulator.url).origin);
    expect(consent.searchParams.get('scope')!.split(',').sort()).toEqual(
      [...NEEDED_SCOPES, ...OPTIONAL_SCOPES].sort(),
    );
    const agreed = await fetch(`${emulator.url}/oauth/v2/authorize/callback`, {
      method: 'POST',
      redirect: 'manual',
      body: new URLSearchParams({ ...Object.fromEntries(consent.searchParams), user_id: user }),
    });
    const back = agreed.headers.get('location')!;
    // Without the cookie of the browser that began, the installation is refused.
    expect((await fetch(back)).status).toBe(400);
    expect(await kept.state.list('slack-install:')).toEqual([]);
    const cookie = start.headers.get('set-cookie')!.split(';')[0]!;
    const done = await fetch(back, { headers: { cookie } });
    expect([done.status, await done.text()]).toEqual([200, expect.stringContaining('Thank you')]);

    const stored = await kept.state.list<string>('slack-install:');
    expect(stored).toHaveLength(1);
    expect(JSON.stringify(stored)).not.toContain('xoxb-');
    const team = stored[0]!.key.split(':')[1]!;
    const told = (inner: Json) =>
      event(inner, { team_id: team, authorizations: [{ enterprise_id: null, team_id: team, is_bot: true }] });
    const thread = await web('chat.postMessage', { channel, text: 'a thread' }, TOKEN);
    await send(harness, told(mentioning('hold on adele', { channel, user, thread_ts: thread.ts })));
    await eventually(async () => {
      const { messages } = await web('conversations.replies', { channel, ts: thread.ts });
      return messages?.length > 1 ? true : undefined;
    });

    await setLinks(kept.state, team, channel, 'off');
    await send(harness, told({ type: 'app_uninstalled' }));
    await responses.until(() => harness.bot.counters.of('team.gone') === 1);
    expect(await kept.state.list('slack-install:')).toEqual([]);
    expect(await kept.state.list('channel:')).toEqual([]);
    await harness.bot.stop();
    await kept.state.close();
    kept.remove();
  });

  it('keeps installations by workspace or organisation, unreadable with another secret', async () => {
    const kept = freshState();
    const store = new Installations(kept.state, new Secret('one'));
    const installation = {
      team: { id: 'T1' },
      enterprise: undefined,
      isEnterpriseInstall: false,
      bot: { token: 'xoxb-1' },
    };
    const wide = {
      team: undefined,
      enterprise: { id: 'E1' },
      isEnterpriseInstall: true,
      bot: { token: 'xoxb-e' },
    };
    await store.storeInstallation(installation as never);
    await store.storeInstallation(wide as never);
    const query = { teamId: 'T1', enterpriseId: undefined, isEnterpriseInstall: false };
    expect((await store.fetchInstallation(query)).bot?.token).toBe('xoxb-1');
    const inside = { teamId: 'T2', enterpriseId: 'E1', isEnterpriseInstall: false };
    expect((await store.fetchInstallation(inside)).bot?.token).toBe('xoxb-e');
    await expect(new Installations(kept.state, new Secret('two')).fetchInstallation(query)).rejects.toThrow();
    await store.deleteInstallation(query);
    await expect(store.fetchInstallation(query)).rejects.toThrow('not installed');
    await kept.state.close();
    kept.remove();
  });
});
