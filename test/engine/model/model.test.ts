import { createHash } from 'node:crypto';
import { cp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { MODEL_FILES, Model } from '../../../src/engine/model/model.ts';
import { dot, norm } from '../../../src/engine/model/numbers.ts';
import { MODEL_FORMAT } from '../../../src/engine/model/spec.ts';
import { packWeights, quantiseRows, unpackWeights } from '../../../src/engine/model/weights.ts';
import { outsideSong, temporaryFolder } from '../../support/catalogue.ts';
import { filmId, tinyWorld } from '../../support/tiny.ts';

let dir: string;
let model: Model;
beforeAll(async () => {
  dir = (await tinyWorld()).model;
  model = await Model.load(dir);
});

async function copied(): Promise<string> {
  const to = await temporaryFolder();
  await cp(dir, to, { recursive: true });
  return to;
}

describe('a model folder', () => {
  it('comes back as it was written, under the same id', async () => {
    const to = await temporaryFolder();
    const terms = (await readFile(path.join(dir, MODEL_FILES.vocabulary), 'utf8')).split('\n');
    const grams = (await readFile(path.join(dir, MODEL_FILES.grams), 'utf8')).split('\n');
    const id = await Model.save(to, { spec: model.spec, weights: model.weights, terms, grams });
    expect(id).toBe(model.id);
    const again = await Model.load(to);
    expect(again.spec).toEqual(model.spec);
    expect(again.weights).toEqual(model.weights);
    for (const name of Object.values(MODEL_FILES))
      expect((await readFile(path.join(to, name))).equals(await readFile(path.join(dir, name))), name).toBe(
        true,
      );
  });

  it.each(Object.values(MODEL_FILES))('without %s is refused by that name', async (name) => {
    const to = await copied();
    await rm(path.join(to, name));
    await expect(Model.load(to)).rejects.toMatchObject({
      id: 'model.missing',
      message: expect.stringContaining(name),
    });
  });

  it.each([MODEL_FILES.weights, MODEL_FILES.vocabulary, MODEL_FILES.grams])(
    'with %s cut short, or one bit flipped, is damaged',
    async (name) => {
      const cut = await copied();
      const { length } = await readFile(path.join(cut, name));
      await truncate(path.join(cut, name), length - 1);
      await expect(Model.load(cut)).rejects.toMatchObject({ id: 'model.damaged' });
      const flipped = await copied();
      const bytes = await readFile(path.join(flipped, name));
      bytes[bytes.length >> 1]! ^= 1;
      await writeFile(path.join(flipped, name), bytes);
      await expect(Model.load(flipped)).rejects.toMatchObject({
        id: 'model.damaged',
        message: expect.stringContaining(name),
      });
    },
  );

  /** The spec changed, with hashes that fit, so that only what is changed is wrong. */
  async function withSpec(change: (spec: Record<string, never>) => unknown): Promise<string> {
    const to = await copied();
    const file = path.join(to, MODEL_FILES.spec);
    await writeFile(file, JSON.stringify(change(JSON.parse(await readFile(file, 'utf8')))));
    return to;
  }

  it('of a newer or older format says so; of another shape names the place', async () => {
    await expect(
      Model.load(await withSpec((spec) => ({ ...spec, format: MODEL_FORMAT + 1 }))),
    ).rejects.toMatchObject({ id: 'model.newer' });
    await expect(
      Model.load(await withSpec((spec) => ({ ...spec, format: MODEL_FORMAT - 1 }))),
    ).rejects.toMatchObject({ id: 'model.older' });
    await expect(Model.load(await withSpec((spec) => ({ ...spec, scale: -1 })))).rejects.toMatchObject({
      id: 'model.damaged',
      message: expect.stringContaining('scale'),
    });
    const broken = await copied();
    await writeFile(path.join(broken, MODEL_FILES.spec), '{');
    await expect(Model.load(broken)).rejects.toMatchObject({ id: 'model.damaged' });
  });

  it('whose weights do not fit its counts is damaged, though every hash is right', async () => {
    const other = await withSpec((spec) => ({ ...spec, dims: model.spec.dims + 1 }));
    await expect(Model.load(other)).rejects.toMatchObject({
      id: 'model.damaged',
      message: expect.stringContaining('weights.bin'),
    });
  });

  it('is named by the hash of its spec', async () => {
    const bytes = await readFile(path.join(dir, MODEL_FILES.spec));
    expect(model.id).toBe(createHash('sha256').update(bytes).digest('hex'));
  });
});

describe('weights', () => {
  it('come back from their bytes, wherever these lie', () => {
    const bytes = packWeights(model.weights);
    const shifted = Buffer.alloc(bytes.length + 3);
    bytes.copy(shifted, 3);
    expect(unpackWeights(shifted.subarray(3), model.spec)).toEqual(model.weights);
    expect(unpackWeights(bytes.subarray(1), model.spec)).toBeNull();
    expect(unpackWeights(Buffer.alloc(0), model.spec)).toBeNull();
  });

  it('as bytes keep each number within half a step of its row', () => {
    fc.assert(
      fc.property(
        fc.array(fc.float({ min: -50, max: 50, noNaN: true }), { minLength: 12, maxLength: 12 }),
        (values) => {
          const { bytes, scale } = quantiseRows(values, 3, 4);
          for (const [i, value] of values.entries()) {
            const row = Math.floor(i / 4);
            expect(Math.abs(bytes[i]! * scale[row]! - value)).toBeLessThanOrEqual(scale[row]! * 0.51);
          }
        },
      ),
      { seed: 8 },
    );
    expect(quantiseRows([0, 0], 1, 2)).toEqual({ bytes: Int8Array.of(0, 0), scale: Float32Array.of(0) });
  });
});

describe('what is indexed', () => {
  const place = fc.record({
    vector: fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 8, maxLength: 8 }),
    bias: fc.double({ min: -4, max: 4, noNaN: true }),
    votes: fc.integer({ min: 0, max: 40_000 }),
  });
  const indexed = ({ vector, bias, votes }: { vector: number[]; bias: number; votes: number }) =>
    model.indexed({ vector: Float64Array.from(vector), bias }, votes);

  it('has unit length, whatever the film', () => {
    fc.assert(
      fc.property(place, (film) => {
        expect(norm(indexed(film))).toBeCloseTo(1, 9);
      }),
      { seed: 1 },
    );
    expect(norm(indexed({ vector: Array(8).fill(1e6), bias: 1e6, votes: 1e9 }))).toBeCloseTo(1, 9);
  });

  it('is in the order of the logits by cosine, with and without a popularity bias', () => {
    fc.assert(
      fc.property(
        place,
        place,
        fc.array(fc.double({ min: -2, max: 2, noNaN: true }), { minLength: 8, maxLength: 8 }),
        fc.constantFrom(0, 0.2, 0.5, 1),
        (a, b, song, mainstream) => {
          const query = model.query(song, mainstream);
          const popularity = query[model.spec.dims + 1]!;
          const logit = (film: typeof a) =>
            dot(song, film.vector) + film.bias + popularity * (Math.log10(1 + film.votes) - Math.log10(501));
          // Films longer than any of the fit are shortened, and not in question here.
          const { scale } = model.spec;
          fc.pre([a, b].every((film) => Math.hypot(...film.vector, film.bias, 3) < scale));
          for (const film of [a, b]) expect(scale * dot(query, indexed(film))).toBeCloseTo(logit(film), 5);
          if (Math.abs(logit(a) - logit(b)) > 1e-4)
            expect(dot(query, indexed(a)) > dot(query, indexed(b))).toBe(logit(a) > logit(b));
        },
      ),
      { seed: 5 },
    );
  });

  it('is drawn to fame by the mainstream setting, evenly on either side of the middle', () => {
    const at = (mainstream: number) => model.query(new Float64Array(8), mainstream)[model.spec.dims + 1]!;
    const { hidden, standard, known } = model.spec.popularityBias;
    expect([at(0), at(0.5), at(1)]).toEqual([hidden, standard, known].map(Math.fround));
    expect(at(0.25)).toBeCloseTo((hidden + standard) / 2, 6);
    expect(at(-3)).toBe(at(0));
    expect(at(3)).toBe(at(1));
  });
});

