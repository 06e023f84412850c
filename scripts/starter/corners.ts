/** The corners of mood that the starter must not leave empty, as data: which words and genres put a film there. */

export interface MoodCorner {
  readonly name: string;
  /** Beginnings of words of an overview: `lonel` finds lonely and loneliness. */
  readonly stems: readonly string[];
  /** TMDb genres that put a film there whatever its overview says. */
  readonly genres: readonly string[];
}

export const MOOD_CORNERS: readonly MoodCorner[] = [
  {
    name: 'dark',
    stems: ['dark', 'bleak', 'grim', 'dread', 'despair', 'murder', 'cruel', 'savage', 'blood', 'noir'],
    genres: ['Horror', 'Crime'],
  },
  {
    name: 'tender',
    stems: ['tender', 'gentl', 'kind', 'warm', 'soft', 'shy', 'affection', 'caress', 'hush'],
    genres: [],
  },
  {
    name: 'funny',
    stems: [
      'funny',
      'comic',
      'comed',
      'hilari',
      'laugh',
      'joke',
      'farce',
      'wisecrack',
      'silly',
      'droll',
      'witty',
    ],
    genres: ['Comedy'],
  },
  {
    name: 'epic',
    stems: [
      'epic',
      'vast',
      'sweep',
      'thunder',
      'majest',
      'colossal',
      'grandeur',
      'monument',
      'empire',
      'armies',
    ],
    genres: ['War', 'History', 'Western'],
  },
  {
    name: 'eerie',
    stems: [
      'eerie',
      'uncann',
      'ghost',
      'haunt',
      'dreamlike',
      'nightmar',
      'hallucinat',
      'shiver',
      'chill',
      'sinister',
    ],
    genres: ['Horror', 'Mystery'],
  },
  {
    name: 'euphoric',
    stems: [
      'euphor',
      'joy',
      'jubil',
      'ecsta',
      'exhilarat',
      'giddy',
      'bliss',
      'exult',
      'rapture',
      'rapturous',
      'delirious',
    ],
    genres: [],
  },
  {
    name: 'melancholy',
    stems: [
      'melanchol',
      'wistful',
      'regret',
      'ache',
      'aching',
      'mourn',
      'sorrow',
      'grief',
      'griev',
      'elegiac',
      'rueful',
    ],
    genres: [],
  },
  {
    name: 'lonely',
    stems: ['lonel', 'lonesome', 'alone', 'solitude', 'isolat', 'stranded', 'homesick', 'outcast'],
    genres: [],
  },
  {
    name: 'defiant',
    stems: [
      'defian',
      'defies',
      'rebel',
      'revolt',
      'revolution',
      'fury',
      'furious',
      'rage',
      'fierce',
      'fight',
      'proud',
    ],
    genres: [],
  },
];

/**
 * How much a genre stirs (+) or stills (−). A film's genres are averaged; above zero it counts as intense. Rough
 * on purpose: the report asks whether both halves of the plane are filled, the engine places films for real.
 */
export const GENRE_ENERGY: Readonly<Record<string, number>> = {
  Action: 1,
  Adventure: 0.5,
  Animation: 0.1,
  Comedy: 0.1,
  Crime: 0.4,
  Documentary: -0.4,
  Drama: -0.4,
  Family: -0.1,
  Fantasy: 0.1,
  History: -0.2,
  Horror: 0.6,
  Music: 0.4,
  Mystery: 0.1,
  Romance: -0.5,
  'Science Fiction': 0.4,
  'TV Movie': -0.1,
  Thriller: 0.6,
  War: 0.5,
  Western: 0.2,
};

/** Languages that a song's genre gives away. Labels that are sung in many languages are not here. */
export const GENRE_LANGUAGE: Readonly<Record<string, string>> = {
  anime: 'Japanese',
  'j-dance': 'Japanese',
  'j-idol': 'Japanese',
  'j-pop': 'Japanese',
  'j-rock': 'Japanese',
  'k-pop': 'Korean',
  mandopop: 'Chinese',
  cantopop: 'Chinese',
  'pop-film': 'Indian languages',
  indian: 'Indian languages',
  malay: 'Malay',
  turkish: 'Turkish',
  iranian: 'Persian',
  forro: 'Portuguese',
  mpb: 'Portuguese',
  pagode: 'Portuguese',
  samba: 'Portuguese',
  sertanejo: 'Portuguese',
  latino: 'Spanish',
  reggaeton: 'Spanish',
  salsa: 'Spanish',
  spanish: 'Spanish',
  tango: 'Spanish',
};

/** Languages that a title's letters give away; they outweigh the genre. First match wins. */
export const SCRIPT_LANGUAGE: readonly (readonly [RegExp, string])[] = [
  [/[\p{Script=Hiragana}\p{Script=Katakana}]/u, 'Japanese'],
  [/\p{Script=Hangul}/u, 'Korean'],
  [/\p{Script=Cyrillic}/u, 'Russian'],
];
