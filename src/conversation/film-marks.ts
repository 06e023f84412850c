/** What a person said of films, for themselves: saved, seen, not for me. Kept under a keyed hash of who it was. */
import type { StateStore } from '../state/store.ts';
import type { AnswerContext } from './context.ts';
import { personHash } from './person-hash.ts';

/** What a film can be to a person: one of these. */
export type Mark = 'saved' | 'seen' | 'not-for-me';

const LETTERS = { saved: 'k', seen: 'e', 'not-for-me': 'n' } as const satisfies Record<Mark, string>;
const MARKS = new Map<string, Mark>(Object.entries(LETTERS).map(([mark, letter]) => [letter, mark as Mark]));

/** Milliseconds that the marks stay after the last of them was changed: two years. */
export const MARKS_TTL_MS = 730 * 24 * 3600_000;

/** Films that one person may mark. */
export const MOST_MARKED = 20_000;

/** By TMDb id: the mark's letter and the ISO day. */
type Stored = Readonly<Record<string, string>>;

/** One film that a person marked. */
export interface Marked {
  /** TMDb id. */
  readonly film: number;
  readonly mark: Mark;
  /** ISO day. */
  readonly day: string;
}

/** The hash under which somebody's marks are kept. @param user `<platform>:<id>` */
export const marksHash = (user: string, state: StateStore) => personHash(user, state, 'films:');

/** The key of the marks under a hash. */
export const marksUnder = (hash: string) => `films:${hash}`;

const keyOf = async (user: string, state: StateStore) => marksUnder(await marksHash(user, state));

const read = (film: string, text: string): Marked => ({
  film: Number(film),
  mark: MARKS.get(text[0]!)!,
  day: text.slice(1),
});

/** Everything that somebody marked, the latest first. @param hash of {@link marksHash} */
export async function marksOfHash(hash: string, state: StateStore): Promise<Marked[]> {
  const stored = (await state.get<Stored>(marksUnder(hash))) ?? {};
  return Object.entries(stored)
    .map(([film, text]) => read(film, text))
    .sort((a, b) => (a.day === b.day ? a.film - b.film : a.day < b.day ? 1 : -1));
}

/** The same by who they are; nothing for nobody. */
export async function marksOf({ user, state }: Pick<AnswerContext, 'user' | 'state'>): Promise<Marked[]> {
  return user === null ? [] : marksOfHash(await marksHash(user, state), state);
}

/** Films that are to stay out of somebody's answers: seen, and not for them. */
export async function passedOver(context: Pick<AnswerContext, 'user' | 'state'>): Promise<Set<number>> {
  return passedOverIn(await marksOf(context));
}

/** The same of marks at hand. */
export function passedOverIn(marks: readonly Marked[]): Set<number> {
  return new Set(marks.filter(({ mark }) => mark !== 'saved').map(({ film }) => film));
}

/**
 * Marks films, or takes their marks away (`mark` null); all of it happens or nothing.
 *
 * @param user `<platform>:<id>`
 * @returns how each stood before, in their order, and whether there was room for all
 */
export async function setMarks(
  user: string,
  changes: readonly { readonly film: number; readonly mark: Mark | null; readonly day: string }[],
  state: StateStore,
): Promise<{ readonly before: readonly (Mark | null)[]; readonly full: boolean }> {
  let before: (Mark | null)[] = [];
  let full = false;
  await state.update<Stored>(
    await keyOf(user, state),
    (current) => {
      const marks: Record<string, string> = { ...current };
      before = [];
      full = false;
      let count = Object.keys(marks).length;
      for (const { film, mark, day } of changes) {
        const old = marks[film];
        before.push(old ? read(String(film), old).mark : null);
        if (mark === null) {
          if (old) count--;
          delete marks[film];
        } else if (!old && count >= MOST_MARKED) {
          full = true;
        } else {
          if (!old) count++;
          marks[film] = LETTERS[mark] + day;
        }
      }
      return count > 0 ? marks : undefined;
    },
    MARKS_TTL_MS,
  );
  return { before, full };
}

/** Forgets all of it. @returns whether there was something */
export async function forgetMarks(user: string, state: StateStore): Promise<boolean> {
  return state.delete(await keyOf(user, state));
}
