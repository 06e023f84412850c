/** The main answer: the song as understood and five films. */
import type { Filters, MoviesAnswer, Song, SongUse } from '../engine/types.ts';
import { type MessageKey, type Words, wordsFor } from '../i18n/index.ts';
import { clean } from '../shared/text.ts';
import type { Answer, Control, FilterChip, Form, SongCard, UseNote } from './answer.ts';
import { communityVotes } from './ballots.ts';
import { basisText, filmCard, filmName, motifsOf, songCard, songName } from './cards.ts';
import type { AnswerContext } from './context.ts';
import { passedOver } from './film-marks.ts';
import { FILTER_OPTIONS, filterTexts } from './filters/index.ts';
import { moodLabel } from './moods.ts';
import { notice, sorry } from './notices.ts';
import { engineSeed, MAINSTREAM_LEVELS, MAX_PAGE, PAGE_SIZE, pageOf, type Query } from './query.ts';
import { refOf, seedOf } from './questions.ts';
import { sayOneEach } from './reasons.ts';
import { leaning } from './taste.ts';
import { songTitle } from './titles.ts';
import { encodeToken, type PageState, type QueryRef } from './tokens.ts';

/** The songs behind a query, or null when the catalogue no longer has one. */
export function songsOf(query: Pick<Query, 'seed'>, context: AnswerContext): readonly Song[] | null {
  if (query.seed.kind === 'songs') return query.seed.songs;
  if (query.seed.kind === 'mood') return [];
  const song = context.engine().song(query.seed.id);
  return song ? [song] : null;
}

/** How the songs are called in headings. */
export function seedLabel(query: Pick<Query, 'seed'>, songs: readonly Song[], words: Words): string {
  if (query.seed.kind === 'mood') return moodLabel(query.seed.feel, words);
  if (query.seed.kind === 'songs' && query.seed.label) return clean(query.seed.label, 120);
  return songs.length === 1 ? songTitle(songs[0]!) : clean(songs.map(songTitle).join(' + '), 120);
}

function headingOf(label: string, count: number, page: number, words: Words): string {
  if (count === 0) return words.t('answer.headingNone', { song: label });
  if (page > 0) {
    const from = page * PAGE_SIZE + 1;
    return words.t('answer.headingPage', { song: label, from, to: from + count - 1 });
  }
  if (count < PAGE_SIZE) return words.t('answer.headingFew', { song: label, count });
  return words.t('answer.heading', { song: label });
}

function controlsOf(pageState: PageState, more: boolean, filtered: boolean, words: Words): Control[] {
  const { t } = words;
  const { page } = pageState;
  const controls: Control[] = [];
  const show = (at: number) => encodeToken({ action: 'show', ...pageState, page: at });
  if (page > 0) controls.push({ action: 'previous', label: t('control.previous'), token: show(page - 1) });
  if (more && page < MAX_PAGE) {
    controls.push({ action: 'next', label: t('control.next'), token: show(page + 1) });
  }
  controls.push({
    action: 'filters',
    label: t('control.filters'),
    token: encodeToken({ action: 'filters', ...pageState }),
  });
  if (filtered) {
    const token = encodeToken({ action: 'drop-filter', ...pageState, field: 'all' });
    controls.push({ action: 'clear-filters', label: t('control.clearFilters'), token });
  }
  controls.push({
    action: 'share',
    label: t('control.share'),
    token: encodeToken({ action: 'share', ...pageState }),
  });
  return controls;
}

function mainstreamControls(pageState: PageState, words: Words): Control[] {
  return MAINSTREAM_LEVELS.map((level) => ({
    action: 'mainstream',
    label: words.t(`mainstream.${level}`),
    token: encodeToken({ action: 'show', ...pageState, page: 0, mainstream: level }),
    pressed: level === pageState.mainstream,
  }));
}

function chipsOf(filters: Filters, pageState: PageState, words: Words): FilterChip[] {
  return filterTexts(filters, words).map(({ name, shown, field }) => ({
    name,
    value: shown,
    remove: {
      action: 'clear-filters',
      label: '×',
      description: words.t('control.removeFilter', { name: `${name}: ${shown}` }),
      token: encodeToken({ action: 'drop-filter', ...pageState, field }),
    },
  }));
}

/** The form that narrows an answer, filled with what is in force. */
export function filterForm(filters: Filters, pageState: PageState, words: Words): Form {
  const typed = new Map<string, string>(filterTexts(filters, words).map((text) => [text.option, text.typed]));
  const { mainstream: _, ...options } = FILTER_OPTIONS;
  return {
    token: encodeToken({ action: 'set-filters', ...pageState, page: 0 }),
    submit: words.t('control.apply'),
    fields: Object.values(options).map((option) => ({ option, value: typed.get(option.name) ?? '' })),
  };
}

/** The song, or the blend as one. */
function cardOf(
  query: Query,
  songs: readonly Song[],
  label: string,
  basis: MoviesAnswer['basis'],
  context: AnswerContext,
  words: Words,
): SongCard {
  const { seed } = query;
  const note = seed.kind === 'songs' ? seed.note : undefined;
  const source = seed.kind === 'mood' ? words.t('mood.source') : note && words.t(note.key, note.params);
  if (songs.length === 1 && !(seed.kind === 'songs' && seed.label)) {
    const card = songCard(songs[0]!, basis, context, words);
    return source ? { ...card, source: `${source} ${basisText(basis, words)}` } : card;
  }
  return {
    id: null,
    title: label,
    artists: '',
    facts: [],
    source: source ?? words.t('song.sourceBlend', { count: songs.length }),
    url: null,
  };
}

