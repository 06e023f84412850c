/** Section 3: what songs and films have to do with each other (the paper's inference goals). */

import type { Song } from '../../engine/types.ts';
import { VOTE_FLOOR } from '../../indexer/film-stage.ts';
import type { Section } from '../figure.ts';
import { count } from '../format.ts';
import type { DescribedWorks } from '../gather/described.ts';
import { sample } from '../gather/sample.ts';
import type { Space } from '../gather/space.ts';
import { genreFeelFigures } from './feel-genres.ts';
import { picksFigure, scoreFigure } from './feel-picks.ts';
import { useFigures } from './feel-use.ts';
import { type SoundtrackPair, soundtrackFigures } from './genres.ts';
import { bestKnownSongs, mapFigure } from './map.ts';
import { type ShiftFindings, shiftFigure } from './shift.ts';

/** Songs placed for what is learned of the space; more say nothing new. */
const PLACED_SONGS = 6000;

export interface BetweenInput {
  readonly songs: readonly Song[];
  /** Null where no pairs file was given. */
  readonly pairs: readonly SoundtrackPair[] | null;
  /** Pairs in the file, matched or not. */
  readonly pairsRead: number;
  readonly described: DescribedWorks;
  /** Null where there is no fitted model. */
  readonly space: Space | null;
  readonly shift: ShiftFindings | null;
  /** Who recommended the films of `shift`. */
  readonly shiftSource: string;
}

function pairsParagraph({ pairs, pairsRead }: BetweenInput, figures: number): string {
  if (pairs === null)
    return 'No file of soundtrack pairs was given (--pairs), so nothing is said here of what soundtracks sound like by film genre: whether energy goes with action, valence with comedy and family, acousticness with drama can only be answered from songs that stand in films.';
  const known = `${count(pairsRead)} pairs of a song and a film on whose soundtrack it stands were read; of ${count(pairs.length)} both the song and the film are in the data.`;
  return figures > 0 ? known : `${known} That is too few to compare film genres.`;
}

/** Fewer described works on a side say little of how a vocabulary is used. */
const LEAST_DESCRIBED = 20;

function describedParagraph({ vocabulary, songs, films }: DescribedWorks): string {
  const words = `${vocabulary.terms.length} feelings and ${vocabulary.worlds.length} worlds`;
  const known = `${count(songs.length)} songs and ${count(films.length)} films of this data are described in data/feel by ${words}, each a little, clearly or strongly: written from general knowledge with a language model, not by listeners.`;
  return songs.length < LEAST_DESCRIBED || films.length < LEAST_DESCRIBED
    ? `${known} That is too few to compare how songs and films use them.`
    : known;
}

export function betweenSection(input: BetweenInput): Section {
  const { songs, pairs, described, space, shift, shiftSource } = input;
  const figures = pairs === null ? [] : soundtrackFigures(pairs);
  const paragraphs = [pairsParagraph(input, figures.length), describedParagraph(described)];
  const section = { id: 'between', title: 'Between songs and films', paragraphs, figures };
  if (described.songs.length >= LEAST_DESCRIBED && described.films.length >= LEAST_DESCRIBED) {
    const picks = picksFigure(described);
    figures.push(...useFigures(described), ...(picks ? [picks] : []));
  }
  if (!space) {
    paragraphs.push(
      'There is no fitted model (data/model), so the profiles of other works, the map and the match score are left out.',
    );
    return section;
  }
  if (space.films.length < 2 || songs.length < 2) {
    paragraphs.push(
      'Fewer than two films of this data may be recommended, so the map and the match score are left out.',
    );
    return section;
  }
  paragraphs.push(
    `Of every other song and film the fitted model predicts a profile, and it turns both into ${space.model.spec.dims} learned numbers whose product says how likely a film is to be picked for a song. What follows looks at ${count(space.films.length)} films with at least ${VOTE_FLOOR} votes, those that may be recommended unasked, and at samples of the songs.`,
  );
  const placed = sample(songs, PLACED_SONGS).map((song) => space.place(song));
  const known = bestKnownSongs(
    songs.map((song) => ({ song })).filter(({ song }) => song.genres.length > 0),
  ).map(({ song }) => space.place(song));
  figures.push(
    ...genreFeelFigures(space, placed),
    scoreFigure(space, placed),
    ...(shift ? [shiftFigure(shift, shiftSource)] : []),
    mapFigure(space, known),
  );
  return section;
}
