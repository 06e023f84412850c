/** A loopback server that stands in for every service at once and remembers what it was asked. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Handler = (request: IncomingMessage, response: ServerResponse) => void;

export interface StandIn {
  readonly url: string;
  /** Method and path of every request, in order. */
  readonly asked: string[];
  /** Handler by path (without query); others get 404. */
  readonly routes: Map<string, Handler>;
  close(): Promise<void>;
}

export async function startStandIn(): Promise<StandIn> {
  const asked: string[] = [];
  const routes = new Map<string, Handler>();
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    const handler = routes.get(new URL(request.url!, 'http://loopback').pathname);
    if (handler) handler(request, response);
    else response.writeHead(404).end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    routes,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

/** Answers with JSON. */
export const json =
  (body: unknown, status = 200): Handler =>
  (_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  };

/** Answers with a status and headers alone. */
export const status =
  (code: number, headers: Record<string, string> = {}): Handler =>
  (_request, response) => {
    response.writeHead(code, headers).end();
  };

/** Never answers. */
export const silence: Handler = () => {};

/** Promises more than it sends, then hangs up. */
export const truncated: Handler = (_request, response) => {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
  response.write('{"content":[');
  setTimeout(() => response.destroy(), 10);
};

/** Answers one after the other; the last one stays. */
export function inTurn(...handlers: Handler[]): Handler {
  let at = 0;
  return (request, response) => {
    const handler = handlers[Math.min(at, handlers.length - 1)]!;
    at += 1;
    handler(request, response);
  };
}
