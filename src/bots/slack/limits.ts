/**
 * Every limit of Slack that the bot must keep, with where it is written. Lengths are counted in UTF-16 units
 * of the text as it is sent, entities included: never less than what Slack counts.
 */
const DOCS = 'docs.slack.dev/reference';
const BLOCKS = `${DOCS}/block-kit/blocks`;
const ELEMENTS = `${DOCS}/block-kit/block-elements`;
const OBJECTS = `${DOCS}/block-kit/composition-objects`;

const limit = <const N extends number>(value: N, source: string) => ({ value, source });

export const LIMITS = {
  messageBlocks: limit(50, BLOCKS),
  viewBlocks: limit(100, BLOCKS),
  /** Slack cuts at 40,000 and advises 4,000. */
  messageText: limit(4000, `${DOCS}/methods/chat.postMessage#truncating`),
  blockId: limit(255, BLOCKS),
  actionId: limit(255, `${ELEMENTS}/button-element`),
  sectionText: limit(3000, `${BLOCKS}/section-block`),
  sectionFields: limit(10, `${BLOCKS}/section-block`),
  sectionFieldText: limit(2000, `${BLOCKS}/section-block`),
  headerText: limit(150, `${BLOCKS}/header-block`),
  contextElements: limit(10, `${BLOCKS}/context-block`),
  /** Of a text object anywhere that names no lower limit. */
  textObject: limit(3000, `${OBJECTS}/text-object`),
  actionsElements: limit(25, `${BLOCKS}/actions-block`),
  buttonText: limit(75, `${ELEMENTS}/button-element`),
  buttonValue: limit(2000, `${ELEMENTS}/button-element`),
  buttonUrl: limit(3000, `${ELEMENTS}/button-element`),
  accessibilityLabel: limit(75, `${ELEMENTS}/button-element`),
  imageUrl: limit(3000, `${BLOCKS}/image-block`),
  altText: limit(2000, `${BLOCKS}/image-block`),
  imageTitle: limit(2000, `${BLOCKS}/image-block`),
  inputLabel: limit(2000, `${BLOCKS}/input-block`),
  inputHint: limit(2000, `${BLOCKS}/input-block`),
  inputInitial: limit(3000, `${ELEMENTS}/plain-text-input-element`),
  placeholder: limit(150, `${ELEMENTS}/plain-text-input-element`),
  options: limit(100, `${ELEMENTS}/select-menu-element`),
  optionText: limit(75, `${OBJECTS}/option-object`),
  /** 150 in the documents, 75 in @slack/types 3.2.0: the lower one is kept. */
  optionValue: limit(75, `${OBJECTS}/option-object`),
  cardTitle: limit(150, `${BLOCKS}/card-block`),
  cardSubtitle: limit(150, `${BLOCKS}/card-block`),
  cardBody: limit(200, `${BLOCKS}/card-block`),
  carouselCards: limit(10, `${BLOCKS}/carousel-block`),
  viewTitle: limit(24, `${DOCS}/views/modal-views`),
  viewButton: limit(24, `${DOCS}/views/modal-views`),
  viewCallbackId: limit(255, `${DOCS}/views/modal-views`),
  viewMetadata: limit(3000, `${DOCS}/views/modal-views`),
} as const;

/** The limit's number. */
export const max = (name: keyof typeof LIMITS): number => LIMITS[name].value;

/** Milliseconds that a request stays valid after it was signed (…/authentication/verifying-requests-from-slack). */
export const SIGNATURE_WINDOW_MS = 5 * 60_000;

/** Milliseconds that a `response_url` works, for at most five messages (…/interactivity/handling-user-interaction). */
export const RESPONSE_URL_MS = 30 * 60_000;
