/**
 * Prints the five films for a list of songs as Markdown, for docs/MATCHING.md and docs/STARTER.md:
 * `npx tsx scripts/answers.ts 25|40 [catalogue folder]`
 */
import { Engine } from '../src/engine/engine.ts';
import { ensureStarterCatalogue, STARTER } from '../src/indexer/starter.ts';

/** Songs of many genres, languages and decades, to print and judge. */
// biome-ignore format: a list to read
const NAMED = [
  'Bohemian Rhapsody Queen', 'Lose Yourself Eminem', 'Enter Sandman Metallica', 'Nothing Else Matters Metallica',
  'Smells Like Teen Spirit Nirvana', 'Let It Go Idina Menzel', 'Tum Hi Ho Arijit Singh', 'Dynamite BTS',
  'Clair de Lune Debussy', 'An Ending (Ascent) Brian Eno', 'White Noise', 'Freezing Moon Mayhem',
  'Libertango Piazzolla', 'Vivir Mi Vida Marc Anthony', 'Someone Like You Adele', 'Hallelujah Jeff Buckley',
  'Teardrop Massive Attack', 'unravel TK', 'Sandstorm Darude', 'Three Little Birds Bob Marley',
  'Blinding Lights The Weeknd', "Stayin' Alive Bee Gees", 'Şımarık Tarkan', 'Hold On Chord Overstreet',
  'Days I Will Remember Tyrone Wells',
];

/** Songs across all moods, for the starter catalogue. */
// biome-ignore format: a list to read
const MOODS = [
  'Happy Pharrell Williams', 'Here Comes The Sun Beatles', 'Dancing Queen ABBA', 'Uptown Funk Mark Ronson',
  'Walking on Sunshine', 'Creep Radiohead', 'Hurt Johnny Cash', 'Mad World Gary Jules', 'Skinny Love Bon Iver',
  'Nothing Compares 2 U', 'Lullaby Brahms', 'Moonlight Sonata Beethoven', 'Gymnopédie Satie', 'Time Hans Zimmer',
  'Duel of the Fates', 'Eye of the Tiger', 'We Will Rock You', 'Highway to Hell', 'Killing In The Name', 'Psychosocial Slipknot',
  'Bad Guy Billie Eilish', 'Everybody Wants to Rule the World', 'Take on Me', 'Blue Monday New Order', 'Running Up That Hill',
  'La Vie en rose', 'Bésame Mucho', 'Garota de Ipanema', 'Despacito', 'Gangnam Style', 'Plastic Love', 'Chaiyya Chaiyya',
  'Jolene Dolly Parton', 'Ring of Fire', 'Take Me Home, Country Roads', 'What a Wonderful World', 'My Way Frank Sinatra',
  'Feeling Good Nina Simone', 'Superstition Stevie Wonder', 'No Woman No Cry', 'Last Christmas', 'Nuthin But A G Thang',
  'Strobe deadmau5', 'Porcelain Moby', 'Space Oddity David Bowie',
];

const [list = '25', folder] = process.argv.slice(2);
if (!folder) await ensureStarterCatalogue();
const engine = await Engine.open(folder ?? STARTER.out);
for (const text of list === '40' ? MOODS : NAMED) {
  const [found] = engine.findSongs(text, 1);
  if (!found) {
    console.log(`**${text}**: not in this catalogue.\n`);
    continue;
  }
  const { song } = found;
  const films = engine
    .moviesFor(song)
    .matches.map(({ film, score }) => `${film.title} (${film.year ?? '?'}) ${score.toFixed(2)}`);
  console.log(`**${song.title}** · ${song.artists.join(', ')} · *${song.genres.join(', ') || 'no genre'}*`);
  console.log(`${films.join(' · ')}\n`);
}
await engine.close();
