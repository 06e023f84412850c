/** What a running program counts, for Prometheus at `/metrics`. Labels come from the program, never from outside. */
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { StateHealth, StateSize } from '../state/store.ts';

/** What the gauges show, asked for whenever somebody looks. */
export interface Gauges {
  readonly catalogue: () => { readonly movies: number; readonly songs: number; readonly builtAt: string };
  readonly state: () => { readonly health: StateHealth; readonly size: StateSize };
  /** Whether each surface answers. */
  readonly surfaces: () => Readonly<Record<string, boolean>>;
  /** What each bot counted, by reason: `link.cooldown`, `message.duplicate` … */
  readonly events: () => Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** Requests to other services since the start, by `host outcome`. */
  readonly upstreams: () => Readonly<Record<string, number>>;
}

const BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

export class Metrics {
  readonly #registry = new Registry();
  readonly #answers: Counter<'surface' | 'outcome'>;
  readonly #seconds: Histogram<'surface'>;
  readonly #requests: Counter<'route' | 'status'>;
  readonly #requestSeconds: Histogram<'route'>;
  readonly #failures: Counter<'where'>;

  constructor(gauges: Gauges) {
    const registers = [this.#registry];
    collectDefaultMetrics({ register: this.#registry });
    const name = (text: string) => `music2movie_${text}`;
    this.#answers = new Counter({
      name: name('answers_total'),
      help: 'Answers given, by surface and outcome',
      labelNames: ['surface', 'outcome'],
      registers,
    });
    this.#seconds = new Histogram({
      name: name('answer_seconds'),
      help: 'Time from question to answer, look-ups included',
      labelNames: ['surface'],
      buckets: BUCKETS,
      registers,
    });
    this.#requests = new Counter({
      name: name('http_requests_total'),
      help: 'Requests to the page, by route and status',
      labelNames: ['route', 'status'],
      registers,
    });
    this.#requestSeconds = new Histogram({
      name: name('http_request_seconds'),
      help: 'Time from the first to the last byte of a request to the page',
      labelNames: ['route'],
      buckets: BUCKETS,
      registers,
    });
    this.#failures = new Counter({
      name: name('failures_total'),
      help: 'Failures that were logged, by where they happened',
      labelNames: ['where'],
      registers,
    });
    new Counter({
      name: name('upstream_requests_total'),
      help: 'Requests to other services, by host and outcome: the class of the status, or what went wrong',
      labelNames: ['host', 'outcome'],
      registers,
      collect() {
        this.reset();
        for (const [key, count] of Object.entries(gauges.upstreams())) {
          const [host = '', outcome = ''] = key.split(' ');
          this.inc({ host, outcome }, count);
        }
      },
    });
    this.#gauges(gauges, registers, name);
  }

  #gauges(
    { catalogue, state, surfaces, events }: Gauges,
    registers: Registry[],
    name: (text: string) => string,
  ) {
    const gauge = (text: string, help: string, labelNames: string[], collect: (gauge: Gauge) => void) =>
      new Gauge({
        name: name(text),
        help,
        labelNames,
        registers,
        collect() {
          this.reset();
          collect(this as unknown as Gauge);
        },
      });
    gauge('catalogue_films', 'Films in the catalogue', [], (g) => g.set(catalogue().movies));
    gauge('catalogue_songs', 'Songs in the catalogue', [], (g) => g.set(catalogue().songs));
    gauge('catalogue_built_timestamp_seconds', 'When the catalogue was built', [], (g) =>
      g.set(Date.parse(catalogue().builtAt) / 1000 || 0),
    );
    gauge('state_bytes', 'Size of the state on disk', [], (g) => g.set(state().size.bytes));
    gauge(
      'state_entries',
      'Entries of the state by kind, as of the last sweep; votes among them',
      ['kind'],
      (g) => {
        for (const [kind, count] of Object.entries(state().size.entries)) g.set({ kind }, count);
      },
    );
    gauge('state_writable', '1 while what should be kept is kept on disk', [], (g) =>
      g.set(state().health === 'disk' ? 1 : 0),
    );
    gauge('surface_ready', '1 while the surface answers', ['surface'], (g) => {
      for (const [surface, ready] of Object.entries(surfaces())) g.set({ surface }, ready ? 1 : 0);
    });
    gauge(
      'bot_events',
      'What a bot counted since it started, silences with their reasons among them',
      ['surface', 'reason'],
      (g) => {
        for (const [surface, counts] of Object.entries(events())) {
          for (const [reason, count] of Object.entries(counts)) g.set({ surface, reason }, count);
        }
      },
    );
  }

  /** An observer of the answers of one surface. */
  answersOf(surface: string): (outcome: string, seconds: number) => void {
    return (outcome, seconds) => {
      this.#answers.inc({ surface, outcome });
      this.#seconds.observe({ surface }, seconds);
    };
  }

  /** One request to the page. */
  request(route: string, status: number, seconds: number): void {
    this.#requests.inc({ route, status: String(status) });
    this.#requestSeconds.observe({ route }, seconds);
  }

  /** A failure that was logged. @param where a surface, or `state`, `program` */
  failed(where: string): void {
    this.#failures.inc({ where });
  }

  /** Everything in Prometheus' text form. */
  async text(): Promise<{ type: string; body: string }> {
    return { type: this.#registry.contentType, body: await this.#registry.metrics() };
  }
}
