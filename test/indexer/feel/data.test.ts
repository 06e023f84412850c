import { appendFile, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readJudgements } from '../../../src/fitting/judgements.ts';
import { readPickLists } from '../../../src/fitting/pick-lists.ts';
import {
  checkVocabulary,
  type FEEL_TABLES,
  feelVersion,
  readFeelData,
} from '../../../src/indexer/feel/data.ts';
import { ownSongId, SongFinder } from '../../../src/indexer/feel/song-finder.ts';
import { temporaryFolder, trackId } from '../../support/catalogue.ts';
import { type FeelLines, filmId, tinyFeelLines, writeFeel } from '../../support/tiny.ts';

const folder = async (lines: FeelLines = tinyFeelLines()) => writeFeel(await temporaryFolder(), lines);
const SONG = trackId(1);
const song = (changes: Partial<Record<(typeof FEEL_TABLES)['songs.tsv'][number], string>> = {}) =>
  Object.values({
    id: SONG,
    title: 'Halo',
    artists: 'Beyoncé',
    year: '2008',
    confidence: '3',
    terms: 'tender:3,wry:1',
    worlds: 'pop-stardom:2',
    ...changes,
  });

describe('feel data', () => {
  it('are read with strengths in thirds, in the order of the vocabulary', async () => {
    const { vocabulary, songs } = await readFeelData(await folder({ 'songs.tsv': [song()] }));
    expect([vocabulary.terms.length, vocabulary.worlds.length]).toEqual([76, 44]);
    const { terms, worlds, confidence, year, artists, picks, relevance } = songs.get(SONG)!;
    expect({ confidence, year, artists, picks, relevance }).toEqual({
      confidence: 3,
      year: 2008,
      artists: ['Beyoncé'],
      picks: [],
      relevance: [],
    });
    const strengths = Object.fromEntries(
      vocabulary.terms.map((name, i) => [name, terms[i]!] as const).filter(([, value]) => value > 0),
    );
    expect(strengths).toEqual({ tender: 1, wry: Math.fround(1 / 3) });
    expect(worlds[vocabulary.worlds.indexOf('pop-stardom')]).toBe(Math.fround(2 / 3));
  });

  it('know picks of songs and artists in their order, each once, and an artist however written', async () => {
    const artist = ['The Café Band', '1990-2001', '2', 'joyful:2', ''];
    const { songs, artists } = await readFeelData(
      await folder({
        'songs.tsv': [song()],
        'artists.tsv': [artist],
        'picks.tsv': [
          ['song', SONG, 603, 1],
          ['song', SONG, 11, 1],
          ['song', SONG, 603, 2],
          ['artist', 'The Café Band', 13, 1],
          ['artist', 'The Café Band', 14, 3],
        ],
      }),
    );
    expect(songs.get(SONG)!.picks).toEqual([603, 11]);
    // Further films answer, and are not learned from.
    expect([...artists.get('cafe band')!.further]).toEqual([14]);
    expect(artists.get('cafe band')).toMatchObject({ name: 'The Café Band', year: 1996, picks: [13, 14] });
  });

  it('hold the grades that readers gave, the mean where several read', async () => {
    const { songs, artists } = await readFeelData(
      await folder({
        'songs.tsv': [song()],
        'artists.tsv': [['The Café Band', '1990-2001', '2', 'joyful:2', '']],
        'relevance.tsv': [
          ['song', SONG, '603', '11', '', '13,14', 1],
          ['song', SONG, '', '', '11', '14', 2],
          ['artist', 'The Café Band', '', '', '13', '', 1],
        ],
      }),
    );
    expect(new Map(songs.get(SONG)!.relevance)).toEqual(
      new Map([
        [603, 0],
        [11, 1.5],
        [13, 3],
        [14, 3],
      ]),
    );
    expect(artists.get('cafe band')!.relevance).toEqual([[13, 2]]);
  });

  it('take a second judgement into the mean, by confidence, and keep the surer one’s confidence', async () => {
    const { vocabulary, songs } = await readFeelData(
      await folder({
        'songs.tsv': [song({ confidence: '1' })],
        'second.tsv': [['song', SONG, '3', 'tender:1,angry:2', '']],
      }),
    );
    const { terms, worlds, confidence } = songs.get(SONG)!;
    const of = (name: string) => terms[vocabulary.terms.indexOf(name)]!;
    expect(of('tender')).toBeCloseTo((1 * 1 + 3 * (1 / 3)) / 4, 6);
    expect(of('angry')).toBeCloseTo((3 * (2 / 3)) / 4, 6);
    expect(of('wry')).toBeCloseTo(1 / 3 / 4, 6);
    expect(worlds[vocabulary.worlds.indexOf('pop-stardom')]).toBeCloseTo(2 / 3 / 4, 6);
    expect(confidence).toBe(3);
  });

  it('tell only confirmed uses of songs in films', async () => {
    const { plays } = await readFeelData(
      await folder({
        'plays.tsv': [
          [SONG, 603, 'theme', ''],
          [SONG, 11, 'needle drop', 'second pass'],
        ],
      }),
    );
    expect(plays).toEqual([{ song: SONG, film: 11, kind: 'needle drop' }]);
  });

  it('have a version that changes with any letter of a table, and with nothing else', async () => {
    const [a, b] = [await folder(), await folder()];
    expect(await feelVersion(a)).toBe(await feelVersion(b));
    await writeFile(path.join(a, 'README.md'), 'notes');
    await writeFile(path.join(a, 'judged.tsv'), 'song\tfilm\tfits\trater\n');
    expect(await feelVersion(a)).toBe(await feelVersion(b));
    await appendFile(path.join(a, 'plays.tsv'), `${SONG}\t11\ttheme\t\n`);
    expect(await feelVersion(a)).not.toBe(await feelVersion(b));
    expect((await readFeelData(a)).version).toBe(await feelVersion(a));
  });
});

