/**
 * Serves a catalogue while a test spoils its files: answers in a loop, watches the folder, and prints a line whenever
 * another catalogue is in use, an answer is wrong, or a second has gone by. Arguments: the folder, a track id.
 */
import { watchCatalogue } from '../../../src/bots/common/watch-catalogue.ts';
import { Engine } from '../../../src/engine/engine.ts';
import type { MatchEngine } from '../../../src/engine/types.ts';

const [dir, track] = process.argv.slice(2) as [string, string];
const say = (line: object) => process.stdout.write(`${JSON.stringify(line)}\n`);

const first = await Engine.open(dir, { keep: true });
let engine: MatchEngine = first;
const answerOf = (of: MatchEngine) =>
  JSON.stringify(
    of.moviesFor(track).matches.map(({ film, score }) => [film.id, film.title, film.overview, score]),
  );
let expected = answerOf(engine);
let answers = 0;
say({ serving: engine.info.movies });

await watchCatalogue(
  dir,
  first.catalogue.manifest.seal,
  async (next) => {
    const old = engine;
    engine = next;
    expected = answerOf(next);
    await old.close();
    say({ swapped: next.info.movies });
  },
  {
    info: () => {},
    warn: (fields: unknown) => say({ warned: (fields as { reason: string }).reason }),
  } as never,
  { intervalMs: 200 },
);

setInterval(() => {
  // Every record is read, so that every page of the mapped files is.
  for (const row of engine.findFilms('film', 100)) engine.film(row.id);
  if (answerOf(engine) !== expected) say({ wrong: true });
  answers++;
}, 5);
setInterval(() => say({ answers }), 200);
