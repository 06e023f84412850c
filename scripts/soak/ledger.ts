/** What became of every request, and whether it adds up. */

export type Fate = 'answered' | 'refused' | 'failed' | 'lost' | 'doubled' | 'cut';

const FATES: readonly Fate[] = ['answered', 'refused', 'failed', 'lost', 'doubled', 'cut'];

export interface Line extends Readonly<Record<Fate, number>> {
  readonly surface: string;
  readonly asked: number;
  readonly p50: number;
  readonly p99: number;
}

/**
 * `refused`: with a reason; `failed`: an internal error was said; `cut`: in hand when the process was killed or a
 * connection dropped; `lost` and `doubled` must not be.
 */
export class Ledger {
  readonly #fates = new Map<string, Map<Fate, number>>();
  readonly #times = new Map<string, number[]>();
  /** The first faults, in words. */
  readonly faults: string[] = [];

  note(surface: string, fate: Fate, ms?: number, what = ''): void {
    const fates = this.#fates.get(surface) ?? this.#fates.set(surface, new Map()).get(surface)!;
    fates.set(fate, (fates.get(fate) ?? 0) + 1);
    if (fate === 'answered' && ms !== undefined) {
      const times = this.#times.get(surface) ?? this.#times.set(surface, []).get(surface)!;
      times.push(ms);
    }
    if (['failed', 'lost', 'doubled'].includes(fate) && this.faults.length < 20)
      this.faults.push(`${surface}: ${fate}: ${what}`);
  }

  lines(): Line[] {
    return [...this.#fates].map(([surface, fates]) => {
      const times = (this.#times.get(surface) ?? []).sort((a, b) => a - b);
      const at = (share: number) => Math.round(times[Math.floor((times.length - 1) * share)] ?? 0);
      const counts = Object.fromEntries(FATES.map((fate) => [fate, fates.get(fate) ?? 0])) as Record<
        Fate,
        number
      >;
      const asked = Object.values(counts).reduce((sum, n) => sum + n, 0);
      return { surface, asked, ...counts, p50: at(0.5), p99: at(0.99) };
    });
  }

  table(): string {
    const head =
      '| surface | asked | answered | refused | failed | lost | doubled | cut off | p50 ms | p99 ms |';
    const rows = this.lines().map(
      (l) =>
        `| ${l.surface} | ${l.asked} | ${l.answered} | ${l.refused} | ${l.failed} | ${l.lost} | ${l.doubled} | ${l.cut} | ${l.p50} | ${l.p99} |`,
    );
    return [head, '|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|', ...rows].join('\n');
  }
}
