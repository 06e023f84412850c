/** What an answer needs to know of who asks and where. */
import type { MatchEngine } from '../engine/types.ts';
import type { Listen } from '../lookup/listenbrainz/client.ts';
import type { Listening } from '../lookup/listenbrainz/listening.ts';
import type { Resolver } from '../lookup/resolve/resolver.ts';
import type { Watching } from '../lookup/tmdb/watching.ts';
import type { StateStore } from '../state/store.ts';
import type { NightPort } from './night-port.ts';
import type { RitualPort } from './ritual-port.ts';

export type { Resolver };

/** Where the question was asked. */
export interface Audience {
  /** Only the asker sees the answer. */
  readonly private: boolean;
  /** The place is marked as for adults (a Discord channel's flag): unfit films may be asked for. */
  readonly ageRestricted: boolean;
}

export interface AnswerContext {
  /** The catalogue in use now; called for every answer, so that a newer one can be swapped in. */
  readonly engine: () => MatchEngine;
  readonly resolver: Resolver;
  readonly state: StateStore;
  /** BCP 47 tag such as `en-GB`; unknown languages fall back to English. */
  readonly locale: string;
  readonly audience: Audience;
  /** Who asks: `<platform>:<id>`, only ever stored as a keyed hash; null where nobody is known. */
  readonly user: string | null;
  /** How whoever asks is called where others see them; absent where nobody tells. */
  readonly name?: string | null;
  /** Whether whoever asks manages the community; absent where nobody does. */
  readonly manages?: () => boolean | Promise<boolean>;
  /** The question came by an address that may be opened again and again: nothing is begun by it. */
  readonly readOnly?: boolean;
  /**
   * Names the press or the question, the same when the platform or a browser brings it again: a film night is changed by
   * it once. Absent where nothing names it.
   */
  readonly delivery?: string | null;
  /**
   * Whose votes move the answer: a Discord server or a Slack workspace as `<platform>:<id>`, only ever stored as a keyed
   * hash. Absent where nobody's do.
   */
  readonly community?: string | null;
  /** The channel, for what comes there by itself; absent where there is none. */
  readonly rituals?: RitualPort;
  /** What the place offers a film night besides buttons; absent where it offers nothing. */
  readonly nights?: NightPort;
  /** Root of TMDB's image host without a trailing slash, or null to draw every poster (offline). */
  readonly imageHost: string | null;
  /** Asked for trailers and for who has a film; absent or null where no key for TMDB is set. */
  readonly watching?: Watching | null;
  /** What whoever asks plays now, where their place says so. */
  readonly playing?: Listen;
  /** Asked what people play; absent or null where nothing may be asked. */
  readonly listening?: Listening | null;
  /** How options are given where the question was asked: typed behind the song, or in fields of the command. */
  readonly options?: 'typed' | 'fields';
  /** How the details of a film are opened where the answer stands: by its number, or from a list. */
  readonly details?: 'numbers' | 'list';
  /** Told of failures that the person sees only as a sentence. */
  readonly report?: (error: unknown) => void;
  /** Told of every answer given: what it was (`recommendations`, `sorry`, `failed` …) and how long it took. */
  readonly observe?: (outcome: string, seconds: number) => void;
}

/** The same, answered for the asker alone. */
export const privately = <C extends AnswerContext>(context: C): C => ({
  ...context,
  audience: { ...context.audience, private: true },
});

/** The part of a context that is the same for everybody. */
export type SharedContext = Omit<
  AnswerContext,
  | 'locale'
  | 'audience'
  | 'user'
  | 'name'
  | 'manages'
  | 'readOnly'
  | 'delivery'
  | 'community'
  | 'rituals'
  | 'playing'
  | 'nights'
  | 'options'
  | 'details'
>;
