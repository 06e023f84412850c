/** Fetches one large file: resumed where it broke off, checked, and only then under its own name. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readFile, rename, rm, stat, statfs, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Music2MovieError, UpstreamError, UserError } from '../shared/errors.ts';
import { USER_AGENT } from '../shared/http.ts';
import { withRetries } from '../shared/retry.ts';
import { type WrongKind, wrongKind } from './tables/wrong-kinds.ts';

/** Bytes that stay free on the disk whatever is written. */
const SPARE_BYTES = 50_000_000;
/** Redirects from a data set's page to the host that keeps the file. */
const MAX_REDIRECTS = 5;

export interface DownloadOptions {
  /** Name of the source in sentences. */
  readonly source: string;
  readonly url: string;
  /** Sent to the address's own origin, never where it redirects to; made anew for every attempt. */
  readonly headers?: () => Promise<Record<string, string>>;
  /** Where the file will stand; `<file>.part` and `<file>.part.json` stand beside it meanwhile. */
  readonly file: string;
  /** What is asked for: its first bytes are looked at before it gets its name. */
  readonly expected?: 'table' | 'archive' | 'model';
  /** Told of bytes so far and altogether (null: unknown). */
  readonly onProgress: (done: number, total: number | null) => void;
  /** Attempts before giving up. */
  readonly attempts?: number;
  /** Milliseconds without a byte after which an attempt has failed. */
  readonly idleMs?: number;
  /** Milliseconds before the second attempt; grows with each. */
  readonly waitMs?: number;
}

/** What a download remembers beside its first part. */
interface PartNote {
  readonly url: string;
  readonly etag: string;
}

/** A check sum that a source names. */
interface CheckSum {
  readonly algorithm: 'sha256' | 'md5';
  /** Hexadecimal. */
  readonly value: string;
}

/**
 * Downloads a file. A part left by an earlier attempt is continued when the source still has the same version
 * (If-Range); a check sum is verified where the source names one (Hugging Face's X-Linked-ETag, the X-Goog-Hash of the
 * store behind Kaggle). A page instead of a file never gets the file's name.
 *
 * @returns whether a check sum was verified
 * @throws UpstreamError when the source does not deliver, or delivers something else; UserError when the disk is too small
 */
export async function download(options: DownloadOptions): Promise<{ readonly verified: boolean }> {
  const { file, source, attempts = 5, waitMs = 1_000 } = options;
  await mkdir(dirname(file), { recursive: true });
  const part = `${file}.part`;
  const forget = async () => {
    await rm(part, { force: true });
    await rm(`${part}.json`, { force: true });
  };
  const attempt = async () => {
    const sum = await fetchPart(options);
    try {
      await verifyKind(part, options);
      await verifyChecksum(part, sum, source);
    } catch (error) {
      await forget();
      throw error;
    }
    await rename(part, file);
    await rm(`${part}.json`, { force: true });
    return { verified: sum !== null };
  };
  const pause = (error: unknown, failed: number) =>
    error instanceof Music2MovieError ? null : waitMs * failed;
  try {
    return await withRetries(attempt, { attempts, pause });
  } catch (error) {
    throw error instanceof Music2MovieError ? error : unreachable(source, error);
  }
}

/** Brings the part up to the whole. @returns the check sum that the source names, or null */
async function fetchPart({ source, url, file, headers: own, onProgress, idleMs = 30_000 }: DownloadOptions) {
  const part = `${file}.part`;
  const note = await readNote(part, url);
  const have = note ? ((await stat(part).catch(() => null))?.size ?? 0) : 0;
  const idle = new AbortController();
  const timer = setTimeout(() => idle.abort(new Error('no data')), idleMs);
  try {
    const headers: Record<string, string> = { 'user-agent': USER_AGENT };
    if (note && have > 0) Object.assign(headers, { range: `bytes=${have}-`, 'if-range': note.etag });
    const { response, sum } = await follow({
      source,
      url,
      headers,
      own: (await own?.()) ?? {},
      signal: idle.signal,
    });
    if (response.status === 416) {
      // The part is as long as the file or longer: it is whole, or it is wrong. Only a check sum can tell.
      await response.body?.cancel();
      if (sum && (await hashOf(part, sum.algorithm)) === sum.value) return sum;
      await rm(part, { force: true });
      throw new Error('the part did not fit');
    }
    if (response.status !== 200 && response.status !== 206) throw status(source, response.status);
    if (/^(?:text\/html|application\/xhtml)/i.test(response.headers.get('content-type') ?? ''))
      throw notTheFile(source, await kindOfPage(response));
    const start = response.status === 206 ? have : 0;
    const length = Number(response.headers.get('content-length') ?? Number.NaN);
    const total = Number.isFinite(length) ? start + length : null;
    await requireSpace(file, total === null ? 0 : total - start);
    await writeNote(part, url, response.headers.get('etag'));
    await append(part, start, response, (done) => {
      timer.refresh();
      onProgress(done, total);
    });
    const size = (await stat(part)).size;
    if (total !== null && size !== total) throw new Error(`${size} bytes of ${total}`);
    return sum;
  } finally {
    clearTimeout(timer);
  }
}

interface Followed {
  readonly source: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** For the first origin alone. */
  readonly own: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}

