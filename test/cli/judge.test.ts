import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type JudgeCommand, serveJudge } from '../../src/cli/judge.ts';
import { Engine } from '../../src/engine/engine.ts';
import { readJudgements } from '../../src/fitting/judgements.ts';
import { drawSongs, makeBallots, shuffled } from '../../src/judge/ballots.ts';
import { RATING_COLUMNS, type Rating, RatingsFile, readRatings } from '../../src/judge/ratings.ts';
import { summarise } from '../../src/judge/summary.ts';
import { openBrowser } from '../support/browser.ts';
import { temporaryFolder, trackId } from '../support/catalogue.ts';
import { filmId, songNumber, tinyCatalogue } from '../support/tiny.ts';
import { run } from './support.ts';

let catalogue: string;
let folder: string;
beforeAll(async () => {
  catalogue = await tinyCatalogue();
});
beforeEach(async () => {
  folder = await temporaryFolder();
});

const song = (kind: number, n: number) => trackId(songNumber(kind, n));
const rating = (changes: Partial<Rating> = {}): Rating => ({
  time: '2026-11-27T12:00:00.000Z',
  rater: 'ann',
  song: song(0, 0),
  film: filmId(0, 0),
  system: 'ours',
  fits: 1,
  ...changes,
});
const line = ({ time, rater, song: of, film, system, fits }: Rating) =>
  [time, rater, of, film, system, fits ?? ''].join();
const asCsv = (ratings: readonly Rating[]) => `${[RATING_COLUMNS.join(), ...ratings.map(line)].join('\n')}\n`;
const write = async (name: string, text: string) => {
  const file = path.join(folder, name);
  await writeFile(file, text);
  return file;
};

