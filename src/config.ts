/**
 * Every setting of the program, read from environment variables, checked at once, and described in
 * `.env.example` (a test keeps the two alike).
 */
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseEnv } from 'node:util';
import { z } from 'zod';
import { togetherFaults } from './config/cross-field.ts';
import { FIELDS, type RawSettings, type Settings } from './config/fields.ts';
import type { Role } from './config/roles.ts';
import { Secret } from './config/secret.ts';
import { ConfigurationError } from './shared/errors.ts';
import { PROJECT_DIR, WRITABLE_DIR } from './shared/places.ts';

export { Secret } from './config/secret.ts';

/** The names of all variables that the program reads. */
export const VARIABLES: readonly string[] = Object.keys(FIELDS);

export interface Config {
  /** What this process does. */
  readonly roles: readonly Role[];
  /** 0…65535; 0 lets the system choose. */
  readonly port: number;
  readonly host: string;
  /** Absolute path of the catalogue's folder. */
  readonly catalogueDir: string;
  /** Where catalogues are fetched from; null: only what is in the folder. */
  readonly catalogueStore: { readonly url: string; readonly token: Secret | null } | null;
  /** Keys for buckets; null where none are set. */
  readonly s3: {
    readonly accessKeyId: string;
    readonly secretAccessKey: Secret;
    readonly sessionToken: Secret | null;
    readonly region: string;
    /** Of what is not Amazon's; null for Amazon's own. */
    readonly endpoint: string | null;
  } | null;
  /** Absolute path of the folder for state. */
  readonly stateDir: string;
  /** Where the state is kept instead of the folder; may hold a password. */
  readonly stateUrl: Secret | null;
  /** Absolute path of the file with the key of the state. */
  readonly keyFile: string;
  /** Where people reach the page from outside, without a trailing slash. */
  readonly publicUrl: string | null;
  /** What the people of the page share. */
  readonly pageCommunity: Settings['MUSIC2MOVIE_PAGE_COMMUNITY'];
  /** Requests to the page per minute and address. */
  readonly rateLimitPerMinute: number;
  /** Host names, beside that of `publicUrl`, at which people reach the page. */
  readonly hosts: readonly string[];
  /** Proxies in front of the page whose word about the asker's address is taken: addresses, networks, or false. */
  readonly trustProxy: string[] | false;
  readonly logLevel: Settings['LOG_LEVEL'];
  /** Log every request to the page: its route, never what was asked or by whom. */
  readonly accessLog: boolean;
  /** Print stack traces of unexpected errors. */
  readonly debug: boolean;
  /** True: no network look-ups, only the catalogue answers. */
  readonly offline: boolean;
  /** Whether words that name no song of the catalogue are looked up on the network; false where `offline`. */
  readonly searchOnline: boolean;
  readonly spotify: { readonly clientId: string; readonly clientSecret: Secret } | null;
  /** A v3 key or v4 read access token of TMDB's API. */
  readonly tmdbKey: Secret | null;
  readonly discord: {
    readonly token: Secret;
    /** Register the commands in this server only (at once, for trying out). */
    readonly guildId: string | null;
    /** The connections (shards) of this process, of how many; null: as many as Discord recommends, all here. */
    readonly shards: { readonly ids: readonly number[]; readonly count: number } | null;
    /** Whether the privileged message content intent is asked for. */
    readonly messageContent: boolean;
    /** Whether the privileged presence intent is asked for, to see what people play. */
    readonly presence: boolean;
  } | null;
  readonly slack: {
    /** Socket Mode, when present. */
    readonly appToken: Secret | null;
    readonly botToken: Secret | null;
    /** HTTP mode, when present. */
    readonly signingSecret: Secret | null;
    readonly oauth: {
      readonly clientId: string;
      readonly clientSecret: Secret;
      readonly stateSecret: Secret;
    } | null;
    readonly command: string;
  } | null;
  /** Base addresses without a trailing slash. */
  readonly urls: {
    readonly reccobeats: string;
    readonly deezer: string;
    readonly youTube: string;
    readonly soundCloud: string;
    readonly itunes: string;
    readonly spotifyOpen: string;
    readonly spotifyShort: string;
    readonly spotifyAccounts: string;
    readonly spotifyApi: string;
    readonly listenBrainz: string;
    readonly huggingFace: string;
    readonly kaggle: string;
    readonly tmdbApi: string;
    readonly tmdbImage: string;
    readonly discordApi: string;
    readonly slackApi: string;
    /** Where to download MobileNetV2 from; null: nowhere. */
    readonly model: string | null;
  };
}

