/** A film night on the page: who brought what, five films to vote for, an address with which others join. */
import { encodeQR } from 'qr';
import type { Control, NightBoard, NightFilm, NoticeAnswer } from '../../../conversation/answer.ts';
import type { Words } from '../../../i18n/index.ts';
import { type Html, html, trusted } from '../escape.ts';
import { fieldsHtml } from './form.ts';
import { controlHtml, NOTE, posterHtml } from './kit.ts';

const target = 'closest .answer';

function filmHtml({ card, votes, vote, mine, chosen }: NightFilm, words: Words): Html {
  const { t } = words;
  const details = { ...card.details, label: t('night.more') };
  const press = vote && { ...vote, label: t(mine ? 'night.takeBack' : 'night.voteShort'), pressed: mine };
  return html`<li class="night-film${chosen && ' chosen'}">${posterHtml(card.id, card.poster, 154)}<div class="film-text"><h3>${card.title}${card.year && html` <span class="by">${card.year}</span>`}</h3>${
    card.reason && html`<p class="reason">${card.reason}</p>`
  }${votes > 0 && html`<p class="meta">${t('night.votes', { count: votes })}</p>`}<div class="bar-of-controls">${
    press && controlHtml(press, { target, className: mine ? 'chip on' : 'chip strong' })
  }${controlHtml(details, { target })}</div></div></li>`;
}

/** Whose songs they are, as the language writes a name before what belongs to it. */
function peopleHtml(people: NightBoard['people'], words: Words): Html | false {
  const items = people.map(
    ({ name, song }) => html`<li>${NOTE} ${words.t('night.person', { name, song })}</li>`,
  );
  return people.length > 0 && html`<ul class="night-people">${items}</ul>`;
}

/** What changes while others press: asked for anew every few seconds. */
export function liveHtml(answer: NoticeAnswer, night: NightBoard, words: Words): Html {
  const controls = answer.controls.filter(
    ({ action, token }) => action !== 'night-vote' && token !== night.join,
  );
  const buttons = controls.map((control: Control) => controlHtml(control, { target }));
  const films = night.films.map((film) => filmHtml(film, words));
  const asks = new URLSearchParams({ seen: String(night.revision), form: String(night.form !== null) });
  return html`<div class="night-board" data-live hx-get="/night/${answer.token}?${asks.toString()}" hx-trigger="every 3s" hx-target="this" hx-swap="outerHTML">${night.lead.map((line) => html`<p class="remark">${line}</p>`)}${
    films.length > 0 ? html`<ol class="night-films">${films}</ol>` : ''
  }${peopleHtml(night.people, words)}<div class="bar-of-controls">${buttons}</div></div>`;
}

function addHtml(night: NightBoard, words: Words, key: string): Html | false {
  const { form } = night;
  return (
    form !== null &&
    html`<form class="night-add" method="post" action="/a/${form.token}" hx-post="/act/${form.token}" hx-target="${target}" hx-swap="outerHTML"><div class="fields">${fieldsHtml(form.fields, words, `n${key}`)}</div><button class="chip strong">${form.submit}</button></form>`
  );
}

/** The address and its code, for phones in the same room. */
function inviteHtml(address: string, words: Words): Html {
  const { t } = words;
  const code = trusted(encodeQR(address, 'svg', { ecc: 'medium' }));
  return html`<div class="night-invite"><p>${t('night.invite')} <a href="${address}" data-copy="${t('page.copied')}">${address}</a></p><div class="qr" role="img" aria-label="${t('night.qr')}">${code}</div></div>`;
}

/** @param root how the page is reached, without a trailing slash */
export function nightHtml(
  answer: NoticeAnswer,
  night: NightBoard,
  words: Words,
  key: string,
  root: string,
): Html {
  return html`<section class="answer night" data-token="${answer.token}" aria-labelledby="h${key}"><h2 id="h${key}" tabindex="-1">${answer.title}</h2>${liveHtml(answer, night, words)}${addHtml(night, words, key)}${
    night.form !== null && inviteHtml(`${root}/a/${answer.token}`, words)
  }</section>`;
}
