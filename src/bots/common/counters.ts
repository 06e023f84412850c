/** How often what happened, by reason: logged when a bot stops. */
export class Counters {
  readonly #counts = new Map<string, number>();

  /** @param reason dotted, from the program, never from outside: `link.cooldown` */
  count(reason: string): void {
    this.#counts.set(reason, this.of(reason) + 1);
  }

  of(reason: string): number {
    return this.#counts.get(reason) ?? 0;
  }

  snapshot(): Readonly<Record<string, number>> {
    return Object.fromEntries([...this.#counts].sort());
  }
}
