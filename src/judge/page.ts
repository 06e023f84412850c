/** The page that raters see. It names no system, shows no poster and no score. */
import { type Html, html, type Part } from '../bots/web/escape.ts';
import type { Film } from '../engine/types.ts';
import type { Ballot } from './ballots.ts';

/** Answers for a film: value sent, words. */
export const ANSWERS = [
  ['1', 'fits'],
  ['0.5', 'half'],
  ['0', 'doesn’t'],
  ['', 'don’t know'],
] as const;

export const STYLE = `:root { color-scheme: light dark; --line: #8886; --on: #a62c2b; }
* { box-sizing: border-box; }
body { font: 17px/1.5 system-ui, sans-serif; max-width: 44rem; margin: 0 auto; padding: 1rem 1rem 4rem; }
h1 { font-size: 1.5rem; line-height: 1.2; margin: 0.5rem 0 0; }
h2 { font-size: 1rem; margin: 0 0 0.25rem; }
p { margin: 0.5rem 0; }
progress { width: 100%; accent-color: var(--on); }
section { border: 1px solid var(--line); border-radius: 0.75rem; padding: 0.75rem; margin: 1rem 0; }
fieldset { border: 0; border-top: 1px solid var(--line); margin: 0; padding: 0.6rem 0; min-width: 0; }
legend { float: left; width: 100%; padding: 0; font-weight: 600; }
.answers { clear: both; display: flex; flex-wrap: wrap; gap: 0.4rem; padding-top: 0.4rem; }
label.answer { display: flex; align-items: center; gap: 0.35rem; border: 1px solid var(--line); border-radius: 2rem; padding: 0.4rem 0.8rem; min-height: 2.75rem; cursor: pointer; }
label.answer:has(:checked) { border-color: var(--on); box-shadow: inset 0 0 0 1px var(--on); }
input { font: inherit; accent-color: var(--on); }
input[type="text"] { width: 100%; padding: 0.6rem; margin: 0.4rem 0 0.8rem; }
button { font: inherit; min-height: 2.75rem; padding: 0.5rem 1.2rem; border-radius: 2rem; border: 1px solid var(--line); cursor: pointer; }
button.main { background: var(--on); border-color: var(--on); color: #fff; font-weight: 600; }
.buttons { display: flex; flex-wrap: wrap; gap: 0.6rem; }
`;

function pageHtml(title: string, body: Part): string {
  return `<!doctype html>\n${
    html`<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${title}</title>
<link rel="stylesheet" href="/style.css">
</head>
<body>
<main>
${body}
</main>
</body>
</html>`.text
  }\n`;
}

/** Asks who rates. */
export function namePage(): string {
  return pageHtml(
    'Which films fit the song?',
    html`<h1>Which films fit the song?</h1>
<p>You will see songs, and some films for each. Say of each film whether you would tell a lover of the song about it because it <em>feels</em> like the song. There is no right answer.</p>
<form method="get" action="/">
<label>Your name, or any word that tells you apart
<input type="text" name="rater" required maxlength="40" autocomplete="nickname"></label>
<button class="main">Begin</button>
</form>`,
  );
}

function filmHtml(film: Film, name: string): Html {
  const original = film.originalTitle !== film.title && html` · ${film.originalTitle}`;
  return html`<fieldset>
<legend>${film.title} (${film.year ?? '?'})${original}</legend>
<div class="answers">
${ANSWERS.map(
  ([value, words]) =>
    html`<label class="answer"><input type="radio" name="${name}" value="${value}" required> ${words}</label>
`,
)}</div>
</fieldset>
`;
}

/** The name of a film's answers: its place in the ballot as the rater sees it. */
export const fieldOf = (list: number, place: number) => `film-${list}-${place}`;

export interface Progress {
  readonly done: number;
  readonly all: number;
}

/** Asks about one song. */
export function ballotPage({ song, lists }: Ballot, rater: string, { done, all }: Progress): string {
  return pageHtml(
    `${song.title} – which films fit?`,
    html`<progress value="${done}" max="${all}">${done} of ${all}</progress>
<p>Song ${done + 1} of ${all}</p>
<h1>${song.title}</h1>
<p>${song.artists.join(', ')}</p>
<form method="post" action="/rate" autocomplete="off">
<input type="hidden" name="rater" value="${rater}">
<input type="hidden" name="song" value="${song.id}">
<p><button name="unknown" value="1" formnovalidate>I have no idea of this song</button></p>
<p>Would you tell a lover of this song about the film, because it feels like the song?</p>
${lists.map(
  ({ films }, list) => html`<section>
<h2>List ${list + 1}</h2>
${films.map((film, place) => filmHtml(film, fieldOf(list, place)))}</section>
`,
)}<div class="buttons"><button class="main">Next song</button></div>
</form>`,
  );
}

export function donePage({ all }: Progress): string {
  return pageHtml(
    'Thank you',
    html`<h1>Thank you!</h1><p>You have rated all ${all} songs. You can close this page.</p>`,
  );
}

/** A sentence about what went wrong, with the way back. */
export function sorryPage(sentence: string, back: string): string {
  return pageHtml('Sorry', html`<h1>Sorry</h1><p>${sentence}</p><p><a href="${back}">Go on rating</a></p>`);
}
