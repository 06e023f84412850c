/** A file that somebody asked for, brought to their direct conversation with the app. */
import type { NoticeAnswer } from '../../conversation/answer.ts';
import type { Bot } from './bot.ts';
import type { Asker } from './context.ts';
import { noteFailure } from './failures.ts';
import { mayUpload } from './pictures.ts';
import { drawSentence } from './render/index.ts';
import { call } from './retry.ts';
import { upload } from './upload.ts';

async function send(asker: Asker, title: string, file: NonNullable<NoticeAnswer['attachment']>) {
  const { client, user } = asker;
  const { channel } = await call(() => client.chat.postMessage({ channel: user, ...drawSentence(title) }));
  if (!channel) throw new Error('Slack gave no conversation to upload to.');
  const id = await upload(asker, Buffer.from(file.text, 'utf8'), { filename: file.name });
  const files: [{ id: string; title: string }] = [{ id, title: file.name }];
  await call(() => client.files.completeUploadExternal({ files, channel_id: channel }));
}

/** @returns the notice without its file once that is on its way, else the notice as it was: text, then */
export async function sendFile(bot: Bot, asker: Asker, notice: NoticeAnswer): Promise<NoticeAnswer> {
  const { attachment, ...rest } = notice;
  if (!attachment || !mayUpload(asker)) return notice;
  try {
    await send(asker, notice.title, attachment);
    return rest;
  } catch (error) {
    noteFailure(bot, 'export', error);
    return notice;
  }
}
