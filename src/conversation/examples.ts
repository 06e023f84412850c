/** Songs to start with, for whoever has none in mind or named one that nobody knows. */
import type { MatchEngine, Song } from '../engine/types.ts';
import { wordsFor } from '../i18n/index.ts';
import type { NoticeAnswer } from './answer.ts';
import type { AnswerContext } from './context.ts';
import { alternativeControls } from './recommendation.ts';

/** The first three that the catalogue holds: each of another mood. */
const EXAMPLES = [
  'Running Up That Hill Kate Bush',
  'Lose Yourself Eminem',
  'Clair de Lune Claude Debussy',
  'Blue Monday New Order',
  'Enter Sandman Metallica',
  'Hold On Chord Overstreet',
  'Get Lucky Daft Punk',
  'Bohemian Rhapsody Queen',
  'Billie Jean Michael Jackson',
  'Creep Radiohead',
];
const COUNT = 3;
/** A song that a search supports less is another one. */
const LEAST_QUALITY = 0.5;

/** Worked out once for every catalogue. */
const known = new WeakMap<MatchEngine, readonly Song[]>();

/** Three songs of the catalogue, fewer in a tiny one. */
export function exampleSongs(engine: MatchEngine): readonly Song[] {
  const ready = known.get(engine);
  if (ready) return ready;
  const songs: Song[] = [];
  for (const text of EXAMPLES) {
    const [found] = engine.findSongs(text, 1);
    if (found && found.quality > LEAST_QUALITY) songs.push(found.song);
    if (songs.length === COUNT) break;
  }
  known.set(engine, songs);
  return songs;
}

/** The same notice with songs to go on with, so that it never is the end. */
export async function withExamples(notice: NoticeAnswer, context: AnswerContext): Promise<NoticeAnswer> {
  const songs = exampleSongs(context.engine());
  if (songs.length === 0) return notice;
  const { t } = wordsFor(context.locale);
  const controls = await alternativeControls({ filters: {}, mainstream: 'balanced' }, songs, context);
  return {
    ...notice,
    lines: [...notice.lines, t('page.examples')],
    controls: [...notice.controls, ...controls],
  };
}
