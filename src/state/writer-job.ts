/** What the main thread and the thread that writes the state say to each other. */
import type { StateChange } from './store.ts';

export interface WriterSetup {
  readonly file: string;
  /** Whether commits wait for the disk. */
  readonly durable: boolean;
}

export type WriterJob =
  | { readonly do: 'changes'; readonly changes: readonly StateChange[] }
  | {
      readonly do: 'sweep';
      readonly now: number;
      /** Entries expired for less than this stay, in milliseconds. */
      readonly grace: number;
      /** Most entries by kind; none for kinds that must not give way. */
      readonly most: Readonly<Record<string, number>>;
    }
  | { readonly do: 'close' };

export interface WriterReply {
  /** Of changes: whether each was made. */
  readonly made?: readonly boolean[];
  /** Of a sweep. */
  readonly swept?: {
    readonly removed: number;
    readonly entries: Record<string, number>;
    readonly bytes: number;
  };
  /** Why the whole job failed: nothing of it was done. */
  readonly error?: string;
}
