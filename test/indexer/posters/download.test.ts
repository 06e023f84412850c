import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type DownloadOptions, downloadPosters } from '../../../src/indexer/posters/download.ts';
import { FailureLog } from '../../../src/indexer/posters/failures.ts';
import { isPosterPath, PosterFolder } from '../../../src/indexer/posters/folder.ts';
import { type Behaviour, type ImageServer, startImageServer } from './image-server.ts';
import { jpeg, posterPath } from './pictures.ts';

let dir: string;
let server: ImageServer | undefined;
let sound: Buffer;

beforeAll(async () => {
  sound = await jpeg(1);
});
beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'm2m-download-'));
});
afterEach(async () => {
  await server?.close();
  server = undefined;
  rmSync(dir, { recursive: true, force: true });
});

async function download(
  behaviours: Record<string, Behaviour | readonly Behaviour[]>,
  options: Partial<DownloadOptions> = {},
  posters = Object.keys(behaviours),
) {
  await server?.close();
  server = await startImageServer(new Map(Object.entries(behaviours)));
  return downloadPosters(posters, {
    dir,
    baseUrl: server.url,
    connections: 4,
    attempts: 3,
    retryDelayMs: 1,
    timeoutMs: 5_000,
    ...options,
  });
}

const image = (): Behaviour => ({ kind: 'image', bytes: sound });
const fileOf = (poster: string) => path.join(dir, poster.slice(1, 3), poster.slice(1));
const failures = () =>
  readFileSync(path.join(dir, 'failures.ndjson'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
const partials = () => readdirSync(path.join(dir, '.partial'));

describe('the downloader', () => {
  it('fetches what is missing, whole, and asks for nothing twice', async () => {
    const posters = Array.from({ length: 25 }, (_, n) => posterPath(n));
    const behaviours = Object.fromEntries(posters.map((poster) => [poster, image()]));
    const seen: number[] = [];
    const report = await download(behaviours, { onProgress: (done) => seen.push(done) }, [
      ...posters,
      posters[0]!,
    ]);
    expect(report).toMatchObject({ requested: 25, downloaded: 25, present: 0, failed: {}, stopped: null });
    expect(report.bytes).toBe(25 * sound.length);
    for (const poster of posters) expect(readFileSync(fileOf(poster)).equals(sound)).toBe(true);
    expect(server!.requests.every(({ url }) => url.startsWith('/t/p/w185/'))).toBe(true);
    expect(server!.mostAtOnce).toBeLessThanOrEqual(4);
    expect(seen.at(-1)).toBe(25);
    expect(partials()).toEqual([]);
    const again = await download(behaviours);
    expect(again).toMatchObject({ present: 25, downloaded: 0 });
    expect(server!.requests).toEqual([]);
  });

  it('tells every way of failing apart and writes each down', async () => {
    const report = await download(
      {
        '/missing.jpg': { kind: 'status', status: 404 },
        '/forbidden.jpg': { kind: 'status', status: 403 },
        '/page.jpg': { kind: 'html' },
        '/text.jpg': { kind: 'image', bytes: Buffer.from('{"error":1}'), type: 'application/json' },
        '/odd.jpg': { kind: 'image', bytes: Buffer.from('these are no bytes of an image') },
        '/large.jpg': { kind: 'image', bytes: Buffer.alloc(400_000, 1) },
        '/endless.jpg': { kind: 'endless' },
        '/cut.jpg': { kind: 'cut', bytes: sound.subarray(0, 200), announce: sound.length },
        '/down.jpg': { kind: 'status', status: 500 },
        '/hung.jpg': { kind: 'hang-up' },
        '/silent.jpg': { kind: 'silent' },
        '/fine.jpg': image(),
      },
      { maxBytes: 300_000, timeoutMs: 400, connections: 12 },
    ); // prettier-ignore
    expect(report.downloaded).toBe(1);
    const reasons = Object.fromEntries(
      failures().map(({ poster, reason, permanent }) => [poster, [reason, permanent]]),
    );
    const { '/cut.jpg': cut, '/hung.jpg': hung, ...others } = reasons;
    expect(others).toEqual({
      '/missing.jpg': ['not-found', true],
      '/forbidden.jpg': ['refused', true],
      '/page.jpg': ['html', true],
      '/text.jpg': ['not-an-image', true],
      '/odd.jpg': ['not-an-image', true],
      '/large.jpg': ['too-large', true],
      '/endless.jpg': ['too-large', true],
      '/down.jpg': ['server-error', false],
      '/silent.jpg': ['time-out', false],
    });
    // Whether the server hung up in the middle or before the start is undici's to say.
    for (const [reason, permanent] of [cut, hung]) {
      expect(['truncated', 'connection']).toContain(reason);
      expect(permanent).toBe(false);
    }
    expect(
      readdirSync(dir, { recursive: true, withFileTypes: true }).filter((e) => e.name.endsWith('.jpg'))
        .length,
    ).toBe(1);
    expect(partials()).toEqual([]);
    const asked = (poster: string) => server!.requests.filter((request) => request.poster === poster).length;
    expect(asked('/missing.jpg')).toBe(1);
    expect(asked('/down.jpg')).toBe(3);
  });

  it('asks again for what may have mended, not for what is gone, and clears the log of it', async () => {
    const first = {
      '/gone.jpg': { kind: 'status', status: 404 },
      '/ill.jpg': { kind: 'status', status: 502 },
    } as const;
    await download(first);
    expect(failures().length).toBe(2);
    const report = await download({ '/gone.jpg': image(), '/ill.jpg': image() });
    expect(report).toMatchObject({ downloaded: 1, knownFailures: 1 });
    expect(failures().map(({ poster }) => poster)).toEqual(['/gone.jpg']);
  });

  it('tries again after faults that pass', async () => {
    const report = await download({
      '/a.jpg': [{ kind: 'status', status: 500 }, { kind: 'hang-up' }, image()],
      '/b.jpg': [{ kind: 'cut', bytes: sound.subarray(0, 99), announce: sound.length }, image()],
    });
    expect(report).toMatchObject({ downloaded: 2, failed: {} });
    expect(existsSync(path.join(dir, 'failures.ndjson'))).toBe(false);
  });

  it('lets Retry-After hold every connection back', async () => {
    const posters = Array.from({ length: 12 }, (_, n) => posterPath(n));
    const behaviours: Record<string, Behaviour | readonly Behaviour[]> = Object.fromEntries(
      posters.map((poster) => [poster, { kind: 'image', bytes: sound, delayMs: 5 } as const]),
    );
    behaviours[posters[0]!] = [{ kind: 'status', status: 429, headers: { 'retry-after': '1' } }, image()];
    const report = await download(behaviours, { connections: 2 });
    expect(report).toMatchObject({ downloaded: 12, stopped: null });
    const times = server!.requests.map(({ at }) => at);
    // A few may have been on their way before the refusal was read; everything else came after the pause.
    expect(times.filter((at) => at < times[0]! + 900).length).toBeLessThanOrEqual(6);
  });

  it('stops asking a host that wants to be left alone, or is not there', async () => {
    const posters = Array.from({ length: 60 }, (_, n) => posterPath(n));
    const busy = Object.fromEntries(
      posters.map((poster) => [
        poster,
        { kind: 'status', status: 429, headers: { 'retry-after': '86400' } } as const,
      ]),
    );
    const report = await download(busy, { connections: 2 });
    expect(report.stopped).toBe('rate-limited');
    expect(report.notTried).toBeGreaterThan(45);
    await server!.close();
    const unreachable = await downloadPosters(posters, {
      dir,
      baseUrl: server!.url,
      connections: 2,
      attempts: 2,
      retryDelayMs: 1,
    });
    expect(unreachable.stopped).toBe('unreachable');
    expect(unreachable.notTried).toBeGreaterThan(45);
  });

  it('never follows a redirect to another host, and a redirect at home only so far', async () => {
    const other = await startImageServer(new Map([['/x.jpg', image()]]));
    const report = await download({
      '/away.jpg': { kind: 'status', status: 302, headers: { location: `${other.url}/t/p/w185/x.jpg` } },
      '/loop.jpg': { kind: 'status', status: 301, headers: { location: '/t/p/w185/loop.jpg' } },
      '/moved.jpg': { kind: 'status', status: 301, headers: { location: '/t/p/w185/here.jpg' } },
      '/here.jpg': image(),
    });
    expect(report).toMatchObject({ downloaded: 2, failed: { redirect: 2 } });
    expect(other.requests).toEqual([]);
    await other.close();
  });

  it('keeps within its budget on disk', async () => {
    const posters = Array.from({ length: 20 }, (_, n) => posterPath(n));
    const behaviours = Object.fromEntries(posters.map((poster) => [poster, image()]));
    const budgetBytes = Math.floor(sound.length * 7.5);
    const report = await download(behaviours, { budgetBytes });
    const onDisk = posters.filter((poster) => existsSync(fileOf(poster)));
    expect(onDisk.reduce((sum, poster) => sum + statSync(fileOf(poster)).size, 0)).toBeLessThanOrEqual(
      budgetBytes,
    );
    expect(report.downloaded).toBe(onDisk.length);
    expect(report.downloaded + report.overBudget.length).toBe(20);
    expect(report.downloaded).toBeGreaterThanOrEqual(4);
    const more = await download(behaviours, { budgetBytes: 1e9 });
    expect(more).toMatchObject({ present: onDisk.length, downloaded: 20 - onDisk.length, overBudget: [] });
  });

  it('stops at once when told to, and resumes', async () => {
    const posters = Array.from({ length: 30 }, (_, n) => posterPath(n));
    const slow = Object.fromEntries(
      posters.map((poster) => [poster, { kind: 'image', bytes: sound, delayMs: 20 } as const]),
    );
    const stop = new AbortController();
    const report = await download(slow, {
      signal: stop.signal,
      onProgress: (done) => {
        if (done === 6) stop.abort(new Error('enough'));
      },
    });
    expect(report.stopped).toBe('aborted');
    expect(report.downloaded + report.notTried).toBe(30);
    expect(await download(slow)).toMatchObject({ present: report.downloaded, downloaded: report.notTried });
  });

  it('refuses impossible settings with a sentence', async () => {
    for (const baseUrl of ['file:///etc', 'not an address', 'ftp://example.org'])
      await expect(downloadPosters([], { dir, baseUrl })).rejects.toMatchObject({ id: 'posters.address' });
    await expect(downloadPosters([], { dir, size: 'w1' })).rejects.toMatchObject({ id: 'posters.size' });
  });
});

describe('poster paths', () => {
  it('that could lead elsewhere are never asked for', async () => {
    const hostile = [
      '//evil.example/x.jpg',
      '/../x.jpg',
      '/a/b.jpg',
      'x.jpg',
      '/x.svg',
      '/x.jpg?y',
      '/%2e%2e.jpg',
      '',
      '/.jpg',
    ];
    const report = await download({}, {}, hostile);
    expect(report.failed).toEqual({ 'bad-path': hostile.length });
    expect(server!.requests).toEqual([]);
  });

  it('name one file in the folder, whatever the text (property)', () => {
    const folder = new PosterFolder(dir, 1e9);
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^\/[\w./-]{0,9}\.jpg$/)), (text) => {
        if (!isPosterPath(text)) return;
        const file = folder.file(text);
        expect(path.relative(dir, file).split(path.sep).length).toBe(2);
        expect(path.basename(file)).toBe(text.slice(1));
      }),
    );
  });
});

