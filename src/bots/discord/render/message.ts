/** A message as it goes to Discord's API, and what it depends on. */
import type {
  APIActionRowComponent,
  APIButtonComponent,
  APIButtonComponentWithCustomId,
  APIComponentInMessageActionRow,
  APIEmbed,
  APIStringSelectComponent,
} from 'discord.js';
import { ButtonStyle, ComponentType } from 'discord.js';
import type { Control } from '../../../conversation/answer.ts';
import { label } from '../../common/text.ts';
import type { IdMaker, Mark } from '../custom-id.ts';
import { max } from '../limits.ts';

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
  readonly components: readonly Row[];
  readonly files: readonly DiscordFile[];
}

/** Where a message is shown. */
export interface View {
  /** Only one person sees it, and others could: then it can be shared. */
  readonly ephemeral: boolean;
  /** BCP 47 tag for what is worded here. */
  readonly locale: string;
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

/** A button that opens an address; null for an address that Discord would refuse. */
export function linkButton(text: string, url: string): APIButtonComponent | null {
  if (!URL.canParse(url) || !/^https?:/.test(url) || url.length > max('buttonUrl')) return null;
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
