/** What is asked for as numbers: one song or a blend, with what ranking, scores and reasons need. */
import { UserError } from '../../shared/errors.ts';
import type { Catalogue } from '../catalogue/reader.ts';
import { type Relevance, storeKey } from '../catalogue/records.ts';
import { type Basis, type FeelProfile, unpackProfile, unpackStrengths } from '../feel/profile.ts';
import { type ArtistLookup, artistKey } from '../model/artists.ts';
import { type FoundGenres, findGenres } from '../model/imputation.ts';
import { gradeValue } from '../model/lift.ts';
import type { ScoreScale } from '../model/model.ts';
import type { PlacedSong } from '../model/song-tower.ts';
import type { Imputation, Mood, Song } from '../types.ts';
import { artistFeel, undescribedFeel } from './undescribed.ts';

export interface SongQuery {
  /** The song vector, or the mean of several, in the shared space. */
  readonly placed: PlacedSong;
  readonly scale: ScoreScale;
  /** Strengths of the song, or the mean of several; of a blend the least sure basis. */
  readonly profile: FeelProfile;
  /** TMDB id → what the pick adds, as `Model.lift` takes it: the songs' own picks and their artists'. */
  readonly picks: ReadonlyMap<number, number>;
  /** TMDB id → what readers' grades of the film add to its lift. */
  readonly relevance: ReadonlyMap<number, number>;
  /** Films picked for one of the songs itself. */
  readonly chosen: ReadonlySet<number>;
  /** Mean genre weights by the model's genre list. */
  readonly genres: ReadonlyMap<number, number>;
  /** The songs' titles and albums, for rules about words. */
  readonly titles: string;
  readonly imputed: Imputation;
}

/** What is known of a film for the song beside its standing, as `Model.lift` takes it. */
export interface Evidence {
  readonly pick: number;
  readonly relevance: number;
}

export const evidenceOf = ({ picks, relevance }: SongQuery, film: number): Evidence => ({
  pick: picks.get(film) ?? 0,
  relevance: relevance.get(film) ?? 0,
});

/** The query as it were if nobody had picked or graded a film for it. */
export const withoutPicks = (query: SongQuery): SongQuery => ({
  ...query,
  picks: new Map(),
  relevance: new Map(),
  chosen: new Set(),
});

export function artistLookup(catalogue: Catalogue): ArtistLookup {
  return (key) => catalogue.records.artists.get(storeKey(key));
}

/** Genre weights of a song, imputed where it came without labels, and from what. */
export function genresOf(catalogue: Catalogue, song: Song): FoundGenres {
  return findGenres(song, catalogue.model, artistLookup(catalogue), catalogue.sounds);
}

/** A song's profile, the year bumps it leads one to expect, and the films picked for it. */
export interface KnownSong {
  readonly profile: FeelProfile;
  readonly bumps: ArrayLike<number> | undefined;
  readonly own: readonly number[];
  readonly artists: readonly number[];
  /** Films for the artist's other moods. */
  readonly further: readonly number[];
  /** TMDB id → what a reader's grade adds: given for the song, else for its artist. */
  readonly relevance: readonly (readonly [film: number, value: number])[];
}

/** What the catalogue knows of a song's feel, or what its artist and its sound lead one to expect of it. */
export function songFeel(catalogue: Catalogue, song: Song, genres: FoundGenres['genres']): KnownSong {
  const { model, records } = catalogue;
  const artist = song.artists
    .map((name) => records.artists.get(storeKey(artistKey(name))))
    .find((record) => record?.feel);
  const artists = artist?.picks ?? [];
  const further = artist?.further ?? [];
  const stored = records.feels.get(song.id);
  const values = model.spec.relevance;
  const relevance = stored?.relevance
    ? graded(stored.relevance, values.song)
    : graded(artist?.relevance ?? [], values.artist);
  const ofArtist = { artists, further, relevance };
  if (!stored)
    return { ...undescribedFeel(model, song, genres, artistFeel(model, artist)), own: [], ...ofArtist };
  const { terms, worlds } = model.spec.feel;
  return {
    profile: unpackProfile(stored.feel, terms.length, worlds.length, stored.year),
    bumps: stored.bumps && unpackStrengths(stored.bumps),
    own: stored.picks,
    ...ofArtist,
  };
}

