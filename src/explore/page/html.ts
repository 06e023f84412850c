/** The page: one HTML file that asks nothing of the network. */
import { createHash } from 'node:crypto';
import { drawSvg, escapeXml, NARROW, WIDE } from '../chart/draw.ts';
import type { Cell, Figure, Section, Table } from '../figure.ts';
import { SCRIPT, STYLE } from './style.ts';

export interface Page {
  readonly title: string;
  readonly lead: string;
  /** Large figures under the title. */
  readonly key: readonly { readonly label: string; readonly value: string }[];
  readonly sections: readonly Section[];
  /** Lines at the end: sources, licences, how it was made. */
  readonly notes: readonly string[];
}

/** A figure drawn: its charts for either width, where it has one. */
export interface DrawnFigure {
  readonly figure: Figure;
  readonly wide: string | null;
  readonly narrow: string | null;
}

export function drawFigure(figure: Figure): DrawnFigure {
  const { chart } = figure;
  return chart
    ? {
        figure,
        wide: drawSvg(chart.draw(WIDE), WIDE, chart.description),
        narrow: drawSvg(chart.draw(NARROW), NARROW, chart.description),
      }
    : { figure, wide: null, narrow: null };
}

const VERDICTS: readonly string[] = ['agrees', 'partly', 'differs', 'cannot be said'];

/** Whether a column holds figures: it is set flush right then. */
const isNumeric = (cells: readonly (Cell | undefined)[]) =>
  cells.length > 0 &&
  cells.every(
    (cell) => cell === null || typeof cell === 'number' || /^[\u2212\u2013\d.,%]+$/.test(cell ?? ''),
  );

function tableHtml(table: Table, title: string): string {
  const numeric = table.columns.map((_, i) => i > 0 && isNumeric(table.rows.map((row) => row[i])));
  const attribute = (i: number) => (numeric[i] ? ' class="number"' : '');
  // Columns of sentences become blocks of their own on a telephone; columns of figures scroll.
  const stack = !numeric.slice(1).every(Boolean);
  const head = table.columns
    .map(
      (name, i) =>
        `<th scope="col"${attribute(i)}>${name === '' ? '<span class="skip">number</span>' : escapeXml(name)}</th>`,
    )
    .join('');
  const rows = table.rows.map((row) => {
    const cells = row.map((cell, i) => {
      const text = escapeXml(String(cell ?? ''));
      if (i === 0) return `<th scope="row">${text}</th>`;
      const label = stack ? ` data-label="${escapeXml(table.columns[i]!)}"` : '';
      const shown = VERDICTS.includes(text)
        ? `<span class="verdict ${text.split(' ')[0]}">${text}</span>`
        : text;
      return `<td${attribute(i)}${label}>${shown}</td>`;
    });
    return `<tr>${cells.join('')}</tr>`;
  });
  const scroll = stack
    ? '<div>'
    : `<div class="scroll" tabindex="0" role="region" aria-label="${escapeXml(title)}">`;
  return `${scroll}<table${stack ? ' class="stack"' : ''}><thead><tr>${head}</tr></thead><tbody>${rows.join('')}</tbody></table></div>`;
}

function figureHtml({ figure, wide, narrow }: DrawnFigure, folder: string): string {
  const { id, title, caption, shown, table } = figure;
  const link = (extension: string, what: string) =>
    `<a href="${encodeURI(folder)}/${id}.${extension}" aria-label="${escapeXml(`${title}: ${what}`)}">${what}</a>`;
  const body =
    wide === null || narrow === null
      ? tableHtml(shown ?? table, title)
      : `<div class="wide">${wide}</div><div class="narrow">${narrow}</div>`;
  const links = [...(wide === null ? [] : [link('svg', 'Chart (SVG)')]), link('csv', 'Numbers (CSV)')];
  return `<figure id="${id}"${wide === null ? ' class="long"' : ''}><h3>${escapeXml(title)}</h3>${body}<figcaption>${escapeXml(caption)}</figcaption><p class="files">${links.join('')}</p></figure>`;
}

/** The whole page. `folder` is where the charts and numbers stand, relative to the page. */
export function pageHtml(page: Page, drawn: ReadonlyMap<string, DrawnFigure>, folder: string): string {
  const number = (i: number) => `<span class="number">${i + 1}</span>`;
  const toc = page.sections
    .map(
      (section, i) =>
        `<li><a href="#${section.id}">${i + 1}. ${escapeXml(section.title)}</a><ol>${section.figures
          .map(({ id, title }) => `<li><a href="#${id}">${escapeXml(title)}</a></li>`)
          .join('')}</ol></li>`,
    )
    .join('');
  const sections = page.sections
    .map(
      (section, i) =>
        `<section id="${section.id}"><h2>${number(i)}${escapeXml(section.title)}</h2>${section.paragraphs
          .map((text) => `<p>${escapeXml(text)}</p>`)
          .join(
            '',
          )}${section.figures.map(({ id }) => figureHtml(drawn.get(id)!, folder)).join('\n')}</section>`,
    )
    .join('\n');
  const scriptHash = createHash('sha256').update(SCRIPT).digest('base64');
  const key = page.key
    .map(({ label, value }) => `<div><dt>${escapeXml(label)}</dt><dd>${escapeXml(value)}</dd></div>`)
    .join('');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${scriptHash}'; img-src data:">
<link rel="icon" href="data:,">
<title>${escapeXml(page.title)}</title>
<style>${STYLE}</style>
</head>
<body>
<a class="skip" href="#${page.sections[0]?.id ?? ''}">Skip to the first section</a>
<div class="frame">
<header><p class="kicker">Music2Movie · exploration</p><h1>${escapeXml(page.title)}</h1><p class="lead">${escapeXml(page.lead)}</p><dl class="key">${key}</dl></header>
<nav class="toc" aria-label="Contents"><h2>Contents</h2><ol>${toc}</ol></nav>
<main>
${sections}
</main>
<footer>${page.notes.map((note) => `<p>${escapeXml(note)}</p>`).join('')}</footer>
</div>
<script>${SCRIPT}</script>
</body>
</html>
`;
}
