/** From a video or an upload, of which an uploader's words are known, to a song. */
import { words } from '../../engine/search/normalise.ts';
import type { Upload } from '../oembed/client.ts';
import type { LookupSession } from './lookup-session.ts';
import { findNamed, readHit, readTitleOnly } from './online.ts';
import { inCatalogue } from './outcome.ts';
import type { Resolution } from './resolution.ts';
import { mentions } from './same-song.ts';
import { readText } from './text.ts';
import { plainTitle, readingsOf } from './upload-title.ts';

/** Reads an upload: the song that its words name, by an artist that they name too; else a question or an apology. */
export async function readUpload(
  session: LookupSession,
  upload: Upload,
  service: string,
): Promise<Resolution> {
  const { known } = session;
  const readings = readingsOf(upload);
  for (const reading of readings) {
    const same = inCatalogue(session, reading, service);
    if (same) return same;
  }
  const plain = plainTitle(upload.title);
  const local = readText(known, plain);
  // A title alone says too little of whose song it is: many a video is called "Hello".
  if (local.kind === 'song' && words(plain).some((word) => mentions(local.song.artists, word))) return local;
  const [first] = readings;
  if (first) {
    const hit = await findNamed(session, `${first.artists[0]} ${first.title}`, readings);
    if (hit) return readHit(session, hit);
  }
  return readTitleOnly(session, plain, service);
}
