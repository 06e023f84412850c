/** The fitting data as vectors: built once, then used by every fold of a cross-validation. */

import type { Relevance } from '../engine/catalogue/records.ts';
import { type FeelSpace, smoothedTerms, weightedTerms } from '../engine/feel/vectors.ts';
import { type ArtistGenres, artistShares, countArtists, labelledGenres } from '../engine/model/artists.ts';
import {
  audioNumbers,
  audioScores,
  type FilmLayout,
  factVector,
  filmLayout,
  filmVector,
  GRAM_WEIGHT,
  genreShares,
  type Places,
  placesOf,
  type SongGenres,
  soundVector,
  yearBumps,
} from '../engine/model/features.ts';
import { songGrams, weighGrams } from '../engine/model/song-names.ts';
import { factDims, factGroups, filmGroups, type ModelSpec, soundGroups } from '../engine/model/spec.ts';
import { namesVector, type TextSpace, textVector } from '../engine/model/text.ts';
import { nameKey } from '../engine/search/recording.ts';
import type { AudioFeatures, Song } from '../engine/types.ts';
import type { CleanFilm } from '../indexer/clean-films.ts';
import type { Described } from '../indexer/feel/data.ts';
import { SongFinder, unheardSong } from '../indexer/feel/song-finder.ts';
import { describeModel } from './describe.ts';
import type { FitInput } from './input.ts';
import { ridge, type SparseRow, sparseOf } from './linear.ts';
import type { FitSettings } from './settings.ts';

/** Films with fewer votes are neither trained nor tested on, unless somebody picked them. */
export const KNOWN_VOTES = 100;
/** Tracks whose names stand for an artist's. */
const NAMED_TRACKS = 6;

/** A described song or artist, as the fit sees it. */
export interface Entry {
  readonly kind: 'song' | 'artist';
  readonly key: string;
  /** Key of the first artist: every song of one lies in one fold. */
  readonly artist: string;
  /** The track, or for an artist the mean of the tracks; without features where no data set has one. */
  readonly song: Song;
  readonly genres: SongGenres;
  readonly described: Described & {
    readonly picks: readonly number[];
    readonly relevance: readonly Relevance[];
    readonly further?: ReadonlySet<number>;
  };
  /** Positions of picked films. */
  readonly films: readonly number[];
  /** Picks written, also those that are not in the films at hand. */
  readonly written: number;
  /** Whether a data set holds the track, or one of the artist's. */
  readonly heard: boolean;
}

const EMPTY: SongGenres = { own: new Map(), artist: new Map() };

/** Songs, films and entries with the statistics fitted on them; towers still to come. */
export class Corpus {
  readonly input: FitInput;
  readonly settings: FitSettings;
  readonly spec: ModelSpec;
  readonly entries: readonly Entry[];
  /** The films that towers are trained over. */
  readonly films: readonly CleanFilm[];
  readonly filmVectors: readonly Float32Array[];
  readonly space: FeelSpace & {
    readonly termIdf: Float64Array;
    readonly worldIdf: Float64Array;
    readonly smoothing: Float64Array;
    readonly filmMean: Float64Array;
  };
  readonly facts: { readonly mean: Float64Array; readonly coefficients: Float64Array };
  readonly eraMean: Float64Array;
  readonly grams: readonly string[];
  readonly gramIdf: Float64Array;
  readonly artists: ReadonlyMap<string, ArtistGenres>;
  readonly #gramIndex: ReadonlyMap<string, number>;
  readonly #soundPlaces: Places;
  readonly #textSpace: TextSpace;
  readonly #entryOfArtist = new Map<string, Entry>();
  readonly #tracksOf: ReadonlyMap<string, readonly Song[]>;
  readonly #songById: ReadonlyMap<string, Song>;
  readonly #finder: SongFinder;
  readonly #entryOfSong = new Map<string, Entry>();

