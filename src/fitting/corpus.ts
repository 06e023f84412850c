/** The fitting data as vectors: built once, then used by every fold of a cross-validation. */
import { type ArtistGenres, artistKey, countArtists } from '../engine/model/artists.ts';
import { addScaled, audioScores, type SongGenres } from '../engine/model/features.ts';
import { findGenres } from '../engine/model/imputation.ts';
import { Model } from '../engine/model/model.ts';
import type { SoundTable } from '../engine/model/nearest.ts';
import { filmDims, songDims } from '../engine/model/spec.ts';
import { textVector } from '../engine/model/text.ts';
import type { Song } from '../engine/types.ts';
import type { CleanFilm } from '../indexer/clean-films.ts';
import { type Credit, creditArtists, type Pair, recordingKey } from './data.ts';
import { languageExamples } from './language-examples.ts';
import { describe, type FitSettings } from './prepare.ts';
import { Soundtracks } from './soundtracks.ts';
import type { FittedTextSpace } from './text-space.ts';
import { Withholder } from './withheld.ts';

/** One weighted song–film example. */
export interface Example {
  readonly kind: 'pair' | 'extra' | 'credit' | 'language';
  /** Title and artist folded, so that a test song under another id is kept out of training. */
  readonly recording: string;
  readonly trackId: string;
  readonly filmId: number;
  readonly weight: number;
  /** Keys of the song's artists. */
  readonly artists: readonly string[];
  /** The song vector without the artists' soundtracks, on which this very film may stand. */
  readonly x: Float64Array;
}

export interface CorpusInput {
  readonly songs: readonly Song[];
  readonly films: readonly CleanFilm[];
  readonly pairs: readonly Pair[];
  readonly extraSongs: readonly Song[];
  readonly extraPairs: readonly Pair[];
  readonly credits: readonly Credit[];
  readonly text: FittedTextSpace;
  readonly songText: FittedTextSpace;
}

const sizeOf = ({ terms, rows }: FittedTextSpace) => ({
  terms: terms.length,
  textDims: rows.length / Math.max(terms.length, 1),
});

/** Songs, films and examples with the statistics fitted on them; matrices still to come. */
export class Corpus {
  readonly input: CorpusInput;
  readonly settings: FitSettings;
  /** A model with empty projections: gives vectors and moods. */
  readonly base: Model;
  readonly songById: ReadonlyMap<string, Song>;
  readonly filmById: ReadonlyMap<number, CleanFilm>;
  readonly artists: ReadonlyMap<string, ArtistGenres>;
  readonly sounds: SoundTable;
  readonly soundtracks = new Soundtracks((id) => this.filmVector(this.filmById.get(id)!));
  readonly examples: readonly Example[];
  readonly #films = new Map<number, Float64Array>();
  readonly #withholder: Withholder;

  constructor(input: CorpusInput, settings: FitSettings, fittedAt: string) {
    this.input = input;
    this.settings = settings;
    const { songs, films, text, songText } = input;
    const spec = describe(songs, films, sizeOf(text), sizeOf(songText), settings, fittedAt);
    const zeros = (length: number) => new Float32Array(length);
    this.base = new Model({
      spec,
      terms: text.terms,
      songTerms: songText.terms,
      artists: [],
      weights: {
        song: zeros(songDims(spec) * spec.dims),
        film: zeros(filmDims(spec) * spec.dims),
        songMean: zeros(songDims(spec)),
        filmMean: zeros(filmDims(spec)),
        idf: text.idf,
        rowScale: text.rowScale,
        rows: text.rows,
        songIdf: songText.idf,
        songRowScale: songText.rowScale,
        songRows: songText.rows,
        artistFilms: zeros(0),
        artistScale: zeros(0),
        artistRows: new Int8Array(0),
      },
    });
    this.songById = new Map([...input.extraSongs, ...songs].map((song) => [song.id, song]));
    this.filmById = new Map(films.map((film) => [film.id, film]));
    this.artists = countArtists(songs, this.base.genreIndex);
    this.sounds = soundTable(songs, this.base);
    this.#withholder = new Withholder(this.base, songs, (key) => this.artists.get(key), this.sounds);
    this.#addSoundtracks();
    this.examples = this.#examples();
  }

  /**
   * Genre weights of any song: its labels, else its artists' shares, else its nearest tracks by sound.
   * With `withheld`, as if the song came from outside the catalogue.
   */
  genres(song: Song, withheld = false): SongGenres {
    if (withheld) return this.#withholder.genres(song);
    return findGenres(song, this.base, (key) => this.artists.get(key), this.sounds).genres;
  }

  /** @param model the one whose soundtracks are known; without it, none are */
  songVector(song: Song, withheld = false, model = this.base): Float64Array {
    return this.#mask(model.songVector(song, this.genres(song, withheld)), 'song');
  }

  filmVector(film: CleanFilm): Float64Array {
    const known = this.#films.get(film.id);
    if (known) return known;
    const r = this.#mask(this.base.filmVector(film, textVector(film, this.base.space)), 'film');
    const { visual } = this.settings;
    const poster = visual?.rows.get(film.id);
    if (visual && poster) addScaled(r, r.length - visual.dims, poster, visual.weight);
    this.#films.set(film.id, r);
    return r;
  }

