/** Five films as a message or in a modal. */
import type { Button, CardBlock, KnownBlock, SectionBlock, StaticSelect } from '@slack/types';
import type { FilmCard, RecommendationsAnswer, SongCard, UseNote } from '../../../conversation/answer.ts';
import { useLines } from '../../../conversation/plain-text.ts';
import { wordsFor } from '../../../i18n/index.ts';
import { escaped, escapedWithin, mention } from '../escape.ts';
import { max } from '../limits.ts';
import { Buttons, context, header, mrkdwn, picture, plain, rows, section } from './kit.ts';
import { ownerBlockId, type View } from './view.ts';

/** Longest title and reason within one film's lines; together far below a section's limit. */
const TITLE_ROOM = 400;
const LINE_ROOM = 700;

const isAddress = (url: string) => /^https?:\/\/[^\s<>|]+$/.test(url);

function songLine(song: SongCard): string {
  const name = escapedWithin(song.artists ? `${song.title} – ${song.artists}` : song.title, 600);
  const linked = song.url && isAddress(song.url) ? `<${song.url}|${name.replaceAll('|', '¦')}>` : name;
  const facts = song.facts.map((fact) => escapedWithin(`${fact.name} ${fact.value}`, 80));
  return [`♪ ${linked}`, ...facts].join('  ·  ');
}

function filmFacts(film: FilmCard): string {
  const facts = [film.genres.join(', '), film.runtime, film.rating && `★ ${film.rating}`].filter(Boolean);
  return escapedWithin(facts.join(' · '), LINE_ROOM);
}

function filmSection(film: FilmCard): SectionBlock {
  const year = film.year ? ` (${escaped(film.year)})` : '';
  const facts = filmFacts(film);
  const lines = [
    `*${film.position}.  ${escapedWithin(film.title, TITLE_ROOM)}*${year}`,
    [escaped(film.scoreText), facts].filter(Boolean).join('  ·  '),
    escapedWithin(film.reason, LINE_ROOM),
  ];
  const { url, alt } = film.poster;
  const text = mrkdwn(lines.filter((line) => line !== '').join('\n'));
  return section(text, url === null ? undefined : picture(url, alt));
}

function filmCardBlock(film: FilmCard, buttons: Buttons, details: string): CardBlock {
  const { url, alt } = film.poster;
  const year = film.year ? ` (${escaped(film.year)})` : '';
  const score = escaped(film.scoreText);
  return {
    type: 'card',
    ...(url !== null && { hero_image: picture(url, alt) }),
    title: mrkdwn(
      `${escapedWithin(`${film.position}. ${film.title}`, max('cardTitle') - year.length)}${year}`,
    ),
    subtitle: mrkdwn(`${score} · ${escapedWithin(film.genres.join(', '), 80) || '–'}`),
    body: mrkdwn(escapedWithin(film.reason || film.runtime, max('cardBody')) || '–'),
    actions: [buttons.control(film.details, 'act', details)],
  };
}

function filmBlocks(answer: RecommendationsAnswer, view: View, buttons: Buttons): KnownBlock[] {
  if (view.layout === 'carousel' && answer.films.length > 0) {
    const details = wordsFor(view.locale).t('page.details');
    const cards = answer.films.map((film) => filmCardBlock(film, buttons, details));
    return [{ type: 'carousel', elements: cards.slice(0, max('carouselCards')) }];
  }
  return answer.films.map(filmSection);
}

