import { isIP } from 'node:net';
import { z } from 'zod';
import { ROLES, rolesIn } from './roles.ts';

/** The variables as they stand in the environment, trimmed; blank ones are absent. */
export type RawSettings = Record<string, string>;

/** Hosts to which plain HTTP never leaves the machine. */
const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

// Messages never repeat the value: someone may have pasted a secret into the wrong variable.

/** A field whose text is turned into a value, or into one sentence saying what is wrong with it. */
function field<T>(fallback: string, parse: (text: string) => T | undefined, sentence: string) {
  return z
    .string()
    .default(fallback)
    .transform((text, context) => parsed(text, parse, sentence, context));
}

/** The same without a default. */
function optional<T>(parse: (text: string) => T | undefined, sentence: string) {
  return z
    .string()
    .transform((text, context) => parsed(text, parse, sentence, context))
    .optional();
}

function parsed<T>(
  text: string,
  parse: (text: string) => T | undefined,
  sentence: string,
  context: z.RefinementCtx,
) {
  const value = parse(text);
  if (value !== undefined) return value;
  context.addIssue({ code: 'custom', message: sentence });
  return z.NEVER;
}

const matching = (pattern: RegExp) => (text: string) => (pattern.test(text) ? text : undefined);

function whole(name: string, fallback: number, min: number, max: number) {
  const parse = (text: string) => {
    const value = Number(text);
    return /^\d{1,9}$/.test(text) && value >= min && value <= max ? value : undefined;
  };
  return field(
    String(fallback),
    parse,
    `${name} must be a whole number from ${min} to ${max}, such as ${fallback}.`,
  );
}

function flag(name: string, fallback = false) {
  const values = new Map([
    ...['true', '1', 'yes', 'on'].map((word) => [word, true] as const),
    ...['false', '0', 'no', 'off'].map((word) => [word, false] as const),
  ]);
  return field(String(fallback), (text) => values.get(text.toLowerCase()), `${name} must be true or false.`);
}

/** An address without a trailing slash: HTTPS, or HTTP on this machine. */
function address(text: string): string | undefined {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  const safe = url.protocol === 'https:' || (url.protocol === 'http:' && LOOPBACK.has(url.hostname));
  if (!safe || url.username || url.password || url.search || url.hash) return undefined;
  return text.replace(/\/+$/, '');
}

/** A bucket, and a folder in it, without a trailing slash. */
const bucket = (text: string) =>
  /^s3:\/\/[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](?:\/[\w.~-]+)*\/?$/.test(text)
    ? text.replace(/\/$/, '')
    : undefined;

const addressRule = (name: string, example: string) =>
  `${name} must be an address such as ${example}: https (http only to this machine), without password or query.`;

/** Connections of one process, of how many in all. */
function shardRange(text: string): { ids: number[]; count: number } | undefined {
  const [, from, to = from, all] = /^(\d{1,5})(?:-(\d{1,5}))?\/(\d{1,5})$/.exec(text) ?? [];
  const [first, last, count] = [Number(from), Number(to), Number(all)];
  if (!(first <= last && last < count)) return undefined;
  return { ids: Array.from({ length: last - first + 1 }, (_, at) => first + at), count };
}

const baseUrl = (name: string, fallback: string) => field(fallback, address, addressRule(name, fallback));

/** Any single word: what secrets and client ids look like. */
const word = (name: string) => optional(matching(/^\S+$/), `${name} must not contain spaces; copy it again.`);

const listed = (text: string) => text.split(/[\s,]+/).filter((part) => part !== '');

/** What the people of the page share: nothing; their votes; those, and what they ask most. */
export const PAGE_COMMUNITIES = ['none', 'votes', 'stats'] as const;

/** Names that stand for networks. */
const NETWORKS = new Set(['loopback', 'linklocal', 'uniquelocal']);

function isNetwork(text: string): boolean {
  if (NETWORKS.has(text)) return true;
  const [address = '', bits, ...rest] = text.split('/');
  const most = { 0: -1, 4: 32, 6: 128 }[isIP(address)]!;
  return (
    rest.length === 0 && most > 0 && (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= most))
  );
}

