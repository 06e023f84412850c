/** A song is taken without asking only when the text names it. */
import { describe, expect, it } from 'vitest';
import { readText } from '../../../src/lookup/resolve/text.ts';
import { inEnglish } from '../support/in-english.ts';
import { keyOf, titles, useWorld } from '../support/resolver-fixture.ts';
import { catalogueOf, makeSong } from '../support/small-catalogue.ts';

useWorld();

const known = catalogueOf([
  makeSong('Smells Like Teen Spirit', 'Nirvana', { popularity: 80 }),
  makeSong('In My Bag', 'Thuy', { popularity: 60 }),
  makeSong('Back To Black', 'Amy Winehouse', { popularity: 75 }),
  makeSong('Back To Front', 'Somebody', { popularity: 30 }),
  makeSong('Tearin Up My Heart', 'NSYNC', { popularity: 60 }),
  makeSong('Contigo No Cuento', 'La Pegatina', { popularity: 55 }),
  makeSong('Mood', '24kGoldn', { popularity: 80 }),
  makeSong('If You Are Happy', 'Little Boo & Friends', { popularity: 60 }),
  makeSong('Superman', 'Eminem', { popularity: 70 }),
  makeSong('Telescope', 'Cage The Elephant', { popularity: 50 }),
  makeSong('Girl', 'The Internet', { popularity: 60 }),
  makeSong('Dance', 'Nas', { popularity: 60 }),
  makeSong('Stand By Me', 'Ben E. King', { popularity: 75 }),
  makeSong('Cry Me a River', 'Justin Timberlake', { popularity: 70 }),
  makeSong('Cry Me a River', 'Julie London', { popularity: 55 }),
  makeSong('With or Without You', 'Tribute Band', { popularity: 40 }),
  makeSong('Billie Jean', 'The Covers', { popularity: 40 }),
  makeSong('Without You (feat. Sandro Cavazza)', ['Avicii', 'Sandro Cavazza'], { popularity: 70 }),
  makeSong('Hasty', 'Conscience', { popularity: 50 }),
  makeSong('The Sound of Silence', 'Simon & Garfunkel', { popularity: 75 }),
  makeSong('Levitating', 'Dua Lipa', { popularity: 80 }),
  makeSong('Bust Your Windows - Cover of Jazmine Sullivan', 'Glee Cast', { popularity: 45 }),
  makeSong('Lonesome Harbour (Club Remix)', 'Somebody', { popularity: 20 }),
  makeSong('Under the Bridge', 'Red Hot Chili Peppers', { popularity: 80 }),
]);
const read = (text: string) => readText(known, text);
const songOf = (text: string) => {
  const answer = read(text);
  return answer.kind === 'song' ? answer.song.title : keyOf(answer);
};

describe('a song is taken', () => {
  it.each([
    ['smells like teen spirit', 'Smells Like Teen Spirit'],
    ['nirvana smells like teen spirit', 'Smells Like Teen Spirit'],
    ['Smells Like Teen Spirit (Official Music Video)', 'Smells Like Teen Spirit'],
    ['smells like teen spirit by nirvana', 'Smells Like Teen Spirit'],
    ['sound of silence', 'The Sound of Silence'],
    ['sound of silence simon garfunkel', 'The Sound of Silence'],
    ['without you avicii', 'Without You (feat. Sandro Cavazza)'],
    ['mood 24kgoldn', 'Mood'],
    ['superman song eminem', 'Superman'],
    ['levitatng', 'Levitating'],
    ['levitating dua lpia', 'Levitating'],
    ['under the bridge rd hot chili peppers', 'Under the Bridge'],
    ['smells lik teen spirit', 'Smells Like Teen Spirit'],
    ['the girl the internet', 'Girl'],
    ['bust your windows glee cast', 'Bust Your Windows - Cover of Jazmine Sullivan'],
    ['lonesome harbour remix', 'Lonesome Harbour (Club Remix)'],
  ])('that the text names: %s', (text, title) => {
    expect(songOf(text)).toBe(title);
  });
});

describe('no song is taken', () => {
  it.each([
    // The title is longer than the text, or has other words.
    ['smells like'],
    ['my bag'],
    ['back to back'],
    ['tear in my heart'],
    ['teen spirit nirvana'],
    // Others' covers and little known takes are not what a plain text asks for.
    ['bust your windows jazmine sullivan'],
    ['lonesome harbour'],
    ['x you avicii'],
    ['i ben e. king'],
    // The same words in another order.
    ['no cuento contigo'],
    // An unfinished word is another word.
    ['24'],
    // The words stand in the title and the artist, but name neither.
    ['you and your friends'],
    // An article or a “song” makes it another title.
    ["superman's song"],
    ['the telescope'],
    ['the girl'],
    ['dance, dance'],
    // A short word alone may be anything.
    ['hastk'],
  ])('that the text only resembles: %s', (text) => {
    const answer = read(text);
    expect(answer.kind === 'song' || answer.kind === 'blend').toBe(false);
    if (answer.kind === 'question') expect(answer.candidates.length).toBeGreaterThan(1);
  });

  it.each([
    ['with or without you u2', 'With or Without You', 'u2'],
    ['u2 with or without you', 'With or Without You', 'u2'],
    ['billie jean michael jackson', 'Billie Jean', 'michael jackson'],
    ['Billie Jean by Michael Jackson', 'Billie Jean', 'Michael Jackson'],
    ['Michael Jackson - Billie Jean', 'Billie Jean', 'Michael Jackson'],
    ['jt cry me a river', 'Cry Me a River', 'jt'],
  ])('by another artist than the one who is named: %s', (text, title, artist) => {
    const answer = read(text);
    expect(keyOf(answer)).toBe('lookup.sorry.byOthers');
    if (answer.kind !== 'sorry') throw new Error('no apology');
    expect(inEnglish(answer.reason)).toMatch(new RegExp(`“${title}” by ${artist}`, 'i'));
    expect(new Set(titles(answer.candidates))).toEqual(new Set([title]));
  });

  it('is ever asked about when there is only one', () => {
    for (const text of ['teen spirit', 'levitat', 'supermn', 'tearin up', 'hastk', 'stand by', 'billy']) {
      const answer = read(text);
      if (answer.kind === 'question') expect(answer.candidates.length, text).toBeGreaterThan(1);
      else if (answer.kind === 'sorry') expect(answer.candidates.length, text).toBeGreaterThan(0);
    }
  });
});
