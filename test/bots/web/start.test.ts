import { parseHTML } from 'linkedom';
import sharp from 'sharp';
import { afterEach, describe, expect, it } from 'vitest';
import { fakeEngine } from '../../support/fake-engine.ts';
import { startPage } from './page.ts';

type Page = Awaited<ReturnType<typeof startPage>>;
const open: Page[] = [];
const start = async (...args: Parameters<typeof startPage>) => {
  const page = await startPage(...args);
  open.push(page);
  return page;
};
afterEach(async () => {
  await Promise.all(open.splice(0).map(({ app }) => app.close()));
});

const get = async (page: Page, path: string, headers: Record<string, string> = {}) => {
  const response = await fetch(page.url + path, { headers });
  const text = await response.text();
  return { response, text, document: parseHTML(text).document };
};
const fragment = { 'hx-request': 'true' };

describe('the page', () => {
  it('answers at a shareable address without any script', async () => {
    const page = await start();
    const { document } = await get(page, '/?song=hold+on&genre=drama');
    expect(document.querySelectorAll('.film')).toHaveLength(5);
    const token = document.querySelector('.answer')!.getAttribute('data-token')!;
    const again = await get(page, `/a/${token}`);
    expect(again.document.querySelector('.answer h2')!.textContent).toBe(
      document.querySelector('.answer h2')!.textContent,
    );
    const details = document.querySelector('.film form')!.getAttribute('action')!;
    const detail = await get(page, details);
    expect(detail.document.querySelectorAll('.detail .reasons li').length).toBeGreaterThan(0);
  });

  it('gives fragments to htmx, and the address to show', async () => {
    const page = await start();
    const { response, text } = await get(page, '/movie-for?song=%2Fmovie-for+hold+on', fragment);
    expect(text).toMatch(/^<article class="turn">/);
    expect(response.headers.get('content-location')).toMatch(/^\/a\/1a\./);
    const list = await get(page, '/suggest?song=hold', fragment);
    expect(list.document.querySelectorAll('[role=option]')).toHaveLength(3);
  });

  it('offers example songs that answer', async () => {
    const page = await start();
    const { document } = await get(page, '/');
    const examples = [...document.querySelectorAll('.example[data-pick^="spotify"]')];
    expect(examples).toHaveLength(3);
    for (const example of examples) {
      const answer = await get(page, example.getAttribute('href')!);
      expect(answer.document.querySelectorAll('.film')).toHaveLength(5);
    }
  });

  it('lets no script, style or request of strangers in', async () => {
    const page = await start(fakeEngine(), { imageHost: 'https://image.tmdb.org' });
    const { response, document } = await get(page, '/?song=hold+on');
    const policy = response.headers.get('content-security-policy')!;
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self'");
    expect(policy).not.toMatch(/unsafe|\*|data:/);
    const foreign = [...document.querySelectorAll('[src], link[rel=stylesheet], link[rel=icon]')]
      .map((element) => element.getAttribute('src') ?? element.getAttribute('href')!)
      .filter((address) => !address.startsWith('/'));
    expect(foreign).toHaveLength(5);
    expect(foreign.every((address) => address.startsWith('https://image.tmdb.org/t/p/w342/'))).toBe(true);
    expect(document.querySelectorAll('[style], script:not([src])')).toHaveLength(0);
  });

  it('draws every poster itself when offline', async () => {
    const page = await start();
    const { document } = await get(page, '/?song=hold+on');
    const sources = [...document.querySelectorAll('.film img')].map((image) => image.getAttribute('src')!);
    expect(sources).toHaveLength(5);
    const { response, text } = await get(page, sources[0]!);
    expect(response.headers.get('content-type')).toBe('image/svg+xml');
    expect(text).toMatch(/^<svg/);
  });

  it.each([
    '/nothing',
    '/poster/99999999.svg',
    '/poster/1.png',
    '/assets/..%2fserver.ts',
    '/assets/constructor',
  ])('says that there is nothing at %s', async (path) => {
    const { response, text } = await get(await start(), path);
    expect(response.status).toBe(404);
    expect(text).not.toContain('createWebServer');
    expect(parseHTML(text).document.querySelector('.notice p')!.textContent).toMatch(/\.$/);
  });

  it('tells whoever asks too much when to come back, in words', async () => {
    const page = await start(fakeEngine(), { perMinute: 3 });
    const asks = [];
    for (let i = 0; i < 5; i++) asks.push(await get(page, '/movie-for?song=hold+on', fragment));
    expect(asks.map(({ response }) => response.status)).toEqual([200, 200, 200, 429, 429]);
    expect(Number(asks[3]!.response.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(asks[3]!.text).toMatch(/Try again in \d+ s/);
    expect((await get(page, '/healthz')).response.status).toBe(200);
  });

  it('refuses large bodies and strange methods', async () => {
    const page = await start();
    const post = (path: string, body: string) =>
      fetch(page.url + path, { method: 'POST', body, headers: { 'content-type': 'application/json' } });
    expect((await post('/act/x', JSON.stringify('x'.repeat(10_000)))).status).toBe(413);
    expect((await post('/movie-for', '{}')).status).toBe(404);
  });

  it('says whether it is up', async () => {
    const page = await start();
    expect(await (await fetch(`${page.url}/healthz`)).json()).toEqual({ status: 'ok' });
    expect((await fetch(`${page.url}/readyz`)).status).toBe(200);
    const empty = await start(fakeEngine([]));
    expect((await fetch(`${empty.url}/readyz`)).status).toBe(503);
  });
});

describe('an answer to pass on', () => {
  const meta = (document: Awaited<ReturnType<typeof get>>['document'], name: string) =>
    document.querySelector(`meta[property="og:${name}"]`)?.getAttribute('content') ?? null;

  it('has a title, a preview and a picture of its own at its address', async () => {
    const page = await start(fakeEngine(), { publicUrl: 'https://films.example.org' });
    const asked = await get(page, '/?song=hold+on');
    const token = asked.document.querySelector('.answer')!.getAttribute('data-token')!;
    const { document, response } = await get(page, `/a/${token}`);
    expect(document.title).toBe('Five films that feel like “Hold On” · Music2Movie');
    expect(meta(document, 'title')).toBe('Five films that feel like “Hold On”');
    const first = document.querySelector('.film h3')!.textContent!;
    expect(meta(document, 'description')).toContain(first);
    expect(meta(document, 'url')).toBe(`https://films.example.org/a/${token}`);
    const image = meta(document, 'image')!;
    expect(image).toBe(`https://films.example.org/picture/${token}.png`);
    expect(document.querySelector('[data-copy]')!.getAttribute('href')).toBe(meta(document, 'url'));
    expect(response.headers.get('cache-control')).toMatch(/no-cache/);
    expect(response.headers.get('vary')).toMatch(/accept-language.*hx-request/);
    const picture = await fetch(page.url + new URL(image).pathname);
    expect(picture.headers.get('content-type')).toBe('image/png');
    expect(picture.headers.get('content-disposition')).toContain('music2movie-hold-on.png');
    const { width, height, format } = await sharp(Buffer.from(await picture.arrayBuffer())).metadata();
    expect([format, width, height]).toEqual(['png', 1200, 630]);
  });

  it('says when its address works on this machine alone', async () => {
    const copied = async (options: { publicUrl?: string }) => {
      const page = await start(fakeEngine(), options);
      const { document } = await get(page, '/?song=hold+on');
      return document.querySelector('[data-copy]')!.getAttribute('data-copy');
    };
    expect(await copied({})).toMatch(/this machine only/);
    expect(await copied({ publicUrl: 'https://films.example.org' })).not.toMatch(/machine/);
  });

  it('draws no picture of what is no answer', async () => {
    const page = await start();
    for (const file of [
      'x.png',
      `${'1d.5vjLSffimiIP26QG5WcN2K.gr.0.1.'}.png`,
      '1a.5vjLSffimiIP26QG5WcN2K.0.0.1..svg',
    ])
      expect((await fetch(`${page.url}/picture/${file}`)).status).toBe(404);
  });
});

describe('votes on the page', () => {
  const voteToken = '1u.5vjLSffimiIP26QG5WcN2K.gr.0.1.';
  const vote = (page: Page, headers: Record<string, string> = {}, method = 'POST') =>
    fetch(`${page.url}/act/${voteToken}`, { method, headers: { ...fragment, ...headers } });

  it('are one visitor’s by a cookie, and never changed by a mere link or another site', async () => {
    const page = await start();
    const votes = () => page.context.state.list('vote:');
    expect((await vote(page, {}, 'GET')).status).toBe(405);
    expect((await vote(page, { 'sec-fetch-site': 'cross-site' })).status).toBe(405);
    expect((await vote(page, { origin: 'https://evil.example' })).status).toBe(405);
    expect(await votes()).toHaveLength(0);
    const first = await vote(page);
    const cookie = first.headers.get('set-cookie')!;
    expect(cookie).toMatch(/HttpOnly; SameSite=Strict/);
    await vote(page, { cookie: cookie.split(';')[0]! });
    expect(await votes()).toHaveLength(1);
    await vote(page);
    expect(await votes()).toHaveLength(2);
  });
});

describe('a list from Letterboxd', () => {
  it('comes in by the page, long as it may be, stays with the visitor, and out of their answers', async () => {
    const page = await start();
    const { document } = await get(page, '/?song=%2Fmovie-list');
    const [seen] = [...document.querySelectorAll('.upload button')];
    const address = seen!.getAttribute('formaction')!;
    const before = await get(page, '/?song=hold+on');
    const film = fakeEngine().film(
      Number(/\d+/.exec(before.document.querySelector('.film .poster img')!.getAttribute('src')!)![0]),
    )!;
    const others = Array.from(
      { length: 5000 },
      (_, at) => `2024-01-01,Nothing Like ${at},1911,https://boxd.it/${at}`,
    );
    const csv = [
      'Date,Name,Year,Letterboxd URI',
      ...others,
      `2024-01-01,"${film.title}",${film.year},x`,
    ].join('\n');
    const send = (text: string) =>
      fetch(page.url + address, { method: 'POST', body: new URLSearchParams({ csv: text }) });
    const response = await send(csv);
    expect(response.status).toBe(200);
    expect(await response.text()).toContain('One film imported as seen.');
    const cookie = response.headers.get('set-cookie')!.split(';')[0]!;
    const idsOf = (at: typeof before) =>
      [...at.document.querySelectorAll('.film .poster img')].map(
        (img) => /\d+/.exec(img.getAttribute('src')!)![0],
      );
    expect(idsOf(before)).toContain(String(film.id));
    expect(idsOf(await get(page, '/?song=hold+on', { cookie }))).not.toContain(String(film.id));
    expect(idsOf(await get(page, '/?song=hold+on'))).toContain(String(film.id));
    expect((await send('x'.repeat(2_000_000))).status).toBe(413);
    const elsewhere = {
      method: 'POST',
      headers: { 'sec-fetch-site': 'cross-site' },
      body: new URLSearchParams({ csv }),
    };
    expect((await fetch(page.url + address, elsewhere)).status).toBe(405);
  });
});
