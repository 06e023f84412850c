/** The look-ups' sentences in German; the English ones are in src/lookup/messages.ts. */
export const deLookup = {
  'lookup.sorry.empty': 'Nenne ein Lied oder füge einen Spotify-Link ein.',
  'lookup.sorry.tooLong':
    'Das ist zu lang für ein Lied. Nenne Titel und Künstler oder füge einen Spotify-Link ein.',
  'lookup.sorry.notFound':
    'Ich kenne kein Lied wie „{{text}}“. Prüfe die Schreibweise oder nenne den Künstler dazu.',
  'lookup.sorry.notByArtist': 'Ich kenne kein Lied wie „{{text}}“ von {{artist}}.',
  'lookup.sorry.unknownUrl':
    'Diesen Link verstehe ich nicht. Füge einen Spotify-Link zu einem Lied, einem Album, einem Künstler oder einer Playlist ein, oder schreib Titel und Künstler.',
  'lookup.sorry.otherService':
    'Links von {{service}} kann ich nicht lesen. Füge einen Spotify-Link ein, oder schreib Titel und Künstler.',
  'lookup.sorry.episode':
    'Das ist eine Podcast-Folge. Ich verbinde Filme mit Liedern: Füge einen Link zu einem Lied, einem Album, einem Künstler oder einer Playlist ein.',
  'lookup.sorry.show':
    'Das ist ein Podcast. Ich verbinde Filme mit Liedern: Füge einen Link zu einem Lied, einem Album, einem Künstler oder einer Playlist ein.',
  'lookup.sorry.local':
    'Das ist eine Datei auf deinem Gerät, die sonst niemand nachschlagen kann. Schreib Titel und Künstler.',
  'lookup.sorry.shortLink': 'Dieser Kurzlink führt nirgendwohin. Füge den ganzen Spotify-Link ein.',
  'lookup.sorry.unknownTrack': 'Niemand, den ich frage, kennt dieses Stück. Schreib Titel und Künstler.',
  'lookup.sorry.titleOnly':
    'Der Link führt zu „{{title}}“, das ich nicht gut genug kenne. Schreib Titel und Künstler eines ähnlichen Lieds.',
  'lookup.sorry.namedTrack':
    '„{{title}}“ von {{artists}} ist mir zu neu oder zu selten: Ich kenne weder das Lied noch den Künstler.',
  'lookup.sorry.offline':
    'Dieses Lied ist nicht in meinem Katalog, und Nachschlagen ist hier abgeschaltet. Schreib Titel und Künstler.',
  'lookup.sorry.unreachable':
    'Dieses Lied ist nicht in meinem Katalog, und ich konnte es nicht nachschlagen: {{services}} hat nicht geantwortet. Versuch es in einer Minute, oder schreib Titel und Künstler.',
  'lookup.sorry.late':
    'Das Nachschlagen dauert gerade zu lange. Versuch es in einer Minute, oder schreib Titel und Künstler.',
  'lookup.sorry.unknownAlbum': 'Ich kenne kein Lied des Albums „{{name}}“. Nenne eines seiner Lieder.',
  'lookup.sorry.unknownArtist': 'Ich kenne kein Lied von {{name}}. Nenne eines der Lieder.',
  'lookup.sorry.unknownLink': 'Spotify hat unter diesem Link nichts, oder hält es privat.',
  'lookup.sorry.playlist':
    'Playlists lassen sich nur lesen, wo Spotify-Zugangsdaten eingerichtet sind; hier sind sie es nicht. Füge eines ihrer Lieder ein.',
  'lookup.sorry.privatePlaylist':
    'Spotify lässt mich diese Playlist nicht lesen: Vielleicht ist sie privat oder von Spotify selbst. Füge eines ihrer Lieder ein.',
  'lookup.sorry.unknownPlaylist': 'Ich kenne keines der Lieder in „{{name}}“. Füge eines davon ein.',
  'lookup.unfit.noise':
    '„{{title}}“ ist eher Geräusch als Musik, und zu Rauschen passt kein Film. Nenne ein Lied.',
  'lookup.unfit.speech': '„{{title}}“ ist gesprochen, und ich verstehe nur Musik. Nenne ein Lied.',
  'lookup.unfit.all':
    'Was ich von „{{name}}“ kenne, ist Geräusch oder Sprache, und ich verstehe nur Musik. Nenne ein Lied.',
  'lookup.question.text': 'Welches meinst du?',
  'lookup.question.artistOrSong': '„{{name}}“ ist ein Künstler und ein Lied. Welches Lied meinst du?',
  'lookup.question.titleOnly': 'Spotify nennt mir nur den Titel, „{{title}}“. Welches ist es?',
  'lookup.question.album': 'Mehrere Alben heißen „{{name}}“. Welches meinst du?',
  'lookup.source.catalogue': 'Aus dem Katalog.',
  'lookup.source.spotify': 'Durch Spotify erkannt; der Klang ist aus dem Katalog.',
  'lookup.source.reccobeats': 'Nicht im Katalog: Den Klang hat ReccoBeats gemessen, das Genre ist unbekannt.',
  'lookup.source.reccobeatsArtist_one':
    'Nicht im Katalog: Den Klang hat ReccoBeats gemessen, das Genre ist das eines anderen Lieds dieses Künstlers.',
  'lookup.source.reccobeatsArtist_other':
    'Nicht im Katalog: Den Klang hat ReccoBeats gemessen, das Genre ist das von {{count}} anderen Liedern dieses Künstlers.',
  'lookup.source.reccobeatsNearest_one':
    'Nicht im Katalog: Den Klang hat ReccoBeats gemessen, das Genre ist nach dem am ähnlichsten klingenden Lied geraten.',
  'lookup.source.reccobeatsNearest_other':
    'Nicht im Katalog: Den Klang hat ReccoBeats gemessen, das Genre ist nach den {{count}} am ähnlichsten klingenden Liedern geraten.',
  'lookup.source.estimate_one': 'Nicht im Katalog: geschätzt nach einem anderen Lied dieses Künstlers.',
  'lookup.source.estimate_other':
    'Nicht im Katalog: geschätzt nach {{count}} anderen Liedern dieses Künstlers.',
  'lookup.blend.some_one': '„{{name}}“: {{count}} Lied von {{total}} ist bekannt.',
  'lookup.blend.some_other': '„{{name}}“: {{count}} Lieder von {{total}} sind bekannt.',
  'lookup.blend.known_one': '„{{name}}“: ein Lied ist bekannt.',
  'lookup.blend.known_other': '„{{name}}“: {{count}} Lieder sind bekannt.',
} as const;
