import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { inspect, parseEnv } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import { loadConfig, loadEnvFile, Secret, VARIABLES } from '../src/config.ts';
import { ConfigurationError } from '../src/shared/errors.ts';
import { PROJECT_DIR } from '../src/shared/places.ts';

/** The sentence of the error that the settings cause. */
function faultsOf(env: Record<string, string>): string {
  try {
    loadConfig(env);
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigurationError);
    return (error as Error).message;
  }
  throw new Error('the settings were accepted');
}

describe('the settings', () => {
  it('have defaults for everything', () => {
    const config = loadConfig({});
    expect(config).toMatchObject({
      port: 3000,
      host: '127.0.0.1',
      catalogueDir: join(PROJECT_DIR, 'data/catalogue'),
      stateDir: join(PROJECT_DIR, 'data/state'),
      publicUrl: null,
      offline: false,
      spotify: null,
      discord: null,
      slack: null,
    });
    expect(config.urls.tmdbImage).toBe('https://image.tmdb.org');
    expect(config.urls.model).toBeNull();
  });

  it('take blank values as not set, and trim the others', () => {
    const config = loadConfig({
      PORT: '  ',
      SPOTIFY_CLIENT_ID: '',
      LOG_LEVEL: ' Debug ',
      MUSIC2MOVIE_OFFLINE: ' 1 ',
    });
    expect(config).toMatchObject({ port: 3000, spotify: null, logLevel: 'debug', offline: true });
  });

  it('report every fault at once, each naming its variable', () => {
    const message = faultsOf({
      PORT: '70000',
      HOST: 'my host',
      RATE_LIMIT_PER_MINUTE: '0',
      LOG_LEVEL: 'loud',
      MUSIC2MOVIE_OFFLINE: 'perhaps',
      SPOTIFY_CLIENT_ID: 'abc',
      SLACK_APP_TOKEN: 'xoxb-wrong-kind',
      DISCORD_GUILD_ID: 'my server',
      RECCOBEATS_URL: 'http://reccobeats.example.org',
      SLACK_COMMAND: 'movie',
    });
    expect(message).toMatch(/^11 settings are wrong:/);
    for (const name of [
      'PORT must be a whole number from 0 to 65535',
      'HOST must be',
      'RATE_LIMIT_PER_MINUTE must be',
      'LOG_LEVEL must be one of',
      'MUSIC2MOVIE_OFFLINE must be true or false',
      'SPOTIFY_CLIENT_ID needs SPOTIFY_CLIENT_SECRET too',
      'SLACK_APP_TOKEN must be the app-level token',
      'SLACK_APP_TOKEN needs SLACK_BOT_TOKEN too',
      'DISCORD_GUILD_ID must be',
      'RECCOBEATS_URL must be an address',
      'SLACK_COMMAND must be',
    ]) {
      expect(message).toContain(name);
    }
  });

  it('give a process every role, or those that are named', () => {
    const all = ['page', 'discord', 'slack', 'registration', 'rituals'];
    expect(loadConfig({}).roles).toEqual(all);
    expect(loadConfig({ MUSIC2MOVIE_ROLES: 'rituals, page page' }).roles).toEqual(['rituals', 'page']);
    expect(faultsOf({ MUSIC2MOVIE_ROLES: 'page,bots' })).toContain('MUSIC2MOVIE_ROLES must be roles');
    for (const role of ['discord', 'registration', 'slack']) {
      expect(faultsOf({ MUSIC2MOVIE_ROLES: role })).toContain(`names ${role}, which needs`);
    }
  });

  it.each(['-1', '3000.5', '3e3', '0x10', 'NaN', '65536'])('refuse the port %s', (PORT) => {
    expect(faultsOf({ PORT })).toContain('PORT must be a whole number');
  });

  it.each([
    ['http://127.0.0.1:8080/', 'http://127.0.0.1:8080'],
    ['http://[::1]:8080', 'http://[::1]:8080'],
    ['https://proxy.example.org/reccobeats//', 'https://proxy.example.org/reccobeats'],
  ])('accept the address %s', (RECCOBEATS_URL, expected) => {
    expect(loadConfig({ RECCOBEATS_URL }).urls.reccobeats).toBe(expected);
  });

  it.each([
    'ftp://reccobeats.com',
    'reccobeats.com',
    'https://user:pw@reccobeats.com',
    'https://reccobeats.com/?a=1',
    'http://127.0.0.1.evil.com',
  ])('refuse the address %s', (RECCOBEATS_URL) => {
    expect(faultsOf({ RECCOBEATS_URL })).toContain('RECCOBEATS_URL must be an address');
  });

  it.each([
    [{ SLACK_APP_TOKEN: 'xapp-1', SLACK_BOT_TOKEN: 'xoxb-1' }, null],
    [{ SLACK_SIGNING_SECRET: 's', SLACK_BOT_TOKEN: 'xoxb-1' }, null],
    [
      { SLACK_SIGNING_SECRET: 's', SLACK_CLIENT_ID: '1', SLACK_CLIENT_SECRET: 'c', SLACK_STATE_SECRET: 't' },
      'oauth',
    ],
  ])('accept %o for Slack', (env, oauth) => {
    const { slack } = loadConfig(env);
    expect(slack?.command).toBe('/movie-for');
    expect(slack?.oauth === null).toBe(oauth === null);
  });

  it.each([
    [{ SLACK_BOT_TOKEN: 'xoxb-1' }, 'SLACK_BOT_TOKEN needs SLACK_APP_TOKEN'],
    [{ SLACK_APP_TOKEN: 'xapp-1' }, 'SLACK_APP_TOKEN needs SLACK_BOT_TOKEN'],
    [{ SLACK_SIGNING_SECRET: 's' }, 'SLACK_SIGNING_SECRET needs SLACK_BOT_TOKEN'],
    [{ SLACK_CLIENT_ID: '1' }, 'SLACK_CLIENT_ID needs SLACK_CLIENT_SECRET and SLACK_STATE_SECRET too'],
    [
      { SLACK_CLIENT_ID: '1', SLACK_CLIENT_SECRET: 'c', SLACK_STATE_SECRET: 't' },
      'SLACK_CLIENT_ID needs SLACK_SIGNING_SECRET',
    ],
  ])('refuse %o for Slack', (env, sentence) => {
    expect(faultsOf(env)).toContain(sentence);
  });

  it('never show a secret, neither when right nor when wrong', () => {
    const canary = 'CANARY';
    const good = loadConfig({
      SPOTIFY_CLIENT_ID: 'id',
      SPOTIFY_CLIENT_SECRET: canary,
      DISCORD_TOKEN: canary,
      SLACK_APP_TOKEN: `xapp-${canary}`,
      SLACK_BOT_TOKEN: `xoxb-${canary}`,
      SLACK_SIGNING_SECRET: canary,
      SLACK_CLIENT_ID: 'id',
      SLACK_CLIENT_SECRET: canary,
      SLACK_STATE_SECRET: canary,
    });
    for (const shown of [
      JSON.stringify(good),
      inspect(good, { depth: 9, showHidden: true }),
      `${good.discord?.token}`,
      String(good.slack?.botToken),
    ]) {
      expect(shown).not.toContain(canary);
      expect(shown).toContain('«redacted»');
    }
    expect(good.discord?.token.reveal()).toBe(canary);

    const broken = Object.fromEntries(VARIABLES.map((name) => [name, `${canary} with a space, and ä`]));
    try {
      loadConfig(broken);
      expect.unreachable();
    } catch (error) {
      expect((error as Error).message).toContain('DISCORD_TOKEN');
      expect(inspect(error, { depth: 9, showHidden: true })).not.toContain(canary);
    }
  });

  it('keep secrets apart from enumeration', () => {
    expect(Object.entries(new Secret('CANARY'))).toEqual([]);
    expect({ ...new Secret('CANARY') }).toEqual({});
  });
});

