/** The routes on which people ask and press. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { askText } from '../../../commands/index.ts';
import { movieFor } from '../../../commands/movie-for.ts';
import { handleAction } from '../../conversation/actions.ts';
import type { Answer, FilmDetailAnswer, RecommendationsAnswer } from '../../conversation/answer.ts';
import { songName } from '../../conversation/cards.ts';
import type { AnswerContext } from '../../conversation/context.ts';
import { sorry } from '../../conversation/notices.ts';
import { changesState, encodeToken, payloadOf } from '../../conversation/tokens.ts';
import { type Words, wordsFor } from '../../i18n/index.ts';
import { pictureName, pictureOf } from '../common/picture.ts';
import { localeOf, makeVisits, type WebConfig } from './context.ts';
import { type Html, html } from './escape.ts';
import { COST } from './gate.ts';
import { isOwnPage } from './origin.ts';
import { detailHtml } from './render/detail.ts';
import { answerHtml, type PageView, turnHtml } from './render/index.ts';
import { controlHtml, freshKey, needsPost } from './render/kit.ts';
import { liveHtml } from './render/night.ts';
import type { Preview } from './render/page.ts';
import { sendPage, VARY } from './respond.ts';
import { type Values, valuesOf } from './values.ts';

/** Whether a press keeps something about the visitor, who then needs a name. */
const isKept = (token: string) => {
  const payload = payloadOf(token);
  return payload !== null && payload.action !== 'privacy' && changesState(payload);
};

/** The notice of a film night, or null for any other answer. */
const nightOf = (answer: Answer) =>
  answer.kind === 'notice' && answer.night ? { ...answer, night: answer.night } : null;

const isFragment = (request: FastifyRequest) => request.headers['hx-request'] === 'true';

/** Asks what the form or the address says: the suggestion that was picked, else what was typed. */
function ask({ song = '', pick = '', ...fields }: Values, context: AnswerContext): Promise<Answer> {
  const picked = /^spotify:track:[A-Za-z0-9]{22}$/.test(pick);
  return askText(picked ? pick : song, context, { fields });
}

/** What to show as asked: the song's name rather than its address. */
function askedText(values: Values, context: AnswerContext): string {
  const song = values.song ?? '';
  const id = /^spotify:track:([A-Za-z0-9]{22})$/.exec(song)?.[1];
  const known = id ? context.engine().song(id) : null;
  return known ? songName(known) : song;
}

/** The address that shows the same answer again. */
function addressOf(answer: Answer, values: Values): string {
  if ('token' in answer) return `/a/${answer.token}`;
  const { pick, song = '', ...fields } = values;
  const given = Object.entries({ song: pick || song, ...fields }).filter(([, value]) => value !== '');
  return `/?${new URLSearchParams(Object.fromEntries([['song', ''], ...given]))}`;
}

function titleOfAnswer(answer: Answer): string {
  if (answer.kind === 'recommendations') return answer.heading;
  return answer.kind === 'question' ? answer.text : answer.title;
}

/** What a feed shows of an answer's address. @param root how the page is reached, without a trailing slash */
function previewOf(
  answer: RecommendationsAnswer | FilmDetailAnswer,
  title: string,
  root: string,
  words: Words,
): Preview {
  const url = `${root}/a/${answer.token}`;
  if (answer.kind === 'filmDetail') {
    return { title, description: answer.reasons[0] ?? answer.overview, url };
  }
  const films = answer.films.map((film) => (film.year ? `${film.title} (${film.year})` : film.title));
  const picture = films.length > 0 && { image: `${root}/picture/${answer.token}.png` };
  return { title, description: films.length > 0 ? words.list(films) : answer.heading, url, ...picture };
}

function sendFragment(reply: FastifyReply, markup: { text: string }, address: string | null) {
  if (address !== null) void reply.header('content-location', address);
  return reply
    .type('text/html; charset=utf-8')
    .header('cache-control', 'private, no-cache')
    .header('vary', VARY)
    .send(markup.text);
}

/** Longest form that brings a file: a list of some 15,000 films. */
const FILE_BYTES = 1_500_000;

/** Tokens that take a file; no other press brings more than a form. */
const IMPORTS = `^${(['import-seen', 'import-saved'] as const)
  .map((step) => encodeToken({ action: 'list', step, page: 0 }).replaceAll('.', '\\.'))
  .join('$|^')}$`;

const LOOPBACK = /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/;

