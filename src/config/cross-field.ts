import type { RawSettings } from './fields.ts';

/** Variables that mean something only together. */
const ALL_OR_NONE: readonly (readonly string[])[] = [
  ['SPOTIFY_CLIENT_ID', 'SPOTIFY_CLIENT_SECRET'],
  ['SLACK_CLIENT_ID', 'SLACK_CLIENT_SECRET', 'SLACK_STATE_SECRET'],
];

/** What is wrong with the settings taken together, one sentence each. */
export function togetherFaults(raw: RawSettings): string[] {
  const faults: string[] = [];
  for (const names of ALL_OR_NONE) {
    const missing = names.filter((name) => !raw[name]);
    if (missing.length === 0 || missing.length === names.length) continue;
    const given = names.filter((name) => raw[name]);
    faults.push(
      `${list(given)} ${given.length > 1 ? 'need' : 'needs'} ${list(missing)} too: set all of them or none.`,
    );
  }
  if (raw.CATALOGUE_TOKEN && !raw.CATALOGUE_URL) {
    faults.push('CATALOGUE_TOKEN needs CATALOGUE_URL too: set both or only the address.');
  }
  if (raw.CATALOGUE_URL?.startsWith('s3:') && !(raw.AWS_ACCESS_KEY_ID && raw.AWS_SECRET_ACCESS_KEY)) {
    faults.push(
      'CATALOGUE_URL names a bucket, which needs AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY: set both, or give its https address if everyone may read it.',
    );
  }
  return [...faults, ...roleFaults(raw), ...slackFaults(raw)];
}

/** A role that was asked for by name but can do nothing. */
function roleFaults(raw: RawSettings): string[] {
  const named = (role: string) => raw.MUSIC2MOVIE_ROLES?.split(/[\s,]+/).includes(role) === true;
  const faults: string[] = [];
  for (const role of ['discord', 'registration']) {
    if (named(role) && !raw.DISCORD_TOKEN) {
      faults.push(
        `MUSIC2MOVIE_ROLES names ${role}, which needs DISCORD_TOKEN: set it, or leave the role out.`,
      );
    }
  }
  if (named('slack') && !raw.SLACK_APP_TOKEN && !raw.SLACK_SIGNING_SECRET) {
    faults.push(
      'MUSIC2MOVIE_ROLES names slack, which needs SLACK_APP_TOKEN or SLACK_SIGNING_SECRET: set one, or leave the role out.',
    );
  }
  return faults;
}

function slackFaults(raw: RawSettings): string[] {
  const { SLACK_APP_TOKEN, SLACK_BOT_TOKEN, SLACK_SIGNING_SECRET, SLACK_CLIENT_ID } = raw;
  const faults: string[] = [];
  const listens = SLACK_APP_TOKEN || SLACK_SIGNING_SECRET;
  if (SLACK_BOT_TOKEN && !listens) {
    faults.push(
      'SLACK_BOT_TOKEN needs SLACK_APP_TOKEN (Socket Mode) or SLACK_SIGNING_SECRET (HTTP) too: set one of them.',
    );
  }
  if (SLACK_APP_TOKEN && !SLACK_BOT_TOKEN) {
    faults.push('SLACK_APP_TOKEN needs SLACK_BOT_TOKEN too: set it to the token that begins with xoxb-.');
  }
  if (SLACK_SIGNING_SECRET && !SLACK_APP_TOKEN && !SLACK_BOT_TOKEN && !SLACK_CLIENT_ID) {
    faults.push(
      'SLACK_SIGNING_SECRET needs SLACK_BOT_TOKEN (one workspace) or the three OAuth settings SLACK_CLIENT_ID, ' +
        'SLACK_CLIENT_SECRET and SLACK_STATE_SECRET (many workspaces): set one or the other.',
    );
  }
  if (SLACK_CLIENT_ID && !SLACK_SIGNING_SECRET) {
    faults.push('SLACK_CLIENT_ID needs SLACK_SIGNING_SECRET too: installing by OAuth works over HTTP only.');
  }
  return faults;
}

function list(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
