/** The whole page around the conversation. */
import { movieFor } from '../../../../commands/movie-for.ts';
import { PICTURE_HEIGHT, PICTURE_WIDTH } from '../../../art/share-picture.ts';
import type { Words } from '../../../i18n/index.ts';
import { type Html, html, type Part } from '../escape.ts';
import { fieldsHtml } from './form.ts';
import { NOTE } from './kit.ts';

/** htmx without its inline styles and eval, which the content-security policy forbids; errors are shown too. */
const HTMX_CONFIG = JSON.stringify({
  includeIndicatorStyles: false,
  allowEval: false,
  allowScriptTags: false,
  selfRequestsOnly: true,
  historyEnabled: false,
  defaultSettleDelay: 0,
  timeout: 20_000,
  responseHandling: [
    { code: '204', swap: false },
    { code: '...', swap: true },
  ],
});

/** What a chat or a feed shows of an address that somebody posts there. */
export interface Preview {
  readonly title: string;
  readonly description: string;
  /** Whole addresses. */
  readonly url: string;
  readonly image?: string;
}

function previewHtml({ title, description, url, image }: Preview, words: Words): Html {
  const property = (name: string, content: string) => html`<meta property="og:${name}" content="${content}">`;
  return html`${property('type', 'website')}${property('site_name', words.t('page.title'))}${property('title', title)}${property('description', description)}${property('url', url)}<link rel="canonical" href="${url}">${
    image &&
    html`${property('image', image)}${property('image:type', 'image/png')}${property('image:width', String(PICTURE_WIDTH))}${property('image:height', String(PICTURE_HEIGHT))}${property('image:alt', description)}<meta name="twitter:card" content="summary_large_image">`
  }`;
}

/** A song to start with. */
export interface Example {
  readonly label: string;
  readonly detail: string;
  readonly value: string;
}

export interface PageContent {
  readonly words: Words;
  /** Where style and scripts are, without a trailing slash. */
  readonly assets: string;
  readonly title?: string;
  readonly preview?: Preview;
  /** Turns of the conversation that are there from the start. */
  readonly turns?: Part;
  readonly examples: readonly Example[];
  /** Films whose drawn posters stand on the first page. */
  readonly cover: readonly number[];
}

function logo(): Html {
  return html`<svg class="logo" viewBox="0 0 40 40" aria-hidden="true"><rect x="2" y="6" width="36" height="28" rx="6" class="logo-frame"/><path d="M10 23v-6M15 27V13M20 24v-8M25 29V11M30 22v-4" class="logo-wave"/></svg>`;
}

function composer({ words }: PageContent): Html {
  const { t } = words;
  const { song: _, private: __, ...options } = movieFor.options;
  const fields = Object.values(options).map((option) => ({ option, value: '' }));
  return html`<form id="ask" class="composer" role="search" method="get" action="/" hx-get="/movie-for" hx-target="#chat" hx-swap="beforeend"><div class="ask-row"><div class="combo"><label class="visually-hidden" for="song">${t('commands.movieFor.label.song')}</label><input id="song" name="song" type="text" required maxlength="${movieFor.options.song.maxLength}" placeholder="${t('page.hint')}" autocomplete="off" autocapitalize="off" spellcheck="false" enterkeyhint="search" role="combobox" aria-expanded="false" aria-controls="suggestions" aria-autocomplete="list" hx-get="/suggest" hx-trigger="input changed delay:120ms" hx-target="#suggestions" hx-swap="innerHTML" hx-sync="this:replace" hx-params="song"><input type="hidden" name="pick" id="pick"><ul id="suggestions" role="listbox" aria-label="${t('page.suggestions')}" hidden></ul></div><button class="go"><svg class="icon" viewBox="0 0 16 16" aria-hidden="true"><circle cx="7" cy="7" r="4.6"/><path d="M10.5 10.5L15 15"/></svg><span>${t('page.ask')}</span></button></div><details class="options"><summary>${t('page.options')}</summary><div class="fields">${fieldsHtml(fields, words, 'o')}</div></details></form>`;
}

function hero({ words, cover }: PageContent): Html {
  const [first, ...rest] = words.t('page.lead').split('. ');
  const posters = cover.map((id) => html`<img src="/poster/${id}.svg" alt="" width="500" height="750">`);
  return html`<section class="hero"><h1><span>${first}.</span> <span>${rest.join('. ')}</span></h1><div class="cover" aria-hidden="true">${posters}</div></section>`;
}

function exampleList({ words, examples }: PageContent): Html | false {
  const list = examples.map(
    ({ label, detail, value }) =>
      html`<li><a class="example" href="/?song=${encodeURIComponent(value)}" data-ask="${label}${detail && ` – ${detail}`}" data-pick="${value}">${NOTE} <span><strong>${label}</strong> ${detail}</span></a></li>`,
  );
  return (
    list.length > 0 &&
    html`<section class="examples" aria-labelledby="examples-title"><h2 id="examples-title">${words.t('page.examples')}</h2><ul>${list}<li><a class="example" href="/?song=%2Fmovie-mood" data-ask="/movie-mood" data-pick="">${words.t('mood.question')}</a></li></ul></section>`
  );
}

/** The document. */
export function pageHtml(content: PageContent): string {
  const { words, assets, turns } = content;
  const { t } = words;
  const title = content.title ? `${content.title} · ${t('page.title')}` : t('page.title');
  const bones = [1, 2, 3, 4, 5].map(() => html`<span class="bone"></span>`);
  return `<!doctype html>${html`<html lang="${words.language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="dark light"><meta name="theme-color" media="(prefers-color-scheme: dark)" content="#14100f"><meta name="theme-color" media="(prefers-color-scheme: light)" content="#f8f1e5"><meta name="htmx-config" content="${HTMX_CONFIG}"><title>${title}</title><meta name="description" content="${content.preview?.description ?? t('page.lead')}">${content.preview && previewHtml(content.preview, words)}<link rel="icon" href="${assets}/icon.svg"><link rel="stylesheet" href="${assets}/style.css"><script src="${assets}/htmx.min.js" defer></script><script type="module" src="${assets}/app.js"></script></head><body${turns ? html` class="talking"` : ''}><a class="skip" href="#song">${t('page.skip')}</a><header class="top"><a href="/" class="brand">${logo()}<span>Music<b>2</b>Movie</span></a></header><main>${hero(content)}<div id="chat" role="log" aria-live="off" aria-label="${t('page.conversation')}">${turns ?? ''}</div>${composer(content)}${exampleList(content)}</main><footer><p>${t('page.about')}</p><p class="attribution">${t('answer.attribution')}</p></footer><p id="status" class="visually-hidden" role="status"></p><template id="waiting"><article class="turn waiting"><p class="asked"></p><div class="skeleton" aria-hidden="true">${bones}</div><p class="visually-hidden">${t('page.waiting')}</p></article></template><template id="trouble"><section class="trouble notice sorry" role="alert"><p>${t('sorry.unreachable')}</p><button type="button" class="chip strong" data-retry>${t('page.retry')}</button></section></template></body></html>`}`;
}