/** Lift from which it is said that votes moved a film. */
const TELLING = 0.12;

const MOST_USES = 2;

const USE_KEYS: Readonly<Record<SongUse['kind'], MessageKey>> = {
  theme: 'use.theme',
  'needle drop': 'use.needleDrop',
  performed: 'use.performed',
  biography: 'use.biography',
  title: 'use.title',
};

/** A song that plays in a film; the others are about it. */
const isPlayed = ({ kind }: SongUse) => kind !== 'biography' && kind !== 'title';

/** The sentence for each use: one for all of them, where the song is heard in several films. */
export function useTexts(uses: readonly SongUse[], words: Words): string[] {
  const film = (use: SongUse) => filmName(use.film, words);
  const played = uses.filter(isPlayed);
  const several = words.t('use.several', { films: words.list(played.map(film)) });
  return uses.map((use) =>
    isPlayed(use) && played.length > 1 ? several : words.t(USE_KEYS[use.kind], { film: film(use) }),
  );
}

/** The films in which a song is known to stand, best known first. */
export function knownUses(song: Song, context: Pick<AnswerContext, 'engine'>): SongUse[] {
  return context.engine().usesOf(song).slice(0, MOST_USES);
}

function useNotes(song: Song, pageState: PageState, context: AnswerContext, words: Words): UseNote[] {
  const uses = knownUses(song, context);
  const labels = useTexts(uses, words);
  return uses.map(({ film }, at) => {
    const name = filmName(film, words);
    const token = encodeToken({ action: 'details', ...pageState, film: film.id });
    const description = words.t('use.details', { film: name });
    return { label: labels[at]!, details: { action: 'details', label: name, description, token } };
  });
}

/** Buttons that ask the same for another song. */
export async function alternativeControls(
  options: Pick<Query, 'filters' | 'mainstream'>,
  songs: readonly Song[],
  context: AnswerContext,
): Promise<Control[]> {
  return Promise.all(
    songs.map(async (song) => {
      const ref = await refOf({ seed: seedOf([song], context), filters: options.filters }, context);
      const token = encodeToken({ action: 'show', ref, page: 0, mainstream: options.mainstream });
      return { action: 'choose', label: songName(song), token } as const;
    }),
  );
}

/**
 * Answers a query with five films.
 *
 * @param extra notes to put before the answer's own, other songs that may have been meant, and where the
 *   query is kept already, so that paging does not store it again
 */
export async function recommend(
  query: Query,
  context: AnswerContext,
  extra: {
    readonly notes?: readonly string[];
    readonly alternatives?: readonly Song[];
    readonly ref?: QueryRef;
  } = {},
): Promise<Answer> {
  const words = wordsFor(context.locale);
  const songs = songsOf(query, context);
  if (!songs) return sorry(context, 'sorry.songGone');
  const { filters, mainstream, page } = query;
  const found = context.engine().moviesFor(engineSeed(query.seed), {
    ...pageOf(query),
    votes: await communityVotes(context),
    passOver: await passedOver(context),
    taste: await leaning(context),
  });
  const pageState: PageState = { ref: extra.ref ?? (await refOf(query, context)), page, mainstream };
  const label = seedLabel(query, songs, words);
  const filtered = filterTexts(filters, words).length > 0;
  const reasons = sayOneEach(
    found.matches.map((match) => match.reasons),
    words,
  );
  const motifs = motifsOf(
    found.matches.map(({ film }) => film),
    context,
  );
  const ownNotes =
    found.matches.length > 0 ? [] : [words.t(page > 0 ? 'answer.lastPage' : 'answer.noneLeft')];
  const moved = found.matches.some(({ shift = 0 }) => Math.abs(shift) >= TELLING);
  return {
    kind: 'recommendations',
    private: context.audience.private,
    heading: headingOf(label, found.matches.length, page, words),
    song: cardOf(query, songs, label, found.basis, context, words),
    uses: songs.length === 1 && page === 0 ? useNotes(songs[0]!, pageState, context, words) : [],
    alternatives: await alternativeControls(query, extra.alternatives ?? [], context),
    films: found.matches.map((match, at) =>
      filmCard(
        match,
        page * PAGE_SIZE + at + 1,
        encodeToken({ action: 'details', ...pageState, film: match.film.id }),
        reasons[at] ?? '',
        context,
        words,
        motifs[at],
      ),
    ),
    filters: chipsOf(filters, pageState, words),
    notes: [...(extra.notes ?? []), ...ownNotes, ...(moved ? [words.t('answer.moved')] : [])],
    controls: controlsOf(pageState, found.more, filtered, words),
    mainstream: mainstreamControls(pageState, words),
    form: filterForm(filters, pageState, words),
    token: encodeToken({ action: 'show', ...pageState }),
    attribution: words.t('answer.attribution'),
  };
}

/** A text to pass on: the song and its films in one line, and the token that opens the answer. */
export async function share(query: Query, context: AnswerContext, ref: QueryRef): Promise<Answer> {
  const answer = await recommend(query, context, { ref });
  if (answer.kind !== 'recommendations') return answer;
  const { t, list } = wordsFor(context.locale);
  const { title, artists } = answer.song;
  const song = artists ? `${title} – ${artists}` : title;
  const films = list(answer.films.map((film) => (film.year ? `${film.title} (${film.year})` : film.title)));
  const show: Control = { action: 'share', label: t('control.share'), token: answer.token };
  const line = films === '' ? answer.heading : t('share.text', { song, films });
  return { ...notice(context, 'info', t('share.title'), [line], [show]), shares: answer };
}
