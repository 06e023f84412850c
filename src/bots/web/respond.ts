/** Sends the whole page, with what stands on it before anyone has asked. */
import type { FastifyReply } from 'fastify';
import type { AnswerContext } from '../../conversation/context.ts';
import { exampleSongs } from '../../conversation/examples.ts';
import { songTitle, titleOf } from '../../conversation/titles.ts';
import type { MatchEngine } from '../../engine/types.ts';
import type { Words } from '../../i18n/index.ts';
import { assetPath } from './assets.ts';
import type { Part } from './escape.ts';
import { type Example, type Preview, pageHtml } from './render/page.ts';

/** Films whose posters stand on the first page. */
const COVERS = 5;

interface Front {
  readonly examples: readonly Example[];
  readonly cover: readonly number[];
}

/** Worked out once for every catalogue. */
const fronts = new WeakMap<MatchEngine, Front>();

function frontOf(engine: MatchEngine): Front {
  const ready = fronts.get(engine);
  if (ready) return ready;
  const songs = exampleSongs(engine);
  const examples = songs.map((song) => ({
    label: songTitle(song),
    detail: titleOf(song.artists.slice(0, 2).join(', ')),
    value: `spotify:track:${song.id}`,
  }));
  const films = songs.flatMap((song) =>
    engine.moviesFor(song.id, { limit: 2 }).matches.map(({ film }) => film.id),
  );
  const front = { examples, cover: [...new Set(films)].slice(0, COVERS) };
  fronts.set(engine, front);
  return front;
}

/** What stands on a page that is sent. */
export interface PageParts {
  /** Markup of the conversation so far; without any it is the first page. */
  readonly turns?: Part;
  readonly title?: string;
  readonly preview?: Preview;
}

/** Pages differ by language, and fragments of the same address by who asks. */
export const VARY = 'accept-language, hx-request';

export function sendPage(
  reply: FastifyReply,
  context: AnswerContext,
  words: Words,
  parts: PageParts = {},
): FastifyReply {
  const page = pageHtml({ words, assets: assetPath(), ...frontOf(context.engine()), ...parts });
  return reply
    .type('text/html; charset=utf-8')
    .header('cache-control', 'private, no-cache')
    .header('vary', VARY)
    .send(page);
}
