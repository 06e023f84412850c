/** Names without what they say about films. */
import { expect, test } from 'vitest';
import type { Song } from '../../src/engine/types.ts';
import { plainSong } from '../../src/fitting/plain-names.ts';

test.each([
  [
    'Let It Go - From "Frozen"/Soundtrack Version',
    'Frozen (Original Motion Picture Soundtrack)',
    'Let It Go',
    '',
  ],
  ['Danger Zone (From "Top Gun")', 'Top Gun', 'Danger Zone', 'Top Gun'],
  [
    'Bohemian Rhapsody - Remastered 2011',
    'A Night At The Opera',
    'Bohemian Rhapsody - Remastered 2011',
    'A Night At The Opera',
  ],
  ['From the Start', 'From the Start', 'From the Start', ''],
  ['(Everything I Do) I Do It for You', 'Waking Up', '(Everything I Do) I Do It for You', 'Waking Up'],
])('%s, %s', (title, album, plainTitle, plainAlbum) => {
  const song = plainSong({ title, album } as Song);
  expect([song.title, song.album]).toEqual([plainTitle, plainAlbum]);
});
