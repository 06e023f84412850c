import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { json, type StandIn, startStandIn, status } from '../support/stand-in.ts';
import { run } from './support.ts';

let server: StandIn;
beforeAll(async () => {
  server = await startStandIn();
});
afterAll(() => server.close());
beforeEach(() => server.routes.clear());

const HOSTS = [
  'RECCOBEATS',
  'DEEZER',
  'YOUTUBE',
  'SOUNDCLOUD',
  'ITUNES',
  'SPOTIFY_OPEN',
  'SPOTIFY_ACCOUNTS',
  'SPOTIFY_API',
  'LISTENBRAINZ',
];

/** The findings on look-ups. */
async function findings(more: Record<string, string> = {}) {
  const urls = Object.fromEntries(HOSTS.map((host) => [`${host}_URL`, server.url]));
  const { code, out } = await run(['doctor', '--json'], {
    env: { MUSIC2MOVIE_OFFLINE: 'false', ...urls, ...more },
  });
  const all = JSON.parse(out).findings as { ok: boolean; subject: string; sentence: string; fix?: string }[];
  return { code, of: (subject: string) => all.find((finding) => finding.subject === subject) };
}

it('says which services answer, and what is wrong with each that does not', async () => {
  server.routes.set('/v1/track', json({ content: [] }));
  server.routes.set('/v1/audio-features', json({ content: [{ changed: true }] }));
  server.routes.set('/track/67238735', status(503));
  const { code, of } = await findings();
  expect(code).toBe(1);
  expect(of('Services')).toMatchObject({
    ok: true,
    sentence: 'Apple Music, YouTube, SoundCloud, Spotify, and ListenBrainz answer.',
  });
  expect(of('ReccoBeats')).toMatchObject({ ok: false, fix: expect.stringContaining('changed its form') });
  expect(of('Deezer')).toMatchObject({ ok: false, fix: expect.stringContaining('Check the network') });
});

it('shows that the owner of the Spotify app needs Premium, and no secret', async () => {
  server.routes.set('/api/token', json({ access_token: 'CANARY-1', expires_in: 3_600 }));
  const message = 'Active premium subscription required for the owner of the app.';
  server.routes.set('/v1/tracks/69kOkLUCkxIZYexIgSG8rq', json({ error: { status: 403, message } }, 403));
  const { of } = await findings({ SPOTIFY_CLIENT_ID: 'id', SPOTIFY_CLIENT_SECRET: 'CANARY-2' });
  const finding = of('Spotify’s Web API');
  expect(finding).toMatchObject({ ok: false, fix: expect.stringContaining('needs Spotify Premium') });
  expect(JSON.stringify(finding)).not.toContain('CANARY');
});

it('asks nobody where look-ups are off', async () => {
  const before = server.asked.length;
  const { of } = await findings({ MUSIC2MOVIE_OFFLINE: 'true' });
  expect(of('Look-ups')).toMatchObject({ ok: true, sentence: expect.stringContaining('off') });
  expect(server.asked).toHaveLength(before);
  expect((await findings({ MUSIC2MOVIE_SEARCH_ONLINE: 'no' })).of('Look-ups')?.sentence).toContain(
    'words are not looked up',
  );
});
