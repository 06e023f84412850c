/** What films are tagged with, and how much of it is mature. */
import { cloudChart } from '../chart/cloud.ts';
import { barChart } from '../chart/marks.ts';
import { colour } from '../chart/theme.ts';
import type { Figure } from '../figure.ts';
import { count, list, percent } from '../format.ts';
import type { FilmGather, KeywordCounts } from '../gather/films.ts';
import { MATURE_THEMES, themesOf } from '../gather/mature.ts';
import type { SongGather } from '../gather/songs.ts';
import { wilson } from '../stats/proportion.ts';

const CLOUD_WORDS = 90;
const BAR_WORDS = 30;

interface KeywordCount {
  readonly keyword: string;
  readonly films: number;
  readonly mature: boolean;
}

/** Keywords by number of films, most frequent first (ties by name). */
export function rankedKeywords(counts: Pick<KeywordCounts, 'keywords'>): KeywordCount[] {
  return [...counts.keywords]
    .map(([keyword, films]) => ({ keyword, films, mature: themesOf(keyword).length > 0 }))
    .sort((a, b) => b.films - a.films || (a.keyword < b.keyword ? -1 : 1));
}

/** The word cloud of keywords, and the same keywords as bars. */
export function keywordFigures(gather: FilmGather): Figure[] {
  const ranked = rankedKeywords(gather.cleaned);
  if (ranked.length === 0) return [];
  const cloud = ranked.slice(0, CLOUD_WORDS);
  const bars = ranked.slice(0, BAR_WORDS);
  const mature = cloud.filter((word) => word.mature);
  const table = (words: readonly KeywordCount[]) => ({
    columns: ['keyword', 'films', 'mature'],
    rows: words.map((word) => [word.keyword, word.films, word.mature ? 'yes' : 'no']),
  });
  return [
    {
      id: 'film-keywords-cloud',
      title: 'Keywords as a cloud',
      caption: `The ${cloud.length} most frequent of ${count(ranked.length)} keywords on ${count(gather.cleaned.withKeywords)} films; ${mature.length} of them, in rust, are mature: ${
        mature.length > 8
          ? `${mature
              .slice(0, 8)
              .map(({ keyword }) => keyword)
              .join(', ')} and more`
          : list(mature.map(({ keyword }) => keyword)) || 'none'
      }.`,
      chart: {
        draw: cloudChart(
          cloud.map(({ keyword, films, mature: isMature }) => ({
            text: keyword,
            count: films,
            colour: colour(isMature ? 'film' : 'song'),
          })),
        ),
        description: `Word cloud of film keywords; largest: ${list(cloud.slice(0, 10).map(({ keyword }) => keyword))}.`,
      },
      table: table(cloud),
    },
    {
      id: 'film-keywords',
      title: 'The same keywords as bars',
      caption: `A cloud shows what there is, bars show how much: ${list(bars.slice(0, 3).map(({ keyword, films }) => `${keyword} (${count(films)} films)`))} lead. Mature keywords in rust.`,
      chart: {
        draw: barChart(
          bars.map(({ keyword, films, mature: isMature }) => ({
            label: keyword,
            value: films,
            marked: isMature,
            title: `${keyword}: ${count(films)} films`,
          })),
          { axis: 'films', colours: ['song', 'film'], format: count },
        ),
        description: `Bar chart of the ${bars.length} most frequent keywords: ${list(bars.slice(0, 6).map(({ keyword, films }) => `${keyword} ${count(films)}`))}.`,
      },
      table: table(ranked.slice(0, 1000)),
    },
  ];
}

/** Explicit songs beside films with mature keywords. */
export function matureFigure(gather: FilmGather, songs: SongGather): Figure {
  const { cleaned, published } = gather;
  const tracks = songs.songs.filter(({ explicit }) => explicit !== null);
  const rows = [
    {
      label: 'explicit song rows',
      ...wilson(songs.explicitRows.explicit, songs.explicitRows.known),
      song: true,
    },
    {
      label: 'explicit tracks',
      ...wilson(tracks.filter(({ explicit }) => explicit).length, tracks.length),
      song: true,
    },
    { label: 'films, mature', ...wilson(cleaned.mature, cleaned.withKeywords), song: false },
    ...MATURE_THEMES.map((theme) => ({
      label: theme,
      ...wilson(cleaned.themes[theme], cleaned.withKeywords),
      song: false,
    })),
    { label: 'films before cleaning', ...wilson(published.mature, published.withKeywords), song: false },
  ];
  const [songRows, , films] = rows as [(typeof rows)[0], (typeof rows)[0], (typeof rows)[0]];
  return {
    id: 'mature-content',
    title: 'Explicit songs and mature keywords',
    caption:
      `${percent(songRows.share)} of the song rows are explicit, and ${percent(films.share)} of the films that have keywords carry a mature one (${count(films.count)} of ${count(films.n)}): ` +
      `${list(MATURE_THEMES.map((theme) => `${theme} ${percent(cleaned.themes[theme] / cleaned.withKeywords)}`))}. Lines are 95% intervals (Wilson).`,
    chart: {
      draw: barChart(
        rows.map(({ label, share, low, high, song, count: k, n }) => ({
          label,
          value: share,
          low,
          high,
          marked: !song,
          title: `${label}: ${count(k)} of ${count(n)}`,
        })),
        { axis: 'share', colours: ['song', 'film'], format: (x) => percent(x), rowHeight: 26 },
      ),
      description: `Bar chart: explicit song rows ${percent(songRows.share)}, films with a mature keyword ${percent(films.share)}.`,
    },
    table: {
      columns: ['group', 'count', 'of', 'share', '95% low', '95% high'],
      rows: rows.map((r) => [r.label, r.count, r.n, r.share, r.low, r.high]),
    },
  };
}
