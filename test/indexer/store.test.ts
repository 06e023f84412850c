/** Catalogues by way of a store: published whole, fetched in pieces, checked, and taken into use by running machines. */
import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { fetchFirst, followStore } from '../../src/cli/follow-store.ts';
import { loadConfig } from '../../src/config.ts';
import { readCurrent } from '../../src/engine/catalogue/place.ts';
import { Engine } from '../../src/engine/engine.ts';
import { fetchCatalogue } from '../../src/indexer/store/fetch-catalogue.ts';
import { publishCatalogue } from '../../src/indexer/store/publish-catalogue.ts';
import { bucketStore } from '../../src/indexer/store/sign.ts';
import { run } from '../cli/support.ts';
import { buildFrom, filmRow, temporaryFolder, variedSongs } from '../support/catalogue.ts';
import { signedWith } from '../support/signature-v4.ts';
import { bearer, type FakeStore, startStore } from '../support/store.ts';

const TOKEN = 'store-token';
const songs = variedSongs(12);
const films = (count: number) => Array.from({ length: count }, (_, i) => filmRow(i + 1));
const quiet = { info() {}, warn() {} };

let store: FakeStore;
let first: string;
let second: string;
beforeAll(async () => {
  first = (await buildFrom(films(20), songs)).dir;
  // Ids are told apart by the second.
  await new Promise((resolve) => setTimeout(resolve, 1_100));
  second = (await buildFrom(films(30), songs)).dir;
}, 60_000);
beforeEach(async () => {
  await store?.stop();
  store = await startStore(bearer(TOKEN));
});
afterAll(() => store.stop());

const place = () => ({ url: store.url, token: TOKEN });
const newFolder = async () => path.join(await temporaryFolder(), 'catalogue');
async function filmsIn(dir: string): Promise<number> {
  const engine = await Engine.open(dir);
  await engine.close();
  return engine.info.movies;
}
const got = () => store.asked.filter((one) => one.startsWith('GET '));

describe('a store', () => {
  it('hands out what was published, the files that changed alone', async () => {
    const dir = await newFolder();
    await expect(fetchCatalogue(place(), dir)).rejects.toMatchObject({ id: 'store.refused' });
    const published = await publishCatalogue(first, place());
    expect(store.asked.at(-1)).toBe('PUT current');
    const fetched = await fetchCatalogue(place(), dir);
    expect(fetched!.id).toBe(published.id);
    expect(await filmsIn(dir)).toBe(20);
    expect(await fetchCatalogue(place(), dir)).toBeNull();
    const next = await publishCatalogue(second, place());
    store.asked.length = 0;
    const again = await fetchCatalogue(place(), dir);
    expect([again!.id, await filmsIn(dir)]).toEqual([next.id, 30]);
    expect(again!.bytes).toBeLessThan(fetched!.bytes);
    expect(got()).not.toContain(`GET ${next.id}/model/weights.bin`);
    expect((await publishCatalogue(second, place())).sent).toBe(1);
  });

  it('is read again where a connection broke off, from there', async () => {
    const dir = await newFolder();
    const { id } = await publishCatalogue(first, place());
    store.cut = 100_000;
    await fetchCatalogue(place(), dir);
    expect(await readCurrent(dir)).toBe(id);
    expect(store.asked.filter((one) => one.includes(' bytes=100000-')).length).toBeGreaterThan(0);
  });

  it('is gone on with where a machine was stopped half way', async () => {
    const dir = await newFolder();
    const { id } = await publishCatalogue(first, place());
    const late = `${id}/model/vocabulary.txt`;
    const kept = store.files.get(late)!;
    store.files.delete(late);
    await expect(fetchCatalogue(place(), dir)).rejects.toMatchObject({ id: 'data.refused' });
    expect(await readCurrent(dir)).toBeNull();
    const before = new Set(got());
    store.asked.length = 0;
    store.files.set(late, kept);
    await fetchCatalogue(place(), dir);
    const twice = got().filter((one) => before.has(one));
    expect(twice.filter((one) => !/current|manifest|vocabulary/.test(one))).toEqual([]);
    expect(await filmsIn(dir)).toBe(20);
  });

  it('cannot slip in other bytes, files elsewhere, or a manifest of its own', async () => {
    const dir = await newFolder();
    const { id } = await publishCatalogue(first, place());
    const weights = store.files.get(`${id}/films.vectors`)!;
    store.files.set(
      `${id}/films.vectors`,
      Buffer.from(weights.map((byte, at) => (at === 9 ? byte ^ 1 : byte))),
    );
    await expect(fetchCatalogue(place(), dir)).rejects.toMatchObject({ id: 'store.damaged' });
    expect(await readCurrent(dir)).toBeNull();
    store.files.set(`${id}/films.vectors`, weights);
    const manifest = String(store.files.get(`${id}/manifest.json`));
    store.files.set(`${id}/manifest.json`, Buffer.from(manifest.replace('films.vectors', '../../escaped')));
    await expect(fetchCatalogue(place(), dir)).rejects.toMatchObject({ id: 'store.manifest' });
    store.files.set(`${id}/manifest.json`, Buffer.from('<html>'));
    await expect(fetchCatalogue(place(), dir)).rejects.toMatchObject({ id: 'store.manifest' });
    store.files.set('current', Buffer.from('../etc'));
    await expect(fetchCatalogue(place(), dir)).rejects.toMatchObject({ id: 'store.no-build' });
    await expect(fetchCatalogue({ url: store.url, token: 'wrong' }, dir)).rejects.toMatchObject({
      hint: expect.stringContaining('CATALOGUE_TOKEN'),
    });
  });

  it('is followed by many processes of one machine: one fetches, all have it', async () => {
    await publishCatalogue(first, place());
    const config = loadConfig({
      CATALOGUE_URL: store.url,
      CATALOGUE_TOKEN: TOKEN,
      MUSIC2MOVIE_CATALOGUE: await newFolder(),
    });
    const dir = config.catalogueDir;
    await fetchFirst(config, quiet);
    expect(await filmsIn(dir)).toBe(20);
    const following = [followStore(config, quiet, 20), followStore(config, quiet, 20)];
    store.asked.length = 0;
    const { id } = await publishCatalogue(second, place());
    while ((await readCurrent(dir)) !== id) await new Promise((resolve) => setTimeout(resolve, 20));
    await Promise.all(following.map((one) => one.stop()));
    expect(got().filter((one) => one.endsWith('films.vectors'))).toHaveLength(1);
    await store.stop();
    const warned: unknown[] = [];
    await fetchFirst(config, { info() {}, warn: (fields: unknown) => warned.push(fields) } as never);
    expect(warned).toHaveLength(1);
    await rm(dir, { recursive: true });
    await expect(fetchFirst(config, quiet)).rejects.toMatchObject({ id: 'upstream.unreachable' });
    store = await startStore(bearer(TOKEN));
  });
});

