/** Answers as Discord's newer components, where a server has chosen them. */
import {
  type APIComponentInContainer,
  type APIContainerComponent,
  type APIEmbed,
  type APISectionComponent,
  type APITextDisplayComponent,
  ComponentType,
} from 'discord.js';
import type { FilmCard, FilmDetailAnswer, RecommendationsAnswer } from '../../../conversation/answer.ts';
import { wordsFor } from '../../../i18n/index.ts';
import { label } from '../../common/text.ts';
import { IdMaker } from '../custom-id.ts';
import { escapedWithin } from '../escape.ts';
import { max } from '../limits.ts';
import { filmControls } from './detail.ts';
import { cardLines, cardTitle, detailEmbeds, filmUrl } from './film.ts';
import { cutMarkdown } from './fit.ts';
import { chooser, type DiscordMessage, rowsOf, type View } from './message.ts';
import { type Picture, posterPicture, profilePictureOf } from './posters.ts';
import { heading, moreButtons, numberButtons, stepButtons } from './recommendations.ts';

/** Units of the texts of one message together. */
const TEXT_TOTAL = max('cardsText');

const textOf = (content: string): APITextDisplayComponent => ({
  type: ComponentType.TextDisplay,
  content: cutMarkdown(content, TEXT_TOTAL) || '–',
});

/** Text beside a picture with words for those who don't see it. */
const besidePicture = (content: string, url: string, alt: string): APISectionComponent => ({
  type: ComponentType.Section,
  components: [textOf(content)],
  accessory: {
    type: ComponentType.Thumbnail,
    media: { url },
    description: label(alt, max('attachmentDescription')),
  },
});

const container = (components: APIComponentInContainer[], accent?: number): APIContainerComponent => ({
  type: ComponentType.Container,
  ...(accent !== undefined && { accent_color: accent }),
  components,
});

const gallery = (url: string, alt: string): APIComponentInContainer => ({
  type: ComponentType.MediaGallery,
  items: [{ media: { url }, description: label(alt, max('attachmentDescription')) }],
});

/** The text of an embed, as one. */
function embedText({ title, url, description, fields, footer }: APIEmbed): string {
  const facts = (fields ?? []).map(({ name, value }) => `${name}: ${value}`).join(' · ');
  const name = title && (url ? `### [${title}](${url})` : `### ${title}`);
  const small = footer && `-# ${escapedWithin(footer.text, 200)}`;
  return [name, description, facts && `-# ${facts}`, small].filter(Boolean).join('\n');
}

/** Details in the manner of cards: the text, the poster large, then what song and film feel like. */
async function detailParts(open: FilmDetailAnswer, view: View): Promise<Part> {
  const [poster, profile] = await Promise.all([
    posterPicture(open, true),
    profilePictureOf(open, view.locale),
  ]);
  const [about] = detailEmbeds(open, poster.url, profile.url, view.locale);
  return {
    parts: [
      textOf(embedText(about!)),
      gallery(poster.url, open.poster.alt),
      gallery(profile.url, open.profiles.caption),
    ],
    pictures: [poster, profile],
  };
}

const filesOf = (pictures: readonly Picture[]) => pictures.flatMap(({ file }) => (file ? [file] : []));

/** Components, nested ones and accessories included, as Discord counts them. */
function countOf(components: readonly object[]): number {
  return components.reduce((sum, one) => {
    const { components: inner = [], accessory } = one as { components?: object[]; accessory?: object };
    return sum + 1 + countOf(inner) + (accessory ? 1 : 0);
  }, 0);
}

interface Part {
  readonly parts: readonly APIComponentInContainer[];
  readonly pictures: readonly Picture[];
}

/** A film's card: what is said of it beside its poster. */
async function cardPart(film: FilmCard, view: View): Promise<Part> {
  const picture = await posterPicture(film);
  const lines = [`**[${cardTitle(film)}](${filmUrl(film.id)})**`, ...cardLines(film, view.locale)];
  return { parts: [besidePicture(lines.join('\n'), picture.url, film.poster.alt)], pictures: [picture] };
}

/**
 * Five films as cards: each a section with its poster, then their numbers, then one row to go on from there.
 *
 * @param open details shown in place of their film's card, or above all cards where it has none
 */
export async function cardsOf(
  answer: RecommendationsAnswer,
  view: View,
  open: FilmDetailAnswer | null = null,
): Promise<DiscordMessage> {
  const ids = new IdMaker(view.seal);
  const { t } = wordsFor(view.locale);
  const drawn = await Promise.all(
    answer.films.map((film) => (film.id === open?.id ? detailParts(open, view) : cardPart(film, view))),
  );
  if (open && answer.films.every(({ id }) => id !== open.id)) drawn.unshift(await detailParts(open, view));
  // A text of its own would be one component more.
  const attribution = escapedWithin(t('answer.attributionShort'), 200);
  const fixed = [
    textOf(`${cutMarkdown(heading(answer, view), 1200)}\n-# ${attribution}`),
    ...drawn.flatMap(({ parts }) => parts),
    ...rowsOf(numberButtons(answer, ids, open)),
    ...(open ? rowsOf(filmControls(open, view, ids)) : []),
  ];
  const buttons = [...stepButtons(answer, ids, true), ...moreButtons(answer, view, ids, open)];
  const fits = (more: readonly object[]) => 1 + countOf([...fixed, ...more]) <= max('cardComponents');
  while (!fits(rowsOf(buttons))) buttons.pop();
  const rows = rowsOf(buttons);
  const others = chooser(answer.alternatives, t('answer.alternatives'), ids);
  return {
    cards: true,
    content: '',
    embeds: [],
    components: [container([...fixed, ...rows, ...(others && fits([...rows, others]) ? [others] : [])])],
    files: filesOf(drawn.flatMap(({ pictures }) => pictures)),
  };
}

/** Any other answer, drawn as embeds, in the manner of cards: a message of cards can hold nothing else. */
export function asCards(message: DiscordMessage): DiscordMessage {
  const described = new Map(message.files.map(({ name, description }) => [name, description ?? '']));
  const altOf = (url: string) => described.get(url.replace('attachment://', '')) ?? '';
  const shown = new Set<string>();
  const picture = (url: string): APIComponentInContainer => {
    shown.add(url.replace('attachment://', ''));
    return gallery(url, altOf(url));
  };
  const embeds = message.embeds.map((embed) =>
    container(
      [
        ...(embedText(embed) === '' ? [] : [textOf(embedText(embed))]),
        ...[embed.thumbnail?.url, embed.image?.url].filter((url) => url !== undefined).map(picture),
      ],
      embed.color,
    ),
  );
  // A file that nothing shows must be named to be sent along.
  const files = message.files
    .filter(({ name }) => !shown.has(name))
    .map(({ name }) => ({ type: ComponentType.File as const, file: { url: `attachment://${name}` } }));
  return {
    cards: true,
    content: '',
    embeds: [],
    components: [
      ...(message.content === '' ? [] : [textOf(message.content)]),
      ...embeds,
      ...files,
      ...message.components,
    ],
    files: message.files,
  };
}
