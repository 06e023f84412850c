/** What Slack sends, in the form in which it sends it. */
import { createHmac, randomUUID } from 'node:crypto';
import { BOT_USER, CHANNEL, DIRECT, TEAM, USER } from './fake-slack.ts';

const ids = () => randomUUID().replaceAll('-', '');
const now = () => Math.floor(Date.now() / 1000);
let clock = now() - 30;
/** A message's time, and so its name in its channel: within half a minute, however long the tests take. */
export function ts(): string {
  clock = Math.max(clock + 1, now() - 30);
  return `${clock}.000200`;
}

export const slash = (text: string, responseUrl: string, more: Record<string, string> = {}) => ({
  token: 'old',
  team_id: TEAM,
  team_domain: 'test',
  channel_id: CHANNEL,
  channel_name: 'music',
  user_id: USER,
  user_name: 'asker',
  command: '/movie-for',
  text,
  api_app_id: 'A0APP',
  is_enterprise_install: 'false',
  response_url: responseUrl,
  trigger_id: `${ids()}.1.2`,
  ...more,
});

export const SIGNING_SECRET = '0123456789abcdef0123456789abcdef';

export function signature(body: string, time: number, secret = SIGNING_SECRET): string {
  return `v0=${createHmac('sha256', secret).update(`v0:${time}:${body}`).digest('hex')}`;
}

/** The headers of a request that Slack makes now. */
export function signedHeaders(body: string, type: string): Record<string, string> {
  const time = now();
  return {
    'content-type': type,
    'x-slack-request-timestamp': String(time),
    'x-slack-signature': signature(body, time),
  };
}

/** An event in its envelope. */
export const event = (inner: Record<string, unknown>, more: Record<string, unknown> = {}) => ({
  token: 'old',
  team_id: TEAM,
  api_app_id: 'A0APP',
  type: 'event_callback',
  event_id: `Ev${ids()}`,
  event_time: now(),
  authorizations: [
    { enterprise_id: null, team_id: TEAM, user_id: BOT_USER, is_bot: true, is_enterprise_install: false },
  ],
  event: { event_ts: `${clock}.000200`, ...inner },
  ...more,
});

export const message = (text: string, more: Record<string, unknown> = {}) => ({
  type: 'message',
  channel: CHANNEL,
  channel_type: 'channel',
  user: USER,
  text,
  ts: ts(),
  team: TEAM,
  client_msg_id: randomUUID(),
  ...more,
});

export const direct = (text: string, more: Record<string, unknown> = {}) =>
  message(text, { channel: DIRECT, channel_type: 'im', ...more });

export const mentioning = (text: string, more: Record<string, unknown> = {}) => {
  const { channel_type: _, ...rest } = message(`<@${BOT_USER}> ${text}`, more);
  return { ...rest, type: 'app_mention' };
};

export const linkShared = (url: string, more: Record<string, unknown> = {}) => ({
  type: 'link_shared',
  channel: CHANNEL,
  is_bot_user_member: true,
  user: USER,
  message_ts: ts(),
  source: 'conversations_history',
  unfurl_id: `C.${ids()}`,
  links: [{ domain: new URL(url).host, url }],
  ...more,
});

interface Button {
  readonly action_id: string;
  readonly value?: string;
}

/** A press of a button in a message. */
export const press = (
  button: Button,
  responseUrl: string,
  more: {
    ephemeral?: boolean;
    blocks?: unknown;
    user?: string;
    channel?: string;
    ts?: string;
    thread?: string;
  } = {},
) => {
  const channel = more.channel ?? CHANNEL;
  const message_ts = more.ts ?? ts();
  return {
    type: 'block_actions',
    user: { id: more.user ?? USER, team_id: TEAM },
    api_app_id: 'A0APP',
    container: {
      type: 'message',
      message_ts,
      channel_id: channel,
      is_ephemeral: more.ephemeral === true,
      ...(more.thread && { thread_ts: more.thread }),
    },
    trigger_id: `${ids()}.1.2`,
    team: { id: TEAM, domain: 'test' },
    enterprise: null,
    is_enterprise_install: false,
    channel: { id: channel, name: 'music' },
    ...(!more.ephemeral && { message: { type: 'message', ts: message_ts, blocks: more.blocks ?? [] } }),
    response_url: responseUrl,
    actions: [{ type: 'button', block_id: 'b', action_ts: ts(), ...button }],
  };
};

/** A press or a choice in a view. */
export const pressInView = (action: Record<string, unknown>, view: Record<string, unknown>) => ({
  type: 'block_actions',
  user: { id: USER, team_id: TEAM },
  api_app_id: 'A0APP',
  container: { type: 'view', view_id: view.id ?? 'V1' },
  trigger_id: `${ids()}.1.2`,
  team: { id: TEAM, domain: 'test' },
  view: { id: 'V1', hash: 'h1', ...view },
  actions: [{ type: 'button', block_id: 'b', action_ts: ts(), ...action }],
});

export const submit = (view: Record<string, unknown>, values: Record<string, unknown>, user = USER) => ({
  type: 'view_submission',
  team: { id: TEAM, domain: 'test' },
  user: { id: user, team_id: TEAM },
  api_app_id: 'A0APP',
  trigger_id: `${ids()}.1.2`,
  view: { id: 'V2', hash: 'h2', type: 'modal', ...view, state: { values } },
});

export const shortcut = (text: string, responseUrl: string, more: Record<string, unknown> = {}) => ({
  type: 'message_action',
  token: 'old',
  action_ts: ts(),
  team: { id: TEAM, domain: 'test' },
  user: { id: USER, team_id: TEAM },
  channel: { id: CHANNEL, name: 'music' },
  callback_id: 'find_films',
  trigger_id: `${ids()}.1.2`,
  message_ts: ts(),
  message: { type: 'message', user: 'U0OTHER', text, ts: ts(), ...more },
  response_url: responseUrl,
});

/** The shortcut that is everywhere. */
export const globalShortcut = (more: Record<string, unknown> = {}) => ({
  type: 'shortcut',
  token: 'old',
  action_ts: ts(),
  team: { id: TEAM, domain: 'test' },
  user: { id: USER, username: 'asker', team_id: TEAM },
  is_enterprise_install: false,
  enterprise: null,
  callback_id: 'ask_song',
  trigger_id: `${ids()}.1.2`,
  ...more,
});

/** What Slack asks for while somebody types into a list of ours. */
export const suggestion = (value: string, view: Record<string, unknown>) => ({
  type: 'block_suggestion',
  user: { id: USER, name: 'asker', team_id: TEAM },
  container: { type: 'view', view_id: 'V1' },
  api_app_id: 'A0APP',
  token: 'old',
  action_id: 'value',
  block_id: 'what',
  value,
  team: { id: TEAM, domain: 'test' },
  enterprise: null,
  is_enterprise_install: false,
  view: { id: 'V1', type: 'modal', hash: 'h1', ...view },
});
