/** Where an answer is drawn. */

export interface View {
  readonly locale: string;
  /** `alone`: only the asker sees it; `all`: it stands in a conversation; `modal`: in a window of its own. */
  readonly seenBy: 'alone' | 'all' | 'modal';
  /** Slack user id of whoever asked: their presses change the message, others' get an answer of their own. */
  readonly owner: string | null;
  readonly layout: Layout;
}

/** `carousel` needs a Slack that knows `card` blocks. */
export const LAYOUTS = ['list', 'carousel'] as const;
export type Layout = (typeof LAYOUTS)[number];

const OWNED = 'of:';

/** The `block_id` that remembers whose answer a message is: set by us, returned by Slack with each press. */
export function ownerBlockId(view: View): string | undefined {
  return view.seenBy === 'all' && view.owner ? `${OWNED}${view.owner}` : undefined;
}

/** Whose answer the message with these blocks is; null where nobody in particular asked. */
export function ownerOf(blocks: readonly { block_id?: string | undefined }[] | undefined): string | null {
  const id = blocks?.find((block) => block.block_id?.startsWith(OWNED))?.block_id;
  return id ? id.slice(OWNED.length) : null;
}
