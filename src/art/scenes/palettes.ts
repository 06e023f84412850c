/** Colours and lettering by genre. */
import type { FilmGenre } from '../../shared/film-genres.ts';
import type { Chance, Palette } from './kit.ts';

/** How a genre looks. */
export interface Look {
  readonly palettes: readonly Palette[];
  /** `caps` sets the title in wide capitals, `serif` in an old face, `sans` in a heavy new one. */
  readonly type: 'caps' | 'serif' | 'sans';
}

/** sky, ground, shade, accent, glow, ink */
const p = (
  sky: string,
  ground: string,
  shade: string,
  accent: string,
  glow: string,
  ink: string,
): Palette => ({
  sky,
  ground,
  shade,
  accent,
  glow,
  ink,
});

const LOOKS: Readonly<Record<FilmGenre, Look>> = {
  Action: {
    type: 'caps',
    palettes: [
      p('#f3b43f', '#b3261e', '#1a0f12', '#d8432b', '#ffd769', '#fff6e0'),
      p('#1c2b4a', '#0d1424', '#070b14', '#e4572e', '#f6c445', '#fdf3dd'),
    ],
  },
  Adventure: {
    type: 'serif',
    palettes: [
      p('#f7c98b', '#1f4a4d', '#12363a', '#d9764a', '#fff1c9', '#fff4da'),
      p('#8fb8c9', '#20364f', '#142740', '#4f7f95', '#ffe2a6', '#fdf5e3'),
    ],
  },
  Animation: {
    type: 'sans',
    palettes: [
      p('#2aa5a0', '#23304f', '#23304f', '#ef6f53', '#f7c548', '#fdf2dc'),
      p('#5f6fd6', '#2b2350', '#2b2350', '#f2789f', '#ffd166', '#fff4e6'),
    ],
  },
  Comedy: {
    type: 'sans',
    palettes: [
      p('#ffd45c', '#f39a3d', '#3c1f3f', '#e9503f', '#fff3c4', '#3c1f3f'),
      p('#9ad7cf', '#58b3a9', '#1f3547', '#f0644e', '#fff0b8', '#182b3b'),
      p('#f9b7a6', '#ec7f6f', '#3a1b35', '#ffda6b', '#fff4dd', '#3a1b35'),
    ],
  },
  Crime: {
    type: 'caps',
    palettes: [
      p('#33415e', '#0c1120', '#0a0e1a', '#576b91', '#f4c95d', '#f8ecd2'),
      p('#5a2b2f', '#150b0f', '#12090c', '#8d4640', '#f0b357', '#f9e7cf'),
    ],
  },
  Documentary: {
    type: 'sans',
    palettes: [
      p('#e8dfcc', '#cdbfa2', '#22302f', '#c4553b', '#ead9a8', '#22302f'),
      p('#29434a', '#13262b', '#0c1a1e', '#d08a4e', '#e9d5a1', '#f5ecd8'),
    ],
  },
  Drama: {
    type: 'serif',
    palettes: [
      p('#6b4a5e', '#2a1b2c', '#190f1c', '#b0705f', '#f7d9a3', '#fbeeda'),
      p('#3c5a63', '#16272f', '#0d1a21', '#6f8f8c', '#f4ddb0', '#f7eedd'),
      p('#8a5a3c', '#33190f', '#1d0e09', '#c98a55', '#fbe3b0', '#fdf0dc'),
    ],
  },
  Family: {
    type: 'sans',
    palettes: [
      p('#8ecbe3', '#2f6b4f', '#245741', '#e8643f', '#ffd86b', '#fffaea'),
      p('#f6c9a8', '#4a6b5d', '#35564a', '#d65d53', '#fff0b5', '#fff8e6'),
    ],
  },
  Fantasy: {
    type: 'serif',
    palettes: [
      p('#3b2f6b', '#120d2b', '#0d0920', '#7f5fc4', '#f9e3a3', '#f4ecff'),
      p('#1d5a62', '#0b2328', '#07181c', '#3fa79a', '#ffe9b0', '#effaf4'),
    ],
  },
  History: {
    type: 'serif',
    palettes: [
      p('#d9b98a', '#5b3a22', '#3a2314', '#a86f3f', '#fff0c2', '#fff3dc'),
      p('#7d8f8a', '#2b3a38', '#1a2726', '#b58a56', '#f7e5b8', '#f8f0dd'),
    ],
  },
  Horror: {
    type: 'caps',
    palettes: [
      p('#7d1519', '#16060a', '#0f0407', '#d3302f', '#f2d6b3', '#f9e6d2'),
      p('#2d3d33', '#0a100c', '#060a08', '#88a06b', '#e9efc4', '#eef2d6'),
      p('#3a2145', '#0e0713', '#0a050e', '#a9446f', '#f3d7d0', '#f8e6e2'),
    ],
  },
  Music: {
    type: 'sans',
    palettes: [
      p('#f0853f', '#8a2440', '#2a0f25', '#f6c64f', '#fff0c7', '#fff3dc'),
      p('#2f8f9d', '#173455', '#0e1f38', '#ef6a62', '#ffe08a', '#fdf3df'),
    ],
  },
  Mystery: {
    type: 'caps',
    palettes: [
      p('#2f4858', '#10202b', '#0b161f', '#5d8190', '#f2d893', '#f3ead3'),
      p('#4b3556', '#180f20', '#110a17', '#8c6591', '#f2d6a2', '#f6e9dd'),
    ],
  },
  Romance: {
    type: 'serif',
    palettes: [
      p('#f9c7b2', '#a83f55', '#7c2a44', '#e8596b', '#ffd9a0', '#fff3e3'),
      p('#f3a58d', '#5f3560', '#45264c', '#d65a7c', '#ffcf8f', '#fff0e2'),
    ],
  },
  'Science Fiction': {
    type: 'caps',
    palettes: [
      p('#13294b', '#0a1226', '#070c1a', '#e0664f', '#8fe0e0', '#eaf6f6'),
      p('#3b1f5b', '#12082a', '#0c051d', '#f2609a', '#ffc77a', '#fdeee6'),
      p('#0f3f45', '#08191f', '#051116', '#f0a04b', '#c8f0d0', '#eefaf0'),
    ],
  },
  'TV Movie': {
    type: 'sans',
    palettes: [p('#d8e0c8', '#9db3a0', '#23353f', '#e0674c', '#f5d06a', '#1d2c35')],
  },
  Thriller: {
    type: 'caps',
    palettes: [
      p('#e2542f', '#a32a1c', '#1b0c0c', '#1b0c0c', '#f9d18b', '#fff1dc'),
      p('#24465a', '#0d1c27', '#08131b', '#e0b13f', '#f4ecd0', '#f7eed8'),
      p('#4d5b3c', '#1c2416', '#12180e', '#c9c26b', '#f3efcf', '#f5f1d8'),
    ],
  },
  War: {
    type: 'caps',
    palettes: [
      p('#6f6a4d', '#232116', '#191810', '#b5583a', '#f0dfa8', '#f6ecd0'),
      p('#4a5a66', '#171f26', '#10161b', '#b0603f', '#ead9a6', '#f3ead4'),
    ],
  },
  Western: {
    type: 'serif',
    palettes: [
      p('#f2a65a', '#5a1f1b', '#3a1213', '#b8482f', '#ffe1a1', '#ffeed2'),
      p('#e8c38f', '#4f2a1c', '#331a11', '#b06a3a', '#fff0c4', '#fff1d8'),
    ],
  },
};

const NO_GENRE: Look = {
  type: 'serif',
  palettes: [p('#4a3440', '#1a1018', '#120a10', '#c0553f', '#f7d9a0', '#fbecd8')],
};

/** Genres that look most like themselves come before those that half the catalogue has. */
const COMMON: ReadonlySet<string> = new Set(['Drama', 'TV Movie', 'Thriller', 'Action', 'Comedy']);

/** The look of a film: that of one of its characteristic genres, so that neighbours of one genre look less alike. */
export function lookOf(genres: readonly string[], chance: Chance): Look {
  const known = genres.filter((genre): genre is FilmGenre => Object.hasOwn(LOOKS, genre));
  const characteristic = known.filter((name) => !COMMON.has(name));
  const genre = characteristic.length > 0 ? chance.pick(characteristic) : known[0];
  return genre === undefined ? NO_GENRE : LOOKS[genre];
}
