/** Answers as HTML fragments. */
import type {
  Answer,
  Control,
  FilmCard,
  NoticeAnswer,
  QuestionAnswer,
  RecommendationsAnswer,
  SongCard,
  UseNote,
} from '../../../conversation/answer.ts';
import { useLines } from '../../../conversation/plain-text.ts';
import type { Words } from '../../../i18n/index.ts';
import { type Html, html, trusted } from '../escape.ts';
import { detailHtml, profilesHtml } from './detail.ts';
import { fieldsHtml } from './form.ts';
import { controlHtml, factsHtml, freshKey, NOTE, needsPost, posterHtml, STAR, scoreHtml } from './kit.ts';
import { nightHtml } from './night.ts';
import { filterFormHtml, songListHtml } from './songs.ts';

function songHtml(song: SongCard): Html {
  const name = html`<strong>${song.title}</strong>${song.artists && html` <span class="by">${song.artists}</span>`}`;
  return html`<div class="song"><p class="song-name">${NOTE} ${
    song.url ? html`<a href="${song.url}" rel="noopener noreferrer" target="_blank">${name}</a>` : name
  }${song.edition && html` <span class="edition">${song.edition}</span>`}</p>${factsHtml(song.facts)}<p class="source">${song.source}</p></div>`;
}

function filmHtml(film: FilmCard, slot: string, words: Words): Html {
  const { t } = words;
  const facts = [film.year, film.runtime].filter((part) => part !== '');
  const rating =
    film.rating !== '' &&
    html`<span><span class="visually-hidden">${t('film.rating')} </span>${STAR} ${film.rating}</span>`;
  return html`<li class="film"><form class="control" method="get" action="/a/${film.details.token}"><button class="card" data-toggle="${slot}" hx-get="/act/${film.details.token}" hx-target="#${slot}" hx-swap="innerHTML" aria-expanded="false" aria-controls="${slot}" aria-label="${film.details.description ?? film.title}. ${t('page.score', { score: film.scoreText })}. ${film.reason}">${posterHtml(film.id, film.poster, 342)}<span class="rank" aria-hidden="true">${film.position}</span></button></form><div class="film-text"><h3>${film.title}</h3>${scoreHtml(film, words)}<p class="meta">${facts.map((fact) => html`<span>${fact}</span> `)}${rating}</p><p class="genres">${film.genres.join(', ')}</p>${film.reason && html`<p class="reason">${film.reason}</p>`}</div></li><li class="slot" id="${slot}"></li>`;
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

/** Where the page stands, for addresses to pass on. */
export interface PageView {
  /** How people reach the page from outside, without a trailing slash; null where nobody said. */
  readonly publicUrl: string | null;
  /** An address of this page works on this machine alone. */
  readonly local: boolean;
  /** How this page was reached, without a trailing slash. */
  readonly root: string;
}

const NOWHERE: PageView = { publicUrl: null, local: false, root: '' };

/** Buttons to pass the answer on: its address, and its picture. */
function shareHtml(answer: RecommendationsAnswer, { t }: Words, { publicUrl, local }: PageView): Html {
  const copied = t(local && publicUrl === null ? 'page.copiedHere' : 'page.copied');
  return html`<a class="chip" href="${publicUrl ?? ''}/a/${answer.token}" data-copy="${copied}">${t('control.share')}</a>${
    answer.films.length > 0 &&
    html`<a class="chip" href="/picture/${answer.token}.png" download aria-label="${t('picture.downloadFull')}">${t('picture.download')}</a>`
  }`;
}

function recommendationsHtml(answer: RecommendationsAnswer, words: Words, key: string, view: PageView): Html {
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
  )}</div>${shareHtml(answer, words, view)}</div>${filterFormHtml(answer.form, words, key, answer.films.length === 0)}<p class="attribution">${answer.attribution}</p></section>`;
}

/** Takes a list's file, or its pasted text; scripts put the one into the place of the other. */
function uploadHtml(uploads: readonly Control[], { t }: Words, key: string): Html {
  return html`<form class="upload" method="post"><label for="u${key}">${t('list.file')}</label><input type="file" accept=".csv,text/csv" data-into="u${key}" aria-label="${t('list.file')}"><textarea id="u${key}" name="csv" rows="3" required placeholder="Date,Name,Year,Letterboxd URI"></textarea><div class="bar-of-controls">${uploads.map(
    ({ token, label }) =>
      html`<button class="chip" formaction="/a/${token}" hx-post="/act/${token}" hx-target="closest .answer" hx-swap="outerHTML">${label}</button>`,
  )}</div></form>`;
}

function noticeHtml(answer: NoticeAnswer, words: Words, key: string): Html {
  const { attachment: file, songs = [], form } = answer;
  const inList = new Set<Control>(songs.map((song) => song.films));
  const controls = answer.controls.filter((control) => !inList.has(control));
  const heading = html`<h2 id="h${key}" tabindex="-1">${answer.title}</h2>`;
  const buttons =
    controls.length > 0 &&
    html`<div class="bar-of-controls">${controls.map((control) =>
      controlHtml(control, {
        target: 'closest .answer',
        className: control.action === 'next' ? 'chip strong' : 'chip',
      }),
    )}</div>`;
  const token = answer.token && html` data-token="${answer.token}"`;
  if (songs.length > 0 || form) {
    const lines = songs.length > 0 ? [] : answer.lines;
    return html`<section class="answer"${token} aria-labelledby="h${key}">${heading}${lines.map((line) => html`<p class="remark">${line}</p>`)}${songListHtml(songs, words)}${buttons}${
      form && filterFormHtml(form, words, key, songs.length === 0)
    }</section>`;
  }
  return html`<section class="answer notice ${answer.tone}"${token} aria-labelledby="h${key}">${heading}${answer.lines.map((line) => html`<p>${line}</p>`)}${
    file &&
    html`<p><a class="chip" download="${file.name}" href="${trusted(`data:${file.mediaType};charset=utf-8,${encodeURIComponent(file.text).replace(/'/g, '%27')}`)}">${file.name}</a></p>`
  }${answer.profiles && profilesHtml(answer.profiles, words)}${buttons}${answer.uploads && uploadHtml(answer.uploads, words, key)}</section>`;
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
    html`<form method="${needsPost(form.token) ? 'post' : 'get'}" action="/a/${form.token}" ${needsPost(form.token) ? html`hx-post` : html`hx-get`}="/act/${form.token}" hx-target="${target}" hx-swap="outerHTML"><div class="fields">${fieldsHtml(form.fields, words, `f${key}`)}</div><button class="chip strong">${form.submit}</button></form>`
  }</section>`;
}

/** One answer. A film's details stand alone here; inside an answer the slot takes {@link detailHtml}. */
export function answerHtml(answer: Answer, words: Words, view: PageView = NOWHERE): Html {
  const key = freshKey();
  switch (answer.kind) {
    case 'recommendations':
      return recommendationsHtml(answer, words, key, view);
    case 'filmDetail':
      return html`<section class="answer" data-token="${answer.token}">${detailHtml(answer, words, key, false)}</section>`;
    case 'notice':
      if (answer.night) return nightHtml(answer, answer.night, words, key, view.publicUrl ?? view.root);
      return noticeHtml(answer, words, key);
    case 'question':
      return questionHtml(answer, words, key);
  }
}

/** What was asked and what was answered. */
export function turnHtml(asked: string, answer: Answer, words: Words, view: PageView = NOWHERE): Html {
  const question =
    asked !== '' &&
    html`<p class="asked"><span class="visually-hidden">${words.t('page.asked')}: </span>${asked}</p>`;
  return html`<article class="turn">${question}${answerHtml(answer, words, view)}</article>`;
}
