import { createHash, randomBytes } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { isZip, unzip } from '../../src/cli/data/unzip.ts';
import { register } from '../../src/cli/data.ts';
import { download, requireSpace } from '../../src/indexer/download.ts';
import { UpstreamError, UserError } from '../../src/shared/errors.ts';
import { inTurn, type StandIn, silence, startStandIn, status } from '../support/stand-in.ts';
import { zipOf } from '../support/zip.ts';

const root = mkdtempSync(join(tmpdir(), 'music2movie-data-'));
let folders = 0;
const newFolder = () => {
  folders += 1;
  const dir = join(root, String(folders));
  mkdirSync(dir);
  return dir;
};
let server: StandIn;
beforeAll(async () => {
  server = await startStandIn();
});
afterAll(async () => {
  await server.close();
  rmSync(root, { recursive: true, force: true });
});
beforeEach(() => {
  server.asked.length = 0;
  server.routes.clear();
});

const ETAG = '"version-1"';
const BYTES = randomBytes(200_000);
const SHA = createHash('sha256').update(BYTES).digest('hex');

/** Long enough for a reader on a busy machine to have taken what was sent: what is unread is lost with the line. */
const HANG_UP_MS = 1500;

/** Serves bytes with ranges, as object stores do; `cut` hangs up after so many bytes. */
const serve =
  (bytes: Buffer, { etag = ETAG, cut = Number.POSITIVE_INFINITY } = {}) =>
  (request: IncomingMessage, response: ServerResponse) => {
    const range = /^bytes=(\d+)-$/.exec(request.headers.range ?? '');
    const resumes = range && request.headers['if-range'] === etag;
    const start = resumes ? Number(range[1]) : 0;
    if (resumes && start >= bytes.length) {
      response.writeHead(416).end();
      return;
    }
    const body = bytes.subarray(start);
    response.writeHead(resumes ? 206 : 200, { etag, 'content-length': body.length });
    if (body.length <= cut) response.end(body);
    else response.write(body.subarray(0, cut), () => setTimeout(() => response.destroy(), HANG_UP_MS));
  };

const fetchTo = (file: string, more: object = {}) =>
  download({ source: 'The host', url: `${server.url}/file`, file, onProgress: () => {}, waitMs: 1, ...more });

