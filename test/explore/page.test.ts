import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import { parseHTML } from 'linkedom';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { layOutCloud } from '../../src/explore/chart/cloud.ts';
import { drawSvg, NARROW, standaloneSvg, WIDE } from '../../src/explore/chart/draw.ts';
import { barChart } from '../../src/explore/chart/marks.ts';
import { contrast, DARK_COLOURS, LIGHT_COLOURS } from '../../src/explore/chart/theme.ts';
import { count, decimal, interval, list, percent, pValue } from '../../src/explore/format.ts';
import { tableCsv } from '../../src/explore/page/csv.ts';
import { explore } from '../../src/explore/report.ts';
import { tinyWorld, writeFeel } from '../support/tiny.ts';
import { type StarterReport, starterReport } from './starter-report.ts';

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'm2m-page-'));
});
afterAll(() => rm(dir, { recursive: true }));

describe('numbers on the page', () => {
  it('have separators, true minus signs, and no negative nothing', () => {
    expect(count(1_110_815)).toBe('1,110,815');
    expect(decimal(-0.734)).toBe('−0.73');
    expect(decimal(-0.001)).toBe('0.00');
    expect(decimal(Number.NaN)).toBe('–');
    expect(percent(0.0855)).toBe('8.6%');
    expect(interval([-0.1, 0.25])).toBe('−0.10 to 0.25');
    expect(pValue(1e-30)).toBe('p < 0.001');
    expect(list(['a', 'b', 'c'])).toBe('a, b and c');
  });

  it('are quoted in CSV where they must be, and never become a formula', () => {
    const csv = tableCsv({
      columns: ['a', 'b'],
      rows: [
        ['x,"y"', null],
        ['=1+1', -2.5],
        ['', Number.NaN],
      ],
    }); // prettier-ignore
    expect(csv).toBe('a,b\n"x,""y""",\n\'=1+1,-2.5\n,\n');
  });
});