/**
 * Reads and checks all settings. Blank values count as not set.
 *
 * @param env usually `process.env`
 * @throws ConfigurationError naming every faulty variable and what to do about it; never shows a value
 */
export function loadConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const raw: RawSettings = {};
  for (const name of VARIABLES) {
    const value = env[name]?.trim();
    if (value) raw[name] = value;
  }
  const parsed = z.object(FIELDS).safeParse(raw);
  const faults = [...(parsed.error?.issues ?? []).map((issue) => issue.message), ...togetherFaults(raw)];
  if (!parsed.success || faults.length > 0) {
    const count = faults.length === 1 ? 'One setting is wrong' : `${faults.length} settings are wrong`;
    throw new ConfigurationError(`${count}:\n${faults.map((fault) => `- ${fault}`).join('\n')}`, {
      id: 'configuration.invalid',
      hint: 'Set them in the environment or in a file named .env; .env.example explains each one.',
    });
  }
  return toConfig(parsed.data);
}

const ENV_FILES = [resolve('.env'), resolve(PROJECT_DIR, '.env')];

/** What stands in the first `.env` file found now, whatever was loaded before; nothing where there is none. */
export function readEnvFile(candidates: readonly string[] = ENV_FILES): Record<string, string | undefined> {
  const file = candidates.find((candidate) => existsSync(candidate));
  return file ? parseEnv(readFileSync(file, 'utf8')) : {};
}

/**
 * Reads the first `.env` file found (working folder, then project folder) into `process.env`. Variables
 * that are set already keep their values.
 *
 * @returns the file that was read, or null where there is none
 * @throws ConfigurationError when the file cannot be read
 */
export function loadEnvFile(candidates: readonly string[] = ENV_FILES): string | null {
  const file = candidates.find((candidate) => existsSync(candidate));
  if (!file) return null;
  try {
    process.loadEnvFile(file);
  } catch (error) {
    throw new ConfigurationError('The file .env cannot be read.', {
      id: 'configuration.env-file',
      hint: `Make ${file} a readable text file, or remove it.`,
      underlying: error,
    });
  }
  return file;
}