const graded = (relevance: readonly Relevance[], values: readonly number[]) =>
  relevance.map(([film, grade]) => [film, gradeValue(grade, values)] as const);

/** From sure to unsure. */
const SURENESS: readonly Basis[] = ['described', 'artist', 'sound', 'predicted'];

/** A song without name, sound or label, for asking by feel alone. */
const NO_SONG: Song = {
  id: '',
  title: '',
  artists: [],
  album: '',
  genres: [],
  popularity: null,
  durationMs: null,
  explicit: null,
  features: null,
};

/**
 * A mood as a query: that of a song which feels so.
 * @throws UserError where none of the names is a feeling or a world of the model
 */
export function moodQuery({ model }: Catalogue, { feel }: Mood): SongQuery {
  const profile = model.emptyProfile('described');
  const { terms, worlds } = model.spec.feel;
  for (const [t, name] of terms.entries()) if (feel.includes(name)) profile.terms[t] = 1;
  for (const [w, name] of worlds.entries()) if (feel.includes(name)) profile.worlds[w] = 1;
  if (![...profile.terms, ...profile.worlds].some((strength) => strength > 0)) {
    throw new UserError('None of that is a feeling that is known here.', { id: 'mood.unknown' });
  }
  const none = { own: new Map<number, number>(), artist: new Map<number, number>() };
  const placed = model.placeSong(model.songVector(profile, NO_SONG, none));
  return {
    placed,
    scale: model.scoreScale(placed.vector),
    profile,
    picks: new Map(),
    relevance: new Map(),
    chosen: new Set(),
    genres: new Map(),
    titles: '',
    imputed: { kind: 'none', count: 0 },
  };
}

/**
 * What a film for an artist's other moods is worth of a pick: blind raters found .32 to .44 of them fitting, .57 to .69
 * of an artist's picks, .26 to .34 of films put beside them.
 */
const FURTHER_SHARE = 0.4;

/** @param songs one or more */
export function songQuery(catalogue: Catalogue, songs: readonly Song[]): SongQuery {
  const { model } = catalogue;
  const { own: ownPick, artist: artistPick } = model.spec.picks;
  const count = songs.length;
  const profile = model.emptyProfile('described');
  const picks = new Map<number, number>();
  const relevance = new Map<number, number>();
  const chosen = new Set<number>();
  const genres = new Map<number, number>();
  const years: number[] = [];
  let x: Float64Array | undefined;
  let basis: Basis = 'described';
  let imputed: Imputation = { kind: 'none', count: 0 };
  const add = (film: number, value: number) => picks.set(film, (picks.get(film) ?? 0) + value / count);
  for (const song of songs) {
    const found = genresOf(catalogue, song);
    const feel = songFeel(catalogue, song, found.genres);
    const vector = model.songVector(feel.profile, song, found.genres, feel.bumps);
    x ??= new Float64Array(vector.length);
    for (let i = 0; i < x.length; i++) x[i]! += vector[i]! / count;
    for (let t = 0; t < profile.terms.length; t++) profile.terms[t]! += feel.profile.terms[t]! / count;
    for (let w = 0; w < profile.worlds.length; w++) profile.worlds[w]! += feel.profile.worlds[w]! / count;
    for (const film of feel.own) {
      add(film, ownPick);
      chosen.add(film);
    }
    for (const film of feel.artists) if (!feel.own.includes(film)) add(film, artistPick);
    for (const film of feel.further) if (!feel.own.includes(film)) add(film, FURTHER_SHARE * artistPick);
    for (const [film, value] of feel.relevance)
      relevance.set(film, (relevance.get(film) ?? 0) + value / count);
    for (const [genre, weight] of found.genres.own)
      genres.set(genre, (genres.get(genre) ?? 0) + weight / count);
    if (feel.profile.year !== null) years.push(feel.profile.year);
    if (SURENESS.indexOf(feel.profile.basis) > SURENESS.indexOf(basis)) basis = feel.profile.basis;
    if (found.imputed.kind !== 'none') imputed = found.imputed;
  }
  const placed = model.placeSong(x!);
  return {
    placed,
    scale: model.scoreScale(placed.vector),
    profile: {
      ...profile,
      year: years.length === count && count === 1 ? years[0]! : null,
      basis,
    },
    picks,
    relevance,
    chosen,
    genres,
    titles: songs.map((song) => `${song.title} ${song.album}`).join(' '),
    imputed,
  };
}
