/** Sends the whole page, with what stands on it before anyone has asked. */
import type { FastifyReply } from 'fastify';
import { titleOf } from '../../conversation/cards.ts';
import type { AnswerContext } from '../../conversation/context.ts';
import type { MatchEngine } from '../../engine/types.ts';
import type { Words } from '../../i18n/index.ts';
import { assetVersion } from './assets.ts';
import type { Part } from './escape.ts';
import { type Example, pageHtml } from './render/page.ts';

/** Songs to start with, the first three that the catalogue holds: each of another mood. */
const EXAMPLES = [
  'Clair de Lune Claude Debussy',
  'Blue Monday New Order',
  'Enter Sandman Metallica',
  'Hold On Chord Overstreet',
  'Get Lucky Daft Punk',
  'Bohemian Rhapsody Queen',
  'Billie Jean Michael Jackson',
  'Creep Radiohead',
];
const EXAMPLE_COUNT = 3;

interface Front {
  readonly examples: readonly Example[];
  readonly cover: readonly number[];
}

/** Worked out once for every catalogue. */
const fronts = new WeakMap<MatchEngine, Front>();

function frontOf(engine: MatchEngine): Front {
  const ready = fronts.get(engine);
  if (ready) return ready;
  const songs = EXAMPLES.flatMap((text) => {
    const [found] = engine.findSongs(text, 1);
    return found && found.quality > 0.5 ? [found.song] : [];
  }).slice(0, EXAMPLE_COUNT);
  const examples = songs.map((song) => ({
    label: titleOf(song.title),
    detail: titleOf(song.artists.slice(0, 2).join(', ')),
    value: `spotify:track:${song.id}`,
  }));
  const films = songs.flatMap((song) =>
    engine.moviesFor(song.id, { limit: 2 }).matches.map(({ film }) => film.id),
  );
  const front = { examples, cover: [...new Set(films)].slice(0, 5) };
  fronts.set(engine, front);
  return front;
}

/** @param turns markup of the conversation so far; without any it is the first page */
export function sendPage(
  reply: FastifyReply,
  context: AnswerContext,
  words: Words,
  turns?: Part,
  title?: string,
): FastifyReply {
  const page = pageHtml({
    words,
    version: assetVersion(),
    ...frontOf(context.engine()),
    ...(turns ? { turns } : {}),
    ...(title ? { title } : {}),
  });
  return reply.type('text/html; charset=utf-8').header('cache-control', 'no-store').send(page);
}