describe('the score', () => {
  const scale = { mean: -3, deviation: 2 };

  it('rises with the logit and with what a pick adds, and is a probability', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -30, max: 30, noNaN: true }),
        fc.double({ min: 0.01, max: 10, noNaN: true }),
        fc.constantFrom('described', 'artist', 'sound', 'predicted' as const),
        (logit, more, basis) => {
          const { own } = model.spec.picks;
          const score = (x: number, pick = 0, shift = 0) =>
            model.score(model.lift(x, scale, pick, shift), basis);
          expect(score(logit) >= 0 && score(logit) <= 1).toBe(true);
          expect(score(logit + more)).toBeGreaterThanOrEqual(score(logit));
          expect(score(logit + more, own)).toBeGreaterThanOrEqual(score(logit, own));
          expect(score(logit, own / 2)).toBeGreaterThanOrEqual(score(logit));
          expect(score(logit, 0, more)).toBeGreaterThanOrEqual(score(logit));
        },
      ),
      { seed: 3 },
    );
  });

  it('is measured in the spread of the song’s own logits over known films', () => {
    const song = Float64Array.from({ length: 8 }, (_, i) => Math.sin(i));
    const { mean, deviation } = model.scoreScale(song);
    const twice = model.scoreScale(song.map((value) => 2 * value));
    const none = model.scoreScale(new Float64Array(8));
    expect(twice.mean - none.mean).toBeCloseTo(2 * (mean - none.mean), 9);
    expect(deviation).toBeGreaterThan(0);
  });
});

