/** Lets in as many answers as can be given within a second, people's questions first, and turns the rest away early. */

/** Lower numbers come first. */
export type Urgency = 0 | 1;

interface Waiting {
  readonly since: number;
  readonly settle: (release: (() => void) | null) => void;
}

export interface AdmissionLimits {
  /** Requests that may wait, of each urgency. */
  readonly waiting: number;
  /** Milliseconds that one may wait. */
  readonly patience: number;
  /** Requests that may be under way at once; most of them wait for the network. */
  readonly running: number;
}

const DEFAULT_LIMITS: AdmissionLimits = { waiting: 256, patience: 700, running: 64 };

/** Turns of the event loop that may pass before the next request begins, while more arrive in each. */
const MAX_TURNS = 32;

/**
 * Between two requests everything that has arrived meanwhile is taken in, so that nothing waits unseen in the system's
 * queues: Node takes one new connection in each turn of the event loop, however many there are.
 */
export class Admission {
  readonly #limits: AdmissionLimits;
  readonly #waiting: readonly Waiting[][] = [[], []];
  #running = 0;
  #turning = false;
  #arrivals = 0;

  constructor(limits: Partial<AdmissionLimits> = {}) {
    this.#limits = { ...DEFAULT_LIMITS, ...limits };
  }

  /** Requests that wait now. */
  get waiting(): number {
    return this.#waiting.reduce((sum, { length }) => sum + length, 0);
  }

  /** Waits for a turn. @returns what to call once the request is answered; null when it should be turned away */
  enter(urgency: Urgency): Promise<(() => void) | null> {
    this.#arrivals += 1;
    const queue = this.#waiting[urgency]!;
    if (queue.length >= this.#limits.waiting) return Promise.resolve(null);
    return new Promise((settle) => {
      queue.push({ since: performance.now(), settle });
      this.#turn();
    });
  }

  /** A connection has been made: its request is about to arrive. */
  arriving(): void {
    this.#arrivals += 1;
  }

  #turn(): void {
    if (this.#turning) return;
    this.#turning = true;
    this.#spin(MAX_TURNS);
  }

  #spin(left: number): void {
    const before = this.#arrivals;
    setImmediate(() => {
      if (this.#arrivals !== before && left > 0) return this.#spin(left - 1);
      this.#turning = false;
      this.#begin();
      if (this.waiting > 0 && this.#running < this.#limits.running) this.#turn();
    });
  }

  #begin(): void {
    const latest = performance.now() - this.#limits.patience;
    for (const queue of this.#waiting) {
      while (queue.length > 0 && queue[0]!.since < latest) queue.shift()!.settle(null);
    }
    if (this.#running >= this.#limits.running) return;
    const next = this.#waiting.find(({ length }) => length > 0)?.shift();
    if (!next) return;
    this.#running += 1;
    let released = false;
    next.settle(() => {
      if (released) return;
      released = true;
      this.#running -= 1;
      if (this.waiting > 0) this.#turn();
    });
  }
}
