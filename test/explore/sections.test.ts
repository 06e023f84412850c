import { describe, expect, it } from 'vitest';
import { FilmGather } from '../../src/explore/gather/films.ts';
import { genreFeels } from '../../src/explore/sections/feel-genres.ts';
import { agreements, picksFigure, scoreSteps } from '../../src/explore/sections/feel-picks.ts';
import { tiesOf, useFigures, usesOf } from '../../src/explore/sections/feel-use.ts';
import { funnelSteps } from '../../src/explore/sections/films.ts';
import {
  cramerFinding,
  danceabilityFinding,
  filmCorrelationFinding,
  nicheFinding,
  weakPopularityFinding,
} from '../../src/explore/sections/findings.ts';
import { direction, genreDifference, soundtrackFigures } from '../../src/explore/sections/genres.ts';
import { rankedKeywords } from '../../src/explore/sections/keywords.ts';
import { bestKnownSongs } from '../../src/explore/sections/map.ts';
import { shiftFindings, shiftVerdict } from '../../src/explore/sections/shift.ts';
import { genreFigures, genrePopularity } from '../../src/explore/sections/song-genres.ts';
import { songCorrelations } from '../../src/explore/sections/songs.ts';
import { binPopularity, explicitFigure } from '../../src/explore/sections/songs-popularity.ts';
import type { CorrelationTally } from '../../src/explore/stats/correlation.ts';
import { emptyFilmFunnel } from '../../src/indexer/clean-films.ts';
import { film, song } from './support.ts';

describe('songs', () => {
  it('takes the mean popularity of a genre over its tracks, one track in each of its genres', () => {
    const songs = [
      song('a', { genres: ['pop', 'rock'], popularity: 10 }),
      song('b', { genres: ['pop'], popularity: 30 }),
      song('c', { genres: ['rock'], popularity: null }),
    ];
    expect(genrePopularity(songs)).toEqual([
      { genre: 'pop', tracks: 2, popularity: 20 },
      { genre: 'rock', tracks: 2, popularity: 10 },
    ]);
    expect(genreFigures([song('a', { genres: [] })])).toEqual([]);
  });

  it('states medians, test and effect of explicit tracks against the others', () => {
    // SciPy's example for mannwhitneyu: U 17 of 20 pairs, effect 0.7.
    const explicit = [19, 22, 16, 29, 24].map((popularity, i) =>
      song(`e${i}`, { explicit: true, popularity }),
    );
    const other = [20, 11, 17, 12].map((popularity, i) => song(`o${i}`, { popularity }));
    const { caption, table } = explicitFigure([...explicit, ...other, song('x', { explicit: null })]);
    expect(caption).toContain('median of 22 (5 tracks), the others at 15 (4)');
    expect(caption).toContain('U = 17');
    expect(caption).toContain('p = 0.111; rank-biserial correlation 0.70, large');
    expect(table.rows).toHaveLength(2);
  });

  it('bins valence and danceability, the upper end included', () => {
    const squares = binPopularity(
      [
        song('a', { popularity: 10 }, { valence: 1, danceability: 0 }),
        song('b', { popularity: 30 }, { valence: 0.9, danceability: 0.1 }),
        song('c', { popularity: null }, { valence: 0, danceability: 0 }),
      ],
      0.25,
    );
    expect(squares).toEqual([{ x: 0.75, y: 0, tracks: 2, popularity: 20 }]);
  });
});

describe('films', () => {
  it('subtracts rule by rule down to what was kept', () => {
    const funnel = {
      ...emptyFilmFunnel(),
      rows: 100,
      malformed: 1,
      duplicates: 2,
      missingValues: 30,
      notReleased: 4,
      adult: 3,
      kept: 60,
    };
    const steps = funnelSteps(funnel);
    expect(steps.map(({ left }) => left)).toEqual([100, 99, 97, 67, 63, 60]);
    expect(steps[steps.length - 1]!.left).toBe(funnel.kept);
  });

  it('ranks keywords by films, ties by name, and marks mature ones', () => {
    const keywords = new Map([
      ['dog', 2],
      ['murder', 5],
      ['cat', 2],
    ]);
    expect(rankedKeywords({ keywords })).toEqual([
      { keyword: 'murder', films: 5, mature: true },
      { keyword: 'cat', films: 2, mature: false },
      { keyword: 'dog', films: 2, mature: false },
    ]);
  });
});