describe('learned films', () => {
  it('are found by id, others are not', () => {
    const ids = [...model.weights.learnedIds];
    expect(ids).toEqual([...ids].sort((a, b) => a - b));
    for (const [row, id] of ids.entries()) expect(model.learnedRow(id)).toBe(row);
    for (const id of [0, -1, 1.5, ids[0]! - 1, ids.at(-1)! + 1, Number.NaN])
      expect(model.learnedRow(id)).toBe(-1);
  });

  it('have a bias of their own, others the common one', () => {
    const r = new Float64Array(model.weights.film.length / model.spec.dims);
    expect(model.projectFilm(5, r)).toEqual({ vector: new Float64Array(8), bias: model.spec.bias });
    const learned = model.projectFilm(filmId(0, 0), r);
    expect(learned.bias).not.toBe(model.spec.bias);
    expect(norm(learned.vector)).toBeGreaterThan(0);
  });
});

describe('predicted profiles', () => {
  const NONE = { own: new Map<number, number>(), artist: new Map<number, number>() };
  const genre = (name: string) => {
    const own = new Map([[model.genreIndex.get(name)!, 1]]);
    return { own, artist: own };
  };
  const strength = (name: string, term: string) =>
    model.predictSong(outsideSong(), genre(name)).terms[model.termIndex.get(term)!]!;

  it('follow the labels, within 0…1', () => {
    expect(strength('metal', 'menacing')).toBeGreaterThan(strength('pop', 'menacing') + 0.1);
    expect(strength('pop', 'tender')).toBeGreaterThan(strength('metal', 'tender') + 0.1);
    const wild = outsideSong({}, { loudness: -1e9, tempo: 1e9 });
    for (const value of model.predictSong(wild, NONE).terms) expect(value >= 0 && value <= 1).toBe(true);
  });

  it('of a song without a sound are those of one at the mean', () => {
    const mute = { ...outsideSong(), features: null, durationMs: null, popularity: null, explicit: null };
    for (const value of model.predictSong(mute, NONE).terms) expect(Number.isFinite(value)).toBe(true);
  });
});
