/** Section 3: what songs and films have to do with each other (the paper's inference goals). */

import type { Song } from '../../engine/types.ts';
import { VOTE_FLOOR } from '../../indexer/film-stage.ts';
import type { Section } from '../figure.ts';
import { count } from '../format.ts';
import { sample } from '../gather/sample.ts';
import type { Space } from '../gather/space.ts';
import { dimensionFigures } from './dimensions.ts';
import { type SoundtrackPair, soundtrackFigures } from './genres.ts';
import { bestKnownSongs, mapFigure } from './map.ts';
import { moodFigure } from './mood.ts';
import { type ShiftFindings, shiftFigure } from './shift.ts';

/** Songs placed for what is learned of the space; more say nothing new. */
const PLACED_SONGS = 6000;

export interface BetweenInput {
  readonly songs: readonly Song[];
  /** Null where no pairs file was given. */
  readonly pairs: readonly SoundtrackPair[] | null;
  /** Pairs in the file, matched or not. */
  readonly pairsRead: number;
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

export function betweenSection(input: BetweenInput): Section {
  const { songs, pairs, space, shift, shiftSource } = input;
  const soundtracks = pairs === null ? [] : soundtrackFigures(pairs);
  const paragraphs = [pairsParagraph(input, soundtracks.length)];
  if (!space) {
    paragraphs.push(
      'There is no fitted model (data/model), so the learned space, its map and the match score are left out.',
    );
    return { id: 'between', title: 'Between songs and films', paragraphs, figures: soundtracks };
  }
  const eligible = space.films.filter(({ film }) => film.eligible);
  if (eligible.length < 2 || songs.length < 2) {
    paragraphs.push(
      'Fewer than two films of this data may be recommended, so the learned space is left out.',
    );
    return { id: 'between', title: 'Between songs and films', paragraphs, figures: soundtracks };
  }
  const { dims } = space.model.spec;
  paragraphs.push(
    `The fitted model turns every song and film into ${dims} learned numbers (canonical correlations of songs with the films they stand in) and three of mood, at unit length. What follows looks at ${count(eligible.length)} films with at least ${VOTE_FLOOR} votes, those that may be recommended unasked, and at samples of the songs.`,
  );
  const placed = sample(songs, PLACED_SONGS).map((song) => space.place(song));
  return {
    id: 'between',
    title: 'Between songs and films',
    paragraphs,
    figures: [
      ...soundtracks,
      ...dimensionFigures(space, placed),
      moodFigure(space, placed),
      ...(shift ? [shiftFigure(shift, shiftSource)] : []),
      mapFigure(
        space,
        bestKnownSongs(songs.map((song) => ({ song })).filter(({ song }) => song.genres.length > 0)).map(
          ({ song }) => space.place(song),
        ),
      ),
    ],
  };
}