describe('the page', () => {
  const stops: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const stop of stops.splice(0)) await stop();
  });

  async function serve(options: Partial<JudgeCommand> = {}): Promise<{ url: string; out: string }> {
    const songs = await write('songs.txt', `# two songs\n${song(0, 0)}\n\n${song(3, 1)}\n`);
    const out = path.join(folder, 'ratings.csv');
    const io = {
      out: () => {},
      err: () => {},
      stdin: process.stdin,
      isTerminal: false,
      columns: 80,
      env: {},
    };
    const running = await serveJudge(io, { songs, out, port: 0, seed: 1, catalogue, ...options });
    stops.push(running.stop);
    return { url: running.url, out };
  }

  const page = async (url: string) => {
    const response = await fetch(url, { redirect: 'manual' });
    return { status: response.status, headers: response.headers, text: await response.text() };
  };
  const fieldsOf = (text: string) => [
    ...new Set([...text.matchAll(/name="(film-\d+-\d+)"/g)].map(([, f]) => f!)),
  ];
  const songOf = (text: string) => /name="song" value="(\w{22})"/.exec(text)?.[1];
  const rate = (url: string, fields: Record<string, string>, headers: Record<string, string> = {}) =>
    fetch(`${url}/rate`, { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual', headers });
  const answers = (text: string, value: (i: number) => string) =>
    Object.fromEntries(fieldsOf(text).map((name, i) => [name, value(i)]));

  it('asks for a name, then for one song after the other, and says when all are rated', async () => {
    const { url, out } = await serve();
    expect((await page(`${url}/`)).text).toMatch(/<input type="text" name="rater" required/);
    const at = `${url}/?rater=Ann`;
    const seen: string[] = [];
    for (let n = 1; n <= 2; n++) {
      const { text } = await page(at);
      expect(text).toContain(`Song ${n} of 2`);
      seen.push(songOf(text)!);
      const response = await rate(url, { rater: 'Ann', song: songOf(text)!, ...answers(text, () => '0.5') });
      expect([response.status, response.headers.get('location')]).toEqual([303, '/?rater=Ann']);
    }
    expect((await page(at)).text).toMatch(/You have rated all 2 songs/);
    expect(seen.sort()).toEqual([song(0, 0), song(3, 1)].sort());
    const kept = await readRatings(out);
    expect(kept).toHaveLength(20);
    expect(new Set(kept.map(({ system }) => system))).toEqual(new Set(['ours', 'control']));
    expect(kept.every(({ fits, rater }) => fits === 0.5 && rater === 'Ann')).toBe(true);
  });

  it('shows titles and years of two lists of five, and nothing that tells whose they are', async () => {
    const { url } = await serve({ rater: 'Ann' });
    const { text, headers } = await page(`${url}/`);
    expect(fieldsOf(text)).toHaveLength(10);
    expect(text.match(/<h2>List \d<\/h2>/g)).toHaveLength(2);
    expect(text.match(/<legend>[^<]+ \(\d{4}\)/g)).toHaveLength(10);
    for (const value of ['1', '0.5', '0', ''])
      expect(
        text.match(new RegExp(`type="radio" name="film-0-0" value="${value}" required`, 'g')),
      ).toHaveLength(1);
    expect(text).not.toMatch(/ours|control|score|<img|<script|style=/i);
    expect(headers.get('content-security-policy')).toMatch(/default-src 'none'/);
    expect((await page(`${url}/style.css`)).headers.get('content-type')).toMatch(/^text\/css/);
  });

  it('writes the answers of each film to the list that it stood in', async () => {
    const { url, out } = await serve({ rater: 'Ann' });
    const { text } = await page(`${url}/`);
    const values = ['1', '0.5', '0', '', '1', '0', '0', '1', '0.5', ''];
    await rate(url, { song: songOf(text)!, ...answers(text, (i) => values[i]!) });
    const engine = await Engine.open(catalogue);
    const kept = await readRatings(out);
    const own = kept.filter(({ system }) => system === 'ours').map(({ film }) => film);
    expect(own.sort()).toEqual(
      engine
        .moviesFor(songOf(text)!)
        .matches.map(({ film }) => film.id)
        .sort(),
    ); // prettier-ignore
    // The order of the page is the order of the lines.
    const titles = [...text.matchAll(/<legend>(.+?) \(/g)].map(([, title]) => title);
    expect(kept.map(({ film }) => engine.film(film)!.title)).toEqual(titles);
    expect(kept.map(({ fits }) => String(fits ?? ''))).toEqual(values);
    await engine.close();
  });

  it('stays the same when it is loaded again, and goes on after a restart', async () => {
    const { url, out } = await serve({ rater: 'Ann' });
    const { text } = await page(`${url}/`);
    expect((await page(`${url}/`)).text).toBe(text);
    await rate(url, { song: songOf(text)!, ...answers(text, () => '1') });
    for (const stop of stops.splice(0)) await stop();
    const again = await serve({ rater: 'Ann' });
    const next = await page(`${again.url}/`);
    expect(next.text).toContain('Song 2 of 2');
    expect(songOf(next.text)).not.toBe(songOf(text));
    expect(await readRatings(out)).toHaveLength(10);
  });

  it('takes "no idea of this song" without any answer, and keeps it as not known', async () => {
    const { url, out } = await serve({ rater: 'Ann' });
    const { text } = await page(`${url}/`);
    expect((await rate(url, { song: songOf(text)!, unknown: '1' })).status).toBe(303);
    expect((await readRatings(out)).map(({ fits }) => fits)).toEqual(new Array(10).fill(null));
  });

  it('keeps the first of two answers for a song', async () => {
    const { url, out } = await serve({ rater: 'Ann' });
    const { text } = await page(`${url}/`);
    const send = (value: string) => rate(url, { song: songOf(text)!, ...answers(text, () => value) });
    const both = await Promise.all([send('1'), send('1')]);
    expect(both.map(({ status }) => status)).toEqual([303, 303]);
    await send('0');
    expect((await readRatings(out)).map(({ fits }) => fits)).toEqual(new Array(10).fill(1));
  });

  it('keeps raters apart, each with an order of their own', async () => {
    const { url, out } = await serve();
    for (const rater of ['Ann', 'Bob Ó.']) {
      const { text } = await page(`${url}/?rater=${encodeURIComponent(rater)}`);
      expect(text).toContain('Song 1 of 2');
      await rate(url, { rater, song: songOf(text)!, ...answers(text, () => '1') });
    }
    expect(new Set((await readRatings(out)).map(({ rater }) => rater))).toEqual(new Set(['Ann', 'Bob Ó.']));
    const orders = ['a', 'b', 'c', 'd', 'e'].map((name) => shuffled([1, 2, 3, 4, 5], 1, name).join());
    expect(new Set(orders).size).toBeGreaterThan(2);
  });

  it('mixes further lists in', async () => {
    const rows = [3, 4, 5].map((n) => `friend\t${song(0, 0)}\t${filmId(2, n)}\n`).join('');
    const lists = await write('lists.tsv', `system\tsong\tfilm\n${rows}`);
    const songs = await write('one.txt', `${song(0, 0)}\n`);
    const { url, out } = await serve({ lists, songs, rater: 'Ann' });
    const { text } = await page(`${url}/`);
    expect(fieldsOf(text)).toHaveLength(13);
    expect(text).not.toContain('friend');
    await rate(url, { song: song(0, 0), ...answers(text, () => '0') });
    const theirs = (await readRatings(out)).filter(({ system }) => system === 'friend');
    expect(theirs.map(({ film }) => film).sort()).toEqual([3, 4, 5].map((n) => filmId(2, n)));
  });

  it.each<[string, Record<string, string>, Record<string, string>, number, RegExp]>([
    ['answers that are missing', { rater: 'Ann', song: 'own' }, {}, 400, /an answer for every film/],
    ['a song that is not asked about', { rater: 'Ann', song: 'Z'.repeat(22) }, {}, 400, /not asked about/],
    ['nobody', { song: 'own', unknown: '1' }, {}, 400, /say who you are/],
    [
      'a name for a spreadsheet',
      { rater: '=cmd()', song: 'own', unknown: '1' },
      {},
      400,
      /no name for a rater/,
    ],
    [
      'a form of another site',
      { rater: 'Ann', song: 'own', unknown: '1' },
      { 'sec-fetch-site': 'cross-site' },
      403,
      /another page/,
    ],
  ])('refuses %s with a sentence, and writes nothing', async (_, fields, headers, status, sentence) => {
    const { url, out } = await serve();
    const filled = { ...fields, song: fields.song === 'own' ? song(0, 0) : fields.song! };
    const response = await rate(url, filled, headers);
    expect(response.status).toBe(status);
    expect(await response.text()).toMatch(sentence);
    expect(await readRatings(out)).toEqual([]);
  });

  it('escapes what strangers write, and answers 404 elsewhere', async () => {
    const { url } = await serve();
    const hostile = await page(`${url}/?rater=${encodeURIComponent('<script>alert(1)</script>')}`);
    expect([hostile.status, hostile.text.includes('<script>')]).toEqual([400, false]);
    expect((await page(`${url}/nowhere`)).status).toBe(404);
  });

  it('works on a phone, without a script', async () => {
    const { url, out } = await serve();
    const { context, close } = await openBrowser({
      viewport: { width: 360, height: 720 },
      hasTouch: true,
      javaScriptEnabled: false,
    });
    try {
      const tab = await context.newPage();
      const problems: string[] = [];
      tab.on('console', (message) => problems.push(message.text()));
      await tab.goto(url);
      await tab.getByRole('textbox').fill('Ann');
      await tab.getByRole('button', { name: 'Begin' }).click();
      await tab.getByText('Song 1 of 2').waitFor();
      // The browser itself asks for what is missing.
      await tab.getByRole('button', { name: 'Next song' }).click();
      expect(await readRatings(out)).toEqual([]);
      for (const film of await tab.getByRole('group').all()) await film.getByText('half').tap();
      const wide = tab.locator('main');
      expect((await wide.boundingBox())!.width).toBeLessThanOrEqual(360);
      await tab.getByRole('button', { name: 'Next song' }).click();
      await tab.getByText('Song 2 of 2').waitFor();
      expect(await readRatings(out)).toHaveLength(10);
      await tab.getByRole('button', { name: 'I have no idea of this song' }).click();
      await tab.getByText('Thank you!').waitFor();
      expect((await readRatings(out)).filter(({ fits }) => fits === null)).toHaveLength(10);
      expect(problems).toEqual([]);
    } finally {
      await close();
    }
  });

  it('says when the port is taken', async () => {
    const { url } = await serve();
    await expect(serve({ port: Number(new URL(url).port) })).rejects.toThrow(/^Port \d+ can't be used\.$/);
  });
});

describe('what is asked', () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await Engine.open(catalogue);
    return () => engine.close();
  });

  it('is drawn by seed, from every kind of basis', () => {
    const drawn = drawSongs(engine, 9, 5);
    expect(drawn.map(({ id }) => id)).toEqual(drawSongs(engine, 9, 5).map(({ id }) => id));
    expect(drawn.map(({ id }) => id)).not.toEqual(drawSongs(engine, 9, 6).map(({ id }) => id));
    expect(new Set(drawn.map(({ id }) => id)).size).toBe(9);
    const bases = drawn.map((one) => engine.songProfile(one).basis);
    for (const basis of ['described', 'artist', 'sound'])
      expect([basis, bases.filter((one) => one === basis).length]).toEqual([basis, 3]);
  });

  it("gives each song another artist's list as control, without films of its own where that is possible", () => {
    const ballots = makeBallots(engine, drawSongs(engine, 12, 5), new Map(), 5);
    for (const { song: one, lists } of ballots) {
      expect([one.id, lists.map(({ system }) => system)]).toEqual([one.id, ['ours', 'control']]);
      const [ours, control] = lists.map(({ films }) => films.map(({ id }) => id));
      expect(control).toHaveLength(5);
      expect(ours!.filter((id) => control!.includes(id))).toEqual([]);
    }
  });
});

