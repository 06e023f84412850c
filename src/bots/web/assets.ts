/** Style, scripts and drawn posters, served from this machine. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { FastifyInstance } from 'fastify';
import { drawnPoster } from '../../art/drawn-poster.ts';
import type { AnswerContext } from '../../conversation/context.ts';

const require = createRequire(import.meta.url);
const here = (name: string) => new URL(`./assets/${name}`, import.meta.url);

/** Every file that the page asks for, by name: nothing else is served, whatever the path says. */
const FILES: Readonly<Record<string, { readonly type: string; readonly body: Buffer }>> = {
  'style.css': {
    type: 'text/css; charset=utf-8',
    body: Buffer.concat(
      ['frame', 'answer', 'detail', 'narrow'].map((name) => readFileSync(here(`${name}.css`))),
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

export async function registerAssets(app: FastifyInstance, context: AnswerContext): Promise<void> {
  app.get<{ Params: { version: string; name: string } }>('/assets/:version/:name', (request, reply) => {
    const { name } = request.params;
    const file = Object.hasOwn(FILES, name) ? FILES[name]! : undefined;
    if (!file) return reply.callNotFound();
    return reply
      .type(file.type)
      .header('cache-control', 'public, max-age=31536000, immutable')
      .send(file.body);
  });
  app.get<{ Params: { file: string } }>('/poster/:file', (request, reply) => {
    const id = /^([1-9]\d{0,8})\.svg$/.exec(request.params.file)?.[1];
    const film = id === undefined ? null : context.engine().film(Number(id));
    if (!film) return reply.callNotFound();
    return reply
      .type('image/svg+xml')
      .header('cache-control', 'public, max-age=86400')
      .send(drawnPoster(film));
  });
}