  constructor(input: FitInput, settings: FitSettings, day: string, say: (text: string) => void = () => {}) {
    this.input = input;
    this.settings = settings;
    const { text } = input;
    this.#textSpace = {
      terms: text.terms,
      vocabulary: new Map(text.terms.map((term, i) => [term, i])),
      idf: text.idf,
      rows: text.rows,
      rowScale: text.rowScale,
      blocks: text.blocks,
    };
    const draft = describeModel(input, settings, day);
    this.artists = countArtists(input.songs, new Map(draft.song.genres.map((name, i) => [name, i])));
    this.#tracksOf = groupByArtist(input.songs);
    this.#songById = new Map(input.songs.map((song) => [song.id, song]));
    this.#finder = new SongFinder(input.feel.songs, input.songs);
    const films = this.#chooseFilms();
    this.films = films;
    const position = new Map(films.map((film, i) => [film.id, i]));
    this.entries = this.#makeEntries(position, draft);
    for (const entry of this.entries) {
      if (entry.kind === 'artist') this.#entryOfArtist.set(entry.artist, entry);
      else this.#entryOfSong.set(entry.key, entry);
    }
    const vocabulary = gramVocabulary(this.entries, settings.grams);
    this.grams = vocabulary.grams;
    this.gramIdf = vocabulary.idf;
    this.#gramIndex = new Map(this.grams.map((gram, i) => [gram, i]));
    this.spec = { ...draft, song: { ...draft.song, grams: this.grams.length } };
    this.#soundPlaces = placesOf(soundGroups(this.spec));
    say(`${this.entries.length} entries over ${films.length} films. Predicting profiles…`);
    const bumps = this.entries
      .filter(({ described }) => described.year !== null)
      .map(({ described }) => yearBumps(described.year, this.spec.film));
    this.eraMean = meanOf(bumps, this.spec.film.yearCentres.length);
    const { facts, vectors } = this.#describeFilms();
    this.facts = facts;
    this.space = vectors.space;
    this.filmVectors = vectors.rows;
  }

  #chooseFilms(): CleanFilm[] {
    const { films, feel } = this.input;
    const picked = new Set([...feel.songs.values(), ...feel.artists.values()].flatMap(({ picks }) => picks));
    return films.filter(
      (film) => film.votes >= KNOWN_VOTES || picked.has(film.id) || feel.films.has(film.id),
    );
  }

  #makeEntries(position: ReadonlyMap<number, number>, spec: ModelSpec): Entry[] {
    const { feel, songs } = this.input;
    const index = new Map(spec.song.genres.map((name, i) => [name, i]));
    const found = tracksOfDescribed(songs, this.#finder);
    const positions = (picks: readonly number[]) => picks.flatMap((id) => position.get(id) ?? []);
    const entries: Entry[] = [];
    for (const described of feel.songs.values()) {
      const track = this.#songById.get(described.id) ?? found.get(described.id);
      const song = track ?? unheardSong(described);
      entries.push({
        kind: 'song',
        key: described.id,
        artist: nameKey(described.artists[0]!),
        song,
        genres: labelledGenres(song, (key) => this.artists.get(key), index),
        described,
        films: positions(described.picks),
        written: described.picks.length,
        heard: track !== undefined,
      });
    }
    if (this.settings.without.includes('artists')) return entries;
    for (const [key, described] of feel.artists) {
      const tracks = this.#tracksOf.get(key) ?? [];
      const song =
        tracks.length > 0
          ? meanSong(described.name, tracks)
          : unheardSong({ id: '', title: '', artists: [described.name] });
      const { shares } = artistShares([described.name], (name) => this.artists.get(name));
      entries.push({
        kind: 'artist',
        key: described.name,
        artist: key,
        song,
        genres: tracks.length > 0 ? { own: shares, artist: shares } : EMPTY,
        described,
        films: this.settings.without.includes('artist picks')
          ? []
          : positions(described.picks.filter((film) => !described.further.has(film))),
        written: described.picks.length,
        heard: tracks.length > 0,
      });
    }
    return entries;
  }

  /** The entry of a song's first artist, where that artist is described. */
  artistOf(entry: Entry): Entry | undefined {
    return this.#entryOfArtist.get(entry.artist);
  }

  /** The entry of the first of these artists who is described. */
  artistNamed(artists: readonly string[]): Entry | undefined {
    for (const name of artists) {
      const entry = this.#entryOfArtist.get(nameKey(name));
      if (entry) return entry;
    }
    return undefined;
  }

  /** The entry of the described song that a track is a version of. */
  versionOf(trackId: string): Entry | undefined {
    const track = this.#songById.get(trackId);
    const described = track && this.#finder.versionOf(track);
    return described ? this.#entryOfSong.get(described.id) : undefined;
  }

  genresOf(song: Song): SongGenres {
    return labelledGenres(
      song,
      (key) => this.artists.get(key),
      new Map(this.spec.song.genres.map((name, i) => [name, i])),
    );
  }

  /** What a profile is predicted from, of which most numbers are zero. */
  soundRow(entry: Pick<Entry, 'song' | 'genres'>): SparseRow {
    const { spec, settings } = this;
    const shares = genreShares(entry.genres, spec.song.genres.length);
    const audio = settings.without.includes('audio')
      ? new Float64Array(spec.song.audio.length)
      : audioScores(entry.song, spec);
    const meaning = namesVector(entry.song, this.#textSpace);
    const dense = sparseOf(soundVector(shares, audio, meaning, spec, this.#soundPlaces));
    const names = weighGrams(songGrams(entry.song), this.#gramIndex, this.gramIdf);
    return {
      indices: [
        ...(dense.indices as number[]),
        ...[...names.keys()].map((i) => this.#soundPlaces.names! + i),
      ],
      values: [...(dense.values as number[]), ...[...names.values()].map((value) => GRAM_WEIGHT * value)],
    };
  }

  #describeFilms() {
    const { spec, settings, films, input } = this;
    const { feel } = input;
    const terms = spec.feel.terms.length;
    const worlds = spec.feel.worlds.length;
    const layout: FilmLayout = filmLayout(spec);
    const places = placesOf(factGroups(spec));
    const space = this.#textSpace;
    const texts = films.map((film) => Float32Array.from(textVector(film, space)));
    const rows = films.map((film, i) => factVector(film, texts[i]!, spec, places, layout));
    const known = films.flatMap((film, i) => {
      const described = feel.films.get(film.id);
      return described ? [{ i, described }] : [];
    });
    const fitted = ridge(
      {
        x: known.map(({ i }) => sparseOf(rows[i]!)),
        y: known.map(({ described }) => [...described.terms, ...described.worlds]),
        weights: known.map(({ described }) => (described.confidence > 1 ? 1 : settings.guessWeight)),
      },
      factDims(spec),
      settings.factPenalty,
    );
    const width = terms + worlds;
    const profiles = films.map((film, i) => {
      const out = Float64Array.from(fitted.mean);
      const x = rows[i]!;
      for (let a = 0; a < x.length; a++) {
        if (x[a] === 0) continue;
        for (let d = 0; d < width; d++) out[d]! += x[a]! * fitted.coefficients[a * width + d]!;
      }
      const described = feel.films.get(film.id);
      return out.map((value, d) => {
        const predicted = Math.min(1, Math.max(0, value));
        if (!described) return predicted;
        const own = d < terms ? described.terms[d]! : described.worlds[d - terms]!;
        return settings.predictedShare * predicted + (1 - settings.predictedShare) * own;
      });
    });
    const feelSpace = this.#feelSpace(profiles, terms);
    const filmPlaces = placesOf(filmGroups(spec));
    const vectors = films.map((film, i) => {
      const worldStrengths = profiles[i]!.subarray(terms);
      if (settings.without.includes('worlds')) worldStrengths.fill(0);
      return Float32Array.from(
        filmVector(
          film,
          profiles[i]!.subarray(0, terms),
          worldStrengths,
          texts[i]!,
          spec,
          filmPlaces,
          layout,
          feelSpace,
        ),
      );
    });
    return { facts: fitted, vectors: { rows: vectors, space: feelSpace } };
  }

  /** Document frequencies of both sides, smoothing by co-occurrence, and the films' mean direction. */
  #feelSpace(profiles: readonly Float64Array[], terms: number): Corpus['space'] {
    const described = [...this.input.feel.films.values()];
    const sides: (readonly Described[])[] = [this.entries.map((entry) => entry.described), described];
    // What two passes agree on less counts for less.
    const idf = (trust: readonly number[], of: (item: Described) => Float32Array) =>
      Float64Array.from(trust, (reliability, t) => {
        const share =
          sides.reduce(
            (sum, side) => sum + side.filter((item) => of(item)[t]! > 0).length / Math.max(side.length, 1),
            0,
          ) / 2;
        return reliability * Math.log(1 / Math.max(share, 0.005));
      });
    const { reliability } = this.input.feel.vocabulary;
    const termIdf = idf(reliability.terms, (item) => item.terms);
    const worldIdf = idf(reliability.worlds, (item) => item.worlds);
    const co = new Float64Array(terms * terms);
    for (const side of sides) {
      for (const item of side) {
        const v = weightedTerms(item.terms, termIdf);
        for (let i = 0; i < terms; i++)
          if (v[i] !== 0) for (let j = 0; j < terms; j++) co[i * terms + j]! += v[i]! * v[j]!;
      }
    }
    const smoothing = new Float64Array(terms * terms);
    for (let i = 0; i < terms; i++) {
      for (let j = 0; j < terms; j++) {
        const scale = Math.sqrt(co[i * terms + i]! * co[j * terms + j]!);
        smoothing[i * terms + j] =
          i === j ? 1 : scale > 0 ? (this.settings.smoothing * co[i * terms + j]!) / scale : 0;
      }
    }
    const space = {
      termIdf,
      worldIdf,
      smoothing,
      filmMean: new Float64Array(terms),
      meanShare: this.settings.meanShare,
    };
    const smoothed = profiles.map((profile) => smoothedTerms(profile.subarray(0, terms), space));
    return { ...space, filmMean: meanOf(smoothed, terms) };
  }
}

function meanOf(rows: readonly Float64Array[], width: number): Float64Array {
  const mean = new Float64Array(width);
  for (const row of rows) for (let d = 0; d < width; d++) mean[d]! += row[d]! / rows.length;
  return mean;
}

function groupByArtist(songs: readonly Song[]): Map<string, Song[]> {
  const groups = new Map<string, Song[]>();
  for (const song of songs) {
    for (const key of new Set(song.artists.map(nameKey))) {
      const list = groups.get(key);
      if (list) list.push(song);
      else groups.set(key, [song]);
    }
  }
  return groups;
}

/** The best known track of each described song that stands in the data set under another id. */
function tracksOfDescribed(songs: readonly Song[], finder: SongFinder): Map<string, Song> {
  const tracks = new Map<string, Song>();
  for (const song of songs) {
    const described = finder.find(song);
    if (!described) continue;
    const best = tracks.get(described.id);
    if (!best || (song.popularity ?? 0) > (best.popularity ?? 0)) tracks.set(described.id, song);
  }
  return tracks;
}

/** The mean of an artist's tracks as one song, named by the best known of them. */
function meanSong(name: string, tracks: readonly Song[]): Song {
  const best = [...tracks].sort((a, b) => (b.popularity ?? 0) - (a.popularity ?? 0)).slice(0, NAMED_TRACKS);
  const heard = tracks.filter((track) => track.features !== null);
  const mean = (value: (song: Song) => number | null) => {
    const values = heard.flatMap((song) => value(song) ?? []);
    return values.length > 0 ? values.reduce((sum, x) => sum + x, 0) / values.length : null;
  };
  const features =
    heard.length === 0
      ? null
      : (Object.fromEntries(
          Object.keys(heard[0]!.features!).map((feature) => [
            feature,
            mean((song) => song.features![feature as keyof AudioFeatures]),
          ]),
        ) as unknown as AudioFeatures);
  const explicit = mean((song) => audioNumbers(song).explicit ?? null);
  return {
    id: '',
    title: best.map((track) => track.title).join(' | '),
    artists: [name],
    album: best.map((track) => track.album).join(' | '),
    genres: [],
    popularity: mean((song) => song.popularity),
    durationMs: mean((song) => song.durationMs),
    explicit: explicit === null ? null : explicit > 0.5,
    features,
  };
}

/** Grams that at least this many entries have are known. */
const LEAST_ENTRIES = 8;

function gramVocabulary(entries: readonly Entry[], most: number): { grams: string[]; idf: Float64Array } {
  const counts = new Map<string, number>();
  let texts = 0;
  for (const { song, heard } of entries) {
    if (!heard) continue;
    texts++;
    for (const gram of songGrams(song).keys()) counts.set(gram, (counts.get(gram) ?? 0) + 1);
  }
  const isWord = (gram: string) => gram.startsWith('word:');
  // Words and letters each have their share: a word is rarer, and says more.
  const frequent = (words: boolean) =>
    [...counts]
      .filter(([gram, count]) => isWord(gram) === words && count >= LEAST_ENTRIES)
      .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
      .slice(0, most / 2)
      .map(([gram]) => gram);
  const grams = [...frequent(false), ...frequent(true)].sort();
  return { grams, idf: Float64Array.from(grams, (gram) => Math.log(texts / counts.get(gram)!)) };
}
