/** Five films for a song, from another program: `npx tsx examples/five-films.ts [catalogue folder] [song]`. */
import { Engine } from 'music2movie/engine';

const [folder = 'data/catalogue', text = 'Lose Yourself'] = process.argv.slice(2);
const engine = await Engine.open(folder);
const [found] = engine.findSongs(text, 1);
if (!found) console.log(`No song here is called "${text}".`);
else
  for (const { film, score } of engine.moviesFor(found.song).matches)
    console.log(`${score.toFixed(2)} ${film.title} (${film.year})`);
await engine.close();