describe('charts', () => {
  const hostile = '<script>alert("&")</script>';
  const chart = barChart([{ label: hostile, value: 2, title: hostile }], {
    axis: 'tracks',
    colours: ['song', 'film'],
    format: count,
  });

  it('escape what the data holds', () => {
    const svg = drawSvg(chart(WIDE), WIDE, hostile);
    expect(svg).not.toContain('<script');
    expect(svg).toContain('aria-label="&lt;script&gt;alert(&quot;&amp;&quot;)&lt;/script&gt;"');
    expect(svg).toContain('role="img"');
  });

  it('stand alone as a file: every colour written out', () => {
    const file = standaloneSvg(drawSvg(chart(NARROW), NARROW, 'bars'));
    expect(file).toMatch(/^<\?xml/);
    expect(file).not.toMatch(/var\(--|currentColor/);
    expect(file).toContain(LIGHT_COLOURS.song);
  });

  it('place every word of a cloud, none over another, the frequent ones larger', () => {
    const words = Array.from({ length: 60 }, (_, i) => ({
      text: `keyword ${i}`,
      count: Math.round(1000 / (i + 1)),
      colour: 'red',
    }));
    const placed = layOutCloud(words, 740, 380, 58);
    expect(placed).toHaveLength(60);
    const size = (text: string) => placed.find((word) => word.text === text)!.size;
    expect(size('keyword 0')).toBeGreaterThan(size('keyword 20'));
    for (const [i, a] of placed.entries()) {
      for (const b of placed.slice(i + 1)) {
        const apart =
          Math.abs(a.x - b.x) >= (a.width + b.width) / 2 - 2 ||
          Math.abs(a.y - b.y) >= Math.min(a.size, b.size) * 0.7;
        expect(apart, `${a.text} over ${b.text}`).toBe(true);
      }
    }
    expect(placed).toEqual(layOutCloud(words, 740, 380, 58));
  });

  it('write text that can be read on every colour, light and dark', () => {
    for (const colours of [LIGHT_COLOURS, DARK_COLOURS]) {
      for (const [name, value] of Object.entries(colours)) {
        const text = /^([qd])(\d)$/.exec(name);
        if (text)
          expect(contrast(value, colours[`${text[1] === 'q' ? 't' : 'u'}${text[2]}`]!)).toBeGreaterThan(4.5);
      }
      for (const name of ['ink', 'muted', 'song', 'film']) {
        expect(contrast(colours[name]!, colours.page!), name).toBeGreaterThan(4.5);
        expect(contrast(colours[name]!, colours.card!), name).toBeGreaterThan(4.5);
      }
    }
  });
});

const SONG_HEADER =
  'track_id,artists,album_name,track_name,popularity,duration_ms,explicit,danceability,energy,key,loudness,mode,speechiness,acousticness,instrumentalness,liveness,valence,tempo,time_signature,track_genre';
const FILM_HEADER = 'id,title,overview,poster_path,popularity,genres,status,vote_average,vote_count,keywords';

async function exploreText(name: string, songs: string, films: string, pairs?: string) {
  const file = (kind: string) => path.join(dir, `${name}-${kind}.csv`);
  await writeFile(file('songs'), songs);
  await writeFile(file('films'), films);
  if (pairs !== undefined) await writeFile(file('pairs'), pairs);
  const report = await explore({
    songs: file('songs'),
    movies: file('films'),
    ...(pairs === undefined ? {} : { pairs: file('pairs') }),
    model: path.join(dir, 'no model here'),
    feel: (await tinyWorld()).noFeel,
    out: path.join(dir, `${name}.html`),
  });
  return { report, html: await readFile(report.page, 'utf8') };
}

describe('the page', () => {
  const songs = `${SONG_HEADER}\n${'a'.padEnd(22, '0')},"<b>A&B</b>",Album,"</script><img src=x onerror=alert(1)>",50,200000,True,0.5,0.5,1,-5,1,0.1,0.1,0,0.1,0.5,120,4,"<i>pop"\n`;
  const films = `${FILM_HEADER}\n1,"<svg onload=alert(1)>",A plot,/a.jpg,1,Drama,Released,6,10,"</style><script>x</script>, murder"\n`;

  it('says plainly what is missing: pairs, a model, columns', async () => {
    const { html } = await exploreText('bare', songs, films);
    expect(html).toContain('No file of soundtrack pairs was given (--pairs)');
    expect(html).toContain('There is no fitted model');
    expect(html).toContain('cannot be said');
  });

  it('draws the feel space of a data set with its model, the same page each time', async () => {
    const world = await tinyWorld();
    const page = async (name: string) => {
      const report = await explore({ ...world, out: path.join(dir, `${name}.html`) });
      return (await readFile(report.page, 'utf8')).replaceAll(`${name}-figures`, 'figures');
    };
    const html = await page('tiny');
    const ids = [...html.matchAll(/<figure id="([^"]+)"/g)].map((match) => match[1]!);
    expect(ids).toEqual(
      expect.arrayContaining([
        'feel-use',
        'world-use',
        'feel-together',
        'feel-picks',
        'feel-song-genres',
        'feel-film-genres',
        'feel-score',
        'space-map',
      ]),
    );
    expect(html).toContain('42 songs and 48 films of this data are described');
    for (const { id, textContent } of parseHTML(html).document.querySelectorAll('figure'))
      expect(/NaN|undefined|Infinity|\[object/.test(textContent!), id).toBe(false);
    expect(await page('again')).toBe(html);
  });

  it('says where too little is described to compare', async () => {
    const world = await tinyWorld();
    const report = await explore({ ...world, feel: world.noFeel, out: path.join(dir, 'undescribed.html') });
    const html = await readFile(report.page, 'utf8');
    expect(html).toContain('0 songs and 0 films of this data are described');
    expect(html).toContain('too few to compare how songs and films use them');
    expect(html).not.toContain('id="feel-use"');
    expect(html).toContain('id="feel-score"');
  });

  it("refuses feel data of another vocabulary than the model's", async () => {
    const world = await tinyWorld();
    const feel = await writeFeel(path.join(dir, 'other-feel'));
    const terms = await readFile(path.join(feel, 'terms.tsv'), 'utf8');
    await writeFile(path.join(feel, 'terms.tsv'), terms.replace('\ntender\t', '\ngentle\t'));
    await expect(explore({ ...world, feel, out: path.join(dir, 'x.html') })).rejects.toMatchObject({
      id: 'index.vocabulary',
    });
  });

  it('says where the pairs are too few', async () => {
    const { html } = await exploreText('few', songs, films, `track_id,tmdb_id\n${'a'.padEnd(22, '0')},1\n`);
    expect(html).toContain('1 pairs of a song and a film');
    expect(html).toContain('too few to compare film genres');
  });

  it('lets no markup of the data through', async () => {
    const { html } = await exploreText('hostile', songs, films);
    const { document } = parseHTML(html);
    expect(document.querySelectorAll('script')).toHaveLength(1);
    expect(document.querySelectorAll('img, b, i, [onload], [onerror]')).toHaveLength(0);
  });

  it('refuses files without a song or film, in a sentence', async () => {
    await expect(exploreText('no-songs', `${SONG_HEADER}\n`, films)).rejects.toMatchObject({
      id: 'explore.no-songs',
    });
    await expect(exploreText('no-films', songs, `${FILM_HEADER}\n`)).rejects.toMatchObject({
      id: 'explore.no-films',
    });
  });
});

describe("the starter's report", () => {
  let report: StarterReport;
  let html: string;
  let document: ReturnType<typeof parseHTML>['document'];
  beforeAll(async () => {
    report = await starterReport();
    html = await readFile(report.page, 'utf8');
    document = parseHTML(html).document;
  });

  it('is one small file that asks nothing of the network', () => {
    expect(Buffer.byteLength(html)).toBeLessThan(1_500_000);
    expect(html).toContain("default-src 'none'");
    const addresses = [...html.matchAll(/(?:src|href|url)\s*[=(]\s*"?([^"\s>)]+)/g)].map(
      (match) => match[1]!,
    );
    for (const address of addresses)
      expect(address).toMatch(/^(?:#|data:,|starter-figures\/[a-z-]+\.(?:svg|csv)$)/);
  });

  it('has every section and figure in its contents, under one name each', () => {
    const ids = [...document.querySelectorAll('[id]')].map((element) => element.id);
    expect(new Set(ids).size).toBe(ids.length);
    const linked = [...document.querySelectorAll('nav a')].map((a) => a.getAttribute('href')!.slice(1));
    expect(linked).toEqual([...document.querySelectorAll('section, figure')].map((element) => element.id));
    expect(document.querySelectorAll('figure')).toHaveLength(Number(/(\d+) figures/.exec(report.said)![1]));
  });

  it('captions every figure with figures, and describes every chart', () => {
    for (const caption of document.querySelectorAll('figcaption')) expect(caption.textContent).toMatch(/\d/);
    for (const text of document.querySelectorAll('figcaption, section > p, [aria-label]')) {
      const said = text.getAttribute('aria-label') ?? text.textContent!;
      expect(said).not.toMatch(/NaN|undefined|Infinity|\[object/);
    }
    for (const svg of document.querySelectorAll('figure div > svg')) {
      expect(svg.getAttribute('role')).toBe('img');
      expect(svg.getAttribute('aria-label')!.length).toBeGreaterThan(20);
    }
  });

  it('lays every chart as SVG and its numbers as CSV beside the page', async () => {
    const files = new Set(await readdir(report.folder));
    for (const figure of document.querySelectorAll('figure')) {
      const rows: string[][] = parse(await readFile(path.join(report.folder, `${figure.id}.csv`), 'utf8'));
      expect(rows.length, figure.id).toBeGreaterThan(1);
      expect(files.has(`${figure.id}.svg`), figure.id).toBe(figure.querySelector('svg') !== null);
    }
  });

  it('stands in the documents with the same figures, page and folder below 1.5 MB', async () => {
    const docs = new URL('../../docs/explore/', import.meta.url);
    const shown = await readFile(new URL('starter.html', docs), 'utf8');
    const ids = (text: string) => [...text.matchAll(/<figure id="([^"]+)"/g)].map((match) => match[1]);
    expect(ids(shown), 'run: npx music2movie explore --out docs/explore/starter.html').toEqual(ids(html));
    const folder = new URL('starter-figures/', docs);
    const names = (await readdir(folder)).sort();
    expect(names).toEqual((await readdir(report.folder)).sort());
    let bytes = Buffer.byteLength(shown);
    for (const name of names) bytes += (await stat(new URL(name, folder))).size;
    expect(bytes).toBeLessThan(1_500_000);
  });
});
