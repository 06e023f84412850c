import { describe, expect, it } from 'vitest';
import {
  FranchiseFilter,
  franchiseKeys,
  sameFranchise,
  type Titled,
} from '../../../src/engine/matching/franchise.ts';

/** "Title (year)", as the film lists below are written. */
function film(text: string, extra: Partial<Titled> = {}): Titled {
  const found = /^(.*) \((\d{4})\)$/.exec(text)!;
  return {
    title: found[1]!,
    originalTitle: found[1]!,
    year: Number(found[2]),
    keywords: [],
    language: 'en',
    ...extra,
  };
}

/** Title and year as TMDb has them. */
const FRANCHISES: Readonly<Record<string, readonly string[]>> = {
  'Star Wars': [
    'Star Wars (1977)',
    'The Empire Strikes Back (1980)',
    'Return of the Jedi (1983)',
    'Star Wars: Episode I - The Phantom Menace (1999)',
    'Rogue One: A Star Wars Story (2016)',
  ],
  'James Bond': [
    'Dr. No (1962)',
    'GoldenEye (1995)',
    'Casino Royale (2006)',
    'Spectre (2015)',
    'No Time to Die (2021)',
  ],
  'Indiana Jones': ['Raiders of the Lost Ark (1981)', 'Indiana Jones and the Last Crusade (1989)'],
  Rambo: ['First Blood (1982)', 'Rambo: First Blood Part II (1985)', 'Rambo III (1988)', 'Rambo (2008)'],
  Batman: [
    'Batman (1989)',
    'Batman Begins (2005)',
    'The Dark Knight (2008)',
    'The Dark Knight Rises (2012)',
    'The Batman (2022)',
  ],
  'Hannibal Lecter': [
    'The Silence of the Lambs (1991)',
    'Hannibal (2001)',
    'Red Dragon (2002)',
    'Hannibal Rising (2007)',
  ],
  'Fast & Furious': [
    'The Fast and the Furious (2001)',
    '2 Fast 2 Furious (2003)',
    'Fast Five (2011)',
    'Furious 7 (2015)',
    'The Fate of the Furious (2017)',
    'F9 (2021)',
  ],
  'Middle-earth': [
    'The Lord of the Rings: The Two Towers (2002)',
    'The Hobbit: An Unexpected Journey (2012)',
  ],
  'Harry Potter': [
    "Harry Potter and the Philosopher's Stone (2001)",
    'Harry Potter and the Deathly Hallows: Part 2 (2011)',
  ],
  'Captain America': ['Captain America: The First Avenger (2011)', 'Captain America: Civil War (2016)'],
  Thor: ['Thor (2011)', 'Thor: Ragnarok (2017)', 'Thor: Love and Thunder (2022)'],
  Avengers: ['The Avengers (2012)', 'Avengers: Age of Ultron (2015)', 'Avengers: Endgame (2019)'],
  "Ocean's": ["Ocean's Eleven (2001)", "Ocean's Twelve (2004)", "Ocean's Eight (2018)"],
  'Before Sunrise': ['Before Sunrise (1995)', 'Before Sunset (2004)', 'Before Midnight (2013)'],
  'Three Colours': ['Three Colors: Blue (1993)', 'Three Colors: White (1994)', 'Three Colors: Red (1994)'],
  Dollars: [
    'A Fistful of Dollars (1964)',
    'For a Few Dollars More (1965)',
    'The Good, the Bad and the Ugly (1966)',
  ],
  Bourne: ['The Bourne Identity (2002)', 'The Bourne Legacy (2012)', 'Jason Bourne (2016)'],
  Rocky: ['Rocky (1976)', 'Rocky IV (1985)', 'Rocky Balboa (2006)', 'Creed (2015)', 'Creed II (2018)'],
  'X-Men': [
    'X-Men (2000)',
    'X2 (2003)',
    'X-Men Origins: Wolverine (2009)',
    'The Wolverine (2013)',
    'Logan (2017)',
  ],
  Conjuring: ['The Conjuring 2 (2016)', 'Annabelle: Creation (2017)', 'The Nun (2018)'],
  Alien: [
    'Alien (1979)',
    'Aliens (1986)',
    'Alien³ (1992)',
    'Alien Resurrection (1997)',
    'Alien: Covenant (2017)',
  ],
  'Planet of the Apes': ['Planet of the Apes (1968)', 'Rise of the Planet of the Apes (2011)'],
  'Toy Story': ['Toy Story (1995)', 'Toy Story 2 (1999)', 'Toy Story 4 (2019)'],
  'The Godfather': ['The Godfather (1972)', 'The Godfather Part II (1974)', 'The Godfather Part III (1990)'],
  'Mad Max': ['Mad Max (1979)', 'Mad Max Beyond Thunderdome (1985)', 'Mad Max: Fury Road (2015)'],
  'Mission: Impossible': [
    'Mission: Impossible (1996)',
    'Mission: Impossible II (2000)',
    'Mission: Impossible - Fallout (2018)',
  ],
  Terminator: ['The Terminator (1984)', 'Terminator 2: Judgment Day (1991)', 'Terminator Genisys (2015)'],
  'The Matrix': ['The Matrix (1999)', 'The Matrix Reloaded (2003)', 'The Matrix Resurrections (2021)'],
  'Kill Bill': [
    'Kill Bill: Vol. 1 (2003)',
    'Kill Bill: Vol. 2 (2004)',
    'Kill Bill: The Whole Bloody Affair (2011)',
  ],
  'John Wick': ['John Wick (2014)', 'John Wick: Chapter 3 - Parabellum (2019)'],
  Incredibles: ['The Incredibles (2004)', 'Incredibles 2 (2018)'],
  'Blade Runner': ['Blade Runner (1982)', 'Blade Runner 2049 (2017)'],
  It: ['It (2017)', 'It Chapter Two (2019)'],
  'Knives Out': ['Knives Out (2019)', 'Glass Onion: A Knives Out Mystery (2022)'],
  Twilight: ['Twilight (2008)', 'The Twilight Saga: Breaking Dawn - Part 1 (2011)'],
  'Finding Nemo': ['Finding Nemo (2003)', 'Finding Dory (2016)'],
  'Meet the Parents': ['Meet the Parents (2000)', 'Meet the Fockers (2004)', 'Little Fockers (2010)'],
  'Step Up': ['Step Up (2006)', 'Step Up 2: The Streets (2008)', 'Step Up 3D (2010)'],
  'Happy Feet': ['Happy Feet (2006)', 'Happy Feet Two (2011)'],
  '[REC]': ['[REC] (2007)', '[REC]² (2009)'],
};

