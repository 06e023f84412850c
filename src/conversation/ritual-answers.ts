/** What rituals say: a song of the day, and what the week's songs of a community felt like. */
import type { MatchEngine, Song } from '../engine/types.ts';
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
/** Popularity, 0…100, from which most people know a song. */
const FAMOUS = 70;
/** Songs that a week must have for a recap. */
const LEAST_SONGS = 3;
/** Feelings that a recap names. */
const MOST_FEELINGS = 3;

/** A number that a text alone decides. */
const numberOf = (text: string) => Buffer.from(hashOf(text), 'base64url').readUInt32BE();

/** Whether the song's own feel was judged by hand: for these the films fit best. */
const isDescribed = (song: Song, engine: MatchEngine) => engine.songProfile(song).basis === 'described';

/**
 * The song for a day: of another feeling each day, one that most people know and whose feel was judged by hand, and none
 * that came lately; where there is none such, the next best.
 *
 * @param lately ids of the songs of the last days
 */
export async function songOfDay(
  engine: MatchEngine,
  place: string,
  date: string,
  lately: readonly string[],
): Promise<Song | null> {
  await engine.prepare();
  const { terms } = engine.feelings;
  const first = numberOf(`${place} ${date} feeling`);
  const fresh = ({ id }: Song) => !lately.includes(id);
  const famous = (song: Song) => fresh(song) && (song.popularity ?? 0) >= FAMOUS;
  for (const wanted of [famous, fresh, () => true]) {
    for (let at = 0; at < terms.length; at += 1) {
      const feel = [terms[(first + at) % terms.length]!];
      const accepts = (song: Song) => song.explicit !== true && wanted(song);
      const { matches } = engine.songsFor({ feel }, { limit: CHOICE, mainstream: 1, accepts });
      const described = matches.filter(({ song }) => isDescribed(song, engine));
      if (wanted === famous && described.length === 0) continue;
      const choice = described.length > 0 ? described : matches;
      if (choice.length > 0) return choice[numberOf(`${place} ${date} song`) % choice.length]!.song;
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
