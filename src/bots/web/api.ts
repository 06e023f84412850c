/** `/api/v1`: the page's answers as JSON. */
import type { FastifyInstance, FastifyReply } from 'fastify';
import {
  ApiProblem,
  explainMatch,
  filmsForSong,
  findFilm,
  findSong,
  songsForFilm,
} from '../../conversation/api.ts';
import type { AnswerContext } from '../../conversation/context.ts';
import type { RawValues } from '../../conversation/filters/index.ts';
import { localeOf } from './context.ts';
import { valuesOf } from './values.ts';

type Method = (raw: RawValues, context: AnswerContext) => Promise<object>;

/** Every address below `/api/v1/`. */
const METHODS: Readonly<Record<string, Method>> = {
  films: filmsForSong,
  songs: songsForFilm,
  match: explainMatch,
  'find/songs': findSong,
  'find/films': findFilm,
};

const ATTRIBUTION =
  'This product uses TMDB and the TMDB APIs but is not endorsed, certified, or otherwise approved by TMDB. Song facts: Spotify Tracks Dataset (ODbL).';

/** Answers of a version never change their meaning; fields may be added. */
export function registerApi(app: FastifyInstance, shared: AnswerContext): void {
  for (const [path, method] of Object.entries(METHODS)) {
    app.get(`/api/v1/${path}`, { config: { urgency: 0 } }, async (request, reply) => {
      const values = valuesOf(request.query);
      const context = { ...shared, locale: values.lang ?? localeOf(request) };
      try {
        return send(reply, 200, { ...(await method(values, context)), attribution: ATTRIBUTION });
      } catch (error) {
        if (!(error instanceof ApiProblem)) throw error;
        const { status, code, message, candidates } = error;
        return send(reply, status, { error: { code, message, candidates } });
      }
    });
  }
}

function send(reply: FastifyReply, status: number, body: object): FastifyReply {
  return reply
    .code(status)
    .header('cache-control', 'private, no-cache')
    .header('vary', 'accept-language')
    .type('application/json; charset=utf-8')
    .send(JSON.stringify(body));
}
