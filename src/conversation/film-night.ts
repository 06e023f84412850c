/** A film night: everyone adds a song, five films come for all of them, a vote chooses one. */
import { z } from 'zod';
import { wordsFor } from '../i18n/index.ts';
import { clean } from '../shared/text.ts';
import type { Answer, Control } from './answer.ts';
import { resolveText } from './ask.ts';
import { communityVotes } from './ballots.ts';
import { songName } from './cards.ts';
import type { AnswerContext } from './context.ts';
import { marksHash, marksOfHash, passedOverIn } from './film-marks.ts';
import { addForm, boardOf, nameIn, nightToken } from './film-night-board.ts';
import type { RawValues } from './filters/index.ts';
import { isHidden } from './hidden.ts';
import { endPoll, finishPoll, nightExtra } from './night-extras.ts';
import {
  changeNight,
  LIST_SIZE,
  leads,
  MOST_PEOPLE,
  type Night,
  type NightPerson,
  nightOf,
  openNight,
  winner,
  without,
} from './nights.ts';
import { notice, sorry } from './notices.ts';
import { engineSeed, type QuerySeed } from './query.ts';
import { recall, refOf, seedOf } from './questions.ts';
import { seedLabel } from './recommendation.ts';
import { type NightPayload, seedText, songRef } from './tokens.ts';

/** Longest name and song shown, in characters. */
const MAX_NAME = 40;
const MAX_SONG = 100;
/** Lists of five that one film night looks through. */
const MOST_LISTS = 10;

/** Why nothing changes: a message of `night.*`. */
type Refusal =
  | 'closed'
  | 'opener'
  | 'nobody'
  | 'full'
  | 'noSongs'
  | 'notIn'
  | 'noFilm'
  | 'lastList'
  | 'changed';

/** What a film night is, and a button that opens one. */
export function nightIntro(context: AnswerContext): Answer {
  const { t } = wordsFor(context.locale);
  const open: Control = { action: 'choose', label: t('night.open'), token: nightToken('open', '') };
  return notice(context, 'info', t('night.title'), [t('night.intro')], [open]);
}

/** Opens a film night, with the opener's song where one is given. */
export async function openFilmNight(context: AnswerContext, song = ''): Promise<Answer> {
  if (context.readOnly) return nightIntro(context);
  if (context.user === null) return sorry(context, 'night.whoAreYou');
  const me = await marksHash(context.user, context.state);
  const id = await openNight(me, context.locale, context.state);
  if (id === null) return sorry(context, 'sorry.tooMany', { seconds: 3600 });
  return song === '' ? show(id, context) : addSong(id, me, { song }, context);
}

/** Acts on a button of a film night. */
export async function nightStep(
  { step, night: id, film, song }: NightPayload,
  context: AnswerContext,
  values: RawValues,
): Promise<Answer> {
  if (step === 'open') return openFilmNight({ ...context, readOnly: false });
  if (step === 'show') return show(id, context);
  if (context.user === null) return sorry(context, 'night.whoAreYou');
  const me = await marksHash(context.user, context.state);
  switch (step) {
    case 'join':
      return join(id, me, context);
    case 'add':
      return addSong(id, me, values, context);
    case 'take':
      return takeSong(id, me, song, values, context);
    case 'drop':
      return change(id, me, context, (night) => {
        if (night.phase !== 'open') return 'closed';
        return night.people.some((person) => person.id === me) ? without(night, me) : 'notIn';
      });
    case 'close':
    case 'next':
      return closeRound(id, me, step, context);
    case 'previous':
      return change(id, me, context, (night) => {
        if (night.phase !== 'vote' || night.list === 0) return 'closed';
        return leads(night, me) ? { list: night.list - 1 } : 'opener';
      });
    case 'vote':
      return change(id, me, context, (night) => voted(night, me, film));
    case 'finish': {
      const night = await nightOf(id, context.state);
      if (night?.poll) return finishPoll(id, night, pressed(me, context), context);
      return change(id, me, context, (night) => {
        if (night.phase !== 'vote') return 'closed';
        return leads(night, me) ? { phase: 'done', ...winner(night) } : 'opener';
      });
    }
    case 'poll':
    case 'unpoll':
    case 'plan':
    case 'event':
    case 'unplan': {
      const night = await nightOf(id, context.state);
      if (!night) return refusal('gone', id, context);
      return nightExtra(step, id, night, pressed(me, context), context, values);
    }
    case 'reopen':
      return reopen(id, me, context);
  }
}