describe('soundtracks by film genre', () => {
  // Twenty action films with two loud songs each, twenty dramas with two quiet ones.
  const pairs = Array.from({ length: 80 }, (_, i) => ({
    song: song(`s${i}`, {}, { energy: i < 40 ? 0.8 + (i % 4) * 0.02 : 0.3 + (i % 4) * 0.02 }),
    film: film(i >> 1, { genres: [i < 40 ? 'Action' : 'Drama'] }),
  }));

  it('compares the songs of one genre with all others', () => {
    const difference = genreDifference(pairs, 'Action', 'energy');
    expect(difference.difference).toBeCloseTo(0.5, 12);
    expect(direction(difference)).toBe('yes');
    expect(direction(genreDifference(pairs, 'Drama', 'energy'))).toBe('the opposite');
    expect(direction({ low: -1, high: 1 })).toBe('no');
  });

  it('answers the question in the caption, and says where a genre is too rare', () => {
    const figures = soundtrackFigures(pairs);
    const caption = (id: string) => figures.find((figure) => figure.id === id)!.caption;
    expect(caption('genre-energy')).toMatch(/^Action: yes, 0\.50 against all other films .*40 songs\)/);
    expect(caption('genre-valence')).toContain('Comedy has too few films here to say');
    expect(soundtrackFigures(pairs.slice(0, 20))).toEqual([]);
  });
});

