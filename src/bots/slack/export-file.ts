/** A file that somebody asked for, brought to their direct conversation with the app. */
import type { NoticeAnswer } from '../../conversation/answer.ts';
import type { Bot } from './bot.ts';
import type { Asker } from './context.ts';
import { noteFailure } from './failures.ts';
import { mayUpload } from './pictures.ts';
import { drawSentence } from './render/index.ts';
import { call } from './retry.ts';

const TIMEOUT_MS = 10_000;

async function send({ client, user }: Asker, title: string, file: NonNullable<NoticeAnswer['attachment']>) {
  const bytes = Buffer.from(file.text, 'utf8');
  const opened = await call(() => client.chat.postMessage({ channel: user, ...drawSentence(title) }));
  const slot = await call(
    () => client.files.getUploadURLExternal({ filename: file.name, length: bytes.length }),
    true,
  );
  const { upload_url: url, file_id: id } = slot;
  if (!url || !id || !opened.channel) throw new Error('Slack gave no address to upload to.');
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream' },
    body: new Uint8Array(bytes),
    redirect: 'error',
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  await response.arrayBuffer();
  if (!response.ok) throw new Error(`The upload ended with status ${response.status}.`);
  const channel_id = opened.channel;
  await call(() => client.files.completeUploadExternal({ files: [{ id, title: file.name }], channel_id }));
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
