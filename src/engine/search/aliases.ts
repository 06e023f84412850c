/** Other names of artists, and other spellings of words, that people type (see aliases.tsv). */
import { readFileSync } from 'node:fs';
import { words } from './normalise.ts';

interface Alias {
  readonly typed: readonly string[];
  readonly written: readonly string[];
  readonly name: string;
}

/** By their first word; longer ones first. */
const ALIASES = new Map<string, Alias[]>();
for (const line of readFileSync(new URL('aliases.tsv', import.meta.url), 'utf8').split('\n')) {
  const [alias, name] = line.split('\t');
  if (line.startsWith('#') || !alias || !name) continue;
  const typed = words(alias);
  const first = ALIASES.get(typed[0]!) ?? [];
  first.push({ typed, written: words(name), name });
  first.sort((a, b) => b.typed.length - a.typed.length);
  ALIASES.set(typed[0]!, first);
}

/** Where words of a text are another name: from which place on, how many, and what stands for them. */
export function aliasIn(
  text: readonly string[],
): { at: number; count: number; written: readonly string[] } | null {
  for (let at = 0; at < text.length; at++) {
    const found = ALIASES.get(text[at]!)?.find(({ typed }) =>
      typed.every((word, index) => text[at + index] === word),
    );
    if (found) return { at, count: found.typed.length, written: found.written };
  }
  return null;
}

/** The name for which a whole text stands, or null. */
export function aliasOf(text: string): string | null {
  const typed = words(text);
  const found = ALIASES.get(typed[0] ?? '')?.find((alias) => alias.typed.length === typed.length);
  return found?.typed.every((word, index) => typed[index] === word) ? found.name : null;
}
