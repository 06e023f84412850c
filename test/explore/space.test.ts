import { beforeAll, describe, expect, it } from 'vitest';
import { Model } from '../../src/engine/model/model.ts';
import { dot } from '../../src/engine/model/numbers.ts';
import type { Song } from '../../src/engine/types.ts';
import { describedWorks } from '../../src/explore/gather/described.ts';
import { briefOf, Space } from '../../src/explore/gather/space.ts';
import { readFilms, readSongs } from '../../src/fitting/data.ts';
import { type FeelData, readFeelData } from '../../src/indexer/feel/data.ts';
import { trackId } from '../support/catalogue.ts';
import { DESCRIBED_SONGS, filmId, KINDS, songNumber, tinyWorld } from '../support/tiny.ts';

let songs: Song[];
let feel: FeelData;
let space: Space;
const song = (kind: number, n: number) => songs.find(({ id }) => id === trackId(songNumber(kind, n)))!;
beforeAll(async () => {
  const world = await tinyWorld();
  songs = await readSongs(world.songs);
  feel = await readFeelData(world.feel);
  space = new Space(await Model.load(world.model), songs, feel);
  for (const film of await readFilms(world.movies)) space.addFilm(film, briefOf(film));
});

describe('the fitted space', () => {
  it('recommends what the indexed vectors say, best first', () => {
    const { model } = space;
    for (const asked of songs.slice(0, 20)) {
      const placed = space.place(asked);
      const query = model.query(placed.vector);
      const scores = space.films.map(({ vector, bias, film }) =>
        dot(query, model.indexed({ vector: Float64Array.from(vector), bias }, film.votes)),
      );
      const best = [...scores.keys()].sort((a, b) => scores[b]! - scores[a]!).slice(0, 5);
      expect(space.recommend(placed, 5).map(({ film }) => film.id)).toEqual(
        best.map((row) => space.films[row]!.film.id),
      );
    }
  });

  it('takes the profile of the song, of its artist, or of its sound', () => {
    const described = space.place(song(1, 2));
    expect(described.profile).toMatchObject({ basis: 'described', year: KINDS[1]!.year - 1 });
    expect(described.profile.terms).toEqual(feel.songs.get(described.song.id)!.terms);
    const borrowed = space.place(song(1, DESCRIBED_SONGS));
    expect(borrowed.profile).toMatchObject({ basis: 'artist', year: KINDS[1]!.year });
    expect(space.place(song(1, 11)).profile).toMatchObject({ basis: 'sound', year: null });
    expect(space.place({ ...song(1, 2), features: null, durationMs: null }).profile.basis).toBe('described');
  });

  it('leads every kind of song to its own kind of film', () => {
    for (const kind of KINDS.keys()) {
      for (const n of [1, DESCRIBED_SONGS, 11]) {
        const own = space
          .recommend(space.place(song(kind, n)), 5)
          .filter(({ film }) => Math.floor(film.id / 1000) === kind + 1);
        expect(own.length, `${KINDS[kind]!.name} ${n}`).toBeGreaterThanOrEqual(4);
      }
    }
  });

  it("scores a film of the song's kind above one of another", () => {
    const placed = space.place(song(0, 1));
    const film = (id: number) => space.films.find((one) => one.film.id === id)!;
    expect(space.score(placed, film(filmId(0, 1)))).toBeGreaterThan(space.score(placed, film(filmId(1, 1))));
  });
});

describe('what of the data is described', () => {
  it('counts a song once, however many editions there are, and only films of the data', () => {
    const one = song(0, 0);
    const again: Song = { ...one, id: trackId(9999), title: `${one.title} - Remastered 2011` };
    const works = describedWorks([one, again, song(0, 11)], new Set([filmId(0, 1), filmId(0, 9), 5]), feel);
    expect(works.songs.map(({ id }) => id)).toEqual([one.id]);
    // The last films of a kind are not described.
    expect(works.films.map(({ id }) => id)).toEqual([filmId(0, 1)]);
  });
});
