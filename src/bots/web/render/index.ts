/** Answers as HTML fragments. */
import type {
  Answer,
  Control,
  ControlAction,
  Fact,
  FilmCard,
  NoticeAnswer,
  Poster,
  QuestionAnswer,
  RecommendationsAnswer,
  SongCard,
  UseNote,
} from '../../../conversation/answer.ts';
import { useLines } from '../../../conversation/plain-text.ts';
import { changesState, payloadOf } from '../../../conversation/tokens.ts';
import type { Words } from '../../../i18n/index.ts';
import { type Html, html, trusted } from '../escape.ts';
import { detailHtml } from './detail.ts';
import { fieldsHtml } from './form.ts';

/** Whether a token changes what is kept: only a POST may do that. */
export function needsPost(token: string): boolean {
  const payload = payloadOf(token);
  return payload !== null && changesState(payload);
}

/** A share of 0…1 as a bar; the number stands beside it as text. */
export function bar(share: number): Html {
  const width = Math.round(Math.max(0, Math.min(1, share)) * 100);
  return html`<svg class="bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true"><rect class="track" width="100" height="4" rx="2"/><rect class="fill" width="${width}" height="4" rx="2"/></svg>`;
}

/** Drawn, because not every system's fonts hold these signs. */
export const NOTE = html`<svg class="icon note" viewBox="0 0 16 16" aria-hidden="true"><path d="M6 12.4V3.2l7-1.6v8.6"/><ellipse cx="4.3" cy="12.4" rx="2.3" ry="1.9"/><ellipse cx="11.3" cy="10.4" rx="2.3" ry="1.9"/></svg>`;
const STAR = html`<svg class="icon star" viewBox="0 0 16 16" aria-hidden="true"><path d="M8 1.2l2.1 4.4 4.8.6-3.5 3.3.9 4.8L8 12l-4.3 2.3.9-4.8L1.1 6.2l4.8-.6z"/></svg>`;

const THUMB =
  'M1.5 7h3v7h-3zM5.5 7.2l3-5.7c1.1 0 1.8.8 1.6 1.9L9.7 6h3.4c.9 0 1.5.8 1.3 1.6l-1.2 5c-.2.8-.8 1.4-1.6 1.4H5.5z';
const THUMBS: Partial<Record<ControlAction, Html>> = {
  'vote-up': html`<svg class="icon" viewBox="0 0 16 16" aria-hidden="true"><path d="${THUMB}"/></svg>`,
  'vote-down': html`<svg class="icon" viewBox="0 0 16 16" aria-hidden="true"><path d="${THUMB}" transform="rotate(180 8 8)"/></svg>`,
};

/**
 * A poster: the drawn one below, TMDB's above it. While TMDB's loads, or when it can't, the drawn one shows.
 */
export function posterHtml(id: number, poster: Poster, width: number): Html {
  const height = width * 1.5;
  return html`<span class="poster"><img src="/poster/${id}.svg" alt="${poster.alt}" width="${width}" height="${height}" decoding="async">${
    poster.url &&
    html`<img class="real" src="${poster.url}" alt="" width="${width}" height="${height}" decoding="async" referrerpolicy="no-referrer">`
  }</span>`;
}

/** A button that works without scripts too: a form of its own around it. */
export function controlHtml(
  control: Control,
  options: { target: string; className?: string; swap?: string },
): Html {
  const { token, label, description, pressed, action } = control;
  const post = needsPost(token);
  const request = post ? html`hx-post="/act/${token}"` : html`hx-get="/act/${token}"`;
  return html`<form class="control" method="${post ? 'post' : 'get'}" action="/a/${token}"><button class="${options.className ?? 'chip'}" data-action="${action}" ${request} hx-target="${options.target}" hx-swap="${options.swap ?? 'outerHTML'}"${description && html` aria-label="${description}"`}${pressed !== undefined && html` aria-pressed="${String(pressed)}"`}>${THUMBS[action]}${label}</button></form>`;
}

function factHtml({ name, value, share }: Fact): Html {
  return html`<div class="fact"><dt>${name}</dt><dd><span>${value}</span>${share !== undefined && bar(share)}</dd></div>`;
}