/** One list for the details of all films; cards have buttons of their own, and so has what no list could carry. */
function detailsOf(answer: RecommendationsAnswer, view: View, buttons: Buttons): (StaticSelect | Button)[] {
  const { t } = wordsFor(view.locale);
  const films = view.layout === 'carousel' ? [] : answer.films;
  const all = [
    ...answer.uses.map(({ details }) => ({ label: `🎬 ${details.label}`, details })),
    ...films.map(({ position, title, details }) => ({ label: `${position}. ${title}`, details })),
  ];
  // The film that a song is known from may be among the five.
  const tokens = all.map(({ details }) => details.token);
  const isFirst = (token: string, at: number) => tokens.lastIndexOf(token) === at;
  const shown = all.filter(({ details }, at) => isFirst(details.token, at));
  const options = shown
    .filter(({ details }) => details.token.length <= max('optionValue'))
    .map(({ label, details }) => ({ label, token: details.token }));
  const long = shown.filter(({ details }) => details.token.length > max('optionValue'));
  return [
    ...(options.length > 0 ? [buttons.select(t('page.details'), options)] : []),
    ...long.map(({ details }) => buttons.control(details)),
  ];
}

/** Where the song plays. */
function useBlocks(uses: readonly UseNote[]): KnownBlock[] {
  if (uses.length === 0) return [];
  const lines = useLines(uses).map((line) => `🎬 ${escapedWithin(line, LINE_ROOM)}`);
  return [section(mrkdwn(lines.join('\n')))];
}

/** Other songs that may have been meant. */
function alternativesOf({ alternatives }: RecommendationsAnswer, view: View, buttons: Buttons) {
  const { t } = wordsFor(view.locale);
  const options = alternatives.filter(({ token }) => token.length <= max('optionValue'));
  const left = alternatives.filter((one) => !options.includes(one));
  return [
    ...(options.length > 0 ? [buttons.select(t('answer.alternatives'), options)] : []),
    ...left.map((one) => buttons.control(one)),
  ];
}

/** What can be done with the answer, in one row. In a modal only details and turning pages. */
function controlBlocks(answer: RecommendationsAnswer, view: View, buttons: Buttons): KnownBlock[] {
  const { t } = wordsFor(view.locale);
  const select = detailsOf(answer, view, buttons);
  const turning = answer.controls.filter(({ action }) => action === 'previous' || action === 'next');
  const turn = turning.map((control) => buttons.control(control));
  if (view.seenBy === 'modal') return rows([...select, ...turn]);
  const others = answer.controls.filter(
    (control) => !turning.includes(control) && (control.action !== 'share' || view.seenBy === 'alone'),
  );
  const made = others.map((control) =>
    control.action === 'share'
      ? buttons.make('post', t('chat.post'), answer.token)
      : buttons.control(control),
  );
  const last = view.seenBy === 'alone' ? [buttons.dismiss(view.locale)] : [];
  const mainstream = answer.mainstream.map((control) => buttons.control(control));
  const alternatives = alternativesOf(answer, view, buttons);
  return rows([...select, ...turn, ...made, ...mainstream, ...alternatives, ...last], ownerBlockId(view));
}

/** Quiet lines in one block. */
const asides = (texts: readonly string[]) =>
  texts.length > 0 ? [context(...texts.map((text) => plain(text, max('textObject'))))] : [];

/** @param sharedBy who made an answer public that was theirs alone */
export function renderRecommendations(
  answer: RecommendationsAnswer,
  view: View,
  sharedBy: string | null = null,
): KnownBlock[] {
  const { t } = wordsFor(view.locale);
  const buttons = new Buttons();
  const filters = answer.filters.map(({ name, value }) => `${name}: ${value}`).join(' · ');
  const user = mention(sharedBy ?? '');
  const blocks: KnownBlock[] = [
    header(answer.heading),
    context(mrkdwn(songLine(answer.song)), plain(answer.song.source, 500)),
    ...asides([...(filters ? [t('chat.filtersInForce', { filters })] : []), ...answer.notes.slice(0, 5)]),
    ...useBlocks(answer.uses),
    ...filmBlocks(answer, view, buttons),
  ];
  blocks.push(...controlBlocks(answer, view, buttons));
  const from = plain(t('answer.attributionShort'), 300);
  blocks.push(user ? context(mrkdwn(t('slack.sharedBy', { user })), from) : context(from));
  return blocks;
}
