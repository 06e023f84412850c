/** Prints what the starter catalogue covers. Exits 1 where it falls short of what it promises. */
import Table from 'cli-table3';
import { type Carried, type Counts, measure, shortfalls, TMDB_GENRES } from './starter/coverage.ts';
import { loadStarter } from './starter/load.ts';

const starter = await loadStarter();
const coverage = measure(starter.films, starter.songs, starter.described, starter.unheard, starter.bytes);

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
const carriedLine = (title: string, carried: Carried) =>
  console.log(
    `${title}: ${[...carried].map(([name, { films, songs }]) => `${name} ${films} / ${songs}`).join(', ')}\n`,
  );

console.log(`${coverage.films} films by genre and decade\n${grid.toString()}\n`);
line(`${coverage.languages.size} original languages`, coverage.languages);
line(`${coverage.songs} songs, ${coverage.songGenres.size} genres`, coverage.songGenres);
console.log(`${coverage.songsWithoutGenre} songs come without a genre label.\n`);
line('Languages that genre or script give away', coverage.songLanguages);
console.log(
  `${coverage.describedFilms} of the films are described, and ${coverage.describedSongs} songs, of which the table lacks ${coverage.unheard}.\n`,
);
carriedLine('Films and songs that carry each feeling', coverage.terms);
carriedLine('Films and songs that carry each world', coverage.worlds);
console.log(`Size on disk: ${(coverage.bytes / 1024 / 1024).toFixed(2)} MB`);

const missing = [...starter.rejects, ...shortfalls(coverage)];
if (missing.length === 0) console.log('Nothing falls short.');
else {
  console.error(`\nFalls short:\n${missing.map((sentence) => `- ${sentence}`).join('\n')}`);
  process.exitCode = 1;
}
