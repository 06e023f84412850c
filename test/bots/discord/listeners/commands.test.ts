/** Slash commands, lists, menus: a real discord.js client against Discord on the loopback. */
import { describe, expect, test } from 'vitest';
import { botOfFile } from '../support/bot.ts';
import {
  ADULT_CHANNEL,
  menu,
  NO_EMBEDS,
  personMessage,
  slash,
  snowflake,
  typing,
} from '../support/payloads.ts';
import { until } from '../support/server.ts';
import { checkEverythingSent } from '../support/validate.ts';

const HOLD_ON = 'spotify:track:5vjLSffimiIP26QG5WcN2K';
const EPHEMERAL = 64;

const { discord, running, somebody, send: ask } = await botOfFile(410_000_000_000_000_000n);

describe('/movie-for', () => {
  test('answers at once with five films, two rows and the attribution', async () => {
    const { body } = await ask(slash('movie-for', { song: HOLD_ON }, { user: somebody() }));
    expect(body.type).toBe(4);
    expect(body.data.flags).toBeUndefined();
    expect(body.data.content).toContain('Hold On');
    expect(body.data.embeds).toHaveLength(5);
    for (const embed of body.data.embeds) {
      expect(embed.thumbnail.url).toMatch(/^https:\/\/image\.tmdb\.org\/t\/p\/w342\/.+\.jpg$/);
      expect(embed.description).toMatch(/^\*\*0\.\d\d\*\* \w+/);
      // One line of facts and one reason.
      expect(embed.description.split('\n').length).toBeLessThanOrEqual(2);
      expect(embed.color).toBeGreaterThan(0);
    }
    expect(body.data.embeds[4].footer.text).toContain('TMDB');
    const [numbers, steps] = body.data.components;
    // A label, as readers of the screen don't read an emoji as a number.
    expect(numbers.components.map((one: { label: string }) => one.label)).toEqual(['1', '2', '3', '4', '5']);
    expect(steps.components.map((one: { label: string }) => one.label)).toEqual([
      'Next five',
      'Filters',
      'Hidden gems',
      'Well known',
      'Delete',
    ]);
    expect(body.data.allowed_mentions.parse).toEqual([]);
  });

  test('answers the asker alone when asked to, and offers to share', async () => {
    const { body } = await ask(slash('movie-for', { song: HOLD_ON, private: true }, { user: somebody() }));
    expect(body.data.flags).toBe(EPHEMERAL);
    const labels = body.data.components.flatMap((row: { components: { label?: string }[] }) =>
      row.components.map((one) => one.label),
    );
    expect(labels).toContain('Share to channel');
  });

  test('narrows by options and says so', async () => {
    const values = { song: HOLD_ON, genre: 'horror', years: '1970-1989', rating: 7 };
    const { body } = await ask(slash('movie-for', values, { user: somebody() }));
    expect(body.data.embeds.map((embed: { title: string }) => embed.title.replace(/^\S+ /, ''))).toEqual(
      expect.arrayContaining(['Alien (1979)', 'The Shining (1980)']),
    );
    expect(body.data.content).toContain('Horror');
  });

  test('answers in the asker’s language and leaves titles alone', async () => {
    const { body } = await ask(slash('movie-for', { song: HOLD_ON }, { user: somebody(), locale: 'de' }));
    const labels = body.data.components[1].components.map((one: { label: string }) => one.label);
    expect(labels[0]).not.toBe('Next five');
    expect(body.data.content).toContain('Hold On');
  });

  test('says what it does not understand to the asker alone', async () => {
    const { body } = await ask(slash('movie-for', { song: HOLD_ON, years: 'soon' }, { user: somebody() }));
    expect(body.data.flags).toBe(EPHEMERAL);
    expect(body.data.embeds[0].description).toContain('soon');
  });

  test('works in direct messages', async () => {
    const { body } = await ask(slash('movie-for', { song: HOLD_ON }, { user: somebody(), direct: true }));
    expect(body.data.embeds).toHaveLength(5);
  });

  test('a slow look-up is announced and follows as an edit, once', async () => {
    const go = running.resolver.slow();
    const late = slash('movie-for', { song: HOLD_ON, private: true }, { user: somebody(), age: 2000 });
    const { body } = await ask(late);
    expect(body).toEqual({ type: 5, data: { flags: EPHEMERAL } });
    go();
    const edit = new RegExp(`^PATCH /webhooks/\\d+/token-${late.id}/messages/@original`);
    await until(() => discord.matching(edit).length > 0, 'the edit');
    expect(discord.matching(edit)[0]!.body.embeds).toHaveLength(5);
    expect(discord.callbacks(late.id)).toHaveLength(1);
  });

  test('without Embed Links it answers in words and says what it needs', async () => {
    const { body } = await ask(
      slash('movie-for', { song: HOLD_ON }, { user: somebody(), permissions: NO_EMBEDS }),
    );
    expect(body.data.embeds).toEqual([]);
    expect(body.data.content).toContain('I need *Embed Links* here');
    expect(body.data.content).toContain('1️⃣');
    expect(body.data.components[0].components).toHaveLength(5);
  });

  test('too many questions from one person are answered with a sentence', async () => {
    const eager = somebody();
    for (let n = 0; n < 10; n += 1) await ask(slash('movie-help', {}, { user: eager }));
    const { body } = await ask(slash('movie-help', {}, { user: eager }));
    expect(body.data.flags).toBe(EPHEMERAL);
    expect(body.data.embeds[0].description).toMatch(/Try again in \d+ s/);
  });
});

