/** What Discord would refuse, by discord.js's own builders and by our table of limits. */
import {
  ActionRowBuilder,
  ButtonBuilder,
  ButtonStyle,
  ChannelSelectMenuBuilder,
  ComponentType,
  EmbedBuilder,
  LabelBuilder,
  MessageFlags,
  ModalBuilder,
  StringSelectMenuBuilder,
} from 'discord.js';
import { max } from '../../../../src/bots/discord/limits.ts';
import { embedSize } from '../../../../src/bots/discord/render/fit.ts';

// biome-ignore-start lint/suspicious/noExplicitAny: payloads as they went over the line

/** Every component of a message, rows opened. */
const inRows = (components: any[]) => components.flatMap((row) => row.components ?? [row.component]);

/** Every component of a message of cards, nested ones too. */
function allIn(components: any[]): any[] {
  return components.flatMap((one) => [
    one,
    ...allIn(one.components ?? []),
    ...(one.accessory ? [one.accessory] : []),
  ]);
}

/** Most components of our own message of five films: of the forty that Discord takes. */
export const OWN_MOST_COMPONENTS = 30;

/** Faults of a message of cards. */
function cardFaults(body: any): string[] {
  const faults: string[] = [];
  const all = allIn(body.components);
  if (body.content || body.embeds?.length) faults.push('text or embeds beside cards');
  if (all.length > max('cardComponents')) faults.push(`${all.length} components`);
  const texts = all.filter(({ type }) => type === ComponentType.TextDisplay);
  for (const one of texts) tooLong(faults, 'text', one.content, max('cardsText'));
  const total = texts.reduce((sum, { content }) => sum + content.length, 0);
  if (total > max('cardsText')) faults.push(`texts have ${total} units together`);
  for (const one of all) {
    if (one.type === ComponentType.Section) {
      if (one.components.length === 0 || one.components.length > 3) faults.push('a section of odd size');
      if (!one.accessory) faults.push('a section without its accessory');
    }
    if (one.type === ComponentType.Container && one.components.length === 0)
      faults.push('an empty container');
  }
  const pictures = all.flatMap((one) => (one.type === ComponentType.Thumbnail ? [one] : (one.items ?? [])));
  for (const { media, description } of pictures) {
    tooLong(faults, 'alt text of a card', description ?? '', max('attachmentDescription'));
    if (!/^(?:https?|attachment):/.test(media.url)) faults.push(`a picture at ${media.url}`);
  }
  componentFaults(
    all.filter(({ type }) => type === ComponentType.ActionRow),
    faults,
    max('cardComponents'),
  );
  return faults;
}

function tooLong(faults: string[], where: string, text: unknown, longest: number, least = 1): void {
  if (text === undefined || text === null) return;
  if (typeof text !== 'string') faults.push(`${where} is no text`);
  else if (text.length > longest || text.length < least) faults.push(`${where} has ${text.length} units`);
}

function embedFaults(embeds: any[], faults: string[]): void {
  if (embeds.length > max('embeds')) faults.push(`${embeds.length} embeds`);
  const total = embeds.reduce((sum, embed) => sum + embedSize(embed), 0);
  if (total > max('embedsTotal')) faults.push(`embeds have ${total} units together`);
  const urls = embeds.map((embed) => embed.url).filter(Boolean);
  // Discord draws embeds of one address as one.
  if (new Set(urls).size !== urls.length) faults.push('two embeds have one address');
  for (const embed of embeds) {
    tooLong(faults, 'embed title', embed.title, max('embedTitle'));
    tooLong(faults, 'embed description', embed.description, max('embedDescription'));
    tooLong(faults, 'embed footer', embed.footer?.text, max('embedFooter'));
    if ((embed.fields?.length ?? 0) > max('embedFields')) faults.push('too many fields');
    for (const field of embed.fields ?? []) {
      tooLong(faults, 'field name', field.name, max('embedFieldName'));
      tooLong(faults, 'field value', field.value, max('embedFieldValue'));
    }
  }
}

function componentFaults(rows: any[], faults: string[], most = max('actionRows')): void {
  if (rows.length > most) faults.push(`${rows.length} rows`);
  const ids = inRows(rows)
    .map((one) => one.custom_id)
    .filter((id) => id !== undefined);
  if (new Set(ids).size !== ids.length) faults.push('two components have one id');
  for (const row of rows) {
    if (row.components.length === 0 || row.components.length > max('buttonsInRow'))
      faults.push('a row of odd size');
    const selects = row.components.filter((one: any) => one.type !== ComponentType.Button).length;
    if (selects > 0 && row.components.length > 1) faults.push('a select with something beside it');
  }
  for (const one of inRows(rows)) {
    tooLong(faults, 'custom id', one.custom_id, max('customId'));
    tooLong(faults, 'button label', one.label, max('buttonLabel'));
    tooLong(faults, 'button address', one.url, max('buttonUrl'));
    if (one.type === ComponentType.Button && !one.label && !one.emoji) faults.push('an empty button');
    if (one.type === ComponentType.Button && (one.style === ButtonStyle.Link) !== (one.url !== undefined)) {
      faults.push('a link button without an address, or the other way round');
    }
    for (const option of one.options ?? []) {
      tooLong(faults, 'option label', option.label, max('selectOptionLabel'));
      tooLong(faults, 'option value', option.value, max('selectOptionValue'));
      tooLong(faults, 'option description', option.description, max('selectOptionDescription'));
    }
    const values = (one.options ?? []).map((option: any) => option.value);
    if (values.length > max('selectOptions') || new Set(values).size !== values.length)
      faults.push('odd options');
  }
}

