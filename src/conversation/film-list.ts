/** A person's films as answers: marking one, the list of saved ones, import and export. */
import type { Film } from '../engine/types.ts';
import { wordsFor } from '../i18n/index.ts';
import type { Answer, Control, NoticeAnswer } from './answer.ts';
import { filmName } from './cards.ts';
import type { AnswerContext } from './context.ts';
import { type Mark, marksOf, setMarks } from './film-marks.ts';
import { filmOf, readLetterboxd, writeList } from './letterboxd.ts';
import { notice, sorry } from './notices.ts';
import { recall } from './questions.ts';
import { type ActionPayload, encodeToken, type ListStep, type MarkAction, type PageState } from './tokens.ts';
import { countMark } from './votes.ts';

const MARKS = ['saved', 'seen', 'not-for-me'] as const satisfies readonly Mark[];
const ON_PAGE = 5;
/** Titles named of an import that the catalogue does not know. */
const MOST_NAMED = 5;

const TEXTS = {
  saved: { label: 'list.save', emoji: '🔖', done: 'list.saved' },
  seen: { label: 'list.seen', emoji: '👀', done: 'list.wasSeen' },
  'not-for-me': { label: 'list.notForMe', emoji: '🚫', done: 'list.wasNotForMe' },
} as const;

const today = () => new Date().toISOString().slice(0, 10);
const actionOf = (mark: Mark | null): MarkAction => (mark === null ? 'unmark' : `mark-${mark}`);
const markOf = (action: MarkAction): Mark | null =>
  action === 'unmark' ? null : (action.slice('mark-'.length) as Mark);

/** Saved, seen, not for me: a pressed one takes itself back. */
export async function markControls(film: Film, page: PageState, context: AnswerContext): Promise<Control[]> {
  const { t } = wordsFor(context.locale);
  const now = (await marksOf(context)).find((marked) => marked.film === film.id)?.mark ?? null;
  return MARKS.map((mark) => ({
    action: 'mark',
    label: t(TEXTS[mark].label),
    emoji: TEXTS[mark].emoji,
    pressed: now === mark,
    token: encodeToken({ action: actionOf(now === mark ? null : mark), ...page, film: film.id }),
  }));
}

/** Where a button of the list starts from. */
const fromList = (film: number, page: number): PageState => ({
  ref: { kind: 'film', film, filters: {} },
  // The list may be longer than tokens count; its end is shown then.
  page: Math.min(page, 98),
  mainstream: 'balanced',
});

/** Marks a film, or takes its mark away, and offers to undo that. */
export async function markFilm(
  {
    action,
    film: id,
    ref,
    page,
    mainstream,
  }: PageState & { readonly action: MarkAction; readonly film: number },
  context: AnswerContext,
): Promise<Answer> {
  const words = wordsFor(context.locale);
  if (context.user === null) return sorry(context, 'list.nobody');
  const film = context.engine().film(id);
  const mark = markOf(action);
  // What has left the catalogue can still be taken off.
  if (mark !== null && (!film || film.unfit)) return sorry(context, 'sorry.filmGone');
  const asked = ref.kind === 'film' ? null : await recall(ref, context);
  const { before, full } = await setMarks(context.user, [{ film: id, mark, day: today() }], context.state);
  if (full) return sorry(context, 'list.full');
  if (asked) await countMark(asked, id, mark, context);
  const name = film ? filmName(film, words) : String(id);
  const said = words.t(mark === null ? 'list.unmarked' : TEXTS[mark].done, { film: name });
  const undo: Control = {
    action: 'choose',
    label: words.t('list.undo'),
    token: encodeToken({ action: actionOf(before[0] ?? null), ref, page, mainstream, film: id }),
  };
  const controls = before[0] === mark ? [] : [undo];
  if (ref.kind === 'film') return showList(page, context, [said], controls);
  return { ...notice(context, 'info', words.t('list.noted'), [said], controls), private: true };
}

/** Shows a page of the saved films, gives them as a file, or takes a file. */
export async function listStep(
  { step, page }: Pick<Extract<ActionPayload, { action: 'list' }>, 'step' | 'page'>,
  context: AnswerContext,
  { csv = '' }: Readonly<Record<string, unknown>> = {},
): Promise<Answer> {
  if (step === 'import-seen' || step === 'import-saved') {
    return importFilms(String(csv), step === 'import-seen' ? 'seen' : 'saved', context);
  }
  if (context.user === null) return nobodysList(context);
  const list = await showList(page, context);
  if (step === 'show') return list;
  const films = (await savedFilms(context)).map(({ film, day }) => ({ film, day }));
  if (films.length === 0) return list;
  return {
    ...list,
    attachment: { name: 'music2movie-list.csv', mediaType: 'text/csv', text: writeList(films) },
  };
}

