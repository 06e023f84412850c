/** The store of catalogues at an address, with what the settings say of it. */
import type { Config } from '../config.ts';
import { bucketStore, type Store } from '../indexer/store/sign.ts';
import { UserError } from '../shared/errors.ts';

/**
 * @param address `https://…` or `s3://…`, without a trailing slash
 * @throws UserError for a bucket without keys
 */
export function storeAt(
  address: string,
  { catalogueStore, s3 }: Pick<Config, 'catalogueStore' | 's3'>,
): Store {
  if (!address.startsWith('s3:')) {
    // The token is for its own store alone.
    const token = address === catalogueStore?.url ? (catalogueStore.token?.reveal() ?? null) : null;
    return { url: address, token };
  }
  if (!s3) {
    throw new UserError('A bucket needs keys.', {
      id: 'store.no-keys',
      hint: 'Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, and AWS_ENDPOINT_URL_S3 where it is not Amazon’s.',
    });
  }
  return bucketStore(address, {
    ...s3,
    secretAccessKey: s3.secretAccessKey.reveal(),
    sessionToken: s3.sessionToken?.reveal() ?? null,
  });
}
