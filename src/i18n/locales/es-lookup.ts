/** The look-ups' sentences in Spanish; the English ones are in src/lookup/messages.ts. */
export const esLookup = {
  'lookup.sorry.empty': 'Di una canción o pega un enlace de Spotify.',
  'lookup.sorry.tooLong':
    'Es demasiado largo para una canción. Di título y artista, o pega un enlace de Spotify.',
  'lookup.sorry.notFound':
    'No conozco ninguna canción como «{{text}}». Revisa cómo se escribe o añade el artista.',
  'lookup.sorry.notByArtist': 'No conozco ninguna canción como «{{text}}» de {{artist}}.',
  'lookup.sorry.unknownUrl':
    'No entiendo este enlace. Pega un enlace de Spotify a una canción, un álbum, un artista o una lista, o escribe título y artista.',
  'lookup.sorry.otherService':
    'No puedo leer enlaces de {{service}}. Pega un enlace de Spotify o escribe el título y el artista.',
  'lookup.sorry.episode':
    'Es un episodio de pódcast. Yo uno películas a canciones: pega un enlace a una canción, un álbum, un artista o una lista.',
  'lookup.sorry.show':
    'Es un pódcast. Yo uno películas a canciones: pega un enlace a una canción, un álbum, un artista o una lista.',
  'lookup.sorry.local':
    'Es un archivo de tu propio dispositivo, que nadie más puede buscar. Escribe su título y artista.',
  'lookup.sorry.shortLink': 'Este enlace corto no lleva a ninguna parte. Pega el enlace completo de Spotify.',
  'lookup.sorry.unknownTrack': 'Nadie a quien pregunto conoce esta pista. Escribe su título y artista.',
  'lookup.sorry.titleOnly':
    'El enlace lleva a «{{title}}», que no conozco lo bastante. Escribe título y artista de una canción parecida.',
  'lookup.sorry.namedTrack':
    '«{{title}}» de {{artists}} es demasiado nueva o rara para mí: no conozco ni la canción ni a su artista.',
  'lookup.sorry.offline':
    'Esta canción no está en mi catálogo, y aquí no se buscan canciones fuera. Escribe título y artista.',
  'lookup.sorry.unreachable':
    'Esta canción no está en mi catálogo y no he podido buscarla: {{services}} no ha respondido. Prueba otra vez en un minuto o escribe título y artista.',
  'lookup.sorry.late':
    'Buscar esto tarda demasiado ahora. Prueba otra vez en un minuto o escribe título y artista.',
  'lookup.sorry.unknownAlbum':
    'No conozco ninguna canción del álbum «{{name}}». Nombra una de sus canciones.',
  'lookup.sorry.unknownArtist': 'No conozco ninguna canción de {{name}}. Nombra una de sus canciones.',
  'lookup.sorry.unknownLink': 'Spotify no tiene nada en este enlace, o lo mantiene privado.',
  'lookup.sorry.playlist':
    'Las listas solo se leen donde hay credenciales de Spotify, y aquí no las hay. Pega una de sus canciones.',
  'lookup.sorry.privatePlaylist':
    'Spotify no me deja leer esta lista: quizá sea privada o de la propia Spotify. Pega una de sus canciones.',
  'lookup.sorry.unknownPlaylist': 'No conozco ninguna canción de «{{name}}». Pega una de ellas.',
  'lookup.unfit.noise':
    '«{{title}}» es sonido más que música, y ninguna película encaja con el ruido. Di una canción.',
  'lookup.unfit.speech': '«{{title}}» es voz hablada, y yo solo sé de música. Di una canción.',
  'lookup.unfit.all':
    'Lo que conozco de «{{name}}» es sonido o habla, y yo solo sé de música. Di una canción.',
  'lookup.question.text': '¿Cuál quieres decir?',
  'lookup.question.artistOrSong': '«{{name}}» es un artista y una canción. ¿Qué canción quieres decir?',
  'lookup.question.titleOnly': 'Spotify solo me dice el título, «{{title}}». ¿Cuál es?',
  'lookup.question.album': 'Varios álbumes se llaman «{{name}}». ¿Cuál quieres decir?',
  'lookup.source.catalogue': 'Del catálogo.',
  'lookup.source.spotify': 'Reconocida por Spotify; el sonido es del catálogo.',
  'lookup.source.reccobeats': 'No está en el catálogo: ReccoBeats midió el sonido, el género se desconoce.',
  'lookup.source.reccobeatsArtist_one':
    'No está en el catálogo: ReccoBeats midió el sonido, el género es el de otra canción de este artista.',
  'lookup.source.reccobeatsArtist_other':
    'No está en el catálogo: ReccoBeats midió el sonido, el género es el de otras {{count}} canciones de este artista.',
  'lookup.source.reccobeatsNearest_one':
    'No está en el catálogo: ReccoBeats midió el sonido, el género se supone por la canción que más se le parece.',
  'lookup.source.reccobeatsNearest_other':
    'No está en el catálogo: ReccoBeats midió el sonido, el género se supone por las {{count}} canciones que más se le parecen.',
  'lookup.source.estimate_one': 'No está en el catálogo: estimada por otra canción de este artista.',
  'lookup.source.estimate_other':
    'No está en el catálogo: estimada por otras {{count}} canciones de este artista.',
  'lookup.blend.some_one': '«{{name}}»: se conoce {{count}} canción de {{total}}.',
  'lookup.blend.some_other': '«{{name}}»: se conocen {{count}} canciones de {{total}}.',
  'lookup.blend.known_one': '«{{name}}»: se conoce una canción.',
  'lookup.blend.known_other': '«{{name}}»: se conocen {{count}} canciones.',
} as const;