/** Near-duplicates of one film, and the film made again. */
const NEAR_DUPLICATES: readonly (readonly [string, string])[] = [
  ['Titanic (1997)', 'Titanic (1953)'],
  ['The Lion King (1994)', 'The Lion King (2019)'],
  ['Justice League (2017)', "Zack Snyder's Justice League (2021)"],
  ['Apocalypse Now (1979)', 'Apocalypse Now Redux (2001)'],
  ['Frankenweenie (2012)', 'Frankenweenie (1984)'],
  ['The Room (2003)', 'Making of The Room (2004)'],
  ['Avatar (2009)', 'Avatar: Extended Collector’s Edition (2010)'],
  ['Black Swan (2010)', 'The Making of Black Swan (2011)'],
  ['Aliens (1986)', 'The Making of Alien³ (1992)'],
  ['The Suicide Squad (2021)', 'Suicide Squad (2016)'],
  ['Les Misérables (2012)', 'Les Miserables (1998)'],
  ['Bad Moms (2016)', 'A Bad Moms Christmas (2017)'],
];

const STRANGERS: readonly (readonly [string, string])[] = [
  ['Frozen (2013)', 'Frozen River (2008)'],
  ['Frozen (2013)', 'The Frozen Ground (2013)'],
  ['It (2017)', 'It Follows (2014)'],
  ['It (2017)', "It's a Wonderful Life (1946)"],
  ['Alien (1979)', 'Alien Nation (1988)'],
  ['Aliens (1986)', 'Monsters vs Aliens (2009)'],
  ['Aliens (1986)', 'Cowboys & Aliens (2011)'],
  ['Heat (1995)', 'The Heat (2013)'],
  ['Heat (1995)', 'In the Heat of the Night (1967)'],
  ['Her (2013)', 'Her Smell (2018)'],
  ['Drive (2011)', 'Drive Angry (2011)'],
  ['Drive (2011)', 'Drive My Car (2021)'],
  ['Up (2009)', 'Up in the Air (2009)'],
  ['Rush (2013)', 'Rush Hour (1998)'],
  ['Carol (2015)', 'A Christmas Carol (2009)'],
  ['The King (2019)', "The King's Speech (2010)"],
  ['American Beauty (1999)', 'American Psycho (2000)'],
  ['American Beauty (1999)', 'American Pie (1999)'],
  ['American Pie (1999)', 'American History X (1998)'],
  ['Psycho (1960)', 'American Psycho (2000)'],
  ['The Last Samurai (2003)', 'The Last Emperor (1987)'],
  ['The Last Duel (2021)', 'Duel (1971)'],
  ['Black Swan (2010)', 'Black Panther (2018)'],
  ['Dark City (1998)', 'Dark Shadows (2012)'],
  ['The Dark Knight (2008)', 'Dark Waters (2019)'],
  ['Lost in Translation (2003)', 'Lost Highway (1997)'],
  ['Mad Max (1979)', 'Mad Money (2008)'],
  ['Love (2015)', 'Love Actually (2003)'],
  ['Love (2015)', 'Love, Rosie (2014)'],
  ['The Mission (1986)', 'Mission: Impossible (1996)'],
  ['Super 8 (2011)', 'Super (2010)'],
  ['Apollo 13 (1995)', 'Apollo 18 (2011)'],
  ['Fahrenheit 451 (1966)', 'Fahrenheit 9/11 (2004)'],
  ['The Descendants (2011)', 'Descendants 2 (2017)'],
  ['Taxi Driver (1976)', 'A Taxi Driver (2017)'],
  ['Taxi (1998)', 'Taxi Driver (1976)'],
  ["Assassin's Creed (2016)", 'Creed (2015)'],
  ['Blade (1998)', 'Blade Runner (1982)'],
  ['Spirit: Stallion of the Cimarron (2002)', 'The Spirit (2008)'],
  ['Twilight (2008)', 'The Twilight Samurai (2002)'],
  ['The Grudge (2004)', 'Grudge Match (2013)'],
  ['Unbreakable (2000)', 'Glass Onion: A Knives Out Mystery (2022)'],
  ['Saw (2004)', 'I Saw the Devil (2010)'],
  ['The Ring (2002)', 'The Bling Ring (2013)'],
  ['The Lives of Others (2006)', 'The Others (2001)'],
  ['Beauty and the Beast (1991)', 'American Beauty (1999)'],
  ['A Quiet Place (2018)', 'The Place Beyond the Pines (2013)'],
  ['Four Brothers (2005)', 'Four Rooms (1995)'],
  ['Home (2015)', 'Home Alone (1990)'],
  ['Prey (2022)', 'Birds of Prey (and the Fantabulous Emancipation of One Harley Quinn) (2020)'],
  ['The Princess Bride (1987)', 'The Princess Diaries (2001)'],
  ['Paradise (2016)', 'Paradise: Love (2012)'],
  ['Before Sunrise (1995)', 'Before the Rain (1994)'],
  ['Once Upon a Time in America (1984)', 'Once Upon a Time… in Hollywood (2019)'],
  ['I Am (2010)', 'I Am Number Four (2011)'],
  ['Avatar (2009)', 'The Last Airbender (2010)'],
];