/** Back to the vote, or to the songs; a poll that stands is ended. */
async function reopen(id: string, me: string, context: AnswerContext): Promise<Answer> {
  const night = await nightOf(id, context.state);
  if (night?.phase === 'vote' && night.poll && leads(night, me)) await endPoll(night, context);
  return change(id, me, context, (now) => {
    if (!leads(now, me)) return 'opener';
    // A poll that was ended takes no more votes: buttons do, beside what it said.
    if (now.phase === 'done') return { phase: 'vote', chosen: null, tied: [], poll: null };
    return { phase: 'open', films: [], list: 0, votes: {}, poll: null, polled: {} };
  });
}

async function show(id: string, context: AnswerContext): Promise<Answer> {
  const night = await nightOf(id, context.state);
  if (!night) return refusal('gone', id, context);
  const me = context.user === null ? null : await marksHash(context.user, context.state);
  return boardOf(id, night, me, context);
}

/** Why nothing changes, and the way back. */
function refusal(why: Refusal | 'gone', id: string, context: AnswerContext): Answer {
  const { t } = wordsFor(context.locale);
  const back: Control = { action: 'back', label: t('night.back'), token: nightToken('show', id) };
  const said = sorry(context, `night.${why}`);
  return why === 'gone' ? said : { ...said, controls: [back] };
}

const pressed = (me: string, { delivery = null }: AnswerContext) => ({ person: me, delivery });

async function change(
  id: string,
  me: string,
  context: AnswerContext,
  how: (night: Night) => Partial<Night> | Refusal,
): Promise<Answer> {
  const now = await changeNight<Refusal>(id, pressed(me, context), how, context.state);
  return typeof now === 'string' ? refusal(now, id, context) : boardOf(id, now, me, context);
}

/** A press on the film that one voted for takes the vote back. */
function voted(night: Night, me: string, film: number): Partial<Night> | Refusal {
  if (night.phase !== 'vote') return 'closed';
  if (!night.films.some(({ id }) => id === film)) return 'noFilm';
  const { [me]: mine, ...others } = night.votes;
  return { votes: mine === film ? others : { ...others, [me]: film } };
}

async function join(id: string, me: string, context: AnswerContext): Promise<Answer> {
  const night = await nightOf(id, context.state);
  if (!night) return refusal('gone', id, context);
  if (night.phase !== 'open') return refusal('closed', id, context);
  const form = addForm(id, context, nameIn(night, me));
  return {
    kind: 'question',
    private: true,
    text: wordsFor(context.locale).t('night.question'),
    choices: [],
    form,
  };
}

const filled = z.object({ song: z.string().catch(''), name: z.string().catch('') });

/** How somebody is called: as the platform says, else as they wrote, else as before or by a number. */
function nameOf(night: Night, me: string, given: string, context: AnswerContext): string {
  const { t } = wordsFor(night.locale);
  const named = clean(context.name ?? '', MAX_NAME) || clean(given, MAX_NAME) || nameIn(night, me);
  return named || t('night.guest', { number: night.people.length + 1 });
}

async function addSong(id: string, me: string, values: RawValues, context: AnswerContext): Promise<Answer> {
  const { t } = wordsFor(context.locale);
  const { song, name } = filled.parse(values);
  const again: Control = { action: 'choose', label: t('night.tryAgain'), token: nightToken('join', id) };
  const back: Control = { action: 'back', label: t('night.back'), token: nightToken('show', id) };
  if (song.trim() === '') {
    return notice(context, 'sorry', t('sorry.title'), [t('night.noWords')], [again, back]);
  }
  const found = await resolveText(song, context);
  switch (found.kind) {
    case 'song':
      return addSeed(id, me, seedOf([found.song], context), name, context);
    case 'blend':
      return addSeed(
        id,
        me,
        seedOf(found.songs, context, { label: clean(found.name, MAX_SONG) }),
        name,
        context,
      );
    case 'question': {
      const called = clean(name, MAX_NAME);
      if (called !== '') {
        await changeNight(
          id,
          { person: me, delivery: null },
          ({ names }) => ({ names: { ...names, [me]: called } }),
          context.state,
        );
      }
      const choices = found.candidates.slice(0, 9).map(async ({ song: one }): Promise<Control> => {
        const ref = await refOf({ seed: seedOf([one], context), filters: {} }, context);
        return {
          action: 'choose',
          label: songName(one),
          token: nightToken('take', id, { song: seedText(ref) }),
        };
      });
      return {
        kind: 'question',
        private: true,
        text: t(found.why.key, found.why.params),
        choices: [...(await Promise.all(choices)), again],
      };
    }
    case 'sorry':
      return notice(
        context,
        'sorry',
        t('sorry.title'),
        [t(found.reason.key, found.reason.params)],
        [again, back],
      );
  }
}

async function takeSong(
  id: string,
  me: string,
  song: string,
  values: RawValues,
  context: AnswerContext,
): Promise<Answer> {
  const ref = songRef(song);
  const kept = ref && (await recall(ref, context));
  if (!kept) return sorry(context, 'sorry.expired');
  return addSeed(id, me, kept.seed, filled.parse(values).name, context);
}

