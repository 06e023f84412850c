/** The look-ups' sentences in Japanese; the English ones are in src/lookup/messages.ts. */
export const jaLookup = {
  'lookup.sorry.empty': '曲を挙げるか、Spotifyのリンクを貼ってください。',
  'lookup.sorry.tooLong':
    '曲名としては長すぎます。タイトルとアーティストを書くか、Spotifyのリンクを貼ってください。',
  'lookup.sorry.notFound':
    '「{{text}}」のような曲は知りません。つづりを確かめるか、アーティストを加えてください。',
  'lookup.sorry.notByArtist': '{{artist}}の「{{text}}」のような曲は知りません。',
  'lookup.sorry.unknownUrl':
    'このリンクは分かりません。曲、アルバム、アーティスト、プレイリストのSpotifyリンクを貼るか、タイトルとアーティストを書いてください。',
  'lookup.sorry.otherService':
    '{{service}}のリンクは読めません。Spotifyのリンクを貼るか、タイトルとアーティストを書いてください。',
  'lookup.sorry.episode':
    'これはポッドキャストのエピソードです。曲に映画を合わせるので、曲、アルバム、アーティスト、プレイリストのリンクを貼ってください。',
  'lookup.sorry.show':
    'これはポッドキャストです。曲に映画を合わせるので、曲、アルバム、アーティスト、プレイリストのリンクを貼ってください。',
  'lookup.sorry.local':
    'これはあなたの端末のファイルで、他からは調べられません。タイトルとアーティストを書いてください。',
  'lookup.sorry.shortLink': 'この短縮リンクはどこにもつながりません。Spotifyの完全なリンクを貼ってください。',
  'lookup.sorry.unknownTrack': 'この曲を知る情報源がありません。タイトルとアーティストを書いてください。',
  'lookup.sorry.titleOnly':
    'リンク先は「{{title}}」ですが、よく知りません。似た曲のタイトルとアーティストを書いてください。',
  'lookup.sorry.namedTrack':
    '{{artists}}の「{{title}}」は新しすぎるか珍しすぎて、曲もアーティストも知りません。',
  'lookup.sorry.offline':
    'この曲はカタログになく、ここでは検索が無効です。タイトルとアーティストを書いてください。',
  'lookup.sorry.unreachable':
    'この曲はカタログになく、調べられませんでした：{{services}}が応答しません。1分後に試すか、タイトルとアーティストを書いてください。',
  'lookup.sorry.late':
    '今は調べるのに時間がかかりすぎます。1分後に試すか、タイトルとアーティストを書いてください。',
  'lookup.sorry.unknownAlbum': 'アルバム「{{name}}」の曲は知りません。収録曲を挙げてください。',
  'lookup.sorry.unknownArtist': '{{name}}の曲は知りません。曲名を挙げてください。',
  'lookup.sorry.unknownLink': 'Spotifyのこのリンクには何もないか、非公開です。',
  'lookup.sorry.playlist':
    'プレイリストはSpotifyの認証情報がある所でしか読めません。ここにはないので、中の1曲を貼ってください。',
  'lookup.sorry.privatePlaylist':
    'Spotifyがこのプレイリストを読ませてくれません。非公開か、Spotify自身のものかもしれません。中の1曲を貼ってください。',
  'lookup.sorry.unknownPlaylist': '「{{name}}」の曲はどれも知りません。中の1曲を貼ってください。',
  'lookup.unfit.noise': '「{{title}}」は音楽というより音で、雑音に合う映画はありません。曲を挙げてください。',
  'lookup.unfit.speech': '「{{title}}」は語りで、私に分かるのは音楽だけです。曲を挙げてください。',
  'lookup.unfit.all':
    '「{{name}}」で知っているのは音か語りで、私に分かるのは音楽だけです。曲を挙げてください。',
  'lookup.question.text': 'どれのことですか？',
  'lookup.question.artistOrSong': '「{{name}}」はアーティストでもあり曲でもあります。どの曲ですか？',
  'lookup.question.titleOnly': 'Spotifyから分かるのはタイトル「{{title}}」だけです。どの曲ですか？',
  'lookup.question.album': '「{{name}}」というアルバムがいくつかあります。どれですか？',
  'lookup.source.catalogue': 'カタログより。',
  'lookup.source.spotify': 'Spotifyで曲を特定し、音の特徴はカタログより。',
  'lookup.source.reccobeats': 'カタログにない曲：音はReccoBeatsの測定、ジャンルは不明。',
  'lookup.source.reccobeatsArtist_one':
    'カタログにない曲：音はReccoBeatsの測定、ジャンルは同じアーティストの別の1曲より。',
  'lookup.source.reccobeatsArtist_other':
    'カタログにない曲：音はReccoBeatsの測定、ジャンルは同じアーティストの別の{{count}}曲より。',
  'lookup.source.reccobeatsNearest_one':
    'カタログにない曲：音はReccoBeatsの測定、ジャンルは最も音の近い1曲から推定。',
  'lookup.source.reccobeatsNearest_other':
    'カタログにない曲：音はReccoBeatsの測定、ジャンルは最も音の近い{{count}}曲から推定。',
  'lookup.source.estimate_one': 'カタログにない曲：同じアーティストの別の1曲から推定。',
  'lookup.source.estimate_other': 'カタログにない曲：同じアーティストの別の{{count}}曲から推定。',
  'lookup.blend.some_one': '「{{name}}」：{{total}}曲中{{count}}曲を知っています。',
  'lookup.blend.some_other': '「{{name}}」：{{total}}曲中{{count}}曲を知っています。',
  'lookup.blend.known_one': '「{{name}}」：1曲を知っています。',
  'lookup.blend.known_other': '「{{name}}」：{{count}}曲を知っています。',
} as const;
