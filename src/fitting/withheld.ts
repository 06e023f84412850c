/** Songs as if they came from outside the catalogue: their own genre labels withheld, everywhere they could leak. */
import { type ArtistGenres, type ArtistLookup, artistKey } from '../engine/model/artists.ts';
import type { SongGenres } from '../engine/model/features.ts';
import { imputeGenres } from '../engine/model/imputation.ts';
import type { Model } from '../engine/model/model.ts';
import type { SoundTable } from '../engine/model/nearest.ts';
import type { Song } from '../engine/types.ts';
import { recordingKey } from './data.ts';

export class Withholder {
  readonly #recordings = new Map<string, Song[]>();
  readonly #model: Model;
  readonly #artists: ArtistLookup;
  readonly #sounds: SoundTable;
  readonly #rows = new Map<string, number>();

  /** @param songs the catalogue's songs, in the row order of `sounds` */
  constructor(model: Model, songs: readonly Song[], artists: ArtistLookup, sounds: SoundTable) {
    this.#model = model;
    this.#artists = artists;
    this.#sounds = sounds;
    for (const [row, song] of songs.entries()) {
      const key = recordingKey(song);
      const list = this.#recordings.get(key);
      if (list) list.push(song);
      else this.#recordings.set(key, [song]);
      this.#rows.set(song.id, row);
    }
  }

  /**
   * Genre weights as imputed for a stranger: the artists' other tracks where there are any, else the nearest
   * tracks by sound; in both, every track of the same recording is left out.
   */
  genres(song: Song): SongGenres {
    const same = this.#recordings.get(recordingKey(song)) ?? [song];
    const rows = new Set(same.map((other) => this.#rows.get(other.id)));
    const sounds = {
      ...this.#sounds,
      genresOf: (row: number) => (rows.has(row) ? [] : this.#sounds.genresOf(row)),
    };
    return imputeGenres(song, this.#model, (key) => this.#without(key, same), sounds).genres;
  }

  /** An artist's counts without the tracks of one recording. */
  #without(key: string, same: readonly Song[]): ArtistGenres | undefined {
    const entry = this.#artists(key);
    if (!entry) return undefined;
    const counts = new Map(entry.genres);
    let { tracks } = entry;
    for (const song of same) {
      if (!song.artists.some((artist) => artistKey(artist) === key)) continue;
      tracks--;
      for (const genre of song.genres) {
        const index = this.#model.genreIndex.get(genre);
        if (index !== undefined && counts.has(index)) counts.set(index, counts.get(index)! - 1);
      }
    }
    return tracks <= 0 ? undefined : { tracks, genres: [...counts].filter(([, count]) => count > 0) };
  }
}