describe('the feel vocabulary in songs and films', () => {
  const rows = (...lists: number[][]) => lists.map((list) => Float32Array.from(list));
  const work = (id: number, terms: number[], picks: number[] = []) => ({
    id,
    title: `Work ${id}`,
    artists: ['Somebody'],
    terms: Float32Array.from(terms),
    worlds: new Float32Array(1),
    confidence: 3,
    year: null,
    picks,
    relevance: [],
  });
  const works = (songs: ReturnType<typeof work>[], films: ReturnType<typeof work>[]) => ({
    vocabulary: { terms: ['tender', 'angry'], worlds: ['france'] },
    songs: songs.map((song) => ({ ...song, id: `s${song.id}` })),
    films,
  });

  it('counts who carries a name at all, the most used first', () => {
    const uses = usesOf(['tender', 'angry'], rows([1 / 3, 0], [1, 0], [0, 0]), rows([0, 0.2], [0, 1 / 3]));
    expect(uses.map(({ name }) => name)).toEqual(['tender', 'angry']);
    expect(uses[0]!.songs).toMatchObject({ count: 2, n: 3 });
    expect(uses[0]!.films).toMatchObject({ count: 0, n: 2, share: 0 });
    // A fifth is less than "a little".
    expect(uses[1]!.films).toMatchObject({ count: 1, share: 0.5 });
  });

  it('correlates each pair once, apart for songs and films', () => {
    const ties = tiesOf(
      ['a', 'b', 'c'],
      rows([0, 0, 1], [0.5, 0.5, 0], [1, 1, 1]),
      rows([0, 1, 0], [0.5, 0.5, 0], [1, 0, 0]),
    );
    expect(ties.map(({ a, b }) => a + b)).toEqual(['ab', 'ac', 'bc']);
    expect(ties[0]!.songs).toBeCloseTo(1, 12);
    expect(ties[0]!.films).toBeCloseTo(-1, 12);
    // No film carries c.
    expect(ties[1]!.films).toBeNaN();
  });

  it('says where one side is surely more at home, and nothing where it is not', () => {
    const many = (count: number, terms: number[]) => Array.from({ length: count }, (_, i) => work(i, terms));
    const apart = useFigures(works(many(40, [1, 0]), many(40, [0, 1])));
    expect(apart.map(({ id }) => id)).toEqual(['feel-use', 'world-use', 'feel-together']);
    expect(apart[0]!.caption).toContain(
      'Far more at home in songs: tender. Far more at home in films: angry.',
    );
    expect(useFigures(works(many(40, [1, 0]), many(40, [1, 0])))[0]!.caption).not.toContain('at home');
  });

  it('compares the picks of songs that carry a feeling with all picks', () => {
    const films = [work(1, [1, 0]), work(2, [0, 1]), work(3, [0, 1])];
    const songs = [work(1, [1, 0], [1, 2, 99]), work(2, [0, 1], [2, 3])];
    const [tender, angry] = agreements(works(songs, films), 1);
    // The film 99 is not described.
    expect(tender).toMatchObject({ name: 'tender', given: { count: 1, n: 2 }, any: { count: 1, n: 4 } });
    expect(angry).toMatchObject({ name: 'angry', given: { count: 2, n: 2 }, any: { count: 3, n: 4 } });
    expect(agreements(works(songs, films), 3)).toEqual([]);
    expect(picksFigure(works(songs, films))).toBeNull();
  });

  it('takes genres by what exceeds the mean of all works', () => {
    const list = [
      { genres: ['metal'], terms: [0, 1] },
      { genres: ['metal', 'rock'], terms: [0, 0.5] },
      { genres: ['folk'], terms: [1, 0] },
      { genres: ['folk', 'rock'], terms: [0.6, 0.1] },
    ];
    const feels = genreFeels(
      list,
      ({ genres }) => genres,
      ({ terms }) => terms,
      ['tender', 'angry'],
      2,
    );
    expect(feels.map(({ genre }) => genre)).toEqual(['folk', 'metal', 'rock']);
    expect(feels[1]!.leads[0]!.name).toBe('angry');
    expect(feels[1]!.leads[0]!.lead).toBeCloseTo(((0.75 - 0.4) * 2) / 12, 12);
    expect(feels[1]!.leads[1]!.lead).toBeCloseTo((-0.4 * 2) / 12, 12);
    expect(
      genreFeels(
        list,
        ({ genres }) => genres,
        ({ terms }) => terms,
        ['tender', 'angry'],
        3,
      ),
    ).toEqual([]);
  });

  it('fills the steps of the likeness equally', () => {
    const pairs = [5, 3, 1, 2, 4, 0].map((x) => ({ cosine: x, score: x / 10, logit: 2 * x }));
    const { steps, r } = scoreSteps(pairs, 3);
    expect(steps.map(({ from, to, pairs: n }) => [from, to, n])).toEqual([
      [0, 1, 2],
      [2, 3, 2],
      [4, 5, 2],
    ]);
    expect(steps[2]!.score).toBeCloseTo(0.45, 12);
    expect(r).toBeCloseTo(1, 12);
    expect(scoreSteps(pairs.slice(0, 1), 3).steps).toHaveLength(1);
  });

  it('takes the best known songs of each genre, no recording twice', () => {
    const entries = [
      song('a', { title: 'Hit', popularity: 90 }),
      song('b', { title: 'hit', popularity: 80 }),
      song('c', { title: 'Next', popularity: 70 }),
      song('d', { title: 'Third', popularity: 60 }),
      song('e', { title: 'Other', popularity: 5, genres: ['jazz'] }),
    ].map((entry) => ({ song: entry }));
    expect(bestKnownSongs(entries, 2).map((entry) => entry.song.id)).toEqual(['a', 'c', 'e']);
  });
});

describe('do explicit songs lead to mature films', () => {
  const mature = film(1, { mature: true });
  const plain = film(2);
  const songs = [...Array(30)].flatMap((_, i) => [song(`e${i}`, { explicit: true }), song(`o${i}`)]);

  it('compares the groups, and the same songs without their flag', () => {
    const findings = shiftFindings(songs, [mature, plain, film(3), film(4)], ({ explicit }) => [
      explicit ? mature : plain,
    ])!;
    expect(findings.explicit.share).toBe(1);
    expect(findings.other.share).toBe(0);
    expect(findings.base.share).toBe(0.25);
    expect(findings.flipped.share).toBe(0);
    expect(findings.stays).toBe(0);
    expect(findings.change).toBe(-1);
    expect(findings.difference).toMatchObject({ difference: 1, low: 1, high: 1 });
    expect(shiftVerdict(findings)).toBe(
      'Explicit songs are led to more mature films; the flag alone draws mature films in',
    );
  });

  it('finds nothing where nothing follows the flag', () => {
    const findings = shiftFindings(songs, [mature, plain], ({ id }) => [id.endsWith('1') ? mature : plain])!;
    expect(findings.stays).toBe(1);
    expect(findings.change).toBe(0);
    expect(shiftVerdict(findings)).toMatch(/not led to more or fewer.*no sure difference/);
  });

  it('says nothing of songs of one kind', () => {
    expect(shiftFindings([song('a')], [plain], () => [plain])).toBeNull();
  });
});

