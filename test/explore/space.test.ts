import { beforeAll, describe, expect, it } from 'vitest';
import { Model } from '../../src/engine/model/model.ts';
import { dot } from '../../src/engine/model/numbers.ts';
import { briefOf, type PlacedFilm, type PlacedSong, Space } from '../../src/explore/gather/space.ts';
import { moodFindings } from '../../src/explore/sections/mood.ts';
import { readFilms, readSongs } from '../../src/fitting/data.ts';
import { STARTER } from '../../src/indexer/starter.ts';

describe('the fitted space', () => {
  let space: Space;
  let placed: PlacedSong[];
  beforeAll(async () => {
    const songs = await readSongs(STARTER.songs);
    space = new Space(await Model.load(STARTER.model), songs);
    for (const film of (await readFilms(STARTER.movies)).slice(0, 150)) space.addFilm(film, briefOf(film));
    placed = songs.slice(0, 20).map((song) => space.place(song));
  });

  it('recommends what the indexed vectors say, best first', () => {
    const { model } = space;
    for (const song of placed) {
      const query = model.query(song.embedding);
      const scores = space.films.map((film) =>
        dot(query, model.indexed(Float64Array.from(film.embedding), film.popularity)),
      );
      const best = [...scores.keys()].sort((a, b) => scores[b]! - scores[a]!).slice(0, 5);
      expect(space.recommend(song, 5)).toEqual(best.map((row) => space.films[row]));
    }
  });

  it('splits the similarity into content and mood by the weight of the mood', () => {
    const { beta } = space.model.spec.mood;
    for (const song of placed) {
      const film = space.films[0]!;
      let mood = 0;
      for (let d = space.model.spec.dims; d < song.embedding.length; d++)
        mood += (song.embedding[d]! * film.embedding[d]!) / beta;
      const content = space.contentSimilarity(song, film);
      expect(Math.abs(content)).toBeLessThanOrEqual(1 + 1e-6);
      expect(space.similarity(song, film)).toBeCloseTo((1 - beta) * content + beta * mood, 6);
    }
  });

  it('scores by the fitted logistic curve', () => {
    const { slope, intercept } = space.model.spec.calibration;
    expect(space.score(-intercept / slope)).toBeCloseTo(0.5, 12);
    expect(space.score(0.5)).toBeGreaterThan(space.score(0.4));
  });
});

describe('mood and the match score', () => {
  const at = (valence: number) => ({ valence, embedding: new Float32Array() });
  const songs = Array.from({ length: 16 }, (_, i) => at(i)) as unknown as PlacedSong[];
  const films = Array.from({ length: 16 }, (_, i) => at(i)) as unknown as PlacedFilm[];

  it('sees a score that falls with the distance of the moods', () => {
    const findings = moodFindings(
      {
        similarity: (song, film) => -Math.abs(song.valence - film.valence),
        contentSimilarity: (song, film) => (song.valence + film.valence) % 2,
        score: (similarity) => 1 + similarity / 16,
      },
      songs,
      films,
    );
    expect(findings.gapScore).toBeCloseTo(-1, 12);
    expect(Math.abs(findings.valenceScore)).toBeLessThan(1e-12);
    expect(findings.cells.reduce((sum, { pairs }) => sum + pairs, 0)).toBe(256);
    // Two songs and two films a step: on the diagonal distances 0, 1, 1, 0.
    expect(findings.cells[0]).toEqual({ song: 0, film: 0, pairs: 4, score: 1 - 0.5 / 16 });
    // Quarters hold four of sixteen: distances of two sets of four are 1.25 in the same, 12 in opposite quarters.
    expect(findings.alike).toBeCloseTo(1 - 1.25 / 16, 12);
    expect(findings.opposite).toBeCloseTo(1 - 12 / 16, 12);
  });

  it('sees none where the score follows the song alone', () => {
    const findings = moodFindings(
      {
        similarity: (song) => song.valence,
        contentSimilarity: () => 0,
        score: (similarity) => similarity / 16,
      },
      songs,
      films,
    );
    expect(findings.valenceScore).toBeCloseTo(1, 12);
    expect(Math.abs(findings.gapScore)).toBeLessThan(1e-12);
    expect(findings.gapContent).toBeNaN();
  });
});
