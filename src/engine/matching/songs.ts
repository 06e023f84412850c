/** Songs for a film, or for a mood: the best of the table, no artist twice on one page. */
import type { Catalogue } from '../catalogue/reader.ts';
import { titleKey } from '../search/recording.ts';
import type { Song, SongsOptions } from '../types.ts';
import type { SongTable, TableSong } from './song-table.ts';

/** A row of the table and how it stands to what is asked for. */
export interface RankedSong {
  readonly row: number;
  /** `Model.lift` of the film for this song, or likeness to a mood. */
  readonly standing: number;
}

/** What popularity adds to a song's lift at most, from hidden to well known. */
const POPULARITY = { hidden: -2, balanced: 0.4, known: 2.4 };
/** Likenesses lie closer together than lifts. */
const MOOD_SHARE = 0.4;

/** What popularity adds at a level of 0…1. */
function popularityWeight(mainstream: number): number {
  const { hidden, balanced, known } = POPULARITY;
  return mainstream <= 0.5
    ? hidden + (balanced - hidden) * 2 * mainstream
    : balanced + (known - balanced) * (2 * mainstream - 1);
}

function passes(song: TableSong, { genres, years }: SongsOptions): boolean {
  if (genres && !song.genres.some((genre) => genres.includes(genre))) return false;
  return !years || (song.year !== null && song.year >= years[0] && song.year <= years[1]);
}

/**
 * Rows in the order of their standing, popularity as asked for.
 *
 * @param standings one for each row
 */
export function rankSongs(
  table: SongTable,
  standings: Float32Array,
  options: SongsOptions,
  isMood: boolean,
): RankedSong[] {
  const weight = popularityWeight(options.mainstream ?? 0.5) * (isMood ? MOOD_SHARE : 1);
  const ranked: (RankedSong & { readonly key: number })[] = [];
  for (const [row, song] of table.songs.entries()) {
    if (!passes(song, options)) continue;
    const standing = standings[row]!;
    // Of two songs that stand alike the surer one comes first.
    const sure = song.basis === 'described' ? (isMood ? 0.05 : 0.15) : 0;
    ranked.push({ row, standing, key: standing + sure + weight * (song.popularity / 100) });
  }
  return ranked.sort((a, b) => b.key - a.key || a.row - b.row);
}

const PAGE = 5;

/** With the song's `titleKey`. */
interface TitledSong extends RankedSong {
  readonly title: string;
}

/** The first `count` in that order: each recording once, and an artist and a title once on a page. */
export function selectSongs(
  catalogue: Catalogue,
  table: SongTable,
  ranked: readonly RankedSong[],
  count: number,
  accepts: (song: Song) => boolean = () => true,
): RankedSong[] {
  const chosen: RankedSong[] = [];
  const recordings = new Set<string>();
  const artists = new Set<string>();
  // Somebody else's recording of a song on the page waits for the next.
  const titles = new Set<string>();
  let waiting: TitledSong[] = [];
  const take = (candidate: TitledSong): boolean => {
    const { artist } = table.songs[candidate.row]!;
    if (artists.has(artist) || titles.has(candidate.title)) return false;
    chosen.push(candidate);
    artists.add(artist);
    titles.add(candidate.title);
    if (chosen.length % PAGE === 0) {
      artists.clear();
      titles.clear();
    }
    return true;
  };
  for (const candidate of ranked) {
    if (chosen.length >= count) break;
    const song = catalogue.records.songs.get(table.songs[candidate.row]!.id);
    if (!song || !accepts(song)) continue;
    const titled = { ...candidate, title: titleKey(song.title, song.artists) };
    const recording = `${titled.title}\u0001${song.artists[0] ?? ''}`;
    if (recordings.has(recording)) continue;
    recordings.add(recording);
    waiting = waiting.filter((held) => chosen.length >= count || !take(held));
    if (chosen.length >= count) break;
    if (!take(titled)) waiting.push(titled);
  }
  return [...chosen, ...waiting].slice(0, count);
}
