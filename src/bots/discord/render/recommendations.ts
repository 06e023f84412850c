/** The main answer: the song in the text, five films as embeds, two rows to go on from there. */
import { type APIButtonComponent, type APIEmbed, ButtonStyle } from 'discord.js';
import type { Control, FilmDetailAnswer, RecommendationsAnswer } from '../../../conversation/answer.ts';
import { useLines } from '../../../conversation/plain-text.ts';
import { decodeToken, payloadOf } from '../../../conversation/tokens.ts';
import { wordsFor } from '../../../i18n/index.ts';
import { label } from '../../common/text.ts';
import { IdMaker } from '../custom-id.ts';
import { escapedWithin } from '../escape.ts';
import { max } from '../limits.ts';
import { filmControls, forView, markButtons } from './detail.ts';
import { cardEmbed, detailEmbeds } from './film.ts';
import { withinLimits } from './fit.ts';
import {
  button,
  chooser,
  type DiscordMessage,
  deleteButton,
  type Row,
  rowsOf,
  type View,
} from './message.ts';
import { type Picture, posterPicture, profilePictureOf } from './posters.ts';

/** The song as understood and what the reader should know, under one bold line. */
export function heading(answer: RecommendationsAnswer, view: View): string {
  const { song } = answer;
  const { t } = wordsFor(view.locale);
  const facts = song.facts.map((fact) => `${fact.name} ${fact.value}`).join(' · ');
  const name = song.artists ? `${song.title} – ${song.artists}` : song.title;
  const filters = answer.filters.map((chip) => `${chip.name}: ${chip.value}`).join(' · ');
  const lines = [
    `**${escapedWithin(answer.heading, 300)}**`,
    `♪ ${escapedWithin(name, 300)}`,
    facts && `-# ${escapedWithin(facts, 250)}`,
    song.source && `-# ${escapedWithin(song.source, 350)}`,
    filters && `-# ${escapedWithin(t('chat.filtersInForce', { filters }), 300)}`,
    ...answer.notes.slice(0, 3).map((note) => escapedWithin(note, 150)),
    ...useLines(answer.uses).map((use) => `🎬 ${escapedWithin(use, 250)}`),
  ];
  return lines.filter((line) => line !== '').join('\n');
}

/** The level of popularity that a control stands for. */
function levelOf(control: Control): string | null {
  const decoded = decodeToken(control.token);
  return decoded.kind === 'payload' && 'mainstream' in decoded.payload ? decoded.payload.mainstream : null;
}

/** The film whose details a control opens. */
function filmOf({ token }: Control): number | null {
  const payload = payloadOf(token);
  return payload?.action === 'details' ? payload.film : null;
}

const LEVEL_EMOJI: Readonly<Record<string, string>> & Record<'hidden' | 'known', string> = {
  hidden: '💎',
  balanced: '⚖️',
  known: '🌟',
};

/** `hidden` and `known` as toggles: pressing the one in force goes back to the middle. */
function knob(answer: RecommendationsAnswer, ids: IdMaker) {
  const byLevel = new Map(answer.mainstream.map((control) => [levelOf(control), control]));
  const middle = byLevel.get('balanced');
  return (['hidden', 'known'] as const).map((level) => {
    const control = byLevel.get(level);
    if (!control) return null;
    const target = control.pressed && middle ? { ...control, token: middle.token } : control;
    return button(target, ids, { emoji: LEVEL_EMOJI[level] });
  });
}

const EMOJI: Partial<Record<Control['action'], string>> = {
  previous: '⬅️',
  next: '➡️',
  filters: '🎛️',
  'clear-filters': '🧹',
};

/** Numbers that open details: words, as a reader of the screen says no emoji's name. */
function numberButtons(
  answer: RecommendationsAnswer,
  ids: IdMaker,
  open: FilmDetailAnswer | null,
): APIButtonComponent[] {
  return answer.films.map((film) =>
    button(film.details, ids, {
      style: film.id === open?.id ? ButtonStyle.Primary : ButtonStyle.Secondary,
    }),
  );
}

/** Pages, filters, what is well known: the buttons that ask the same anew. */
export function stepButtons(answer: RecommendationsAnswer, ids: IdMaker): APIButtonComponent[] {
  const steps = (['previous', 'next', 'filters'] as const).map((action) => {
    const control = answer.controls.find((one) => one.action === action);
    return control ? button(control, ids, { emoji: EMOJI[action]! }) : null;
  });
  return [...steps, ...knob(answer, ids)].filter((one) => one !== null);
}

