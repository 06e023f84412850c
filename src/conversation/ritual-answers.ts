/** What rituals say: a song of the day, and what the week's songs of a community felt like. */
import type { Song } from '../engine/types.ts';
import { wordsFor } from '../i18n/index.ts';
import { hashOf } from '../shared/hash.ts';
import { clean } from '../shared/text.ts';
import type { RecommendationsAnswer } from './answer.ts';
import type { AnswerContext } from './context.ts';
import { seedOf } from './questions.ts';
import { recommend } from './recommendation.ts';
import { LEAST_PEOPLE, meanProfile, weekIn } from './statistics.ts';

/** Songs of one feeling from which the day takes one: the best known. */
const CHOICE = 50;
/** Songs that a week must have for a recap. */
const LEAST_SONGS = 3;
/** Feelings that a recap names. */
const MOST_FEELINGS = 3;

/** A number that a text alone decides. */
const numberOf = (text: string) => Buffer.from(hashOf(text), 'base64url').readUInt32BE();

/** The song for a day: of another feeling each day, well known, and none that came lately unless all did. */
export function songOfDay(
  { engine }: Pick<AnswerContext, 'engine'>,
  place: string,
  date: string,
  lately: readonly string[],
): Song | null {
  const { terms } = engine().feelings;
  const first = numberOf(`${place} ${date} feeling`);
  for (const passedOver of [lately, []]) {
    for (let at = 0; at < terms.length; at += 1) {
      const feel = [terms[(first + at) % terms.length]!];
      const accepts = ({ id, explicit }: Song) => explicit !== true && !passedOver.includes(id);
      const { matches } = engine().songsFor({ feel }, { limit: CHOICE, mainstream: 1, accepts });
      if (matches.length > 0) return matches[numberOf(`${place} ${date} song`) % matches.length]!.song;
    }
  }
  return null;
}

/** Five films for the song of the day; null where the catalogue has none for it. */
export async function dailyAnswer(song: Song, context: AnswerContext): Promise<RecommendationsAnswer | null> {
  const { t } = wordsFor(context.locale);
  const query = { seed: seedOf([song], context), filters: {}, mainstream: 'balanced', page: 0 } as const;
  const answer = await recommend(query, context, { notes: [t('ritual.dailyNote')] });
  return answer.kind === 'recommendations' && answer.films.length > 0 ? answer : null;
}

/** What the week's songs felt like, and five films for all of them; null where too few people asked to tell. */
export async function weeklyAnswer(context: AnswerContext): Promise<RecommendationsAnswer | null> {
  const words = wordsFor(context.locale);
  const week = await weekIn(context);
  const engine = context.engine();
  const known = week.songs.flatMap(({ song, count }) => {
    const found = song === '' ? null : engine.song(song);
    return found ? [{ song: found, count }] : [];
  });
  if (week.people < LEAST_PEOPLE || known.length < LEAST_SONGS) return null;
  const felt = meanProfile(
    known.map(({ song, count }) => ({ profile: engine.songProfile(song), weight: count })),
  );
  const feelings = Object.entries(felt.terms)
    .filter(([term]) => words.hasName('feeling', term))
    .sort(([, a], [, b]) => b - a)
    .slice(0, MOST_FEELINGS)
    .map(([term]) => words.name('feeling', term));
  const [most] = week.songs.filter(({ count }) => count >= LEAST_PEOPLE);
  const seed = seedOf(
    known.map(({ song }) => song),
    context,
    { label: words.t('ritual.week') },
  );
  const answer = await recommend({ seed, filters: {}, mainstream: 'balanced', page: 0 }, context, {
    notes: [
      ...(feelings.length > 0 ? [words.t('ritual.felt', { feelings })] : []),
      ...(most ? [words.t('ritual.most', { song: clean(most.label, 120) })] : []),
      words.t('ritual.weeklyNote'),
    ],
  });
  return answer.kind === 'recommendations' && answer.films.length > 0 ? answer : null;
}
