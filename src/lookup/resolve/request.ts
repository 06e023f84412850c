/** What people say around a song: "can you find me movies like Creep by Radiohead, please". */

const FILMS = '(?:movies?|films?|filmen?|filmes?|pel[ií]culas?|something|anything|etwas|algo|songs?|music)';
const LIKE =
  '(?:that (?:feels?|sounds?|fits?|go(?:es)?|match(?:es)?)(?: like| with| to)?|(?:which|to) (?:go(?:es)?|fit|match)(?: with)?|like|for|with|similar to|based on|matching|(?:so |ähnlich )?wie|für|passend zu[mr]?|zu[mr]?|parecid[ao]s? (?:a|com)|como|semblables? à|comme|para|pour)';
const WATCH = '(?:should i watch|to watch|can i watch|do i watch)';
const ASKING = [
  // can you find me …, could you please recommend …, i want …, show me …
  "(?:hey|hi|hello|hallo|hola|salut|ok|okay|yo)(?: (?:bot|there|everyone|all))?(?=[ ,]+(?:please|can|could|would|will|find|show|give|recommend|suggest|play|what|which|i|i['’]?m|some|movies?|films?)\\b)",
  '(?:can|could|would|will) (?:you|u) (?:please )?(?:find|show|give|get|recommend|suggest|tell|search|play)(?: me| us)?(?: for)?',
  '(?:gimme|(?:find|show|give|recommend|suggest|tell)(?: me| us)?)',
  `(?:what|which)(?: (?:movies?|films?))? ${WATCH}(?: (?:with|for|like|to|after))?(?: (?:if|when) i(?:['’]?m| am)? (?:really )?(?:love|like|enjoy|listen(?:ing)? to|hear(?:ing)?))?`,
  "i(?: would|['’]d| really)? (?:want|like|love|need)(?: to (?:watch|see|find))?",
  "i['’]?m (?:listening to|looking for|searching for)",
  '(?:what|which) (?:movies?|films?) (?:(?:is|are|would be) good|fits?|go(?:es)?|feels?|match(?:es)?)(?: with| for| like| to)?',
  String.raw`(?:some|any|a|the|five|good|more|ein(?:en?|ige)?|un[ea]?|des|quelques|un[oa]s|um|uma|uns|umas)(?= ${FILMS}\b)`,
  `${FILMS} ${LIKE}`,
  String.raw`${LIKE}(?= (?:the|a|this) song\b)`,
  String.raw`(?:the|a|this) song(?: called| named| titled)?(?=\s\S)`,
  '(?:song|track|lied|canci[oó]n|chanson)(?: called| named|:)',
  '(?:play|spiel|pon|joue|toca)(?: me)?(?: the song)?',
  // Welcher Film passt zu …, quel film va avec …, recomiéndame una película para …
  String.raw`(?:\p{L}+ ){0,5}?(?:movies?|films?|filmen?|filmes|pel[ií]culas?)(?: \p{L}+){0,2}? (?:like|for|with|to|zu[mr]?|für|wie|pour|avec|comme|para|como|com|con)`,
];
const BEFORE = new RegExp(String.raw`^(?:${ASKING.join('|')})[\s,:]+`, 'iu');
const AFTER =
  /[\s,.;:–-]+(?:what|which|any|can|could|please|find|show|give|recommend)\b[^,.;]*\b(?:watch|movies?|films?)[\s!?.]*$|[\s,|_–-]+(?:please|pls|plz|thanks|thank you|bitte|por favor|s['’]il (?:te|vous) pla[iî]t|(?:the )?(?:movies?|films?)|(?:official )?(?:hd |4k )?(?:music |lyrics? )?(?:video|audio|visuali[sz]er)(?: hd| 4k)?|with lyrics|lyrics|hd|hq|4k|full song|mv|m\/v)[\s!?.]*$/iu;
/** Words of a request that are taken away, at most. */
const STEPS = 6;

/** A tag that uploaders put before everything else: "[MV] Artist - Title". */
const TAG = /^[[(【](?:official )?(?:m\/?v|pv|hd|4k|(?:music |lyrics? )?(?:video|audio))[\])】]\s*(?=\S)/iu;
/** What stands between a title and its artist in other languages, where English has "by". */
const BY = [
  [/\s(?:von|par|por)(?=\s\S)/iu, ' by'],
  [/\sd['’](?=\p{L})/iu, ' de '],
] as const;

/** A request with "by" in the place of "von" or "d’"; the same text where it has none. */
export function withBy(text: string): string {
  return BY.reduce((rest, [pattern, instead]) => rest.replace(pattern, instead), text);
}

/** The text without the words of a request; the same text where it has none, or consists of them. */
export function withoutRequest(text: string): string {
  let rest = text.trim().replace(TAG, '');
  for (let step = 0; step < STEPS; step++) {
    const shorter = rest.replace(BEFORE, '').replace(AFTER, '').trim();
    if (shorter === rest || shorter === '') break;
    rest = shorter;
  }
  return rest;
}
