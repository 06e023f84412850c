import type { Deadline } from '../../shared/deadline.ts';
import { UpstreamError } from '../../shared/errors.ts';
import type { TrackKey } from '../reccobeats/client.ts';
import { type Measured, SOURCE_MS, type Upstreams } from '../upstreams.ts';
import type { KnownSongs } from './known-songs.ts';
import { message, sorry, type Unresolved } from './resolution.ts';

/** The part of a pino logger that look-ups use. */
export interface LookupLogger {
  warn(details: object, text: string): void;
}

/** How a service failed: it may be back in a minute, has changed its form, or turns this installation away. */
type Failure = 'unreachable' | 'unreadable' | 'refused';

const FAILURES: Readonly<Record<string, Failure>> = {
  'upstream.unreadable': 'unreadable',
  'upstream.too-large': 'unreadable',
  'upstream.refused': 'refused',
  'upstream.credentials': 'refused',
  'upstream.premium': 'refused',
};

/** One question under way: what may be asked, how long it may take, and who has failed so far. */
export class LookupSession {
  readonly known: KnownSongs;
  /** Null: nothing is looked up. */
  readonly upstreams: Upstreams | null;
  readonly deadline: Deadline;
  readonly #logger: LookupLogger | undefined;
  readonly #failed = new Map<string, Failure>();
  readonly #logged = new Set<string>();

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
   * Asks a service. One that fails is noted and logged, and counts as not knowing: the next one is asked.
   */
  async try<T>(
    service: string,
    ask: (upstreams: Upstreams, deadline: Deadline) => Promise<T | null>,
  ): Promise<T | null> {
    if (!this.upstreams || this.deadline.remaining() === 0) return null;
    try {
      return await ask(this.upstreams, this.deadline.child(SOURCE_MS));
    } catch (error) {
      if (!(error instanceof UpstreamError)) throw error;
      this.#note(service, error);
      return null;
    }
  }

  /** What ReccoBeats knows of a track, its failures noted as by `try`. */
  async measured(key: TrackKey): Promise<Measured | null> {
    const measured = await this.try('ReccoBeats', (up, deadline) => up.measured(key, deadline));
    if (measured?.fault) this.#note('ReccoBeats', measured.fault);
    return measured;
  }

  /** One question may meet the same failure several times: it is logged once. */
  #note(service: string, error: UpstreamError): void {
    const known = this.#logged.has(`${service} ${error.id}`);
    this.#logged.add(`${service} ${error.id}`);
    this.#failed.set(service, FAILURES[error.id] ?? 'unreachable');
    if (!known) this.#logger?.warn({ err: error, service }, 'look-up failed');
  }

  /** The apology when nobody knew: why that may be, or else `otherwise`. */
  nobodyKnew(otherwise: Unresolved): Unresolved {
    if (!this.upstreams) return sorry(message('lookup.sorry.offline'));
    // What may pass is said first: then another try is worth it.
    for (const failure of ['unreachable', 'unreadable', 'refused'] as const) {
      const services = [...this.#failed].filter(([, how]) => how === failure).map(([service]) => service);
      if (services.length > 0)
        return sorry(message(`lookup.sorry.${failure}`, { services }), otherwise.candidates);
    }
    return otherwise;
  }
}
