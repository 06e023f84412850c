/** Any answer as a message. */
import type { KnownBlock } from '@slack/types';
import type { Answer, NoticeAnswer, QuestionAnswer } from '../../../conversation/answer.ts';
import { plainText } from '../../../conversation/plain-text.ts';
import { type Offered, offerText } from '../../common/pasted-link.ts';
import { label } from '../../common/text.ts';
import { entities, escapedWithin } from '../escape.ts';
import { max } from '../limits.ts';
import { detailBlocks } from './detail.ts';
import { aside, Buttons, type Drawn, header, mrkdwn, paragraph, rows, section } from './kit.ts';
import { nightBlocks } from './night.ts';
import { renderRecommendations } from './recommendations.ts';
import { ownerBlockId, type View } from './view.ts';

/** Lines of an export that fit one message beside the rest. */
const MAX_FILE_BLOCKS = 20;

function noticeBlocks(answer: NoticeAnswer, view: View): KnownBlock[] {
  const buttons = new Buttons();
  const lines = answer.lines.slice(0, 20).map(paragraph);
  // An apology needs no heading.
  const title = answer.tone === 'info' || lines.length === 0 ? [header(answer.title)] : [];
  const pressable = [
    ...answer.controls.map((control) => buttons.control(control)),
    ...(view.seenBy === 'alone' ? [buttons.dismiss(view.locale)] : []),
  ];
  return [...title, ...lines, ...fileBlocks(answer), ...rows(pressable, ownerBlockId(view))];
}

/** A file as preformatted text, for those to whom no file can be sent. */
function fileBlocks({ attachment }: NoticeAnswer): KnownBlock[] {
  if (!attachment) return [];
  const most = max('sectionText') - 10;
  const blocks: KnownBlock[] = [];
  let text = '';
  const flush = () => {
    if (text !== '') blocks.push(section(mrkdwn(`\`\`\`${text}\`\`\``)));
    text = '';
  };
  for (const row of attachment.text.split('\n')) {
    if (blocks.length > MAX_FILE_BLOCKS) break;
    const safe = escapedWithin(row, 1000) || ' ';
    if (text.length + safe.length + 1 > most) flush();
    text += `${safe}\n`;
  }
  flush();
  const shown = blocks.slice(0, MAX_FILE_BLOCKS);
  return shown.length < blocks.length ? [...shown, aside('…')] : shown;
}

function questionBlocks(answer: QuestionAnswer, view: View): KnownBlock[] {
  const buttons = new Buttons();
  return [
    paragraph(answer.text),
    ...rows(
      [
        ...answer.choices.slice(0, 24).map((choice) => buttons.control(choice)),
        ...(view.seenBy === 'alone' ? [buttons.dismiss(view.locale)] : []),
      ],
      ownerBlockId(view),
    ),
  ];
}

function blocksOf(answer: Answer, view: View, sharedBy: string | null): KnownBlock[] {
  switch (answer.kind) {
    case 'recommendations':
      return renderRecommendations(answer, view, sharedBy);
    case 'filmDetail':
      return [
        ...detailBlocks(answer, view.locale),
        ...(view.seenBy === 'alone' ? rows([new Buttons().dismiss(view.locale)]) : []),
      ];
    case 'notice':
      return answer.night ? nightBlocks(answer, answer.night, view) : noticeBlocks(answer, view);
    case 'question':
      return questionBlocks(answer, view);
  }
}

/** What the terminal draws for the eye; a screen reader would spell it out. */
const BARS = /[█░]+ ?/gu;

/** The answer in words, the films first, for notifications and screen readers. */
export function fallbackText(answer: Answer): string {
  // An attached file would fill the text.
  const { attachment: _, ...told } = { attachment: undefined, ...answer };
  const films = answer.kind === 'recommendations' ? answer.films.map(({ title }) => title).join(' · ') : '';
  const lines = [
    ...(films ? [films] : []),
    ...plainText(told as Answer)
      .replace(BARS, '')
      .split('\n'),
  ];
  let text = '';
  for (const row of lines) {
    const safe = escapedWithin(row, 400);
    if (text.length + safe.length + 1 > max('messageText')) break;
    text += `${safe}\n`;
  }
  return text.trim() || '–';
}

/** Draws an answer for a place. */
export function drawMessage(answer: Answer, view: View, sharedBy: string | null = null): Drawn {
  const blocks = blocksOf(answer, view, sharedBy).slice(0, max('messageBlocks'));
  return { text: fallbackText(answer), blocks };
}

/** One sentence of our own. */
export function drawSentence(text: string): Drawn {
  return { text: entities(label(text, max('sectionText') / 5)), blocks: [paragraph(text)] };
}

/**
 * The button for a pasted link; null for a question that no button could carry.
 *
 * @param alone whether only the poster sees it
 */
export function drawOffer(
  question: string,
  offered: Pick<Offered, 'song' | 'others'>,
  { locale, alone }: { readonly locale: string; readonly alone: boolean },
): Drawn | null {
  // Links as we write them are ASCII; anything else did not come from us.
  if (!/^[ -~]+$/.test(question) || question.length > max('buttonValue')) return null;
  const text = offerText(offered, locale);
  const buttons = new Buttons();
  const pressable = [buttons.make('offer', `🎬 ${text}`, question)];
  if (alone) pressable.push(buttons.dismiss(locale));
  return { text: entities(text), blocks: rows(pressable) };
}