describe('autocomplete', () => {
  const names = (body: { data: { choices: { name: string; value: string }[] } }) => body.data.choices;

  test('gives songs whose value leads straight to them', async () => {
    const { body } = await ask(typing('movie-for', 'song', 'hold', { user: somebody() }));
    expect(body.type).toBe(8);
    expect(names(body).map(({ name }) => name)).toContain('Hold On – Chord Overstreet');
    expect(names(body)[0]!.value).toMatch(/^spotify:track:\w{22}$/);
  });

  test('gives genres, keeping those typed before', async () => {
    const { body } = await ask(typing('movie-for', 'genre', 'Horror, com', { user: somebody() }));
    expect(names(body)[0]!.value).toBe('Horror, Comedy');
  });

  test.each(['', '💥'.repeat(50), '\u202e', 'x'.repeat(6000)])(
    'never fails, whatever is typed (%#)',
    async (typed) => {
      const { body } = await ask(typing('movie-for', 'song', typed, { user: somebody() }));
      expect(names(body)).toEqual([]);
    },
  );
});

describe('other commands', () => {
  test('/movie-help and /movie-privacy answer the asker alone', async () => {
    for (const name of ['movie-help', 'movie-privacy']) {
      const { body } = await ask(slash(name, {}, { user: somebody() }));
      expect(body.data.flags).toBe(EPHEMERAL);
    }
  });

  test('/movie-settings shows to all and changes for managers only', async () => {
    const set = (manager: boolean) =>
      ask(
        slash('movie-settings', { links: 'answer' }, { user: somebody(), manager, channel: ADULT_CHANNEL }),
      );
    expect((await set(false)).body.data.embeds[0].description).toContain('Only those who manage');
    expect((await set(true)).body.data.embeds[0].description).toContain('answered with five films at once');
    expect(await running.context.state.get(`channel:discord:${ADULT_CHANNEL}`)).toMatchObject({
      links: 'answer',
    });
  });

  test('a command that is not ours any more gets a sentence', async () => {
    const { body } = await ask(slash('movie-gone', {}, { user: somebody() }));
    expect(body.data.flags).toBe(EPHEMERAL);
  });

  test('“Find films for this song” reads the link of the message it was chosen on', async () => {
    const target = personMessage('listen https://open.spotify.com/track/5vjLSffimiIP26QG5WcN2K?si=1', {
      id: snowflake(),
    });
    const { body } = await ask(menu(target, { user: somebody() }));
    expect(body.data.embeds).toHaveLength(5);
  });

  test('and says when there is no song', async () => {
    const { body } = await ask(menu(personMessage('', { id: snowflake() }), { user: somebody() }));
    expect(body.data.flags).toBe(EPHEMERAL);
  });
});

checkEverythingSent(() => discord.sent);