  /** Groups named in `without` are blanked: the ablations. */
  #mask(v: Float64Array, side: 'song' | 'film'): Float64Array {
    for (const group of side === 'song' ? this.base.songGroups : this.base.filmGroups) {
      if (this.settings.without.includes(`${side}:${group.name}`)) v.fill(0, group.from, group.to);
    }
    return v;
  }

  #addSoundtracks(): void {
    const { pairs, extraPairs, credits } = this.input;
    const add = (artist: string, filmId: number) => {
      if (this.filmById.has(filmId)) this.soundtracks.add(artist, filmId);
    };
    for (const { trackId, filmId } of [...pairs, ...extraPairs])
      for (const artist of this.songById.get(trackId)?.artists ?? []) add(artistKey(artist), filmId);
    for (const credit of credits)
      for (const artist of creditArtists(credit.artist)) add(artist, credit.filmId);
  }

  #examples(): Example[] {
    const { pairs, extraPairs, credits } = this.input;
    const { extraWeight, creditWeight, scoreWeight, filmPower, languageWeight } = this.settings;
    const drafts: Omit<Example, 'weight'>[] = [];
    const base: number[] = [];
    const add = (kind: Example['kind'], weight: number, draft: Omit<Example, 'kind' | 'weight'>) => {
      if (weight <= 0 || !this.filmById.has(draft.filmId)) return;
      drafts.push({ kind, ...draft });
      base.push(weight);
    };
    for (const [kind, list, weight] of [
      ['pair', pairs, 1],
      ['extra', extraPairs, extraWeight],
    ] as const) {
      for (const pair of list) {
        const song = this.songById.get(pair.trackId);
        if (!song) continue;
        add(kind, isScore(song, pair) ? weight * scoreWeight : weight, {
          recording: recordingKey(song),
          trackId: song.id,
          filmId: pair.filmId,
          artists: song.artists.map(artistKey),
          x: this.songVector(song),
        });
      }
    }
    const pseudo = this.#artistMeans(credits);
    for (const credit of credits) {
      for (const artist of creditArtists(credit.artist)) {
        const x = pseudo.get(artist);
        if (!x) continue;
        const { filmId } = credit;
        add('credit', creditWeight, { recording: '', trackId: '', filmId, artists: [artist], x });
      }
    }
    const perFilm = new Map<number, number>();
    for (const draft of drafts) perFilm.set(draft.filmId, (perFilm.get(draft.filmId) ?? 0) + 1);
    const weighted: Example[] = drafts.map((draft, n) => ({
      ...draft,
      weight: base[n]! * perFilm.get(draft.filmId)! ** filmPower,
    }));
    return [...weighted, ...this.#languageExamples(languageWeight)];
  }

  #languageExamples(weight: number): Example[] {
    if (weight <= 0) return [];
    const valence = (film: CleanFilm) => this.base.filmMood(film).valence;
    return languageExamples(this.input.songs, this.input.films, valence).map(({ song, film }) => ({
      kind: 'language',
      recording: recordingKey(song),
      trackId: song.id,
      filmId: film.id,
      weight,
      artists: song.artists.map(artistKey),
      x: this.songVector(song),
    }));
  }

  /** Mean vector of each credited artist's tracks: a pseudo-song for credits without a recording. */
  #artistMeans(credits: readonly Credit[]): Map<string, Float64Array> {
    const wanted = new Set(
      credits.flatMap((credit) => creditArtists(credit.artist)).filter((key) => this.artists.has(key)),
    );
    const means = new Map<string, { sum: Float64Array; count: number }>();
    for (const song of this.input.songs) {
      const keys = creditArtists(song.artists.join(';')).filter((key) => wanted.has(key));
      if (keys.length === 0) continue;
      const x = this.songVector(song);
      for (const key of keys) {
        const entry = means.get(key) ?? { sum: new Float64Array(x.length), count: 0 };
        for (let i = 0; i < x.length; i++) entry.sum[i]! += x[i]!;
        entry.count++;
        means.set(key, entry);
      }
    }
    return new Map([...means].map(([key, { sum, count }]) => [key, sum.map((value) => value / count)]));
  }
}

/** Instrumental tracks of a film's own score: many, alike, and nobody's favourite song. */
function isScore(song: Song, pair: Pair): boolean {
  return song.features.instrumentalness > 0.5 && pair.evidence !== 'soundtrack credit list';
}

function soundTable(songs: readonly Song[], model: Model): SoundTable {
  const dims = model.spec.song.audio.length;
  const audio = new Float32Array(songs.length * dims);
  const genres: number[][] = [];
  for (const [row, song] of songs.entries()) {
    audio.set(audioScores(song, model.spec), row * dims);
    genres.push(song.genres.flatMap((genre) => model.genreIndex.get(genre) ?? []));
  }
  return { count: songs.length, dims, audio, genresOf: (row) => genres[row]! };
}
