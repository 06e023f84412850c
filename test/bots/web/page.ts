/** The page over the small engine, for tests: a real server on loopback and a resolver over its songs. */
import type { FastifyInstance } from 'fastify';
import { createWebServer, type WebServerOptions } from '../../../src/bots/web/start.ts';
import type { AnswerContext, SharedContext } from '../../../src/conversation/context.ts';
import type { MatchEngine } from '../../../src/engine/types.ts';
import type { Resolution } from '../../../src/lookup/resolve/resolution.ts';
import type { Resolver } from '../../../src/lookup/resolve/resolver.ts';
import { openMemoryState } from '../../../src/state/memory.ts';
import { fakeEngine } from '../../support/fake-engine.ts';

/** Understands what the engine itself can find, and links to its tracks. */
export function plainResolver(engine: MatchEngine): Resolver {
  const note = { key: 'lookup.source.catalogue', params: {} } as const;
  return {
    resolve: async (text): Promise<Resolution> => {
      const id = /[A-Za-z0-9]{22}/.exec(text)?.[0];
      const linked = id ? engine.song(id) : null;
      if (linked) return { kind: 'song', song: linked, source: { kind: 'catalogue', note }, candidates: [] };
      const candidates = engine.findSongs(text, 5);
      const [first] = candidates;
      if (text === 'which') {
        const all = engine.findSongs('hold on', 5);
        return {
          kind: 'question',
          why: { key: 'lookup.question.text', params: {} },
          candidates: all,
          albums: [],
        };
      }
      if (!first) {
        return { kind: 'sorry', reason: { key: 'lookup.sorry.notFound', params: { text } }, candidates: [] };
      }
      return { kind: 'song', song: first.song, source: { kind: 'catalogue', note }, candidates };
    },
  };
}

export function sharedContext(engine: MatchEngine = fakeEngine()): SharedContext {
  return { engine: () => engine, resolver: plainResolver(engine), state: openMemoryState(), imageHost: null };
}

export function contextOf(
  engine: MatchEngine = fakeEngine(),
  more: Partial<AnswerContext> = {},
): AnswerContext {
  return {
    ...sharedContext(engine),
    locale: 'en',
    audience: { private: false, ageRestricted: false },
    user: 'test:1',
    ...more,
  };
}

export interface PageOptions extends Partial<Omit<WebServerOptions, 'context' | 'config'>> {
  readonly perMinute?: number;
  readonly imageHost?: string;
  readonly publicUrl?: string;
  readonly config?: Partial<WebServerOptions['config']>;
  readonly context?: Partial<SharedContext>;
}

export async function startPage(
  engine: MatchEngine = fakeEngine(),
  { perMinute = 10_000, imageHost, publicUrl, config, context: more, ...options }: PageOptions = {},
): Promise<{ app: FastifyInstance; url: string; context: SharedContext }> {
  const context = { ...sharedContext(engine), imageHost: imageHost ?? null, ...more };
  const app = await createWebServer({
    ...options,
    context,
    config: { rateLimitPerMinute: perMinute, publicUrl: publicUrl ?? null, ...config },
  });
  return { app, url: await app.listen({ port: 0, host: '127.0.0.1' }), context };
}
