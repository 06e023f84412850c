/** What stands inside blocks, held against limits.ts. */
import { max } from '../../../../../src/bots/slack/limits.ts';
import type { Spot } from './paths.ts';

/** Control sequences that `mrkdwn` would act on: everything in angle brackets but links and people. */
function checkMarkup(spot: Spot): void {
  const text = String(spot.value);
  for (const [sequence, inside] of text.matchAll(/<([^<>]*)>/g)) {
    if (!/^(https?:\/\/[^|\s]+(\|[^|]*)?|@[UW][A-Z0-9]+)$/.test(inside ?? '')) {
      spot.fault(`holds the control sequence ${sequence.slice(0, 40)}`);
    }
  }
  const rest = text.replace(/<[^<>]*>/g, '');
  if (/[<>]/.test(rest)) spot.fault('holds a bare angle bracket');
  if (/&(?!(?:amp|lt|gt);)/.test(rest)) spot.fault('holds a bare ampersand');
}

/** A text object. */
export function checkText(
  spot: Spot,
  most: number,
  kinds: readonly string[] = ['plain_text', 'mrkdwn'],
): void {
  if (!spot.present) {
    spot.fault('is missing');
    return;
  }
  spot.at('type').oneOf(...kinds);
  spot.at('text').text(most);
  if (spot.object.type === 'mrkdwn') {
    checkMarkup(spot.at('text'));
    spot.onlyNames('type', 'text', 'verbatim');
  } else spot.onlyNames('type', 'text', 'emoji');
}

const checkPlain = (spot: Spot, most: number) => checkText(spot, most, ['plain_text']);

/** An image element or block. */
export function checkImage(spot: Spot): void {
  spot.at('alt_text').text(max('altText'));
  const [url, file] = [spot.at('image_url'), spot.at('slack_file')];
  if (url.present === file.present) spot.fault('needs either image_url or slack_file');
  if (url.present) url.address(max('imageUrl'));
  if (file.present && !/^F[A-Z0-9]+$/.test(String(file.object.id))) file.fault('must name a file');
  if (spot.at('title').present) checkPlain(spot.at('title'), max('imageTitle'));
}

function checkButton(spot: Spot): void {
  checkPlain(spot.at('text'), max('buttonText'));
  if (spot.at('value').present) spot.at('value').text(max('buttonValue'), 0);
  if (spot.at('url').present) spot.at('url').address(max('buttonUrl'));
  if (spot.at('style').present) spot.at('style').oneOf('primary', 'danger');
  if (spot.at('accessibility_label').present) spot.at('accessibility_label').text(max('accessibilityLabel'));
  spot.onlyNames('type', 'action_id', 'text', 'value', 'url', 'style', 'accessibility_label');
}

export function checkOption(spot: Spot): void {
  checkPlain(spot.at('text'), max('optionText'));
  spot.at('value').text(max('optionValue'));
}

function checkSelect(spot: Spot): void {
  const options = spot.at('options');
  options.size(max('options'));
  options.each(checkOption);
  const values = options.list.map((option) => (option as { value?: unknown }).value);
  if (new Set(values).size < values.length) options.fault('holds a value twice');
  const initial = spot.at('initial_option').present
    ? [spot.at('initial_option')]
    : spot.at('initial_options').list.map((_, at) => spot.at('initial_options').at(at));
  for (const one of initial) {
    const same = options.list.some((option) => JSON.stringify(option) === JSON.stringify(one.value));
    if (!same) one.fault('is none of the options');
  }
  if (spot.at('initial_options').present) spot.at('initial_options').size(max('options'));
  if (spot.at('placeholder').present) checkPlain(spot.at('placeholder'), max('placeholder'));
}

function checkTyped(spot: Spot): void {
  if (spot.at('initial_value').present) spot.at('initial_value').text(max('inputInitial'));
  if (spot.at('placeholder').present) checkPlain(spot.at('placeholder'), max('placeholder'));
  const longest = spot.object.max_length;
  if (longest !== undefined && !(Number(longest) >= 1 && Number(longest) <= 3000)) {
    spot.at('max_length').fault('must be 1 to 3000');
  }
}

const CHECKS: Readonly<Record<string, (spot: Spot) => void>> = {
  button: checkButton,
  image: checkImage,
  static_select: checkSelect,
  multi_static_select: checkSelect,
  external_select: (spot) => {
    checkPlain(spot.at('placeholder'), max('placeholder'));
    spot.onlyNames('type', 'action_id', 'min_query_length', 'placeholder');
  },
  conversations_select: () => {},
  multi_users_select: () => {},
  plain_text_input: checkTyped,
  number_input: checkTyped,
};

/** An interactive element or a picture, where only some kinds may stand. */
export function checkElement(spot: Spot, kinds: readonly string[]): void {
  spot.at('type').oneOf(...kinds);
  if (spot.object.type !== 'image') spot.at('action_id').text(max('actionId'));
  CHECKS[String(spot.object.type)]?.(spot);
}
