/** Events as Discord sends them, small but whole. */
export const APPLICATION = '123456789012345678';
export const GUILD = '200000000000000001';
export const CHANNEL = '300000000000000001';
export const ADULT_CHANNEL = '300000000000000002';
export const THREAD = '300000000000000003';
export const MUTE_CHANNEL = '300000000000000004';
export const PLAIN_CHANNEL = '300000000000000005';
export const DM_CHANNEL = '300000000000000009';
export const ASKER = '400000000000000001';
export const OTHER = '400000000000000002';

/** View, Send, Embed, Attach, History, Send in Threads. */
export const ALL_PERMISSIONS = String(
  (1n << 10n) | (1n << 11n) | (1n << 14n) | (1n << 15n) | (1n << 16n) | (1n << 38n),
);
export const NO_EMBEDS = String(BigInt(ALL_PERMISSIONS) & ~(1n << 14n));
const MANAGE_CHANNELS = String((1n << 4n) | BigInt(ALL_PERMISSIONS));

const user = (id: string, more: object = {}) => ({
  id,
  username: `user${id.slice(-1)}`,
  discriminator: '0',
  global_name: null,
  avatar: null,
  ...more,
});
export const BOT_USER = user(APPLICATION, { bot: true, username: 'Music2Movie' });

const member = (id: string, more: object = {}) => ({
  user: id === APPLICATION ? BOT_USER : user(id),
  roles: [],
  joined_at: '2026-01-01T00:00:00.000Z',
  deaf: false,
  mute: false,
  flags: 0,
  ...more,
});

let counter = 0n;
/** A snowflake of this moment. @param ageMs how long ago it was made */
export function snowflake(ageMs = 0): string {
  counter += 1n;
  return String(((BigInt(Date.now() - ageMs) - 1_420_070_400_000n) << 22n) + (counter & 0x3f_ffffn));
}

const deny = (bits: bigint) => [{ id: GUILD, type: 0, allow: '0', deny: String(bits) }];
const text = (id: string, name: string, more: object = {}) => ({
  id,
  type: 0,
  name,
  position: 0,
  permission_overwrites: [],
  ...more,
});

export function guildPayload() {
  return {
    id: GUILD,
    name: 'Server',
    owner_id: OTHER,
    preferred_locale: 'en-US',
    member_count: 2,
    large: false,
    unavailable: false,
    features: [],
    emojis: [],
    stickers: [],
    presences: [],
    voice_states: [],
    stage_instances: [],
    guild_scheduled_events: [],
    soundboard_sounds: [],
    roles: [
      {
        id: GUILD,
        name: '@everyone',
        permissions: ALL_PERMISSIONS,
        position: 0,
        color: 0,
        colors: {},
        hoist: false,
        managed: false,
        mentionable: false,
        flags: 0,
      },
    ],
    channels: [
      text(CHANNEL, 'films'),
      text(ADULT_CHANNEL, 'late', { nsfw: true }),
      text(MUTE_CHANNEL, 'quiet', { permission_overwrites: deny(1n << 11n) }),
      text(PLAIN_CHANNEL, 'plain', { permission_overwrites: deny(1n << 14n) }),
    ],
    threads: [
      {
        id: THREAD,
        guild_id: GUILD,
        type: 11,
        name: 'thread',
        parent_id: ADULT_CHANNEL,
        owner_id: OTHER,
        message_count: 1,
        member_count: 1,
        thread_metadata: {
          archived: false,
          auto_archive_duration: 60,
          archive_timestamp: '2026-01-01T00:00:00.000Z',
          locked: false,
        },
      },
    ],
    members: [member(APPLICATION), member(ASKER)],
  };
}

/** A message as REST and events carry it. */
export function messagePayload(more: object = {}): Record<string, unknown> {
  return {
    id: snowflake(),
    channel_id: CHANNEL,
    author: BOT_USER,
    content: '',
    timestamp: new Date().toISOString(),
    edited_timestamp: null,
    tts: false,
    mention_everyone: false,
    mentions: [],
    mention_roles: [],
    pinned: false,
    type: 0,
    ...more,
    // What was sent has no ids of attachments' pictures; nobody looks at them here.
    attachments: [],
    embeds: (more as { embeds?: unknown[] }).embeds ?? [],
    components: (more as { components?: unknown[] }).components ?? [],
    flags: (more as { flags?: number }).flags ?? 0,
  };
}

