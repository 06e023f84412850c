/** What only Slack needs in words, in English; another language is another entry. */

const en = {
  sharedBy: 'Shared by {{user}}',
  shared: 'Shared to the channel.',
  notShared: 'I could not post that here.',
  linkOffer: 'Films that feel like this song?',
  noSong: 'There is no song in that message: no Spotify link and no words.',
  close: 'Close',
  cancel: 'Cancel',
  anyChoice: 'Any',
  openList: 'Show films',
  example: 'For example: {{example}}',
  mood: 'Mood',
  filmsTitle: 'Five films',
  filtersTitle: 'Filters',
  detailsTitle: 'Details',
  home: {
    title: 'Music2Movie',
    lead: 'Name a song, get the five films that feel like it.',
    how: 'How to use it',
    mention: 'In a thread, where slash commands do not work, mention me: `@Music2Movie hold on`.',
    menu: 'On any message: ⋮ → More message shortcuts → *Find films for this song*.',
    direct: 'Write to me in *Messages*: a song, or a Spotify link.',
    invite: 'In a channel, `/invite @Music2Movie` first; then I see the Spotify links posted there.',
    recent: 'Your recent answers',
    noRecent: 'None yet. They stay here for a day, in memory only, and only you see them.',
    settings: 'Settings of a channel',
    choose: 'Choose a channel',
    everyone: 'Everyone who can see a channel can change how I react there.',
    links: 'When somebody posts a Spotify link there',
    layout: 'How five films are drawn there',
  },
  mode: {
    answer: 'Answer in a thread',
    offer: 'Offer in a thread',
    unfurl: 'Preview under the link',
    off: 'Do nothing',
  },
  layout: { list: 'As a list', carousel: 'As cards (newer Slack only)' },
} as const;

export type SlackWords = typeof en;

/** The words for a locale; English where there is nothing else. */
export function slackWords(_locale: string): SlackWords {
  return en;
}

/** Puts values into `{{name}}`. */
export function fill(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => values[name] ?? '');
}