describe('ratings', () => {
  it('are appended whole, one call after the other', async () => {
    const file = path.join(folder, 'r.csv');
    const ratings = await RatingsFile.open(file);
    const songs = Array.from({ length: 20 }, (_, n) => song(1, n % 12));
    await Promise.all(songs.map((of, film) => ratings.append([rating({ song: of, film })])));
    expect((await readRatings(file)).map(({ film }) => film)).toEqual([...songs.keys()]);
    expect(ratings.hasRated('ann', songs[0]!)).toBe(true);
    expect((await RatingsFile.open(file)).hasRated('bob', songs[0]!)).toBe(false);
  });

  it.each([
    ['no ratings', 'a,b\n1,2\n', /line 1: the header must be/],
    ['an empty file', '', /line 1: the file is empty/],
    ['a line cut off', asCsv([rating()]).slice(0, -1), /line 2: the file ends within a line/],
    ['another answer', asCsv([rating({ fits: 0.7 as never })]), /line 2: "0\.7" is not 1, 0\.5, 0 or empty/],
    ['no film', asCsv([rating({ film: 'x' as never })]), /line 2: "x" is not a TMDB id/],
    ['too few cells', `${asCsv([])}a,b\n`, /line 2: 2 cells instead of 6/],
  ])('that are %s are refused', async (_, text, sentence) => {
    await expect(RatingsFile.open(await write('bad.csv', text))).rejects.toThrow(sentence);
  });
});

