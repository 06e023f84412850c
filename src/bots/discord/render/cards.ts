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
import { forView } from './detail.ts';
import { cardLines, cardTitle, detailEmbeds, filmUrl } from './film.ts';
import { cutMarkdown } from './fit.ts';
import { button, type DiscordMessage, menuOf, rowsOf, type View } from './message.ts';
import { type Picture, posterPicture, profilePictureOf } from './posters.ts';
import { heading, moreButtons, openRows, stepButtons } from './recommendations.ts';

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
async function detailParts(open: FilmDetailAnswer, view: View, ids: IdMaker): Promise<Part> {
  const [poster, profile] = await Promise.all([
    posterPicture(open, true),
    profilePictureOf(open, view.locale),
  ]);
  const [about] = detailEmbeds(forView(open, view), poster.url, profile.url, view.locale);
  return {
    parts: [
      textOf(embedText(about!)),
      gallery(poster.url, open.poster.alt),
      gallery(profile.url, open.profiles.caption),
      ...openRows(open, view, ids),
    ],
    pictures: [poster, profile],
  };
}

const filesOf = (pictures: readonly Picture[]) => pictures.flatMap(({ file }) => (file ? [file] : []));

interface Part {
  readonly parts: readonly APIComponentInContainer[];
  readonly pictures: readonly Picture[];
}

/** A film's card: what is said of it beside its poster, and the button for its details. */
async function cardPart(film: FilmCard, view: View, ids: IdMaker): Promise<Part> {
  const { t } = wordsFor(view.locale);
  const details = button({ ...film.details, label: `${film.position} · ${t('page.details')}` }, ids);
  const picture = await posterPicture(film);
  const lines = [`**[${cardTitle(film)}](${filmUrl(film.id)})**`, ...cardLines(film, view.locale)];
  return {
    parts: [besidePicture(lines.join('\n'), picture.url, film.poster.alt), ...rowsOf([details])],
    pictures: [picture],
  };
}

/**
 * Five films as cards: each a section with its poster and the button for its details, then one menu to go on from there,
 * as it costs two components where its buttons would cost eight.
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
    answer.films.map((film) =>
      film.id === open?.id ? detailParts(open, view, ids) : cardPart(film, view, ids),
    ),
  );
  if (open && answer.films.every(({ id }) => id !== open.id)) {
    drawn.unshift(await detailParts(open, view, ids));
  }
  // A text of its own would be one component more.
  const attribution = escapedWithin(t('answer.attributionShort'), 200);
  const menu = menuOf(
    [
      ...stepButtons(answer, ids),
      ...moreButtons(answer, view, ids, open),
      ...answer.alternatives.map((control) =>
        button({ ...control, label: `${t('answer.alternatives')}: ${control.label}` }, ids),
      ),
    ],
    ids,
  );
  return {
    cards: true,
    content: '',
    embeds: [],
    components: [
      container([
        textOf(`${cutMarkdown(heading(answer, view), 1200)}\n-# ${attribution}`),
        ...drawn.flatMap(({ parts }) => parts),
        ...(menu ? [menu] : []),
      ]),
    ],
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
