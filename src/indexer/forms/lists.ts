/** Lists as tables hold them: JSON, Python's notation, or names with a separator. */
import type { Note } from './names.ts';

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f' };

/** Reads JSON and Python literals alike, and forgives missing commas (NumPy prints none). */
class Literal {
  #at = 0;
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  /** @throws SyntaxError for anything that is not one literal */
  parse(): unknown {
    const value = this.#value();
    this.#skip();
    if (this.#at < this.#text.length) throw new SyntaxError('more text behind');
    return value;
  }

  #skip(): void {
    while (/[\s,]/.test(this.#text[this.#at] ?? '')) this.#at++;
  }

  #value(): unknown {
    this.#skip();
    const letter = this.#text[this.#at];
    if (letter === '[' || letter === '(') return this.#list(letter === '[' ? ']' : ')');
    if (letter === '{') return this.#dictionary();
    if (letter === '"' || letter === "'") return this.#string(letter);
    const word = /^[^\s,\]):}]+/.exec(this.#text.slice(this.#at))?.[0];
    if (!word) throw new SyntaxError(`nothing at ${this.#at}`);
    this.#at += word.length;
    const number = Number(word);
    return /^(?:none|null|nan)$/i.test(word) ? null : Number.isNaN(number) ? word : number;
  }

  #list(end: string): unknown[] {
    const list: unknown[] = [];
    this.#at++;
    for (;;) {
      this.#skip();
      if (this.#text[this.#at] === end) break;
      if (this.#at >= this.#text.length) throw new SyntaxError('a list is not closed');
      list.push(this.#value());
    }
    this.#at++;
    return list;
  }

  #dictionary(): Record<string, unknown> {
    const entries: [string, unknown][] = [];
    this.#at++;
    for (;;) {
      this.#skip();
      if (this.#text[this.#at] === '}') break;
      if (this.#at >= this.#text.length) throw new SyntaxError('a dictionary is not closed');
      const key = String(this.#value());
      this.#skip();
      if (this.#text[this.#at++] !== ':') throw new SyntaxError('a key has no value');
      entries.push([key, this.#value()]);
    }
    this.#at++;
    return Object.fromEntries(entries);
  }

  #string(quote: string): string {
    let out = '';
    for (let i = this.#at + 1; i < this.#text.length; i++) {
      const letter = this.#text[i]!;
      if (letter === quote) {
        this.#at = i + 1;
        return out;
      }
      if (letter !== '\\') {
        out += letter;
        continue;
      }
      const next = this.#text[++i] ?? '';
      const hex = next === 'u' ? 4 : next === 'x' ? 2 : 0;
      out += hex
        ? String.fromCharCode(Number.parseInt(this.#text.slice(i + 1, i + 1 + hex), 16))
        : (ESCAPES[next] ?? next);
      i += hex;
    }
    throw new SyntaxError('a string is not closed');
  }
}

/** The name of what a list holds: text and numbers themselves, of dictionaries their name. */
function nameOf(value: unknown): string | null {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  if (value === null || typeof value !== 'object') return null;
  const {
    name,
    title,
    english_name: english,
    iso_3166_1: country,
    iso_639_1: language,
    id,
  } = value as Record<string, unknown>;
  const found = [name, title, english, country, language, id].find(
    (part) => part !== undefined && part !== '',
  );
  return found === undefined || found === null ? null : String(found);
}

/** How a list in brackets begins; "[dunkelbunt]" and "(G)I-DLE" are names. */
const LIST = /^[[(]\s*['"{]|^\{\s*['"]|^\[\s*\]$|^\[[\d,\s]+\]$/;

/**
 * Names in a cell.
 *
 * @param separators signs that separate names besides the usual one, the first that occurs counts
 * @param usual the data set's own separator
 * @returns null for a list that can't be read
 */
export function namesIn(
  cell: string,
  note: Note,
  separators: readonly string[],
  usual: string,
): string[] | null {
  if (LIST.test(cell)) {
    try {
      const value = new Literal(cell).parse();
      const list = Array.isArray(value) ? value : [value];
      note(list.some((item) => item !== null && typeof item === 'object') ? 'dictionaries' : 'bracket-list');
      return list.flatMap((item) => nameOf(item) ?? []);
    } catch {
      // "('Til Tuesday)" may be a name.
      if (!cell.startsWith('(')) return null;
    }
  }
  const separator = separators.find((sign) => cell.includes(sign));
  if (separator === undefined) return cell.split(usual);
  note('list-separator');
  return cell.split(separator);
}

/** Names as the data set joins them: trimmed, without empty and repeated ones, free of the separator itself. */
export function joined(names: readonly string[], separator: ', ' | ';'): string {
  const sign = separator.trim();
  const clean = names.map((name) => name.replaceAll(sign, ' ').replace(/\s+/g, ' ').trim());
  return [...new Set(clean)].filter((name) => name !== '').join(separator);
}
