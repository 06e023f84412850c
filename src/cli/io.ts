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

/**
 * The process's own streams, whose readers may go away at any time, as `head` does.
 *
 * @param serves whether the program goes on without a reader, as a server does; else it ends when nobody reads its
 *   output: quietly, or with status 1 where the output could not be written for another reason
 */
export function processIo(serves: boolean): CliIo {
  // For good: an error that nobody hears is an uncaught exception, and logging that would be the next one.
  process.stderr.on('error', () => {});
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (serves) return;
    if (error.code === 'EPIPE') process.exit(0);
    process.stderr.write(`The output could not be written (${error.code ?? error.message}).\n`);
    process.exit(1);
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
