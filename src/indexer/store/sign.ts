/** How a store of catalogues knows us: by a bearer token, or as S3 does, by a signature of every request. */
import { loadOptional } from '../../shared/optional.ts';

/** Keys for a bucket, and where it is. */
export interface S3Access {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Of keys that last for a while only. */
  readonly sessionToken: string | null;
  readonly region: string;
  /** Of what is not Amazon's, without a trailing slash; null for Amazon's own. */
  readonly endpoint: string | null;
}

/** A store of catalogues. */
export interface Store {
  /** Over HTTP, without a trailing slash. */
  readonly url: string;
  /** Sent as a bearer token, to this address alone. */
  readonly token?: string | null;
  /** Signs what is sent to this address. */
  readonly s3?: S3Access | null;
}

/** The store at an address such as `s3://bucket/folder`. */
export function bucketStore(address: string, s3: S3Access): Store {
  const [, bucket, folder = ''] = /^s3:\/\/([^/]+)(\/.*)?$/.exec(address)!;
  const { endpoint, region } = s3;
  const root = endpoint === null ? `https://${bucket}.s3.${region}.amazonaws.com` : `${endpoint}/${bucket}`;
  return { url: root + folder.replace(/\/+$/, ''), s3 };
}

/**
 * The headers by which the store knows us; a signature holds for a quarter of an hour.
 *
 * @param sha256 of what is sent, in hexadecimal; the store refuses other bytes. Absent where nothing is sent
 * @throws ConfigurationError where the package that signs is absent
 */
export async function authorization(
  { token, s3 }: Store,
  method: 'GET' | 'HEAD' | 'PUT',
  url: string,
  sha256 = EMPTY,
): Promise<Record<string, string>> {
  if (!s3) return token ? { authorization: `Bearer ${token}` } : {};
  const { AwsV4Signer } = await loadOptional('A bucket', () => import('aws4fetch'));
  const { accessKeyId, secretAccessKey, sessionToken, region } = s3;
  const signer = new AwsV4Signer({
    method,
    url,
    headers: { 'x-amz-content-sha256': sha256 },
    accessKeyId,
    secretAccessKey,
    ...(sessionToken && { sessionToken }),
    service: 's3',
    region,
  });
  return Object.fromEntries((await signer.sign()).headers);
}

/** SHA-256 of nothing. */
const EMPTY = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