describe('a bucket', () => {
  const keys = {
    id: 'AKIDEXAMPLE',
    secret: 'wJalrXUtnFEMI/K7MDENG',
    region: 'eu-central-1',
    session: 'passing',
  };
  const settings = (url: string) => ({
    CATALOGUE_URL: 's3://bucket/of/films/',
    AWS_ENDPOINT_URL_S3: new URL(url).origin,
    AWS_ACCESS_KEY_ID: keys.id,
    AWS_SECRET_ACCESS_KEY: keys.secret,
    AWS_SESSION_TOKEN: keys.session,
    AWS_REGION: keys.region,
  });

  it('is sent what is published, and hands it out, by signed requests alone', async () => {
    await store.stop();
    store = await startStore(signedWith(keys));
    const env = settings(store.url);
    const published = await run(['catalogue', 'publish', '--catalogue', first], { env });
    expect([published.code, published.err]).toEqual([0, '']);
    expect(store.asked.at(-1)).toBe('PUT of/films/current');
    const config = loadConfig({ ...env, MUSIC2MOVIE_CATALOGUE: await newFolder() });
    store.cut = 100_000;
    await fetchFirst(config, quiet);
    expect(await filmsIn(config.catalogueDir)).toBe(20);
    // Gone on with where it broke off, signed anew.
    expect(store.asked.filter((one) => one.includes(' bytes=100000-')).length).toBeGreaterThan(0);

    const wrong = { ...env, AWS_SECRET_ACCESS_KEY: 'another' };
    const refused = await run(['catalogue', 'publish', '--catalogue', first], { env: wrong });
    expect([refused.code, refused.err]).toEqual([5, expect.stringContaining('AWS_')]);
    expect(refused.err).not.toContain('another');
  });

  it('is Amazon’s own where no other is named, and needs keys', async () => {
    const access = { accessKeyId: 'a', secretAccessKey: 'b', sessionToken: null, region: 'eu-west-1' };
    expect(bucketStore('s3://films/all', { ...access, endpoint: null }).url).toBe(
      'https://films.s3.eu-west-1.amazonaws.com/all',
    );
    expect(() => loadConfig({ CATALOGUE_URL: 's3://films' })).toThrow(/AWS_ACCESS_KEY_ID/);
    expect(() => loadConfig({ CATALOGUE_URL: 's3://FILMS?x' })).toThrow(/CATALOGUE_URL must be/);
    const { code, err } = await run(['catalogue', 'publish', 's3://films', '--catalogue', first]);
    expect([code, err]).toEqual([2, expect.stringContaining('AWS_ACCESS_KEY_ID')]);
  });
});

describe('catalogue publish', () => {
  it('writes a folder that any web server may hand out, or sends to the address in the settings', async () => {
    const to = await temporaryFolder();
    const { out, code } = await run(['catalogue', 'publish', to, '--catalogue', first]);
    expect([code, out]).toEqual([0, expect.stringMatching(/is published; files sent: \d\d\./)]);
    const id = (await readFile(path.join(to, 'current'), 'utf8')).trim();
    for (const name of ['current', `${id}/manifest.json`]) {
      store.files.set(name, await readFile(path.join(to, name)));
    }
    expect((await run(['catalogue', 'publish', to, '--catalogue', first])).out).toContain('files sent: 1.');
    const env = { CATALOGUE_URL: store.url, CATALOGUE_TOKEN: TOKEN };
    expect((await run(['catalogue', 'publish', '--catalogue', first], { env })).code).toBe(0);
    const dir = await newFolder();
    expect((await fetchCatalogue(place(), dir))!.id).toBe(id);
    const refused = await run(['catalogue', 'publish', store.url, '--catalogue', first]);
    expect([refused.code === 0, refused.err]).toEqual([false, expect.stringContaining('did not take')]);
    const nowhere = await run(['catalogue', 'publish', '--catalogue', first]);
    expect(nowhere.err).toContain('It is not said where to');
  });
});