describe("verdicts on the paper's claims", () => {
  const popularityFollowing = (feature: 'danceability' | 'valence', sign = 1) =>
    songCorrelations(
      Array.from({ length: 200 }, (_, i) => {
        const noise = ((i * 37) % 100) / 100;
        const other = ((i * 61) % 97) / 97;
        const driver = i / 200;
        return song(
          `${i}`,
          { popularity: 50 + sign * (40 * driver - 20) + 10 * noise },
          feature === 'danceability'
            ? { danceability: driver, valence: other }
            : { danceability: other, valence: driver },
        );
      }),
    );

  it('danceability against valence', () => {
    expect(danceabilityFinding(popularityFollowing('danceability')).verdict).toBe('agrees');
    expect(danceabilityFinding(popularityFollowing('valence')).verdict).toBe('differs');
    // Stronger but downward: danceability does not drive popularity.
    expect(danceabilityFinding(popularityFollowing('danceability', -1)).verdict).toBe('partly');
  });

  it('niche genres', () => {
    const genres = (names: readonly string[]) =>
      names.map((genre, i) => ({ genre, tracks: 10, popularity: 60 - i }));
    expect(nicheFinding(genres(['anime', 'grunge', 'a', 'b', 'c', 'd', 'e', 'f'])).verdict).toBe('agrees');
    expect(nicheFinding(genres(['anime', 'a', 'b', 'c', 'd', 'e', 'f', 'grunge'])).verdict).toBe('partly');
    expect(nicheFinding(genres(['a', 'b', 'c', 'd', 'e', 'f', 'anime', 'grunge'])).verdict).toBe('differs');
    expect(nicheFinding(genres(['a', 'b'])).verdict).toBe('cannot be said');
  });

  it('weak correlations of popularity', () => {
    expect(weakPopularityFinding(popularityFollowing('valence')).verdict).toBe('differs');
    expect(weakPopularityFinding(songCorrelations([song('a'), song('b')])).verdict).toBe('cannot be said');
  });

  it('revenue and budget: near the figure, merely strong, or neither', () => {
    const gatherOf = (pairs: readonly (readonly [number, number])[]) => {
      const gather = new FilmGather();
      for (const [revenue, budget] of pairs) {
        const row = [revenue, budget, null, null, null, null];
        for (const tally of Object.values(gather.correlations)) (tally as CorrelationTally).add(row);
      }
      return gather;
    };
    // Anscombe's first set has r = 0.816.
    const x = [10, 8, 13, 9, 11, 14, 6, 4, 12, 7, 5];
    const y = [8.04, 6.95, 7.58, 8.81, 8.33, 9.96, 7.24, 4.26, 10.84, 4.82, 5.68];
    const anscombe = gatherOf(x.map((value, i) => [value, y[i]!] as const));
    expect(filmCorrelationFinding(anscombe, 'revenue', 'budget', 0.75).verdict).toBe('agrees');
    expect(filmCorrelationFinding(anscombe, 'revenue', 'budget', 0.69).verdict).toBe('partly');
    expect(
      filmCorrelationFinding(
        gatherOf([
          [1, 1],
          [2, -1],
          [3, -1],
          [4, 1],
        ]),
        'revenue',
        'budget',
        0.69,
      ).verdict,
    ).toBe('differs'); // prettier-ignore
    expect(filmCorrelationFinding(gatherOf([]), 'revenue', 'budget', 0.69).verdict).toBe('cannot be said');
  });

  it("Cramér's V of whole cells decides, first labels do not", () => {
    const association = (corrected: number, reading: 'whole cells' | 'first label') => ({
      pair: 'a × b',
      reading,
      v: 0.5,
      corrected,
      rows: 2,
      columns: 2,
      n: 9,
    });
    expect(cramerFinding([association(0.1, 'whole cells'), association(0.9, 'first label')]).verdict).toBe(
      'agrees',
    );
    expect(cramerFinding([association(0.1, 'whole cells'), association(0.4, 'whole cells')]).verdict).toBe(
      'partly',
    );
    expect(cramerFinding([]).verdict).toBe('cannot be said');
  });
});