describe('downloading', () => {
  it('brings the file whole, with progress, and leaves nothing beside it', async () => {
    const file = join(newFolder(), 'below', 'a.bin');
    server.routes.set('/file', serve(BYTES));
    const seen: [number, number | null][] = [];
    await fetchTo(file, { onProgress: (done: number, total: number | null) => seen.push([done, total]) });
    expect(readFileSync(file).equals(BYTES)).toBe(true);
    expect(seen.at(-1)).toEqual([BYTES.length, BYTES.length]);
    expect(existsSync(`${file}.part`) || existsSync(`${file}.part.json`)).toBe(false);
  });

  it('goes on where the connection broke off', async () => {
    const file = join(newFolder(), 'a.bin');
    const ranges: (string | undefined)[] = [];
    const handler = inTurn(serve(BYTES, { cut: 50_000 }), serve(BYTES, { cut: 60_000 }), serve(BYTES));
    server.routes.set('/file', (request, response) => {
      ranges.push(request.headers.range);
      handler(request, response);
    });
    await fetchTo(file);
    expect(readFileSync(file).equals(BYTES)).toBe(true);
    expect(ranges).toEqual([undefined, 'bytes=50000-', 'bytes=110000-']);
  });

  it('goes on after the program was ended, and starts anew when the source has a new version', async () => {
    const file = join(newFolder(), 'a.bin');
    server.routes.set('/file', serve(BYTES, { cut: 50_000 }));
    await expect(fetchTo(file, { attempts: 1 })).rejects.toThrow(
      /could not be reached, or the connection broke/,
    );
    expect(existsSync(file)).toBe(false);
    expect(readFileSync(`${file}.part`)).toHaveLength(50_000);
    const newer = randomBytes(120_000);
    server.routes.set('/file', serve(newer, { etag: '"version-2"' }));
    await fetchTo(file);
    expect(readFileSync(file).equals(newer)).toBe(true);
  });

  it('does not go on with a part of which the version is unknown', async () => {
    const file = join(newFolder(), 'a.bin');
    writeFileSync(`${file}.part`, 'something else');
    server.routes.set('/file', serve(BYTES, { etag: 'W/"weak"' }));
    await fetchTo(file);
    expect(readFileSync(file).equals(BYTES)).toBe(true);
  });

  it('starts anew when the part is longer than the file', async () => {
    const file = join(newFolder(), 'a.bin');
    writeFileSync(`${file}.part`, Buffer.alloc(BYTES.length + 5));
    writeFileSync(`${file}.part.json`, JSON.stringify({ url: `${server.url}/file`, etag: ETAG }));
    server.routes.set('/file', serve(BYTES));
    await fetchTo(file);
    expect(readFileSync(file).equals(BYTES)).toBe(true);
  });

  it('follows redirects and verifies the check sum that the first one names', async () => {
    const file = join(newFolder(), 'a.bin');
    server.routes.set('/file', status(302, { location: '/elsewhere', 'x-linked-etag': `"${SHA}"` }));
    server.routes.set('/elsewhere', serve(BYTES));
    await fetchTo(file);
    expect(readFileSync(file).equals(BYTES)).toBe(true);

    const wrong = join(newFolder(), 'b.bin');
    server.routes.set('/elsewhere', serve(Buffer.concat([BYTES, BYTES])));
    await expect(fetchTo(wrong)).rejects.toThrow('arrived damaged');
    expect(existsSync(wrong) || existsSync(`${wrong}.part`)).toBe(false);
  });

  it('verifies the MD5 that the store behind Kaggle names', async () => {
    const md5 = createHash('md5').update(BYTES).digest('base64');
    const file = join(newFolder(), 'a.bin');
    const withHash = (hash: string) => (request: IncomingMessage, response: ServerResponse) => {
      response.setHeader('x-goog-hash', `crc32c=AAAAAA==, md5=${hash}`);
      serve(BYTES)(request, response);
    };
    server.routes.set('/file', withHash(md5));
    expect(await fetchTo(file)).toEqual({ verified: true });
    server.routes.set('/file', withHash(createHash('md5').update('x').digest('base64')));
    await expect(fetchTo(join(newFolder(), 'b.bin'))).rejects.toThrow('arrived damaged');
    server.routes.set('/file', serve(BYTES));
    expect(await fetchTo(join(newFolder(), 'c.bin'))).toEqual({ verified: false });
  });

  const PAGE = '<!doctype html><html><body>Welcome</body></html>';
  const SIGN_IN = PAGE.replace('Welcome', '<form>Sign in with your account</form>');
  it.each([
    [
      'a page by its type',
      'table',
      PAGE,
      { 'content-type': 'text/html; charset=utf-8' },
      'a web page (HTML)',
    ],
    ['a page by its bytes', 'table', PAGE, {}, 'a web page (HTML)'],
    [
      'a page to sign in',
      'archive',
      SIGN_IN,
      { 'content-type': 'text/html' },
      'a web page that asks to sign in',
    ],
    ['a page to sign in, by its bytes', 'archive', SIGN_IN, {}, 'a web page that asks to sign in'],
    [
      'a pointer',
      'table',
      'version https://git-lfs.github.com/spec/v1\noid sha256:0\n',
      {},
      'a Git LFS pointer',
    ],
    ['an error', 'archive', '{"code":403,"message":"no"}', {}, 'an error message of a web service'],
    ['a table for an archive', 'archive', 'a,b\n1,2\n', {}, 'something that is no zip archive'],
    ['nothing', 'table', '', {}, 'an empty file'],
  ] as const)(
    'never gives the file’s name to %s, and the next run works',
    async (_, expected, body, headers, said) => {
      const file = join(newFolder(), 'a.bin');
      const good =
        expected === 'archive' ? zipOf({ 'a.csv': Buffer.from('a,b\n1,2\n') }) : Buffer.from('a,b\n1,2\n');
      server.routes.set('/file', (_request, response) => {
        response.writeHead(200, { etag: ETAG, ...headers }).end(body);
      });
      await expect(fetchTo(file, { expected })).rejects.toMatchObject({
        id: 'data.kind',
        exitCode: 5,
        message: expect.stringContaining(`The host sent ${said}`),
      });
      expect(server.asked).toHaveLength(1);
      expect([file, `${file}.part`, `${file}.part.json`].filter((name) => existsSync(name))).toEqual([]);
      server.routes.set('/file', serve(good));
      await fetchTo(file, { expected });
      expect(readFileSync(file).equals(good)).toBe(true);
    },
  );

  it('says so when it is sent to a page to sign in', async () => {
    server.routes.set('/file', status(302, { location: '/account/login?returnUrl=x' }));
    await expect(fetchTo(join(newFolder(), 'a.bin'))).rejects.toThrow('a web page that asks to sign in');
  });

  it('gives up on a redirect that goes in circles, a refusal, and a host that falls silent', async () => {
    const file = join(newFolder(), 'a.bin');
    server.routes.set('/file', status(302, { location: '/file' }));
    await expect(fetchTo(file)).rejects.toBeInstanceOf(UpstreamError);
    expect(server.asked).toHaveLength(6);
    server.routes.set('/file', status(403));
    await expect(fetchTo(file)).rejects.toThrow('status 403');
    expect(server.asked).toHaveLength(7);
    server.routes.set('/file', silence);
    await expect(fetchTo(file, { idleMs: 30, attempts: 2 })).rejects.toThrow('could not be reached');
    expect(server.asked).toHaveLength(9);
  });

  it('tries again when the host is in trouble', async () => {
    const file = join(newFolder(), 'a.bin');
    server.routes.set('/file', inTurn(status(503), status(429), serve(BYTES)));
    await fetchTo(file);
    expect(server.asked).toHaveLength(3);
  });

  it('asks for room before it writes', async () => {
    const file = join(newFolder(), 'a.bin');
    await expect(requireSpace(file, 1e18)).rejects.toBeInstanceOf(UserError);
    await expect(requireSpace(file, 1)).resolves.toBeUndefined();
    server.routes.set('/file', (_request, response) => {
      response.writeHead(200, { 'content-length': '1000000000000000' });
      response.flushHeaders();
    });
    await expect(fetchTo(file)).rejects.toThrow('The disk is too full');
  });
});

