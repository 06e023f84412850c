/**
 * What votes do to answers, replayed in time order over made-up communities whose taste is known. Nobody real votes
 * here: it shows whether the mechanism learns a taste that is there, and what it costs where votes are noise.
 */
import { rowOf } from '../engine/catalogue/columns.ts';
import type { Engine } from '../engine/engine.ts';
import { COMMUNITY_DEFAULTS, type CommunitySettings } from '../engine/matching/community.ts';
import type { CommunityVote } from '../engine/types.ts';
import { seededRandom } from '../shared/random.ts';
import { bootstrapInterval, mean } from './metrics.ts';

export interface ReplayOptions {
  readonly communities?: number;
  readonly seed?: number;
  readonly settings?: CommunitySettings;
  readonly onProgress?: (text: string) => void;
}

/** A measure without votes, with them, and the difference with its 95 % interval over communities. */
export interface Change {
  readonly before: number;
  readonly after: number;
  readonly difference: number;
  readonly interval: [number, number];
}

export interface ReplayRow {
  /** `taste`: votes follow it, four of five; `noise`: they are tossed. */
  readonly world: 'taste' | 'noise';
  /** Songs that the community asks for and votes on, or songs like them that nobody voted on. */
  readonly songs: 'asked' | 'like';
  readonly lists: number;
  readonly precisionAt5: Change;
  readonly ndcgAt5: Change;
}

/** Songs that a community's songs are drawn around, and songs around each; every third of these is never asked for. */
const CENTRES = 3;
const AROUND = 8;
const MEMBERS = 15;
/** Questions, and questions a day. Lists of the last third are measured. */
const EVENTS = 240;
const PER_DAY = 6;
/** How often a shown film is voted on, and how often such a vote says what the community thinks. */
const VOTING = 0.4;
const TRUE_VOTE = 0.8;
/** What a standard deviation of taste is worth, in deviations of a song's logits; films that count as right of `POOL`. */
const TASTE = 3;
const RIGHT = 10;
const POOL = 50;
const FIVE = 5;
const FIRST_DAY = Date.UTC(2026, 0, 1);

type Random = () => number;
const pickOne = <T>(items: readonly T[], random: Random): T => items[Math.floor(random() * items.length)]!;

/** What a community loves and can't stand, and which films are right for its songs. */
class Community {
  readonly #engine: Engine;
  readonly #weights: ReadonlyMap<number, number>;
  readonly #right = new Map<string, (film: number) => boolean>();
  readonly asked: readonly string[];
  readonly like: readonly string[];

  constructor(engine: Engine, songs: readonly string[], random: Random) {
    this.#engine = engine;
    const { terms } = engine.catalogue.model.spec.feel;
    const draw = () => Math.floor(random() * terms.length);
    this.#weights = new Map([...[1, 1, 1].map((w) => [draw(), w] as const), [draw(), -1], [draw(), -1]]);
    const own = new Set<string>();
    while (own.size < CENTRES * AROUND) {
      const [first] = engine.moviesFor(pickOne(songs, random), { limit: 1 }).matches;
      if (!first) continue;
      for (const { song } of engine.songsFor(first.film.id, { limit: AROUND }).matches) own.add(song.id);
    }
    this.asked = [...own].filter((_, n) => n % 3 !== 2);
    this.like = [...own].filter((_, n) => n % 3 === 2);
  }

  #taste(film: number): number {
    const { catalogue } = this.#engine;
    const { terms } = catalogue.filmFeel(rowOf(catalogue.columns, film));
    return [...this.#weights].reduce((sum, [term, weight]) => sum + weight * terms[term]!, 0);
  }

