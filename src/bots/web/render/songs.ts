/** Songs that a notice lists, as HTML: each with its score, why it fits, and where it leads. */
import type { Form, SongItem } from '../../../conversation/answer.ts';
import type { Words } from '../../../i18n/index.ts';
import { type Html, html } from '../escape.ts';
import { fieldsHtml } from './form.ts';
import { controlHtml, NOTE, scoreHtml } from './kit.ts';

function songItemHtml(song: SongItem, words: Words): Html {
  const name = html`<strong>${song.title}</strong>${song.artists && html` <span class="by">${song.artists}</span>`}`;
  const films = { ...song.films, label: words.t('songs.showFilms') };
  return html`<li class="song-item"><span class="rank" aria-hidden="true">${song.position}</span><div class="song-item-text"><p class="song-name">${NOTE} ${name}</p>${scoreHtml(song, words)}${
    song.reason && html`<p class="reason">${song.reason}</p>`
  }</div><div class="song-links">${controlHtml(films, { target: 'closest .answer' })}${
    song.url &&
    html`<a class="chip" href="${song.url}" rel="noopener noreferrer" target="_blank">${words.t('control.spotify')}</a>`
  }</div></li>`;
}

/** The list of songs. */
export function songListHtml(songs: readonly SongItem[], words: Words): Html {
  return html`<ol class="song-list">${songs.map((song) => songItemHtml(song, words))}</ol>`;
}

/** A form that narrows an answer, folded until it is wanted. */
export function filterFormHtml(form: Form, words: Words, key: string, open: boolean): Html {
  return html`<details class="filters"${open && html` open`}><summary>${words.t('control.filters')}</summary><form method="get" action="/a/${form.token}" hx-get="/act/${form.token}" hx-target="closest .answer" hx-swap="outerHTML"><div class="fields">${fieldsHtml(form.fields, words, `f${key}`)}</div><button class="chip strong">${form.submit}</button></form></details>`;
}
