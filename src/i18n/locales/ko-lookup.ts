/** The look-ups' sentences in Korean; the English ones are in src/lookup/messages.ts. */
export const koLookup = {
  'lookup.sorry.empty': '노래를 말하거나 Spotify 링크를 붙여 넣으세요.',
  'lookup.sorry.tooLong': '노래라기에는 너무 깁니다. 제목과 아티스트를 쓰거나 Spotify 링크를 붙여 넣으세요.',
  'lookup.sorry.notFound': '‘{{text}}’ 같은 노래를 모릅니다. 철자를 확인하거나 아티스트를 덧붙여 보세요.',
  'lookup.sorry.notByArtist': '{{artist}}의 ‘{{text}}’ 같은 노래를 모릅니다.',
  'lookup.sorry.unknownUrl':
    '이 링크를 모르겠습니다. 노래, 앨범, 아티스트, 재생목록의 Spotify 링크를 붙여 넣거나 제목과 아티스트를 쓰세요.',
  'lookup.sorry.otherService':
    '{{service}} 링크는 읽을 수 없습니다. Spotify 링크를 붙여 넣거나 제목과 아티스트를 쓰세요.',
  'lookup.sorry.episode':
    '팟캐스트 에피소드입니다. 저는 노래에 영화를 맞춥니다. 노래, 앨범, 아티스트, 재생목록의 링크를 붙여 넣으세요.',
  'lookup.sorry.show':
    '팟캐스트입니다. 저는 노래에 영화를 맞춥니다. 노래, 앨범, 아티스트, 재생목록의 링크를 붙여 넣으세요.',
  'lookup.sorry.local': '당신 기기에 있는 파일이라 다른 곳에서는 찾을 수 없습니다. 제목과 아티스트를 쓰세요.',
  'lookup.sorry.shortLink': '이 짧은 링크는 아무 데도 이어지지 않습니다. 전체 Spotify 링크를 붙여 넣으세요.',
  'lookup.sorry.unknownTrack': '이 곡을 아는 곳이 없습니다. 제목과 아티스트를 쓰세요.',
  'lookup.sorry.titleOnly':
    '링크는 ‘{{title}}’ 노래인데 제가 잘 모릅니다. 비슷한 노래의 제목과 아티스트를 쓰세요.',
  'lookup.sorry.namedTrack':
    '{{artists}}의 ‘{{title}}’ 노래는 너무 새롭거나 드물어서 노래도 아티스트도 모릅니다.',
  'lookup.sorry.offline':
    '이 노래는 카탈로그에 없고, 여기서는 찾아보기가 꺼져 있습니다. 제목과 아티스트를 쓰세요.',
  'lookup.sorry.unreachable':
    '이 노래는 카탈로그에 없고 찾아볼 수도 없었습니다: {{services}} 응답 없음. 1분 뒤에 다시 하거나 제목과 아티스트를 쓰세요.',
  'lookup.sorry.late': '지금은 찾는 데 너무 오래 걸립니다. 1분 뒤에 다시 하거나 제목과 아티스트를 쓰세요.',
  'lookup.sorry.unknownAlbum': '‘{{name}}’ 앨범의 노래를 모릅니다. 수록곡 하나를 말해 주세요.',
  'lookup.sorry.unknownArtist': '{{name}}의 노래를 모릅니다. 노래 하나를 말해 주세요.',
  'lookup.sorry.unknownLink': 'Spotify의 이 링크에는 아무것도 없거나 비공개입니다.',
  'lookup.sorry.playlist':
    '재생목록은 Spotify 자격 증명이 설정된 곳에서만 읽을 수 있는데 여기에는 없습니다. 그중 한 곡을 붙여 넣으세요.',
  'lookup.sorry.privatePlaylist':
    'Spotify가 이 재생목록을 읽지 못하게 합니다. 비공개이거나 Spotify 자체의 것일 수 있습니다. 그중 한 곡을 붙여 넣으세요.',
  'lookup.sorry.unknownPlaylist': '‘{{name}}’의 노래를 하나도 모릅니다. 그중 한 곡을 붙여 넣으세요.',
  'lookup.unfit.noise':
    '‘{{title}}’은(는) 음악이라기보다 소리라서 어울리는 영화가 없습니다. 노래를 말해 주세요.',
  'lookup.unfit.speech': '‘{{title}}’은(는) 말이고, 저는 음악만 압니다. 노래를 말해 주세요.',
  'lookup.unfit.all': '‘{{name}}’에서 제가 아는 것은 소리나 말이고, 저는 음악만 압니다. 노래를 말해 주세요.',
  'lookup.question.text': '어느 것인가요?',
  'lookup.question.artistOrSong': '‘{{name}}’은(는) 아티스트이기도 하고 노래이기도 합니다. 어느 노래인가요?',
  'lookup.question.titleOnly': 'Spotify는 제목 ‘{{title}}’만 알려 줍니다. 어느 노래인가요?',
  'lookup.question.album': '‘{{name}}’이라는 앨범이 여럿입니다. 어느 것인가요?',
  'lookup.source.catalogue': '카탈로그에서.',
  'lookup.source.spotify': 'Spotify로 알아보았고, 소리는 카탈로그에서 왔습니다.',
  'lookup.source.reccobeats': '카탈로그에 없음: 소리는 ReccoBeats가 측정했고 장르는 모릅니다.',
  'lookup.source.reccobeatsArtist_one':
    '카탈로그에 없음: 소리는 ReccoBeats가 측정했고 장르는 이 아티스트의 다른 한 곡에서 왔습니다.',
  'lookup.source.reccobeatsArtist_other':
    '카탈로그에 없음: 소리는 ReccoBeats가 측정했고 장르는 이 아티스트의 다른 {{count}}곡에서 왔습니다.',
  'lookup.source.reccobeatsNearest_one':
    '카탈로그에 없음: 소리는 ReccoBeats가 측정했고 장르는 소리가 가장 비슷한 한 곡으로 짐작했습니다.',
  'lookup.source.reccobeatsNearest_other':
    '카탈로그에 없음: 소리는 ReccoBeats가 측정했고 장르는 소리가 가장 비슷한 {{count}}곡으로 짐작했습니다.',
  'lookup.source.estimate_one': '카탈로그에 없음: 이 아티스트의 다른 한 곡으로 짐작했습니다.',
  'lookup.source.estimate_other': '카탈로그에 없음: 이 아티스트의 다른 {{count}}곡으로 짐작했습니다.',
  'lookup.blend.some_one': '‘{{name}}’: {{total}}곡 가운데 {{count}}곡을 압니다.',
  'lookup.blend.some_other': '‘{{name}}’: {{total}}곡 가운데 {{count}}곡을 압니다.',
  'lookup.blend.known_one': '‘{{name}}’: 한 곡을 압니다.',
  'lookup.blend.known_other': '‘{{name}}’: {{count}}곡을 압니다.',
} as const;
