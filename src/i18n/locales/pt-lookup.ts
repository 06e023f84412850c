/** The look-ups' sentences in Portuguese; the English ones are in src/lookup/messages.ts. */
export const ptLookup = {
  'lookup.sorry.empty': 'Diga uma música ou cole um link do Spotify.',
  'lookup.sorry.tooLong':
    'É longo demais para uma música. Diga título e artista, ou cole um link do Spotify.',
  'lookup.sorry.notFound':
    'Não conheço nenhuma música como “{{text}}”. Confira a grafia ou acrescente o artista.',
  'lookup.sorry.notByArtist': 'Não conheço nenhuma música como “{{text}}” de {{artist}}.',
  'lookup.sorry.unknownUrl':
    'Não entendo este link. Cole um link do Spotify para uma música, um álbum, um artista ou uma playlist, ou escreva título e artista.',
  'lookup.sorry.otherService':
    'Não consigo ler links de {{service}}. Cole um link do Spotify ou escreva o título e o artista.',
  'lookup.sorry.episode':
    'Isto é um episódio de podcast. Eu ligo filmes a músicas: cole um link para uma música, um álbum, um artista ou uma playlist.',
  'lookup.sorry.show':
    'Isto é um podcast. Eu ligo filmes a músicas: cole um link para uma música, um álbum, um artista ou uma playlist.',
  'lookup.sorry.local':
    'Isto é um arquivo do seu aparelho, que ninguém mais pode consultar. Escreva o título e o artista.',
  'lookup.sorry.shortLink': 'Este link curto não leva a lugar nenhum. Cole o link completo do Spotify.',
  'lookup.sorry.unknownTrack': 'Ninguém a quem pergunto conhece esta faixa. Escreva o título e o artista.',
  'lookup.sorry.titleOnly':
    'O link leva a “{{title}}”, que não conheço o bastante. Escreva título e artista de uma música parecida.',
  'lookup.sorry.namedTrack':
    '“{{title}}” de {{artists}} é nova ou rara demais para mim: não conheço nem a música nem o artista.',
  'lookup.sorry.offline':
    'Esta música não está no meu catálogo, e aqui a consulta está desligada. Escreva título e artista.',
  'lookup.sorry.unreachable':
    'Esta música não está no meu catálogo e não pude consultar: {{services}} não respondeu. Tente de novo em um minuto ou escreva título e artista.',
  'lookup.sorry.late':
    'A consulta está demorando demais agora. Tente de novo em um minuto ou escreva título e artista.',
  'lookup.sorry.unknownAlbum': 'Não conheço nenhuma música do álbum “{{name}}”. Diga uma das músicas.',
  'lookup.sorry.unknownArtist': 'Não conheço nenhuma música de {{name}}. Diga uma das músicas.',
  'lookup.sorry.unknownLink': 'O Spotify não tem nada neste link, ou o mantém privado.',
  'lookup.sorry.playlist':
    'Playlists só podem ser lidas onde há credenciais do Spotify, e aqui não há. Cole uma das músicas.',
  'lookup.sorry.privatePlaylist':
    'O Spotify não me deixa ler esta playlist: pode ser privada ou do próprio Spotify. Cole uma das músicas.',
  'lookup.sorry.unknownPlaylist': 'Não conheço nenhuma música de “{{name}}”. Cole uma delas.',
  'lookup.unfit.noise':
    '“{{title}}” é mais som do que música, e nenhum filme combina com ruído. Diga uma música.',
  'lookup.unfit.speech': '“{{title}}” é fala, e eu só entendo de música. Diga uma música.',
  'lookup.unfit.all':
    'O que conheço de “{{name}}” é som ou fala, e eu só entendo de música. Diga uma música.',
  'lookup.question.text': 'Qual você quer dizer?',
  'lookup.question.artistOrSong': '“{{name}}” é um artista e uma música. Que música você quer dizer?',
  'lookup.question.titleOnly': 'O Spotify só me diz o título, “{{title}}”. Qual é?',
  'lookup.question.album': 'Vários álbuns se chamam “{{name}}”. Qual você quer dizer?',
  'lookup.source.catalogue': 'Do catálogo.',
  'lookup.source.spotify': 'Reconhecida pelo Spotify; o som é do catálogo.',
  'lookup.source.reccobeats': 'Fora do catálogo: o som foi medido pelo ReccoBeats, o gênero é desconhecido.',
  'lookup.source.reccobeatsArtist_one':
    'Fora do catálogo: o som foi medido pelo ReccoBeats, o gênero é o de outra música deste artista.',
  'lookup.source.reccobeatsArtist_other':
    'Fora do catálogo: o som foi medido pelo ReccoBeats, o gênero é o de outras {{count}} músicas deste artista.',
  'lookup.source.reccobeatsNearest_one':
    'Fora do catálogo: o som foi medido pelo ReccoBeats, o gênero é suposto pela música que soa mais parecida.',
  'lookup.source.reccobeatsNearest_other':
    'Fora do catálogo: o som foi medido pelo ReccoBeats, o gênero é suposto pelas {{count}} músicas que soam mais parecidas.',
  'lookup.source.estimate_one': 'Fora do catálogo: estimada por outra música deste artista.',
  'lookup.source.estimate_other': 'Fora do catálogo: estimada por outras {{count}} músicas deste artista.',
  'lookup.blend.some_one': '“{{name}}”: {{count}} música de {{total}} é conhecida.',
  'lookup.blend.some_other': '“{{name}}”: {{count}} músicas de {{total}} são conhecidas.',
  'lookup.blend.known_one': '“{{name}}”: uma música é conhecida.',
  'lookup.blend.known_other': '“{{name}}”: {{count}} músicas são conhecidas.',
} as const;
