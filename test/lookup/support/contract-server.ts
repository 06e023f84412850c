/** A stand-in that remembers whole requests, for trying one client at a time. */
import type { IncomingMessage } from 'node:http';
import { afterAll, beforeAll, beforeEach, expect } from 'vitest';
import { startDeadline } from '../../../src/shared/deadline.ts';
import { Http } from '../../../src/shared/http.ts';
import { type StandIn, startStandIn } from '../../support/stand-in.ts';

let server: StandIn;
/** Every request of the test so far. */
export const asked: { line: string; headers: IncomingMessage['headers']; body: string }[] = [];
export const http = new Http({ retries: 0 });
export const soon = () => startDeadline(5_000);
/** The stand-in of a test file, fresh for every test. */
export function useContractServer(): void {
  beforeAll(async () => {
    server = await startStandIn();
  });
  afterAll(() => server.close());
  beforeEach(() => {
    server.routes.clear();
    asked.length = 0;
  });
}

/** The service gives this body. */
export function serve(path: string, body: unknown): void {
  server.routes.set(path, (request, response) => {
    let text = '';
    request.on('data', (chunk) => {
      text += chunk;
    });
    request.on('end', () => {
      asked.push({ line: `${request.method} ${request.url}`, headers: request.headers, body: text });
      response
        .writeHead(200, { 'content-type': 'application/json; charset=utf-8' })
        .end(JSON.stringify(body));
    });
  });
}
export const lines = () => asked.map(({ line }) => line);

/** No key, no cookie, nothing of whoever asked. */
const plainHeaders = [
  'accept',
  'accept-encoding',
  'accept-language',
  'connection',
  'host',
  'sec-fetch-mode',
  'user-agent',
];
export const expectPlain = () => {
  for (const { headers } of asked) {
    expect(plainHeaders).toEqual(expect.arrayContaining(Object.keys(headers)));
    expect(headers['user-agent']).toMatch(/^Music2Movie\//);
  }
};
export const base = () => server.url;
