/**
 * Which picture a drawn poster has: chosen by what the film feels like, where it is at home, and its genres. Within one
 * answer no picture comes twice. The pictures themselves are drawn in src/art/scenes.
 */
import { seededRandom } from './random.ts';

/** What a picture says, as weights of feelings, worlds and genres; `words` are looked for in title and keywords. */
interface Tags {
  readonly feel?: Readonly<Record<string, number>>;
  readonly world?: Readonly<Record<string, number>>;
  readonly genre?: Readonly<Record<string, number>>;
  readonly words?: RegExp;
}

const MOTIFS = {
  boxingRing: {
    feel: { underdog: 1, determined: 0.8 },
    world: { 'street-sport': 1.3 },
    words: /\b(?:box(?:ing|er)|fighter)\b/,
  },
  neonStreet: {
    feel: { 'urban-night': 1.1, lonely: 0.2, futuristic: 0.4 },
    world: { 'synth-80s': 0.9, 'los-angeles': 0.4, korea: 0.4 },
    words: /\b(?:neon|taxi)\b/,
  },
  lighthouse: {
    feel: { lonely: 0.5, obsessive: 0.4, wintry: 0.3 },
    world: { sea: 0.7, ireland: 0.3 },
    words: /\b(?:lighthouse)\b/,
  },
  openRoad: {
    feel: { 'open-road': 1.5, escape: 0.5 },
    world: { 'small-town-america': 0.3 },
    words: /\b(?:road|highway)\b/,
  },
  rainWindow: {
    feel: { melancholic: 0.5, heartbroken: 0.4, intimate: 0.5, grieving: 0.3 },
    genre: { Drama: 0.2 },
    words: /\b(?:rain)\b/,
  },
  ferrisWheel: {
    feel: { nostalgic: 0.5, teenage: 0.5, bittersweet: 0.4, summery: 0.3 },
    words: /\b(?:carnival|fair|amusement park)\b/,
  },
  nightTrain: {
    feel: { mysterious: 0.2, nostalgic: 0.3 },
    world: { 'slavic-east': 0.5, 'germany-austria': 0.3 },
    words: /\b(?:train|railway|express)\b/,
  },
  greatWave: {
    feel: { nature: 0.5, awe: 0.5, summery: 0.2 },
    world: { sea: 1.1, japan: 0.2 },
    words: /\b(?:surf|wave|ocean)\b/,
  },
  snowForest: {
    feel: { wintry: 1.5, serene: 0.2, nature: 0.3 },
    world: { nordic: 0.8 },
    words: /\b(?:snow|winter|frozen|christmas)\b/,
  },
  bridgeCity: { feel: { ambition: 0.3 }, world: { 'new-york': 1.3 }, words: /\b(?:manhattan|brooklyn)\b/ },
  palms: {
    feel: { summery: 1, 'laid-back': 0.5, exotic: 0.4, retro: 0.2 },
    world: { 'los-angeles': 0.9, caribbean: 0.7, latin: 0.3, 'southeast-asia': 0.3 },
    words: /\b(?:beach|hawaii|miami)\b/,
  },
  torii: {
    feel: { serene: 0.3, spiritual: 0.2 },
    world: { japan: 1.5 },
    words: /\b(?:samurai|tokyo|geisha)\b/,
  },
  domes: {
    feel: { exotic: 0.4 },
    world: { india: 1.5, 'middle-east': 1.2, africa: 0.3 },
    words: /\b(?:jasmine|taj)\b/,
  },
  lanterns: {
    feel: { festive: 0.3 },
    world: { china: 1.4, korea: 0.6, 'southeast-asia': 0.9 },
    words: /\b(?:lantern)\b/,
  },
  ironTower: { feel: { romantic: 0.2, whimsical: 0.3 }, world: { france: 1.4 }, words: /\b(?:paris)\b/ },
  hauntedHouse: {
    feel: { gothic: 1, eerie: 0.9 },
    genre: { Horror: 0.7 },
    words: /\b(?:house|haunt|manor)\b/,
  },
  mirrorBall: {
    feel: { euphoric: 0.7, glamorous: 0.5, festive: 0.5 },
    world: { disco: 1.5, club: 1.2, queer: 0.4 },
    words: /\b(?:disco|dance)\b/,
  },
  microphone: {
    feel: { ambition: 0.3, glamorous: 0.3 },
    world: { 'pop-stardom': 1.2, soul: 1, 'jazz-age': 1, 'blues-south': 0.6 },
    genre: { Music: 0.4 },
    words: /\b(?:sing|voice)\b/,
  },
  guitar: {
    feel: { angry: 0.2, defiant: 0.3 },
    world: { 'rock-band': 1.3, metal: 1.2, punk: 1.1, 'country-west': 0.3 },
    genre: { Music: 0.3 },
    words: /\b(?:rock|guitar|band)\b/,
  },
  boombox: {
    feel: { cool: 0.1 },
    world: { 'hip-hop': 1.5 },
    genre: { Music: 0.2 },
    words: /\b(?:rap(?:per)?|hip.?hop)\b/,
  },
  candle: {
    feel: { grieving: 1, spiritual: 0.9, mortality: 0.6, contemplative: 0.3 },
    words: /\b(?:prayer|funeral|faith)\b/,
  },
  brokenHeart: {
    feel: { heartbroken: 1.4, romantic: 0.3, anguished: 0.2 },
    genre: { Romance: 0.4 },
    words: /\b(?:heart|valentine|love)\b/,
  },
  stage: {
    feel: { theatrical: 1.2, obsessive: 0.2 },
    world: { 'opera-stage': 1.2, 'classical-hall': 0.8 },
    words: /\b(?:opera|theatre|theater|ballet|swan)\b/,
  },
  rocket: {
    feel: { futuristic: 0.7, awe: 0.4, hopeful: 0.2, ambition: 0.3 },
    world: { 'outer-space': 1 },
    genre: { 'Science Fiction': 0.3 },
    words: /\b(?:rocket|space|apollo|mars|moon)\b/,
  },
  maze: {
    feel: { mysterious: 0.8, obsessive: 0.7, surreal: 0.6 },
    genre: { Mystery: 0.4 },
    words: /\b(?:maze|labyrinth)\b/,
  },
  bars: {
    feel: { crime: 0.4, escape: 0.7 },
    genre: { Crime: 0.4 },
    words: /\b(?:prison|jail|escape)\b/,
  },
  banners: {
    feel: { protest: 1.4, communal: 0.5, defiant: 0.4 },
    world: { ireland: 0.5, 'sixties-counterculture': 0.6 },
    genre: { History: 0.2 },
    words: /\b(?:revolution|strike|march)\b/,
  },
  sailingShip: {
    feel: { exotic: 0.6, epic: 0.4 },
    world: { sea: 0.9, 'ancient-legend': 0.2 },
    genre: { Adventure: 0.4 },
    words: /\b(?:ship|pirate|captain)\b/,
  },
  flowers: {
    feel: { tender: 0.6, nature: 0.6, elegant: 0.4, serene: 0.3, 'feminine-power': 0.3 },
    genre: { Romance: 0.2 },
    words: /\b(?:flower|garden|rose|blossom)\b/,
  },
  balloon: {
    feel: { whimsical: 0.7, hopeful: 0.6, joyful: 0.4, childlike: 0.4 },
    genre: { Family: 0.4, Animation: 0.3 },
    words: /\b(?:balloon)\b/,
  },
  clock: {
    feel: { mortality: 0.7, nostalgic: 0.5, tense: 0.2 },
    words: /\b(?:time|hour|clock)\b/,
  },
  circus: {
    feel: { absurd: 0.6, whimsical: 0.6, decadent: 0.3, festive: 0.4 },
    words: /\b(?:circus|clown|freak)\b/,
  },
  moonAndTree: { feel: { eerie: 0.5, menacing: 0.5 }, genre: { Horror: 1 } },
  ringedWorld: {
    feel: { futuristic: 0.5, awe: 0.4 },
    world: { 'outer-space': 0.9 },
    genre: { 'Science Fiction': 0.9 },
  },
  desert: {
    feel: { 'masculine-cool': 0.3, 'slow-burning': 0.2 },
    world: { 'country-west': 1, 'middle-east': 0.3, africa: 0.5 },
    genre: { Western: 1.3 },
    words: /\b(?:desert|dune)\b/,
  },
  mountains: {
    feel: { nature: 0.9, awe: 0.5, epic: 0.4, determined: 0.2 },
    genre: { Adventure: 0.7 },
    words: /\b(?:mountain|wild|everest)\b/,
  },
  castle: {
    feel: { magical: 0.9, epic: 0.4 },
    world: { 'ancient-legend': 1 },
    genre: { Fantasy: 0.8 },
    words: /\b(?:castle|princess|dragon)\b/,
  },
  homeAndKite: {
    feel: { family: 0.8, childlike: 0.7, rural: 0.5, tender: 0.2 },
    genre: { Family: 0.9 },
  },
  searchlights: { feel: { war: 1.4, brutal: 0.2 }, world: { 'world-war': 1.2 }, genre: { War: 1 } },
  twoSuns: { feel: { romantic: 1, sensual: 0.7, tender: 0.3 }, genre: { Romance: 0.9 } },
  nightCity: { feel: { crime: 0.9, 'urban-night': 0.5, gritty: 0.6 }, genre: { Crime: 0.8, Thriller: 0.3 } },
  doorOfLight: {
    feel: { lonely: 0.5, hopeful: 0.4, outsider: 0.6, contemplative: 0.4 },
    genre: { Drama: 0.4 },
  },
  spiral: { feel: { obsessive: 0.5, tense: 0.6, frenetic: 0.6 }, genre: { Thriller: 0.8, Action: 0.3 } },
  keyhole: { feel: { mysterious: 0.7, tense: 0.4, menacing: 0.3 }, genre: { Mystery: 0.9 } },
  record: {
    feel: { nostalgic: 0.2, cool: 0.3 },
    world: { soul: 0.6, 'pop-stardom': 0.4, 'sixties-counterculture': 0.5, club: 0.3 },
    genre: { Music: 1 },
  },
  arcade: {
    feel: { elegant: 0.4, contemplative: 0.3 },
    world: { italy: 1.1, iberia: 1.1, 'classical-hall': 0.7, 'ancient-legend': 0.4 },
    genre: { History: 0.8 },
  },
  lens: { feel: { raw: 0.5, protest: 0.2 }, genre: { Documentary: 1.2 } },
  bounce: { feel: { comic: 0.6, playful: 0.8, joyful: 0.7, festive: 0.2 }, genre: { Comedy: 0.7 } },
  blocks: {
    feel: { playful: 0.4, childlike: 0.5, wry: 0.5, absurd: 0.3 },
    genre: { Animation: 1, Comedy: 0.2 },
  },
  burst: { feel: { triumphant: 0.5, driving: 0.5, frenetic: 0.5, revenge: 0.5 }, genre: { Action: 0.9 } },
  testCard: { feel: { retro: 0.5, wry: 0.3 }, genre: { 'TV Movie': 1.5 } },
  projector: {
    feel: { nostalgic: 0.3, bittersweet: 0.3 },
    genre: { Drama: 0.3 },
    words: /\b(?:cinema|hollywood|projectionist)\b/,
  },
} as const satisfies Record<string, Tags>;