export function factsHtml(facts: readonly Fact[]): Html | false {
  return facts.length > 0 && html`<dl class="facts">${facts.map(factHtml)}</dl>`;
}

function songHtml(song: SongCard): Html {
  const name = html`<strong>${song.title}</strong>${song.artists && html` <span class="by">${song.artists}</span>`}`;
  return html`<div class="song"><p class="song-name">${NOTE} ${
    song.url ? html`<a href="${song.url}" rel="noopener noreferrer" target="_blank">${name}</a>` : name
  }</p>${factsHtml(song.facts)}<p class="source">${song.source}</p></div>`;
}

function filmHtml(film: FilmCard, slot: string, words: Words): Html {
  const { t } = words;
  const facts = [film.year, film.runtime].filter((part) => part !== '').join(' · ');
  const rating =
    film.rating !== '' &&
    html` ${facts !== '' && '·'} <span class="visually-hidden">${t('film.rating')} </span>${STAR} ${film.rating}`;
  return html`<li class="film"><form class="control" method="get" action="/a/${film.details.token}"><button class="card" data-toggle="${slot}" hx-get="/act/${film.details.token}" hx-target="#${slot}" hx-swap="innerHTML" aria-expanded="false" aria-controls="${slot}" aria-label="${film.details.description ?? film.title}. ${t('page.score', { score: film.scoreText })}. ${film.reason}">${posterHtml(film.id, film.poster, 342)}<span class="rank" aria-hidden="true">${film.position}</span></button></form><div class="film-text"><h3>${film.title}</h3><p class="score">${bar(film.score)}<span><span class="visually-hidden">${t('film.match')} </span>${film.scoreText}</span></p><p class="meta">${facts}${rating}</p><p class="genres">${film.genres.join(', ')}</p>${film.reason && html`<p class="reason">${film.reason}</p>`}</div></li><li class="slot" id="${slot}"></li>`;
}

/** Drawn for the films in which the song is known to stand. */
const REEL = html`<svg class="icon" viewBox="0 0 16 16" aria-hidden="true"><path d="M1.5 3.5h10v9h-10zM11.5 7l3-2v6l-3-2z"/></svg>`;

/** Where the song plays: marked, before the films, each film's details behind a button. */
function usesHtml(uses: readonly UseNote[], key: string): Html | false {
  const slot = (at: number) => `u${key}-${at}`;
  const buttons = uses.map(
    ({ details: { token, label, description } }, at) =>
      html`<form class="control" method="get" action="/a/${token}"><button class="chip" data-toggle="${slot(at)}" hx-get="/act/${token}" hx-target="#${slot(at)}" hx-swap="innerHTML" aria-expanded="false" aria-controls="${slot(at)}" aria-label="${description ?? label}">${label}</button></form>`,
  );
  return (
    uses.length > 0 &&
    html`<div class="uses">${useLines(uses).map((line) => html`<p>${REEL} ${line}</p>`)}${buttons}</div>${uses.map((_, at) => html`<div class="slot" id="${slot(at)}"></div>`)}`
  );
}

