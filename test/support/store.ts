/** A store of catalogues on the loopback, as buckets are: GET with ranges, HEAD, PUT, a bearer token. */
import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Whoever sends the token is answered. */
export const bearer =
  (token: string) =>
  ({ headers }: IncomingMessage): boolean =>
    headers.authorization === `Bearer ${token}`;

export interface FakeStore {
  readonly url: string;
  readonly files: Map<string, Buffer>;
  /** Method, path and range of every request. */
  readonly asked: string[];
  /** Answers hang up after so many bytes while it is set. */
  cut: number | null;
  stop(): Promise<void>;
}

/** @param admits whether a request may be answered; its body is what came with it */
export async function startStore(
  admits: (request: IncomingMessage, body: Buffer) => boolean = () => true,
): Promise<FakeStore> {
  const files = new Map<string, Buffer>();
  const asked: string[] = [];
  const server = createServer(async (request, response) => {
    const name = decodeURIComponent(request.url!.slice('/bucket/'.length));
    asked.push(`${request.method} ${name}${request.headers.range ? ` ${request.headers.range}` : ''}`);
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const sent = Buffer.concat(chunks);
    if (!admits(request, sent)) return response.writeHead(403).end();
    if (request.method === 'PUT') {
      files.set(name, sent);
      return response.writeHead(200).end();
    }
    const file = files.get(name);
    if (!file) return response.writeHead(404).end();
    const etag = `"${createHash('md5').update(file).digest('hex')}"`;
    const from = /^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1];
    const start = from && request.headers['if-range'] === etag ? Number(from) : 0;
    const body = file.subarray(start);
    response.writeHead(start > 0 ? 206 : 200, { etag, 'content-length': body.length });
    if (request.method === 'HEAD') return response.end();
    if (store.cut === null || body.length <= store.cut) return response.end(body);
    response.write(body.subarray(0, store.cut), () => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const store: FakeStore = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/bucket`,
    files,
    asked,
    cut: null,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return store;
}
