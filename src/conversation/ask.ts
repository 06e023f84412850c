/** The one way in for text: what it means, and the answer to that. */

import type { FoundSong, Song } from '../engine/types.ts';
import { wordsFor } from '../i18n/index.ts';
import type { Question, Resolution, ResolvedSong } from '../lookup/resolve/resolution.ts';
import type { ResolveOptions } from '../lookup/resolve/resolver.ts';
import { CLEAR } from '../lookup/resolve/text.ts';
import { clean } from '../shared/text.ts';
import type { Answer, Control } from './answer.ts';
import { songName } from './cards.ts';
import type { AnswerContext } from './context.ts';
import { withExamples } from './examples.ts';
import { notice } from './notices.ts';
import { isSongList, partsOf, pastedSongs, questionIn } from './pasted-links.ts';
import type { Query } from './query.ts';
import { MAX_BLEND, refOf, seedOf } from './questions.ts';
import { alternativeControls, recommend } from './recommendation.ts';
import { filmsNamed, songsControl } from './songs.ts';
import { songTitle } from './titles.ts';
import { encodeToken } from './tokens.ts';

/** A query without its song. */
export type QueryOptions = Omit<Query, 'seed'>;

/** Choices of a question back: a menu of Discord's takes 25, but a reader wants fewer. */
const MAX_CHOICES = 10;
const MAX_ALTERNATIVES = 3;
/** Songs that `+` may join. */
const MAX_JOINED = 5;

/** Other readings of the text, each name once. */
function otherReadings(resolution: ResolvedSong): Song[] {
  const names = new Set([songName(resolution.song).toLowerCase()]);
  const others = resolution.candidates.filter(({ song }) => {
    const name = songName(song).toLowerCase();
    if (song.id === resolution.song.id || names.has(name)) return false;
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

/** Buttons for the films that a text names, should it have meant one. */
function filmControls(text: string | undefined, least: number, context: AnswerContext): Control[] {
  if (text === undefined || pastedSongs(text).length > 0) return [];
  const words = wordsFor(context.locale);
  return filmsNamed(text, context, least).map((film) => songsControl(film, words));
}

/** From here on a text is a film's name, word for word; and from here on it may be one with a slip. */
const EXACTLY_A_FILM = 0.98;
const PERHAPS_A_FILM = 0.75;

/**
 * Answers a resolution: with films, with a question back, or with the reason why not.
 *
 * @param text what was written, for the films that it may name
 */
export async function answerResolution(
  resolution: Resolution,
  options: QueryOptions,
  context: AnswerContext,
  text?: string,
): Promise<Answer> {
  const { t } = wordsFor(context.locale);
  switch (resolution.kind) {
    case 'song': {
      const { song, source } = resolution;
      const seed = seedOf([song], context, source.kind === 'catalogue' ? {} : { note: source.note });
      const answer = await recommend({ ...options, seed }, context, {
        alternatives: otherReadings(resolution),
      });
      if (answer.kind !== 'recommendations' || source.kind !== 'catalogue') return answer;
      const [film] = filmControls(text, EXACTLY_A_FILM, context);
      if (!film) return answer;
      return { ...answer, alternatives: [...answer.alternatives.slice(0, MAX_ALTERNATIVES - 1), film] };
    }
    case 'blend': {
      const { name, note, songs } = resolution;
      return recommend(
        { ...options, seed: seedOf(songs, context, { label: clean(name, 120), note }) },
        context,
      );
    }
    case 'question':
      return {
        kind: 'question',
        private: context.audience.private,
        text: t(resolution.why.key, resolution.why.params),
        choices: [
          ...(await choicesOf(resolution, options, context)),
          ...filmControls(text, EXACTLY_A_FILM, context),
        ],
      };
    case 'sorry': {
      const { reason, candidates } = resolution;
      const nearest = candidates.slice(0, MAX_ALTERNATIVES).map(({ song }) => song);
      const controls = await alternativeControls(options, nearest, context);
      const films = filmControls(text, PERHAPS_A_FILM, context);
      const lines = [
        t(reason.key, reason.params),
        ...(films.length > 0 ? [t('songs.isFilm')] : []),
        ...(nearest.length > 0 ? [t('answer.nearest')] : []),
      ];
      const said = notice(context, 'sorry', t('sorry.title'), lines, [...films, ...controls]);
      return said.controls.length > 0 ? said : withExamples(said, context);
    }
  }
}

/** The songs that a part of a joined text stands for; none where some of its words, an artist's perhaps, do not fit. */
function songsOf(resolution: Resolution): readonly Song[] {
  if (resolution.kind === 'song') return [resolution.song];
  if (resolution.kind === 'blend') return resolution.songs;
  const first: FoundSong | undefined = resolution.kind === 'question' ? resolution.candidates[0] : undefined;
  return first && first.quality >= CLEAR ? [first.song] : [];
}

/**
 * Resolves what a person wrote, the same way for every surface: words, a track id, links. Several links, and songs
 * joined by ` + `, are blended, unless the whole is a name of its own, as “Florence + the Machine” is.
 */
export async function resolveText(
  text: string,
  { resolver }: Pick<AnswerContext, 'resolver'>,
  options: ResolveOptions = {},
): Promise<Resolution> {
  const parts = partsOf(text);
  if (parts.length < 2) return resolver.resolve(parts[0]!, options);
  // More than a question joins is a list, of which some may be unknown.
  const listed = parts.map((part, at) => `${at + 1}. ${part}`).join('\n');
  if (parts.length > MAX_JOINED && isSongList(listed)) return resolver.resolve(listed, options);
  if (pastedSongs(text).length === 0) {
    const whole = await resolver.resolve(text, options);
    if (whole.kind === 'song' || whole.kind === 'blend') return whole;
  }
  const resolutions = await Promise.all(
    parts.slice(0, MAX_JOINED).map((part) => resolver.resolve(part, options)),
  );
  const unknown = resolutions.find((resolution) => songsOf(resolution).length === 0);
  if (unknown) return unknown;
  const most = Math.floor(MAX_BLEND / resolutions.length);
  const songs = resolutions.flatMap((resolution) => songsOf(resolution).slice(0, most));
  const name = songs.length <= MAX_JOINED ? songs.map(songTitle).join(' + ') : questionIn(text);
  const note = {
    key: 'lookup.blend.known',
    params: { name: clean(name, 200), count: songs.length },
  } as const;
  return { kind: 'blend', of: 'playlist', name, songs, known: songs.length, total: null, note };
}
