/**
 * Tracks that no film can fit, because they are not music: white noise, rain, hair dryers, speech. The rules
 * were chosen by looking at the data set's "sleep", "comedy" and beatless tracks; ambient music, sleepy piano
 * and rap must pass.
 */
import { normaliseText } from '../../engine/search/normalise.ts';
import type { Song } from '../../engine/types.ts';

/** What keeps a track from being matched. */
export type NonMusic = 'noise' | 'speech';

/** Words for sound that is no music, as they stand in titles, artists and albums, after normalisation. */
const NOISE =
  /(?:white|brown|pink|grey|gray|green) ?noise|weisses rauschen|(?:wei(?:ss|s)e?s|braunes|rosa) (?:rauschen|gerausch)|meeresrauschen|bruit (?:blanc|brun|rose)|ruido (?:blanco|marron|rosa|branco)|rumore bianco|белыи шум|ホワイトノイズ|白噪音|(?:rain|ocean|sleep|nature|water|forest|thunder(?:storm)?|beach|wave|cricket|baby sleep|sleeping|river|fan)s? (?:sounds?|noises?|ambience)|sounds? of nature|sound effects?|(?:rain|regen|rainfall|waves?|thunder) (?:for|to|zum) (?:deep )?(?:sleep(?:ing)?|schlafen)|sleep (?:sounds?|rain|noise)|hair ?dryers?|vacuum cleaner|air ?conditioner|box fan|loopable|no fade|baby shush|asmr|binaural beats|shhhh+/u;

/** Titles of things that are read or talked: only believed together with a voice that speaks. */
const SPOKEN =
  /\b(?:interview|podcast|audiobook|horbuch|horspiel|kapitel|chapter|skit|monologue|speech|stand ?up)\b/u;

/** Spotify calls a recording from .66 on "probably entirely spoken words"; rap reaches .9. */
const SPEECH = 0.66;
/** Only stories and comedy reach this without a genre that sings or raps. */
const ALMOST_ONLY_SPEECH = 0.93;
const GENRES_OF_STORIES: ReadonlySet<string> = new Set(['comedy', 'children', 'kids']);

/** Why no film can fit the track, or null where one can. */
export function nonMusicKind(song: Song): NonMusic | null {
  if (isNoise(song)) return 'noise';
  return isSpeech(song) ? 'speech' : null;
}

function isNoise({ title, album, artists, genres, features }: Song): boolean {
  // An album's name alone says little of a track that has a genre: music is sold "with nature sounds".
  const names = [title, ...artists, ...(genres.length === 0 || genres.includes('sleep') ? [album] : [])];
  const named = names.some((name) => NOISE.test(normaliseText(name)));
  // Somebody described it as music.
  if (features === null) return false;
  const { tempo, danceability, energy, instrumentalness, valence } = features;
  const beatless = tempo === null && danceability === 0;
  const shapeless = danceability < 0.3 && valence <= 0.01;
  if (genres.includes('sleep')) return named || beatless || shapeless;
  // A song may be called "White Noise": then it has a beat, a voice or a mood.
  const still = instrumentalness > 0.3 && energy < 0.5 && danceability < 0.5;
  const steady = instrumentalness > 0.3 && valence < 0.06 && danceability < 0.5;
  if (named) return beatless || shapeless || still || steady;
  return genres.length === 0 && beatless && energy < 0.001;
}

function isSpeech({ title, genres, features }: Song): boolean {
  if (features === null) return false;
  const { speechiness, instrumentalness } = features;
  if (speechiness < SPEECH || instrumentalness > 0.3) return false;
  if (genres.includes('comedy') || SPOKEN.test(normaliseText(title))) return true;
  return speechiness >= ALMOST_ONLY_SPEECH && genres.every((genre) => GENRES_OF_STORIES.has(genre));
}
