import { beforeAll, describe, expect, it } from 'vitest';
import { careRule, exclusionRule } from '../../../src/engine/matching/exclusion-rules.ts';
import type { SongQuery } from '../../../src/engine/matching/query.ts';
import { Model } from '../../../src/engine/model/model.ts';
import type { Film, Filters } from '../../../src/engine/types.ts';
import { FILMS } from '../../support/fake-engine.ts';
import { tinyWorld } from '../../support/tiny.ts';

let model: Model;
beforeAll(async () => {
  model = await Model.load((await tinyWorld()).model);
});

interface Asked {
  readonly genres?: Readonly<Record<string, number>>;
  readonly terms?: Readonly<Record<string, number>>;
  readonly titles?: string;
  readonly picks?: readonly number[];
}

/** What the rules look at of a query. */
function asked({ genres = {}, terms = {}, titles = '', picks = [] }: Asked): SongQuery {
  const profile = model.emptyProfile('described');
  for (const [term, strength] of Object.entries(terms)) profile.terms[model.termIndex.get(term)!] = strength;
  return {
    profile,
    titles,
    chosen: new Set(picks),
    genres: new Map(Object.entries(genres).map(([name, weight]) => [model.genreIndex.get(name)!, weight])),
  } as unknown as SongQuery;
}

const film = (changes: Partial<Film>): Film => ({ ...FILMS[0]!, id: 77, ...changes });
const HORROR = film({ genres: ['Horror'] });
const ROMCOM = film({ genres: ['Romance', 'Comedy'] });
const excluded = (query: Asked, one: Film, filters: Filters = {}) =>
  exclusionRule(model, asked(query), filters)(one);

describe('songs for children', () => {
  it('exclude horror, if they are so for the most part', () => {
    expect(excluded({ genres: { disney: 1 } }, HORROR)).toBe(true);
    expect(excluded({ genres: { disney: 0.5 } }, HORROR)).toBe(true);
    expect(excluded({ genres: { disney: 0.4, metal: 0.6 } }, HORROR)).toBe(false);
    expect(excluded({ genres: { disney: 1 } }, ROMCOM)).toBe(false);
  });

  it('do not, where a filter asks for it or somebody picked the film', () => {
    expect(excluded({ genres: { disney: 1 } }, HORROR, { genres: ['horror'] })).toBe(false);
    expect(excluded({ genres: { disney: 1 } }, HORROR, { genres: ['Comedy'] })).toBe(true);
    expect(excluded({ genres: { disney: 1 }, picks: [77] }, HORROR)).toBe(false);
  });

  it('are told by a lullaby’s name, unless the song is menacing', () => {
    expect(excluded({ titles: 'Wiegenlied Op. 49' }, HORROR)).toBe(true);
    expect(excluded({ titles: 'Lullabies' }, HORROR)).toBe(true);
    expect(excluded({ titles: 'Lullabyish' }, HORROR)).toBe(false);
    expect(excluded({ titles: 'Lullaby', terms: { eerie: 0.7 } }, HORROR)).toBe(false);
  });
});

describe('care', () => {
  const SUICIDE = film({ keywords: ['suicide attempt'] });
  const named = film({ overview: 'After the SUICIDAL letter of his wife a man travels.' });
  const notFirst = (query: Asked, one: Film) => careRule(model, asked(query))(one);

  it.each(['grieving', 'anguished', 'heartbroken', 'lonely', 'mortality'])(
    'keeps films about suicide from standing first for a %s song',
    (term) => {
      expect(notFirst({ terms: { [term]: 0.6 } }, SUICIDE)).toBe(true);
      expect(notFirst({ terms: { [term]: 1 } }, named)).toBe(true);
      expect(notFirst({ terms: { [term]: 0.5 } }, SUICIDE)).toBe(false);
    },
  );

  it('lets others stand there, those for other songs, and a film that was picked', () => {
    expect(notFirst({ terms: { grieving: 1 } }, film({ keywords: ['grief'], overview: 'A loss.' }))).toBe(
      false,
    );
    expect(notFirst({ terms: { joyful: 1 } }, SUICIDE)).toBe(false);
    expect(notFirst({ terms: { grieving: 1 }, picks: [77] }, SUICIDE)).toBe(false);
  });
});
