/** How each kind of entry is kept: what may be lost, and how many there may be. */

export interface Kind {
  /** May be lost when the machine loses power: written without waiting for the disk, and left out of snapshots. */
  readonly passing: boolean;
  /** Most entries; beyond it those that expire first give way (passing) or new ones are refused (kept). */
  readonly most: number;
}

const passing = (most: number): Kind => ({ passing: true, most });
const kept = (most: number): Kind => ({ passing: false, most });

/** By the part of a key before its first colon. */
const KINDS: Readonly<Record<string, Kind>> = {
  seen: passing(200_000),
  lease: passing(10_000),
  bucket: passing(500_000),
  question: passing(100_000),
  lookup: passing(50_000),
  discord: passing(100_000),
  locale: passing(200_000),
  night: passing(20_000),
  asked: passing(500_000),
  'discord-server': kept(200_000),
  'slack-origin': passing(20_000),
  'slack-user': passing(50_000),
  'slack-told': passing(100_000),
  'slack-picture': passing(20_000),
  vote: kept(1_000_000),
  ballot: kept(1_000_000),
  films: kept(200_000),
  hidden: kept(200_000),
  taste: kept(200_000),
  listening: kept(200_000),
  community: kept(200_000),
  ritual: kept(100_000),
  country: kept(200_000),
  channel: kept(200_000),
  'slack-channel': kept(200_000),
  'slack-install': kept(20_000),
  'slack-voter': kept(200_000),
  'slack-managers': kept(20_000),
  'slack-left': kept(20_000),
};

/** What nobody named is kept. */
const OTHER = kept(100_000);

export const kindOf = (key: string): string => key.split(':', 1)[0]!;

/** How the kind of this key is kept. */
export function ruleOf(key: string): Kind {
  const kind = kindOf(key);
  return Object.hasOwn(KINDS, kind) ? KINDS[kind]! : OTHER;
}

/** Quotas by kind, for the side that keeps to them. */
export const quotas = (): Readonly<Record<string, number>> =>
  Object.fromEntries(Object.entries(KINDS).map(([kind, { most }]) => [kind, most]));