describe('a line that is wrong', () => {
  const film = (...cells: string[]) => ({ 'films.tsv': [cells] });
  const cases: [string, FeelLines, string][] = [
    [
      'an unknown term',
      { 'songs.tsv': [song({ terms: 'tendr:3' })] },
      'songs.tsv, line 2: "tendr" is not in terms.tsv.',
    ],
    [
      'a term for a world',
      { 'songs.tsv': [song({ worlds: 'tender:3' })] },
      'songs.tsv, line 2: "tender" is not in',
    ],
    ['a weight of 4', { 'songs.tsv': [song({ terms: 'tender:4' })] }, '"tender:4" has no weight 1, 2 or 3'],
    ['no weight', { 'songs.tsv': [song({ terms: 'tender' })] }, '"tender" has no weight 1, 2 or 3'],
    ['a term twice', { 'songs.tsv': [song({ terms: 'tender:1,tender:2' })] }, '"tender" stands there twice'],
    ['no term', { 'songs.tsv': [song({ terms: '' })] }, 'songs.tsv, line 2: no term is named.'],
    ['a prototype for a term', { 'songs.tsv': [song({ terms: '__proto__:1' })] }, '"__proto__" is not in'],
    [
      'a confidence of 0',
      { 'songs.tsv': [song({ confidence: '0' })] },
      'the confidence "0" is not 1, 2 or 3',
    ],
    ['a year in words', { 'songs.tsv': [song({ year: 'about 1990' })] }, '"about 1990" is neither a year'],
    [
      'years backwards',
      { 'songs.tsv': [song({ year: '2001-1990' })] },
      'the years "2001-1990" run backwards',
    ],
    ['a short id', { 'songs.tsv': [song({ id: 'abc' })] }, 'the id "abc" is not 22 letters and digits'],
    [
      'a song twice',
      { 'songs.tsv': [song(), song()] },
      `songs.tsv, line 3: song ${SONG} is described twice.`,
    ],
    ['no title', { 'songs.tsv': [song({ title: '' })] }, 'title or artists are missing'],
    [
      'a film id in words',
      film('tt123', 'X', '1990', '3', 'wry:1', ''),
      'films.tsv, line 2: "tt123" is not a TMDB id.',
    ],
    [
      'a pick of an album',
      { 'picks.tsv': [['album', SONG, 5, 1]] },
      '"album" is neither "song" nor "artist"',
    ],
    ['a pick of pass 5', { 'picks.tsv': [['song', SONG, 5, 5]] }, 'the pass "5" is not 1, 2, 3 or 4'],
    [
      'two grades for one film',
      { 'relevance.tsv': [['song', SONG, '5', '', '5', '', 1]] },
      'relevance.tsv, line 2: film 5 has two grades.',
    ],
    [
      'a grade of no film',
      { 'relevance.tsv': [['song', SONG, '5,', '', '', '', 1]] },
      'relevance.tsv, line 2: "" is not a TMDB id.',
    ],
    [
      'a grade for an album',
      { 'relevance.tsv': [['album', SONG, '5', '', '', '', 1]] },
      '"album" is neither "song" nor "artist"',
    ],
    [
      'a pick of no film',
      { 'picks.tsv': [['song', SONG, '', 1]] },
      'picks.tsv, line 2: "" is not a TMDB id.',
    ],
    [
      'an unknown use',
      { 'plays.tsv': [[SONG, 5, 'credits', '']] },
      '"credits" is not one of theme, needle drop',
    ],
    [
      'a use confirmed by nobody',
      { 'plays.tsv': [[SONG, 5, 'theme', 'yes']] },
      '"yes" is neither "soundtrack" nor',
    ],
    [
      'a cell too many',
      { 'plays.tsv': [[SONG, 5, 'theme', '', 'x']] },
      'plays.tsv, line 2: 5 cells instead of 4.',
    ],
    [
      'an artist under two spellings',
      {
        'artists.tsv': [
          ['The Beatles', '', '3', 'joyful:1', ''],
          ['beatles', '', '3', 'joyful:1', ''],
        ],
      },
      'artists.tsv, line 3: the artist "beatles" is described twice.',
    ],
    [
      'a second opinion of an unknown term',
      { 'second.tsv': [['song', SONG, '3', 'nope:1', '']] },
      'second.tsv, line 2',
    ],
  ];
  it.each(cases)('is named by file, line and fault: %s', async (_, lines, said) => {
    await expect(readFeelData(await folder(lines))).rejects.toMatchObject({
      id: 'feel.malformed',
      message: expect.stringContaining(said),
      exitCode: 2,
    });
  });

  it('half a table is none: cut anywhere, it is refused', async () => {
    const dir = await folder();
    const file = path.join(dir, 'films.tsv');
    const { length } = await readFile(file);
    for (const cut of [length - 1, length >> 1, 3]) {
      await truncate(file, cut);
      await expect(readFeelData(dir)).rejects.toMatchObject({ id: 'feel.malformed' });
    }
    await truncate(file, 0);
    await expect(readFeelData(dir)).rejects.toMatchObject({ id: 'feel.malformed' });
  });

  it('a table that is missing, or has another header, is said so', async () => {
    const dir = await folder();
    await rm(path.join(dir, 'picks.tsv'));
    await expect(readFeelData(dir)).rejects.toMatchObject({
      id: 'feel.missing',
      message: expect.stringContaining('picks.tsv'),
    });
    await writeFile(path.join(dir, 'picks.tsv'), 'kind,key,film,pass\n');
    await expect(readFeelData(dir)).rejects.toMatchObject({
      message: expect.stringContaining('picks.tsv, line 1: the header must be "kind key film pass"'),
    });
  });

  it('a table saved with Windows line ends is refused in words, not half read', async () => {
    const dir = await folder({ 'songs.tsv': [song()] });
    const file = path.join(dir, 'songs.tsv');
    await writeFile(file, (await readFile(file, 'utf8')).replaceAll('\n', '\r\n'));
    await expect(readFeelData(dir)).rejects.toMatchObject({ id: 'feel.malformed' });
  });
});

