/** Which film keywords name mature content, by theme. Keywords about who loves whom are not among them. */

export const MATURE_THEMES = ['sex and nudity', 'violence and death', 'drugs and alcohol'] as const;
export type MatureTheme = (typeof MATURE_THEMES)[number];

const PATTERNS: Readonly<Record<MatureTheme, RegExp>> = {
  'sex and nudity':
    /\b(?:sex|sexual|sexually|sexuality|sexploitation|nudity|nude|nudist|naked|topless|erotic|erotica|eroticism|soft-?core|hardcore|porn\w*|prostitut\w*|brothel|call girl|escort girl|stripper|striptease|strip club|orgy|fetish\w*|bdsm|bondage|sadomasochis[mt]|incest|masturbation|voyeur\w*|nymphomania\w*|hentai|lust|one-night stand)\b/,
  'violence and death':
    /\b(?:murder\w*|kill|killer|killers|killing|killings|gore|gory|blood|bloody|bloodbath|splatter|slasher|torture\w*|rape|raped|rapist|violen\w*|ultraviolence|brutality|massacre|bloodshed|sadis\w*|cannibal\w*|mutilation|dismember\w*|decapitation|beheading|stabbing|strangulation|suicide|suicidal|child abuse|sexual abuse|domestic abuse|genocide|lynching|necrophilia|snuff)\b/,
  'drugs and alcohol':
    /\b(?:drugs?|narcotics?|cocaine|heroin|marijuana|cannabis|weed|opium|lsd|meth|methamphetamine|crack|junkie|addict|addicted|addiction|overdose|alcohol|alcoholic|alcoholism|drunk|drunkenness|drunkard|binge drinking)\b/,
};

/** Phrases that hold such a word and mean something else. */
const HARMLESS =
  /\b(?:same[- ]sex|opposite sex|sex education|sex discrimination|blood (?:brother|sister|relative|type|donor|donation|transfusion)s?|crack ?down|wise ?crack|video game addict(?:ion)?)\b/g;

/** The mature themes of a film's keywords; empty where there is none. */
export function matureThemes(keywords: readonly string[]): Set<MatureTheme> {
  const found = new Set<MatureTheme>();
  for (const keyword of keywords) for (const theme of themesOf(keyword)) found.add(theme);
  return found;
}

const known = new Map<string, readonly MatureTheme[]>();

/** Themes of one keyword, remembered: the same few thousand return again and again. */
export function themesOf(keyword: string): readonly MatureTheme[] {
  const entry = known.get(keyword);
  if (entry) return entry;
  const text = keyword.toLowerCase().replace(HARMLESS, ' ');
  const themes = MATURE_THEMES.filter((theme) => PATTERNS[theme].test(text));
  known.set(keyword, themes);
  return themes;
}
