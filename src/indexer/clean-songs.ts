/** Spotify rows → songs: one track with all its genres, and labels that are known to be wrong set right. */
import type { Song } from '../engine/types.ts';
import { booleanCell, listCell, numberCell, textCell } from './cells.ts';
import type { Reject } from './clean-films.ts';
import type { Cleaned } from './plausibility.ts';
import { Removals } from './removals.ts';
import type { TableRow } from './tables.ts';

/** Columns without which a file is not a table of tracks. */
export const SONG_COLUMNS = [
  'track_id',
  'artists',
  'track_name',
  'duration_ms',
  'danceability',
  'energy',
  'key',
  'loudness',
  'mode',
  'speechiness',
  'acousticness',
  'instrumentalness',
  'liveness',
  'valence',
  'tempo',
] as const; // prettier-ignore

export interface SongFunnel {
  rows: number;
  malformed: number;
  /** Rows without a title and an artist (the data set holds one). */
  nullRows: number;
  /** Rows that add a genre to a track already read. */
  repeatedIds: number;
  kept: number;
  readonly mended: { tempo: number; relabelled: number };
}

interface SongDraft extends Omit<Song, 'genres'> {
  readonly genres: Set<string>;
}

/** Features that Spotify gives in 0…1. */
const UNIT_FEATURES = [
  'danceability',
  'energy',
  'speechiness',
  'acousticness',
  'instrumentalness',
  'liveness',
  'valence',
] as const; // prettier-ignore

/** Indian labels that tell a mislabelled "k-pop" artist apart (half of that label's rows are Indian film songs). */
const INDIAN_LABELS: readonly string[] = ['indian', 'pop-film'];

export class SongCleaner {
  readonly funnel: SongFunnel = {
    rows: 0,
    malformed: 0,
    nullRows: 0,
    repeatedIds: 0,
    kept: 0,
    mended: { tempo: 0, relabelled: 0 },
  };
  readonly #songs = new Map<string, SongDraft>();
  readonly #reject: Reject;
  /** Why rows left, with examples. */
  readonly removals = new Removals();
  #minor = 0;

  constructor(reject: Reject = () => {}) {
    this.#reject = reject;
  }

  /** What the cleaning left, for the gate; known when it is finished. */
  get cleaned(): Cleaned {
    return { kept: this.funnel.kept, removals: this.removals.list, minor: this.#minor };
  }

  /** Takes one row in. A cell may name several genres, separated by semicolons. */
  add(row: TableRow): void {
    const { funnel } = this;
    const { values } = row;
    funnel.rows++;
    const id = values.track_id?.trim() ?? '';
    if (row.fault || !/^[0-9A-Za-z]{22}$/.test(id)) {
      if (row.fault) this.removals.add('the cells do not fit the header', null, row.fault);
      else this.removals.add('the id is none of a Spotify track', 'track_id', id);
      funnel.malformed++;
      this.#reject(
        row.line,
        row.fault ?? `the track id "${textCell(id).slice(0, 40)}" is not 22 letters and digits`,
      );
      return;
    }
    const title = textCell(values.track_name);
    const artists = listCell(textCell(values.artists), ';');
    if (title === '' && artists.length === 0) {
      funnel.nullRows++;
      this.removals.add('title and artist are empty', 'track_name', '');
      return;
    }
    const genres = listCell(values.track_genre, ';').map((genre) => genre.toLowerCase());
    const known = this.#songs.get(id);
    if (known) {
      funnel.repeatedIds++;
      this.removals.add('the track stood there before', 'track_id', id);
      for (const genre of genres) known.genres.add(genre);
      return;
    }
    const draft = this.#draft(id, title, artists, genres, row);
    if (draft) this.#songs.set(id, draft);
  }

  #draft(id: string, title: string, artists: string[], genres: string[], row: TableRow): SongDraft | null {
    const { values } = row;
    const fail = (rule: string, column: string, reason: string) => {
      this.removals.add(rule, column, values[column] ?? '');
      this.funnel.malformed++;
      this.#reject(row.line, reason);
      return null;
    };
    if (title === '' || artists.length === 0) {
      const column = title === '' ? 'track_name' : 'artists';
      return fail('title or artist is missing', column, 'title or artist is missing');
    }
    const number = (name: string) => numberCell(values[name]);
    const units: Record<string, number> = {};
    for (const name of UNIT_FEATURES) {
      const value = number(name);
      if (value === null || value < 0 || value > 1) {
        const rule = `${name} is not in 0…1`;
        return fail(rule, name, `${name} "${values[name]}" is not in 0…1`);
      }
      units[name] = value;
    }
    const loudness = number('loudness');
    const duration = number('duration_ms');
    if (loudness === null || loudness < -80 || loudness > 20) {
      const reason = `loudness "${values.loudness}" is no decibels`;
      return fail('the loudness is no decibels', 'loudness', reason);
    }
    if (duration === null || duration < 0) {
      const reason = `duration_ms "${values.duration_ms}" is no duration`;
      return fail('the duration is none', 'duration_ms', reason);
    }
    const tempo = number('tempo');
    const hasTempo = tempo !== null && tempo > 0 && tempo < 400;
    if (!hasTempo) this.funnel.mended.tempo++;
    const mode = number('mode');
    if (textCell(values.mode) !== '' && mode !== 0 && mode !== 1)
      return fail('the mode is neither major nor minor', 'mode', `mode "${values.mode}" is neither 1 nor 0`);
    const key = number('key');
    const popularity = number('popularity');
    const beats = number('time_signature');
    return {
      id,
      title,
      artists,
      album: textCell(values.album_name),
      genres: new Set(genres),
      popularity: popularity !== null && popularity >= 0 && popularity <= 100 ? popularity : null,
      durationMs: Math.round(duration),
      explicit: booleanCell(values.explicit),
      features: {
        danceability: units.danceability!,
        energy: units.energy!,
        key: key !== null && Number.isInteger(key) && key >= 0 && key <= 11 ? key : -1,
        loudness,
        mode: mode ?? 0,
        speechiness: units.speechiness!,
        acousticness: units.acousticness!,
        instrumentalness: units.instrumentalness!,
        liveness: units.liveness!,
        valence: units.valence!,
        tempo: hasTempo ? tempo : null,
        timeSignature: beats !== null && beats > 0 ? beats : null,
      },
    };
  }

  /** Every song, sorted by id, after the labels are set right. The cleaner holds none of them any longer. */
  finish(): Song[] {
    const drafts = [...this.#songs.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
    this.#songs.clear();
    this.#relabel(drafts);
    this.funnel.kept = drafts.length;
    this.#minor = drafts.filter(({ features }) => features?.mode === 0).length;
    return drafts.map((draft) => ({ ...draft, genres: [...draft.genres].sort() }));
  }

  /** A "k-pop" track becomes "indian" where one of its artists also stands under an Indian label. */
  #relabel(drafts: readonly SongDraft[]): void {
    const indian = new Set<string>();
    for (const draft of drafts) {
      if (INDIAN_LABELS.some((label) => draft.genres.has(label)))
        for (const artist of draft.artists) indian.add(artist);
    }
    for (const draft of drafts) {
      if (!draft.genres.has('k-pop') || !draft.artists.some((artist) => indian.has(artist))) continue;
      draft.genres.delete('k-pop');
      draft.genres.add('indian');
      this.funnel.mended.relabelled++;
    }
  }
}
