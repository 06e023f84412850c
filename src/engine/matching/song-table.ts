/** The other way: every song whose feel is known, as rows of numbers that a film can be held against. */
import type { Catalogue } from '../catalogue/reader.ts';
import type { Basis, FeelProfile } from '../feel/profile.ts';
import { fameOf } from '../search/recording.ts';
import { type Evidence, evidenceOf, songQuery } from './query.ts';

/** Songs of which somebody, or their artist, said what they feel like: the others' feel is a guess. */
const SURE: readonly Basis[] = ['described', 'artist'];

/** What is known of one song of the table. */
export interface TableSong {
  readonly id: string;
  readonly basis: Basis;
  readonly year: number | null;
  readonly artist: string;
  /** 0…100 */
  readonly popularity: number;
  readonly genres: readonly string[];
}

export class SongTable {
  readonly songs: TableSong[] = [];
  /** TMDB id → [row, place in `#kinds`, row, place …] of songs that it was picked or graded for. */
  readonly #evidence = new Map<number, number[]>();
  /** What picks and grades add: few different pairs for very many songs. */
  readonly #kinds = new Map<string, Evidence & { readonly place: number }>();
  readonly #catalogue: Catalogue;
  readonly #left: Iterator<{ readonly key: string }>;
  readonly #dims: number;
  /** Projected songs and the scale of their logits: dims numbers, mean, deviation. */
  #rows: Float32Array;
  #feels: Float32Array[] = [];
  #done = false;

  constructor(catalogue: Catalogue) {
    this.#catalogue = catalogue;
    this.#dims = catalogue.model.spec.dims;
    this.#rows = new Float32Array(0);
    this.#left = catalogue.records.feels.getRange({})[Symbol.iterator]() as Iterator<{ key: string }>;
  }

  /** Works for about so many milliseconds. @returns whether the table is whole */
  advance(budgetMs = Number.POSITIVE_INFINITY): boolean {
    const until = performance.now() + budgetMs;
    while (!this.#done && performance.now() < until) {
      const next = this.#left.next();
      if (next.done) this.#done = true;
      else this.#add(next.value.key);
    }
    return this.#done;
  }

  #add(id: string): void {
    const song = this.#catalogue.records.songs.get(id);
    if (!song) return;
    const query = songQuery(this.#catalogue, [song]);
    if (!SURE.includes(query.profile.basis)) return;
    const row = this.songs.length;
    const width = this.#dims + 2;
    if ((row + 1) * width > this.#rows.length) {
      const larger = new Float32Array(Math.max(512 * width, 2 * this.#rows.length));
      larger.set(this.#rows);
      this.#rows = larger;
    }
    this.#rows.set(query.placed.vector, row * width);
    this.#rows[row * width + this.#dims] = query.scale.mean;
    this.#rows[row * width + this.#dims + 1] = query.scale.deviation;
    this.#feels.push(unit(query.profile));
    for (const film of new Set([...query.picks.keys(), ...query.relevance.keys()])) {
      const list = this.#evidence.get(film);
      const kind = this.#kindOf(evidenceOf(query, film));
      if (list) list.push(row, kind);
      else this.#evidence.set(film, [row, kind]);
    }
    this.songs.push({
      id,
      basis: query.profile.basis,
      year: query.profile.year,
      artist: song.artists[0] ?? '',
      popularity: fameOf(song),
      genres: song.genres,
    });
  }

  #kindOf(evidence: Evidence): number {
    const key = `${evidence.pick} ${evidence.relevance}`;
    const known = this.#kinds.get(key);
    if (known) return known.place;
    const place = this.#kinds.size;
    this.#kinds.set(key, { ...evidence, place });
    return place;
  }

  /** `Model.lift` of a film for every row. */
  lifts(id: number, film: Float32Array): Float32Array {
    const dims = this.#dims;
    const { model } = this.#catalogue;
    const { scale } = model.spec;
    const kinds = [...this.#kinds.values()];
    const found = this.#evidence.get(id) ?? [];
    const evidence = new Map<number, Evidence>();
    for (let i = 0; i < found.length; i += 2) evidence.set(found[i]!, kinds[found[i + 1]!]!);
    const out = new Float32Array(this.songs.length);
    for (let row = 0; row < out.length; row++) {
      const at = row * (dims + 2);
      let sum = film[dims]!;
      for (let d = 0; d < dims; d++) sum += this.#rows[at + d]! * film[d]!;
      const songScale = { mean: this.#rows[at + dims]!, deviation: this.#rows[at + dims + 1]! };
      const { pick = 0, relevance = 0 } = evidence.get(row) ?? {};
      out[row] = model.lift(scale * sum, songScale, pick, relevance);
    }
    return out;
  }

  /** How much every song carries of a profile: the cosine of their strengths. */
  likeness(profile: Pick<FeelProfile, 'terms' | 'worlds'>): Float32Array {
    const wanted = unit(profile);
    return Float32Array.from(this.#feels, (feel) => {
      let sum = 0;
      for (let i = 0; i < wanted.length; i++) sum += wanted[i]! * feel[i]!;
      return sum;
    });
  }
}

function unit({ terms, worlds }: Pick<FeelProfile, 'terms' | 'worlds'>): Float32Array {
  const all = Float32Array.from([...terms, ...worlds]);
  const length = Math.hypot(...all) || 1;
  return all.map((value) => value / length);
}
