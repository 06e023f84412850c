/**
 * The engine for other programs: `import { Engine } from 'music2movie/engine'`. It opens a catalogue that
 * `music2movie index` has built, reads only, and asks nobody else.
 */
export {
  CatalogueError,
  type ErrorCause,
  Music2MovieError,
  UserError,
} from '../shared/errors.ts';
export { Engine } from './engine.ts';
export type {
  AudioFeatures,
  CatalogueInfo,
  CommunityVote,
  Film,
  Filters,
  FoundSong,
  GroupAnswer,
  GroupMatch,
  GroupOptions,
  Imputation,
  Match,
  MatchEngine,
  MoviesAnswer,
  MoviesOptions,
  Profile,
  Reason,
  Seed,
  Song,
  SongUse,
} from './types.ts';
