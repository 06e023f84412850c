/** The engine with one method replaced. */
import type { MatchEngine } from '../../engine/types.ts';

function withMethods(engine: MatchEngine, methods: Partial<MatchEngine>): MatchEngine {
  return new Proxy(engine, {
    get(target, name) {
      if (Object.hasOwn(methods, name)) return methods[name as keyof MatchEngine];
      const value: unknown = Reflect.get(target, name, target);
      // Methods of a class with private fields only work on the object itself.
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

/** Lets films flagged as unfit through: for age-restricted channels whose managers asked for them. */
export function withUnfit(engine: MatchEngine): MatchEngine {
  return withMethods(engine, {
    moviesFor: (seed, options) =>
      engine.moviesFor(seed, { ...options, filters: { ...options?.filters, unfit: true } }),
  });
}

/** Finds up to `count` songs whatever fewer are asked for: for lists that have room for more. */
export function withMoreSongs(engine: MatchEngine, count: number): MatchEngine {
  return withMethods(engine, {
    findSongs: (text, limit) => engine.findSongs(text, Math.max(count, limit ?? 0)),
  });
}