describe('franchiseKeys', () => {
  it.each(Object.entries(FRANCHISES))('joins every two films of %s', (_, titles) => {
    for (const a of titles)
      for (const b of titles) expect(sameFranchise(film(a), film(b)), `${a} / ${b}`).toBe(true);
  });

  it('keeps the named franchises apart from one another', () => {
    const owner = new Map<string, string>();
    for (const [name, titles] of Object.entries(FRANCHISES))
      for (const key of titles.flatMap((title) => franchiseKeys(film(title)))) {
        expect(owner.get(key) ?? name, key).toBe(name);
        owner.set(key, name);
      }
  });

  it.each(NEAR_DUPLICATES)('joins %s and %s', (a, b) => {
    expect(sameFranchise(film(a), film(b))).toBe(true);
    expect(sameFranchise(film(b), film(a))).toBe(true);
  });

  it.each(STRANGERS)('does not join %s and %s', (a, b) => {
    expect(sameFranchise(film(a), film(b))).toBe(false);
    expect(sameFranchise(film(b), film(a))).toBe(false);
  });

  it('has enough named examples', () => {
    expect(Object.keys(FRANCHISES).length).toBeGreaterThanOrEqual(30);
    expect(STRANGERS.length).toBeGreaterThanOrEqual(40);
  });

  it('joins by the original title, with the articles of its language', () => {
    const party = film('The Party (1980)', { originalTitle: 'La Boum', language: 'fr' });
    expect(
      sameFranchise(party, film('The Party 2 (1982)', { originalTitle: 'La Boum 2', language: 'fr' })),
    ).toBe(true);
    const adrift = film('Adrift (2006)', { originalTitle: 'Open Water 2: Adrift' });
    expect(sameFranchise(adrift, film('Open Water (2003)'))).toBe(true);
    expect(sameFranchise(film('Die Hard (1988)'), film('Hard (1998)'))).toBe(false);
  });

  it('joins a film marked as a sequel with the film whose title begins its own', () => {
    const sequel = film('Dead Snowfall Nights (2001)', { keywords: ['sequel'] });
    expect(sameFranchise(sequel, film('Dead Snowfall (1999)'))).toBe(true);
    expect(sameFranchise({ ...sequel, keywords: [] }, film('Dead Snowfall (1999)'))).toBe(false);
  });

  it('takes a title of the table that means other films too for its year only', () => {
    const skyline = film('Skyfall (2012)');
    expect(sameFranchise(film('Spectre (2015)'), skyline)).toBe(true);
    expect(sameFranchise(film('Spectre (1977)'), skyline)).toBe(false);
    expect(sameFranchise({ ...film('Spectre (2015)'), year: null }, skyline)).toBe(false);
  });

  it('gives titles without letters no keys, and joins them with nothing', () => {
    expect(franchiseKeys(film('… (1999)'))).toEqual([]);
    expect(franchiseKeys({ ...film('X (1999)'), title: '', originalTitle: '' })).toEqual([]);
    expect(sameFranchise(film('… (1999)'), film('??? (2000)'))).toBe(false);
  });

  it.each([
    ['a: '.repeat(3400)],
    [' '.repeat(10_000)],
    ["x's ".repeat(2500)],
    ['and the '.repeat(1250)],
    ['Part 2 '.repeat(1500)],
    [`${'('.repeat(9999)})`],
    ['ﷺ'.repeat(10_000)],
    ['\ud83d'.repeat(10_000)],
    [' - '.repeat(3400)],
  ])('is quick and quiet with a hostile title (%#)', (title) => {
    const hostile: Titled = {
      title,
      originalTitle: `${title}x`,
      year: 2000,
      keywords: ['sequel'],
      language: 'fr',
    };
    const start = performance.now();
    for (let run = 0; run < 20; run++) expect(franchiseKeys(hostile).length).toBeLessThan(64);
    // Two orders above what it takes, so that a busy machine does not fail it; backtracking would take minutes.
    expect(performance.now() - start).toBeLessThan(2000);
  });
});

describe('FranchiseFilter', () => {
  it('admits the first film of each franchise and no near-duplicate', () => {
    const filter = new FranchiseFilter();
    const admitted = [
      'Alien³ (1992)',
      'Heat (1995)',
      'Alien (1979)',
      'Heat (1986)',
      'The Heat (2013)',
      'Aliens (1986)',
    ].filter((title) => filter.admits(franchiseKeys(film(title))));
    expect(admitted).toEqual(['Alien³ (1992)', 'Heat (1995)', 'The Heat (2013)']);
  });

  it('remembers nothing of a film that it refused', () => {
    const filter = new FranchiseFilter();
    expect(filter.admits(franchiseKeys(film('Alien (1979)')))).toBe(true);
    expect(filter.admits(franchiseKeys(film('AVP: Alien vs. Predator (2004)')))).toBe(false);
    expect(filter.admits(franchiseKeys(film('Predator (1987)')))).toBe(true);
  });
});
