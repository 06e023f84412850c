/**
 * `npm run check:slack-blocks`: sends every kind of message and view to Slack's own `blocks.validate`. Needs
 * SLACK_BOT_TOKEN (any scope will do) and the catalogue; posts nothing.
 */
import { pathToFileURL } from 'node:url';
import type { KnownBlock, View } from '@slack/types';
import { WebAPIPlatformError, WebClient } from '@slack/web-api';
import { pino } from 'pino';
import { askText } from '../commands/index.ts';
import { movieFor } from '../commands/movie-for.ts';
import { helpNotice } from '../commands/movie-help.ts';
import { openRuntime } from '../src/bots/common/runtime.ts';
import { askModal } from '../src/bots/slack/render/ask.ts';
import { detailModal } from '../src/bots/slack/render/detail.ts';
import { filmsModal } from '../src/bots/slack/render/films-modal.ts';
import { formModal } from '../src/bots/slack/render/form.ts';
import { homeView } from '../src/bots/slack/render/home.ts';
import { drawMessage, drawOffer, drawSentence } from '../src/bots/slack/render/index.ts';
import { unfurlBlocks } from '../src/bots/slack/render/unfurl.ts';
import { LAYOUTS } from '../src/bots/slack/render/view.ts';
import { call, clientOptions } from '../src/bots/slack/retry.ts';
import { type Config, loadConfig, loadEnvFile } from '../src/config.ts';
import { handleAction } from '../src/conversation/actions.ts';
import type { Answer } from '../src/conversation/answer.ts';
import type { AnswerContext } from '../src/conversation/context.ts';
import { sorry } from '../src/conversation/notices.ts';
import { ensureStarterCatalogue } from '../src/indexer/starter.ts';

/** Something that the bot sends: a message's blocks, or a view. */
export type Sample = { readonly name: string } & (
  | { readonly blocks: readonly KnownBlock[] }
  | { readonly view: View }
);

const LOCALE = 'en';
/** A title that tries everything. */
const HOSTILE = 'a <!channel> & *b* `c` :tada: <https://example.org|d> '.repeat(20);

function messagesOf(name: string, answer: Answer): Sample[] {
  return LAYOUTS.flatMap((layout) =>
    (['alone', 'all'] as const).map((seenBy) => ({
      name: `${name} (${layout}, ${seenBy})`,
      blocks: drawMessage(answer, { locale: LOCALE, seenBy, owner: 'U0123456789', layout }, 'U0123456789')
        .blocks,
    })),
  );
}

async function aboutFilms(context: AnswerContext): Promise<Sample[]> {
  const [found] = context.engine().findSongs('hold on', 1);
  const song = found ? `spotify:track:${found.song.id}` : 'hold on';
  const answer = await askText(song, context);
  if (answer.kind !== 'recommendations') throw new Error('The catalogue has no song for the samples.');
  const narrow = await askText(`${song} genre:western year:1960-1969 rating:7`, context);
  const detail = await handleAction(answer.films[0]!.details.token, context);
  if (detail.kind !== 'filmDetail') throw new Error('The catalogue has no film for the samples.');
  const hostile = {
    ...answer,
    heading: HOSTILE,
    films: answer.films.map((film) => ({
      ...film,
      title: HOSTILE,
      reason: HOSTILE,
      poster: { url: null, alt: HOSTILE },
    })),
  };
  const recent = [{ heading: answer.heading, token: answer.token }];
  const channel = {
    id: 'C0123456789',
    settings: { links: 'private', layout: 'list' },
    manages: true,
    managers: ['U0123456789'],
  } as const;
  return [
    ...messagesOf('five films', answer),
    ...messagesOf('narrowed down', narrow),
    ...messagesOf('hostile titles', hostile),
    { name: 'preview under a link', blocks: unfurlBlocks(answer, LOCALE) },
    { name: 'details', view: detailModal(detail, LOCALE, ['Noted.']) },
    { name: 'five films in a modal', view: filmsModal(answer, LOCALE) },
    { name: 'filters', view: await formModal(answer.form, 'AAAAAAAAAAAAAAAA', context) },
    { name: 'type-ahead', view: askModal(movieFor, null, LOCALE) },
    { name: 'Home tab', view: homeView({ command: '/movie-for', recent, channel }, LOCALE) },
  ];
}

/** One of everything that the bot sends. */
export async function samples(context: AnswerContext): Promise<Sample[]> {
  const question: Answer = {
    kind: 'question',
    private: true,
    text: 'Which one do you mean?',
    choices: [{ action: 'choose', label: HOSTILE, token: '1p.0' }],
  };
  return [
    ...(await aboutFilms(context)),
    ...messagesOf('help', helpNotice(context, true)),
    ...messagesOf('sorry', sorry(context, 'sorry.broken')),
    ...messagesOf('question', question),
    {
      name: 'offer',
      blocks: drawOffer(
        'spotify:track:0000000000000000000000',
        { song: HOSTILE, others: 1 },
        { locale: LOCALE, alone: true },
      )!.blocks,
    },
    { name: 'sentence', blocks: drawSentence('Shared to the channel.').blocks },
  ];
}

/** What Slack says of a sample: nothing when it is fine. @throws when Slack could not be asked */
async function slackFaults(client: WebClient, sample: Sample): Promise<string[]> {
  const payload = 'view' in sample ? { view: sample.view } : { message: { blocks: [...sample.blocks] } };
  try {
    await call(() => client.blocks.validate(payload), true);
    return [];
  } catch (error) {
    if (!(error instanceof WebAPIPlatformError) || !/^invalid_(blocks|message|view)/.test(error.data.error))
      throw error;
    const { errors } = error.data as { errors?: { pointer?: string; message?: string }[] };
    return (errors ?? []).map(({ pointer, message }) => `${pointer ?? '?'}: ${message ?? error.data.error}`);
  }
}

/** @returns the exit status: 0 all fine, 1 something was refused, 2 no token, 5 Slack could not be asked */
export async function checkSlackBlocks(
  config: Pick<Config, 'slack' | 'urls'>,
  context: AnswerContext,
  out: (line: string) => void,
): Promise<number> {
  const token = config.slack?.botToken;
  if (!token) {
    out(
      'Set SLACK_BOT_TOKEN (and SLACK_APP_TOKEN or SLACK_SIGNING_SECRET) in .env; docs/slack.md says how to get them.',
    );
    return 2;
  }
  const client = new WebClient(token.reveal(), clientOptions(config.urls.slackApi));
  let refused = 0;
  for (const sample of await samples(context)) {
    try {
      const faults = await slackFaults(client, sample);
      out(`${faults.length === 0 ? 'ok ' : 'NO '} ${sample.name}`);
      for (const fault of faults) out(`     ${fault}`);
      if (faults.length > 0) refused += 1;
    } catch (error) {
      out(`Slack could not be asked: ${error instanceof Error ? error.message : String(error)}`);
      return 5;
    }
  }
  out(refused === 0 ? 'Slack takes everything.' : `Slack would refuse ${refused} of them.`);
  return refused === 0 ? 0 : 1;
}

async function main(): Promise<number> {
  loadEnvFile();
  const config = loadConfig(process.env);
  await ensureStarterCatalogue(config.catalogueDir);
  const runtime = await openRuntime(config, pino({ level: 'silent' }));
  try {
    const audience = { private: true, ageRestricted: false };
    const context = { ...runtime.context, locale: LOCALE, audience, user: null };
    return await checkSlackBlocks(config, context, (line) => console.log(line));
  } finally {
    await runtime.close();
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  process.exitCode = await main();
}
