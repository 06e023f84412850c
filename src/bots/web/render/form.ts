/** Options of a command, or of an answer's filter form, as form fields. */
import type { Form } from '../../../conversation/answer.ts';
import type { Words } from '../../../i18n/index.ts';
import { FILM_GENRES } from '../../../shared/film-genres.ts';
import { type Html, html } from '../escape.ts';

type Field = Form['fields'][number];

function inputHtml({ option, value }: Field, id: string, words: Words): Html {
  const { t } = words;
  const common = html`id="${id}" name="${option.name}" aria-describedby="${id}-d"`;
  if (option.choices) {
    return html`<select ${common}><option value="">${t('page.any')}</option>${option.choices.map(
      (choice) =>
        html`<option value="${choice.value}"${choice.value === value && html` selected`}>${t(choice.label)}</option>`,
    )}</select>`;
  }
  if (option.kind === 'boolean') {
    return html`<input type="checkbox" ${common} value="yes"${value === 'yes' && html` checked`}>`;
  }
  if (option.kind === 'number' || option.kind === 'integer') {
    return html`<input type="number" ${common} value="${value}" min="${option.min ?? 0}" max="${option.max ?? ''}" step="${option.kind === 'integer' ? '1' : '0.1'}" placeholder="${option.example ?? ''}">`;
  }
  const list = option.name.endsWith('genre') && html` list="${id}-l"`;
  return html`<input type="text" ${common}${list} value="${value}" maxlength="${option.maxLength ?? 200}" placeholder="${option.example ?? ''}" autocomplete="off">${
    list &&
    html`<datalist id="${id}-l">${FILM_GENRES.map((genre) => html`<option value="${words.name('genre', genre)}"></option>`)}</datalist>`
  }`;
}

/** Labelled fields. @param prefix makes ids unique on the page */
export function fieldsHtml(fields: readonly Field[], words: Words, prefix: string): Html[] {
  return fields.map((field) => {
    const id = `${prefix}-${field.option.name}`;
    return html`<div class="field"><label for="${id}">${words.t(field.option.label)}</label>${inputHtml(field, id, words)}<span class="visually-hidden" id="${id}-d">${words.t(field.option.description)}</span></div>`;
  });
}
