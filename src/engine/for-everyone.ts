/** From several people's songs to films for all of them. */
import { UserError } from '../shared/errors.ts';
import { rowsOf } from './catalogue/columns.ts';
import type { Catalogue } from './catalogue/reader.ts';
import { type FilmRecord, shownFilm } from './catalogue/records.ts';
import { careRule, exclusionRule } from './matching/exclusion-rules.ts';
import { fairOrder } from './matching/fairness.ts';
import { compileFilters } from './matching/filters.ts';
import { evidenceOf, type SongQuery } from './matching/query.ts';
import { logitOf, type Ranked, type Ranking, rank } from './matching/rank.ts';
import { type SelectionRules, selectFilms } from './matching/select.ts';
import type { Film, GroupAnswer, GroupOptions } from './types.ts';

/** People whose songs are blended, films of one answer, and films that paging reaches. */
const MOST_PEOPLE = 100;
const MOST_FILMS = 50;
const DEEPEST = 250;

/** Films near one person that are looked at for all, and films near their middle. */
const NEAR_EACH = 256;
const NEAR_ALL = 1024;

/** What is known of one person. */
interface Person {
  readonly query: SongQuery;
  /** What votes add, by TMDB id. */
  readonly shifts: ReadonlyMap<number, number>;
}

/** What the engine lends: how sure a film is for somebody, what makes films alike, the record of a row. */
interface Lent {
  score(query: SongQuery, ranked: Ranked): number;
  franchise(film: FilmRecord): readonly string[];
  signature(row: number): string;
  record(row: number): FilmRecord;
}

/** Rows worth looking at: near somebody, or near the middle of all. */
function poolOf(catalogue: Catalogue, people: readonly Person[], filter: Parameters<typeof rank>[3]) {
  const { model } = catalogue;
  const middle = new Float32Array(model.dimensions);
  const rows = new Set<number>();
  const near = ({ query, shifts }: Person, vector: Float32Array, wanted: number) => {
    for (const { row } of rank(catalogue, query, vector, filter, wanted, shifts).films) rows.add(row);
  };
  for (const person of people) {
    const vector = model.query(person.query.placed.vector);
    for (let d = 0; d < middle.length; d++) middle[d]! += vector[d]! / people.length;
    near(person, vector, NEAR_EACH);
  }
  near(people[0]!, middle, NEAR_ALL);
  return [...rows].sort((a, b) => a - b);
}

/** Films for everyone, best first. @throws UserError for nobody, for too many people and for impossible options */
export function filmsForEveryone(
  catalogue: Catalogue,
  people: readonly Person[],
  { limit = 5, offset = 0, filters = {}, passOver }: GroupOptions,
  lent: Lent,
): GroupAnswer {
  if (people.length === 0 || people.length > MOST_PEOPLE) {
    throw new UserError(`A blend is for 1 to ${MOST_PEOPLE} people.`, { id: 'group.people' });
  }
  const fits = Number.isInteger(limit) && limit >= 1 && limit <= MOST_FILMS;
  if (!fits || !Number.isInteger(offset) || offset < 0 || offset > DEEPEST) {
    throw new UserError(`An answer holds 1 to ${MOST_FILMS} films, and paging ends at ${DEEPEST}.`, {
      id: 'group.limit',
    });
  }
  const { columns, model, manifest } = catalogue;
  const filter = compileFilters(filters, columns, manifest);
  const rows = poolOf(catalogue, people, filter);
  const scores = people.map(({ query, shifts }) =>
    rows.map((row) => {
      const id = columns.ids[row]!;
      const logit = logitOf(catalogue, query.placed.vector, row);
      return lent.score(query, {
        row,
        logit,
        ...evidenceOf(query, id),
        shift: shifts.get(id) ?? 0,
      });
    }),
  );
  const best = scores.map((mine) => mine.reduce((most, score) => Math.max(most, score), 0));
  const likings = rows.map((_, at) => scores.map((mine, person) => mine[at]! / (best[person]! || 1)));
  const ordered = fairOrder(likings);
  const ranking: Ranking = {
    films: ordered.map((at) => ({ row: rows[at]!, logit: 0, pick: 0, relevance: 0, shift: 0 })),
    path: 'scan',
    more: false,
  };
  const placeOf = new Map(rows.map((row, at) => [row, at]));
  const passed = rowsOf(columns, passOver ?? []);
  const any = (rules: readonly ((film: Film) => boolean)[]) => (film: Film) =>
    rules.some((rule) => rule(film));
  const rules: SelectionRules = {
    passedOver: (row) => passed.has(row),
    excluded: any(people.map(({ query }) => exclusionRule(model, query, filters))),
    notFirst: any(people.map(({ query }) => careRule(model, query))),
    franchise: lent.franchise,
    signature: lent.signature,
  };
  const needed = offset + limit;
  const { films } = selectFilms(needed + 1, () => ranking, lent.record, rules);
  return {
    matches: films
      .slice(offset, needed)
      .map(({ row, film }) => ({ film: shownFilm(film), likings: likings[placeOf.get(row)!]! })),
    more: films.length > needed && needed <= DEEPEST,
  };
}
