/** What is sent where no answer is: a sentence, never a stack trace or the framework's own words. */
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { AnswerContext } from '../../conversation/context.ts';
import { sorry } from '../../conversation/notices.ts';
import { wordsFor } from '../../i18n/index.ts';
import { localeOf } from './context.ts';
import { html } from './escape.ts';
import type { Refusal } from './gate.ts';
import { answerHtml } from './render/index.ts';
import { sendPage } from './respond.ts';

const isFragment = (request: FastifyRequest) => request.headers['hx-request'] === 'true';

/** A sentence, as a fragment for htmx and as a page for everyone else. */
export function sendFailure(
  request: FastifyRequest,
  reply: FastifyReply,
  status: number,
  shared: AnswerContext,
): FastifyReply {
  const context = { ...shared, locale: localeOf(request) };
  const words = wordsFor(context.locale);
  const key = status === 404 ? 'sorry.notFound' : status < 500 ? 'sorry.token' : 'sorry.broken';
  const answer = sorry(context, key);
  void reply.code(status);
  if (isFragment(request)) return reply.type('text/html; charset=utf-8').send(answerHtml(answer, words).text);
  return sendPage(reply, context, words, { turns: answerHtml(answer, words) });
}

const NOT_OURS = {
  421: 'This server is not known under that name. If it is yours, set MUSIC2MOVIE_PUBLIC_URL to the address at which people reach it, or MUSIC2MOVIE_HOSTS to its names.',
  403: 'Other sites may link to this page, but not load anything from it.',
} as const;

/** Turns a request away with as little work as possible. */
export function sendRefusal(request: FastifyRequest, reply: FastifyReply, why: Refusal): FastifyReply {
  void reply.code(why.status).header('cache-control', 'no-store');
  if (!('seconds' in why)) return reply.type('text/plain; charset=utf-8').send(`${NOT_OURS[why.status]}\n`);
  const { t } = wordsFor(localeOf(request));
  const { seconds } = why;
  const sentence = t(why.status === 429 ? 'sorry.tooMany' : 'sorry.busy', { seconds });
  const notice = html`<section class="answer notice"><h2>${t('sorry.title')}</h2><p>${sentence}</p></section>`;
  void reply.header('retry-after', seconds).type('text/html; charset=utf-8');
  if (isFragment(request)) return reply.send(notice.text);
  return reply.send(html`<!doctype html><title>Music2Movie</title>${notice}`.text.trim());
}

const PARSE_STATUS: Readonly<Record<string, number>> = {
  ERR_HTTP_REQUEST_TIMEOUT: 408,
  HPE_HEADER_OVERFLOW: 431,
};

/** Answers what is no HTTP request, or came too slowly; vanished clients are no errors. */
export function answerBrokenRequest(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const status = PARSE_STATUS[error.code ?? ''] ?? 400;
  const body = `${STATUS_CODES[status]}\n`;
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
  );
}
