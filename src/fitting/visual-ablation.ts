/** What posters are worth to the matching: the same cross-validation with a visual group on the film side. */
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { hashFile } from '../engine/catalogue/verify.ts';
import { normalise } from '../engine/model/numbers.ts';
import { posterMatrix } from '../indexer/posters/matrix.ts';
import { applyProjection, fitProjection } from '../indexer/posters/projection.ts';
import type { AblationRow } from './ablations.ts';
import { Corpus, type CorpusInput } from './corpus.ts';
import { crossValidate } from './cross-validate.ts';
import type { FitSettings } from './prepare.ts';

export interface PosterFiles {
  /** Folder of `<tmdb id>.jpg`. */
  readonly posters: string;
  /** MobileNetV2, ONNX. */
  readonly network: string;
}

/** Dimensions that 1280 features are reduced to. */
const DIMS = 32;
/** Weights tried for each kind of feature. */
const WEIGHTS = [0.25, 0.5, 1, 2];
/** Input sizes tried: the network's own and the paper's. */
const SIDES = [224, 32];

/** Rows of unit length by film id. */
type Visual = ReadonlyMap<number, Float64Array>;

/** Cross-validated rows: each kind of visual features alone on the film side, and added at several weights. */
export async function visualAblations(
  input: CorpusInput,
  settings: FitSettings,
  files: PosterFiles,
  say: (text: string) => void,
): Promise<AblationRow[]> {
  const kinds = await visualKinds(input, files);
  const run = (changes: Partial<FitSettings>, visual?: Visual, weight = 1) =>
    crossValidate(new Corpus(input, { ...settings, ...changes }, '', visual && { rows: visual, weight }));
  const whole = run({});
  const rows: AblationRow[] = [];
  const add = (name: string, { auc, aucEnglish }: { auc: number; aucEnglish: number }) => {
    rows.push({ name, auc, aucEnglish, dAuc: auc - whole.auc, dAucEnglish: aucEnglish - whole.aucEnglish });
    say(`${name}: ${auc.toFixed(3)} / ${aucEnglish.toFixed(3)}`);
  };
  add('the whole method, no posters', whole);
  const groups = ['genre', 'language', 'plot', 'era', 'runtime', 'country'].map((group) => `film:${group}`);
  for (const [kind, visual] of kinds) {
    add(`${kind}, alone on the film side`, run({ without: groups, beta: 0 }, visual));
    for (const weight of WEIGHTS) add(`${kind}, added at weight ${weight}`, run({}, visual, weight));
  }
  return rows;
}

async function visualKinds(input: CorpusInput, files: PosterFiles): Promise<[string, Visual][]> {
  const workDir = await mkdtemp(path.join(os.tmpdir(), 'music2movie-visual-'));
  try {
    // Posters are found by id: an empty path keeps them from being looked for by their TMDB name.
    const films = input.films.map(({ id }) => ({ id, poster: '' }));
    const matrix = await posterMatrix(films, SIDES, { network: files.network, dir: files.posters, workDir });
    const sha256 = await hashFile(files.network);
    const kinds: [string, Visual][] = SIDES.map((side) => {
      const features = matrix.features.get(side)!;
      const projection = fitProjection(
        features,
        { sha256, side, width: features[0]?.length ?? 0, scaling: 'symmetric' },
        { dims: DIMS },
      );
      const rows = matrix.ids.map((id, i) => [id, unit(applyProjection(projection, features[i]!))] as const);
      return [`MobileNetV2 at ${side}`, new Map(rows)];
    });
    const colours = matrix.colours.map((c) => Object.values(c) as number[]);
    kinds.push([
      'colours',
      new Map(matrix.ids.map((id, i) => [id, unit(standardised(colours, i))] as const)),
    ]);
    return kinds;
  } finally {
    await rm(workDir, { recursive: true, force: true });
  }
}

const unit = (values: ArrayLike<number>) => normalise(Float64Array.from(values));

/** One row's z-scores among all rows. */
function standardised(rows: readonly (readonly number[])[], index: number): number[] {
  return rows[index]!.map((value, column) => {
    const all = rows.map((row) => row[column]!);
    const mean = all.reduce((sum, x) => sum + x, 0) / all.length;
    const sd = Math.sqrt(all.reduce((sum, x) => sum + (x - mean) ** 2, 0) / all.length) || 1;
    return (value - mean) / sd;
  });
}
