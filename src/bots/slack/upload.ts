/** Brings bytes to an address that Slack gave for them. */
import { request } from '../../shared/http.ts';
import type { Asker } from './context.ts';
import { call, TIMEOUT_MS } from './retry.ts';

/**
 * Uploads a file. Nobody sees it until the upload is completed and a message or view names it.
 *
 * @returns its id
 */
export async function upload(
  { client }: Asker,
  bytes: Uint8Array,
  about: { readonly filename: string; readonly alt_text?: string },
): Promise<string> {
  const slot = await call(() => client.files.getUploadURLExternal({ ...about, length: bytes.length }), true);
  const { upload_url: url, file_id: id } = slot;
  if (!url || !id) throw new Error('Slack gave no address to upload to.');
  const { status } = await request({
    source: 'Slack',
    url,
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream' },
    body: new Uint8Array(bytes),
    timeoutMs: TIMEOUT_MS,
  });
  if (status < 200 || status >= 300) throw new Error(`The upload ended with status ${status}.`);
  return id;
}