const toList = (
  step: ListStep,
  page: number,
  label: string,
  action: Control['action'] = 'choose',
): Control => ({
  action,
  label,
  token: encodeToken({ action: 'list', step, page }),
});

function uploadsOf(context: AnswerContext): Control[] {
  const { t } = wordsFor(context.locale);
  return [toList('import-seen', 0, t('list.importSeen')), toList('import-saved', 0, t('list.importSaved'))];
}

/** The list of somebody who has no name here yet. */
function nobodysList(context: AnswerContext): NoticeAnswer {
  const { t } = wordsFor(context.locale);
  const lines = [t('list.empty'), t('list.letterboxd')];
  return { ...notice(context, 'info', t('list.title'), lines), private: true, uploads: uploadsOf(context) };
}

/** Saved films that the catalogue holds, the latest first. */
async function savedFilms(context: AnswerContext): Promise<{ film: Film; day: string }[]> {
  const engine = context.engine();
  return (await marksOf(context)).flatMap(({ film: id, mark, day }) => {
    const film = mark === 'saved' ? engine.film(id) : null;
    return film ? [{ film, day }] : [];
  });
}

async function showList(
  wanted: number,
  context: AnswerContext,
  said: readonly string[] = [],
  undo: readonly Control[] = [],
): Promise<NoticeAnswer> {
  const words = wordsFor(context.locale);
  const { t } = words;
  const marks = await marksOf(context);
  const saved = await savedFilms(context);
  const last = Math.max(0, Math.ceil(saved.length / ON_PAGE) - 1);
  const page = Math.min(wanted, last);
  const shown = saved.slice(page * ON_PAGE, (page + 1) * ON_PAGE);
  const kept = marks.filter(({ mark }) => mark !== 'saved').length;
  const lines = [
    ...said,
    ...(saved.length === 0 ? [t('list.empty')] : []),
    ...shown.map(({ film }, at) => `${page * ON_PAGE + at + 1}. ${filmName(film, words)}`),
    ...(kept > 0 ? [t('list.passedOver', { count: kept })] : []),
    ...(saved.length === 0 ? [t('list.letterboxd')] : []),
  ];
  const controls: Control[] = [
    ...undo,
    ...shown.map(({ film }) => ({
      action: 'choose' as const,
      label: `✕ ${filmName(film, words)}`,
      description: t('list.takeOff', { film: filmName(film, words) }),
      token: encodeToken({ action: 'unmark', ...fromList(film.id, page), film: film.id }),
    })),
    ...(page > 0 ? [toList('show', page - 1, t('list.previous'), 'previous')] : []),
    ...(page < last ? [toList('show', page + 1, t('list.next'), 'next')] : []),
    ...(saved.length > 0 ? [toList('export', page, t('list.export'))] : []),
  ];
  return {
    ...notice(context, 'info', t('list.title'), lines, controls),
    private: true,
    token: encodeToken({ action: 'list', step: 'show', page }),
    uploads: uploadsOf(context),
  };
}

/**
 * Takes a Letterboxd export. What is marked already stays as it is.
 *
 * @param text the file
 * @param as what its films are to the person
 */
export async function importFilms(
  text: string,
  as: 'saved' | 'seen',
  context: AnswerContext,
): Promise<Answer> {
  const { t, list } = wordsFor(context.locale);
  if (context.user === null) return sorry(context, 'list.nobody');
  const rows = readLetterboxd(text);
  if (!rows || rows.length === 0) return sorry(context, 'list.notCsv');
  const engine = context.engine();
  const marked = new Set((await marksOf(context)).map(({ film }) => film));
  const unknown: string[] = [];
  const found = new Map<number, string>();
  for (const row of rows) {
    const film = filmOf(row, engine);
    if (film && !film.unfit) found.set(film.id, row.day || today());
    else unknown.push(row.name);
  }
  const changes = [...found]
    .filter(([film]) => !marked.has(film))
    .map(([film, day]) => ({ film, mark: as, day }));
  const { full } = await setMarks(context.user, changes, context.state);
  const lines = [
    ...(changes.length > 0
      ? [t(as === 'saved' ? 'list.importedSaved' : 'list.importedSeen', { count: changes.length })]
      : []),
    ...(found.size > changes.length ? [t('list.importedKnown', { count: found.size - changes.length })] : []),
    ...(unknown.length > 0
      ? [t('list.importedUnknown', { count: unknown.length, films: list(unknown.slice(0, MOST_NAMED)) })]
      : []),
    ...(full ? [t('list.full')] : []),
  ];
  return showList(0, context, lines);
}
