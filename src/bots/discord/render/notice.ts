/** Sentences, and questions back. */
import type { NoticeAnswer, QuestionAnswer } from '../../../conversation/answer.ts';
import { payloadOf } from '../../../conversation/tokens.ts';
import { type MessageKey, wordsFor } from '../../../i18n/index.ts';
import { label } from '../../common/text.ts';
import { IdMaker } from '../custom-id.ts';
import { escapedWithin } from '../escape.ts';
import { max } from '../limits.ts';
import { NEUTRAL_COLOUR } from './colour.ts';
import { cutMarkdown, withinLimits } from './fit.ts';
import { button, chooser, type DiscordMessage, type Row, rowsOf, type View } from './message.ts';
import { asksMood, renderMood, renderSongs } from './songs.ts';

/** Discord takes 10 MiB; an export of votes is far below. */
const MAX_FILE_BYTES = 8 * 1024 * 1024;

/** Rows for choices: buttons when they are few and short, else a menu. */
function choiceRows(
  choices: readonly QuestionAnswer['choices'][number][],
  placeholder: string,
  ids: IdMaker,
): Row[] {
  const few = choices.length <= 3 && choices.every((one) => !one.detail && one.label.length <= 40);
  if (few) return rowsOf(choices.map((control) => button(control, ids)));
  const menu = chooser(choices, placeholder, ids);
  return menu ? [menu] : [];
}

function fileOf(answer: NoticeAnswer) {
  const { attachment } = answer;
  if (!attachment) return [];
  const bytes = Buffer.from(attachment.text, 'utf8').subarray(0, MAX_FILE_BYTES);
  return [{ name: attachment.name.replace(/[^\w.-]/g, '_').slice(-80) || 'file.txt', attachment: bytes }];
}

/**
 * Our commands as the reader's Discord calls them, to be pressed where their ids are known. Of a mention, Discord shows
 * the name as it is written, in whichever language.
 */
export function withCommands(text: string, { locale, commandIds }: View): string {
  const { t } = wordsFor(locale);
  return text.replace(/(?<![\w/])\/([a-z]+-[a-z]+)\b/g, (whole, name: string) => {
    const key = `chat.command.${name}` as MessageKey;
    const shown = t(key);
    if (shown === key) return whole;
    const id = commandIds?.get(name);
    return id ? `</${shown}:${id}>` : `/${shown}`;
  });
}

export function renderNotice(answer: NoticeAnswer, view: View): DiscordMessage {
  if (answer.songs) return renderSongs(answer, answer.songs, view);
  if (asksMood(answer)) return renderMood(answer, view);
  const ids = new IdMaker(view.seal);
  const { t } = wordsFor(view.locale);
  const lines = answer.lines.slice(0, 20).map((text) => withCommands(escapedWithin(text, 700), view));
  const description = lines.filter((text) => text !== '').join('\n');
  const controls = answer.controls.filter(({ action }) => action !== 'share');
  return withinLimits({
    content: '',
    embeds: [
      {
        title: escapedWithin(answer.title, 200) || '–',
        ...(description !== '' && { description: cutMarkdown(description, max('embedDescription')) }),
        color: NEUTRAL_COLOUR,
      },
    ],
    components: choiceRows(controls, t('answer.nearest'), ids),
    files: fileOf(answer),
  });
}

export function renderQuestion(answer: QuestionAnswer, view: View): DiscordMessage {
  const { t } = wordsFor(view.locale);
  const ids = new IdMaker(view.seal);
  // Where a film's details stood alone, what leads back to them does, too.
  const leadsToFilm = (token: string) => {
    const payload = payloadOf(token);
    return payload !== null && 'film' in payload && payload.action !== 'night';
  };
  const choices = answer.choices.map((choice) =>
    view.ephemeral && leadsToFilm(choice.token)
      ? { ...choice, token: ids.token(choice.token, 'inside') }
      : choice,
  );
  const placeholder = answer.form ? answer.form.submit : t('lookup.question.text');
  return withinLimits({
    content: withCommands(escapedWithin(answer.text, 1500), view) || '–',
    embeds: [],
    components: choiceRows(choices, label(placeholder, 100), ids),
    files: [],
  });
}