  /** Whether a film is one of the ten best for the song, by the feel space and the taste together. */
  isRight(song: string, film: number): boolean {
    const known = this.#right.get(song);
    if (known) return known(film);
    const { slope } = this.#engine.catalogue.model.spec.calibration;
    const standing = (id: number) => {
      const { score } = this.#engine.match(song, id);
      return Math.log(score / (1 - score)) / slope;
    };
    const pool = this.#engine.moviesFor(song, { limit: POOL }).matches.map((match) => match.film.id);
    const tastes = pool.map((id) => this.#taste(id));
    const centre = mean(tastes);
    const spread = Math.sqrt(mean(tastes.map((taste) => (taste - centre) ** 2))) || 1;
    const worth = (id: number) => standing(id) + (TASTE * (this.#taste(id) - centre)) / spread;
    const bar = pool.map(worth).sort((a, b) => b - a)[Math.min(RIGHT, pool.length) - 1] ?? 0;
    const isRight = (id: number) => worth(id) >= bar;
    this.#right.set(song, isRight);
    return isRight(film);
  }
}

/** Precision and nDCG of a list. */
export function listFigures(right: readonly boolean[]): { precision: number; ndcg: number } {
  const gain = (at: number) => 1 / Math.log2(at + 2);
  const all = Array.from({ length: FIVE }, (_, at) => gain(at)).reduce((a, b) => a + b);
  const got = right.slice(0, FIVE).reduce((sum, is, at) => sum + (is ? gain(at) : 0), 0);
  return { precision: right.slice(0, FIVE).filter(Boolean).length / FIVE, ndcg: got / all };
}

interface Measured {
  readonly songs: ReplayRow['songs'];
  readonly community: number;
  readonly before: ReturnType<typeof listFigures>;
  readonly after: ReturnType<typeof listFigures>;
}

/** Replays one community: who asks what, which films they see with the votes so far, and what they say of them. */
function replayOne(
  engine: Engine,
  community: Community,
  world: ReplayRow['world'],
  number: number,
  settings: CommunitySettings,
  random: Random,
): Measured[] {
  // A vote again on the same pair takes the earlier one's place.
  const votes = new Map<string, CommunityVote>();
  const measured: Measured[] = [];
  const films = (song: string, cast: readonly CommunityVote[]) =>
    engine.moviesFor(song, { limit: FIVE, votes: cast, voting: settings }).matches.map(({ film }) => film.id);
  const figures = (song: string, ids: readonly number[]) =>
    listFigures(ids.map((id) => community.isRight(song, id)));
  const plain = new Map<string, Measured['before']>();
  const measure = (songs: Measured['songs'], song: string, shown: readonly number[]) => {
    const before = plain.get(song) ?? figures(song, films(song, []));
    plain.set(song, before);
    measured.push({ songs, community: number, before, after: figures(song, shown) });
  };
  for (let event = 0; event < EVENTS; event++) {
    const song = pickOne(community.asked, random);
    const voter = `m${Math.floor(MEMBERS * random() ** 2)}`;
    const day = new Date(FIRST_DAY + Math.floor(event / PER_DAY) * 24 * 3600_000).toISOString().slice(0, 10);
    const shown = films(song, [...votes.values()]);
    if (event >= (2 * EVENTS) / 3) measure('asked', song, shown);
    for (const film of shown) {
      if (random() >= VOTING) continue;
      const thought = world === 'noise' ? random() < 0.5 : community.isRight(song, film);
      const fits = random() < TRUE_VOTE ? thought : !thought;
      votes.set(`${voter} ${song} ${film}`, { voter, song, film, fits, day });
    }
  }
  for (const song of community.like) measure('like', song, films(song, [...votes.values()]));
  return measured;
}

function change(rows: readonly Measured[], of: 'precision' | 'ndcg'): Change {
  const differences = rows.map(({ before, after }) => after[of] - before[of]);
  return {
    before: mean(rows.map(({ before }) => before[of])),
    after: mean(rows.map(({ after }) => after[of])),
    difference: mean(differences),
    interval: bootstrapInterval(
      differences,
      rows.map(({ community }) => community),
    ),
  };
}

/** Replays communities with a taste, and the same ones tossing coins. The same seed gives the same figures. */
export function replayVotes(
  engine: Engine,
  { communities = 60, seed = 23, settings = COMMUNITY_DEFAULTS, onProgress = () => {} }: ReplayOptions = {},
): ReplayRow[] {
  const songs = [...engine.catalogue.records.songs.getKeys()];
  const measured = { taste: [] as Measured[], noise: [] as Measured[] };
  for (let number = 0; number < communities; number++) {
    const random = seededRandom(seed * 1000 + number);
    const community = new Community(engine, songs, random);
    for (const world of ['taste', 'noise'] as const) {
      measured[world].push(...replayOne(engine, community, world, number, settings, random));
    }
    onProgress(`${number + 1} of ${communities} communities`);
  }
  return (['taste', 'noise'] as const).flatMap((world) =>
    (['asked', 'like'] as const).map((which) => {
      const rows = measured[world].filter(({ songs: of }) => of === which);
      return {
        world,
        songs: which,
        lists: rows.length,
        precisionAt5: change(rows, 'precision'),
        ndcgAt5: change(rows, 'ndcg'),
      };
    }),
  );
}
