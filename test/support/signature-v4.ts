/** What S3 checks of a request: AWS Signature Version 4, as its documentation describes it step by step. */
import { createHash, createHmac } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

const sha256 = (data: string | Buffer) => createHash('sha256').update(data).digest('hex');
const hmac = (key: string | Buffer, data: string) => createHmac('sha256', key).update(data).digest();

/** S3 takes a request for a quarter of an hour. */
const WINDOW_MS = 15 * 60_000;

/** Whether a request is signed with the keys, now, for these bytes. */
export const signedWith =
  (keys: {
    readonly id: string;
    readonly secret: string;
    readonly region: string;
    readonly session?: string;
  }) =>
  (request: IncomingMessage, body: Buffer): boolean => {
    const header = (name: string) => String(request.headers[name] ?? '');
    const given =
      /^AWS4-HMAC-SHA256 Credential=([^,]+), ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/.exec(
        header('authorization'),
      );
    if (!given) return false;
    const [, credential, signedHeaders, signature] = given as unknown as [string, string, string, string];
    const time = header('x-amz-date');
    const iso = time.replace(/^(....)(..)(..)T(..)(..)(..)Z$/, '$1-$2-$3T$4:$5:$6Z');
    if (!(Math.abs(Date.now() - Date.parse(iso)) < WINDOW_MS)) return false;
    if (header('x-amz-content-sha256') !== sha256(body)) return false;
    if (keys.session !== undefined && header('x-amz-security-token') !== keys.session) return false;
    const scope = `${time.slice(0, 8)}/${keys.region}/s3/aws4_request`;
    const names = signedHeaders.split(';');
    const amazons = Object.keys(request.headers).filter((name) => name.startsWith('x-amz-'));
    if (credential !== `${keys.id}/${scope}` || ![...amazons, 'host'].every((name) => names.includes(name))) {
      return false;
    }
    const canonical = [
      request.method,
      request.url,
      '',
      ...names.map((name) => `${name}:${header(name)}`),
      '',
      signedHeaders,
      header('x-amz-content-sha256'),
    ].join('\n');
    const toSign = ['AWS4-HMAC-SHA256', time, scope, sha256(canonical)].join('\n');
    const key = [time.slice(0, 8), keys.region, 's3', 'aws4_request'].reduce<string | Buffer>(
      (so, part) => hmac(so, part),
      `AWS4${keys.secret}`,
    );
    return hmac(key, toSign).toString('hex') === signature;
  };
