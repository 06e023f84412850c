/** What the pool and its worker processes say to each other (structured clone over the fork's channel). */
import type { Colours, DecodeFault, Oddity } from './decode.ts';
import type { NetworkOptions } from './network.ts';

/** One poster to look at. */
export interface PosterJob {
  /** The film's poster path: the key of what comes out. */
  readonly poster: string;
  /** The file that holds it. */
  readonly file: string;
}

/** Why a poster that should be there gave no features. */
export type PosterFault = DecodeFault | 'unreadable' | 'not-finite' | 'crashed';

export type PosterOutcome =
  | {
      readonly poster: string;
      readonly features: Float32Array;
      readonly colours: Colours;
      readonly oddities: readonly Oddity[];
    }
  | { readonly poster: string; readonly fault: PosterFault; readonly detail: string };

/** What a worker opens when it starts: passed as JSON in its arguments. */
export interface WorkerSetup extends NetworkOptions {
  readonly file: string;
}

export interface WorkOrder {
  readonly id: number;
  readonly jobs: readonly PosterJob[];
}

export type WorkerMessage =
  | { readonly kind: 'ready' }
  | { readonly kind: 'unusable'; readonly id: string; readonly sentence: string; readonly hint: string }
  | { readonly kind: 'done'; readonly id: number; readonly outcomes: readonly PosterOutcome[] };
