/** Hosts of music services other than Spotify, so that a person is told by name what is not understood yet. */
const SERVICES: Readonly<Record<string, readonly string[]>> = {
  YouTube: ['youtube.com', 'youtu.be', 'youtube-nocookie.com'],
  'Apple Music': ['music.apple.com', 'itunes.apple.com', 'geo.music.apple.com'],
  Deezer: ['deezer.com', 'deezer.page.link', 'dzr.page.link'],
  Tidal: ['tidal.com'],
  SoundCloud: ['soundcloud.com', 'soundcloud.app.goo.gl', 'snd.sc'],
  Bandcamp: ['bandcamp.com'],
  'Amazon Music': [
    ...['com', 'co.uk', 'de', 'fr', 'it', 'es', 'in', 'ca', 'co.jp', 'com.br', 'com.mx', 'com.au'].map(
      (land) => `music.amazon.${land}`,
    ),
  ],
  Qobuz: ['qobuz.com'],
  Pandora: ['pandora.com', 'pandora.app.link'],
  Napster: ['napster.com'],
  Audiomack: ['audiomack.com'],
  Mixcloud: ['mixcloud.com'],
  Shazam: ['shazam.com'],
  'Last.fm': ['last.fm'],
  Genius: ['genius.com'],
  'Yandex Music': ['music.yandex.ru', 'music.yandex.com'],
  Boomplay: ['boomplay.com'],
  Anghami: ['anghami.com'],
  JioSaavn: ['jiosaavn.com', 'saavn.com'],
  Gaana: ['gaana.com'],
  Songlink: ['song.link', 'album.link', 'odesli.co'],
  TikTok: ['tiktok.com'],
};

const BY_HOST = new Map(
  Object.entries(SERVICES).flatMap(([name, hosts]) => hosts.map((host) => [host, name])),
);

/** Longest host name that DNS allows; nothing longer is a service. */
const MAX_HOST = 253;

/** The service's name for a host (or any host below it) in lower case, or null. */
export function serviceOf(host: string): string | null {
  if (host.length > MAX_HOST) return null;
  const labels = host.split('.');
  for (let from = 0; from < labels.length - 1; from += 1) {
    const name = BY_HOST.get(labels.slice(from).join('.'));
    if (name) return name;
  }
  return null;
}
