/**
 * Every limit of Discord that the bot must keep, with where it is written. Lengths are in UTF-16 units, which
 * is what discord.js's builders count; texts are cut between graphemes (`cut` of bots/common/text.ts).
 */
const MESSAGE = 'discord.com/developers/docs/resources/message';
const COMPONENTS = 'discord.com/developers/docs/components/reference';
const COMMANDS = 'discord.com/developers/docs/interactions/application-commands';
const INTERACTIONS = 'discord.com/developers/docs/interactions/receiving-and-responding';

const limit = <const N extends number>(value: N, source: string) => ({ value, source });

export const LIMITS = {
  content: limit(2000, `${MESSAGE}#create-message`),
  embeds: limit(10, `${MESSAGE}#create-message`),
  embedTitle: limit(256, `${MESSAGE}#embed-object-embed-limits`),
  embedDescription: limit(4096, `${MESSAGE}#embed-object-embed-limits`),
  embedFields: limit(25, `${MESSAGE}#embed-object-embed-limits`),
  embedFieldName: limit(256, `${MESSAGE}#embed-object-embed-limits`),
  embedFieldValue: limit(1024, `${MESSAGE}#embed-object-embed-limits`),
  embedFooter: limit(2048, `${MESSAGE}#embed-object-embed-limits`),
  /** Titles, descriptions, field names and values, footers and authors of all embeds of a message. */
  embedsTotal: limit(6000, `${MESSAGE}#embed-object-embed-limits`),
  attachments: limit(10, `${MESSAGE}#create-message`),
  attachmentDescription: limit(1024, `${MESSAGE}#attachment-object`),
  /** Components of a message of the second version, nested ones too. */
  cardComponents: limit(40, `${COMPONENTS}#component-object`),
  /** Texts of a message of the second version together. */
  cardsText: limit(4000, `${COMPONENTS}#text-display`),
  actionRows: limit(5, `${COMPONENTS}#legacy-message-component-behavior`),
  buttonsInRow: limit(5, `${COMPONENTS}#action-row`),
  buttonLabel: limit(80, `${COMPONENTS}#button-button-structure`),
  /** Also unique within the message. */
  customId: limit(100, `${COMPONENTS}#custom-id`),
  buttonUrl: limit(512, `${COMPONENTS}#button-button-structure`),
  selectOptions: limit(25, `${COMPONENTS}#string-select`),
  selectPlaceholder: limit(150, `${COMPONENTS}#string-select`),
  selectOptionLabel: limit(100, `${COMPONENTS}#string-select-select-option-structure`),
  selectOptionValue: limit(100, `${COMPONENTS}#string-select-select-option-structure`),
  selectOptionDescription: limit(100, `${COMPONENTS}#string-select-select-option-structure`),
  modalTitle: limit(45, `${INTERACTIONS}#interaction-response-object-modal`),
  modalComponents: limit(5, `${INTERACTIONS}#interaction-response-object-modal`),
  labelLabel: limit(45, `${COMPONENTS}#label`),
  labelDescription: limit(100, `${COMPONENTS}#label`),
  textInputPlaceholder: limit(100, `${COMPONENTS}#text-input`),
  textInputValue: limit(4000, `${COMPONENTS}#text-input`),
  commandName: limit(32, `${COMMANDS}#application-command-object`),
  commandDescription: limit(100, `${COMMANDS}#application-command-object`),
  commandOptions: limit(25, `${COMMANDS}#application-command-object`),
  commandChoices: limit(25, `${COMMANDS}#application-command-object`),
  optionMaxLength: limit(6000, `${COMMANDS}#application-command-object`),
  choiceName: limit(100, `${COMMANDS}#application-command-object`),
  choiceValue: limit(100, `${COMMANDS}#application-command-object`),
} as const;

/** The limit's number. */
export const max = (name: keyof typeof LIMITS): number => LIMITS[name].value;

/**
 * Milliseconds after which a slow answer is announced. Discord waits 3,000 for the first response
 * (INTERACTIONS above); stopping before half of that leaves the rest for the network.
 */
export const DEFER_AFTER_MS = 1200;
