/** TMDB's answers as its documentation shows them (developer.themoviedb.org/reference), shortened. */

export const TMDB_KEY = '0123456789abcdef0123456789abcdef';
export const TMDB_TOKEN = 'eyJhbGciOiJIUzI1NiJ9.eyJzY29wZXMiOlsiYXBpX3JlYWQiXX0.c2lnbmF0dXJl';

const provider = (provider_id: number, provider_name: string, display_priority: number) => ({
  logo_path: `/${provider_id}.jpg`,
  provider_id,
  provider_name,
  display_priority,
});
const link = (country: string) => `https://www.themoviedb.org/movie/550-fight-club/watch?locale=${country}`;

/** `/3/movie/{id}/watch/providers` */
export const tmdbProviders = {
  id: 550,
  results: {
    DE: {
      link: link('DE'),
      flatrate: [provider(11, 'MUBI', 9), provider(8, 'Netflix', 0)],
      ads: [provider(300, 'Pluto TV', 30)],
      rent: [provider(2, 'Apple TV', 4), provider(20, 'maxdome Store', 18)],
      buy: [provider(20, 'maxdome Store', 18), provider(2, 'Apple TV', 4)],
    },
    FR: { link: link('FR'), flatrate: [provider(381, 'Canal+', 3)] },
    US: { link: link('US'), flatrate: [provider(15, 'Hulu', 7)] },
  },
};

const video = (key: string, official: boolean, type = 'Trailer') => ({
  iso_639_1: 'en',
  iso_3166_1: 'US',
  name: 'Fight Club | Trailer',
  key,
  site: 'YouTube',
  size: 1080,
  type,
  official,
  published_at: '2014-10-02T19:20:22.000Z',
  id: '5c9294240e0a267cd516835f',
});

/** `/3/movie/{id}/videos` */
export const tmdbVideos = {
  id: 550,
  results: [
    video('6JnN1DmbqoU', false),
    video('featurette1', true, 'Featurette'),
    video('BdJKm16Co6M', true),
  ],
};
