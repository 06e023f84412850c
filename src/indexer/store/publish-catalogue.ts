/** Putting the catalogue in use into a store: a folder that a web server hands out, or an address that takes PUT. */
import { createHash } from 'node:crypto';
import { openAsBlob } from 'node:fs';
import { cp, mkdir, rename, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { FILES, MANIFEST } from '../../engine/catalogue/format.ts';
import { buildId, CURRENT, placesOf } from '../../engine/catalogue/place.ts';
import { hashFile, readManifest, verifyFiles } from '../../engine/catalogue/verify.ts';
import { UpstreamError } from '../../shared/errors.ts';
import { USER_AGENT } from '../../shared/http.ts';
import { authorization, type Store } from './sign.ts';

/** How long one file may take, in milliseconds. */
const SEND_MS = 3600_000;

export interface Published {
  readonly id: string;
  /** Files that were sent; the rest was there. */
  readonly sent: number;
}

/**
 * Publishes the build in use. The file that names it is written last, so that nobody is led to half a build.
 *
 * @param to a folder, or a store that takes PUT
 * @throws CatalogueError when there is none here or it is damaged; UpstreamError when the store does not take it
 */
export async function publishCatalogue(dir: string, to: string | Store): Promise<Published> {
  const [place = dir] = await placesOf(path.resolve(dir));
  const manifest = await readManifest(place);
  await verifyFiles(place, manifest, Object.values(FILES));
  const id = buildId(manifest);
  // The manifest behind the files that it names.
  const names = [...Object.keys(manifest.files), MANIFEST];
  const sent =
    typeof to === 'string' ? await toFolder(place, id, names, to) : await toAddress(place, id, names, to);
  return { id, sent };
}

async function toFolder(place: string, id: string, names: readonly string[], to: string): Promise<number> {
  let sent = 0;
  for (const name of names) {
    const target = path.join(to, id, name);
    const { size } = await stat(path.join(place, name));
    if ((await stat(target).catch(() => null))?.size === size && name !== MANIFEST) continue;
    await mkdir(path.dirname(target), { recursive: true });
    await cp(path.join(place, name), `${target}.part`);
    await rename(`${target}.part`, target);
    sent += 1;
  }
  const part = path.join(to, `${CURRENT}.part`);
  await writeFile(part, `${id}\n`);
  await rename(part, path.join(to, CURRENT));
  return sent;
}

async function toAddress(place: string, id: string, names: readonly string[], store: Store): Promise<number> {
  let sent = 0;
  for (const name of names) {
    const { size } = await stat(path.join(place, name));
    const url = `${store.url}/${id}/${name}`;
    if (name !== MANIFEST && (await sizeThere(store, url)) === size) continue;
    const file = path.join(place, name);
    await put(store, url, await openAsBlob(file), await hashFile(file));
    sent += 1;
  }
  const current = `${id}\n`;
  const sha256 = createHash('sha256').update(current).digest('hex');
  await put(store, `${store.url}/${CURRENT}`, new Blob([current]), sha256, { 'cache-control': 'no-cache' });
  return sent;
}

/** Bytes of a file that the store has; null where it has none. */
async function sizeThere(store: Store, url: string): Promise<number | null> {
  const headers = { 'user-agent': USER_AGENT, ...(await authorization(store, 'HEAD', url)) };
  const response = await fetch(url, { method: 'HEAD', headers, redirect: 'manual' }).catch(() => null);
  const length = response?.status === 200 ? response.headers.get('content-length') : null;
  return length === null || length === undefined ? null : Number(length);
}

async function put(
  store: Store,
  url: string,
  body: Blob,
  sha256: string,
  more: Record<string, string> = {},
): Promise<void> {
  const headers = {
    'user-agent': USER_AGENT,
    'content-type': 'application/octet-stream',
    ...(await authorization(store, 'PUT', url, sha256)),
    ...more,
  };
  const signal = AbortSignal.timeout(SEND_MS);
  const refused = (reason: string, underlying?: unknown) =>
    new UpstreamError(`The store did not take ${new URL(url).pathname} (${reason}).`, {
      id: 'store.not-taken',
      hint: 'Check the address and CATALOGUE_TOKEN (of a bucket: the AWS_ settings); run the command again: what was sent stays sent.',
      underlying,
    });
  const response = await fetch(url, { method: 'PUT', headers, body, redirect: 'manual', signal }).catch(
    (error) => {
      throw refused('it cannot be reached', error);
    },
  );
  await response.body?.cancel();
  if (!response.ok) throw refused(`status ${response.status}`);
}
