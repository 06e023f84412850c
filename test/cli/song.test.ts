import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { register } from '../../src/cli/song.ts';
import { STARTER } from '../../src/indexer/starter.ts';
import { CatalogueError } from '../../src/shared/errors.ts';
import {
  deezerFound,
  deezerTrack,
  features,
  ISRC,
  page,
  track,
  useWorld,
} from '../lookup/support/resolver-fixture.ts';
import { catalogueOf, makeSong } from '../lookup/support/small-catalogue.ts';
import { startStandIn } from '../support/stand-in.ts';

useWorld();

const songs = [
  makeSong('Teardrop', 'Massive Attack', { popularity: 75 }),
  makeSong('Angel', 'Massive Attack', { popularity: 70 }),
  makeSong('Hallelujah', 'Jeff Buckley', { popularity: 70 }),
  makeSong('Hallelujah', 'Leonard Cohen', { popularity: 65 }),
  makeSong('Titles\u001b[31m may\u202e lie', 'Somebody'),
];
const closed = vi.fn();
const open = vi.hoisted(() => vi.fn());
// The engine has tests of its own; here only what the command makes of it.
vi.mock('../../src/engine/engine.ts', () => ({ Engine: { open } }));
const build = vi.hoisted(() => vi.fn());
vi.mock('../../src/indexer/starter.ts', async (original) => ({
  ...(await original<object>()),
  ensureStarterCatalogue: build,
}));

const state = mkdtempSync(join(tmpdir(), 'music2movie-song-'));
afterAll(() => rmSync(state, { recursive: true, force: true }));
beforeEach(() => {
  closed.mockClear();
  open.mockReset();
  const catalogue = { insteadOf: null, kept: true, manifest: { seal: '' } };
  open.mockImplementation(async () => ({ ...catalogueOf(songs), catalogue, close: closed }));
});

const ENV = { MUSIC2MOVIE_STATE: state, MUSIC2MOVIE_OFFLINE: 'true' };

const run = (...args: string[]) => runIn({ ...ENV, MUSIC2MOVIE_CATALOGUE: '/the/catalogue' }, ...args);

async function runIn(env: Record<string, string>, ...args: string[]) {
  let printed = '';
  let code: number | undefined;
  const out = (text: string) => {
    printed += text;
  };
  const program = new Command().exitOverride();
  const io = { out, err: () => {}, stdin: process.stdin, isTerminal: false, columns: 80, env };
  register(program, io, (status) => {
    code = status;
  });
  await program.parseAsync(['song', ...args], { from: 'user' });
  return { printed, code };
}

describe('music2movie song', () => {
  it('looks up what the catalogue lacks, and says where the sound is from', async () => {
    const server = await startStandIn();
    server.routes.set('/search', deezerFound(deezerTrack()));
    server.routes.set(
      '/v1/track',
      page(track({ isrc: ISRC, durationMs: 251_000, artists: [{ name: 'Lady Gaga' }] })),
    );
    server.routes.set('/v1/audio-features', page(features({ isrc: ISRC })));
    const env = {
      MUSIC2MOVIE_STATE: state,
      MUSIC2MOVIE_CATALOGUE: '/the/catalogue',
      DEEZER_URL: server.url,
      RECCOBEATS_URL: server.url,
    };
    const { printed, code } = await runIn(env, 'die with a smile by lady gaga');
    await server.close();
    expect(code).toBe(0);
    expect(printed).toContain('Die With A Smile – Lady Gaga');
    expect(printed).toContain('the sound was measured by ReccoBeats');
  });

  it('prints the song as JSON with candidates and source', async () => {
    const { printed, code } = await run('massive attack teardrop', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(printed)).toMatchObject({
      kind: 'song',
      song: { id: songs[0]!.id, title: 'Teardrop', artists: ['Massive Attack'] },
      candidates: [{ id: songs[0]!.id, title: 'Teardrop', artists: ['Massive Attack'], quality: 1 }],
      source: 'catalogue',
    });
    expect(open).toHaveBeenCalledWith('/the/catalogue', { keep: true });
    expect(closed).toHaveBeenCalledOnce();
  });

  it('prints plain words for people, without anything that steers a terminal', async () => {
    expect((await run('angel')).printed).toBe('Angel – Massive Attack\nFrom the catalogue.\n');
    const { printed } = await run('titles may lie');
    expect(printed).toContain('Titles[31m may lie – Somebody');
  });

  it('asks when several fit, the likeliest first', async () => {
    const { printed, code } = await run('hallelujah', '--json');
    expect(code).toBe(0);
    const answer = JSON.parse(printed);
    expect(answer).toMatchObject({ kind: 'question', song: { artists: ['Jeff Buckley'] }, source: null });
    expect(answer.candidates).toHaveLength(2);
    expect((await run('hallelujah')).printed).toContain(
      'Which one do you mean?\n  Hallelujah – Jeff Buckley\n',
    );
    const narrowed = await run('hallelujah', '--artist', 'Leonard Cohen', '--json');
    expect(JSON.parse(narrowed.printed)).toMatchObject({
      kind: 'song',
      song: { artists: ['Leonard Cohen'] },
    });
  });

  it('prints the songs of an artist', async () => {
    const { printed, code } = await run('massive attack', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(printed)).toMatchObject({
      kind: 'blend',
      of: 'artist',
      known: 2,
      songs: [{ title: 'Teardrop' }, {}],
    });
    expect((await run('massive attack')).printed).toContain(
      '2 songs are known.\n  Teardrop – Massive Attack\n',
    );
  });

  it('exits with 3 and the nearest names when the song is unknown', async () => {
    const { printed, code } = await run('qqqq wwww hallelujahs zzzz xxxx');
    expect(code).toBe(3);
    expect(printed).toContain('I know no song like');
    expect(printed).toContain('Nearest:\n  Hallelujah');
    const link = await run('https://open.spotify.com/track/4u7EnebtmKWzUH433cf5Qv', '--json');
    expect(link.code).toBe(3);
    expect(JSON.parse(link.printed)).toMatchObject({
      kind: 'sorry',
      song: null,
      candidates: [],
      source: null,
    });
  });

  it('opens the catalogue that was named, and passes its failure on', async () => {
    open.mockRejectedValue(new CatalogueError('There is no catalogue.', { id: 'catalogue.missing' }));
    await expect(run('angel', '--catalogue', '/elsewhere')).rejects.toBeInstanceOf(CatalogueError);
    expect(open).toHaveBeenCalledWith('/elsewhere', { keep: true });
    expect(build).not.toHaveBeenCalled();
  });

  it('builds the starter catalogue in a fresh clone, where none was named', async () => {
    const { code } = await runIn(ENV, 'https://open.spotify.com/track/4u7EnebtmKWzUH433cf5Qv');
    expect(code).toBe(3);
    expect(build).toHaveBeenCalledWith(STARTER.out);
    expect(open).toHaveBeenCalledWith(STARTER.out, { keep: true });
  });

  it('blends several links', async () => {
    const links = songs.slice(0, 2).map(({ id }) => `https://open.spotify.com/track/${id}`);
    const { printed } = await run(links.join(' '), '--json');
    expect(JSON.parse(printed)).toMatchObject({
      kind: 'blend',
      songs: [{ title: 'Teardrop' }, { title: 'Angel' }],
    });
  });
});
