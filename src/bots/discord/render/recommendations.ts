/** The main answer: the song in the text, five films as embeds, two rows to go on from there. */
import { type APIEmbed, ButtonStyle } from 'discord.js';
import type { Control, FilmDetailAnswer, RecommendationsAnswer } from '../../../conversation/answer.ts';
import { useLines } from '../../../conversation/plain-text.ts';
import { decodeToken, payloadOf } from '../../../conversation/tokens.ts';
import { wordsFor } from '../../../i18n/index.ts';
import { label } from '../../common/text.ts';
import { IdMaker } from '../custom-id.ts';
import { escapedWithin } from '../escape.ts';
import { max } from '../limits.ts';
import { filmControls } from './detail.ts';
import { cardEmbed, detailEmbed, numberEmoji } from './film.ts';
import { withinLimits } from './fit.ts';
import { button, chooser, type DiscordMessage, type Row, rowsOf, type View } from './message.ts';
import { type Picture, posterPicture, profilePictureOf } from './posters.ts';

/** The song as understood and what the reader should know, as small print under one bold line. */
export function heading(answer: RecommendationsAnswer, view: View): string {
  const { song } = answer;
  const { t } = wordsFor(view.locale);
  const name = song.artists ? `${song.title} – ${song.artists}` : song.title;
  const facts = song.facts.map((fact) => `${fact.name} ${fact.value}`).join(' · ');
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

/** `hidden` and `known` as toggles: pressing the one in force goes back to the middle. */
function knob(answer: RecommendationsAnswer, ids: IdMaker) {
  const byLevel = new Map(answer.mainstream.map((control) => [levelOf(control), control]));
  const middle = byLevel.get('balanced');
  return (['hidden', 'known'] as const).map((level) => {
    const control = byLevel.get(level);
    if (!control) return null;
    const target = control.pressed && middle ? { ...control, token: middle.token } : control;
    return button(target, ids, { emoji: level === 'hidden' ? '💎' : '🌟' });
  });
}

const EMOJI: Partial<Record<Control['action'], string>> = {
  previous: '⬅️',
  next: '➡️',
  filters: '🎛️',
  'clear-filters': '🧹',
};

/** Every row of the message; the details opened in it add theirs. */
export function recommendationRows(
  answer: RecommendationsAnswer,
  view: View,
  open: FilmDetailAnswer | null = null,
): Row[] {
  const { t } = wordsFor(view.locale);
  const ids = new IdMaker();
  const pick = (action: Control['action']) => answer.controls.find((control) => control.action === action);
  const numbers = answer.films.map((film) =>
    button(film.details, ids, {
      emoji: numberEmoji(film.position),
      bare: true,
      style: film.id === open?.id ? ButtonStyle.Primary : ButtonStyle.Secondary,
    }),
  );
  const steps = (['previous', 'next', 'filters'] as const).map((action) => {
    const control = pick(action);
    return control ? button(control, ids, { emoji: EMOJI[action]! }) : null;
  });
  const clear = pick('clear-filters');
  const share = view.ephemeral ? pick('share') : undefined;
  const uses = answer.uses.map(({ details }) =>
    button(details, ids, {
      emoji: '🎬',
      style: open && filmOf(details) === open.id ? ButtonStyle.Primary : ButtonStyle.Secondary,
    }),
  );
  const more = [
    clear ? button(clear, ids, { emoji: EMOJI['clear-filters']! }) : null,
    share ? button({ ...share, label: t('chat.post') }, ids, { emoji: '📣' }) : null,
    ...uses,
  ];
  const others = chooser(answer.alternatives, t('answer.alternatives'), ids);
  return [
    ...rowsOf(numbers),
    ...rowsOf([...steps, ...knob(answer, ids)]),
    ...(open ? rowsOf(filmControls(open, view, ids)) : []),
    ...rowsOf(more),
    ...(others ? [others] : []),
  ];
}

/** A film with everything about it. */
async function drawnDetail(
  open: FilmDetailAnswer,
  view: View,
): Promise<{ embed: APIEmbed; pictures: Picture[] }> {
  const [poster, profile] = await Promise.all([posterPicture(open), profilePictureOf(open, view.locale)]);
  const { footer: _, ...embed } = detailEmbed(open, poster.url, profile.url, view.locale);
  return { embed, pictures: [poster, profile] };
}

/** @param open details shown in place of their film's short card, or above all cards where it has none */
export async function renderRecommendations(
  answer: RecommendationsAnswer,
  view: View,
  open: FilmDetailAnswer | null = null,
): Promise<DiscordMessage> {
  const drawn = await Promise.all(
    answer.films.map(async (film): Promise<{ embed: APIEmbed; pictures: Picture[] }> => {
      if (film.id === open?.id) return drawnDetail(open, view);
      const poster = await posterPicture(film);
      return { embed: cardEmbed(film, poster.url), pictures: [poster] };
    }),
  );
  if (open && answer.films.every(({ id }) => id !== open.id)) drawn.unshift(await drawnDetail(open, view));
  const embeds = drawn.map(({ embed }) => embed);
  const last = embeds.at(-1);
  if (last) last.footer = { text: label(answer.attribution, Math.min(400, max('embedFooter'))) };
  return withinLimits({
    content: heading(answer, view),
    embeds,
    components: recommendationRows(answer, view, open),
    files: drawn.flatMap(({ pictures }) => pictures.flatMap(({ file }) => (file ? [file] : []))),
  });
}
