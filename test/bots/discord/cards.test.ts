/** The two looks: embeds that fit two screens of a phone, and cards within thirty components. */
import { ComponentType, PermissionFlagsBits, PermissionsBitField } from 'discord.js';
import { describe, expect, test } from 'vitest';
import { askText } from '../../../commands/index.ts';
import { draw } from '../../../src/bots/discord/render/draw.ts';
import type { DiscordMessage } from '../../../src/bots/discord/render/index.ts';
import { render } from '../../../src/bots/discord/render/index.ts';
import { payload } from '../../../src/bots/discord/respond.ts';
import { handleAction } from '../../../src/conversation/actions.ts';
import type { FilmDetailAnswer, RecommendationsAnswer } from '../../../src/conversation/answer.ts';
import { fakeEngine, SONGS } from '../../support/fake-engine.ts';
import { contextOf } from '../web/page.ts';
import { messageFaults, OWN_MOST_COMPONENTS } from './support/limits.ts';

const OWNED = { ephemeral: false, locale: 'en', seal: { kind: 'owner', hash: 'abcd1234' } } as const;
const CARDS = { ...OWNED, look: 'cards' } as const;

// biome-ignore lint/suspicious/noExplicitAny: components of any kind
const all = (components: readonly any[]): any[] =>
  components.flatMap((one) => [one, ...all(one.components ?? []), ...(one.accessory ? [one.accessory] : [])]);
const ofType = (message: DiscordMessage, type: ComponentType) =>
  all(message.components).filter((one) => one.type === type);

async function asked(text = SONGS[0]!.title) {
  const context = contextOf(fakeEngine());
  const answer = (await askText(text, context)) as RecommendationsAnswer;
  const detail = (await handleAction(answer.films[0]!.details.token, context)) as FilmDetailAnswer;
  return { context, answer, detail };
}

const faults = (message: DiscordMessage) =>
  messageFaults({ ...message, flags: message.cards ? 1 << 15 : 0, allowed_mentions: { parse: [] } });

describe('cards', () => {
  test('are five sections with posters and their words, each with its button below, all in thirty components', async () => {
    const { answer } = await asked();
    const message = await render(answer, CARDS);
    expect(all(message.components).length).toBeLessThanOrEqual(OWN_MOST_COMPONENTS);
    const sections = ofType(message, ComponentType.Section);
    expect(sections).toHaveLength(5);
    for (const [at, { accessory }] of sections.entries()) {
      expect(accessory).toMatchObject({
        type: ComponentType.Thumbnail,
        description: answer.films[at]!.poster.alt,
      });
    }
    const [{ components: parts }] = ofType(message, ComponentType.Container);
    for (const [at, film] of answer.films.entries()) {
      const after = parts[parts.indexOf(sections[at]) + 1];
      expect(after.components).toEqual([expect.objectContaining({ label: `${film.position} · Details` })]);
      expect(after.components[0].custom_id).toContain(film.details.token);
    }
    expect(faults(message)).toEqual([]);
  });

  test('page and choose what is well known in one row, on every page', async () => {
    const { context, answer } = await asked();
    const next = answer.controls.find(({ action }) => action === 'next')!;
    const second = (await handleAction(next.token, context)) as RecommendationsAnswer;
    const message = await render(second, CARDS);
    expect(all(message.components).length).toBeLessThanOrEqual(OWN_MOST_COMPONENTS);
    const menus = ofType(message, ComponentType.StringSelect);
    expect(menus).toHaveLength(1);
    const labels = menus[0].options.map((one: { label: string }) => one.label);
    expect(labels).toEqual(
      expect.arrayContaining(['Previous five', 'Filters', 'Hidden gems', 'Well known', 'Delete']),
    );
    expect(menus[0].placeholder).toContain('Previous five');
    const known = answer.mainstream.find(({ label }) => label === 'Well known')!;
    const chosen = await render((await handleAction(known.token, context)) as RecommendationsAnswer, CARDS);
    expect(JSON.stringify(chosen.components)).toContain('✓ Well known');
  });

  test('say the same as the embeds', async () => {
    const { answer } = await asked();
    const [cards, embeds] = [await render(answer, CARDS), await render(answer, OWNED)];
    const said = ofType(cards, ComponentType.TextDisplay)
      .map(({ content }) => content)
      .join('\n');
    for (const embed of embeds.embeds) {
      expect(said).toContain(embed.title);
      for (const line of embed.description!.split('\n')) expect(said).toContain(line);
    }
    expect(said).toContain(embeds.content.split('\n')[0]);
    expect(payload(cards)).not.toHaveProperty('embeds');
    expect(payload(cards)).not.toHaveProperty('content');
  });

  test('stay cards where the bot may not embed, or attach files', async () => {
    const { answer, detail } = await asked();
    for (const missing of [PermissionFlagsBits.EmbedLinks, PermissionFlagsBits.AttachFiles]) {
      const may = new PermissionsBitField(PermissionsBitField.All).remove(
        missing,
        PermissionFlagsBits.Administrator,
      );
      for (const one of [answer, detail]) {
        const message = await draw(one, CARDS, may);
        expect(message.cards).toBe(true);
        expect(message.files).toHaveLength(0);
        expect(JSON.stringify(message.components)).not.toContain('attachment://');
        expect(faults(message)).toEqual([]);
      }
    }
  });

  test('hold details, sentences and questions as well', async () => {
    const { context, answer, detail } = await asked();
    const help = await askText('/movie-help', context);
    for (const message of [
      await render(answer, CARDS, detail),
      await render(detail, CARDS),
      await render(help, CARDS),
      await render({ kind: 'question', private: false, text: 'Which?', choices: answer.controls }, CARDS),
    ]) {
      expect(message.cards).toBe(true);
      expect(faults(message)).toEqual([]);
      const shown = JSON.stringify(message.components);
      for (const { name } of message.files) expect(shown).toContain(`attachment://${name}`);
    }
    const large = ofType(await render(detail, CARDS), ComponentType.MediaGallery);
    expect(large).toHaveLength(2);
  });
});

