/** What only Slack needs in words, in German. */
import type { SlackWords } from '../words.ts';

export const de: SlackWords = {
  sharedBy: 'Geteilt von {{user}}',
  shared: 'Im Kanal geteilt.',
  notShared: 'Hier konnte ich das nicht posten.',
  cancel: 'Abbrechen',
  anyChoice: 'Beliebig',
  openList: 'Filme zeigen',
  example: 'Zum Beispiel: {{example}}',
  filmsTitle: 'Fünf Filme',
  home: {
    how: 'So geht es',
    mention: 'In einem Thread, wo Slash-Befehle nicht gehen, erwähne mich: `@Music2Movie hold on`.',
    menu: 'Bei jeder Nachricht: ⋮ → Weitere Kurzbefehle → *Find films for this song*.',
    direct: 'Schreib mir unter *Nachrichten*: ein Lied oder einen Spotify-Link.',
    invite: 'In einem Kanal zuerst `/invite @Music2Movie`; dann sehe ich die Spotify-Links dort.',
    recent: 'Deine letzten Antworten',
    noRecent: 'Noch keine. Sie bleiben einen Tag, nur im Arbeitsspeicher, und nur du siehst sie.',
    settings: 'Einstellungen eines Kanals',
    choose: 'Wähle einen Kanal',
    everyone: 'Wer einen Kanal sehen kann, kann ändern, wie ich dort reagiere.',
    links: 'Wenn dort jemand einen Spotify-Link postet',
    layout: 'Wie fünf Filme dort aussehen',
  },
  mode: {
    answer: 'Im Thread antworten',
    offer: 'Im Thread anbieten',
    unfurl: 'Vorschau unter dem Link',
    off: 'Nichts tun',
  },
  layout: {
    list: 'Als Liste',
    carousel: 'Als Karten (nur neueres Slack)',
  },
};
