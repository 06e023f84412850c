/** Artists, albums and requests as people type them. */
import { describe, expect, it } from 'vitest';
import { withoutRequest } from '../../../src/lookup/resolve/request.ts';
import { readText } from '../../../src/lookup/resolve/text.ts';
import { keyOf, useWorld } from '../support/resolver-fixture.ts';
import { catalogueOf, makeSong } from '../support/small-catalogue.ts';

useWorld();

const by = (artist: string, titles: readonly string[], album = 'Album', popularity = 70) =>
  titles.map((title) => makeSong(title, artist, { album, popularity }));
const known = catalogueOf([
  ...by("Guns N' Roses", ["Sweet Child O' Mine", 'Patience', 'November Rain', 'Estranged']),
  ...by('blink-182', ['All The Small Things', 'Dammit', 'Adams Song', 'First Date']),
  ...by('Earth, Wind & Fire', ['September', 'Fantasy', 'Boogie Wonderland', 'Sing A Song']),
  ...by('Twenty One Pilots', ['Stressed Out', 'Ride', 'Heathens', 'Chlorine']),
  ...by('Röyksopp', ['Eple', 'Happy Up Here', 'Monument', 'Sordid Affair']),
  ...by('Red Hot Chili Peppers', ['Californication', 'Otherside', 'Scar Tissue', 'Snow']),
  ...by('2Pac', ['California Love', 'Changes', 'Dear Mama', 'Hail Mary']),
  ...by('AC/DC', ['Back In Black', 'Highway to Hell', 'Thunderstruck', 'T.N.T.']),
  ...by('A.C.D.C. Tribute', ['A.C.D.C.'], 'Album', 5),
  ...by('Antonín Dvořák', ['Humoresque', 'Largo', 'Slavonic Dance', 'Carnival']),
  ...by('The Killers', ['Mr. Brightside', 'Human', 'Somebody Told Me', 'Read My Mind']),
  ...by('P!nk', ['So What', 'Try', 'Just Give Me a Reason']),
  ...by('Aerosmith', ['Pink', 'Dream On'], 'Nine Lives'),
  ...by('The Beatles', ['Come Together', 'Something', 'Octopus Garden'], 'Abbey Road (Remastered)'),
  ...by('Queen', ['Innuendo', 'Headlong'], 'Greatest Hits'),
  ...by('ABBA', ['Waterloo', 'Fernando'], 'Greatest Hits'),
  ...by('Wild Cherry', ['Play That Funky Music']),
  ...by('Lipps Inc.', ['Funkytown']),
  ...by('Radiohead', ['Creep']),
]);
const read = (text: string) => readText(known, text);
const named = (text: string) => {
  const answer = read(text);
  if (answer.kind === 'blend') return `${answer.of} ${answer.name}`;
  return answer.kind === 'song' ? answer.song.title : keyOf(answer);
};

describe('an artist', () => {
  it.each([
    ['guns and roses', "artist Guns N' Roses"],
    ['gnr', "artist Guns N' Roses"],
    ['blink182', 'artist blink-182'],
    ['earth wind fire', 'artist Earth, Wind & Fire'],
    ['earth wind and fire', 'artist Earth, Wind & Fire'],
    ['21 pilots', 'artist Twenty One Pilots'],
    ['royksopp', 'artist Röyksopp'],
    ['rhcp', 'artist Red Hot Chili Peppers'],
    ['tupac', 'artist 2Pac'],
    ['acdc', 'artist AC/DC'],
    ['killers', 'artist The Killers'],
    ['Dvořák', 'artist Antonín Dvořák'],
    ['dvorak', 'artist Antonín Dvořák'],
    ['p!nk', 'artist P!nk'],
  ])('is known as people type it: %s', (text, expected) => {
    expect(named(text)).toBe(expected);
  });

  it.each([
    ['rhcp californication', 'Californication'],
    ['guns and roses sweet child o mine', "Sweet Child O' Mine"],
    ['all the small things blink182', 'All The Small Things'],
    ['mister brightside killers', 'Mr. Brightside'],
    ['stressed out 21 pilots', 'Stressed Out'],
    ['pink so what', 'So What'],
    ['pink aerosmith', 'Pink'],
    ['pink', 'lookup.question.artistOrSong'],
  ])('counts beside a title: %s', (text, expected) => {
    expect(named(text)).toBe(expected);
  });
});

describe('an album', () => {
  it('alone is asked about, with its songs beside it', () => {
    const answer = read('abbey road');
    expect(keyOf(answer)).toBe('lookup.question.albumOrSong');
    if (answer.kind !== 'question') throw new Error('no question');
    expect(answer.albums.map(({ album }) => album)).toEqual(['Abbey Road (Remastered)']);
    expect(answer.candidates.map(({ song }) => song.title)).toContain('Something');
    expect(keyOf(read('greatest hits'))).toBe('lookup.question.album');
  });

  it.each(['abbey road beatles', 'Abbey Road by The Beatles', 'the beatles - abbey road'])(
    'with its artist is meant: %s',
    (text) => {
      expect(named(text)).toBe('album Abbey Road (Remastered)');
    },
  );
});

describe('the words of a request', () => {
  it.each([
    ['play funkytown', 'funkytown'],
    ['movies like creep by radiohead', 'creep by radiohead'],
    ['can you find me movies like creep by radiohead', 'creep by radiohead'],
    ['Could you please recommend some films that feel like Creep, please?', 'Creep'],
    ['what movie should i watch for creep', 'creep'],
    ['i want something like creep', 'creep'],
    ['a song called creep', 'creep'],
    ['filme wie creep', 'creep'],
    ['películas como creep', 'creep'],
    ['Radiohead - Creep official music video', 'Radiohead - Creep'],
    ['creep lyrics', 'creep'],
    ['creep radiohead HD', 'creep radiohead'],
    ['hey, play creep', 'creep'],
    ['gimme a movie for creep', 'creep'],
    ['Welcher Film passt zu creep', 'creep'],
    ['quel film va avec creep', 'creep'],
    ['me recomenda um filme para creep', 'creep'],
    ['creep by radiohead, what should i watch?', 'creep by radiohead'],
    // What is a name of its own stays.
    ['like a prayer', 'like a prayer'],
    ['video games', 'video games'],
    ['hey there delilah', 'hey there delilah'],
    ['music to relax by', 'music to relax by'],
    ['the man who sold the world', 'the man who sold the world'],
    ['movies', 'movies'],
    ['play', 'play'],
  ])('are no part of the song: %s', (text, expected) => {
    expect(withoutRequest(text)).toBe(expected);
  });

  it('are only taken away where the whole text names nothing', () => {
    expect(named('play that funky music')).toBe('Play That Funky Music');
    expect(named('play funkytown')).toBe('Funkytown');
    expect(named('can you find me movies like creep by radiohead')).toBe('Creep');
  });
});
