/** Measures a catalogue's answers on song–film pairs, beside the paper's method, popularity and chance. */
import { rowOf } from '../engine/catalogue/columns.ts';
import type { Catalogue } from '../engine/catalogue/reader.ts';
import type { Engine } from '../engine/engine.ts';
import { normaliseText } from '../engine/search/index.ts';
import type { Match, Song } from '../engine/types.ts';
import { seededRandom } from '../shared/random.ts';
import type { Pair } from './data.ts';
import { type Method, ourMethod, paperMethod, popularityMethod, randomMethod } from './methods.ts';
import { bootstrapInterval, crossedInterval, gini, mean, median, percentile, rankOf } from './metrics.ts';
import type { PickList } from './pick-lists.ts';

export interface MethodFigures {
  readonly auc: number;
  readonly aucEnglish: number;
  /** Mean reciprocal rank of the true film among all films. */
  readonly mrr: number;
  readonly recall: { readonly '5': number; readonly '100': number; readonly '1000': number };
  readonly precisionAt5: number;
  /** The same over pairs whose film the song's title or album names, and over the others. */
  readonly aucNamed: number;
  readonly aucUnnamed: number;
  /** Over the top five of the sampled songs. */
  readonly distinct: number;
  readonly maxShare: number;
  readonly gini: number;
  readonly medianVotes: number;
  readonly languages: Readonly<Record<string, number>>;
  readonly interval: {
    readonly auc: [number, number];
    readonly aucEnglish: [number, number];
    readonly recall100: [number, number];
  };
}

export interface Evaluation {
  readonly pairs: {
    readonly given: number;
    readonly used: number;
    readonly films: number;
    readonly songs: number;
  };
  /** Songs whose top five were taken for coverage. */
  readonly sampled: number;
  readonly methods: Readonly<Record<string, MethodFigures>>;
  /** How many films of other people's lists are among the first 5 and 50, by what the song's profile rests on. */
  readonly lists: Readonly<Record<string, ListFigures>>;
}

export interface ListFigures {
  readonly songs: number;
  readonly recall5: number;
  readonly recall50: number;
  readonly interval: { readonly recall5: [number, number]; readonly recall50: [number, number] };
  /** The same when picks add nothing. */
  readonly withoutPicks: { readonly recall5: number; readonly recall50: number };
  /** The most that recall@5 could be: lists longer than five can't all be among the first five. */
  readonly ceiling5: number;
}

export interface EvaluateOptions {
  readonly sample?: number;
  readonly seed?: number;
  readonly onProgress?: (text: string) => void;
  /** Lists that nothing was fitted on. */
  readonly lists?: readonly PickList[];
}

/** A pair whose song and film are both in the catalogue. */
interface KnownPair {
  readonly song: Song;
  readonly filmId: number;
  readonly row: number;
  readonly english: boolean;
  /** Whether the song's title or album names the film. */
  readonly named: boolean;
}

/** Pairs of which either side is not in the catalogue are left out and counted. */
export function evaluate(engine: Engine, pairs: readonly Pair[], options: EvaluateOptions = {}): Evaluation {
  const { sample = 2000, seed = 11, onProgress = () => {}, lists = [] } = options;
  const catalogue = engine.catalogue;
  const english = catalogue.manifest.facets.languages.indexOf('en');
  const known = pairs.flatMap(({ trackId, filmId }): KnownPair[] => {
    const song = engine.song(trackId);
    const row = rowOf(catalogue.columns, filmId);
    return song && row >= 0
      ? [
          {
            song,
            filmId,
            row,
            english: catalogue.columns.language[row] === english,
            named: names(song, engine.film(filmId)!.title),
          },
        ]
      : [];
  });
  const songs = [...catalogue.records.songs.getRange({})].map(({ value }) => value);
  const sampled = sampleOf(songs, sample, seed);
  const ours = ourMethod(catalogue);
  const methods: Record<string, MethodFigures> = {};
  for (const method of [ours, paperMethod(catalogue), popularityMethod(catalogue), randomMethod(catalogue)]) {
    onProgress(`${method.name}…`);
    const topFive =
      method === ours
        ? (song: Song) => engine.moviesFor(song).matches.map((match) => match.film.id)
        : topRows(catalogue, method, 5);
    const figures = { ...retrieval(method, known, topFive), ...answers(catalogue, engine, sampled, topFive) };
    methods[method.name] = figures;
  }
  return {
    pairs: {
      given: pairs.length,
      used: known.length,
      films: new Set(known.map((pair) => pair.filmId)).size,
      songs: new Set(known.map((pair) => pair.song.id)).size,
    },
    sampled: sampled.length,
    methods,
    lists: listFigures(engine, lists),
  };
}

/** Recall of lists, apart by what the songs' profiles rest on. */
function listFigures(engine: Engine, lists: readonly PickList[]): Record<string, ListFigures> {
  const groups = new Map<
    string,
    Record<'recall5' | 'recall50' | 'bare5' | 'bare50' | 'ceiling5', number[]>
  >();
  for (const { song: id, films } of lists) {
    const song = engine.song(id);
    if (!song || films.length === 0) continue;
    const { matches, basis } = engine.moviesFor(song, { limit: 50 });
    const bare = engine.moviesFor(song, { limit: 50, picks: false }).matches;
    const share = (list: readonly Match[], k: number) =>
      films.filter((id) => list.slice(0, k).some(({ film }) => film.id === id)).length / films.length;
    const group = groups.get(basis) ?? { recall5: [], recall50: [], bare5: [], bare50: [], ceiling5: [] };
    group.recall5.push(share(matches, 5));
    group.recall50.push(share(matches, 50));
    group.bare5.push(share(bare, 5));
    group.bare50.push(share(bare, 50));
    group.ceiling5.push(Math.min(1, 5 / films.length));
    groups.set(basis, group);
  }
  return Object.fromEntries(
    [...groups].map(([basis, { recall5, recall50, bare5, bare50, ceiling5 }]) => {
      const clusters = recall5.map((_, i) => i);
      return [
        basis,
        {
          songs: recall5.length,
          recall5: mean(recall5),
          recall50: mean(recall50),
          interval: {
            recall5: bootstrapInterval(recall5, clusters),
            recall50: bootstrapInterval(recall50, clusters),
          },
          withoutPicks: { recall5: mean(bare5), recall50: mean(bare50) },
          ceiling5: mean(ceiling5),
        },
      ];
    }),
  );
}