describe('.env.example', () => {
  const file = readFileSync(resolve(PROJECT_DIR, '.env.example'), 'utf8');

  it('names the same variables as the program', () => {
    expect(Object.keys(parseEnv(file)).sort()).toEqual([...VARIABLES].sort());
  });

  it('is valid as it stands and changes no default', () => {
    expect(JSON.stringify(loadConfig(parseEnv(file)))).toBe(JSON.stringify(loadConfig({})));
  });

  it('explains every variable: a comment stands above each group', () => {
    for (const block of file.split('\n\n')) {
      expect(block.split('\n')[0]).toMatch(/^# /);
    }
  });
});

describe('the .env file', () => {
  const dir = mkdtempSync(join(tmpdir(), 'music2movie-env-'));
  const NAMES = ['M2M_TEST_A', 'M2M_TEST_B'];
  afterEach(() => {
    for (const name of NAMES) delete process.env[name];
    rmSync(dir, { recursive: true, force: true });
  });

  it('is read where it exists, and loses against the environment', () => {
    const file = join(dir, '.env');
    writeFileSync(file, 'M2M_TEST_A=file\nM2M_TEST_B=file\n');
    process.env.M2M_TEST_B = 'environment';
    expect(loadEnvFile([join(dir, 'missing'), file])).toBe(file);
    expect(NAMES.map((name) => process.env[name])).toEqual(['file', 'environment']);
    expect(loadEnvFile([join(dir, 'missing')])).toBeNull();
  });

  it('is a configuration error where it cannot be read', () => {
    expect(() => loadEnvFile([tmpdir()])).toThrow(ConfigurationError);
  });
});
