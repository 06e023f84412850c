/** The nouns of the project: songs, films, and what the engine says of a pair of them. */

import type { Basis } from './feel/profile.ts';
import type { CommunitySettings, CommunityVote } from './matching/community.ts';

export type { CommunityVote };

/** Spotify's audio features of one recording, in Spotify's units. */
export interface AudioFeatures {
  /** 0…1 */
  readonly danceability: number;
  /** 0…1 */
  readonly energy: number;
  /** Pitch class 0…11, −1 when none was detected. */
  readonly key: number;
  /** Decibels, typically −60…0. */
  readonly loudness: number;
  /** 1 major, 0 minor. */
  readonly mode: number;
  /** 0…1 */
  readonly speechiness: number;
  /** 0…1 */
  readonly acousticness: number;
  /** 0…1 */
  readonly instrumentalness: number;
  /** 0…1 */
  readonly liveness: number;
  /** 0…1, sad to happy. */
  readonly valence: number;
  /** Beats per minute; null where none was detected. */
  readonly tempo: number | null;
  /** Beats in a bar, 1…7; null where the source does not say. */
  readonly timeSignature: number | null;
}

/** One track with every genre it stands under. */
export interface Song {
  /** Spotify track id, 22 base-62 characters. */
  readonly id: string;
  readonly title: string;
  readonly artists: readonly string[];
  readonly album: string;
  /** Spotify data set genre labels, sorted; may be empty for songs from outside the catalogue. */
  readonly genres: readonly string[];
  /** 0…100; null where the source does not say. */
  readonly popularity: number | null;
  /** Null where no data set has the recording. */
  readonly durationMs: number | null;
  readonly explicit: boolean | null;
  /** Null where no data set has the recording. */
  readonly features: AudioFeatures | null;
}

/** One film as the catalogue keeps it. */
export interface Film {
  /** TMDb id. */
  readonly id: number;
  /** `tt…`, or null. */
  readonly imdbId: string | null;
  readonly title: string;
  readonly originalTitle: string;
  /** ISO 639-1 code of the original language (TMDb also uses `cn` for Cantonese). */
  readonly language: string;
  /** ISO date, or null where the source has none. */
  readonly releaseDate: string | null;
  readonly year: number | null;
  /** TMDb genre names. */
  readonly genres: readonly string[];
  /** Minutes; null where unknown. */
  readonly runtime: number | null;
  /** Mean vote, 0…10. */
  readonly rating: number;
  readonly votes: number;
  readonly popularity: number;
  readonly countries: readonly string[];
  readonly spokenLanguages: readonly string[];
  readonly keywords: readonly string[];
  readonly tagline: string;
  readonly overview: string;
  /** Path on TMDB's image host, `/….jpg`. */
  readonly poster: string;
  /** Sentiment of the overview, −1…1. */
  readonly sentiment: number;
  /** Erotic or otherwise unfit content: left out unless asked for. */
  readonly unfit: boolean;
}

/** What narrows an answer. Every bound is inclusive; an absent field does not filter. */
export interface Filters {
  /** At least one of these TMDb genres. */
  readonly genres?: readonly string[];
  /** None of these TMDb genres. */
  readonly notGenres?: readonly string[];
  /** Release years. */
  readonly years?: readonly [number, number];
  /** Minutes. */
  readonly runtime?: readonly [number, number];
  /** 0…10 */
  readonly minRating?: number;
  /** Defaults to the engine's vote floor (20). */
  readonly minVotes?: number;
  /** Original languages, ISO 639-1. */
  readonly languages?: readonly string[];
  /** True lets films flagged as unfit through. */
  readonly unfit?: boolean;
}

/** Why a pair fits: a key of the message catalogue, what to put in, and the share of the similarity it explains. */
export interface Reason {
  readonly key: string;
  readonly params: Readonly<Record<string, string | number | readonly string[]>>;
  /** What its terms add to the logit of the pair, always positive. */
  readonly weight: number;
}