/** Every variable that the program reads, with its default and its rule. */
export const FIELDS = {
  PORT: whole('PORT', 3000, 0, 65_535),
  HOST: field(
    '127.0.0.1',
    matching(/^[\w.:[\]-]+$/),
    'HOST must be a host name or an IP address, such as 127.0.0.1.',
  ),
  MUSIC2MOVIE_CATALOGUE: z.string().optional(),
  CATALOGUE_URL: optional(
    (text) => address(text) ?? bucket(text),
    `${addressRule('CATALOGUE_URL', 'https://files.example.org/catalogue').slice(0, -1)}; or a bucket's, such as s3://films/catalogue.`,
  ),
  AWS_ACCESS_KEY_ID: word('AWS_ACCESS_KEY_ID'),
  AWS_SECRET_ACCESS_KEY: word('AWS_SECRET_ACCESS_KEY'),
  AWS_SESSION_TOKEN: word('AWS_SESSION_TOKEN'),
  AWS_REGION: word('AWS_REGION'),
  AWS_ENDPOINT_URL_S3: optional(address, addressRule('AWS_ENDPOINT_URL_S3', 'https://s3.example.org')),
  CATALOGUE_TOKEN: word('CATALOGUE_TOKEN'),
  MUSIC2MOVIE_STATE: z.string().optional(),
  MUSIC2MOVIE_KEY_FILE: z.string().optional(),
  STATE_URL: optional(
    (text) => (URL.canParse(text) && /^rediss?:$/.test(new URL(text).protocol) ? text : undefined),
    'STATE_URL must be the address of a Valkey or Redis server, such as redis://127.0.0.1:6379/0.',
  ),
  MUSIC2MOVIE_ROLES: field(
    ROLES.join(','),
    (text) => rolesIn(listed(text)),
    `MUSIC2MOVIE_ROLES must be roles with commas between them, of these: ${ROLES.join(', ')}.`,
  ),
  MUSIC2MOVIE_PUBLIC_URL: optional(
    address,
    addressRule('MUSIC2MOVIE_PUBLIC_URL', 'https://films.example.org'),
  ),
  MUSIC2MOVIE_PAGE_COMMUNITY: field(
    'none',
    (text) => PAGE_COMMUNITIES.find((one) => one === text.toLowerCase()),
    `MUSIC2MOVIE_PAGE_COMMUNITY must be one of ${PAGE_COMMUNITIES.join(', ')}.`,
  ),
  MUSIC2MOVIE_HOSTS: field(
    '',
    (text) => {
      const names = listed(text);
      return names.every((name) => /^[\w.-]+$/.test(name)) ? names : undefined;
    },
    'MUSIC2MOVIE_HOSTS must be host names with commas between them, such as films.example.org, nas.local.',
  ),
  TRUST_PROXY: field(
    '',
    (text) => {
      const proxies = listed(text);
      if (!proxies.every(isNetwork)) return undefined;
      return proxies.length > 0 ? proxies : (false as const);
    },
    'TRUST_PROXY must be the addresses or networks of proxies with commas between them, such as 127.0.0.1, 172.16.0.0/12, or loopback.',
  ),
  ACCESS_LOG: flag('ACCESS_LOG'),
  MUSIC2MOVIE_OFFLINE: flag('MUSIC2MOVIE_OFFLINE'),
  MUSIC2MOVIE_SEARCH_ONLINE: flag('MUSIC2MOVIE_SEARCH_ONLINE', true),
  MUSIC2MOVIE_DEBUG: flag('MUSIC2MOVIE_DEBUG'),
  RATE_LIMIT_PER_MINUTE: whole('RATE_LIMIT_PER_MINUTE', 60, 1, 100_000),
  LOG_LEVEL: field(
    'info',
    (text) => LOG_LEVELS.find((level) => level === text.toLowerCase()),
    `LOG_LEVEL must be one of ${LOG_LEVELS.join(', ')}.`,
  ),
  SPOTIFY_CLIENT_ID: word('SPOTIFY_CLIENT_ID'),
  SPOTIFY_CLIENT_SECRET: word('SPOTIFY_CLIENT_SECRET'),
  TMDB_API_KEY: optional(
    matching(/^(?:[0-9a-f]{32}|eyJ[\w-]+\.[\w-]+\.[\w-]+)$/i),
    'TMDB_API_KEY must be the API key (32 letters a to f and digits) or the API read access token (it begins with eyJ) of your TMDB account.',
  ),
  DISCORD_TOKEN: optional(
    matching(/^\S+$/),
    'DISCORD_TOKEN must be the bot token alone: no spaces and no "Bot" before it.',
  ),
  DISCORD_GUILD_ID: optional(
    matching(/^\d{15,21}$/),
    'DISCORD_GUILD_ID must be the number of a server (17 to 20 digits); right-click the server, "Copy Server ID".',
  ),
  DISCORD_SHARDS: optional(
    shardRange,
    'DISCORD_SHARDS must be the first and the last connection of this process and how many there are in all, such as 0-3/8, or 5/8 for one.',
  ),
  DISCORD_MESSAGE_CONTENT: flag('DISCORD_MESSAGE_CONTENT'),
  DISCORD_PRESENCE: flag('DISCORD_PRESENCE'),
  SLACK_APP_TOKEN: optional(
    matching(/^xapp-\S+$/),
    'SLACK_APP_TOKEN must be the app-level token that begins with xapp- ("Basic Information" → "App-Level Tokens").',
  ),
  SLACK_BOT_TOKEN: optional(
    matching(/^xoxb-\S+$/),
    'SLACK_BOT_TOKEN must be the bot token that begins with xoxb- ("OAuth & Permissions").',
  ),
  SLACK_SIGNING_SECRET: word('SLACK_SIGNING_SECRET'),
  SLACK_CLIENT_ID: word('SLACK_CLIENT_ID'),
  SLACK_CLIENT_SECRET: word('SLACK_CLIENT_SECRET'),
  SLACK_STATE_SECRET: word('SLACK_STATE_SECRET'),
  SLACK_COMMAND: field(
    '/movie-for',
    matching(/^\/[a-z0-9_-]{1,31}$/),
    'SLACK_COMMAND must be a slash and up to 31 small letters, digits, - or _, such as /movie-for.',
  ),
  RECCOBEATS_URL: baseUrl('RECCOBEATS_URL', 'https://api.reccobeats.com'),
  DEEZER_URL: baseUrl('DEEZER_URL', 'https://api.deezer.com'),
  YOUTUBE_URL: baseUrl('YOUTUBE_URL', 'https://www.youtube.com'),
  SOUNDCLOUD_URL: baseUrl('SOUNDCLOUD_URL', 'https://soundcloud.com'),
  ITUNES_URL: baseUrl('ITUNES_URL', 'https://itunes.apple.com'),
  SPOTIFY_OPEN_URL: baseUrl('SPOTIFY_OPEN_URL', 'https://open.spotify.com'),
  SPOTIFY_SHORT_URL: baseUrl('SPOTIFY_SHORT_URL', 'https://spotify.link'),
  SPOTIFY_ACCOUNTS_URL: baseUrl('SPOTIFY_ACCOUNTS_URL', 'https://accounts.spotify.com'),
  SPOTIFY_API_URL: baseUrl('SPOTIFY_API_URL', 'https://api.spotify.com'),
  LISTENBRAINZ_URL: baseUrl('LISTENBRAINZ_URL', 'https://api.listenbrainz.org'),
  HUGGINGFACE_URL: baseUrl('HUGGINGFACE_URL', 'https://huggingface.co'),
  KAGGLE_URL: baseUrl('KAGGLE_URL', 'https://www.kaggle.com'),
  TMDB_API_URL: baseUrl('TMDB_API_URL', 'https://api.themoviedb.org'),
  TMDB_IMAGE_URL: baseUrl('TMDB_IMAGE_URL', 'https://image.tmdb.org'),
  DISCORD_API_URL: baseUrl('DISCORD_API_URL', 'https://discord.com/api'),
  SLACK_API_URL: baseUrl('SLACK_API_URL', 'https://slack.com/api'),
  MODEL_URL: optional(address, addressRule('MODEL_URL', 'https://example.org/mobilenetv2_1.0_224.onnx')),
};

/** The variables after parsing. */
export type Settings = z.infer<z.ZodObject<typeof FIELDS>>;
