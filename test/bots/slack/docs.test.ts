/** The page for newcomers says what the code does. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { movieFor } from '../../../commands/movie-for.ts';
import { NEEDED_SCOPES, OPTIONAL_SCOPES, PATHS, slashCommands } from '../../../src/bots/slack/constants.ts';
import { VARIABLES } from '../../../src/config.ts';
import { LANGUAGES } from '../../../src/i18n/index.ts';
import { PROJECT_DIR } from '../../../src/shared/places.ts';

const page = readFileSync(join(PROJECT_DIR, 'docs/slack.md'), 'utf8');

describe('docs/slack.md', () => {
  it('explains every scope, command, option and setting', () => {
    const words = LANGUAGES.en!.slack;
    const named = [
      ...NEEDED_SCOPES,
      ...OPTIONAL_SCOPES,
      ...slashCommands('/movie-for').keys(),
      ...Object.keys(movieFor.options)
        .slice(1)
        .map((name) => `\`${name}:`),
      ...Object.values(words.mode),
      words.home.settings,
      PATHS.install,
      PATHS.events,
    ];
    for (const name of named) expect(page, name).toContain(name);
  });

  it('names only settings that exist, and every one of Slack’s but its address', () => {
    const named = new Set(page.match(/\b(?:SLACK|MUSIC2MOVIE)_[A-Z_]+\b/g));
    for (const name of named) expect(VARIABLES).toContain(name);
    const own = VARIABLES.filter((name) => name.startsWith('SLACK_') && name !== 'SLACK_API_URL');
    expect([...named]).toEqual(expect.arrayContaining(own));
  });

  it('links to files and sections that are there', () => {
    for (const [, target] of page.matchAll(/\]\((\.\.\/[^)]+)\)/g)) {
      expect(existsSync(join(PROJECT_DIR, 'docs', target!)), target).toBe(true);
    }
    const slugs = [...page.matchAll(/^#+ (.+)$/gm)].map(([, title]) =>
      title!
        .toLowerCase()
        .replace(/[^\w -]/g, '')
        .replaceAll(' ', '-'),
    );
    for (const [, slug] of page.matchAll(/\]\(#([^)]+)\)/g)) expect(slugs).toContain(slug);
  });
});