/** Follows redirects by hand: HTTPS only, apart from a stand-in on this machine; the first one may name a check sum. */
async function follow({ source, url, headers, own, signal }: Followed) {
  let address = new URL(url);
  const { origin } = address;
  const local = address.protocol === 'http:';
  let sum: CheckSum | null = null;
  for (let hop = 0; hop <= MAX_REDIRECTS; hop += 1) {
    const sent = address.origin === origin ? { ...headers, ...own } : headers;
    const response = await fetch(address, { headers: sent, redirect: 'manual', signal });
    sum ??= checkSumIn(response.headers);
    const location = response.headers.get('location');
    if (response.status < 300 || response.status > 399 || !location) return { response, sum };
    await response.body?.cancel();
    address = new URL(location, address);
    if (/\/(?:account\/)?(?:login|sign-?in)\b/i.test(address.pathname))
      throw notTheFile(source, SIGN_IN_PAGE);
    if (address.protocol !== 'https:' && !local) throw status(source, response.status);
  }
  throw status(source, 310);
}

async function append(part: string, start: number, response: Response, onProgress: (done: number) => void) {
  const handle = await open(part, start > 0 ? 'r+' : 'w');
  try {
    let at = start;
    for await (const chunk of response.body ?? []) {
      await handle.write(chunk, 0, chunk.byteLength, at);
      at += chunk.byteLength;
      onProgress(at);
    }
  } finally {
    await handle.close();
  }
}

async function readNote(part: string, url: string): Promise<PartNote | null> {
  try {
    const note = JSON.parse(await readFile(`${part}.json`, 'utf8')) as PartNote;
    return note.url === url && note.etag ? note : null;
  } catch {
    return null;
  }
}

/** Only a strong ETag promises that two parts are of the same bytes. */
async function writeNote(part: string, url: string, etag: string | null): Promise<void> {
  if (etag?.startsWith('"')) await writeFile(`${part}.json`, JSON.stringify({ url, etag }));
  else await rm(`${part}.json`, { force: true });
}

/**
 * Makes sure that the disk of a file has room.
 * @throws UserError `data.disk-full`
 */
export async function requireSpace(file: string, bytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(dirname(file));
  const free = bavail * bsize;
  if (free >= bytes + SPARE_BYTES) return;
  const missing = Math.ceil((bytes + SPARE_BYTES - free) / 1e6);
  throw new UserError(`The disk is too full: ${missing} MB are missing.`, {
    id: 'data.disk-full',
    hint: `Free some space, or name a folder on another disk with --out. (${dirname(file)})`,
  });
}

/** The sha256 of Hugging Face, or the MD5 that Google's store gives in base 64. */
function checkSumIn(headers: Headers): CheckSum | null {
  const sha256 = /^"?([0-9a-f]{64})"?$/.exec(headers.get('x-linked-etag') ?? '')?.[1];
  if (sha256) return { algorithm: 'sha256', value: sha256 };
  const md5 = /\bmd5=([\w+/]{22}==)/.exec(headers.get('x-goog-hash') ?? '')?.[1];
  return md5 ? { algorithm: 'md5', value: Buffer.from(md5, 'base64').toString('hex') } : null;
}

async function hashOf(file: string, algorithm: CheckSum['algorithm']): Promise<string> {
  const hash = createHash(algorithm);
  for await (const chunk of createReadStream(file)) hash.update(chunk);
  return hash.digest('hex');
}

const SIGN_IN_PAGE: WrongKind = { what: 'a web page that asks to sign in', hint: '' };

async function kindOfPage(response: Response): Promise<WrongKind> {
  const text = (await response.text()).slice(0, 65_536);
  return wrongKind(Buffer.from(text)) ?? { what: 'a web page (HTML)', hint: '' };
}

/** Looks at how a file begins: an error page has a status of 200 often enough. */
async function verifyKind(part: string, { source, expected }: DownloadOptions): Promise<void> {
  if (expected === undefined) return;
  const handle = await open(part);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(65_536), 0, 65_536, 0);
    const head = buffer.subarray(0, bytesRead);
    const wrong = wrongKind(head);
    if (wrong) throw notTheFile(source, wrong);
    if (expected === 'archive' && head.subarray(0, 4).toString('latin1') !== 'PK\u0003\u0004')
      throw notTheFile(source, { what: 'something that is no zip archive', hint: '' });
    if (bytesRead === 0) throw notTheFile(source, { what: 'an empty file', hint: '' });
  } finally {
    await handle.close();
  }
}

function notTheFile(source: string, { what }: WrongKind): UpstreamError {
  return new UpstreamError(`${source} sent ${what} instead of the file.`, {
    id: 'data.kind',
    hint: 'Nothing was kept. Try again later, or download the file in a browser and name it: --songs FILE or --movies FILE.',
  });
}

async function verifyChecksum(part: string, sum: CheckSum | null, source: string): Promise<void> {
  if (sum === null || (await hashOf(part, sum.algorithm)) === sum.value) return;
  throw new UpstreamError(`The file from ${source} arrived damaged.`, {
    id: 'data.checksum',
    hint: 'It was removed; run the command again.',
  });
}

function status(source: string, code: number): Error {
  // A server in trouble may recover within our attempts; a refusal will not.
  if (code === 429 || code >= 500) return new Error(`status ${code}`);
  return new UpstreamError(`${source} does not hand out the file (status ${code}).`, {
    id: 'data.refused',
    hint: 'Download it in a browser and name it: --songs FILE or --movies FILE.',
  });
}

function unreachable(source: string, underlying: unknown): UpstreamError {
  return new UpstreamError(`${source} could not be reached, or the connection broke off.`, {
    id: 'data.unreachable',
    hint: 'Run the command again: what has arrived so far is kept.',
    underlying,
  });
}
