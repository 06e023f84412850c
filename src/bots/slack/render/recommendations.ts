/** Five films as a message or in a modal. */
import type { CardBlock, KnownBlock, SectionBlock } from '@slack/types';
import type { FilmCard, RecommendationsAnswer, SongCard, UseNote } from '../../../conversation/answer.ts';
import { textBar, useLines } from '../../../conversation/plain-text.ts';
import { wordsFor } from '../../../i18n/index.ts';
import { escaped, escapedWithin, mention } from '../escape.ts';
import { max } from '../limits.ts';
import { aside, Buttons, context, header, mrkdwn, picture, plain, rows, section } from './kit.ts';
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
  const lines = [
    `*${film.position}.  ${escapedWithin(film.title, TITLE_ROOM)}*${year}`,
    `${textBar(film.score)}  ${escaped(film.scoreText)}`,
    filmFacts(film),
    escapedWithin(film.reason, LINE_ROOM),
  ];
  const { url, alt } = film.poster;
  const text = mrkdwn(lines.filter((line) => line !== '').join('\n'));
  return section(text, url === null ? undefined : picture(url, alt));
}

function filmCardBlock(film: FilmCard, buttons: Buttons, details: string): CardBlock {
  const { url, alt } = film.poster;
  const year = film.year ? ` (${escaped(film.year)})` : '';
  const score = `${textBar(film.score)} ${escaped(film.scoreText)}`;
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
  const details = wordsFor(view.locale).t('page.details');
  if (view.layout === 'carousel' && answer.films.length > 0) {
    const cards = answer.films.map((film) => filmCardBlock(film, buttons, details));
    return [{ type: 'carousel', elements: cards.slice(0, max('carouselCards')) }];
  }
  return answer.films.flatMap((film) => [
    filmSection(film),
    ...rows([buttons.control(film.details, 'act', details)]),
  ]);
}

/** Where the song plays, each film with a button of its own. */
function useBlocks(uses: readonly UseNote[], buttons: Buttons): KnownBlock[] {
  if (uses.length === 0) return [];
  const lines = useLines(uses).map((line) => `🎬 ${escapedWithin(line, LINE_ROOM)}`);
  return [section(mrkdwn(lines.join('\n'))), ...rows(uses.map(({ details }) => buttons.control(details)))];
}

/** What can be done with the answer as a whole. In a modal only turning pages. */
function controlBlocks(answer: RecommendationsAnswer, view: View, buttons: Buttons): KnownBlock[] {
  const { t } = wordsFor(view.locale);
  const turning = answer.controls.filter(({ action }) => action === 'previous' || action === 'next');
  if (view.seenBy === 'modal') return rows(turning.map((control) => buttons.control(control)));
  const others = answer.controls.filter(
    (control) => !turning.includes(control) && (control.action !== 'share' || view.seenBy === 'alone'),
  );
  const made = [...turning, ...others].map((control) =>
    control.action === 'share'
      ? buttons.make('post', t('chat.post'), answer.token)
      : buttons.control(control),
  );
  return [
    ...rows(made, ownerBlockId(view)),
    ...rows(answer.mainstream.map((control) => buttons.control(control))),
  ];
}

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
    ...(filters ? [aside(t('chat.filtersInForce', { filters }))] : []),
    ...answer.notes.slice(0, 5).map(aside),
    ...useBlocks(answer.uses, buttons),
    ...filmBlocks(answer, view, buttons),
  ];
  if (answer.alternatives.length > 0 && view.seenBy !== 'modal') {
    blocks.push(
      aside(t('answer.alternatives')),
      ...rows(answer.alternatives.map((one) => buttons.control(one))),
    );
  }
  blocks.push(...controlBlocks(answer, view, buttons));
  if (user) blocks.push(context(mrkdwn(wordsFor(view.locale).t('slack.sharedBy', { user }))));
  blocks.push(aside(answer.attribution));
  return blocks;
}