async function addSeed(
  id: string,
  me: string,
  seed: QuerySeed,
  given: string,
  context: AnswerContext,
): Promise<Answer> {
  const words = wordsFor(context.locale);
  const songs =
    seed.kind === 'track' ? [context.engine().song(seed.id)] : seed.kind === 'songs' ? seed.songs : [];
  const [first] = songs;
  if (!first) return sorry(context, 'sorry.songGone');
  const isOne = songs.length === 1 && !(seed.kind === 'songs' && seed.label);
  const label = isOne
    ? songName(first)
    : seedLabel(
        { seed },
        songs.filter((one) => one !== null),
        words,
      );
  const ref = await refOf({ seed, filters: {} }, context);
  const hidden = await isHidden(context);
  return change(id, me, context, (night) => {
    if (night.phase !== 'open') return 'closed';
    const mine: NightPerson = {
      id: me,
      name: nameOf(night, me, given, hidden ? { ...context, name: null } : context),
      seed: seedText(ref),
      song: clean(label, MAX_SONG),
    };
    const at = night.people.findIndex((person) => person.id === me);
    if (at >= 0) return { people: night.people.with(at, mine) };
    return night.people.length < MOST_PEOPLE ? { people: [...night.people, mine] } : 'full';
  });
}

/** Closes the round with the first list of films, or looks for another list. */
async function closeRound(
  id: string,
  me: string,
  step: 'close' | 'next',
  context: AnswerContext,
): Promise<Answer> {
  const { state } = context;
  const before = await nightOf(id, state);
  if (!before) return refusal('gone', id, context);
  const allowed = (night: Night): Refusal | null => {
    if (night.phase !== (step === 'close' ? 'open' : 'vote')) return 'closed';
    if (!leads(night, me)) return 'opener';
    return night.people.length === 0 ? 'noSongs' : null;
  };
  const refused = allowed(before);
  if (refused) return refusal(refused, id, context);
  const list = step === 'close' ? 0 : before.list + 1;
  if (list > 0 && before.films.length > list * LIST_SIZE)
    return change(id, me, context, (night) => allowed(night) ?? { list });
  const seeds = await seedsOf(before, context);
  if (seeds.length < before.people.length) return sorry(context, 'sorry.songGone');
  const found = await filmsOf(before, seeds, list, context);
  if (found.films.length === 0) return refusal(step === 'close' ? 'nobody' : 'lastList', id, context);
  const blend = await blendOf(seeds, context);
  return change(id, me, context, (night) => {
    // Songs that were added or taken back meanwhile want other films.
    if (
      night.revision !== before.revision &&
      JSON.stringify(night.people) !== JSON.stringify(before.people)
    ) {
      return 'changed';
    }
    const why = allowed(night);
    if (why) return why;
    const films = [...night.films.slice(0, list * LIST_SIZE), ...found.films];
    return { phase: 'vote', films, list, more: found.more && list + 1 < MOST_LISTS, blend };
  });
}

/** What everyone brought; shorter than the list of people where the catalogue has lost a song. */
async function seedsOf(night: Night, context: AnswerContext): Promise<QuerySeed[]> {
  const kept = await Promise.all(
    night.people.map(({ seed }) => {
      const ref = songRef(seed);
      return ref && recall(ref, context);
    }),
  );
  return kept.flatMap((one) => (one ? [one.seed] : []));
}

async function filmsOf(night: Night, seeds: readonly QuerySeed[], list: number, context: AnswerContext) {
  const passOver = new Set<number>();
  for (const { id } of night.people) {
    for (const film of passedOverIn(await marksOfHash(id, context.state))) passOver.add(film);
  }
  const { matches, more } = context.engine().filmsForEveryone(seeds.map(engineSeed), {
    limit: LIST_SIZE,
    offset: list * LIST_SIZE,
    passOver,
    votes: await communityVotes(context),
  });
  return {
    films: matches.map(({ film, likings }) => ({ id: film.id, likings: likings.map(rounded) })),
    more,
  };
}

const rounded = (liking: number) => Number(liking.toFixed(3));

/** All songs as one question, for the details of films. */
async function blendOf(seeds: readonly QuerySeed[], context: AnswerContext): Promise<string> {
  const engine = context.engine();
  const songs = seeds.flatMap((seed) => {
    if (seed.kind === 'songs') return seed.songs.slice(0, 1);
    const song = seed.kind === 'track' ? engine.song(seed.id) : null;
    return song ? [song] : [];
  });
  const label = songs.length > 1 ? wordsFor(context.locale).t('night.title') : undefined;
  const seed = seedOf(songs, context, label === undefined ? {} : { label });
  return seedText(await refOf({ seed, filters: {} }, context));
}
