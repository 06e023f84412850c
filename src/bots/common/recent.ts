/** The last answers of each person, in memory only: what people ask is not kept. */

/** How long an answer stays in the list. */
const KEPT_MS = 24 * 3600_000;
const PER_PERSON = 5;
/** People remembered at a time; whoever asked longest ago goes first. */
const PEOPLE = 2000;

export interface Recent {
  readonly heading: string;
  /** Opens the answer again. */
  readonly token: string;
}

export class RecentAnswers {
  readonly #byPerson = new Map<string, (Recent & { readonly at: number })[]>();
  readonly #now: () => number;

  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  /** @param person `<platform>:<id>` */
  add(person: string, recent: Recent): void {
    const before = this.of(person).filter(({ heading }) => heading !== recent.heading);
    this.#byPerson.delete(person);
    const entry = { heading: recent.heading, token: recent.token, at: this.#now() };
    this.#byPerson.set(person, [entry, ...(before as (typeof entry)[])].slice(0, PER_PERSON));
    if (this.#byPerson.size > PEOPLE) this.#byPerson.delete(this.#byPerson.keys().next().value!);
  }

  /** Newest first. */
  of(person: string): readonly Recent[] {
    const oldest = this.#now() - KEPT_MS;
    return (this.#byPerson.get(person) ?? []).filter(({ at }) => at >= oldest);
  }

  /** Forgets everybody whose name begins so. */
  forgetAll(prefix: string): void {
    for (const person of this.#byPerson.keys()) {
      if (person.startsWith(prefix)) this.#byPerson.delete(person);
    }
  }

  forget(person: string): void {
    this.#byPerson.delete(person);
  }
}
