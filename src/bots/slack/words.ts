/** What only Slack needs in words, in the languages of the message catalogue. */
import { wordsFor } from '../../i18n/index.ts';
import { de } from './words/de.ts';
import { en } from './words/en.ts';
import { es } from './words/es.ts';
import { fr } from './words/fr.ts';
import { ja } from './words/ja.ts';
import { ko } from './words/ko.ts';
import { pt } from './words/pt.ts';

type Widen<T> = { readonly [K in keyof T]: T[K] extends string ? string : Widen<T[K]> };
export type SlackWords = Widen<typeof en>;

const LANGUAGES: Readonly<Record<string, SlackWords>> = { en, de, es, fr, ja, ko, pt };

/** The words for a locale; English where there is nothing else. */
export function slackWords(locale: string): SlackWords {
  return LANGUAGES[wordsFor(locale).language] ?? en;
}

/** Puts values into `{{name}}`. */
export function fill(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => values[name] ?? '');
}
