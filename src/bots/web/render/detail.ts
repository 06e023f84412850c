/** A film's details as HTML: a page of their own, or a panel that opens below its card. */

import { profilePicture } from '../../../art/profile-picture.ts';
import type { FilmDetailAnswer, Profiles, WatchNote } from '../../../conversation/answer.ts';
import type { Words } from '../../../i18n/index.ts';
import { type Html, html, trusted } from '../escape.ts';
import { controlHtml, factsHtml, posterHtml, scoreHtml } from './kit.ts';

/** Colours from the page's theme. */
const PAGE_COLOURS = {
  ground: 'var(--well)',
  ink: 'var(--ink)',
  song: 'var(--gold-text)',
  film: 'var(--red-text)',
};

/** What songs and films feel like side by side. */
export function profilesHtml(profiles: Profiles, words: Words): Html {
  return html`<figure class="profiles">${trusted(profilePicture(profiles, words, PAGE_COLOURS))}<figcaption>${profiles.caption}</figcaption></figure>`;
}

/** Who has the film where the visitor lives. */
function watchHtml({ heading, lines, country, credit }: WatchNote): Html {
  const ask = controlHtml(country, { target: 'closest .detail', className: 'chip', swap: 'outerHTML' });
  return html`<div class="watch"><h4>${heading}</h4>${lines.map((line) => html`<p>${line}</p>`)}${ask}${credit !== '' && html`<p class="meta">${credit}</p>`}</div>`;
}

/**
 * @param key unique on the page
 * @param inSlot whether it opens inside an answer: then *back* closes it and votes answer in place
 */
export function detailHtml(answer: FilmDetailAnswer, words: Words, key: string, inSlot: boolean): Html {
  const { t } = words;
  const back = answer.controls.find(({ action }) => action === 'back');
  const votes = answer.controls.filter(
    ({ action }) => action === 'vote-up' || action === 'vote-down' || action === 'mark',
  );
  const neighbours = answer.neighbours.map(
    (control) =>
      html`<li>${controlHtml(control, { target: 'closest .detail', className: 'chip', swap: 'outerHTML' })}</li>`,
  );
  const close = inSlot
    ? html`<button type="button" class="chip" data-close>${t('page.close')}</button>`
    : back && controlHtml(back, { target: 'closest .answer', className: 'chip strong' });
  return html`<section class="detail${inSlot && ' in-slot'}" aria-labelledby="t${key}"><div class="detail-poster">${posterHtml(answer.id, answer.poster, 780)}</div><div class="detail-text"><h3 id="t${key}" tabindex="-1">${answer.title}${answer.year && html` <span class="year">${answer.year}</span>`}</h3>${
    answer.originalTitle && html`<p class="meta">${answer.originalTitle}</p>`
  }${answer.tagline && html`<p class="tagline">${answer.tagline}</p>`}${scoreHtml(answer, words)}<p class="genres">${answer.genres.join(', ')}</p><p class="overview">${answer.overview}</p></div>${factsHtml(answer.facts)}<div class="detail-side">${answer.watch && watchHtml(answer.watch)}${
    answer.reasons.length > 0 &&
    html`<h4>${t('page.why')}</h4><ul class="reasons">${answer.reasons.map((reason) => html`<li class="why">${reason}</li>`)}</ul>`
  }${profilesHtml(answer.profiles, words)}</div>${
    neighbours.length > 0 &&
    html`<div class="neighbours"><h4>${t('film.neighbours')}</h4><ul class="chips">${neighbours}</ul></div>`
  }<div class="bar-of-controls">${close}${votes.map((control) =>
    controlHtml(control, { target: `#v${key}`, className: 'chip', swap: 'innerHTML' }),
  )}${answer.songs && controlHtml(answer.songs, { target: 'closest .answer' })}${answer.links.map(
    ({ label, url }) =>
      html`<a class="chip" href="${url}" rel="noopener noreferrer" target="_blank">${label}</a>`,
  )}<span class="vote-result" id="v${key}" role="status"></span></div></section>`;
}
