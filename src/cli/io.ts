/** Where the command line writes, so that tests can listen. */
export interface CliIo {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Standard input, read by `--from -` and `chat`. */
  readonly stdin: NodeJS.ReadableStream;
  /** Colours and progress bars only where a person watches. */
  readonly isTerminal: boolean;
  readonly columns: number;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** The process's own streams. */
export function processIo(): CliIo {
  // The reader of a pipe may close it early, as `head` does: that is no error.
  process.stdout.once('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit(0);
  });
  return {
    out: (text) => {
      process.stdout.write(text);
    },
    err: (text) => {
      process.stderr.write(text);
    },
    stdin: process.stdin,
    isTerminal: process.stdout.isTTY === true,
    columns: process.stdout.columns ?? 100,
    env: process.env,
  };
}
