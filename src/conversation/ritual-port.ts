import type { MessageKey } from '../i18n/index.ts';

/** The channel where somebody asks, for what comes there by itself. */
export interface RitualPort {
  /** `<platform>:<community>:<channel>` */
  readonly place: string;
  /** Whether the asker may change what happens there. */
  readonly manager: () => boolean | Promise<boolean>;
  /** Says who may. */
  readonly managers: MessageKey;
  /** Tells the channel of a change. @returns a sentence on why nothing can be posted there, or null */
  tell(lines: readonly string[]): Promise<string | null>;
}