function recommendationsHtml(answer: RecommendationsAnswer, words: Words, key: string): Html {
  const { t } = words;
  const target = 'closest .answer';
  const chips = answer.filters.map(
    ({ name, value, remove }) =>
      html`<li>${controlHtml({ ...remove, label: `${name}: ${value} ×` }, { target, className: 'chip on' })}</li>`,
  );
  const shown = answer.controls.filter(({ action }) => action !== 'filters' && action !== 'share');
  return html`<section class="answer" data-token="${answer.token}" aria-labelledby="h${key}"><h2 id="h${key}" tabindex="-1">${answer.heading}</h2>${songHtml(answer.song)}${
    chips.length > 0 && html`<ul class="chips" aria-label="${t('page.filtersInForce')}">${chips}</ul>`
  }${
    answer.alternatives.length > 0 &&
    html`<div class="alternatives"><span class="aside">${t('answer.alternatives')}</span>${answer.alternatives.map(
      (control) => controlHtml(control, { target }),
    )}</div>`
  }${answer.notes.map((note) => html`<p class="remark">${note}</p>`)}${usesHtml(answer.uses, key)}${
    answer.films.length > 0 &&
    html`<ol class="films">${answer.films.map((film) => filmHtml(film, `d${key}-${film.position}`, words))}</ol>`
  }<div class="bar-of-controls">${shown.map((control) =>
    controlHtml(control, { target, className: control.action === 'next' ? 'chip strong' : 'chip' }),
  )}<div class="segments" role="group" aria-label="${t('mainstream.name')}">${answer.mainstream.map(
    (control) => controlHtml(control, { target, className: 'segment' }),
  )}</div><a class="chip" href="/a/${answer.token}" data-copy="${t('page.copied')}">${t('control.share')}</a></div><details class="filters"${answer.films.length === 0 && html` open`}><summary>${t('control.filters')}</summary><form method="get" action="/a/${answer.form.token}" hx-get="/act/${answer.form.token}" hx-target="${target}" hx-swap="outerHTML"><div class="fields">${fieldsHtml(answer.form.fields, words, `f${key}`)}</div><button class="chip strong">${answer.form.submit}</button></form></details><p class="attribution">${answer.attribution}</p></section>`;
}

function noticeHtml(answer: NoticeAnswer, key: string): Html {
  const file = answer.attachment;
  return html`<section class="answer notice ${answer.tone}" aria-labelledby="h${key}"><h2 id="h${key}" tabindex="-1">${answer.title}</h2>${answer.lines.map((line) => html`<p>${line}</p>`)}${
    file &&
    html`<p><a class="chip" download="${file.name}" href="${trusted(`data:${file.mediaType};charset=utf-8,${encodeURIComponent(file.text).replace(/'/g, '%27')}`)}">${file.name}</a></p>`
  }${answer.controls.length > 0 && html`<div class="bar-of-controls">${answer.controls.map((control) => controlHtml(control, { target: 'closest .answer' }))}</div>`}</section>`;
}

function questionHtml(answer: QuestionAnswer, words: Words, key: string): Html {
  const target = 'closest .answer';
  const { form } = answer;
  return html`<section class="answer question" aria-labelledby="h${key}"><h2 id="h${key}" tabindex="-1">${answer.text}</h2>${
    answer.choices.length > 0 &&
    html`<ul class="choices">${answer.choices.map(
      ({ detail, ...control }) =>
        html`<li>${controlHtml(control, { target, className: 'choice' })}${detail && html`<span class="meta">${detail}</span>`}</li>`,
    )}</ul>`
  }${
    form &&
    html`<form method="get" action="/a/${form.token}" hx-get="/act/${form.token}" hx-target="${target}" hx-swap="outerHTML"><div class="fields">${fieldsHtml(form.fields, words, `f${key}`)}</div><button class="chip strong">${form.submit}</button></form>`
  }</section>`;
}

let count = 0;
/** Ids stay unique on a page that many answers are appended to. */
export function freshKey(): string {
  count = (count + 1) % 36 ** 6;
  return count.toString(36) + Math.floor(Math.random() * 36 ** 4).toString(36);
}

/** One answer. A film's details stand alone here; inside an answer the slot takes {@link detailHtml}. */
export function answerHtml(answer: Answer, words: Words): Html {
  const key = freshKey();
  switch (answer.kind) {
    case 'recommendations':
      return recommendationsHtml(answer, words, key);
    case 'filmDetail':
      return html`<section class="answer" data-token="${answer.token}">${detailHtml(answer, words, key, false)}</section>`;
    case 'notice':
      return noticeHtml(answer, key);
    case 'question':
      return questionHtml(answer, words, key);
  }
}

/** What was asked and what was answered. */
export function turnHtml(asked: string, answer: Answer, words: Words): Html {
  const question =
    asked !== '' &&
    html`<p class="asked"><span class="visually-hidden">${words.t('page.asked')}: </span>${asked}</p>`;
  return html`<article class="turn">${question}${answerHtml(answer, words)}</article>`;
}
