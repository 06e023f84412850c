/** Words around a question: thanks that ask nothing, and “what films fit this?”, which asks about something else. */

/** Thanks and laughter: a text with one of these… */
const THANKS = words(`
  thanks thank thx ty tysm tyvm lol haha hahaha danke dank merci gracias obrigado obrigada valeu brigado
  ありがとう ありがとうございます ありがとうございました 感謝 감사 감사합니다 감사해요 고마워 고마워요 고맙습니다
`);
/** …and otherwise nothing but these is no question: nobody is answered. */
const AROUND_THANKS = words(`
  you nice cool great good bot awesome amazing perfect lovely love it this that yes yeah ok okay so much very a lot the
  best is are man buddy again really
  dir euch dich schön vielen tausend super toll gut sehr lieb recht
  beaucoup génial parfait bien à toi vous mille bon c'est
  muchas mil genial perfecto muy bien a ti
  muito legal ótimo perfeito bem
  どうも すごい とても 本当に 정말 너무 아주
`);

/** Nothing but these greets. */
const GREETINGS = words(`
  hi hello hey hiya howdy yo sup greetings morning good evening afternoon day there bot everyone all test testing ping
  hallo moin servus guten tag morgen abend grüß gott na
  bonjour bonsoir salut coucou
  hola buenas buenos días dias tardes noches qué tal
  olá ola oi bom dia boa tarde noite tudo bem
  こんにちは こんばんは おはよう おはようございます やあ もしもし テスト
  안녕 안녕하세요 안녕하십니까 여보세요 테스트
`);

/** Nothing but these asks what fits what is being talked about. */
const ASKING = words(`
  what which films film movies movie fit fits would go goes with match matches for to feel feels like this that it song
  track music one does do can you find show me give us some recommend suggest please any there is are a the these
  welche welcher welchen was passt passen zu diesem dieses dazu das lied song filme film finde zeig zeige mir bitte gibt
  es dem hierzu wie klingt so der stück
  quel quels quelle quelles sont les films film vont va avec cette ce chanson morceau qui pour trouve montre moi
  s'il te plaît ressemble ressemblent à
  qué que películas película peliculas pelicula pegan pega van va con esta este esto canción cancion para muéstrame
  encuentra por favor encajan encaja cuáles cuales
  quais qual filmes filme combinam combina com essa esse esta este isso música canção para mostra mostre me por favor
  この これ その それ 曲 歌 に 合う 似合う 映画 は は何 何 を 教えて おしえて ください 探して の ある この曲に合う映画は
  この曲に合う映画 これに合う映画は これに合う映画
  이 이거 그 노래 곡 에 어울리는 이노래에 노래에 곡에 이곡에 영화 는 은 뭐야 뭐 추천 추천해줘 찾아줘 알려줘 맞는
`);

function words(text: string): ReadonlySet<string> {
  return new Set(text.split(/\s+/).filter(Boolean));
}

/** Words in lower case without punctuation and pictures. */
function spoken(text: string): string[] {
  return text
    .toLowerCase()
    .normalize('NFC')
    .replace(/<a?:\w+:\d+>/g, ' ')
    .replace(/[’`]/g, "'")
    .split(/[^\p{L}\p{M}\p{N}']+/u)
    .filter(Boolean);
}

/** Whether a text only thanks or laughs. */
export function isSmallTalk(text: string): boolean {
  const said = spoken(text);
  const known = said.every((word) => THANKS.has(word) || AROUND_THANKS.has(word));
  return known && said.length <= 8 && said.some((word) => THANKS.has(word));
}

/** Whether a text only greets, or tries whether somebody is there. */
export function isGreeting(text: string): boolean {
  const said = spoken(text);
  return said.length > 0 && said.length <= 4 && said.every((word) => GREETINGS.has(word));
}

/** Whether a text only greets, thanks or laughs, in words or in pictures alone (also as `:wave:`). */
export function isChatter(text: string): boolean {
  const plain = text.replace(/:[\w+-]{1,60}:/g, ' ');
  if (text.trim() === '' || !/[\p{L}\p{N}]/u.test(plain)) return true;
  return isSmallTalk(plain) || isGreeting(plain);
}

/** Whether a text asks for films without saying for which song: `what films fit this?` */
export function asksAboutThis(text: string): boolean {
  const said = spoken(text);
  return said.length > 0 && said.length <= 14 && said.every((word) => ASKING.has(word));
}

/** `what films fit …?` and its like, with the song where the dots are. */
const ASKED: readonly RegExp[] = [
  /^(?:what|which) (?:films?|movies?) (?:would )?(?:fits?|match(?:es)?|go(?:es)? with|feels? like) (.+)$/iu,
  /^(?:what|welche[rs]?) filme? (?:passt|passen) zu (.+)$/iu,
  /^quels? films? (?:va|vont) avec (.+)$/iu,
  /^qu[eé] pel[ií]culas? (?:pegan?|van?|encajan?) con (.+)$/iu,
  /^(?:que|quais|qual) filmes? combinam? com (.+)$/iu,
  /^(.+?)に合う映画(?:は|を教えて)?$/u,
  /^(.+?)(?:에|와|과) 어울리는 영화(?:는| 추천해줘)?$/u,
];

/** The song in `what films fit Hold On?`; any other text as it is. */
export function songAskedFor(text: string): string {
  const plain = text.trim().replace(/\s*[?？!.。]+$/u, '');
  for (const asked of ASKED) {
    const song = asked.exec(plain)?.[1];
    if (song) return song.trim();
  }
  return text;
}
