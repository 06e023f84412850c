/**
 * The English sentences of the look-ups, for the message catalogue. `{{name}}` is filled in; `_one`/`_other`
 * are the plural forms that `count` chooses.
 */
export const LOOKUP_MESSAGES = {
  'lookup.sorry.empty': 'Name a song, or paste a Spotify link.',
  'lookup.sorry.tooLong': 'That is too long for a song. Name title and artist, or paste a Spotify link.',
  'lookup.sorry.notFound': 'I know no song like “{{text}}”. Check the spelling, or add the artist.',
  'lookup.sorry.notByArtist': 'I know no song like “{{text}}” by {{artist}}.',
  'lookup.sorry.unknownUrl':
    'I do not understand this link. Paste a Spotify link to a song, an album, an artist or a playlist, or write title and artist.',
  'lookup.sorry.otherService':
    'I cannot read {{service}} links. Paste a Spotify link, or write the title and the artist.',
  'lookup.sorry.episode':
    'This is a podcast episode. I match films to songs: paste a link to a song, an album, an artist or a playlist.',
  'lookup.sorry.show':
    'This is a podcast. I match films to songs: paste a link to a song, an album, an artist or a playlist.',
  'lookup.sorry.local':
    'This is a file on your own device, which nobody else can look up. Write its title and artist instead.',
  'lookup.sorry.shortLink': 'This short link leads nowhere. Paste the full Spotify link.',
  'lookup.sorry.unknownTrack': 'Nobody I ask knows this track. Write its title and artist instead.',
  'lookup.sorry.titleOnly':
    'The link is to “{{title}}”, which I do not know well enough. Write title and artist of a similar song.',
  'lookup.sorry.namedTrack':
    '“{{title}}” by {{artists}} is too new or too rare for me: I know neither the song nor its artist.',
  'lookup.sorry.offline':
    'This song is not in my catalogue, and looking songs up is switched off here. Write title and artist instead.',
  'lookup.sorry.unreachable':
    'This song is not in my catalogue, and I could not look it up: {{services}} did not answer. Try again in a minute, or write title and artist.',
  'lookup.sorry.late':
    'Looking this up takes too long just now. Try again in a minute, or write title and artist.',
  'lookup.sorry.unknownAlbum': 'I know no song of the album “{{name}}”. Name one of its songs.',
  'lookup.sorry.unknownArtist': 'I know no song by {{name}}. Name one of the songs.',
  'lookup.sorry.unknownLink': 'Spotify has nothing under this link, or keeps it private.',
  'lookup.sorry.playlist':
    'Playlists can only be read where Spotify credentials are set up, and here they are not. Paste one of its songs.',
  'lookup.sorry.privatePlaylist':
    'Spotify does not let me read this playlist: it may be private, or one of Spotify’s own. Paste one of its songs.',
  'lookup.sorry.unknownPlaylist': 'I know none of the songs in “{{name}}”. Paste one of them.',
  'lookup.unfit.noise': '“{{title}}” is sound rather than music, and no film can fit noise. Name a song.',
  'lookup.unfit.speech': '“{{title}}” is spoken word, and I can only match music. Name a song.',
  'lookup.unfit.all':
    'What I know of “{{name}}” is sound or speech, and I can only match music. Name a song.',
  'lookup.question.text': 'Which one do you mean?',
  'lookup.question.artistOrSong': '“{{name}}” is an artist and a song. Which song do you mean?',
  'lookup.question.titleOnly': 'Spotify tells me only the title, “{{title}}”. Which one is it?',
  'lookup.question.album': 'Several albums are called “{{name}}”. Which one do you mean?',
  'lookup.source.catalogue': 'From the catalogue.',
  'lookup.source.spotify': 'Recognised through Spotify; the sound is from the catalogue.',
  'lookup.source.reccobeats':
    'Not in the catalogue: the sound was measured by ReccoBeats, the genre is unknown.',
  'lookup.source.reccobeatsArtist_one':
    'Not in the catalogue: the sound was measured by ReccoBeats, the genre is taken from one other song by this artist.',
  'lookup.source.reccobeatsArtist_other':
    'Not in the catalogue: the sound was measured by ReccoBeats, the genre is taken from {{count}} other songs by this artist.',
  'lookup.source.reccobeatsNearest_one':
    'Not in the catalogue: the sound was measured by ReccoBeats, the genre is guessed from the song that sounds most alike.',
  'lookup.source.reccobeatsNearest_other':
    'Not in the catalogue: the sound was measured by ReccoBeats, the genre is guessed from the {{count}} songs that sound most alike.',
  'lookup.source.estimate_one': 'Not in the catalogue: estimated from one other song by this artist.',
  'lookup.source.estimate_other':
    'Not in the catalogue: estimated from {{count}} other songs by this artist.',
  'lookup.blend.some_one': '“{{name}}”: {{count}} song of {{total}} is known.',
  'lookup.blend.some_other': '“{{name}}”: {{count}} songs of {{total}} are known.',
  'lookup.blend.known_one': '“{{name}}”: one song is known.',
  'lookup.blend.known_other': '“{{name}}”: {{count}} songs are known.',
} as const satisfies Record<string, string>;

type Singular<K extends string> = K extends `${infer Base}_${'one' | 'other'}` ? Base : K;

/** A key of the look-ups' sentences, without plural ending. */
export type LookupMessageKey = Singular<keyof typeof LOOKUP_MESSAGES>;

/** The sentence in English; for places without a message catalogue, such as the command line. */
export function inEnglish(message: {
  readonly key: LookupMessageKey;
  readonly params: Readonly<Record<string, string | number>>;
}): string {
  const { key, params } = message;
  const texts: Readonly<Record<string, string>> = LOOKUP_MESSAGES;
  const text = texts[key] ?? texts[`${key}_${params.count === 1 ? 'one' : 'other'}`] ?? key;
  return text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(params[name] ?? ''));
}