/** What there is besides: closing details, filters taken away, sharing, deleting, films that the song plays in. */
export function moreButtons(
  answer: RecommendationsAnswer,
  view: View,
  ids: IdMaker,
  open: FilmDetailAnswer | null,
): APIButtonComponent[] {
  const { t } = wordsFor(view.locale);
  const pick = (action: Control['action']) => answer.controls.find((control) => control.action === action);
  const clear = pick('clear-filters');
  const share = view.ephemeral ? pick('share') : undefined;
  const close: Control = { action: 'back', label: t('chat.closeDetails'), token: answer.token };
  const uses = answer.uses.map(({ details }) =>
    button(details, ids, {
      emoji: '🎬',
      style: open && filmOf(details) === open.id ? ButtonStyle.Primary : ButtonStyle.Secondary,
    }),
  );
  return [
    open ? button(close, ids, { emoji: '✖️' }) : null,
    clear ? button(clear, ids, { emoji: EMOJI['clear-filters']! }) : null,
    share ? button({ ...share, label: t('chat.post') }, ids, { emoji: '📣' }) : null,
    deleteButton(view, ids),
    ...uses,
  ].filter((one) => one !== null);
}

/** What can be done with a film whose details stand in the list. */
export function openRows(open: FilmDetailAnswer, view: View, ids: IdMaker): Row[] {
  const marks = view.seal?.kind === 'alone' ? markButtons(open, ids) : [];
  return [...rowsOf(filmControls(open, view, ids)), ...rowsOf(marks)];
}

/** Every row of the message; the details opened in it add theirs. */
export function recommendationRows(
  answer: RecommendationsAnswer,
  view: View,
  open: FilmDetailAnswer | null = null,
): Row[] {
  const { t } = wordsFor(view.locale);
  const ids = new IdMaker(view.seal);
  const numbers = numberButtons(answer, ids, open);
  const steps = stepButtons(answer, ids);
  const more = moreButtons(answer, view, ids, open);
  // A row of its own costs a phone as much as a line of text: what is left over fills the row before.
  const fits = steps.length + more.length <= max('buttonsInRow');
  const others = chooser(answer.alternatives, t('answer.alternatives'), ids);
  return [
    ...rowsOf(numbers),
    ...(fits ? rowsOf([...steps, ...more]) : rowsOf(steps)),
    ...(open ? openRows(open, view, ids) : []),
    ...(fits ? [] : rowsOf(more.slice(0, max('buttonsInRow')))),
    ...(others ? [others] : []),
  ].slice(0, max('actionRows'));
}

/** A film drawn, and the pictures that go with it. */
interface Drawn {
  readonly embeds: APIEmbed[];
  readonly pictures: readonly Picture[];
}

/** A film with everything about it. */
async function drawnDetail(open: FilmDetailAnswer, view: View): Promise<Drawn> {
  const [poster, profile] = await Promise.all([
    posterPicture(open, true),
    profilePictureOf(open, view.locale),
  ]);
  return {
    embeds: detailEmbeds(forView(open, view), poster.url, profile.url, view.locale),
    pictures: [poster, profile],
  };
}

/** @param open details shown in place of their film's short card, or above all cards where it has none */
export async function renderRecommendations(
  answer: RecommendationsAnswer,
  view: View,
  open: FilmDetailAnswer | null = null,
): Promise<DiscordMessage> {
  const drawn = await Promise.all(
    answer.films.map(async (film): Promise<Drawn> => {
      if (film.id === open?.id) return drawnDetail(open, view);
      const poster = await posterPicture(film);
      return { embeds: [cardEmbed(film, poster.url, view.locale)], pictures: [poster] };
    }),
  );
  if (open && answer.films.every(({ id }) => id !== open.id)) drawn.unshift(await drawnDetail(open, view));
  const embeds = drawn.flatMap((one) => one.embeds);
  const last = embeds.at(-1);
  const { t } = wordsFor(view.locale);
  if (last) last.footer = { text: label(t('answer.attributionShort'), max('embedFooter')) };
  return withinLimits({
    content: heading(answer, view),
    embeds,
    components: recommendationRows(answer, view, open),
    files: drawn.flatMap(({ pictures }) => pictures.flatMap(({ file }) => (file ? [file] : []))),
  });
}