/** One film of an answer. */
export interface Match {
  readonly film: Film;
  /** How likely a judge would call the pair fitting, 0…1. */
  readonly score: number;
  /** Logit of the pair, popularity bias left out: comparable within one song. */
  readonly logit: number;
  readonly reasons: readonly Reason[];
  /** What the community's votes added to its lift (see `Model.lift`); absent for nothing. */
  readonly shift?: number;
}

/** What something should feel like, without a song: names of feelings and worlds of the model. */
export interface Mood {
  readonly feel: readonly string[];
}

/** What films are sought for: a track id of the catalogue, one song from anywhere, several songs blended, or a mood. */
export type Seed = string | Song | readonly Song[] | Mood;

/** A film that a search found. */
export interface FoundFilm {
  readonly film: Film;
  /** How well the text supports the film, 0…1. */
  readonly quality: number;
}

export interface SongsOptions {
  /** How many songs, 1…50; default 5. */
  readonly limit?: number;
  readonly offset?: number;
  /** At least one of these labels of the song data. */
  readonly genres?: readonly string[];
  /** Years of first release, inclusive. */
  readonly years?: readonly [number, number];
  /** False leaves a song out. */
  readonly accepts?: (song: Song) => boolean;
  /** 0 little known … 0.5 the default … 1 well known. */
  readonly mainstream?: number;
}

/** One song that feels like a film, or like a mood. */
export interface SongMatch {
  readonly song: Song;
  /** 0…1, of the pair as {@link Match.score}; of a mood how alike the two are. */
  readonly score: number;
  /** What it shares with the film; empty for a mood. */
  readonly reasons: readonly Reason[];
}

export interface SongsAnswer {
  readonly matches: readonly SongMatch[];
  readonly more: boolean;
}

export interface MoviesOptions {
  /** How many films, 1…50; default 5. */
  readonly limit?: number;
  /** How many films of the same answer to pass over (paging: 5 gives the next five); default 0. */
  readonly offset?: number;
  readonly filters?: Filters;
  /** 0 hidden gems … 0.5 the default … 1 well known. */
  readonly mainstream?: number;
  /** TMDb ids of films that never come, such as those the asker has seen. */
  readonly passOver?: ReadonlySet<number>;
  /** False leaves out what songs' and artists' own picks add: for evaluation. */
  readonly picks?: boolean;
  /** Votes of the community that asks; those of newcomers are passed over. Without them the feel space alone answers. */
  readonly votes?: readonly CommunityVote[];
  /** Songs that the asker loves, at least one, and how far films near them come forward: 0…1. */
  readonly taste?: { readonly songs: readonly Song[]; readonly weight: number } | undefined;
  /** How they count; for evaluation. */
  readonly voting?: CommunitySettings;
}

export interface MoviesAnswer {
  /** Best first by score. */
  readonly matches: readonly Match[];
  /** Whether another page would hold films. */
  readonly more: boolean;
  /** How the films were found: through the index, or by an exact scan of the films that pass the filters. */
  readonly path: 'index' | 'scan';
  /** What missing genres were taken from, where the song came without them. */
  readonly imputed: Imputation;
  /** What the song's profile rests on; of a blend the least sure. */
  readonly basis: Basis;
}

export interface GroupOptions {
  /** How many films, 1…50; default 5. */
  readonly limit?: number;
  /** Films of the same answer to pass over, up to 250; default 0. */
  readonly offset?: number;
  readonly filters?: Filters;
  /** TMDb ids of films that never come, such as those somebody has seen. */
  readonly passOver?: ReadonlySet<number>;
  /** Votes of the community that asks. */
  readonly votes?: readonly CommunityVote[];
}

/** A film for several people. */
export interface GroupMatch {
  readonly film: Film;
  /** What it is to each of them, in their order: 0…1 of what their own best film is to them. */
  readonly likings: readonly number[];
}

export interface GroupAnswer {
  /** Best first: the mean of the likings, films that leave somebody out behind those that don't. */
  readonly matches: readonly GroupMatch[];
  readonly more: boolean;
}

export interface Imputation {
  readonly kind: 'none' | 'artist' | 'nearest';
  /** Tracks that the genres were taken from. */
  readonly count: number;
}

