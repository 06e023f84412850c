/** Every picture by its name. */
import type { MotifName } from '../../shared/poster-motifs.ts';
import * as indoors from './indoors.ts';
import type { Motif } from './kit.ts';
import * as outdoors from './outdoors.ts';
import * as places from './places.ts';
import * as shapes from './shapes.ts';
import * as things from './things.ts';

export const MOTIF_DRAWINGS: Readonly<Record<MotifName, Motif>> = {
  ...indoors,
  ...outdoors,
  ...places,
  ...shapes,
  ...things,
};