describe('details within the list', () => {
  const labels = (message: DiscordMessage) => ofType(message, ComponentType.Button).map(({ label }) => label);

  test.each(['cards', 'embeds'] as const)(
    'have what one keeps of a film, where nobody else reads (%s)',
    async (look) => {
      const { answer, detail } = await asked();
      const alone = { ...OWNED, look, ephemeral: true, seal: { kind: 'alone' } } as const;
      const message = await render(answer, alone, detail);
      expect(labels(message)).toEqual(expect.arrayContaining(['Save', 'Seen it', 'Not for me']));
      expect(faults(message)).toEqual([]);
      // What is said of films for oneself is nobody else's to see.
      expect(labels(await render(answer, { ...OWNED, look }, detail))).not.toContain('Save');
    },
  );
});

describe('embeds', () => {
  test('say a film in two lines, and whose data it is in one', async () => {
    const { answer } = await asked();
    const { embeds } = await render(answer, OWNED);
    for (const { description } of embeds) expect(description!.split('\n').length).toBeLessThanOrEqual(2);
    expect(embeds.at(-1)!.footer!.text.length).toBeLessThanOrEqual(80);
  });

  test('show the poster large in details, and the picture of both below it', async () => {
    const { detail } = await asked();
    const { embeds } = await render(detail, OWNED);
    expect(embeds.map(({ image }) => image?.url)).toEqual([
      `attachment://poster-${detail.id}.png`,
      'attachment://profile.png',
    ]);
    expect(embeds.some(({ thumbnail }) => thumbnail)).toBe(false);
  });

  test('count on: the second page’s details are those of number six', async () => {
    const { context, answer } = await asked();
    const next = answer.controls.find(({ action }) => action === 'next')!;
    const second = (await handleAction(next.token, context)) as RecommendationsAnswer;
    expect(second.films.map(({ position }) => position)[0]).toBe(6);
    expect(second.films[0]!.details.description).toContain('number 6');
    const { components } = await render(second, OWNED);
    expect(components[0]).toMatchObject({
      components: expect.arrayContaining([expect.objectContaining({ label: '6' })]),
    });
  });
});

describe('help', () => {
  test('speaks of options as Discord shows them, with commands to press', async () => {
    const context = { ...contextOf(), options: 'fields', locale: 'de' } as const;
    const help = await askText('/movie-help', context);
    const commandIds = new Map([['movie-for', '77']]);
    const { embeds } = await render(help, { ...OWNED, locale: 'de', commandIds });
    const text = embeds[0]!.description!;
    expect(text).toContain('</film-zu:77>');
    expect(text).toContain('genre: Horror');
    expect(text).not.toContain('genre:horror');
    expect(text).toContain('/film-datenschutz');
    expect(text).toContain('This product uses TMDB');
  });
});