/** A picture's name. */
export type MotifName = keyof typeof MOTIFS;
export const MOTIF_NAMES = Object.keys(MOTIFS) as readonly MotifName[];

export const isMotif = (name: string): name is MotifName => Object.hasOwn(MOTIFS, name);

/** What a picture is chosen by. */
export interface MotifSubject {
  readonly id: number;
  readonly title: string;
  readonly genres: readonly string[];
  readonly keywords?: readonly string[];
  /** Strengths 0…1 by name. */
  readonly terms?: Readonly<Record<string, number>>;
  readonly worlds?: Readonly<Record<string, number>>;
}

/** What a word in the title or the keywords adds: more than any feeling. */
const WORD_WEIGHT = 1.6;
/** Chance between pictures that fit alike. */
const LUCK = 0.35;

function sum(
  weights: Readonly<Record<string, number>> | undefined,
  strength: (name: string) => number,
): number {
  let total = 0;
  for (const [name, weight] of Object.entries(weights ?? {})) total += weight * strength(name);
  return total;
}

/** How well each picture fits a film, the best first; the same for the same film everywhere. */
function ranked(film: MotifSubject): MotifName[] {
  const luck = seededRandom(Math.imul(film.id ^ 0x51ed270b, 0x85ebca6b));
  const text = [film.title, ...(film.keywords ?? [])].join(' ').toLowerCase();
  const scores = MOTIF_NAMES.map((name) => {
    const tags: Tags = MOTIFS[name];
    const fit =
      sum(tags.feel, (term) => film.terms?.[term] ?? 0) +
      sum(tags.world, (world) => film.worlds?.[world] ?? 0) +
      sum(tags.genre, (genre) => (film.genres.includes(genre) ? 1 : 0)) +
      (tags.words?.test(text) ? WORD_WEIGHT : 0);
    return { name, score: fit + LUCK * luck() };
  });
  return scores.sort((a, b) => b.score - a.score).map(({ name }) => name);
}

/** A picture for each film of an answer, none twice: the best film chooses first. */
export function planMotifs(films: readonly MotifSubject[]): MotifName[] {
  const taken = new Set<MotifName>();
  return films.map((film) => {
    const order = ranked(film);
    const chosen = order.find((name) => !taken.has(name)) ?? order[0]!;
    taken.add(chosen);
    return chosen;
  });
}
