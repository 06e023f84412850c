/** Prints what the starter catalogue covers. Exits 1 where it falls short of what it promises. */
import Table from 'cli-table3';
import { type Counts, measure, QUADRANTS, shortfalls, TMDB_GENRES } from './starter/coverage.ts';
import { loadStarter } from './starter/load.ts';

const starter = await loadStarter();
const coverage = measure(starter.films, starter.songs, starter.bytes);

const decades = [...coverage.decades.keys()].sort();
const grid = new Table({
  head: ['', ...decades.map((decade) => `${decade}s`), 'all'],
  colAligns: ['left', ...decades.map(() => 'right' as const), 'right'],
  style: { head: [], border: [], compact: true },
});
for (const genre of TMDB_GENRES) {
  const row = coverage.genreByDecade.get(genre);
  grid.push([genre, ...decades.map((d) => row?.get(d) ?? ''), coverage.genres.get(genre) ?? 0]);
}
grid.push(['films', ...decades.map((d) => coverage.decades.get(d) ?? 0), coverage.films]);

const line = (title: string, counts: Counts) =>
  console.log(`${title}: ${[...counts].map(([name, n]) => `${name} ${n}`).join(', ')}\n`);
const inOrder = (counts: Counts, names: readonly string[]): Counts =>
  new Map(names.map((name) => [name, counts.get(name) ?? 0]));

console.log(`${coverage.films} films by genre and decade\n${grid.toString()}\n`);
line(`${coverage.languages.size} original languages`, coverage.languages);
line('Corners of mood (a film may stand in several)', coverage.corners);
line('Films on the mood plane', inOrder(coverage.filmQuadrants, QUADRANTS));
line(`${coverage.songs} songs, ${coverage.songGenres.size} genres`, coverage.songGenres);
console.log(`${coverage.songsWithoutGenre} songs come without a genre label.\n`);
line('Languages that genre or script give away', coverage.songLanguages);
line('Songs on the mood plane', inOrder(coverage.songQuadrants, QUADRANTS));
console.log(`Size on disk: ${(coverage.bytes / 1024 / 1024).toFixed(2)} MB`);

const missing = [...starter.rejects, ...shortfalls(coverage)];
if (missing.length === 0) console.log('Nothing falls short.');
else {
  console.error(`\nFalls short:\n${missing.map((sentence) => `- ${sentence}`).join('\n')}`);
  process.exitCode = 1;
}
