/** Holds whole messages and views against Slack's documented limits, before Slack does. */
import { max } from '../../../../../src/bots/slack/limits.ts';
import { checkElement, checkImage, checkText } from './elements.ts';
import { type Fault, Spot } from './paths.ts';

export type { Fault } from './paths.ts';

const PRESSABLE = ['button', 'static_select', 'conversations_select'];

function checkSection(spot: Spot): void {
  const [text, fields, accessory] = [spot.at('text'), spot.at('fields'), spot.at('accessory')];
  if (!text.present && !fields.present) spot.fault('needs text or fields');
  if (text.present) checkText(text, max('sectionText'));
  if (fields.present) {
    fields.size(max('sectionFields'));
    fields.each((field) => checkText(field, max('sectionFieldText')));
  }
  if (accessory.present) checkElement(accessory, [...PRESSABLE, 'multi_users_select', 'image']);
  spot.onlyNames('type', 'block_id', 'text', 'fields', 'accessory');
}

function checkContext(spot: Spot): void {
  spot.at('elements').size(max('contextElements'));
  spot.at('elements').each((one) => {
    if (one.object.type === 'image') checkImage(one);
    else checkText(one, max('textObject'));
  });
}

function checkActions(spot: Spot): void {
  spot.at('elements').size(max('actionsElements'));
  spot.at('elements').each((one) => checkElement(one, PRESSABLE));
}

function checkCard(spot: Spot): void {
  const parts = ['hero_image', 'title', 'body', 'actions'].filter((name) => spot.at(name).present);
  if (parts.length === 0) spot.fault('needs a picture, a title, a body or actions');
  if (spot.at('hero_image').present) checkElement(spot.at('hero_image'), ['image']);
  for (const [name, limit] of [
    ['title', 'cardTitle'],
    ['subtitle', 'cardSubtitle'],
    ['body', 'cardBody'],
  ] as const) {
    if (spot.at(name).present) checkText(spot.at(name), max(limit), ['mrkdwn']);
  }
  spot.at('actions').each((one) => checkElement(one, ['button']));
}

function checkInput(spot: Spot): void {
  checkText(spot.at('label'), max('inputLabel'), ['plain_text']);
  if (spot.at('hint').present) checkText(spot.at('hint'), max('inputHint'), ['plain_text']);
  checkElement(spot.at('element'), [
    'plain_text_input',
    'number_input',
    'static_select',
    'multi_static_select',
    'external_select',
    'conversations_select',
  ]);
}

const BLOCKS: Readonly<Record<string, (spot: Spot) => void>> = {
  section: checkSection,
  header: (spot) => checkText(spot.at('text'), max('headerText'), ['plain_text']),
  context: checkContext,
  actions: checkActions,
  image: checkImage,
  divider: (spot) => spot.onlyNames('type', 'block_id'),
  input: checkInput,
  carousel: (spot) => {
    spot.at('elements').size(max('carouselCards'));
    spot.at('elements').each(checkCard);
  },
};

function actionIds(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(actionIds);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inside]) =>
    name === 'action_id' ? [String(inside)] : actionIds(inside),
  );
}

function checkBlocks(spot: Spot, most: number, allowed: readonly string[], uniqueActions: boolean): void {
  spot.size(most);
  spot.each((block) => {
    block.at('type').oneOf(...allowed);
    if (block.at('block_id').present) block.at('block_id').text(max('blockId'));
    BLOCKS[String(block.object.type)]?.(block);
  });
  const blockIds = spot.list.map((block) => (block as { block_id?: string }).block_id).filter(Boolean);
  if (new Set(blockIds).size < blockIds.length) spot.fault('holds a block_id twice');
  const ids = actionIds(spot.value);
  if (uniqueActions && new Set(ids).size < ids.length) spot.fault('holds an action_id twice');
}

const IN_MESSAGES = ['section', 'header', 'context', 'actions', 'image', 'divider', 'carousel'];
const IN_VIEWS = ['section', 'header', 'context', 'actions', 'image', 'divider', 'input'];

/** @returns what Slack would refuse in a message: nothing when it is fine */
export function checkMessage(message: unknown): Fault[] {
  const faults: Fault[] = [];
  const spot = new Spot(message, faults);
  spot.at('text').text(max('messageText'));
  checkBlocks(spot.at('blocks'), max('messageBlocks'), IN_MESSAGES, true);
  return faults;
}

/** The same for the blocks of a preview under a link. */
export function checkUnfurl(blocks: unknown): Fault[] {
  const faults: Fault[] = [];
  checkBlocks(new Spot(blocks, faults), max('messageBlocks'), IN_MESSAGES, true);
  return faults;
}

/** The same for a modal or a Home tab. */
export function checkView(view: unknown): Fault[] {
  const faults: Fault[] = [];
  const spot = new Spot(view, faults);
  spot.at('type').oneOf('modal', 'home');
  const hasInput = spot.at('blocks').list.some((block) => (block as { type?: string }).type === 'input');
  if (spot.object.type === 'modal') {
    checkText(spot.at('title'), max('viewTitle'), ['plain_text']);
    for (const name of ['submit', 'close']) {
      if (spot.at(name).present) checkText(spot.at(name), max('viewButton'), ['plain_text']);
    }
    if (hasInput && !spot.at('submit').present) spot.fault('has fields but no submit');
  }
  if (spot.at('callback_id').present) spot.at('callback_id').text(max('viewCallbackId'));
  if (spot.at('private_metadata').present) spot.at('private_metadata').text(max('viewMetadata'));
  // In a form every field has the same action_id: its block tells which one it is.
  checkBlocks(spot.at('blocks'), max('viewBlocks'), IN_VIEWS, !hasInput);
  return faults;
}
