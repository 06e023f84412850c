/** Songs of the starter as people type them, of every kind that needs more than its words. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Engine } from '../../../src/engine/engine.ts';
import { readText } from '../../../src/lookup/resolve/text.ts';
import { starterCatalogue } from '../../support/catalogue.ts';
import { keyOf } from '../support/resolver-fixture.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await Engine.open(await starterCatalogue());
});
afterAll(() => engine.close());

const said = (text: string) => {
  const answer = readText(engine, text);
  if (answer.kind === 'song') return `${answer.song.title} | ${answer.song.artists[0]}`;
  return answer.kind === 'blend' ? `${answer.of} ${answer.name}` : keyOf(answer);
};

describe('a text names', () => {
  it.each([
    // Numbers in words, and words as numbers.
    ['song two blur', /^Song 2 - .*\| Blur$/],
    ['summer of sixty nine bryan adams', /^Summer Of '69 \| Bryan Adams$/i],
    ['nineteen seventy nine', /^1979\b.*\| The Smashing Pumpkins$/],
    ['7 nation army white stripes', /^Seven Nation Army \| The White Stripes$/],
    ['8 days a week beatles', /^Eight Days A Week\b.*\| The Beatles$/i],
    ['forty six and two tool', /^Forty Six & 2 \| TOOL$/i],
    // No spaces at all.
    ['takeonme', /^Take on Me \| a-ha$/i],
    ['smellsliketeenspirit', /^Smells Like Teen Spirit \| Nirvana$/i],
    ['#letitbe', /^Let It Be\b.*\| The Beatles$/],
    // Initials that no list has.
    ['dmb crash into me', /^Crash into Me \| Dave Matthews Band$/i],
    ['bep i gotta feeling', /^I Gotta Feeling \| Black Eyed Peas$/i],
    // The film or the album beside the title, a guest whom the catalogue leaves out, a second title.
    ['time inception hans zimmer', /^Time \| Hans Zimmer$/],
    ['city of stars la la land', /^City of Stars \|/i],
    ['danger zone top gun', /^Danger Zone - From "Top Gun"/],
    ['umbrella rihanna jay-z', /^Umbrella \| Rihanna$/],
    ['500 miles proclaimers', /^I'm Gonna Be \(500 Miles\) \| The Proclaimers$/],
    ['Gotye - Somebody That I Used To Know (feat. Kimbra) [Official Music Video]', /^Somebody .* \| Gotye$/],
    ['【MV】YOASOBI「夜に駆ける」 Official Music Video', /\| YOASOBI$/],
    // One song in two scripts is no question.
    ['yoru ni kakeru', /\| YOASOBI$/],
    ['gruppa krovi kino', /\| Kino$/],
    // Requests in other words and languages.
    ['hey bot find me films for midnight city by m83 pls', /^Midnight City \| M83$/],
    ['what should i watch if i love bohemian rhapsody by queen', /^Bohemian Rhapsody\b.*\| Queen$/],
    ["i'm listening to karma police by radiohead, what should i watch", /^Karma Police \| Radiohead$/],
    ['film passend zu 99 luftballons von nena', /^99 Luftballons \| Nena$/],
    ["un film comme la vie en rose d'edith piaf", /^La vie en rose\b/i],
    ['recomiéndame una película para clandestino de manu chao', /^Clandestino \| Manu Chao$/],
    // Artists, misspelt.
    ['billy eilish', /^artist Billie Eilish$/],
    ['the beetles', /^artist The Beatles$/],
    // Works by their nicknames and numbers.
    ['ode to joy', /^Symphony No\. 9 "Ode to Joy" \|/],
  ])('%s', (text, expected) => {
    expect(said(text)).toMatch(expected);
  });
});

describe('a text names nothing for sure', () => {
  it.each([
    'song three blur',
    'seventy nine nation army',
    'takeonyou',
    'abc crash into me',
    'danger zone titanic',
    'umbrella metallica jay-z',
    '500 miles metallica',
    'billy porter eilish',
    'main theme queen',
    'forty two monkeys',
    'movies like my grandmothers garden waltz',
    'beethoven 5th symphony',
    'metalica',
  ])('%s', (text) => {
    expect(said(text)).toMatch(/^lookup\.(?:question|sorry)\./);
  });

  it('offers the title that a text is nearest to, not a shorter one', () => {
    const answer = readText(engine, 'dont stop beleiving journey');
    if (answer.kind !== 'sorry' && answer.kind !== 'question') throw new Error('taken as sure');
    expect(answer.candidates[0]!.song.title).toBe("Don't Stop Believin'");
  });
});
