/**
 * Twenty songs, their five films and why, on the starter: what changes here changes for everyone, and is read as a
 * diff. Refresh: `npx vitest run test/engine/golden.test.ts -u`.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sayOneEach } from '../../src/conversation/reasons.ts';
import { Engine } from '../../src/engine/engine.ts';
import { wordsFor } from '../../src/i18n/index.ts';
import { starterCatalogue } from '../support/catalogue.ts';

const SONGS = [
  'Bohemian Rhapsody Queen',
  'Lose Yourself Eminem',
  'Enter Sandman Metallica',
  'Smells Like Teen Spirit Nirvana',
  'Tum Hi Ho Arijit Singh',
  'Dynamite BTS',
  'Clair de Lune Debussy',
  'Freezing Moon Mayhem',
  'Someone Like You Adele',
  'Hallelujah Jeff Buckley',
  'Teardrop Massive Attack',
  'Sandstorm Darude',
  'Three Little Birds Bob Marley',
  'Blinding Lights The Weeknd',
  "Stayin' Alive Bee Gees",
  'Zombie Cranberries',
  'Fast Car Tracy Chapman',
  'Running Up That Hill Kate Bush',
  'Billie Jean Michael Jackson',
  'Hold On Chord Overstreet',
];

let engine: Engine;
beforeAll(async () => {
  engine = await Engine.open(await starterCatalogue());
});
afterAll(() => engine.close());

test('twenty songs are answered as they were', async () => {
  const words = wordsFor('en');
  const text = SONGS.map((query) => {
    const song = engine.findSongs(query, 1)[0]?.song;
    if (!song) return `${query}: not here\n`;
    const { matches, basis } = engine.moviesFor(song);
    const reasons = sayOneEach(
      matches.map((match) => match.reasons),
      words,
    );
    const films = matches.map(
      ({ film, score }, at) => `  ${score.toFixed(2)} ${film.title} (${film.year}): ${reasons[at] || '–'}`,
    );
    return `${song.title} – ${song.artists.join(', ')} [${basis}]\n${films.join('\n')}\n`;
  }).join('\n');
  await expect(text).toMatchFileSnapshot('golden/answers.txt');
});
