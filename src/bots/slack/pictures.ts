/** Pictures that we draw, uploaded to Slack where the app may; nobody sees them outside the modal. */
import { drawnPoster } from '../../art/drawn-poster.ts';
import { pngOf } from '../../art/png.ts';
import { profilePicture } from '../../art/profile-picture.ts';
import type { FilmDetailAnswer } from '../../conversation/answer.ts';
import { wordsFor } from '../../i18n/index.ts';
import { hashOf } from '../../shared/hash.ts';
import type { Bot } from './bot.ts';
import { OPTIONAL_SCOPES } from './constants.ts';
import type { Asker } from './context.ts';
import { noteFailure, reasonOf } from './failures.ts';
import type { DetailPictures } from './render/detail.ts';
import { call } from './retry.ts';
import { upload } from './upload.ts';

/** How long an uploaded picture is used again. */
const KEPT_MS = 30 * 24 * 3600_000;
/** Pixels of width: sharp on dense screens, and small to send. */
const PROFILE_WIDTH = 1020;
const POSTER_WIDTH = 500;

const [FILES_WRITE] = OPTIONAL_SCOPES;

/** Whether uploads may work: Slack did not say which scopes there are, or named this one. */
export function mayUpload({ scopes }: Pick<Asker, 'scopes'>): boolean {
  return scopes === null || scopes.includes(FILES_WRITE);
}

interface Drawing {
  readonly svg: string;
  readonly width: number;
  readonly name: string;
  readonly alt: string;
}

function drawingsOf(answer: FilmDetailAnswer, locale: string): { profile: Drawing; poster: Drawing | null } {
  const { profiles, poster, id, title, year, rawGenres } = answer;
  const subject = {
    id,
    title,
    year: year === '' ? null : Number(year),
    genres: rawGenres,
    ...(poster.motif && { motif: poster.motif }),
  };
  return {
    profile: {
      svg: profilePicture(profiles, wordsFor(locale)),
      width: PROFILE_WIDTH,
      name: 'profile.png',
      alt: profiles.caption,
    },
    poster:
      poster.url === null
        ? { svg: drawnPoster(subject), width: POSTER_WIDTH, name: 'poster.png', alt: poster.alt }
        : null,
  };
}

async function uploadDrawing(asker: Asker, { svg, width, name, alt }: Drawing): Promise<string> {
  const id = await upload(asker, await pngOf(svg, width), { filename: name, alt_text: alt.slice(0, 1000) });
  // Without a channel the file is shared with nobody: it only shows where a block of ours names it.
  await call(() => asker.client.files.completeUploadExternal({ files: [{ id, title: name }] }), true);
  return id;
}

/** The file of a drawing, uploaded once per workspace. */
async function fileOf(bot: Bot, asker: Asker, drawing: Drawing): Promise<string> {
  const { state } = bot.shared;
  const key = `slack-picture:${asker.team}:${hashOf(drawing.svg, 24)}`;
  const known = await state.get<string>(key);
  if (known) return known;
  const id = await uploadDrawing(asker, drawing);
  await state.set(key, id, KEPT_MS);
  return id;
}

/** Workspaces whose installation turned out to lack the scope; asked again after a restart. */
const lacking = new Set<string>();

/** The pictures of a modal, or null where none can be shown: then the profiles stay in words. */
export async function picturesFor(
  bot: Bot,
  asker: Asker,
  answer: FilmDetailAnswer,
): Promise<DetailPictures | null> {
  if (!mayUpload(asker) || lacking.has(asker.team)) return null;
  try {
    const { profile, poster } = drawingsOf(answer, asker.locale);
    return {
      profile: await fileOf(bot, asker, profile),
      poster: poster && (await fileOf(bot, asker, poster)),
    };
  } catch (error) {
    if (reasonOf(error) === 'missing_scope') lacking.add(asker.team);
    else noteFailure(bot, 'picture', error);
    return null;
  }
}
