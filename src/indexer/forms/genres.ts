/** Genre labels in any spelling → those of the two data sets. */
import { FILM_GENRES } from '../../shared/film-genres.ts';
import type { Note } from './names.ts';

/** The labels of the Spotify Tracks Dataset that say something about a song. */
const SONG_GENRES =
  'acoustic afrobeat alt-rock alternative ambient anime black-metal bluegrass blues brazil breakbeat british cantopop chicago-house children chill classical club comedy country dance dancehall death-metal deep-house detroit-techno disco disney drum-and-bass dub dubstep edm electro electronic emo folk forro french funk garage german gospel goth grindcore groove grunge guitar happy hard-rock hardcore hardstyle heavy-metal hip-hop honky-tonk house idm indian indie indie-pop industrial iranian j-dance j-idol j-pop j-rock jazz k-pop kids latin latino malay mandopop metal metalcore minimal-techno mpb new-age opera pagode party piano pop pop-film power-pop progressive-house psych-rock punk punk-rock r-n-b reggae reggaeton rock rock-n-roll rockabilly romance sad salsa samba sertanejo show-tunes singer-songwriter ska sleep songwriter soul spanish study swedish synth-pop tango techno trance trip-hop turkish world-music'.split(
    ' ',
  );

/** TMDb's numbers of its film genres. */
const FILM_GENRE_IDS: Readonly<Record<string, string>> = {
  28: 'Action',
  12: 'Adventure',
  16: 'Animation',
  35: 'Comedy',
  80: 'Crime',
  99: 'Documentary',
  18: 'Drama',
  10751: 'Family',
  14: 'Fantasy',
  36: 'History',
  27: 'Horror',
  10402: 'Music',
  9648: 'Mystery',
  10749: 'Romance',
  878: 'Science Fiction',
  10770: 'TV Movie',
  53: 'Thriller',
  10752: 'War',
  37: 'Western',
};

const key = (label: string) =>
  label
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');

const FILM_KEYS = new Map<string, string>([
  ...FILM_GENRES.map((genre) => [key(genre), genre] as const),
  ...Object.entries(FILM_GENRE_IDS),
  ...([
    ['scifi', 'Science Fiction'],
    ['sf', 'Science Fiction'],
    ['musical', 'Music'],
    ['children', 'Family'],
    ['childrens', 'Family'],
    ['kids', 'Family'],
    ['animated', 'Animation'],
    ['romantic', 'Romance'],
    ['historical', 'History'],
    ['suspense', 'Thriller'],
    ['tv', 'TV Movie'],
    ['tvmovie', 'TV Movie'],
  ] as const),
]);

const SONG_KEYS = new Map<string, string>([
  ...SONG_GENRES.map((genre) => [key(genre), genre] as const),
  ['rap', 'hip-hop'],
  ['world', 'world-music'],
  ['childrensmusic', 'children'],
  ['dnb', 'drum-and-bass'],
  ['electronica', 'electronic'],
]);

/** A film genre as TMDb writes it; others stay as they are. */
export function filmGenre(label: string, note: Note): { label: string; known: boolean } {
  const clean = label.trim();
  const found = FILM_KEYS.get(key(clean));
  if (found !== undefined && found !== clean) note('genre-label');
  return { label: found ?? clean, known: found !== undefined };
}

/** A song genre as the data set writes it; others stay, in lower case. */
export function songGenre(label: string, note: Note): { label: string; known: boolean } {
  const clean = label.trim().toLowerCase();
  // "R&B" is r-n-b, "Drum & Bass" drum-and-bass.
  const found = [clean, clean.replaceAll('&', 'n'), clean.replaceAll('&', 'and')]
    .map((text) => SONG_KEYS.get(key(text)))
    .find((genre) => genre !== undefined);
  if (found !== undefined && found !== clean) note('genre-label');
  return { label: found ?? clean, known: found !== undefined };
}
