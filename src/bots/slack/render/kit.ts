/** Blocks with their limits kept: every text that leaves for Slack goes through here. */
import type {
  ActionsBlock,
  Button,
  ContextBlock,
  HeaderBlock,
  ImageBlock,
  ImageElement,
  KnownBlock,
  ModalView,
  MrkdwnElement,
  PlainTextElement,
  SectionBlock,
  StaticSelect,
} from '@slack/types';
import type { z } from 'zod';
import type { Control } from '../../../conversation/answer.ts';
import { wordsFor } from '../../../i18n/index.ts';
import { label } from '../../common/text.ts';
import { max } from '../limits.ts';

/** What a view of ours remembers, or null for what we never wrote. */
export function readMetadata<T>(schema: z.ZodType<T>, text: string | undefined): T | null {
  try {
    return schema.safeParse(JSON.parse(text ?? '')).data ?? null;
  } catch {
    return null;
  }
}

/** A window, its title and buttons cut to what Slack shows. */
export function modal(
  callback: string,
  { title, close, submit }: { readonly title: string; readonly close: string; readonly submit?: string },
  blocks: ModalView['blocks'],
  metadata = '',
): ModalView {
  return {
    type: 'modal',
    callback_id: callback,
    title: plain(title, max('viewTitle')),
    close: plain(close, max('viewButton')),
    ...(submit && { submit: plain(submit, max('viewButton')) }),
    ...(metadata !== '' && { private_metadata: metadata }),
    blocks: blocks.slice(0, max('viewBlocks')),
  };
}

/** What a pressed button asks the listeners for. */
export type Verb =
  /** Act on the token where the button stands. */
  | 'act'
  /** Post the answer of the token for all to see. */
  | 'post'
  /** Answer the question in place of the button. */
  | 'offer'
  /** Show the answer of the token in a modal. */
  | 'open'
  /** Take the message away, which only the presser sees. */
  | 'dismiss'
  /** An address: nothing to do but acknowledge. */
  | 'link';

/** Plain text: Slack looks for no markup, mentions or links in it. */
export function plain(text: string, most: number): PlainTextElement {
  return { type: 'plain_text', text: label(text, most), emoji: false };
}

/** @param text escaped already, and within its limit */
export function mrkdwn(text: string): MrkdwnElement {
  // Verbatim: Slack makes no links, channels or mentions of what merely looks like them.
  return { type: 'mrkdwn', text, verbatim: true };
}

export function header(text: string): HeaderBlock {
  return { type: 'header', text: plain(text, max('headerText')) };
}

export function section(
  text: MrkdwnElement | PlainTextElement,
  accessory?: ImageElement | Button,
): SectionBlock {
  return { type: 'section', text, ...(accessory && { accessory }) };
}

/** A paragraph of plain text. */
export const paragraph = (text: string) => section(plain(text, max('sectionText')));

export function context(...elements: readonly (MrkdwnElement | PlainTextElement)[]): ContextBlock {
  return { type: 'context', elements: elements.slice(0, max('contextElements')) };
}

/** A quiet line of plain text. */
export const aside = (text: string) => context(plain(text, max('textObject')));

function imageSource(url: string) {
  return { image_url: url };
}

export function picture(url: string, alt: string): ImageElement {
  return { type: 'image', ...imageSource(url), alt_text: label(alt, max('altText')) };
}

export function pictureBlock(url: string, alt: string): ImageBlock {
  return { type: 'image', ...imageSource(url), alt_text: label(alt, max('altText')) };
}

/** Makes buttons with ids that differ within one message or view. */
export class Buttons {
  #made = 0;

  /** @param value at most 2,000 characters; longer ones make no button */
  make(
    verb: Verb,
    text: string,
    value: string,
    more: { description?: string; primary?: boolean } = {},
  ): Button {
    this.#made += 1;
    return {
      type: 'button',
      action_id: `${verb}:${this.#made}`,
      text: plain(text, max('buttonText')),
      value: value.slice(0, max('buttonValue')),
      ...(more.description && { accessibility_label: label(more.description, max('accessibilityLabel')) }),
      ...(more.primary && { style: 'primary' as const }),
    };
  }

  control(control: Control, verb: Verb = 'act', text = control.label): Button {
    const shown = control.emoji ? `${control.emoji} ${text}` : text;
    return this.make(verb, shown, control.token, {
      ...(control.description && { description: control.description }),
      ...(control.pressed && { primary: true }),
    });
  }

  /** Takes away a message that only one person sees. */
  dismiss(locale: string): Button {
    return this.make('dismiss', wordsFor(locale).t('slack.dismiss'), '-');
  }

  /** One list instead of many buttons. */
  select(
    placeholder: string,
    options: readonly { readonly label: string; readonly token: string }[],
  ): StaticSelect {
    this.#made += 1;
    return {
      type: 'static_select',
      action_id: `act:${this.#made}`,
      placeholder: plain(placeholder, max('placeholder')),
      options: options.slice(0, max('options')).map(({ label: text, token }) => ({
        text: plain(text, max('optionText')),
        value: token,
      })),
    };
  }

  link(text: string, url: string): Button {
    this.#made += 1;
    return { type: 'button', action_id: `link:${this.#made}`, text: plain(text, max('buttonText')), url };
  }
}

/** Rows of buttons; none where there is nothing to press. */
export function rows(buttons: readonly (Button | StaticSelect)[], blockId?: string): ActionsBlock[] {
  const blocks: ActionsBlock[] = [];
  const most = max('actionsElements');
  for (let at = 0; at < buttons.length; at += most) {
    const id = blockId && at === 0 ? { block_id: blockId } : {};
    blocks.push({ type: 'actions', ...id, elements: buttons.slice(at, at + most) });
  }
  return blocks;
}

/** What is sent: blocks, and the same in words for notifications and screen readers. */
export interface Drawn {
  /** Escaped for `mrkdwn`. */
  readonly text: string;
  readonly blocks: KnownBlock[];
}

/** The same without pictures, for when Slack could not fetch one. */
export function withoutPictures(blocks: readonly KnownBlock[]): KnownBlock[] {
  return blocks.flatMap((block): KnownBlock[] => {
    if (block.type === 'image') return [];
    if (block.type !== 'section' || block.accessory?.type !== 'image') return [block];
    const { accessory: _, ...rest } = block;
    return [rest];
  });
}