/** Whether a title or album holds the film's whole title. */
function names(song: Song, title: string): boolean {
  const wanted = normaliseText(title);
  return wanted !== '' && ` ${normaliseText(`${song.title} ${song.album}`)} `.includes(` ${wanted} `);
}

function sampleOf(songs: readonly Song[], count: number, seed: number): Song[] {
  const random = seededRandom(seed);
  const pool = [...songs];
  for (let i = 0; i < Math.min(count, pool.length); i++) {
    const j = i + Math.floor(random() * (pool.length - i));
    [pool[i], pool[j]] = [pool[j]!, pool[i]!];
  }
  return pool.slice(0, count);
}

/** AUC over the films of the pairs, all and English only. */
function rankingFigures(method: Method, pairs: readonly KnownPair[]) {
  const rows = [...new Set(pairs.map((pair) => pair.row))].sort((a, b) => a - b);
  const englishRows = rows.filter((row) => pairs.some((pair) => pair.row === row && pair.english));
  const auc: number[] = [];
  const aucEnglish: number[] = [];
  const named: number[] = [];
  const unnamed: number[] = [];
  for (const pair of pairs) {
    const own = percentile(method.contentScores(pair.song, rows), rows.indexOf(pair.row));
    auc.push(own);
    (pair.named ? named : unnamed).push(own);
    if (pair.english)
      aucEnglish.push(
        percentile(method.contentScores(pair.song, englishRows), englishRows.indexOf(pair.row)),
      );
  }
  return { auc, aucEnglish, named, unnamed };
}

function retrieval(method: Method, pairs: readonly KnownPair[], topFive: (song: Song) => number[]) {
  const { auc, aucEnglish, named, unnamed } = rankingFigures(method, pairs);
  const films = pairs.map((pair) => pair.filmId);
  const artistOf = ({ song }: KnownPair) => song.artists[0] ?? '';
  const artists = pairs.map(artistOf);
  const english = pairs.filter((pair) => pair.english);
  const ranks = pairs.map((pair) => rankOf(method.allScores(pair.song), pair.row));
  const share = (k: number) => mean(ranks.map((rank) => (rank <= k ? 1 : 0)));
  const truth = new Map<string, Set<number>>();
  for (const { song, filmId } of pairs) truth.set(song.id, (truth.get(song.id) ?? new Set()).add(filmId));
  const precision = [...truth].map(([id, films]) => {
    const song = pairs.find((pair) => pair.song.id === id)!.song;
    return topFive(song).filter((film) => films.has(film)).length / 5;
  });
  return {
    auc: mean(auc),
    aucEnglish: mean(aucEnglish),
    aucNamed: mean(named),
    aucUnnamed: mean(unnamed),
    mrr: mean(ranks.map((rank) => 1 / rank)),
    recall: { '5': share(5), '100': share(100), '1000': share(1000) },
    precisionAt5: mean(precision),
    interval: {
      auc: crossedInterval(auc, films, artists),
      aucEnglish: crossedInterval(
        aucEnglish,
        english.map((pair) => pair.filmId),
        english.map(artistOf),
      ),
      recall100: crossedInterval(
        ranks.map((rank) => (rank <= 100 ? 1 : 0)),
        films,
        artists,
      ),
    },
  };
}

/** Film ids of a method's best rows. */
function topRows(catalogue: Catalogue, method: Method, count: number): (song: Song) => number[] {
  return (song) => {
    const scores = method.allScores(song);
    const best: number[] = [];
    for (let row = 0; row < scores.length; row++) {
      if (best.length === count && scores[row]! <= scores[best[count - 1]!]!) continue;
      let at = best.length;
      while (at > 0 && scores[best[at - 1]!]! < scores[row]!) at--;
      best.splice(at, 0, row);
      if (best.length > count) best.pop();
    }
    return best.map((row) => catalogue.columns.ids[row]!);
  };
}

/** Coverage over the top fives of the sampled songs. */
function answers(
  catalogue: Catalogue,
  engine: Engine,
  songs: readonly Song[],
  topFive: (song: Song) => number[],
) {
  const counts = new Map<number, number>();
  const languages: Record<string, number> = {};
  const votes: number[] = [];
  for (const asked of songs) {
    const films = topFive(asked).map((id) => engine.film(id)!);
    for (const item of films) {
      counts.set(item.id, (counts.get(item.id) ?? 0) + 1);
      languages[item.language] = (languages[item.language] ?? 0) + 1;
      votes.push(item.votes);
    }
  }
  const shown = votes.length;
  return {
    distinct: counts.size,
    maxShare: Math.max(0, ...counts.values()) / Math.max(songs.length, 1),
    gini: gini([...counts.values()], catalogue.columns.count),
    medianVotes: median(votes),
    languages: Object.fromEntries(
      Object.entries(languages)
        .sort((a, b) => b[1] - a[1])
        .slice(0, 12)
        .map(([code, count]) => [code, Number((count / shown).toFixed(4))]),
    ),
  };
}
