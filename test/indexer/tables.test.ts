import { mkdir, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readTable } from '../../src/indexer/tables.ts';
import { UserError } from '../../src/shared/errors.ts';
import { temporaryFolder } from '../support/catalogue.ts';
import { rowsOf } from './support/collect.ts';
import { type Column, parquet } from './support/parquet.ts';

const valuesOf = async (content: string | Uint8Array) => (await rowsOf(content)).map((row) => row.values);

async function failure(work: Promise<unknown>): Promise<UserError> {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(UserError);
  return error as UserError;
}

async function drain(file: string): Promise<number> {
  let rows = 0;
  for await (const _ of readTable(file, [])) rows++;
  return rows;
}

describe('CSV', () => {
  it('keeps newlines, commas and doubled quotes inside quotes', async () => {
    expect(await valuesOf('id,text\n1,"two\nlines, ""quoted"""\n2,plain\n')).toEqual([
      { id: '1', text: 'two\nlines, "quoted"' },
      { id: '2', text: 'plain' },
    ]);
  });

  it('reads past a byte order mark and CRLF line ends', async () => {
    expect(await valuesOf('\ufeffid,text\r\n1,"a\r\nb"\r\n2,c\r\n')).toEqual([
      { id: '1', text: 'a\r\nb' },
      { id: '2', text: 'c' },
    ]);
  });

  it('takes a stray quote in an unquoted cell as a letter', async () => {
    expect(await valuesOf('id,text\n1,the 7" mix\n2,b\n')).toEqual([
      { id: '1', text: 'the 7" mix' },
      { id: '2', text: 'b' },
    ]);
  });

  it('marks rows with too few or too many cells and goes on', async () => {
    const rows = await rowsOf('a,b,c\n1,2\n1,2,3,4\n\n1,2,3\n');
    expect(rows.map((row) => row.fault)).toEqual([
      '2 cells where the header names 3',
      '4 cells where the header names 3',
      undefined,
    ]);
    expect(rows[0]!.values).toEqual({ a: '1', b: '2', c: '' });
  });

  it('counts lines, also those inside quotes', async () => {
    const rows = await rowsOf('a,b\n1,"x\ny\nz"\n2,w\n');
    expect(rows.map((row) => row.line)).toEqual([4, 5]);
  });

  it('yields broken UTF-8 as replacement characters, and the rows after it', async () => {
    const bytes = Buffer.concat([
      Buffer.from('a,b\n1,caf'),
      Buffer.from([0xe9, 0xff]),
      Buffer.from('\n2,x\n'),
    ]);
    const rows = await valuesOf(bytes);
    expect(rows[0]!.b).toMatch(/^caf\ufffd+$/);
    expect(rows[1]).toEqual({ a: '2', b: 'x' });
  });

  it('tells how far it is', async () => {
    const file = path.join(await temporaryFolder(), 'long.csv');
    await writeFile(file, `a\n${'1\n'.repeat(5000)}`);
    const seen: number[] = [];
    for await (const _ of readTable(file, ['a'], ({ bytes, totalBytes }) => seen.push(bytes / totalBytes)));
    expect(seen.length).toBeGreaterThan(1);
    expect(seen.at(-1)).toBe(1);
    expect(Math.max(...seen)).toBe(1);
  });
});

describe('files that are no table', () => {
  it('names the columns that are missing', async () => {
    const error = await failure(rowsOf('id,name\n1,x\n', ['id', 'title', 'overview']));
    expect(error.id).toBe('index.header');
    expect(error.message).toMatch(/lacks the columns title, overview\.$/);
  });

  it('refuses an empty file', async () => {
    expect((await failure(rowsOf(''))).id).toBe('index.input-empty');
    expect((await failure(rowsOf('\n\n'))).id).toBe('index.input-empty');
  });

  it('refuses a file that is not there, and a folder', async () => {
    const folder = await temporaryFolder();
    expect((await failure(drain(path.join(folder, 'nothing.csv')))).id).toBe('index.input-missing');
    await mkdir(path.join(folder, 'dir.csv'));
    expect((await failure(drain(path.join(folder, 'dir.csv')))).id).toBe('index.input-missing');
  });

  it.runIf(process.platform === 'linux')('refuses a file that the system will not read', async () => {
    // Reading a process's first page of memory fails with EIO, for root too.
    expect((await failure(drain('/proc/self/mem'))).id).toBe('index.input-unreadable');
  });

  it('says at which row a file was cut in the middle of a quote', async () => {
    const error = await failure(rowsOf('a,b\n1,x\n2,"cut in the mid'));
    expect(error.id).toBe('index.input-broken');
    expect(error.message).toMatch(/after row 1: a quote is left open, or the file was cut off/);
  });

  it('stops at a quoted cell that swallows megabytes instead of filling the memory', async () => {
    const error = await failure(rowsOf(`a,b\n1,"${'x'.repeat(5 * 1024 * 1024)}\n`));
    expect(error.id).toBe('index.input-broken');
  });
});

describe('Parquet', () => {
  const columns: readonly Column[] = [
    { name: 'track_id', type: 'string', values: ['a', 'b', null, 'ü“'] },
    { name: 'energy', type: 'double', values: [0.25, null, 1, 0] },
    { name: 'duration_ms', type: 'int64', values: [200_000, 1, null, 3] },
    { name: 'explicit', type: 'boolean', values: [true, false, null, true] },
  ];

  it('reads typed cells as the CSV of the same data has them', async () => {
    expect(await rowsOf(parquet(columns), ['track_id', 'energy'])).toEqual([
      { line: 1, values: { track_id: 'a', energy: '0.25', duration_ms: '200000', explicit: 'True' } },
      { line: 2, values: { track_id: 'b', energy: '', duration_ms: '1', explicit: 'False' } },
      { line: 3, values: { track_id: '', energy: '1', duration_ms: '', explicit: '' } },
      { line: 4, values: { track_id: 'ü“', energy: '0', duration_ms: '3', explicit: 'True' } },
    ]);
  });

  it('reads more rows than fit one batch', async () => {
    const values = Array.from({ length: 12_345 }, (_, i) => i);
    const rows = await rowsOf(parquet([{ name: 'n', type: 'int64', values }]));
    expect(rows.length).toBe(12_345);
    expect(rows.every((row, i) => row.values.n === String(i) && row.line === i + 1)).toBe(true);
  });

  it('names missing columns, and a damaged file', async () => {
    expect((await failure(rowsOf(parquet(columns), ['tempo']))).id).toBe('index.header');
    const file = path.join(await temporaryFolder(), 'cut.parquet');
    const bytes = parquet(columns);
    await writeFile(file, bytes);
    await truncate(file, bytes.length - 20);
    expect((await failure(drain(file))).id).toBe('index.input-broken');
  });
});
