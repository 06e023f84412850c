/** A small page on loopback on which people rate lists of films without knowing whose they are. */
import formbody from '@fastify/formbody';
import helmet from '@fastify/helmet';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import fastify from 'fastify';
import { UserError } from '../shared/errors.ts';
import { type Ballot, ballotFor, shuffled } from './ballots.ts';
import { ballotPage, donePage, fieldOf, namePage, STYLE, sorryPage } from './page.ts';
import { checkName, FITS, type Fits, NAME, type Rating, type RatingsFile } from './ratings.ts';

export interface JudgeOptions {
  readonly ballots: readonly Ballot[];
  readonly ratings: RatingsFile;
  /** Whose ratings these are; null asks on the page. */
  readonly rater: string | null;
  /** Decides every order, together with rater and song. */
  readonly seed: number;
}

/** Largest form, in bytes: a few dozen short fields. */
const BODY_LIMIT = 16_384;
const REQUEST_TIMEOUT_MS = 10_000;

type Fields = Readonly<Record<string, unknown>>;

const field = (fields: unknown, name: string): string | undefined => {
  const value = ((fields ?? {}) as Fields)[name];
  return typeof value === 'string' ? value : undefined;
};

/** Another site's form must not rate in somebody's name. */
function isOwnPage({ headers }: FastifyRequest): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin' || site === 'none';
  return headers.origin === undefined || headers.origin === `http://${headers.host}`;
}

function wrong(sentence: string): never {
  throw new UserError(sentence, { id: 'judge.form' });
}

/** A film's answer; null for "don't know". */
function answerOf(fields: unknown, name: string): Fits | null {
  const value = field(fields, name);
  if (value === '') return null;
  const fits = FITS.find((one) => String(one) === value);
  return fits ?? wrong('Please give an answer for every film; “don’t know” is one, too.');
}

/** The ballot's answers as ratings. */
function ratingsOf({ song, lists }: Ballot, rater: string, fields: unknown): Rating[] {
  const time = new Date().toISOString();
  const unknown = field(fields, 'unknown') !== undefined;
  return lists.flatMap(({ system, films }, list) =>
    films.map((film, place) => ({
      time,
      rater,
      song: song.id,
      film: film.id,
      system,
      fits: unknown ? null : answerOf(fields, fieldOf(list, place)),
    })),
  );
}

/** Builds the server; the caller listens. */
export async function createJudgeServer(options: JudgeOptions): Promise<FastifyInstance> {
  const { ballots, ratings, seed } = options;
  const app = fastify({
    logger: false,
    bodyLimit: BODY_LIMIT,
    requestTimeout: REQUEST_TIMEOUT_MS,
    forceCloseConnections: 'idle',
  });
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        'default-src': ["'none'"],
        'style-src': ["'self'"],
        'form-action': ["'self'"],
        'base-uri': ["'none'"],
        'frame-ancestors': ["'none'"],
      },
    },
    referrerPolicy: { policy: 'same-origin' },
    strictTransportSecurity: false,
  });
  await app.register(formbody, { bodyLimit: BODY_LIMIT });

  const send = (reply: FastifyReply, page: string) =>
    reply.type('text/html; charset=utf-8').header('cache-control', 'no-store').send(page);
  const address = (rater: string) => (options.rater === null ? `/?rater=${encodeURIComponent(rater)}` : '/');
  /** @throws UserError for a name that may not stand in a table */
  const raterOf = (fields: unknown): string | null => {
    const named = options.rater ?? field(fields, 'rater') ?? '';
    return named.trim() === '' ? null : checkName(named, 'rater');
  };

  app.get('/style.css', (_, reply) => reply.type('text/css; charset=utf-8').send(STYLE));
  app.get('/', (request, reply) => {
    const rater = raterOf(request.query);
    if (rater === null) return send(reply, namePage());
    const left = ballots.filter(({ song }) => !ratings.hasRated(rater, song.id));
    const progress = { done: ballots.length - left.length, all: ballots.length };
    // The whole order is drawn first, so that it stays the same as songs leave it.
    const next = shuffled(ballots, seed, rater).find((ballot) => left.includes(ballot));
    return send(reply, next ? ballotPage(ballotFor(next, rater, seed), rater, progress) : donePage(progress));
  });
  app.post('/rate', async (request, reply) => {
    if (!isOwnPage(request))
      return send(reply.code(403), sorryPage('This form came from another page.', '/'));
    const rater = raterOf(request.body) ?? wrong('Please say who you are.');
    const song = field(request.body, 'song');
    const ballot = ballots.find((one) => one.song.id === song) ?? wrong('This song is not asked about.');
    // Sent twice, by a second tap or the way back: the first answer stands.
    if (!ratings.hasRated(rater, ballot.song.id))
      await ratings.append(ratingsOf(ballotFor(ballot, rater, seed), rater, request.body));
    return reply.redirect(address(rater), 303);
  });
  app.setNotFoundHandler((_, reply) => send(reply.code(404), sorryPage('There is no such page.', '/')));
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const named = field(request.body, 'rater');
    const back = named !== undefined && NAME.test(named) ? address(named) : '/';
    if (error instanceof UserError)
      return send(reply.code(400), sorryPage([error.message, error.hint].filter(Boolean).join(' '), back));
    const status = error.statusCode ?? 500;
    const sentence =
      status < 500 ? 'That could not be understood.' : 'The rating could not be kept. Please try again.';
    return send(reply.code(status), sorryPage(sentence, back));
  });
  return app as unknown as FastifyInstance;
}
