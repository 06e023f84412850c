/** The look-ups' sentences in French; the English ones are in src/lookup/messages.ts. */
export const frLookup = {
  'lookup.sorry.empty': 'Nomme une chanson ou colle un lien Spotify.',
  'lookup.sorry.tooLong':
    'C’est trop long pour une chanson. Donne titre et artiste, ou colle un lien Spotify.',
  'lookup.sorry.notFound':
    'Je ne connais pas de chanson comme « {{text}} ». Vérifie l’orthographe ou ajoute l’artiste.',
  'lookup.sorry.notByArtist': 'Je ne connais pas de chanson comme « {{text}} » de {{artist}}.',
  'lookup.sorry.unknownUrl':
    'Je ne comprends pas ce lien. Colle un lien Spotify vers une chanson, un album, un artiste ou une playlist, ou écris titre et artiste.',
  'lookup.sorry.otherService':
    'Je ne lis pas les liens {{service}}. Colle un lien Spotify, ou écris le titre et l’artiste.',
  'lookup.sorry.episode':
    'C’est un épisode de podcast. J’associe des films à des chansons : colle un lien vers une chanson, un album, un artiste ou une playlist.',
  'lookup.sorry.show':
    'C’est un podcast. J’associe des films à des chansons : colle un lien vers une chanson, un album, un artiste ou une playlist.',
  'lookup.sorry.local':
    'C’est un fichier de ton appareil, que personne d’autre ne peut consulter. Écris son titre et son artiste.',
  'lookup.sorry.shortLink': 'Ce lien court ne mène nulle part. Colle le lien Spotify complet.',
  'lookup.sorry.unknownTrack': 'Personne à qui je demande ne connaît ce titre. Écris son nom et son artiste.',
  'lookup.sorry.titleOnly':
    'Le lien mène à « {{title}} », que je ne connais pas assez. Écris titre et artiste d’une chanson semblable.',
  'lookup.sorry.namedTrack':
    '« {{title}} » de {{artists}} est trop récente ou trop rare pour moi : je ne connais ni la chanson ni son artiste.',
  'lookup.sorry.offline':
    'Cette chanson n’est pas dans mon catalogue, et la recherche est coupée ici. Écris titre et artiste.',
  'lookup.sorry.unreachable':
    'Cette chanson n’est pas dans mon catalogue, et je n’ai pas pu la chercher : {{services}} n’a pas répondu. Réessaie dans une minute, ou écris titre et artiste.',
  'lookup.sorry.late':
    'La recherche prend trop de temps pour l’instant. Réessaie dans une minute, ou écris titre et artiste.',
  'lookup.sorry.unknownAlbum':
    'Je ne connais aucune chanson de l’album « {{name}} ». Nomme une de ses chansons.',
  'lookup.sorry.unknownArtist': 'Je ne connais aucune chanson de {{name}}. Nomme une de ses chansons.',
  'lookup.sorry.unknownLink': 'Spotify n’a rien à ce lien, ou le garde privé.',
  'lookup.sorry.playlist':
    'Les playlists ne se lisent que là où des identifiants Spotify sont en place, et ici il n’y en a pas. Colle une de ses chansons.',
  'lookup.sorry.privatePlaylist':
    'Spotify ne me laisse pas lire cette playlist : elle est peut-être privée, ou de Spotify même. Colle une de ses chansons.',
  'lookup.sorry.unknownPlaylist': 'Je ne connais aucune chanson de « {{name}} ». Colle l’une d’elles.',
  'lookup.unfit.noise':
    '« {{title}} » est du son plutôt que de la musique, et aucun film ne va avec du bruit. Nomme une chanson.',
  'lookup.unfit.speech':
    '« {{title}} » est de la parole, et je ne m’y connais qu’en musique. Nomme une chanson.',
  'lookup.unfit.all':
    'Ce que je connais de « {{name}} » est du son ou de la parole, et je ne m’y connais qu’en musique. Nomme une chanson.',
  'lookup.question.text': 'Laquelle veux-tu dire ?',
  'lookup.question.artistOrSong': '« {{name}} » est un artiste et une chanson. Quelle chanson veux-tu dire ?',
  'lookup.question.titleOnly': 'Spotify ne me dit que le titre, « {{title}} ». Laquelle est-ce ?',
  'lookup.question.album': 'Plusieurs albums s’appellent « {{name}} ». Lequel veux-tu dire ?',
  'lookup.source.catalogue': 'Du catalogue.',
  'lookup.source.spotify': 'Reconnue grâce à Spotify ; le son vient du catalogue.',
  'lookup.source.reccobeats':
    'Absente du catalogue : le son a été mesuré par ReccoBeats, le genre est inconnu.',
  'lookup.source.reccobeatsArtist_one':
    'Absente du catalogue : le son a été mesuré par ReccoBeats, le genre est celui d’une autre chanson de cet artiste.',
  'lookup.source.reccobeatsArtist_other':
    'Absente du catalogue : le son a été mesuré par ReccoBeats, le genre est celui de {{count}} autres chansons de cet artiste.',
  'lookup.source.reccobeatsNearest_one':
    'Absente du catalogue : le son a été mesuré par ReccoBeats, le genre est deviné d’après la chanson la plus proche.',
  'lookup.source.reccobeatsNearest_other':
    'Absente du catalogue : le son a été mesuré par ReccoBeats, le genre est deviné d’après les {{count}} chansons les plus proches.',
  'lookup.source.estimate_one': 'Absente du catalogue : estimée d’après une autre chanson de cet artiste.',
  'lookup.source.estimate_other':
    'Absente du catalogue : estimée d’après {{count}} autres chansons de cet artiste.',
  'lookup.blend.some_one': '« {{name}} » : {{count}} chanson sur {{total}} est connue.',
  'lookup.blend.some_other': '« {{name}} » : {{count}} chansons sur {{total}} sont connues.',
  'lookup.blend.known_one': '« {{name}} » : une chanson est connue.',
  'lookup.blend.known_other': '« {{name}} » : {{count}} chansons sont connues.',
} as const;
