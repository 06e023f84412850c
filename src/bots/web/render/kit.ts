/** Pieces that answers are made of. */
import type { Control, ControlAction, Fact, Poster } from '../../../conversation/answer.ts';
import { scoreShare, scoreWhy } from '../../../conversation/cards.ts';
import { changesState, payloadOf } from '../../../conversation/tokens.ts';
import type { Words } from '../../../i18n/index.ts';
import { type Html, html } from '../escape.ts';

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

/**
 * The score as number and bar; what it means opens where it stands. The bar gives the upper end more room, so that
 * scores which differ look different.
 */
export function scoreHtml(
  { score, scoreText }: { readonly score: number; readonly scoreText: string },
  words: Words,
): Html {
  return html`<details class="score"><summary>${bar(scoreShare(score))}<span><span class="visually-hidden">${words.t('film.match')} </span>${scoreText}</span><span class="ask-why" aria-hidden="true">?</span></summary><p>${scoreWhy(score, words)}</p></details>`;
}

/** Drawn, because not every system's fonts hold these signs. */
export const NOTE = html`<svg class="icon note" viewBox="0 0 16 16" aria-hidden="true"><path d="M6 12.4V3.2l7-1.6v8.6"/><ellipse cx="4.3" cy="12.4" rx="2.3" ry="1.9"/><ellipse cx="11.3" cy="10.4" rx="2.3" ry="1.9"/></svg>`;
export const STAR = html`<svg class="icon star" viewBox="0 0 16 16" aria-hidden="true"><path d="M8 1.2l2.1 4.4 4.8.6-3.5 3.3.9 4.8L8 12l-4.3 2.3.9-4.8L1.1 6.2l4.8-.6z"/></svg>`;

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
  return html`<span class="poster"><img src="/poster/${id}${poster.motif && `-${poster.motif}`}.svg" alt="${poster.alt}" width="${width}" height="${height}" decoding="async">${
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

let count = 0;
/** Ids stay unique on a page that many answers are appended to. */
export function freshKey(): string {
  count = (count + 1) % 36 ** 6;
  return count.toString(36) + Math.floor(Math.random() * 36 ** 4).toString(36);
}
