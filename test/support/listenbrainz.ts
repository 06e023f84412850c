/** ListenBrainz's answers as its documentation shows them (listenbrainz.readthedocs.io/en/latest/users/api/core.html), shortened. */

import type { Listening } from '../../src/lookup/listenbrainz/listening.ts';

/** Everybody plays the same song. */
export const playing: Listening = {
  latest: async () => ({ title: 'Hold On', artist: 'Adele', spotify: null, playing: true }),
};

/** `/1/user/{name}/playing-now` and `/listens`: one listen, or none. @param spotify id of a track there */
export const listens = (title?: string, artist = '', spotify?: string) => ({
  payload: {
    count: title ? 1 : 0,
    listens: title
      ? [
          {
            playing_now: true,
            track_metadata: {
              additional_info: {
                music_service: 'spotify.com',
                ...(spotify && { spotify_id: `https://open.spotify.com/track/${spotify}` }),
                submission_client: 'web-scrobbler',
              },
              artist_name: artist,
              release_name: 'An album',
              track_name: title,
            },
          },
        ]
      : [],
    playing_now: true,
    user_id: 'rob',
  },
});
