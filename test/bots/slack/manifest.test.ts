/** Code and manifest name the same things; what they name is what the code does. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { App } from '@slack/bolt';
import { describe, expect, it } from 'vitest';
import { askText } from '../../../commands/index.ts';
import type { Bot } from '../../../src/bots/slack/bot.ts';
import { NEEDED_SCOPES, OPTIONAL_SCOPES, PATHS } from '../../../src/bots/slack/constants.ts';
import { registerAll } from '../../../src/bots/slack/listeners/index.ts';
import { homeView } from '../../../src/bots/slack/render/home.ts';
import { wordsFor } from '../../../src/i18n/index.ts';
import { parseLinks } from '../../../src/lookup/links.ts';
import { PROJECT_DIR } from '../../../src/shared/places.ts';
import { fakeEngine } from '../../support/fake-engine.ts';
import { contextOf } from '../web/page.ts';

/** Events as the manifest subscribes to them; `message.im` arrives as `message`. */
const EVENTS = [
  'app_home_opened',
  'app_mention',
  'app_uninstalled',
  'link_shared',
  'member_joined_channel',
  'message.im',
  'tokens_revoked',
] as const;

/** Hosts whose links Slack tells the app about (at most five). */
const UNFURL_DOMAINS = ['open.spotify.com', 'play.spotify.com', 'spotify.link', 'spotify.app.link'] as const;

const SOURCE = join(PROJECT_DIR, 'src/bots/slack');
const read = (name: string) => JSON.parse(readFileSync(join(SOURCE, name), 'utf8'));
const manifest = read('manifest.json');
const overHttp = read('manifest.http.json');

/** What the code listens to, as it tells Bolt. */
function listened() {
  const heard = { command: [] as string[], event: [] as string[], shortcut: [] as string[] };
  const note = (kind: keyof typeof heard) => (name: string | { callback_id: string }) =>
    void heard[kind].push(typeof name === 'string' ? name : name.callback_id);
  const app = {
    command: note('command'),
    event: note('event'),
    shortcut: note('shortcut'),
    use: () => {},
    processEvent: async () => {},
    action: () => {},
    options: () => {},
    view: () => {},
  };
  registerAll(app as unknown as App, { command: '/movie-for' } as Bot, null);
  return heard;
}

/** Scopes that an event needs (docs.slack.dev/reference/events/<name>). */
const EVENT_SCOPES: Readonly<Record<string, string | null>> = {
  app_home_opened: null,
  app_mention: 'app_mentions:read',
  app_uninstalled: null,
  link_shared: 'links:read',
  member_joined_channel: 'channels:read',
  'message.im': 'im:history',
  tokens_revoked: null,
};

/** Scopes that a method needs (docs.slack.dev/reference/methods/<name>). */
const METHOD_SCOPES: Readonly<Record<string, string | null>> = {
  'auth.test': null,
  'chat.postEphemeral': 'chat:write',
  'chat.postMessage': 'chat:write',
  'chat.unfurl': 'links:write',
  'chat.update': 'chat:write',
  'users.info': 'users:read',
  'views.publish': null,
  'views.update': null,
};

/** Every method of the Web API that the source calls. */
function methodsCalled(): string[] {
  const files = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.ts'),
  );
  const found = files.flatMap((name) => {
    const text = readFileSync(join(SOURCE, name), 'utf8').replace(/\s*\n\s*(?=\.)/g, '');
    return [...text.matchAll(/\bclient\.([a-z]+)\.([A-Za-z]+)\(/g)].map((match) => `${match[1]}.${match[2]}`);
  });
  return [...new Set(found)].filter((name) => name !== 'client.start').sort();
}