/** A song that a search found. */
export interface FoundSong {
  readonly song: Song;
  /** How well the text supports the song, 0…1. */
  readonly quality: number;
  /** `live`, `remix`, `cover`…, where the title says so. */
  readonly version: string | null;
}

/** A song that a submitted text may mean. */
export interface ReadSong extends FoundSong {
  /** The text names this song: its whole title, and nothing that the song does not have. */
  readonly named: boolean;
  /** Words beside a whole title which the song does not have: of another artist, perhaps. */
  readonly unread: readonly string[];
}

/** How strongly a work carries each feeling and each world, by name: strengths above 0, to 1. */
export interface Profile {
  readonly terms: Readonly<Record<string, number>>;
  readonly worlds: Readonly<Record<string, number>>;
  readonly year: number | null;
  /** Judged by hand, from the artist's profile, from labels and sound, or from film facts. */
  readonly basis: Basis;
}

/** A film in which the song is known to stand. */
export interface SongUse {
  readonly film: Film;
  readonly kind: 'theme' | 'needle drop' | 'performed' | 'biography' | 'title';
}

export interface CatalogueInfo {
  /** Version of the program that built it. */
  readonly version: string;
  readonly movies: number;
  readonly songs: number;
  /** ISO time of the build. */
  readonly builtAt: string;
}

/** What the engine offers; `Engine` in engine.ts implements it over a catalogue folder. */
export interface MatchEngine {
  readonly info: CatalogueInfo;
  /** Songs that a text may mean while it is typed, best first; never one that the text does not support. */
  findSongs(text: string, limit?: number): FoundSong[];
  /** Like `findSongs` for a text that was submitted, not one that is still typed: what it names comes first. */
  readSongs(text: string, limit?: number): ReadSong[];
  song(id: string): Song | null;
  /** Songs of an artist (exact after normalisation), best known first. */
  songsByArtist(name: string): Song[];
  albumsNamed(name: string): { album: string; artists: readonly string[]; songs: Song[] }[];
  imputedFrom(song: Song): Imputation;
  film(id: number): Film | null;
  /** Films by title, best known first. */
  findFilms(title: string, limit?: number): Film[];
  /** @throws UserError for an unknown track id or impossible options */
  moviesFor(seed: Seed, options?: MoviesOptions): MoviesAnswer;
  /**
   * Films for several people, of whom each brings a seed: near everyone, far from no one.
   * @throws UserError for an unknown track id, for none or more than a hundred people, for impossible options
   */
  filmsForEveryone(seeds: readonly Seed[], options?: GroupOptions): GroupAnswer;
  /** Films that a text may mean, best first: misspelt, in another script, with a year or without. */
  searchFilms(text: string, limit?: number): FoundFilm[];
  /**
   * Songs that feel like a film (its TMDB id), or like a mood. Only songs whose own or whose artist's feel was described.
   * @throws UserError for an unknown film or impossible options
   */
  songsFor(of: number | Mood, options?: SongsOptions): SongsAnswer;
  /** Gets ready what `searchFilms` and `songsFor` need, a little at a time; without it the first question waits. */
  prepare(): Promise<void>;
  /** Score and reasons of one pair. @param votes as in {@link MoviesOptions} */
  match(seed: Seed, filmId: number, votes?: readonly CommunityVote[]): Match;
  songProfile(seed: Seed): Profile;
  /** Null for a film that is not in the catalogue. */
  filmProfile(filmId: number): Profile | null;
  /** Films in which a song is known to stand, the best known first. */
  usesOf(song: Song): SongUse[];
  /** Films whose poster looks alike, nearest first; empty where the catalogue has no visual features. */
  looksLike(filmId: number, limit?: number): Film[];
  /** Names of feelings and worlds that a {@link Mood} can have. */
  readonly feelings: { readonly terms: readonly string[]; readonly worlds: readonly string[] };
  /** Every genre and original language of the catalogue's films, most frequent first (for forms). */
  readonly facets: { readonly genres: readonly string[]; readonly languages: readonly string[] };
  close(): Promise<void>;
}
