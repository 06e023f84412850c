/** Asks every service that is asked for songs or films one question about a well-known one. */
import { type Finding, fault, fine } from '../bots/common/doctor.ts';
import type { Config } from '../config.ts';
import { ListenBrainz } from '../lookup/listenbrainz/client.ts';
import { Tmdb } from '../lookup/tmdb/client.ts';
import { Upstreams } from '../lookup/upstreams.ts';
import { type Deadline, startDeadline } from '../shared/deadline.ts';
import { UpstreamError } from '../shared/errors.ts';
import { Http } from '../shared/http.ts';
import { openMemoryState } from '../state/memory.ts';

/** Milliseconds for all of them together: they are asked at once. */
const TIME_MS = 4_000;

/** "Get Lucky" under the ids of each service, and a track that SoundCloud's documentation names. */
const KNOWN = {
  spotify: '69kOkLUCkxIZYexIgSG8rq',
  deezer: '67238735',
  apple: '617154366',
  youTube: '5NV6Rdv1a3I',
  soundCloud: 'forss/flickermood',
  /** The project's founder. */
  listenBrainz: 'rob',
  /** “Fight Club”, as TMDB's documentation has it. */
  tmdb: 550,
} as const;

/** @returns one finding for those that answer as they should, and one for each that does not */
export async function diagnoseLookups(
  config: Pick<Config, 'urls' | 'spotify' | 'tmdbKey'>,
): Promise<Finding[]> {
  const upstreams = new Upstreams(config, openMemoryState(), { retries: 0 });
  const deadline = startDeadline(TIME_MS);
  const asked: [string, (deadline: Deadline) => Promise<unknown>][] = [
    ['ReccoBeats', (time) => measure(upstreams, time)],
    ['Deezer', (time) => upstreams.deezerTrack(KNOWN.deezer, time)],
    ['Apple Music', (time) => upstreams.appleTrack(KNOWN.apple, 'us', time)],
    ['YouTube', (time) => upstreams.youTubeVideo(KNOWN.youTube, time)],
    ['SoundCloud', (time) => upstreams.soundCloudTrack(KNOWN.soundCloud, time)],
    ['Spotify', (time) => upstreams.title('track', KNOWN.spotify, time)],
  ];
  if (upstreams.hasSpotify) asked.push(['Spotify’s Web API', (time) => upstreams.track(KNOWN.spotify, time)]);
  const { tmdbKey, urls } = config;
  const listenBrainz = new ListenBrainz(new Http({ retries: 0 }), urls.listenBrainz);
  asked.push(['ListenBrainz', (time) => listenBrainz.latest(KNOWN.listenBrainz, time)]);
  if (tmdbKey) {
    const tmdb = new Tmdb(new Http({ retries: 0 }), urls.tmdbApi, tmdbKey);
    asked.push(['TMDB', (time) => tmdb.offers(KNOWN.tmdb, 'US', time)]);
  }
  const findings = await Promise.all(
    asked.map(async ([service, ask]) => ({ service, error: await failureOf(() => ask(deadline)) })),
  );
  const well = findings.filter(({ error }) => error === null).map(({ service }) => service);
  const list = new Intl.ListFormat('en').format(well);
  return [
    ...(well.length > 0 ? [fine('Services', `${list} ${well.length > 1 ? 'answer' : 'answers'}.`)] : []),
    ...findings.flatMap(({ service, error }) => (error ? [fault(service, error.message, fixOf(error))] : [])),
  ];
}

async function measure(upstreams: Upstreams, deadline: Deadline): Promise<void> {
  const measured = await upstreams.measured({ spotifyId: KNOWN.spotify }, deadline);
  if (measured?.fault) throw measured.fault;
}

async function failureOf(ask: () => Promise<unknown>): Promise<UpstreamError | null> {
  try {
    await ask();
    return null;
  } catch (error) {
    if (error instanceof UpstreamError) return error;
    throw error;
  }
}

function fixOf({ id, hint }: UpstreamError): string {
  if (hint) return hint;
  if (id === 'upstream.unreadable') return 'It changed its form: a newer Music2Movie may understand it.';
  return 'Check the network; where there is none, set MUSIC2MOVIE_OFFLINE=true.';
}