describe('unpacking', () => {
  const CSV = Buffer.from(`id,title\n${'1,a film\n'.repeat(20_000)}`);
  const pack = (archive: Buffer) => {
    const file = join(newFolder(), 'a.zip');
    writeFileSync(file, archive);
    return file;
  };
  const unpack = (file: string) => unzip(file, '.csv', join(file, '../out.csv'), () => {});
  const result = (file: string) => join(file, '../out.csv');

  it.each([false, true])('takes the table out of an archive (stored: %s)', async (stored) => {
    const file = pack(zipOf({ 'readme.txt': Buffer.from('hello'), '../../evil.csv': CSV }, { stored }));
    expect(await isZip(file)).toBe(true);
    await unpack(file);
    expect(readFileSync(result(file)).equals(CSV)).toBe(true);
    expect(existsSync(join(file, '../../../evil.csv'))).toBe(false);
  });

  it.each([
    ['holds no table', zipOf({ 'readme.txt': CSV }), 'holds no .csv file'],
    ['has a wrong check sum', zipOf({ 'a.csv': CSV }, { crcOff: 1 }), 'check sum is wrong'],
    ['holds more than it says', zipOf({ 'a.csv': CSV }, { sizeOff: -10 }), 'more than it says'],
    ['holds less than it says', zipOf({ 'a.csv': CSV }, { sizeOff: 10 }), 'check sum is wrong'],
    ['is no archive', Buffer.from('PK\u0003\u0004 and so on'), 'cut short'],
    ['is empty', Buffer.alloc(0), 'cut short'],
  ])('refuses an archive that %s', async (_how, archive, sentence) => {
    const file = pack(archive);
    await expect(unpack(file)).rejects.toThrow(sentence);
    expect(existsSync(result(file)) || existsSync(`${result(file)}.part`)).toBe(false);
  });

  it('refuses an archive that was cut short, or whose contents were', async () => {
    const whole = zipOf({ 'a.csv': CSV });
    const file = pack(whole);
    truncateSync(file, whole.length - 30);
    await expect(unpack(file)).rejects.toThrow('archive is damaged');
    const scrambled = Buffer.from(whole);
    scrambled.fill(0xff, 60, 90);
    await expect(unpack(pack(scrambled))).rejects.toThrow('archive is damaged');
  });
});

