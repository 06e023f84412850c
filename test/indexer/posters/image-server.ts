/** A loopback image host that can misbehave in every way a real one does. */
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the server does with one poster; a list is worked off request by request, its last item staying. */
export type Behaviour =
  | { readonly kind: 'image'; readonly bytes: Uint8Array; readonly type?: string; readonly delayMs?: number }
  | { readonly kind: 'status'; readonly status: number; readonly headers?: Record<string, string> }
  | { readonly kind: 'html' }
  /** Announces more bytes than it sends, then hangs up. */
  | { readonly kind: 'cut'; readonly bytes: Uint8Array; readonly announce: number }
  /** Never stops sending, without announcing a length. */
  | { readonly kind: 'endless' }
  /** Accepts the request and says nothing. */
  | { readonly kind: 'silent' }
  | { readonly kind: 'hang-up' };

export interface ImageServer {
  readonly url: string;
  /** Requests by poster path, in order of arrival. */
  readonly requests: { readonly poster: string; readonly at: number; readonly url: string }[];
  /** Most requests that were open at one time. */
  readonly mostAtOnce: number;
  close(): Promise<void>;
}

export async function startImageServer(
  behaviours: ReadonlyMap<string, Behaviour | readonly Behaviour[]>,
): Promise<ImageServer> {
  const state = { requests: [] as ImageServer['requests'][number][], open: 0, mostAtOnce: 0 };
  const seen = new Map<string, number>();
  const server = createServer((request, response) => {
    const poster = request.url!.replace(/^\/t\/p\/[^/]+/, '');
    state.requests.push({ poster, at: Date.now(), url: request.url! });
    state.mostAtOnce = Math.max(state.mostAtOnce, ++state.open);
    response.once('close', () => state.open--);
    const turn = seen.get(poster) ?? 0;
    seen.set(poster, turn + 1);
    const planned = behaviours.get(poster) ?? { kind: 'status', status: 404 };
    const list: readonly Behaviour[] = Array.isArray(planned) ? planned : [planned];
    answer(response, list[Math.min(turn, list.length - 1)]!);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests: state.requests,
    get mostAtOnce() {
      return state.mostAtOnce;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function answer(response: ServerResponse, behaviour: Behaviour): void {
  switch (behaviour.kind) {
    case 'image': {
      const { bytes, type = 'image/jpeg', delayMs = 0 } = behaviour;
      setTimeout(
        () => response.writeHead(200, { 'content-type': type, 'content-length': bytes.length }).end(bytes),
        delayMs,
      );
      return;
    }
    case 'status':
      response.writeHead(behaviour.status, behaviour.headers).end();
      return;
    case 'html':
      response
        .writeHead(200, { 'content-type': 'image/jpeg' })
        .end('<!DOCTYPE html><title>Please log in</title>');
      return;
    case 'cut':
      response.writeHead(200, { 'content-type': 'image/jpeg', 'content-length': behaviour.announce });
      response.write(behaviour.bytes, () => response.destroy());
      return;
    case 'endless': {
      response.writeHead(200, { 'content-type': 'image/jpeg' });
      const more = () =>
        response.writable && response.write(Buffer.alloc(16_384, 0xff), () => setImmediate(more));
      more();
      return;
    }
    case 'silent':
      return;
    case 'hang-up':
      response.destroy();
  }
}
