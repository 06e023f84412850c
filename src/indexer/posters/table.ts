/** Visual features as a small text file: numbers of one byte, one film to a line, with where they come from. */
import { readFile, writeFile } from 'node:fs/promises';
import { z } from 'zod';
import { CatalogueError } from '../../shared/errors.ts';
import { COLOUR_NAMES } from './decode.ts';
import type { VisualRow } from './index.ts';

const provenanceSchema = z.object({
  /** In words: what was computed from what, and what is not in the file. */
  note: z.string(),
  network: z.object({ sha256: z.string(), side: z.number(), width: z.number(), scaling: z.string() }),
  projection: z.object({ dims: z.number(), whiten: z.boolean(), posters: z.number(), sha256: z.string() }),
  /** ISO date. */
  made: z.string(),
  films: z.number(),
  /** Films that the catalogue has in all. */
  of: z.number(),
});

/** Where a table's numbers come from. */
export type Provenance = z.infer<typeof provenanceSchema>;

const tableSchema = z.object({
  format: z.literal(1),
  provenance: provenanceSchema,
  /** What one unit of a vector's bytes stands for. */
  step: z.number().positive(),
  /** Film id → base64 of signed bytes: the colours (units of 1/127), then the vector (units of `step`). */
  films: z.record(z.string().regex(/^\d+$/), z.string()),
});

export interface VisualTable {
  readonly provenance: Provenance;
  readonly rows: ReadonlyMap<number, VisualRow>;
}

const COLOUR_STEP = 1 / 127;

/** Writes a table, films by id. Rounding costs half of a 127th of the greatest number. */
export async function writeVisualTable(file: string, table: VisualTable): Promise<void> {
  const rows = [...table.rows].sort(([a], [b]) => a - b);
  const greatest = rows.reduce(
    (max, [, { vector }]) => vector.reduce((m, x) => Math.max(m, Math.abs(x)), max),
    0,
  );
  const step = Number((greatest / 127 || 1).toPrecision(6));
  const lines = rows.map(([id, { vector, colours }]) => {
    const bytes = [
      ...COLOUR_NAMES.map((name) => colours[name] / COLOUR_STEP),
      ...Array.from(vector, (x) => x / step),
    ].map((x) => Math.max(-127, Math.min(127, Math.round(x))));
    return `  "${id}": "${Buffer.from(Int8Array.from(bytes).buffer).toString('base64')}"`;
  });
  const head = JSON.stringify({ format: 1, provenance: table.provenance, step }, null, 1).slice(0, -2);
  await writeFile(file, `${head},\n "films": {\n${lines.join(',\n')}\n }\n}\n`);
}

/**
 * Reads a table, or null where there is none.
 * @throws CatalogueError `visual.damaged`
 */
export async function readVisualTable(file: string): Promise<VisualTable | null> {
  const text = await readFile(file, 'utf8').catch(() => null);
  if (text === null) return null;
  try {
    const { provenance, step, films } = tableSchema.parse(JSON.parse(text));
    const width = COLOUR_NAMES.length + provenance.projection.dims;
    const rows = new Map<number, VisualRow>();
    for (const [id, base64] of Object.entries(films)) {
      const bytes = new Int8Array(Uint8Array.from(Buffer.from(base64, 'base64')).buffer);
      if (bytes.length !== width)
        throw new RangeError(`film ${id} has ${bytes.length} numbers instead of ${width}`);
      const [brightness, saturation, warmth, contrast] = Array.from(bytes, (x) => x * COLOUR_STEP);
      rows.set(Number(id), {
        colours: { brightness: brightness!, saturation: saturation!, warmth: warmth!, contrast: contrast! },
        vector: Float32Array.from(bytes.subarray(COLOUR_NAMES.length), (x) => x * step),
      });
    }
    return { provenance, rows };
  } catch (error) {
    throw new CatalogueError('The table of visual features is damaged.', {
      id: 'visual.damaged',
      hint: 'Restore data/starter/visual.json from the repository, or compute it with scripts/starter-visuals.ts.',
      underlying: error,
    });
  }
}