describe('a summary', () => {
  const list = (rater: string, of: string, system: string, all: readonly (1 | 0.5 | 0 | null)[], first = 0) =>
    all.map((fits, i) => rating({ rater, song: of, system, film: first + i, fits }));

  it('counts fits of five by system over songs, leaves "don\'t know" out, and says how often it was said', () => {
    const { systems, ...rest } = summarise([
      ...list('ann', song(0, 0), 'ours', [1, 1, 1, 0.5, 0.5]),
      ...list('ann', song(0, 0), 'control', [0, 0, 0, 0, 1], 50),
      ...list('ann', song(1, 0), 'ours', [1, null, null, null, 0]),
      ...list('ann', song(1, 0), 'control', [0, 0, 0, 0, null], 50),
    ]);
    expect(systems.map(({ system }) => system)).toEqual(['ours', 'control']);
    // 4 of 5 and 2.5 of 5.
    expect(systems[0]).toMatchObject({ songs: 2, ratings: 7, fitsOfFive: 3.25 });
    expect(systems[0]!.dontKnow).toBeCloseTo(0.3);
    expect(systems[0]!.interval).toEqual([2.5, 4]);
    expect(systems[1]).toMatchObject({ fitsOfFive: 0.5, ratings: 9 });
    expect(rest).toMatchObject({
      raters: 1,
      songs: 2,
      unknownSongs: 0,
      agreement: { pairs: 0, alpha: null },
    });
  });

  it('counts a song once, however many rated it, and compares those', () => {
    const { systems, agreement, raters } = summarise([
      ...list('ann', song(0, 0), 'ours', [1, 1, 1, 1, 1]),
      ...list('bob', song(0, 0), 'ours', [1, 1, 1, 1, 0]),
      ...list('ann', song(1, 0), 'ours', [0, 0, 0, 0, 0]),
    ]);
    expect(raters).toBe(2);
    expect(systems[0]).toMatchObject({ songs: 2, fitsOfFive: 2.25 });
    expect(agreement).toMatchObject({ pairs: 5, same: 0.8 });
    expect(agreement.alpha).toBeCloseTo(0, 1);
  });

  it('leaves songs out that a rater has no idea of', () => {
    const { systems, unknownSongs, songs } = summarise([
      ...list('ann', song(0, 0), 'ours', [1, 1, 1, 1, 1]),
      ...list('ann', song(1, 0), 'ours', [null, null, null, null, null]),
    ]);
    expect([unknownSongs, songs]).toEqual([1, 1]);
    expect(systems[0]).toMatchObject({ songs: 1, fitsOfFive: 5, dontKnow: 0 });
  });

  it('is printed as lines and as JSON', async () => {
    const file = await write('r.csv', asCsv(list('ann', song(0, 0), 'ours', [1, 1, 1, 0.5, null])));
    const { code, out } = await run(['judge', '--summarise', file]);
    expect(code).toBe(0);
    expect(out).toMatch(
      /^1 raters, 1 songs; 0 times a song was not known\.\n {2}ours {4}4\.38 of 5 \(95 % 4\.38–4\.38\)/,
    );
    expect(out).toMatch(/1 songs, 4 ratings, 20 % don't know\nNo pair was rated by two\.\n$/);
    expect(JSON.parse((await run(['judge', '--summarise', file, '--json'])).out)).toMatchObject({
      raters: 1,
    });
  });
});

describe('an export', () => {
  it('merges what is known into judged.tsv, newest last word, so that fit can read it', async () => {
    const judged = await write(
      'judged.tsv',
      `song\tfilm\tfits\trater\n${song(0, 0)}\t5\t1\tcid\n${song(0, 0)}\t6\t0\tann\n`,
    );
    const file = await write(
      'r.csv',
      asCsv([
        rating({ film: 6, fits: 1 }),
        rating({ film: 7, fits: 0 }),
        rating({ film: 7, fits: 0.5, system: 'control' }),
        rating({ film: 8, fits: null }),
      ]),
    );
    const { code, out } = await run(['judge', '--export', file, '--to', judged]);
    expect([code, out]).toEqual([0, expect.stringMatching(/^1 pairs added, 1 changed in /)]);
    expect(await readJudgements(folder)).toEqual([
      { song: song(0, 0), film: 5, fits: 1, rater: 'cid' },
      { song: song(0, 0), film: 6, fits: 1, rater: 'ann' },
      { song: song(0, 0), film: 7, fits: 0.5, rater: 'ann' },
    ]);
    expect((await run(['judge', '--export', file, '--to', judged])).out).toMatch(/^0 pairs added, 0 changed/);
  });

  it('begins a table where there is none', async () => {
    const file = await write('r.csv', asCsv([rating()]));
    await run(['judge', '--export', file, '--to', path.join(folder, 'judged.tsv')]);
    expect(await readFile(path.join(folder, 'judged.tsv'), 'utf8')).toBe(
      `song\tfilm\tfits\trater\n${song(0, 0)}\t${filmId(0, 0)}\t1\tann\n`,
    );
  });
});

describe('wrong usage', () => {
  it.each<[string, string[], number, RegExp]>([
    ['nothing to do', [], 2, /^Say what to do: --songs, --sample, --summarise or --export\./],
    ['two things to do', ['--sample', '3', '--summarise', 'r.csv'], 2, /^Do one thing/],
    ['--to alone', ['--sample', '3', '--to', 'x'], 2, /^--to belongs to --export\./],
    [
      'ratings that are not there',
      ['--summarise', 'nowhere.csv'],
      2,
      /^The ratings in nowhere\.csv can't be read\./,
    ],
    ['songs that are not there', ['--songs', 'nowhere.txt'], 2, /^The songs in nowhere\.txt can't be read\./],
    ['a name that is none', ['--sample', '2', '--rater', '=1+1'], 2, /^"=1\+1" is no name for a rater\./],
    ['half a song', ['--sample', '1.5'], 2, /whole number/],
  ])('ends with a sentence for %s', async (_, argv, status, sentence) => {
    const { code, out, err } = await run(['judge', ...argv, '--catalogue', catalogue]);
    expect([code, out]).toEqual([status, '']);
    expect(err).toMatch(sentence);
  });

  it('names the line that means no song, and a list that can not be', async () => {
    const songs = await write('songs.txt', `${song(0, 0)}\nqqq zzz xxyyzz\n`);
    const at = ['--catalogue', catalogue, '--out', path.join(folder, 'r.csv'), '--port', '0'];
    const unknown = await run(['judge', '--songs', songs, ...at]);
    expect([unknown.code, unknown.err]).toEqual([
      3,
      expect.stringMatching(/^Line 2 of the songs, "qqq zzz xxyyzz",/),
    ]);
    const lists = await write('lists.tsv', `system\tsong\tfilm\nours\t${song(0, 0)}\t${filmId(0, 0)}\n`);
    const named = await run(['judge', '--sample', '2', '--lists', lists, ...at]);
    expect([named.code, named.err]).toEqual([
      2,
      expect.stringMatching(/^lists\.tsv, line 2: "ours" is the name/),
    ]);
  });
});
