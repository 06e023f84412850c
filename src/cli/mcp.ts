/** `music2movie mcp`: a Model Context Protocol server on standard input and output. */
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import type { Command } from 'commander';
import { z } from 'zod';
import { ApiProblem, explainMatch, filmsForSong, findSong, songsForFilm } from '../conversation/api.ts';
import type { AnswerContext, SharedContext } from '../conversation/context.ts';
import type { RawValues } from '../conversation/filters/index.ts';
import { VERSION } from '../version.ts';
import type { CliIo } from './io.ts';
import { openSession } from './options.ts';

const song = z
  .string()
  .max(1000)
  .describe('A song: title, perhaps with its artist, a Spotify link or track id; several joined with " + "');
const film = z.string().max(300).describe('A film: its title, perhaps with the year, or its TMDB id');
const years = z.string().max(20).optional().describe('Years: 1994, 1990s, 1990-1999, >2000');
const page = z.number().int().min(1).max(99).optional().describe('Page of five, from 1');
const mainstream = z
  .enum(['hidden', 'balanced', 'known'])
  .optional()
  .describe('Little known, both, or well known');

interface Tool {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly input: Readonly<Record<string, z.ZodType>>;
  readonly run: (raw: RawValues, context: AnswerContext) => Promise<object>;
}

const TOOLS: readonly Tool[] = [
  {
    name: 'films_for_song',
    title: 'Films for a song',
    description:
      'The five films that feel like a song, best first, each with a score from 0 to 1 and reasons.',
    input: {
      song,
      years,
      page,
      mainstream,
      genre: z.string().max(200).optional().describe('Only these genres, such as "horror, comedy"'),
      'not-genre': z.string().max(200).optional().describe('None of these genres'),
      runtime: z.string().max(20).optional().describe('Minutes: 90-120, <100, >150'),
      rating: z.number().min(0).max(10).optional().describe('At least this rating on TMDB'),
      language: z.string().max(100).optional().describe('Original language, such as French or fr'),
    },
    run: filmsForSong,
  },
  {
    name: 'songs_for_film',
    title: 'Songs for a film',
    description: 'Five songs that feel like a film, best first, each with a score from 0 to 1 and reasons.',
    input: { film, years, page, mainstream },
    run: songsForFilm,
  },
  {
    name: 'explain_match',
    title: 'Why a song and a film fit',
    description: 'How well one song and one film fit, 0 to 1, and what they share.',
    input: { song, film },
    run: explainMatch,
  },
  {
    name: 'find_song',
    title: 'Find a song',
    description:
      'Songs of the catalogue that a text may mean, best first; typos and other scripts are understood.',
    input: { text: z.string().max(1000).describe('Title, artist, or both') },
    run: findSong,
  },
];

/** The server over an open catalogue. */
export function mcpServer(shared: SharedContext): McpServer {
  const server = new McpServer({ name: 'music2movie', version: VERSION, title: 'Music2Movie' });
  const context: AnswerContext = {
    ...shared,
    locale: 'en',
    audience: { private: true, ageRestricted: false },
    user: null,
  };
  for (const { name, title, description, input, run } of TOOLS) {
    const config = {
      title,
      description,
      inputSchema: input,
      annotations: { readOnlyHint: true, openWorldHint: false },
    };
    server.registerTool(name, config, async (values: RawValues) => {
      try {
        const found = await run(values, context);
        return { content: [{ type: 'text' as const, text: JSON.stringify(found) }] };
      } catch (error) {
        if (!(error instanceof ApiProblem)) throw error;
        const { code, message, candidates } = error;
        return {
          isError: true,
          content: [
            { type: 'text' as const, text: JSON.stringify({ error: { code, message, candidates } }) },
          ],
        };
      }
    });
  }
  return server;
}

/** Serves until the client closes the connection. */
export async function serveMcp(shared: SharedContext, transport: Transport): Promise<void> {
  const server = mcpServer(shared);
  const closed = new Promise<void>((resolve) => {
    server.server.onclose = resolve;
  });
  await server.connect(transport);
  await closed;
}

export function register(program: Command, io: CliIo): void {
  program
    .command('mcp')
    .description('a Model Context Protocol server on standard input and output, for assistants')
    .option('--catalogue <dir>', 'the catalogue to ask')
    .addHelpText(
      'after',
      '\nTools: films_for_song, songs_for_film, explain_match, find_song. In a client\'s settings:\n  { "mcpServers": { "music2movie": { "command": "npx", "args": ["music2movie", "mcp"], "cwd": "<this folder>" } } }',
    )
    .action(async ({ catalogue }: { catalogue?: string }) => {
      const session = await openSession(io, catalogue);
      try {
        const transport = new StdioServerTransport();
        process.stdin.once('end', () => void transport.close());
        await serveMcp(session.context, transport);
      } finally {
        await session.close();
      }
    });
}
