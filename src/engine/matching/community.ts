/**
 * What the votes of a community add to the score of a film: a shrunken mean of its members' votes on this song and on
 * songs like it. Its prior is the feel space; a pure function, so that it can be replayed.
 */

/** One person's vote on one film for one song. */
export interface CommunityVote {
  /** Names the voter within the community. */
  readonly voter: string;
  /** Track ids joined by `+`, or `mood:` and feelings. */
  readonly song: string;
  /** TMDB id. */
  readonly film: number;
  readonly fits: boolean;
  /** How much of a vote it is, 0…1; 1 where absent. A mark says less than a vote. */
  readonly weight?: number;
  /** ISO day on which it was cast last. */
  readonly day: string;
}

export interface CommunitySettings {
  /** Most that votes can add or take; see `Model.lift`. Above 0. */
  readonly strength: number;
  /** Votes that the feel space counts for: half of `strength` is reached when as many voters agree. Above 0. */
  readonly prior: number;
  /** Cosine of two songs in the shared space from which votes on one begin to count for the other, −1…1. */
  readonly alike: number;
  /** Days between somebody's first and last vote here before theirs count, so that a crowd of new accounts moves nothing. */
  readonly standingDays: number;
  /** Agreement from which votes count in full; see {@link agreement}. Above 0. */
  readonly agreed: number;
}

/** Chosen by `music2movie evaluate --votes`; see docs/MATCHING.md. */
export const COMMUNITY_DEFAULTS: CommunitySettings = {
  strength: 2,
  prior: 3,
  alike: 0.4,
  standingDays: 7,
  agreed: 0.3,
};

const DAY_MS = 24 * 3600_000;

/** The votes of those who have voted here on days far enough apart. */
export function standingVotes(
  votes: readonly CommunityVote[],
  { standingDays }: Pick<CommunitySettings, 'standingDays'> = COMMUNITY_DEFAULTS,
): CommunityVote[] {
  const spans = new Map<string, { first: number; last: number }>();
  for (const { voter, day } of votes) {
    const at = Date.parse(day);
    const span = spans.get(voter);
    spans.set(voter, {
      first: Math.min(span?.first ?? at, at),
      last: Math.max(span?.last ?? at, at),
    });
  }
  return votes.filter(({ voter }) => {
    const { first, last } = spans.get(voter)!;
    return last - first >= standingDays * DAY_MS;
  });
}

/** How much a vote on a song counts for another one: 0 up to `alike`, 1 for the same. */
export function likeness(cosine: number, alike: number): number {
  return Math.max(0, Math.min(1, (cosine - alike) / (1 - alike)));
}

/** Pairs of voters that chance counts for, so that few votes prove little. */
const PRIOR_PAIRS = 10;
/** Votes that are nearly all up, or all down, agree for that reason; this much of it is taken for chance at most. */
const MOST_CHANCE = 0.75 ** 2 + 0.25 ** 2;

/**
 * How far two members who vote on the same film say the same, beyond chance: 0 for tossed coins, to 1. Cohen's κ over
 * pairs of voters, shrunken towards 0.
 */
export function agreement(votes: readonly CommunityVote[]): number {
  const films = new Map<number, Map<string, number>>();
  for (const { voter, film, fits, weight = 1 } of votes) {
    const voices = films.get(film) ?? new Map<string, number>();
    films.set(film, voices.set(voter, (voices.get(voter) ?? 0) + (fits ? weight : -weight)));
  }
  let [pairs, agreeing, up, all] = [0, 0, 0, 0];
  for (const voices of films.values()) {
    const said = [...voices.values()].filter((sum) => sum !== 0);
    const ups = said.filter((sum) => sum > 0).length;
    const downs = said.length - ups;
    pairs += (said.length * (said.length - 1)) / 2;
    agreeing += (ups * (ups - 1) + downs * (downs - 1)) / 2;
    up += ups;
    all += said.length;
  }
  if (pairs === 0) return 0;
  const share = up / all;
  const chance = Math.min(MOST_CHANCE, share ** 2 + (1 - share) ** 2);
  const kappa = (agreeing / pairs - chance) / (1 - chance);
  return Math.max(0, kappa) * (pairs / (pairs + PRIOR_PAIRS));
}

/** The sum of one person's votes on a film, none of them worth more than one vote. */
interface Voice {
  signed: number;
  weight: number;
}

/**
 * What to add to each film's lift, within ±`strength`; films without
 * effect are absent. A community whose members contradict each other moves less, one that tosses coins nothing. Each voter has one voice for a film, however many songs they voted on. The voice that moves a film
 * most is left out, so that nobody moves anything alone.
 *
 * @param votes of voters whose votes count (`standingVotes`), at most one for each voter, song and film
 * @param weightOf how much a vote on that song counts here, 0…1
 */
export function communityShift(
  votes: readonly CommunityVote[],
  weightOf: (song: string) => number,
  { strength, prior, agreed }: CommunitySettings = COMMUNITY_DEFAULTS,
): Map<number, number> {
  const trust = Math.min(1, agreement(votes) / agreed);
  if (trust === 0) return new Map();
  const films = new Map<number, Map<string, Voice>>();
  for (const { voter, song, film, fits, weight: share = 1 } of votes) {
    const weight = weightOf(song) * share;
    if (weight <= 0) continue;
    const voices = films.get(film) ?? new Map<string, Voice>();
    films.set(film, voices);
    const voice = voices.get(voter) ?? { signed: 0, weight: 0 };
    voice.signed += fits ? weight : -weight;
    voice.weight += weight;
    voices.set(voter, voice);
  }
  const shifts = new Map<number, number>();
  for (const [film, voices] of films) {
    const shift = strength * trust * shrunkenMean([...voices.values()], prior);
    if (shift !== 0) shifts.set(film, shift);
  }
  return shifts;
}

function shrunkenMean(voices: readonly Voice[], prior: number): number {
  const single = voices.map(({ signed, weight }) => ({
    signed: signed / Math.max(1, weight),
    weight: Math.min(1, weight),
  }));
  const sum = single.reduce((all, { signed }) => all + signed, 0);
  if (sum === 0) return 0;
  const strongest = single.reduce((a, b) => (b.signed * sum > a.signed * sum ? b : a));
  const rest = sum - strongest.signed;
  if (rest * sum <= 0) return 0;
  const weight = single.reduce((all, voice) => all + voice.weight, 0) - strongest.weight;
  return rest / (weight + prior);
}