describe('the folder', () => {
  it('sweeps what a killed run left and what is older than the terms allow', async () => {
    await download({ '/old.jpg': image(), '/new.jpg': image(), '/empty.jpg': image() });
    const old = new Date(Date.now() - 200 * 86_400_000);
    utimesSync(fileOf('/old.jpg'), old, old);
    writeFileSync(fileOf('/empty.jpg'), '');
    writeFileSync(path.join(dir, '.partial', 'half.jpg.999999999'), 'ha');
    const folder = new PosterFolder(dir, 1e9);
    expect([...folder.posters]).toEqual(['/new.jpg']);
    expect(folder.used).toBe(sound.length);
    expect(partials()).toEqual([]);
    expect(existsSync(fileOf('/old.jpg'))).toBe(false);
  });

  it('leaves files alone that are not its own', async () => {
    mkdirSync(path.join(dir, 'notes'));
    writeFileSync(path.join(dir, 'notes', 'readme.txt'), 'mine');
    writeFileSync(path.join(dir, '603.jpg'), sound);
    const folder = new PosterFolder(dir, 1e9);
    expect(folder.used).toBe(0);
    expect(existsSync(path.join(dir, 'notes', 'readme.txt'))).toBe(true);
  });
});

describe('the failures log', () => {
  it('survives a half-written line and keeps the last word on each poster', () => {
    const file = path.join(dir, 'log.ndjson');
    const log = new FailureLog(file);
    log.record({ poster: '/a.jpg', stage: 'download', reason: 'time-out', detail: '', permanent: false });
    log.record({ poster: '/a.jpg', stage: 'download', reason: 'not-found', detail: '404', permanent: true });
    writeFileSync(file, `${readFileSync(file, 'utf8')}{"poster":"/b.jp`);
    const again = new FailureLog(file);
    expect(again.size).toBe(1);
    expect(again.get('/a.jpg')).toMatchObject({ reason: 'not-found', permanent: true });
    expect(readFileSync(file, 'utf8').trim().split('\n').length).toBe(1);
    again.clear('/a.jpg');
    again.close();
    expect(readFileSync(file, 'utf8')).toBe('');
  });
});
