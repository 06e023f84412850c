import type { Deadline } from '../../shared/deadline.ts';
import { UpstreamError } from '../../shared/errors.ts';
import type { Upstreams } from '../upstreams.ts';
import type { KnownSongs } from './known-songs.ts';
import { message, sorry, type Unresolved } from './resolution.ts';

/** The part of a pino logger that look-ups use. */
export interface LookupLogger {
  warn(details: object, text: string): void;
}

/** One question under way: what may be asked, how long it may take, and who has failed so far. */
export class LookupSession {
  readonly known: KnownSongs;
  /** Null: nothing is looked up. */
  readonly upstreams: Upstreams | null;
  readonly deadline: Deadline;
  readonly #logger: LookupLogger | undefined;
  readonly #failed = new Set<string>();

  constructor(
    known: KnownSongs,
    upstreams: Upstreams | null,
    deadline: Deadline,
    logger: LookupLogger | undefined,
  ) {
    this.known = known;
    this.upstreams = upstreams;
    this.deadline = deadline;
    this.#logger = logger;
  }

  /**
   * Asks a service for at most `ms` milliseconds. A service that fails is noted and logged, and counts as not
   * knowing: the next one is asked.
   */
  async try<T>(
    service: string,
    ms: number,
    ask: (upstreams: Upstreams, deadline: Deadline) => Promise<T | null>,
  ): Promise<T | null> {
    if (!this.upstreams || this.deadline.remaining() === 0) return null;
    try {
      return await ask(this.upstreams, this.deadline.child(ms));
    } catch (error) {
      if (!(error instanceof UpstreamError)) throw error;
      this.#failed.add(service);
      this.#logger?.warn({ err: error, service }, 'look-up failed');
      return null;
    }
  }

  /** The apology when nobody knew: why that may be, or else `otherwise`. */
  nobodyKnew(otherwise: Unresolved): Unresolved {
    if (!this.upstreams) return sorry(message('lookup.sorry.offline'));
    if (this.#failed.size === 0) return otherwise;
    return sorry(message('lookup.sorry.unreachable', { services: [...this.#failed] }));
  }
}
