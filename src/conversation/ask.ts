/** From what a text was understood to mean to the answer. */

import type { FoundSong, Song } from '../engine/types.ts';
import { wordsFor } from '../i18n/index.ts';
import type { Question, Resolution, ResolvedSong } from '../lookup/resolve/resolution.ts';
import { clean } from '../shared/text.ts';
import type { Answer, Control } from './answer.ts';
import { songName } from './cards.ts';
import type { AnswerContext } from './context.ts';
import { notice } from './notices.ts';
import type { Query } from './query.ts';
import { MAX_BLEND, refOf, seedOf } from './questions.ts';
import { alternativeControls, recommend } from './recommendation.ts';
import { encodeToken } from './tokens.ts';

/** The question without its song. */
export type QueryOptions = Omit<Query, 'seed'>;

/** Choices of a question back: as many as the shortest list of all platforms holds (Discord's select: 25). */
const MAX_CHOICES = 10;
const MAX_ALTERNATIVES = 3;
/** Songs that `+` may join. */
const MAX_JOINED = 5;

/** Other readings of the text, each name once. */
function otherReadings(understood: ResolvedSong): Song[] {
  const names = new Set([songName(understood.song).toLowerCase()]);
  const others = understood.candidates.filter(({ song }) => {
    const name = songName(song).toLowerCase();
    if (song.id === understood.song.id || names.has(name)) return false;
    names.add(name);
    return true;
  });
  return others.slice(0, MAX_ALTERNATIVES).map(({ song }) => song);
}

async function choicesOf(
  question: Question,
  options: QueryOptions,
  context: AnswerContext,
): Promise<Control[]> {
  const songs = question.candidates.slice(0, MAX_CHOICES).map(({ song }) => song);
  const albums = question.albums.slice(0, MAX_CHOICES).map(async (album): Promise<Control> => {
    const label = clean(`${album.album} – ${album.artists.join(', ')}`, 120);
    const seed = seedOf(album.songs, context, { label: clean(album.album, 120) });
    const ref = await refOf({ seed, filters: options.filters }, context);
    return {
      action: 'choose',
      label,
      token: encodeToken({ action: 'show', ref, page: 0, mainstream: options.mainstream }),
    };
  });
  return [...(await alternativeControls(options, songs, context)), ...(await Promise.all(albums))];
}

/** Answers what was understood: with films, with a question back, or with the reason why not. */
export async function answerResolution(
  understood: Resolution,
  options: QueryOptions,
  context: AnswerContext,
): Promise<Answer> {
  const { t } = wordsFor(context.locale);
  switch (understood.kind) {
    case 'song': {
      const { song, source } = understood;
      const seed = seedOf([song], context, source.kind === 'catalogue' ? {} : { note: source.note });
      return recommend({ ...options, seed }, context, { alternatives: otherReadings(understood) });
    }
    case 'blend': {
      const { name, note, songs } = understood;
      return recommend(
        { ...options, seed: seedOf(songs, context, { label: clean(name, 120), note }) },
        context,
      );
    }
    case 'question':
      return {
        kind: 'question',
        private: context.audience.private,
        text: t(understood.why.key, understood.why.params),
        choices: await choicesOf(understood, options, context),
      };
    case 'sorry': {
      const { reason, candidates } = understood;
      const nearest = candidates.slice(0, MAX_ALTERNATIVES).map(({ song }) => song);
      const controls = await alternativeControls(options, nearest, context);
      const lines = [t(reason.key, reason.params), ...(nearest.length > 0 ? [t('answer.nearest')] : [])];
      return notice(context, 'sorry', t('sorry.title'), lines, controls);
    }
  }
}

/** The best song of a part of a joined text. */
function best(understood: Resolution): readonly Song[] {
  if (understood.kind === 'song') return [understood.song];
  if (understood.kind === 'blend') return understood.songs;
  const first: FoundSong | undefined = understood.kind === 'question' ? understood.candidates[0] : undefined;
  return first ? [first.song] : [];
}

/**
 * Understands a text. Songs joined by ` + ` are blended, unless the whole is a name of its own, as
 * “Florence + the Machine” is.
 */
export async function understand(text: string, context: AnswerContext): Promise<Resolution> {
  const whole = await context.resolver.resolve(text);
  const parts = text.split(/\s\+\s/).map((part) => part.trim());
  if (whole.kind === 'song' || whole.kind === 'blend' || parts.length < 2) return whole;
  const songs: Song[] = [];
  for (const part of parts.slice(0, MAX_JOINED)) {
    const understood = await context.resolver.resolve(part);
    const found = best(understood);
    if (found.length === 0) return understood;
    songs.push(...found.slice(0, Math.floor(MAX_BLEND / parts.length)));
  }
  const name = songs.length <= MAX_JOINED ? songs.map((song) => song.title).join(' + ') : text;
  const note = {
    key: 'lookup.blend.known',
    params: { name: clean(name, 200), count: songs.length },
  } as const;
  return { kind: 'blend', of: 'playlist', name, songs, known: songs.length, total: null, note };
}
