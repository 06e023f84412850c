/** Style, scripts and drawn posters, served from this machine. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { FastifyInstance } from 'fastify';
import { drawnPoster } from '../../art/drawn-poster.ts';
import type { AnswerContext } from '../../conversation/context.ts';
import type { MatchEngine } from '../../engine/types.ts';
import { isMotif } from '../../shared/poster-motifs.ts';
import { COST } from './gate.ts';

const require = createRequire(import.meta.url);
const here = (name: string) => new URL(`./assets/${name}`, import.meta.url);

/** Every file that the page asks for, by name: nothing else is served, whatever the path says. */
const FILES: Readonly<Record<string, { readonly type: string; readonly body: Buffer }>> = {
  'style.css': {
    type: 'text/css; charset=utf-8',
    body: Buffer.concat(
      ['frame', 'answer', 'detail', 'night', 'narrow'].map((name) => readFileSync(here(`${name}.css`))),
    ),
  },
  ...Object.fromEntries(
    ['app.js', 'combo.js', 'kit.js', 'places.js', 'trouble.js'].map((name) => [
      name,
      { type: 'text/javascript; charset=utf-8', body: readFileSync(here(name)) },
    ]),
  ),
  'icon.svg': { type: 'image/svg+xml', body: readFileSync(here('icon.svg')) },
  'htmx.min.js': {
    type: 'text/javascript; charset=utf-8',
    body: readFileSync(require.resolve('htmx.org/dist/htmx.min.js')),
  },
};

const version = createHash('sha256')
  .update(Buffer.concat(Object.values(FILES).map(({ body }) => body)))
  .digest('hex')
  .slice(0, 12);

/** Where the assets are: the address changes whenever one of them does, and with it those that they import. */
export const assetPath = () => `/assets/${version}`;

/** Drawings kept, of each catalogue: what the last few hundred answers show. */
const MAX_DRAWN = 1000;
const drawings = new WeakMap<MatchEngine, Map<string, string>>();

/** The drawn poster that a file names, `603.svg` or `603-maze.svg`; null where there is no such film or picture. */
function posterOf(file: string, engine: MatchEngine): string | null {
  const drawn = drawings.get(engine) ?? drawings.set(engine, new Map()).get(engine)!;
  const known = drawn.get(file);
  if (known !== undefined) return known;
  const [, id, motif] = /^([1-9]\d{0,8})(?:-([A-Za-z]{1,20}))?\.svg$/.exec(file) ?? [];
  const film = id === undefined ? null : engine.film(Number(id));
  if (!film || (motif !== undefined && !isMotif(motif))) return null;
  const feel = engine.filmProfile(film.id);
  const svg = drawnPoster({
    ...film,
    ...(feel && { terms: feel.terms, worlds: feel.worlds }),
    ...(motif && { motif }),
  });
  drawn.set(file, svg);
  if (drawn.size > MAX_DRAWN) drawn.delete(drawn.keys().next().value!);
  return svg;
}

export async function registerAssets(app: FastifyInstance, context: AnswerContext): Promise<void> {
  const file = { config: { cost: COST.file } };
  app.get<{ Params: { version: string; name: string } }>('/assets/:version/:name', file, (request, reply) => {
    const { name } = request.params;
    const found = Object.hasOwn(FILES, name) ? FILES[name]! : undefined;
    if (!found) return reply.callNotFound();
    return reply
      .type(found.type)
      .header('cache-control', 'public, max-age=31536000, immutable')
      .send(found.body);
  });
  app.get<{ Params: { file: string } }>(
    '/poster/:file',
    { config: { ...file.config, urgency: 1 } },
    (request, reply) => {
      const svg = posterOf(request.params.file, context.engine());
      if (svg === null) return reply.callNotFound();
      return reply.type('image/svg+xml').header('cache-control', 'public, max-age=86400').send(svg);
    },
  );
}