describe('a vocabulary', () => {
  it('must be the one that the model was fitted with, in the same order', () => {
    const own = { terms: ['a', 'b'], worlds: ['x'] };
    expect(() => checkVocabulary(own, { ...own })).not.toThrow();
    expect(() => checkVocabulary(own, { ...own, terms: ['b', 'a'] })).toThrow(/other feel terms/);
    expect(() => checkVocabulary(own, { ...own, worlds: [] })).toThrow(/other feel terms/);
  });
});

describe('which described song a track is', () => {
  const made = (id: number, title: string, artists: string[]) => ({
    id: trackId(id),
    title,
    artists,
    terms: new Float32Array(1),
    worlds: new Float32Array(1),
    confidence: 3,
    year: null,
    picks: [],
    relevance: [],
  });
  const described = [
    made(1, 'Bohemian Rhapsody', ['Queen']),
    made(2, 'Hallelujah', ['Leonard Cohen']),
    made(3, 'Hallelujah', ['Alexandra Burke']),
    made(4, 'Umbrella', ['Rihanna', 'JAY-Z']),
    made(5, 'One', ['U2']),
    made(6, 'Smells Like Teen Spirit', ['Nirvana']),
    made(7, "Gangsta's Paradise", ['Coolio feat. L.V.']),
    made(8, 'Have Yourself a Merry Little Christmas', ['Judy Garland']),
    made(9, 'Mr. Brightside', ['The Killers']),
  ];
  const sung = [
    ['Umbrella', ['Sweet Little Band'], 11],
    ['Bohemian Rhapsody', ['Sweet Little Band'], 12],
    ['Mr. Brightside', ['Sweet Little Band'], 13],
    ["Gangsta's Paradise", ['Sweet Little Band'], 14],
    ['Lullaby of Our Own', ['Sweet Little Band'], 15],
    ['Bohemian Rhapsody', ['The Forest Rangers'], 16],
    ['Come Join the Murder', ['The Forest Rangers'], 17],
  ] as const;
  const finder = new SongFinder(
    new Map(described.map((one) => [one.id, one])),
    sung.map(([title, artists, id]) => ({ id: trackId(id), title, artists: [...artists] })),
  );
  const find = (title: string, artists: string[], album = '', id = 999) =>
    finder.versionOf({ id: trackId(id), title, artists, album })?.id ?? null;

  it.each([
    ['Bohemian Rhapsody - Remastered 2011', ['Queen'], 1],
    ['Bohemian Rhapsody (Live at Wembley)', ['QUEEN'], 1],
    ['Umbrella', ['Rihanna'], 4],
    ['Umbrella (feat. Rihanna)', ['Jay-Z'], 4],
    ['Hallelujah', ['Leonard Cohen'], 2],
    ['Smells Like Teen Spirit - Live', ['Nirvana'], 6],
    ["Gangsta's Paradise", ['Coolio', 'L.V.'], 7],
    ["Gangsta's Paradise (feat. L.V.)", ['Coolio'], 7],
  ])('%s by %s is another edition', (title, artists, id) => {
    expect(find(title, artists)).toBe(trackId(id));
  });

  it('goes by the id before all', () => {
    expect(find('Another Name', ['Nobody'], '', 5)).toBe(trackId(5));
  });

  it.each([
    ['Bohemian Rhapsody (Karaoke Version)', ['Sing King'], ''],
    ['Bohemian Rhapsody', ['Various'], 'A Tribute to Queen'],
    ['Bohemian Rhapsody - Originally Performed by Queen', ['Studio Group'], ''],
    ['Smells Like Teen Spirit - Cover', ['Malia J'], ''],
  ])('%s by %s on "%s" is declared a cover', (title, artists, album) => {
    expect(find(title, artists, album)).toBe(trackId(title.startsWith('B') ? 1 : 6));
  });

  it.each([
    ['a long title is hardly ever two songs', 'Have Yourself A Merry Little Christmas', ['At17'], 8],
    ["somebody's remix", 'Bohemian Rhapsody - The Forest Remix', ['DJ Nobody'], 1],
    ['an artist who mostly sings what others sang first', 'Mr. Brightside', ['Sweet Little Band'], 9],
  ])('somebody else’s recording: %s', (_, title, artists, id) => {
    expect(find(title, artists)).toBe(trackId(id));
    expect(finder.find({ id: trackId(999), title, artists })).toBeNull();
  });

  it.each([
    ['a title that two described songs have', 'Hallelujah (Karaoke Version)', ['Sing King'], ''],
    ['a short title', 'One (Karaoke Version)', ['Sing King'], ''],
    [
      'the same title of somebody else, who declares nothing',
      'Bohemian Rhapsody',
      ['The Forest Rangers'],
      '',
    ],
    ['a word that only looks like it', 'Umbrella', ['Uncovered'], 'Undercover'],
    ['another song of the artist', 'Radio Ga Ga', ['Queen'], ''],
    ['nothing', '', [], ''],
  ])('no false cover: %s', (_, title, artists, album) => {
    expect(find(title, artists, album)).toBeNull();
  });
});