function toConfig(s: Settings): Config {
  return {
    roles: s.MUSIC2MOVIE_ROLES,
    port: s.PORT,
    host: s.HOST,
    catalogueDir: folder(s.MUSIC2MOVIE_CATALOGUE, 'catalogue'),
    catalogueStore: s.CATALOGUE_URL
      ? { url: s.CATALOGUE_URL, token: s.CATALOGUE_TOKEN ? new Secret(s.CATALOGUE_TOKEN) : null }
      : null,
    s3:
      s.AWS_ACCESS_KEY_ID && s.AWS_SECRET_ACCESS_KEY
        ? {
            accessKeyId: s.AWS_ACCESS_KEY_ID,
            secretAccessKey: new Secret(s.AWS_SECRET_ACCESS_KEY),
            sessionToken: s.AWS_SESSION_TOKEN ? new Secret(s.AWS_SESSION_TOKEN) : null,
            region: s.AWS_REGION ?? 'us-east-1',
            endpoint: s.AWS_ENDPOINT_URL_S3 ?? null,
          }
        : null,
    stateDir: folder(s.MUSIC2MOVIE_STATE, 'state'),
    stateUrl: s.STATE_URL ? new Secret(s.STATE_URL) : null,
    keyFile: s.MUSIC2MOVIE_KEY_FILE
      ? resolve(s.MUSIC2MOVIE_KEY_FILE)
      : `${folder(s.MUSIC2MOVIE_STATE, 'state')}.key`,
    publicUrl: s.MUSIC2MOVIE_PUBLIC_URL ?? null,
    pageCommunity: s.MUSIC2MOVIE_PAGE_COMMUNITY,
    rateLimitPerMinute: s.RATE_LIMIT_PER_MINUTE,
    hosts: s.MUSIC2MOVIE_HOSTS,
    trustProxy: s.TRUST_PROXY,
    logLevel: s.LOG_LEVEL,
    accessLog: s.ACCESS_LOG,
    debug: s.MUSIC2MOVIE_DEBUG,
    offline: s.MUSIC2MOVIE_OFFLINE,
    searchOnline: s.MUSIC2MOVIE_SEARCH_ONLINE && !s.MUSIC2MOVIE_OFFLINE,
    spotify:
      s.SPOTIFY_CLIENT_ID && s.SPOTIFY_CLIENT_SECRET
        ? { clientId: s.SPOTIFY_CLIENT_ID, clientSecret: new Secret(s.SPOTIFY_CLIENT_SECRET) }
        : null,
    tmdbKey: s.TMDB_API_KEY ? new Secret(s.TMDB_API_KEY) : null,
    discord: s.DISCORD_TOKEN
      ? {
          token: new Secret(s.DISCORD_TOKEN),
          guildId: s.DISCORD_GUILD_ID ?? null,
          shards: s.DISCORD_SHARDS ?? null,
          messageContent: s.DISCORD_MESSAGE_CONTENT,
          presence: s.DISCORD_PRESENCE,
        }
      : null,
    slack: slackConfig(s),
    urls: {
      reccobeats: s.RECCOBEATS_URL,
      deezer: s.DEEZER_URL,
      youTube: s.YOUTUBE_URL,
      soundCloud: s.SOUNDCLOUD_URL,
      itunes: s.ITUNES_URL,
      spotifyOpen: s.SPOTIFY_OPEN_URL,
      spotifyShort: s.SPOTIFY_SHORT_URL,
      spotifyAccounts: s.SPOTIFY_ACCOUNTS_URL,
      spotifyApi: s.SPOTIFY_API_URL,
      listenBrainz: s.LISTENBRAINZ_URL,
      huggingFace: s.HUGGINGFACE_URL,
      kaggle: s.KAGGLE_URL,
      tmdbApi: s.TMDB_API_URL,
      tmdbImage: s.TMDB_IMAGE_URL,
      discordApi: s.DISCORD_API_URL,
      slackApi: s.SLACK_API_URL,
      model: s.MODEL_URL ?? null,
    },
  };
}

function slackConfig(s: Settings): Config['slack'] {
  if (!s.SLACK_APP_TOKEN && !s.SLACK_SIGNING_SECRET) return null;
  const secret = (value: string | undefined) => (value ? new Secret(value) : null);
  const oauth =
    s.SLACK_CLIENT_ID && s.SLACK_CLIENT_SECRET && s.SLACK_STATE_SECRET
      ? {
          clientId: s.SLACK_CLIENT_ID,
          clientSecret: new Secret(s.SLACK_CLIENT_SECRET),
          stateSecret: new Secret(s.SLACK_STATE_SECRET),
        }
      : null;
  return {
    appToken: secret(s.SLACK_APP_TOKEN),
    botToken: secret(s.SLACK_BOT_TOKEN),
    signingSecret: secret(s.SLACK_SIGNING_SECRET),
    oauth,
    command: s.SLACK_COMMAND,
  };
}

/** A folder that was set is relative to where the program runs. */
function folder(value: string | undefined, fallback: string): string {
  return value ? resolve(value) : resolve(WRITABLE_DIR, fallback);
}
