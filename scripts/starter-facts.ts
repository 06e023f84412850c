/** Compares every fact of the starter catalogue with the data sets it was taken from. Exits 1 on a difference. */
import { compareFilms, compareSongs, sharedIsThere } from './starter/compare.ts';
import { sentence } from './starter/facts.ts';
import { loadStarter, SHARED } from './starter/load.ts';

if (!sharedIsThere()) {
  console.log(`The data sets are not at ${SHARED.dir}, so there is nothing to compare with.`);
} else {
  const starter = await loadStarter();
  const films = await compareFilms(starter);
  const differences = [...films.differences, ...(await compareSongs(starter))];
  for (const difference of differences) console.error(sentence(difference));
  for (const likeness of films.likenesses) console.error(`Too near to another's text: ${likeness}`);
  console.log(
    `${starter.films.length} films and ${starter.songs.length} songs compared: ` +
      `${differences.length} facts differ; of ${films.texts} overviews ${films.likenesses.length} come too near.`,
  );
  if (differences.length + films.likenesses.length > 0) process.exitCode = 1;
}