describe('music2movie data', () => {
  const SONG_HEADER = 'track_id,artists,track_name,energy,valence,tempo,track_genre\n';
  const MOVIE_HEADER = 'id,title,overview,genres,poster_path,vote_count,original_language\n';
  const MOVIES = Buffer.from(`${MOVIE_HEADER}1,A,B,C,/d.jpg,5,en\n`);
  const SONGS_ROUTE = '/datasets/maharshipandya/spotify-tracks-dataset/resolve/main/dataset.csv';
  const MOVIES_ROUTE = '/api/v1/datasets/download/asaniczka/tmdb-movies-dataset-2023-930k-movies';

  async function run(...args: string[]): Promise<string> {
    let printed = '';
    const env = { HUGGINGFACE_URL: server.url, KAGGLE_URL: server.url };
    const io = {
      out: (text: string) => (printed += text),
      err: () => {},
      isTerminal: false,
      columns: 80,
      env,
    };
    const program = new Command().exitOverride();
    register(program, { ...io, stdin: process.stdin });
    await program.parseAsync(['data', ...args], { from: 'user' });
    return printed;
  }

  it('downloads the songs, checks them, and does not download them twice', async () => {
    const out = newFolder();
    const songs = Buffer.from(SONG_HEADER + 'id,artist,name,0.5,0.5,120,pop\n'.repeat(100_000));
    server.routes.set(SONGS_ROUTE, serve(songs));
    expect(await run('--songs', '--out', out)).toContain(`${join(out, 'spotify-tracks.csv')} (100,000 rows)`);
    await run('--songs', '--out', out);
    expect(server.asked).toHaveLength(1);
  });

  it('unpacks the films that Kaggle sends, and says when they are too few', async () => {
    const out = newFolder();
    server.routes.set(MOVIES_ROUTE, serve(zipOf({ 'TMDB_movie_dataset_v11.csv': MOVIES })));
    await expect(run('--movies', '--out', out)).rejects.toThrow('The table has only 1 rows');
    expect(readFileSync(join(out, 'tmdb-movies.csv')).equals(MOVIES)).toBe(true);
    expect(existsSync(join(out, 'tmdb-movies.csv.zip'))).toBe(false);
  });

  it('is not held up by a bad file of an earlier run, table or archive', async () => {
    const out = newFolder();
    const songs = Buffer.from(SONG_HEADER + 'id,artist,name,0.5,0.5,120,pop\n'.repeat(100_000));
    for (const bad of ['<!doctype html><html></html>', SONG_HEADER, songs.subarray(0, 90_000), '']) {
      writeFileSync(join(out, 'spotify-tracks.csv'), bad);
      server.routes.set(SONGS_ROUTE, serve(songs));
      expect(await run('--songs', '--out', out)).toContain('(100,000 rows)');
    }
    server.routes.set(MOVIES_ROUTE, serve(zipOf({ 'a.csv': MOVIES }, { crcOff: 1 })));
    await expect(run('--movies', '--out', out)).rejects.toThrow('archive is damaged');
    expect(existsSync(join(out, 'tmdb-movies.csv.zip'))).toBe(false);
    const films = Buffer.from(MOVIE_HEADER + '1,A,B,C,/d.jpg,5,en\n'.repeat(500_000));
    server.routes.set(MOVIES_ROUTE, serve(zipOf({ 'a.csv': films })));
    expect(await run('--movies', '--out', out)).toContain('(500,000 rows)');
  });

  it('takes files that are there already, a table or an archive, and prints the next command', async () => {
    const dir = newFolder();
    const [songs, movies, archive] = ['my songs.csv', 'movies.csv', 'movies.zip'].map((name) =>
      join(dir, name),
    );
    writeFileSync(songs!, `${SONG_HEADER}id,artist,name,0.5,0.5,120,pop\n`);
    writeFileSync(movies!, MOVIES);
    writeFileSync(archive!, zipOf({ 'TMDB.csv': MOVIES }));
    const printed = await run('--songs', songs!, '--movies', movies!, '--out', dir);
    expect(printed).toContain(`Next: npx music2movie index --songs '${songs}' --movies ${movies}`);
    expect(await run('--movies', archive!, '--out', dir)).toContain(join(dir, 'tmdb-movies.csv'));
    expect(existsSync(archive!)).toBe(true);
    expect(server.asked).toEqual([]);
  });

  it('refuses files that are missing or of another kind', async () => {
    const dir = newFolder();
    writeFileSync(join(dir, 'a.csv'), 'a,b\n1,2\n');
    await expect(run('--movies', join(dir, 'nothing.csv'))).rejects.toBeInstanceOf(UserError);
    await expect(run('--movies', join(dir, 'a.csv'))).rejects.toBeInstanceOf(UserError);
    await expect(run('--songs', join(dir, 'a.csv'))).rejects.toBeInstanceOf(UserError);
  });

  it('needs an address for the model', async () => {
    await expect(run('--model', '--out', newFolder())).rejects.toThrow('where the poster model');
    const file = join(newFolder(), 'own.onnx');
    writeFileSync(file, 'model');
    expect(await run('--model', file)).toContain(file);
  });
});
