/** How titles say that a recording is another take, or only another edition of the same one. Data only. */

/** Every version a song can say it is; `version` of a hit is one of these. The index stores the position. */
export const VERSIONS = [
  'karaoke',
  'cover',
  'live',
  'remix',
  'acoustic',
  'instrumental',
  'piano',
  'orchestral',
  'a cappella',
  'demo',
  'slowed',
  'sped up',
  'lofi',
  'extended',
  'dub',
  'reprise',
  'medley',
  're-recorded',
  'mixed',
  'tv size',
  'version',
] as const;

export type Version = (typeof VERSIONS)[number];

/** Tried in order on the lower-cased note: the first that fits names the version. */
export const VERSION_PATTERNS: readonly (readonly [Version, RegExp])[] = [
  ['karaoke', /\bkaraoke\b|カラオケ|in the style of|backing track/],
  [
    'cover',
    /\bcovers?\b|\btribute\b|originally (?:performed|sung|recorded) by|made famous by|\bcast version\b|カバー|翻唱|كوفر/,
  ],
  [
    'live',
    /^live\b(?! (?:like|your|my|and|forever|for|is|it|to|a|the|life|with|while|without)\b)|\blive (?:at|from|in|on)\b|\blive(?: (?:version|ver|session|performance|recording|acoustic|edit|take|mix|remix)\w*\.?)?$|\bao vivo\b|\b(?:en|in|dal|na|no) (?:vivo|directo|concierto|concerto|concert)\b|^(?:en )?vivo\b|\bunplugged\b|ライブ|ライヴ|现场|現場|라이브|\bcanlı\b|концерт/,
  ],
  [
    'remix',
    /\bremix(?:ed|es)?\b|\brmx\b|\bre-?work(?:ed)?\b|\bbootleg\b|\bmash-?up\b|\bflip\b|\bvip\b|\bclub\b|\brecreated\b|ремикс|リミックス|리믹스/,
  ],
  [
    'acoustic',
    /\bac[ou]+ustic\w*|\bacústic\w*|\bacoustique\b|\bakusti[ck]\w*|\bstripped\b|アコースティック|акустик/,
  ],
  ['a cappella', /\ba[ -]?c+app?ell?a\b/],
  ['instrumental', /\binstrumental\w*|\boff vocal\b|インスト|伴奏/],
  ['slowed', /\bslowed\b|\bslow(?:er)? (?:version|reverb)|\breverb\b/],
  ['sped up', /\bsped[ -]?up\b|\bspeed(?:ed)?[ -]?up\b|\bnightcore\b/],
  ['lofi', /\blo-?fi\b/],
  ['piano', /\bpiano\b|\bmusic box\b|ピアノ/],
  ['orchestral', /\borchest\w+|\bsymphon\w+|\bstring quartet\b|\bstrings version\b/],
  ['demo', /\bdemo\b|\bouttake\b|\brehearsal\b|\bearly take\b|^take \d+$/],
  ['mixed', /^mixed$|\bcontinuous mix\b|\basot ?\d|\babgt ?\d|\bmix cut\b/],
  ['dub', /\bdub\b/],
  ['extended', /\bextended\b|\blong version\b|\b12["”'] ?(?:version|mix)?/],
  ['reprise', /\breprise\b/],
  ['medley', /\bmedley\b|\bpot-?pourri\b/],
  ['re-recorded', /\bre-?record(?:ed|ing)\b|\btaylor[’']?s version\b|\bnew version\b|セルフカバー/],
  ['tv size', /\btv[ -]?(?:size|ver|version|edit)\b|\bshort ver/],
  [
    'version',
    /\bmix\b|\bedit\b|\bversions?\b|\bvers[ãa]o\b|\bversi[óo]n\b|\bver\b|\barr(?:\.|anged|angement)|版$|バージョン/,
  ],
];

const FORMS = '(?:version|versión|versão|ver\\.?|mix|edit|edition|cut|recording|release)';
const EDITIONS = [
  // 2011 Remaster, Remastered 2009, Digital Remaster, Remasterizado 2005, 2018 - Remaster
  `(?:\\d{4} ?[-–/]? ?)?(?:\\w+ )?(?:digital(?:ly)? )?(?:re-?master(?:ed|s)?|remasteriza(?:do|da)|remastérisée?|rimasterizzat[oa])(?: ${FORMS})?(?: ?[/,-]? ?\\d{4})?(?: ?${FORMS})?`,
  `(?:versi[óo]n|vers[ãa]o) remasterizad[ao]`,
  'リマスター(?:\\d{4})?|修復版|리마스터',
  `(?:mono|stereo)(?: ${FORMS})?`,
  // Single Version, Album Mix, Radio Edit, Original Version, Explicit
  `(?:the )?(?:single|album|original|radio|lp|full|explicit|clean|main|studio|standard|deluxe|cd|official|video|7["”']?|edited|short)(?: (?:album|single|radio|studio|length|uk|us))?(?: ${FORMS})?`,
  '(?:original|official)(?: (?:music|lyrics?))? (?:audio|video)|official|audio|video|lyrics?(?: video)?|visuali[sz]er|hd|hq|4k',
  '(?:bonus|hidden|title)(?: track)?(?: remastered)?',
  `\\d{4}(?: ?${FORMS})?|${FORMS} ?\\d{4}`,
  "(?:(?:super )?deluxe|expanded|special|\\d+(?:th|st|nd|rd) anniversary|anniversary|collector[’']?s)(?: edition| version)?",
  '(?:original )?(?:motion picture |film |movie )?(?:soundtrack|score|ost)(?: version)?',
  '(?:from|theme from|as (?:heard|featured) (?:in|on)|taken from|music from|aus|tiré de|de la película|da (?:série|novela)|из|от) ?["“”\'‘«(/:]?.+',
  '.*(?:主題曲|主题曲|片尾曲|片頭曲|插曲|劇集|電影|电影|主題歌)[^()]*',
  'loopable(?: with no fade)?|no fade for looping',
];

/** A whole note that names another edition of the same recording. */
export const EDITION = new RegExp(`^(?:${EDITIONS.join('|')})$`, 'u');

/** Several notes in one: "Mono / 2009 Remaster", "Ao Vivo | Acústico". */
export const NOTE_SEPARATOR = / ?[/|] ?/;

/** "… Remastered 2011" at the end of a title without any bracket. */
export const TRAILING_EDITION =
  /\s(?:\d{4} (?:digital )?re-?master(?:ed)?(?: version)?|(?:digital(?:ly)? )?re-?master(?:ed)?(?: version)?(?: \d{4})?)$/iu;

/** A note that only names guests. */
export const FEATURING =
  /^(?:(?:feat|ft|featuring)(?![\p{L}\p{N}])\.?|part\.(?! ?\d)|participação(?: especial)?(?: de)?:?)\s*/iu;

/** A note that names guests if what follows is one of the artists: "with Rihanna", and not "with or without you". */
export const WITH = /^(?:with|con|com|avec|mit|w\/)\s+/iu;

/** "… feat. Somebody" without a bracket. */
export const TRAILING_FEATURING = /\s(?:feat\.|ft\.|feat|ft|featuring)\s+(.+)$/iu;

/** "…, Op. 13" and the like: part of a work's name that nobody types. */
export const CATALOGUE_NUMBER = /, (?:Op|BWV|KV?|L|D|S|RV|HWV|Hob|WoO|TWV|FP|CD)\.? ?[\dIVX]+(?![\p{L}]).*$/u;

/** What an album's name says about every take on it. */
const ALBUM_VERSIONS: readonly (readonly [Version, RegExp])[] = [
  ['karaoke', /\bkaraoke\b/],
  [
    'cover',
    /\b(?:best|greatest|acoustic|my|the) covers\b|\bcover (?:sessions|versions)\b|\ba tribute to\b|\btribute to\b/,
  ],
  [
    'live',
    /[([-] ?live\b|^live (?:at|in|from|on)\b|\blive at\b|\bao vivo\b|\ben (?:vivo|directo)\b|\bunplugged\b/,
  ],
];

/** What an album's name says about every take on it, or null. */
export function versionOfAlbum(album: string): Version | null {
  const lower = album.toLowerCase();
  return ALBUM_VERSIONS.find(([, pattern]) => pattern.test(lower))?.[0] ?? null;
}
