/** What only chats need, in English: names of commands, reactions to links, permissions, settings. */
export const enChat = {
  /** Names of the commands where a platform translates them: lower case, no spaces, at most 32 characters. */
  command: {
    'movie-for': 'movie-for',
    'movie-help': 'movie-help',
    'movie-privacy': 'movie-privacy',
    'movie-settings': 'movie-settings',
  },
  /** Names of their options, by the same rule; within one command none twice. */
  option: {
    song: 'song',
    genre: 'genre',
    'not-genre': 'not-genre',
    years: 'years',
    runtime: 'runtime',
    rating: 'rating',
    language: 'language',
    mainstream: 'mainstream',
    private: 'private',
    action: 'action',
    links: 'links',
    adult: 'adult',
  },
  /** Command on a message: at most 32 characters. */
  findFilms: 'Find films for this song',
  /** The button under a pasted link. */
  offer: 'Films that feel like it',
  post: 'Share to channel',
  filterTitle: 'Which films may come?',
  filtersInForce: 'Filters: {{filters}}',
  why: 'Why it fits',
  noSong: 'There is no song in that message: no Spotify link and no words.',
  notAlone: 'I can’t answer you alone here. Use {{command}} for that.',
  need: 'I need *{{permissions}}* here to show the films with their posters. Whoever manages this channel can allow it.',
  permission: {
    ViewChannel: 'View Channel',
    SendMessages: 'Send Messages',
    SendMessagesInThreads: 'Send Messages in Threads',
    EmbedLinks: 'Embed Links',
    AttachFiles: 'Attach Files',
    ReadMessageHistory: 'Read Message History',
  },
  settings: {
    description: 'How I react to Spotify links in this channel',
    links: 'What to do when somebody pastes a Spotify link',
    linksLabel: 'Spotify links',
    adult: 'In age-restricted channels: films for adults too',
    adultLabel: 'Films for adults',
    title: 'Settings of this channel',
    modeName: { answer: 'Answer', offer: 'Offer', off: 'Off' },
    mode: {
      answer: 'A pasted Spotify link is answered with five films at once.',
      offer: 'A pasted Spotify link gets one small button that opens five films.',
      off: 'Pasted Spotify links are left alone.',
    },
    adultOn: 'Films for adults may come.',
    adultOff: 'Films for adults stay out.',
    adultNowhere: 'Films for adults only come in channels marked as age-restricted; this one is not.',
    unseen:
      'I can’t read messages here, so links are only answered when you mention me or use “{{command}}” from a message’s menu.',
    nowhere: 'There is no channel here to set anything for.',
    managers: 'Only those who manage this channel can change that.',
  },
} as const;
