import { describe, expect, it } from 'vitest';
import type { AudioFeatures } from '../../../src/engine/types.ts';
import { nonMusicKind } from '../../../src/lookup/resolve/non-music.ts';
import { makeSong } from '../support/small-catalogue.ts';

interface Sound {
  I: number;
  S: number;
  E: number;
  D: number;
  V: number;
  T?: number | null;
}

/** Real rows of the data set: artist, title, album, genres and the features that the rules look at. */
type Row = [artist: string, title: string, album: string, genres: string[], sound: Sound];

const songOf = ([artist, title, album, genres, { I, S, E, D, V, T = 100 }]: Row) => {
  const features: Partial<AudioFeatures> = {
    instrumentalness: I,
    speechiness: S,
    energy: E,
    danceability: D,
    valence: V,
    tempo: T,
  };
  return makeSong(title, artist, { album, genres, features });
};

const NOISE: Row[] = [
  [
    'White Noise Sleep Sounds',
    'White Noise - Loopable With No Fade',
    'Loopable',
    ['sleep'],
    { I: 0.07, S: 0, E: 0.00002, D: 0, V: 0, T: null },
  ],
  [
    'Rain Sounds',
    'Countryside Rain',
    'Loopable Rain Sounds',
    ['sleep'],
    { I: 0.55, S: 0.07, E: 0.99, D: 0.16, V: 0.00001 },
  ],
  [
    'Weißes Rauschen HD',
    'Ferne Gezeiten',
    'Meereswellen: Weißes Rauschen',
    ['sleep'],
    { I: 0.94, S: 0.05, E: 0.48, D: 0.15, V: 0.00001 },
  ],
  [
    'Deep Sleep Hair Dryers',
    'Hair Dryer on High',
    'Hair Dryer Collection',
    ['sleep'],
    { I: 1, S: 0, E: 0.0006, D: 0, V: 0, T: null },
  ],
  [
    'Silent Knights',
    'Sleepy Hoover',
    'White Noise Hoover',
    ['sleep'],
    { I: 0.96, S: 0, E: 0.36, D: 0, V: 0, T: null },
  ],
  [
    'The Wiggles',
    'White Noise Calm and Quiet',
    'Sweet Dreams',
    ['children'],
    { I: 0.98, S: 0.04, E: 0.17, D: 0.37, V: 0.04 },
  ],
  [
    'El Ruido Blanco',
    'Ruido Rosa Puro',
    'Ruido Blanco para el bebé',
    ['world-music'],
    { I: 1, S: 0, E: 0.00002, D: 0, V: 0, T: null },
  ],
  ['Белый шум', 'Пылесос', 'Белый шум для малышей', [], { I: 0.98, S: 0, E: 0.2, D: 0, V: 0, T: null }],
  ['Rain Sounds', 'Rain', 'Rain Sounds', [], { I: 0.98, S: 0.05, E: 0.99, D: 0.2, V: 0.0001 }],
];

const SPEECH: Row[] = [
  [
    'Anjelah Johnson',
    'Wwf',
    'The Homecoming Show',
    ['comedy'],
    { I: 0, S: 0.936, E: 0.73, D: 0.58, V: 0.44 },
  ],
  ['The Jamborees', 'Six Socks', 'Bedtime Stories', ['kids'], { I: 0, S: 0.957, E: 0.32, D: 0.69, V: 0.32 }],
  [
    'Armin van Buuren',
    'Interview with GXD, Pt. 3',
    'ASOT 1090',
    ['trance'],
    { I: 0, S: 0.83, E: 0.52, D: 0.63, V: 0.88 },
  ],
  ['A Narrator', 'Kapitel 3', 'Ein Hörbuch', [], { I: 0, S: 0.95, E: 0.3, D: 0.7, V: 0.4 }],
];

const MUSIC: Row[] = [
  [
    'David Arkenstone',
    'Be Still',
    'Pure Sleep: Music And Nature Sounds',
    ['new-age'],
    { I: 0.9, S: 0.04, E: 0.1, D: 0.2, V: 0.04 },
  ],
  [
    'Will Ackerman',
    'Sound Of Wind Driven Rain',
    'Sound Of Wind Driven Rain',
    ['new-age'],
    { I: 0.9, S: 0.04, E: 0.1, D: 0.3, V: 0.1 },
  ],
  [
    'Brian Eno',
    '1/1 - Remastered 2004',
    'Ambient 1: Music For Airports',
    ['ambient'],
    { I: 0.913, S: 0.04, E: 0.004, D: 0.26, V: 0.037 },
  ],
  [
    'Brian Eno',
    'These Small Noises',
    'FOREVERANDEVERNOMORE',
    ['ambient'],
    { I: 0.152, S: 0.034, E: 0.167, D: 0.155, V: 0.037 },
  ],
  ['Brian Eno', 'An Ending (Ascent)', 'Apollo', [], { I: 0.985, S: 0.07, E: 0.09, D: 0.257, V: 0.045 }],
  ['Max Richter', 'The Departure', 'Voyager', ['ambient'], { I: 0.94, S: 0, E: 0.036, D: 0, V: 0, T: null }],
  [
    'Louis Armstrong',
    'Hello, Dolly!',
    'Hello, Dolly!',
    ['jazz'],
    { I: 0.001, S: 0, E: 0.405, D: 0, V: 0, T: null },
  ],
  [
    'LCD Soundsystem',
    'new body rhumba (from the film White Noise)',
    'new body rhumba',
    ['electronic'],
    { I: 0.003, S: 0.05, E: 0.93, D: 0.67, V: 0.7 },
  ],
  [
    'The Acacia Strain',
    'Brown Noise',
    '3750',
    ['death-metal'],
    { I: 0.047, S: 0.115, E: 0.96, D: 0.245, V: 0.22 },
  ],
  [
    'Anthrax',
    'Bring The Noise',
    'Release Your ANGER',
    ['metal'],
    { I: 0, S: 0.16, E: 0.83, D: 0.6, V: 0.28 },
  ],
  [
    'Lin-Manuel Miranda',
    'Aaron Burr, Sir',
    'Hamilton',
    ['show-tunes'],
    { I: 0, S: 0.818, E: 0.44, D: 0.7, V: 0.5 },
  ],
  [
    'MC Caja',
    'De Treta Em Treta',
    'De Treta Em Treta',
    ['funk'],
    { I: 0, S: 0.899, E: 0.41, D: 0.62, V: 0.32 },
  ],
  ['Modal Colours', 'Sonder', 'Sonder', ['sleep'], { I: 0.881, S: 0.044, E: 0.002, D: 0.118, V: 0.059 }],
  [
    'Traditional',
    'The First Noel (Remastered 2014)',
    'Christmas Classics',
    ['sleep'],
    { I: 0.88, S: 0.03, E: 0.32, D: 0.29, V: 0.26 },
  ],
  ['A Comedian', 'A Funny Song', 'Songs', ['comedy'], { I: 0, S: 0.09, E: 0.6, D: 0.6, V: 0.8 }],
];

describe('tracks that no film can fit', () => {
  it.each(NOISE)('noise: %s – %s', (...row) => {
    expect(nonMusicKind(songOf(row))).toBe('noise');
  });
  it.each(SPEECH)('speech: %s – %s', (...row) => {
    expect(nonMusicKind(songOf(row))).toBe('speech');
  });
  it.each(MUSIC)('music passes: %s – %s', (...row) => {
    expect(nonMusicKind(songOf(row))).toBeNull();
  });
});