/** Faults of a message's body: by our table, then by the builders. */
export function messageFaults(body: any): string[] {
  if (body.flags & MessageFlags.IsComponentsV2) return cardFaults(body);
  const faults: string[] = [];
  const embeds = body.embeds ?? [];
  const rows = body.components ?? [];
  tooLong(faults, 'content', body.content, max('content'), 0);
  const nothing = !body.content && embeds.length === 0 && rows.length === 0 && !body.attachments?.length;
  const poll = body.poll as
    | { question: { text: string }; answers: { poll_media: { text: string } }[] }
    | undefined;
  if (nothing && !poll && body.flags !== 64) faults.push('an empty message');
  // https://discord.com/developers/docs/resources/poll
  if (poll && (poll.question.text.length > 300 || poll.answers.length > 10)) faults.push('a poll too long');
  if (poll?.answers.some((one) => one.poll_media.text.length > 55)) faults.push('an answer too long');
  const mentions = JSON.stringify(body.allowed_mentions?.parse);
  if ((body.content || embeds.length > 0) && mentions !== '[]')
    faults.push(`mentions are parsed: ${mentions}`);
  if ((body.attachments?.length ?? 0) > max('attachments')) faults.push('too many files');
  for (const file of body.attachments ?? [])
    tooLong(faults, 'alt text', file.description, max('attachmentDescription'));
  embedFaults(embeds, faults);
  componentFaults(rows, faults);
  try {
    for (const embed of embeds) new EmbedBuilder(embed).toJSON();
    // Constructors take anything; the setters check.
    for (const embed of embeds) {
      const built = new EmbedBuilder()
        .setTitle(embed.title ?? null)
        .setDescription(embed.description ?? null);
      if (embed.url) built.setURL(embed.url);
      if (embed.thumbnail) built.setThumbnail(embed.thumbnail.url);
      if (embed.image) built.setImage(embed.image.url);
      if (embed.footer) built.setFooter({ text: embed.footer.text });
      if (embed.color !== undefined) built.setColor(embed.color);
      built.addFields(embed.fields ?? []).toJSON();
    }
    for (const row of rows)
      new ActionRowBuilder({ ...row, components: row.components.map(builtComponent) } as any);
  } catch (error) {
    faults.push(`builders: ${(error as Error).message}`);
  }
  return faults;
}

function builtComponent(one: any) {
  if (one.type !== ComponentType.Button) {
    if (one.type === ComponentType.ChannelSelect) return new ChannelSelectMenuBuilder(one).toJSON();
    const select = new StringSelectMenuBuilder().setCustomId(one.custom_id).setOptions(one.options);
    if (one.placeholder) select.setPlaceholder(one.placeholder);
    return select.toJSON();
  }
  const button = new ButtonBuilder().setStyle(one.style);
  if (one.label) button.setLabel(one.label);
  if (one.emoji) button.setEmoji(one.emoji);
  if (one.url) button.setURL(one.url);
  if (one.custom_id) button.setCustomId(one.custom_id);
  return button.toJSON();
}

/** Faults of a modal. */
export function modalFaults(data: any): string[] {
  const faults: string[] = [];
  tooLong(faults, 'modal id', data.custom_id, max('customId'));
  tooLong(faults, 'modal title', data.title, max('modalTitle'));
  if (data.components.length === 0 || data.components.length > max('modalComponents'))
    faults.push('odd number of fields');
  const ids = inRows(data.components).map((one) => one.custom_id);
  if (new Set(ids).size !== ids.length) faults.push('two fields have one id');
  for (const field of data.components) {
    tooLong(faults, 'field label', field.label, max('labelLabel'));
    tooLong(faults, 'field description', field.description, max('labelDescription'));
    const { component } = field;
    tooLong(faults, 'placeholder', component.placeholder, max('textInputPlaceholder'), 0);
    tooLong(faults, 'value', component.value, component.max_length ?? max('textInputValue'), 0);
    if ((component.options?.length ?? 0) > max('selectOptions')) faults.push('too many options');
  }
  try {
    new ModalBuilder(data).toJSON();
    for (const field of data.components) new LabelBuilder(field).toJSON();
  } catch (error) {
    faults.push(`builders: ${(error as Error).message}`);
  }
  return faults;
}
// biome-ignore-end lint/suspicious/noExplicitAny: payloads as they went over the line
