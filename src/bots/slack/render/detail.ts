/** Everything about one film, as a modal (or as blocks, where no modal can be opened). */
import type { KnownBlock, ModalView } from '@slack/types';
import type { Control, FilmDetailAnswer, ProfileSide, WatchNote } from '../../../conversation/answer.ts';
import { profileLine } from '../../../conversation/plain-text.ts';
import { wordsFor } from '../../../i18n/index.ts';
import { VIEWS } from '../constants.ts';
import { escaped, escapedWithin } from '../escape.ts';
import { max } from '../limits.ts';
import { aside, Buttons, header, modal, mrkdwn, paragraph, pictureBlock, rows, section } from './kit.ts';

/** Song and film side by side, what both share in bold. */
function profileBlocks(answer: FilmDetailAnswer, locale: string): KnownBlock[] {
  const { t } = wordsFor(locale);
  const { song, film, caption } = answer.profiles;
  const line = (name: string, side: ProfileSide) => {
    const safe = <T extends { name: string }>(one: T) => ({ ...one, name: escapedWithin(one.name, 60) });
    const shown = { terms: side.terms.map(safe), worlds: side.worlds.map(safe) };
    const parts = profileLine(shown, (shared) => `*${shared}*`);
    return `${escaped(name)}: ${parts || '–'}`;
  };
  const lines = [line(t('profile.song'), song), line(t('profile.film'), film)];
  return [section(mrkdwn(lines.join('\n'))), aside(caption)];
}

/** Who has the film where the asker lives. */
function watchBlocks({ heading, lines, country, credit }: WatchNote, buttons: Buttons): KnownBlock[] {
  const said = [`*${escapedWithin(heading, 150)}*`, ...lines.map((line) => escapedWithin(line, 400))];
  return [
    section(mrkdwn(said.join('\n'))),
    ...rows([buttons.control(country)]),
    ...(credit === '' ? [] : [aside(credit)]),
  ];
}

function posterBlocks({ poster }: FilmDetailAnswer): KnownBlock[] {
  return poster.url === null ? [] : [pictureBlock(poster.url, poster.alt)];
}

function factFields(answer: FilmDetailAnswer, locale: string) {
  const match = {
    name: wordsFor(locale).t('film.match'),
    value: answer.scoreText,
  };
  const facts = [match, ...answer.facts].slice(0, max('sectionFields'));
  return facts.map(({ name, value }) =>
    mrkdwn(`*${escapedWithin(name, 100)}*\n${escapedWithin(value, 400) || '–'}`),
  );
}

/** @param noted sentences about a vote just taken, above everything else */
export function detailBlocks(
  answer: FilmDetailAnswer,
  locale: string,
  noted: readonly string[] = [],
): KnownBlock[] {
  const { t } = wordsFor(locale);
  const buttons = new Buttons();
  const title = answer.year ? `${answer.title} (${answer.year})` : answer.title;
  const quiet = [answer.originalTitle, answer.genres.join(', ')].filter((text) => text !== '');
  const reasons = answer.reasons.slice(0, 12).map((reason) => `• ${escapedWithin(reason, 230)}`);
  const links = answer.links
    .filter(({ url }) => /^https:\/\/\S+$/.test(url) && url.length <= max('buttonUrl'))
    .map(({ label, url }) => buttons.link(label, url));
  const made = (...actions: readonly Control['action'][]) =>
    answer.controls.filter(({ action }) => actions.includes(action)).map((one) => buttons.control(one));
  const votes = made('vote-up', 'vote-down');
  const songs = answer.songs ? [buttons.control(answer.songs)] : [];
  return [
    ...noted.slice(0, 3).map(aside),
    ...posterBlocks(answer),
    header(title),
    ...(quiet.length > 0 ? [aside(quiet.join(' · '))] : []),
    ...(answer.tagline ? [paragraph(answer.tagline)] : []),
    ...(answer.overview ? [paragraph(answer.overview)] : []),
    { type: 'section', fields: factFields(answer, locale) },
    ...(answer.watch ? watchBlocks(answer.watch, buttons) : []),
    ...(reasons.length > 0 ? [section(mrkdwn([`*${escaped(t('page.why'))}*`, ...reasons].join('\n')))] : []),
    ...profileBlocks(answer, locale),
    ...rows([...votes, ...made('mark'), ...songs, ...links]),
    ...(answer.neighbours.length > 0
      ? [aside(t('film.neighbours')), ...rows(answer.neighbours.map((control) => buttons.control(control)))]
      : []),
    aside(answer.attribution),
  ];
}

/** The modal of a film; its metadata is the token that opens it again. */
export function detailModal(
  answer: FilmDetailAnswer,
  locale: string,
  noted: readonly string[] = [],
): ModalView {
  const { t } = wordsFor(locale);
  const said = { title: t('page.details'), close: t('page.close') };
  return modal(VIEWS.details, said, detailBlocks(answer, locale, noted), answer.token);
}
