/** A message as it goes to Discord's API, and what it depends on. */
import type {
  APIActionRowComponent,
  APIButtonComponent,
  APIButtonComponentWithCustomId,
  APIComponentInMessageActionRow,
  APIEmbed,
  APIMessageTopLevelComponent,
  APIStringSelectComponent,
} from 'discord.js';
import { ButtonStyle, ComponentType } from 'discord.js';
import type { Control } from '../../../conversation/answer.ts';
import { wordsFor } from '../../../i18n/index.ts';
import { label } from '../../common/text.ts';
import type { IdMaker, Mark, Seal } from '../custom-id.ts';
import { max } from '../limits.ts';
import type { Look } from '../settings.ts';

export interface DiscordFile {
  readonly name: string;
  readonly attachment: Buffer;
  /** Text alternative. */
  readonly description?: string;
}

export type Row = APIActionRowComponent<APIComponentInMessageActionRow>;

export interface DiscordMessage {
  readonly content: string;
  readonly embeds: readonly APIEmbed[];
  readonly components: readonly APIMessageTopLevelComponent[];
  readonly files: readonly DiscordFile[];
  /** Everything stands in the components, which are of the second version; text and embeds are empty. */
  readonly cards?: true;
}

/** Where a message is shown. */
export interface View {
  /** Only one person sees it, and others could: then it can be shared. */
  readonly ephemeral: boolean;
  /** BCP 47 tag for what is worded here. */
  readonly locale: string;
  /** Whose message it is: what its buttons say. */
  readonly seal?: Seal;
  /** Embeds where nothing else is said. */
  readonly look?: Look;
  /** Ids of commands by name: with one, a command in a text can be pressed. */
  readonly commandIds?: ReadonlyMap<string, string>;
  /** The presser's own message in which these details could be opened. */
  readonly into?: string;
}

/** Whether whoever sees the message can take it away only through us: an ephemeral one goes by itself. */
export const isDeletable = (view: View) => view.seal !== undefined && !view.ephemeral;

/** Whether nobody but the asker sees the message. */
export const isAlone = (view: View) => view.ephemeral || view.seal?.kind === 'alone';

/** Takes the message away. */
export function deleteButton(view: View, ids: IdMaker): APIButtonComponent | null {
  if (!isDeletable(view)) return null;
  return {
    type: ComponentType.Button,
    style: ButtonStyle.Secondary,
    custom_id: ids.delete(),
    label: label(wordsFor(view.locale).t('chat.delete'), max('buttonLabel')),
    emoji: { name: '🗑️' },
  };
}

/** A button for a control. */
export function button(
  control: Control,
  ids: IdMaker,
  look: {
    readonly mark?: Mark;
    readonly style?: ButtonStyle;
    readonly emoji?: string;
    readonly bare?: boolean;
  } = {},
): APIButtonComponentWithCustomId {
  const emoji = look.emoji ?? control.emoji;
  const style = look.style ?? (control.pressed ? ButtonStyle.Primary : ButtonStyle.Secondary);
  return {
    type: ComponentType.Button,
    style: style as ButtonStyle.Secondary,
    custom_id: ids.token(control.token, look.mark),
    ...(emoji && { emoji: { name: emoji } }),
    ...(look.bare ? {} : { label: label(control.label, max('buttonLabel')) }),
    ...(control.disabled && { disabled: true }),
  };
}

/** Whether an address is one that Discord links to. */
export const linkable = (url: string) =>
  URL.canParse(url) && /^https?:[^\s()<>]+$/.test(url) && url.length <= max('buttonUrl');

/** A button that opens an address; null for an address that Discord would refuse. */
export function linkButton(text: string, url: string): APIButtonComponent | null {
  if (!linkable(url)) return null;
  return { type: ComponentType.Button, style: ButtonStyle.Link, label: label(text, max('buttonLabel')), url };
}

/** Rows of at most five buttons; none for no button. */
export function rowsOf(buttons: readonly (APIButtonComponent | null)[]): Row[] {
  const real = buttons.filter((one) => one !== null);
  const rows: Row[] = [];
  for (let at = 0; at < real.length; at += max('buttonsInRow')) {
    const components = real.slice(at, at + max('buttonsInRow'));
    rows.push({ type: ComponentType.ActionRow, components });
  }
  return rows;
}

/** Buttons as the options of one menu, which costs two components however many they are; null for none. */
export function menuOf(buttons: readonly APIButtonComponent[], ids: IdMaker): Row | null {
  const options = buttons
    .filter((one) => 'custom_id' in one)
    .map(({ custom_id: value, label: text = '', emoji, style }) => ({
      label: label(style === ButtonStyle.Primary ? `✓ ${text}` : text, max('selectOptionLabel')),
      value,
      ...(emoji && { emoji }),
    }))
    .slice(0, max('selectOptions'));
  if (options.length === 0) return null;
  const placeholder = label(options.map(({ label: text }) => text).join(' · '), max('selectPlaceholder'));
  return {
    type: ComponentType.ActionRow,
    components: [{ type: ComponentType.StringSelect, custom_id: ids.choose(), placeholder, options }],
  };
}

/** A menu that chooses one of the controls by its token; null where none is left to choose. */
export function chooser(
  controls: readonly (Control & { readonly detail?: string })[],
  placeholder: string,
  ids: IdMaker,
): Row | null {
  const options = new Map<string, APIStringSelectComponent['options'][number]>();
  for (const { token, label: text, detail } of controls.slice(0, max('selectOptions'))) {
    if (token.length > max('selectOptionValue')) continue;
    options.set(token, {
      label: label(text, max('selectOptionLabel')),
      value: token,
      ...(detail && { description: label(detail, max('selectOptionDescription')) }),
    });
  }
  if (options.size === 0) return null;
  return {
    type: ComponentType.ActionRow,
    components: [
      {
        type: ComponentType.StringSelect,
        custom_id: ids.choose(),
        placeholder: label(placeholder, max('selectPlaceholder')),
        options: [...options.values()],
      },
    ],
  };
}
