/** Packages that an installation for just running the bot leaves out. */
import { ConfigurationError } from './errors.ts';

/**
 * Loads what needs such packages.
 *
 * @param purpose begins the sentence for whoever lacks one, such as `Looking at posters`
 * @throws ConfigurationError `optional.missing` naming the package that is absent
 */
export async function loadOptional<T>(purpose: string, load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (error) {
    const name = missingPackage(error);
    if (name === null) throw error;
    throw new ConfigurationError(`${purpose} needs the package ${name}, which is not installed.`, {
      id: 'optional.missing',
      hint: 'Run npm install without --omit=dev.',
      underlying: error,
    });
  }
}

/** The package that an import did not find; null for any other failure. */
function missingPackage(error: unknown): string | null {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code !== 'ERR_MODULE_NOT_FOUND' && code !== 'MODULE_NOT_FOUND') return null;
  return /Cannot find (?:package|module) '([^'./][^']*)'/.exec(message)?.[1] ?? null;
}