/** A message that a person wrote in the server. */
export function personMessage(content: string, more: object = {}): Record<string, unknown> {
  return messagePayload({
    author: user(ASKER),
    member: { ...member(ASKER), user: undefined },
    guild_id: GUILD,
    content,
    ...more,
  });
}

/** A direct message to the bot. */
export function directMessage(content: string, more: object = {}): Record<string, unknown> {
  return messagePayload({ author: user(ASKER), channel_id: DM_CHANNEL, channel_type: 1, content, ...more });
}

export interface Place {
  readonly channel?: string;
  readonly user?: string;
  readonly locale?: string;
  readonly permissions?: string;
  readonly manager?: boolean;
  readonly direct?: boolean;
  readonly age?: number;
  readonly id?: string;
}

function interaction(
  type: number,
  data: object,
  place: Place = {},
  more: object = {},
): Record<string, unknown> & { id: string } {
  const { channel = CHANNEL, user: who = ASKER, direct = false } = place;
  const id = place.id ?? snowflake(place.age ?? 0);
  const where = direct
    ? {
        user: user(who),
        channel_id: DM_CHANNEL,
        channel: { id: DM_CHANNEL, type: 1, recipients: [user(who)] },
        context: 1,
      }
    : {
        guild_id: GUILD,
        guild_locale: 'en-US',
        member: { ...member(who), permissions: place.manager ? MANAGE_CHANNELS : ALL_PERMISSIONS },
        channel_id: channel,
        channel: { id: channel, type: 0, guild_id: GUILD, name: 'films', permissions: ALL_PERMISSIONS },
        context: 0,
      };
  return {
    id,
    application_id: APPLICATION,
    type,
    token: `token-${id}`,
    version: 1,
    locale: place.locale ?? 'en-US',
    app_permissions: place.permissions ?? ALL_PERMISSIONS,
    entitlements: [],
    authorizing_integration_owners: direct ? { '1': who } : { '0': GUILD },
    attachment_size_limit: 10_485_760,
    ...where,
    ...more,
    data,
  };
}

const TYPES: Readonly<Record<string, number>> = { string: 3, number: 10, boolean: 5 };

const options = (values: Readonly<Record<string, string | number | boolean>>, focused?: string) =>
  Object.entries(values).map(([name, value]) => ({
    name,
    type: TYPES[typeof value],
    value,
    ...(name === focused && { focused: true }),
  }));

/** A slash command. */
export const slash = (
  name: string,
  values: Readonly<Record<string, string | number | boolean>>,
  place?: Place,
) => interaction(2, { id: snowflake(), name, type: 1, options: options(values) }, place);

/** Typing into an option. */
export const typing = (name: string, option: string, value: string, place?: Place) =>
  interaction(4, { id: snowflake(), name, type: 1, options: options({ [option]: value }, option) }, place);

/** “Find films for this song” on a message. */
export function menu(message: Record<string, unknown>, place?: Place) {
  const id = message.id as string;
  const data = {
    id: snowflake(),
    name: 'Find films for this song',
    type: 3,
    target_id: id,
    resolved: { messages: { [id]: message } },
  };
  return interaction(2, data, place);
}

/** A pressed button, or an option chosen in a select menu. */
export const press = (
  customId: string,
  message: Record<string, unknown>,
  place?: Place,
  values?: readonly string[],
) =>
  interaction(3, { custom_id: customId, component_type: values ? 3 : 2, ...(values && { values }) }, place, {
    message,
  });

/** A form sent off. */
export const submit = (
  customId: string,
  values: Readonly<Record<string, string | readonly string[]>>,
  message: Record<string, unknown>,
  place?: Place,
) =>
  interaction(
    5,
    {
      custom_id: customId,
      components: Object.entries(values).map(([name, value], at) => ({
        type: 18,
        id: 2 * at + 1,
        component: Array.isArray(value)
          ? { type: 3, id: 2 * at + 2, custom_id: name, values: value }
          : { type: 4, id: 2 * at + 2, custom_id: name, value },
      })),
    },
    place,
    { message },
  );

/** The message that a response made, as later presses carry it. */
export function shown(
  response: { body: { data?: object } } | { body: object },
  asker = ASKER,
  more: object = {},
) {
  const data = (response.body as { data?: object }).data ?? response.body;
  return messagePayload({
    ...data,
    guild_id: GUILD,
    interaction_metadata: { id: snowflake(), type: 2, user: user(asker), authorizing_integration_owners: {} },
    ...more,
  });
}

export const person = user;
