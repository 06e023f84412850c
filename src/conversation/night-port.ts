/** When and where a film night is to be. */
export interface NightEvent {
  readonly name: string;
  readonly description: string;
  readonly starts: Date;
  readonly ends: Date;
  readonly where: string;
}

/** A sentence on why something can't be done here. */
export interface Refused {
  readonly refused: string;
}

/** What the place of a film night offers besides buttons: a poll of its own, and its calendar. */
export interface NightPort {
  /** What is suggested as the place of an event. */
  readonly where: string;
  /** Posts a poll as a message of its own. @returns how it is found again */
  poll(question: string, answers: readonly string[]): Promise<{ readonly place: string } | Refused>;
  /** Ends a poll. @returns the votes for each answer, in their order; null where it is gone */
  endPoll(place: string): Promise<readonly number[] | null>;
  /** Puts an event into the calendar. @returns its id, and its address for all */
  plan(event: NightEvent): Promise<{ readonly id: string; readonly url: string } | Refused>;
  /** Takes it out again. */
  unplan(id: string): Promise<void>;
}
