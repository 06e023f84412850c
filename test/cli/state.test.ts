import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { openState } from '../../src/state/open.ts';
import { nextMessage, startProcess } from '../state/support.ts';
import { temporaryFolder } from '../support/catalogue.ts';
import { children } from '../support/children.ts';
import { run } from './support.ts';

const held = children();

let folder: string;
let dir: string;
const cli = (...argv: string[]) => run(argv, { env: { MUSIC2MOVIE_STATE: dir } });

async function keep(entries: Record<string, unknown>): Promise<void> {
  const state = await openState(dir, () => {});
  for (const [key, value] of Object.entries(entries)) await state.set(key, value, 1e10);
  await state.close();
}
const kept = async (key: string): Promise<unknown> => {
  const state = await openState(dir, () => {});
  const value = await state.get(key);
  await state.close();
  return value;
};

beforeEach(async () => {
  folder = await temporaryFolder();
  dir = path.join(folder, 'state');
});

describe('music2movie state', () => {
  it('backs up into one checked file and restores it, with what stood there set aside', async () => {
    await keep({ 'vote:me:a': 1 });
    const backup = path.join(folder, 'backups', 'monday.mdb');
    const copied = await cli('state', 'backup', '--out', backup);
    expect([copied.code, copied.err]).toEqual([0, '']);
    expect(copied.out).toMatch(/Copied 2 entries to .*monday\.mdb\. The key is .*state\.key/);
    expect(readFileSync(backup).includes(readFileSync(`${dir}.key`, 'utf8').trim())).toBe(false);
    await keep({ 'vote:me:a': 2, 'vote:me:b': 2 });
    const restored = await cli('state', 'restore', backup);
    expect([restored.code, restored.out]).toEqual([
      0,
      expect.stringMatching(/^Restored 2 entries\. .*replaced-/),
    ]);
    expect([await kept('vote:me:a'), await kept('vote:me:b')]).toEqual([1, undefined]);
    expect(readdirSync(dir).some((name) => name.startsWith('kept.mdb.replaced-'))).toBe(true);
  });

  it('says what it cannot do, and changes nothing then', async () => {
    expect(await cli('state', 'backup')).toMatchObject({
      code: 2,
      err: expect.stringMatching(/no state here yet/),
    });
    await keep({ 'vote:me:a': 1 });
    const file = path.join(folder, 'taken.mdb');
    writeFileSync(file, 'x'.repeat(9000));
    expect(await cli('state', 'backup', '--out', file)).toMatchObject({
      code: 2,
      err: expect.stringMatching(/never overwrites/),
    });
    expect(await cli('state', 'restore', file)).toMatchObject({
      code: 2,
      err: expect.stringMatching(/backup is damaged/),
    });
    expect(await cli('state', 'restore', `${file}.none`)).toMatchObject({
      code: 2,
      err: expect.stringMatching(/no such backup/),
    });
    expect(await kept('vote:me:a')).toBe(1);
  });

  it('does not restore under a running program', async () => {
    await keep({ 'vote:me:a': 1 });
    const backup = path.join(folder, 'b.mdb');
    await cli('state', 'backup', '--out', backup);
    const running = held(startProcess('reader', [dir]));
    expect(await nextMessage(running)).toBe('open');
    const refused = await cli('state', 'restore', backup);
    expect(refused).toMatchObject({ code: 2, err: expect.stringContaining(String(running.pid)) });
    running.kill('SIGKILL');
    await new Promise((resolve) => running.once('exit', resolve));
    expect(await cli('state', 'restore', backup)).toMatchObject({ code: 0 });
  });

  it('checks every file, and so does doctor', async () => {
    expect(await cli('state', 'check')).toMatchObject({
      code: 0,
      out: expect.stringMatching(/no state .* yet/),
    });
    await keep({ 'vote:me:a': 1 });
    expect(await cli('state', 'check')).toMatchObject({
      code: 0,
      out: expect.stringMatching(/ok {2}.*kept\.mdb: 2 entries/),
    });
    writeFileSync(path.join(dir, 'kept.mdb'), 'nonsense'.repeat(4000));
    expect(await cli('state', 'check')).toMatchObject({
      code: 1,
      out: expect.stringMatching(/!! {2}.*kept\.mdb: damaged/),
    });
    const doctor = await cli('doctor');
    expect([doctor.code, doctor.out]).toEqual([1, expect.stringMatching(/State: kept\.mdb is damaged/)]);
    expect(existsSync(path.join(dir, 'kept.mdb'))).toBe(true);
  });

  it('prunes what has expired', async () => {
    const state = await openState(dir, () => {});
    await state.setIfAbsent('seen:a', 1, 1);
    await state.close();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(await cli('state', 'prune')).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^Deleted 1 entries; /),
    });
  });
});

describe('music2movie stats', () => {
  it('counts votes and names nobody', async () => {
    const vote = (film: number, fits: boolean, day: string) => ({ song: 's', film, fits, day });
    const today = new Date().toISOString().slice(0, 10);
    await keep({
      'vote:me:a': vote(603, true, today),
      'vote:me:b': vote(78, false, '2026-01-01'),
      'vote:you:a': vote(603, false, today),
    });
    const { code, out } = await cli('stats', '--json');
    const stats = JSON.parse(out);
    expect([code, stats.votes]).toEqual([0, { all: 3, fit: 1, voters: 2, lately: 2 }]);
    expect(stats.films[0]).toMatchObject({ votes: 2, fit: 1 });
    expect(stats.entries).toEqual({ vote: 3 });
    expect((await cli('stats')).out).toMatch(/^3 votes by 2 people, 1 of them "fits"; 2 in the last 30 days/);
  });

  it('writes votes as ratings that the fit can be given, without newcomers and blends', async () => {
    const [song, other] = ['5vjLSffimiIP26QG5WcN2K', '6bGMSP3H9YqkmaLnaJTIoF'];
    await keep({
      'vote:me:a': { song, film: 603, fits: true, day: '2026-11-01' },
      'vote:me:b': { song: other, film: 78, fits: false, day: '2026-11-20' },
      'vote:me:c': { song: `${song}+${other}`, film: 78, fits: false, day: '2026-11-20' },
      'vote:new:a': { song, film: 603, fits: false, day: '2026-11-20' },
    });
    const [file, to] = ['votes.csv', 'judged.tsv'].map((name) => path.join(folder, name)) as [string, string];
    const { code, out } = await cli('stats', '--votes', file);
    expect([code, out.split(';')[0]]).toEqual([0, `2 votes written to ${file}`]);
    expect((await cli('judge', '--export', file, '--to', to)).out).toContain('2 pairs added');
    const pairs = readFileSync(to, 'utf8').trim().split('\n').slice(1);
    expect(pairs.map((line) => line.split('\t').slice(0, 3)).sort()).toEqual([
      [song, '603', '1'],
      [other, '78', '0'],
    ]);
    expect((await cli('stats', '--votes', path.join(folder, 'no', 'where.csv'))).code).not.toBe(0);
  });
});
