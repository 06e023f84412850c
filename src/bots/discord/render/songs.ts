/** Songs that feel like a film, each with a button for films like it; and a mood while it is being picked. */
import { type APIButtonComponent, ButtonStyle } from 'discord.js';
import type { Control, NoticeAnswer, SongItem } from '../../../conversation/answer.ts';
import { payloadOf } from '../../../conversation/tokens.ts';
import { wordsFor } from '../../../i18n/index.ts';
import { IdMaker } from '../custom-id.ts';
import { escapedWithin } from '../escape.ts';
import { max } from '../limits.ts';
import { NEUTRAL_COLOUR } from './colour.ts';
import { numberEmoji } from './film.ts';
import { cutMarkdown, withinLimits } from './fit.ts';
import {
  button,
  chooser,
  type DiscordMessage,
  deleteButton,
  linkable,
  rowsOf,
  type View,
} from './message.ts';

/** A song in two lines: its name, which leads to where it can be heard; its score and what it shares. */
function songLines({ position, title, artists, scoreText, reason, url }: SongItem): string {
  const name = escapedWithin(title, 200) || '–';
  const linked = url !== null && linkable(url) ? `[${name}](${url})` : name;
  const by = artists === '' ? '' : ` – ${escapedWithin(artists, 150)}`;
  const why = reason === '' ? '' : ` · *${escapedWithin(reason, 220)}*`;
  return `${numberEmoji(position)} **${linked}**${by}\n-# **${escapedWithin(scoreText, 10)}**${why}`;
}

const EMOJI: Partial<Record<Control['action'], string>> = { previous: '⬅️', next: '➡️', choose: '🎞️' };

/** Pages, the form that narrows the songs, and what is to become of the message: one row. */
function stepsOf(
  answer: NoticeAnswer,
  songs: readonly SongItem[],
  view: View,
  ids: IdMaker,
): (APIButtonComponent | null)[] {
  const { t } = wordsFor(view.locale);
  const { form, token } = answer;
  const asked = new Set(songs.map(({ films }) => films.token));
  const steps = answer.controls
    .filter((control) => control.action !== 'share' && !asked.has(control.token))
    .map((control) => button(control, ids, { emoji: EMOJI[control.action] ?? '➡️' }));
  const own = (action: Control['action'], label: string): Control => ({ action, label, token: token ?? '' });
  return [
    ...steps,
    form && token ? button(own('filters', t('control.filters')), ids, { mark: 'form', emoji: '🎛️' }) : null,
    view.ephemeral && token ? button(own('share', t('chat.post')), ids, { mark: 'post', emoji: '📣' }) : null,
    deleteButton(view, ids),
  ];
}

/** Five songs. */
export function renderSongs(answer: NoticeAnswer, songs: readonly SongItem[], view: View): DiscordMessage {
  const ids = new IdMaker(view.seal);
  const { t } = wordsFor(view.locale);
  const hint = songs.length > 0 ? [`-# 🎬 ${escapedWithin(t('songs.showFilms'), 100)} ⬇️`] : [];
  const shown =
    songs.length > 0 ? songs.map(songLines) : answer.lines.map((line) => escapedWithin(line, 700));
  // A number alone says nothing to who hears it: the camera goes with it.
  const films = songs.map(({ position, films: control }) =>
    button({ ...control, label: String(position) }, ids, { emoji: '🎬' }),
  );
  return withinLimits({
    content: '',
    embeds: [
      {
        title: escapedWithin(answer.title, 200) || '–',
        description: cutMarkdown([...shown, ...hint].join('\n'), max('embedDescription')),
        color: NEUTRAL_COLOUR,
      },
    ],
    components: [...rowsOf(films), ...rowsOf(stepsOf(answer, songs, view, ids))],
    files: [],
  });
}

const isFeeling = ({ token }: Control) => payloadOf(token)?.action === 'mood';

/** Whether a notice asks for a feeling. */
export const asksMood = ({ controls }: NoticeAnswer): boolean => controls.some(isFeeling);

/** The mood so far, where it leads, and a menu for the next feeling. */
export function renderMood(answer: NoticeAnswer, view: View): DiscordMessage {
  const ids = new IdMaker(view.seal);
  const [first, ...others] = answer.controls.filter((control) => !isFeeling(control));
  const leads = [
    ...(first ? [button(first, ids, { emoji: '🎬', style: ButtonStyle.Primary })] : []),
    ...others.map((control) => button(control, ids, { emoji: '🎵' })),
    deleteButton(view, ids),
  ];
  const menu = chooser(answer.controls.filter(isFeeling), answer.lines.at(-1) ?? answer.title, ids);
  const lines = answer.lines.map((line) => escapedWithin(line, 700));
  return withinLimits({
    content: '',
    embeds: [
      {
        title: escapedWithin(answer.title, 200) || '–',
        description: cutMarkdown(lines.join('\n'), max('embedDescription')) || '–',
        color: NEUTRAL_COLOUR,
      },
    ],
    components: [...(menu ? [menu] : []), ...rowsOf(leads)],
    files: [],
  });
}
