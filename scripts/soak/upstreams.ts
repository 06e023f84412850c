/** ReccoBeats and Spotify's pages as they are on bad days. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export const MOODS = ['well', 'slow', 'lying', 'flapping', 'hanging'] as const;
export type Mood = (typeof MOODS)[number];

export class Upstreams {
  mood: Mood = 'well';
  asked = 0;
  readonly #server: Server;

  constructor() {
    this.#server = createServer((_, response) => {
      this.asked += 1;
      const lies = [
        '<html>',
        '{"content":"no list"}',
        '[]',
        '{"content":[{"id":5,"tempo":"fast"}]}',
        '\u0000'.repeat(5000),
      ];
      const empty = () =>
        response.writeHead(200, { 'content-type': 'application/json' }).end('{"content":[]}');
      if (this.mood === 'well') empty();
      else if (this.mood === 'slow') setTimeout(empty, 800 + Math.random() * 1500);
      else if (this.mood === 'lying') response.writeHead(200).end(lies[this.asked % lies.length]);
      else if (this.mood === 'flapping') {
        if (this.asked % 2 === 0) empty();
        else response.writeHead(503, { 'retry-after': '1' }).end();
      }
    });
  }

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  stop(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }
}
