import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { InMemoryTransport } from '@modelcontextprotocol/sdk/inMemory.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mcpServer } from '../../src/cli/mcp.ts';
import { PROJECT_DIR } from '../../src/shared/places.ts';
import { sharedContext } from '../bots/web/page.ts';
import { starterCatalogue } from '../support/catalogue.ts';

const client = new Client({ name: 'test', version: '1' });
let catalogue: string;
beforeAll(async () => {
  catalogue = await starterCatalogue();
  const [mine, theirs] = InMemoryTransport.createLinkedPair();
  await mcpServer(sharedContext()).connect(theirs);
  await client.connect(mine);
});
afterAll(() => client.close());

const call = async (name: string, args: Record<string, unknown>) => {
  const { content, isError } = await client.callTool({ name, arguments: args });
  return { isError, body: JSON.parse((content as { text: string }[])[0]!.text) };
};

describe('the Model Context Protocol server', () => {
  it('has four tools that only read', async () => {
    const { tools } = await client.listTools();
    expect(tools.map(({ name }) => name)).toEqual([
      'films_for_song',
      'songs_for_film',
      'explain_match',
      'find_song',
    ]);
    for (const { description, annotations, inputSchema } of tools) {
      expect(description).toMatch(/\.$/);
      expect(annotations?.readOnlyHint).toBe(true);
      expect(Object.keys(inputSchema.properties ?? {}).length).toBeGreaterThan(0);
    }
  });

  it('answers', async () => {
    const films = await call('films_for_song', { song: 'blue monday', genre: 'western', page: 1 });
    expect(films.body.films).toHaveLength(3);
    expect((await call('songs_for_film', { film: 'Inception' })).body.songs).toHaveLength(5);
    expect((await call('explain_match', { song: 'blue monday', film: '27205' })).body.score).toBeGreaterThan(
      0,
    );
    expect((await call('find_song', { text: 'hold on' })).body.songs).toHaveLength(3);
  });

  it('says what was wrong', async () => {
    const unknown = await call('films_for_song', { song: 'qqqq' });
    expect(unknown).toMatchObject({ isError: true, body: { error: { code: 'song-unknown' } } });
    const { isError } = await client.callTool({ name: 'films_for_song', arguments: {} });
    expect(isError).toBe(true);
  });

  it('runs as a command over standard input and output', async () => {
    const other = new Client({ name: 'test', version: '1' });
    const transport = new StdioClientTransport({
      command: process.execPath,
      args: ['bin/music2movie.js', 'mcp', '--catalogue', catalogue],
      cwd: PROJECT_DIR,
      env: { PATH: process.env.PATH ?? '', MUSIC2MOVIE_OFFLINE: 'true' },
      stderr: 'ignore',
    });
    await other.connect(transport, { timeout: 60_000 });
    const { content } = await other.callTool(
      { name: 'songs_for_film', arguments: { film: 'Rocky' } },
      undefined,
      { timeout: 60_000 },
    );
    expect((content as { text: string }[])[0]!.text).toContain('Queen');
    await other.close();
  }, 120_000);
});