export function registerConversation(app: FastifyInstance, shared: AnswerContext, config: WebConfig): void {
  const { publicUrl = null } = config;
  const visits = makeVisits(shared, config);
  const question = { config: { urgency: 0 as const } };
  const filled = { ...question, bodyLimit: FILE_BYTES };
  const viewOf = (request: FastifyRequest): PageView => ({
    publicUrl,
    local: LOOPBACK.test(request.hostname),
    root: `${request.protocol}://${request.host}`,
  });
  const pageOf = (answer: Answer, turns: Html, request: FastifyRequest, words: Words) => {
    const title = titleOfAnswer(answer);
    if (answer.kind !== 'recommendations' && answer.kind !== 'filmDetail') return { turns, title };
    const root = publicUrl ?? viewOf(request).root;
    return { turns, title, preview: previewOf(answer, title, root, words) };
  };
  const answerQuestion = async (request: FastifyRequest, reply: FastifyReply) => {
    const context = { ...visits.contextOf(request, reply), readOnly: true };
    const words = wordsFor(context.locale);
    const values = valuesOf(request.query);
    const answer = await ask(values, context);
    const turn = turnHtml(askedText(values, context), answer, words, viewOf(request));
    if (isFragment(request)) return sendFragment(reply, turn, addressOf(answer, values));
    return sendPage(reply, context, words, pageOf(answer, turn, request, words));
  };

  app.get('/', question, (request, reply) => {
    if (valuesOf(request.query).song !== undefined) return answerQuestion(request, reply);
    return sendPage(reply, shared, wordsFor(localeOf(request)));
  });
  app.get('/movie-for', question, answerQuestion);

  app.get('/suggest', { config: { cost: COST.suggestion, urgency: 1 } }, async (request, reply) => {
    const typed = valuesOf(request.query).song ?? '';
    const found = await movieFor.options.song.autocomplete(typed, shared);
    const key = freshKey();
    const items = found.map(
      ({ label, value, detail }, at) =>
        html`<li role="option" id="s${key}-${at}" aria-selected="false" data-value="${value}" data-label="${label}"><span>${detail ? label.slice(0, -` – ${detail}`.length) : label}</span>${detail && html`<span class="by">${detail}</span>`}</li>`,
    );
    return sendFragment(reply, html`${items}`, null);
  });

  const press = async (request: FastifyRequest<{ Params: { token: string } }>, reply: FastifyReply) => {
    const { token } = request.params;
    const changes = needsPost(token);
    const refused = changes && (request.method !== 'POST' || !isOwnPage(request));
    if (refused) void reply.code(405);
    const visit = changes && !refused && isKept(token) ? await visits.voterOf(request, reply) : undefined;
    if (visit === null) void reply.code(429);
    const context = visit?.context ?? visits.contextOf(request, reply);
    const words = wordsFor(context.locale);
    if (refused) return { answer: sorry(context, 'sorry.token'), words, context, changes };
    if (visit === null) {
      return { answer: sorry(context, 'sorry.tooMany', { seconds: 3600 }), words, context, changes };
    }
    const values = { ...valuesOf(request.query), ...valuesOf(request.body) };
    const answer = await handleAction(token, context, values);
    // Of a film night, whoever is asked which song they mean is known by their answer.
    if (answer.kind !== 'notice' || answer.tone === 'info') visit?.keep();
    return { answer, words, context, changes };
  };

  const pressFragment = async (
    request: FastifyRequest<{ Params: { token: string } }>,
    reply: FastifyReply,
  ) => {
    const { answer, words, changes } = await press(request, reply);
    if (answer.kind === 'filmDetail')
      return sendFragment(reply, detailHtml(answer, words, freshKey(), true), `/a/${answer.token}`);
    if (changes && answer.kind === 'notice' && answer.tone === 'info' && !answer.token) {
      const undo = answer.controls.map((control) =>
        controlHtml(control, { target: 'closest .vote-result', className: 'chip', swap: 'innerHTML' }),
      );
      return sendFragment(reply, html`${answer.lines.join(' ')}${undo}`, null);
    }
    const token = 'token' in answer ? answer.token : request.params.token;
    const address = changes && !nightOf(answer) ? null : `/a/${token}`;
    return sendFragment(reply, answerHtml(answer, words, viewOf(request)), address);
  };

  // What a film night's page asks every few seconds: nothing comes back as long as nothing has changed.
  const live = { config: { cost: COST.file, urgency: 1 as const } };
  app.get<{ Params: { token: string } }>('/night/:token', live, async (request, reply) => {
    const payload = payloadOf(request.params.token);
    if (payload?.action !== 'night' || payload.step !== 'show') return reply.callNotFound();
    const context = visits.contextOf(request, reply);
    const words = wordsFor(context.locale);
    const answer = await handleAction(request.params.token, context);
    const { seen = '', form = '' } = valuesOf(request.query);
    const board = nightOf(answer);
    if (board && String(board.night.revision) === seen) return reply.code(204).send();
    if (board && String(board.night.form !== null) === form) {
      return sendFragment(reply, liveHtml(board, board.night, words), null);
    }
    // Another part of the evening: the whole answer changes.
    void reply.header('hx-retarget', 'closest .answer').header('hx-reswap', 'outerHTML');
    return sendFragment(reply, answerHtml(answer, words, viewOf(request)), null);
  });

  const pressPage = async (request: FastifyRequest<{ Params: { token: string } }>, reply: FastifyReply) => {
    const { answer, words, context } = await press(request, reply);
    const turn = turnHtml('', answer, words, viewOf(request));
    return sendPage(reply, context, words, pageOf(answer, turn, request, words));
  };

  app.get<{ Params: { file: string } }>('/picture/:file', question, async (request, reply) => {
    const token = /^(.+)\.png$/.exec(request.params.file)?.[1];
    if (payloadOf(token)?.action !== 'show') return reply.callNotFound();
    // The address stands for the same picture whoever opens it.
    const context = { ...visits.contextOf(request, reply), user: null };
    const answer = await handleAction(token, context);
    if (answer.kind !== 'recommendations' || answer.films.length === 0) return reply.callNotFound();
    return reply
      .type('image/png')
      .header('cache-control', 'public, max-age=86400')
      .header('vary', 'accept-language')
      .header('content-disposition', `inline; filename="${pictureName(answer)}"`)
      .send(await pictureOf(answer, context.locale));
  });

  app.get('/act/:token', question, pressFragment);
  app.post('/act/:token', question, pressFragment);
  app.post(`/act/:token(${IMPORTS})`, filled, pressFragment);
  app.get('/a/:token', question, pressPage);
  app.post('/a/:token', question, pressPage);
  app.post(`/a/:token(${IMPORTS})`, filled, pressPage);
}
