/** docs/slack.md from start to finish on loopback: every step that a newcomer takes, with what the page says they see. */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { NEEDED_SCOPES } from '../../../src/bots/slack/constants.ts';
import { PROJECT_DIR } from '../../../src/shared/places.ts';
import { starterCatalogue } from '../../support/catalogue.ts';
import { children } from '../../support/children.ts';
import { CHANNEL, FakeSlack, TEAM, USER } from './support/fake-slack.ts';
import { button, post, textOf } from './support/harness.ts';
import { event, linkShared, press, slash } from './support/payloads.ts';

const held = children();

const page = readFileSync(join(PROJECT_DIR, 'docs/slack.md'), 'utf8');
/** A section of the page, by its heading. */
const section = (heading: string) => page.split(/^## /m).find((part) => part.startsWith(heading))!;
/** The fenced blocks of a section, as a browser shows them: without the list's indentation. */
const fenced = (heading: string) =>
  [...section(heading).matchAll(/^ *```\w*\n([\s\S]*?)^ *```$/gm)].map(([, text]) =>
    text!.replace(/^ +/gm, '').trim(),
  );

vi.setConfig({ testTimeout: 150_000 });

let slack: FakeSlack;
let folder: string;
beforeAll(async () => {
  await starterCatalogue();
  slack = await new FakeSlack().start();
  folder = mkdtempSync(join(tmpdir(), 'm2m-guide-'));
}, 300_000);
afterAll(async () => {
  await slack.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Starts the program with a `.env` as the page writes it, as far as a line that it says. */
async function start(env: string, until: RegExp) {
  writeFileSync(join(folder, '.env'), env);
  const child = held(
    spawn(process.execPath, [join(PROJECT_DIR, 'bin/music2movie.js'), 'start'], {
      cwd: folder,
      env: {
        PATH: process.env.PATH,
        MUSIC2MOVIE_CATALOGUE: await starterCatalogue(),
        SLACK_API_URL: slack.api,
        MUSIC2MOVIE_OFFLINE: 'true',
        MUSIC2MOVIE_STATE: join(folder, 'state'),
        PORT: '0',
      },
    }),
  );
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (said += String(data)));
  await slack.until(() => until.test(said) || child.exitCode !== null, 'the start', 120_000);
  expect(said).toMatch(until);
  return {
    said: () => said,
    stop: async () => {
      const gone = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await gone;
    },
  };
}

describe('the guide', () => {
  it('1. has a manifest to paste, and an icon that Slack takes', async () => {
    expect(section('1. Make the app')).toContain('src/bots/slack/manifest.json');
    const icon = join(PROJECT_DIR, 'docs/icon.png');
    expect(existsSync(icon)).toBe(true);
    const { width, height, format } = await sharp(icon).metadata();
    expect([format, width === height, width >= 512 && width <= 2000]).toEqual(['png', true, true]);
  });

  it('2. names the scope of the app-level token, and what to do where admins install', () => {
    const text = section('2. Get the two tokens');
    for (const words of ['connections:write', 'xapp-', 'xoxb-', 'Request to Install']) {
      expect(text).toContain(words);
    }
  });

  it('3. and 4. start by Socket Mode, answer the command, share, offer under a link, and fill the Home tab', async () => {
    slack.scopes = [...NEEDED_SCOPES];
    const [env, , lines] = fenced('3. Start the app');
    expect(env!.split('\n')).toEqual(['SLACK_APP_TOKEN=xapp-…', 'SLACK_BOT_TOKEN=xoxb-…']);
    const expected = lines!.replace('Your Workspace', 'Test').split('\n');
    const filled = env!.replace('xapp-…', 'xapp-1-A0APP-1-x').replace('xoxb-…', 'xoxb-x');
    const running = await start(filled, /connected by Socket Mode/);
    for (const line of expected) expect(running.said()).toContain(line);

    await slack.deliver('slash_commands', slash('hold on', slack.responseUrl()));
    const answer = await slack.called('response');
    expect(answer.args.response_type).toBe('ephemeral');
    const share = press(button(answer, 'Share to channel'), slack.responseUrl(), { ephemeral: true });
    await slack.deliver('interactive', share);
    expect((await slack.called('response', 2)).args.response_type).toBe('in_channel');

    const invited = {
      type: 'member_joined_channel',
      user: 'U0BOT',
      channel: CHANNEL,
      team: TEAM,
      inviter: USER,
    };
    await slack.deliver('events_api', event(invited));
    expect((await slack.called('chat.postEphemeral')).args.user).toBe(USER);
    const link = linkShared('https://open.spotify.com/track/5vjLSffimiIP26QG5WcN2K');
    await slack.deliver('events_api', event(link));
    const offer = await slack.called('chat.postEphemeral', 2);
    expect(textOf(offer.args.blocks)).toContain('Films like');
    await slack.deliver(
      'events_api',
      event({ type: 'app_home_opened', user: USER, tab: 'home', channel: 'D0' }),
    );
    const { view } = (await slack.called('views.publish')).args as { view: { blocks: unknown } };
    expect(textOf(view.blocks)).toContain('Settings of a channel');
    await running.stop();
    expect(slack.faults).toEqual([]);
  });

  it('HTTP: says where it listens and which address to enter, proves it, and answers signed requests alone', async () => {
    const [env, listening] = fenced('HTTP instead of Socket Mode');
    const secret = '0123456789abcdef0123456789abcdef';
    const filled = env!.replace('SECRET=…', `SECRET=${secret}`).replace('xoxb-…', 'xoxb-x');
    const running = await start(filled, /its Request URL is/);
    expect(running.said()).toContain('https://films.example.org/slack/events');
    const shape = listening!
      .replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
      .replace(/\d{4,5}/, String.raw`\d+`);
    expect(running.said()).toMatch(new RegExp(shape));
    const url = /listening at (http:\S+)\/slack\/events/.exec(running.said())![1]!;
    const bot = { bot: { url } } as never;
    const challenge = JSON.stringify({ type: 'url_verification', challenge: 'c0', token: 'old' });
    expect(await post(bot, challenge, 'application/json')).toMatchObject({ status: 200 });
    const body = new URLSearchParams(slash('hold on', slack.responseUrl()) as never).toString();
    const form = 'application/x-www-form-urlencoded';
    const answered = slack.of('response').length;
    expect((await post(bot, body, form, { 'x-slack-signature': 'v0=00' })).status).toBe(401);
    expect((await post(bot, body, form)).status).toBe(200);
    await slack.called('response', answered + 1);
    await running.stop();
  });

  it('several workspaces: says where they install the app', async () => {
    const env = [...fenced('HTTP instead of Socket Mode')];
    const oauth = env.find((text) => text.includes('SLACK_CLIENT_ID'))!.replace(/…/g, 'a-long-random-secret');
    const filled = `${env[0]!.replace(/SLACK_BOT_TOKEN=.*\n/, '').replace('SECRET=…', 'SECRET=0123456789abcdef0123456789abcdef')}\n${oauth}`;
    const running = await start(filled, /install the app at/);
    expect(running.said()).toContain('https://films.example.org/slack/install');
    await running.stop();
  });
});
