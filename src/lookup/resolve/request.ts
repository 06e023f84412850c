/** What people say around a song: "can you find me movies like Creep by Radiohead, please". */

const FILMS = '(?:movies?|films?|filme?|pel[ií]culas?|something|anything|songs?|music)';
const LIKE =
  '(?:that (?:feels?|sounds?|fits?|go(?:es)?|match(?:es)?)(?: like| with| to)?|(?:which|to) (?:go(?:es)?|fit|match)(?: with)?|like|for|with|to|similar to|based on|matching|wie|für|zu|como|comme|para|pour)';
const ASKING = [
  // can you find me …, could you please recommend …, i want …, show me …
  String.raw`(?:hey |hi |hello |ok |okay |please )+(?=\S+ \S)`,
  '(?:can|could|would|will) (?:you|u) (?:please )?(?:find|show|give|get|recommend|suggest|tell|search|play)(?: me| us)?(?: for)?',
  '(?:find|show|give|recommend|suggest|tell)(?: me| us)',
  "i(?: would|['’]d| really)? (?:want|like|love|need)(?: to (?:watch|see|find))?",
  "i['’]?m (?:listening to|looking for|searching for)",
  '(?:what|which) (?:movies?|films?) (?:should i watch|to watch|can i watch|(?:is|are|would be) good|fits?|go(?:es)?|feels?|match(?:es)?)(?: with| for| like| to)?',
  String.raw`(?:some|any|a|the|five|good|more)(?= ${FILMS}\b)`,
  `${FILMS} ${LIKE}`,
  String.raw`${LIKE}(?= (?:the|a|this) song\b)`,
  String.raw`(?:the|a|this) song(?: called| named| titled)?(?=\s\S)`,
  '(?:song|track|lied|canci[oó]n|chanson)(?: called| named|:)',
  '(?:play|spiel|pon|joue|toca)(?: me)?(?: the song)?',
];
const BEFORE = new RegExp(String.raw`^(?:${ASKING.join('|')})[\s,:]+`, 'iu');
const AFTER =
  /[\s,|_–-]+(?:please|pls|plz|thanks|thank you|bitte|por favor|s['’]il (?:te|vous) pla[iî]t|(?:the )?(?:movies?|films?)|(?:official )?(?:hd |4k )?(?:music |lyrics? )?(?:video|audio|visuali[sz]er)(?: hd| 4k)?|with lyrics|lyrics|hd|hq|4k|full song|mv|m\/v)[\s!?.]*$/iu;
/** Words of a request that are taken away, at most. */
const STEPS = 6;

/** The text without the words of a request; the same text where it has none, or consists of them. */
export function withoutRequest(text: string): string {
  let rest = text.trim();
  for (let step = 0; step < STEPS; step++) {
    const shorter = rest.replace(BEFORE, '').replace(AFTER, '').trim();
    if (shorter === rest || shorter === '') break;
    rest = shorter;
  }
  return rest;
}
