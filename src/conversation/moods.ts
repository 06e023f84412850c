/** Moods: what something should feel like, picked from a list or written in words. */
import { LANGUAGES, type Words } from '../i18n/index.ts';

/** Every feeling and world that a token can name, by the number that stands for it; append only. */
export const MOOD_NAMES: readonly string[] =
  'tender joyful euphoric playful comic wry absurd hopeful nostalgic bittersweet melancholic heartbroken lonely grieving anguished angry defiant determined triumphant cool glamorous decadent sensual romantic obsessive tense menacing eerie gothic brutal apocalyptic epic awe mysterious dreamy surreal whimsical magical serene contemplative spiritual intimate theatrical elegant raw gritty urban-night futuristic retro rural open-road summery wintry festive frenetic driving laid-back slow-burning teenage childlike family friendship outsider underdog crime war protest ambition escape revenge mortality nature exotic communal feminine-power masculine-cool hip-hop rock-band punk metal club disco synth-80s jazz-age soul blues-south country-west folk classical-hall opera-stage pop-stardom latin brazil iberia france italy britain ireland germany-austria nordic slavic-east middle-east india china japan korea southeast-asia africa caribbean small-town-america new-york los-angeles queer sixties-counterculture world-war ancient-legend outer-space sea school street-sport'.split(
    ' ',
  );

/** Most feelings of one mood: more say less. */
export const MAX_FEELINGS = 5;

/** Feelings to pick from: one of each kind, so that few chips reach far. Discord's menus take 25. */
export const OFFERED_FEELINGS = [
  'joyful',
  'romantic',
  'hopeful',
  'melancholic',
  'lonely',
  'nostalgic',
  'dreamy',
  'serene',
  'euphoric',
  'defiant',
  'angry',
  'tense',
  'eerie',
  'mysterious',
  'epic',
  'magical',
  'comic',
  'cool',
  'gritty',
  'urban-night',
  'open-road',
  'summery',
  'wintry',
  'synth-80s',
] as const;

/** Words that people use for feelings which have another name here. */
const ALSO: Readonly<Record<string, string>> = {
  sad: 'melancholic',
  sadness: 'melancholic',
  blue: 'melancholic',
  happy: 'joyful',
  happiness: 'joyful',
  cheerful: 'joyful',
  fun: 'playful',
  funny: 'comic',
  hilarious: 'comic',
  love: 'romantic',
  lovely: 'tender',
  gentle: 'tender',
  soft: 'tender',
  warm: 'tender',
  heartbreak: 'heartbroken',
  grief: 'grieving',
  alone: 'lonely',
  loneliness: 'lonely',
  neon: 'synth-80s',
  '80s': 'synth-80s',
  eighties: 'synth-80s',
  night: 'urban-night',
  city: 'urban-night',
  nocturnal: 'urban-night',
  road: 'open-road',
  travel: 'open-road',
  summer: 'summery',
  sunny: 'summery',
  beach: 'summery',
  winter: 'wintry',
  snow: 'wintry',
  christmas: 'festive',
  party: 'festive',
  dark: 'menacing',
  scary: 'eerie',
  creepy: 'eerie',
  spooky: 'eerie',
  horror: 'eerie',
  violent: 'brutal',
  dream: 'dreamy',
  calm: 'serene',
  quiet: 'serene',
  peaceful: 'serene',
  chill: 'laid-back',
  relaxed: 'laid-back',
  slow: 'slow-burning',
  fast: 'frenetic',
  energetic: 'driving',
  weird: 'surreal',
  strange: 'surreal',
  magic: 'magical',
  fairy: 'magical',
  space: 'outer-space',
  future: 'futuristic',
  wonder: 'awe',
  beautiful: 'elegant',
  sexy: 'sensual',
  hot: 'sensual',
  rebellious: 'defiant',
  rebel: 'defiant',
  furious: 'angry',
  rage: 'angry',
  brave: 'determined',
  victory: 'triumphant',
  suspense: 'tense',
  mystery: 'mysterious',
  faith: 'spiritual',
  death: 'mortality',
  teen: 'teenage',
  kids: 'childlike',
  children: 'childlike',
  western: 'country-west',
  jazz: 'jazz-age',
  rap: 'hip-hop',
  rock: 'rock-band',
  opera: 'opera-stage',
  classical: 'classical-hall',
  sports: 'street-sport',
  ocean: 'sea',
  paris: 'france',
  tokyo: 'japan',
  london: 'britain',
  nyc: 'new-york',
  vintage: 'retro',
};

const fold = (text: string) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

let spoken: Map<string, string> | undefined;

/** Names of feelings and worlds in every language that we speak, folded. */
function spokenNames(): Map<string, string> {
  if (spoken) return spoken;
  spoken = new Map(MOOD_NAMES.map((name) => [fold(name.replace(/-/g, ' ')), name]));
  for (const texts of Object.values(LANGUAGES)) {
    for (const group of [texts.feeling, texts.theme, texts.world] as Record<string, string>[]) {
      for (const [name, text] of Object.entries(group))
        if (!spoken.has(fold(text))) spoken.set(fold(text), name);
    }
  }
  for (const [word, name] of Object.entries(ALSO)) if (!spoken.has(word)) spoken.set(word, name);
  return spoken;
}

/** Words that join feelings and are none. */
const FILLERS: ReadonlySet<string> = new Set(
  'a an the and or but very so with of in on at for to feel feeling feels like mood film films movie movies song songs music something und et y e o con avec mit'.split(
    ' ',
  ),
);

/** Longest name in words. */
const MOST_WORDS = 5;

export interface ReadMood {
  /** Names of the model, each once, in the order said; at most five. */
  readonly feel: readonly string[];
  /** Words that are no feeling known here. */
  readonly unknown: readonly string[];
}

/** What a text such as “lonely neon night” asks for. */
export function readMood(text: string): ReadMood {
  const names = spokenNames();
  const words = fold(text.slice(0, 300)).match(/[\p{L}\p{N}’'-]+/gu) ?? [];
  const feel: string[] = [];
  const unknown: string[] = [];
  for (let at = 0; at < words.length; ) {
    let taken = 0;
    for (let count = Math.min(MOST_WORDS, words.length - at); count > 0 && taken === 0; count--) {
      const name =
        names.get(words.slice(at, at + count).join(' ')) ?? names.get(words.slice(at, at + count).join('-'));
      if (name === undefined) continue;
      if (!feel.includes(name)) feel.push(name);
      taken = count;
    }
    if (taken === 0 && !FILLERS.has(words[at]!)) unknown.push(words[at]!);
    at += Math.max(1, taken);
  }
  return { feel: feel.slice(0, MAX_FEELINGS), unknown };
}

/** A feeling or a world as it is called. */
export function feelingName(name: string, words: Words): string {
  for (const group of ['feeling', 'theme', 'world'] as const) {
    if (words.hasName(group, name)) return words.name(group, name);
  }
  return name;
}

/** A mood as it is called, such as “lonely · the city at night”. */
export function moodLabel(feel: readonly string[], words: Words): string {
  return feel.map((name) => feelingName(name, words)).join(' · ');
}