describe('the manifest', () => {
  it('names the commands, events and shortcuts that the code listens to', () => {
    const heard = listened();
    expect(manifest.features.slash_commands.map((one: { command: string }) => one.command)).toEqual(
      heard.command,
    );
    expect(manifest.features.shortcuts.map((one: { callback_id: string }) => one.callback_id)).toEqual(
      heard.shortcut,
    );
    const { bot_events } = manifest.settings.event_subscriptions;
    expect(bot_events).toEqual(EVENTS);
    const kinds = new Set(bot_events.map((name: string) => name.replace(/^message\..*/, 'message')));
    expect([...kinds].sort()).toEqual([...new Set(heard.event)].sort());
  });

  it('asks for the scopes that those events and the methods called need, and no other', () => {
    const called = methodsCalled();
    expect(called).toEqual(Object.keys(METHOD_SCOPES));
    const events = EVENTS.map((name) => EVENT_SCOPES[name]);
    // The agent's place has no event or method of its own.
    const needed = new Set(
      ['commands', 'assistant:write', ...events, ...called.map((name) => METHOD_SCOPES[name])].filter(
        Boolean,
      ),
    );
    const { bot, bot_optional } = manifest.oauth_config.scopes;
    expect([...needed].sort()).toEqual(bot);
    expect([...NEEDED_SCOPES, ...OPTIONAL_SCOPES].sort()).toEqual(bot);
    // Slack wants optional ones in both lists.
    expect([...OPTIONAL_SCOPES].sort()).toEqual(bot_optional);
    expect(NEEDED_SCOPES.length).toBeLessThanOrEqual(6);
  });

  it('gives a reason for each scope, and says which can be refused', () => {
    const lines: string[] = manifest.display_information.long_description.split('\n');
    const reasonOf = (scope: string) =>
      lines.filter((line) => new RegExp(`^(?:Optional: )?${scope}: \\S.+\\.$`).test(line));
    for (const scope of NEEDED_SCOPES)
      expect(reasonOf(scope), scope).toEqual([expect.stringMatching(/^[^O]/)]);
    for (const scope of OPTIONAL_SCOPES)
      expect(reasonOf(scope), scope).toEqual([expect.stringMatching(/^Optional: /)]);
    expect(lines.join('\n').length).toBeLessThanOrEqual(4000);
  });

  it('is an agent, not an assistant, with prompts that are questions', async () => {
    const { agent_view, assistant_view } = manifest.features;
    expect(assistant_view).toBeUndefined();
    expect(agent_view.agent_description.length).toBeLessThanOrEqual(300);
    expect(agent_view.suggested_prompts.length).toBeLessThanOrEqual(4);
    for (const { message } of agent_view.suggested_prompts) {
      const answer = await askText(message, contextOf(fakeEngine()));
      expect(answer.kind === 'notice' && answer.tone === 'sorry', message).toBe(false);
    }
  });

  it('unfurls the hosts whose links are understood', () => {
    expect(manifest.features.unfurl_domains).toEqual(UNFURL_DOMAINS);
    expect(UNFURL_DOMAINS.length).toBeLessThanOrEqual(5);
    for (const host of UNFURL_DOMAINS) {
      const path = host.endsWith('spotify.com') ? 'track/6hHc7Pks7wtBIW8Z6A0iFq' : 'abcDEF123';
      expect(['track', 'short']).toContain(parseLinks(`https://${host}/${path}`)[0]?.kind);
    }
  });

  it('says what the product says, within Slack’s limits', () => {
    const { t } = wordsFor('en');
    const { display_information, features } = manifest;
    expect(features.slash_commands[0].description).toBe(t('commands.movieFor.description'));
    expect(features.shortcuts[0].name).toBe(t('chat.findFilms'));
    expect(features.shortcuts[0].name.length).toBeLessThanOrEqual(24);
    expect(display_information.long_description.length).toBeGreaterThanOrEqual(174);
    expect(display_information.description.length).toBeLessThanOrEqual(140);
    const home = homeView({ command: '/movie-for', recent: [], channel: null }, 'en');
    expect(JSON.stringify(home)).toContain(`/invite @${display_information.name}`);
  });

  it('differs over HTTP in addresses alone', () => {
    const origin = 'https://films.example.org';
    const addressed = structuredClone(manifest);
    addressed.settings.socket_mode_enabled = false;
    addressed.oauth_config.redirect_urls = [origin + PATHS.redirect];
    addressed.settings.event_subscriptions.request_url = origin + PATHS.events;
    addressed.settings.interactivity.request_url = origin + PATHS.events;
    addressed.settings.interactivity.message_menu_options_url = origin + PATHS.events;
    for (const command of addressed.features.slash_commands) command.url = origin + PATHS.events;
    expect(overHttp).toEqual(addressed);
  });
});
