/** A form as a modal: genres as a menu, everything else as words to fill in. */
import {
  type APILabelComponent,
  type APIModalInteractionResponseCallbackData,
  ComponentType,
  TextInputStyle,
} from 'discord.js';
import type { Form } from '../../../conversation/answer.ts';
import { wordsFor } from '../../../i18n/index.ts';
import { FILM_GENRES } from '../../../shared/film-genres.ts';
import { cut, label, line } from '../../common/text.ts';
import { IdMaker, type Seal } from '../custom-id.ts';
import { max } from '../limits.ts';

/** Filters that a modal has no room for keep what they hold; the command sets them. */
const FIELDS = ['genre', 'years', 'runtime', 'rating', 'language'];
/** Fields of other forms. */
const WORDS = ['song', 'name', 'at', 'zone', 'where'];

/** @param seal whose message the form changes */
export function renderModal(
  form: Form,
  locale: string,
  seal: Seal | null = null,
): APIModalInteractionResponseCallbackData {
  const words = wordsFor(locale);
  const fields = form.fields
    .filter(({ option }) => FIELDS.includes(option.name) || WORDS.includes(option.name))
    .slice(0, max('modalComponents'));
  const components = fields.map(({ option, value }): APILabelComponent => {
    const texts = {
      type: ComponentType.Label as const,
      label: label(words.t(option.label), max('labelLabel')),
      description: label(words.t(option.description), max('labelDescription')),
    };
    if (option.name === 'genre') {
      const chosen = value.split(',').map((name) => name.trim());
      const options = FILM_GENRES.map((genre) => ({
        label: label(words.name('genre', genre), max('selectOptionLabel')),
        value: genre,
        default: chosen.includes(genre),
      }));
      return {
        ...texts,
        component: {
          type: ComponentType.StringSelect,
          custom_id: option.name,
          required: false,
          min_values: 0,
          max_values: options.length,
          options,
        },
      };
    }
    const most = Math.min(option.maxLength ?? 100, max('textInputValue'));
    const shown = cut(line(value), most);
    return {
      ...texts,
      component: {
        type: ComponentType.TextInput,
        custom_id: option.name,
        // A list of songs has lines.
        style: option.name === 'song' ? TextInputStyle.Paragraph : TextInputStyle.Short,
        required: false,
        max_length: most,
        ...(option.example && { placeholder: label(option.example, max('textInputPlaceholder')) }),
        ...(shown && { value: shown }),
      },
    };
  });
  return {
    custom_id: new IdMaker(seal).token(form.token).slice(0, max('customId')),
    title: label(form.title ?? words.t('chat.filterTitle'), max('modalTitle')),
    components,
  };
}

/** The form's fields that the modal did not show, with the values they hold. */
export function hiddenValues(form: Form): Record<string, string> {
  return Object.fromEntries(
    form.fields
      .filter(
        ({ option, value }) => !FIELDS.includes(option.name) && !WORDS.includes(option.name) && value !== '',
      )
      .map(({ option, value }) => [option.name, value]),
  );
}