describe('ids of our own', () => {
  it('are 22 letters and digits, the same for the same song however written, and marked', () => {
    const id = ownSongId('Smells Like Teen Spirit', 'Nirvana');
    expect(id).toMatch(/^m2m00000[0-9A-Za-z]{14}$/);
    expect(ownSongId('Smells Like Teen Spirit - Remastered', 'NIRVANA')).toBe(id);
    expect(ownSongId('Smells Like Teen Spirit', 'Tori Amos')).not.toBe(id);
    expect(ownSongId('Lithium', 'Nirvana')).not.toBe(id);
  });

  it('stand in the repository’s table for songs that no data set has', async () => {
    const { songs } = await readFeelData();
    const own = [...songs.keys()].filter((id) => id.startsWith('m2m'));
    expect(own.length).toBeGreaterThan(100);
    expect(own.filter((id) => !id.startsWith('m2m00000'))).toEqual([]);
  });
});

describe('judgements and lists', () => {
  it('are read, and a wrong line is named', async () => {
    const dir = await folder();
    expect(await readJudgements(dir)).toEqual([]);
    const file = path.join(dir, 'judged.tsv');
    await writeFile(file, `song\tfilm\tfits\trater\n${SONG}\t603\t0.5\tann\n`);
    expect(await readJudgements(dir)).toEqual([{ song: SONG, film: 603, fits: 0.5, rater: 'ann' }]);
    await appendFile(file, `${SONG}\t603\tmaybe\tann\n`);
    await expect(readJudgements(dir)).rejects.toMatchObject({
      message: expect.stringContaining('judged.tsv, line 3: "maybe" is not 0, 0.5 or 1'),
    });
    const lists = path.join(dir, 'lists.tsv');
    await writeFile(lists, `song\tfilm\n${SONG}\t603\n${SONG}\t11\n`);
    expect(await readPickLists(lists)).toEqual([{ song: SONG, films: [603, 11] }]);
    await writeFile(lists, `song\tfilm\n${SONG}\tx\n`);
    await expect(readPickLists(lists)).rejects.toMatchObject({
      message: expect.stringContaining('lists.tsv, line 2'),
    });
  });
});

it('the tiny world of tests is itself sound', async () => {
  const { films, songs, artists, plays } = await readFeelData(await folder());
  expect([films.size, songs.size, artists.size]).toEqual([48, 42, 12]);
  expect(plays).toEqual([{ song: trackId(100), film: filmId(0, 2), kind: 'theme' }]);
});
