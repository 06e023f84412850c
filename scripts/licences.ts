/**
 * Writes docs/LICENCES.md: what the program is made of and shown with, and under which terms. `npm run licences`; with
 * `--check` it only says whether the list is as the lock file has it.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const FILE = `${ROOT}docs/LICENCES.md`;

interface Locked {
  readonly version: string;
  readonly license?: string;
  readonly dev?: boolean;
}

/** Packages that an install without development's has, by the lock file. */
function packages(): { name: string; version: string; licence: string }[] {
  const lock = JSON.parse(readFileSync(`${ROOT}package-lock.json`, 'utf8')) as {
    packages: Record<string, Locked>;
  };
  const found = Object.entries(lock.packages)
    .filter(([place, { dev }]) => place !== '' && !dev)
    .map(([place, { version, license }]) => ({
      name: place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length),
      version,
      licence: license ?? 'not stated',
    }));
  const unique = new Map(found.map((one) => [`${one.name}@${one.version}`, one]));
  return [...unique.values()].sort(
    (a, b) => a.name.localeCompare(b.name, 'en') || a.version.localeCompare(b.version),
  );
}

export function licences(): string {
  const all = packages();
  const counts = new Map<string, number>();
  for (const { licence } of all) counts.set(licence, (counts.get(licence) ?? 0) + 1);
  const summary = [...counts].sort((a, b) => b[1] - a[1]).map(([licence, count]) => `${count} × ${licence}`);
  return `# Licences

The code and our own texts are under the [MIT licence](../LICENSE). This list is written by \`npm run licences\`; a test
keeps it as the lock file is. \`npm run -s sbom > sbom.cdx.json\` writes a software bill of materials (CycloneDX).

## Data and services

| What | Whose | Terms |
|---|---|---|
| song facts and audio features | Spotify Tracks Dataset, maharshipandya | ODbL 1.0: share what you derive under the same terms, and name it |
| film facts | TMDb Movies Dataset, asaniczka | ODC-By 1.0: name it |
| posters and links | TMDB | TMDB's API terms: non-commercial unless agreed otherwise; “This product uses TMDB and the TMDB APIs but is not endorsed, certified, or otherwise approved by TMDB”; what comes from the API is not to be used to train machine learning. Posters are shown from TMDB's own host; nothing fetched from the API is stored or fitted. The data set above was gathered from TMDB by its author: whoever fits a model anew judges that for their own use |
| audio features of songs outside the catalogue | ReccoBeats | its terms of use |
| links to songs | Spotify | its developer terms |
| feelings, picks, overviews (\`data/feel\`, \`data/starter\`) | ours | MIT |
| MobileNetV2, when \`music2movie data --model\` downloads it | Google | Apache-2.0; not shipped |
| fonts in \`src/art/fonts\` | named in its README | SIL Open Font License 1.1 |

sharp's binaries hold libvips, which is under the LGPL-3.0: it is a library of its own file, linked at run time, and can be
replaced (\`npm install --build-from-source\` of sharp against a libvips of your own).

## Packages of an install without development's

${all.length} packages: ${summary.join(', ')}.

| Package | Version | Licence |
|---|---|---|
${all.map(({ name, version, licence }) => `| ${name} | ${version} | ${licence} |`).join('\n')}
`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  if (process.argv.includes('--check')) {
    const same = readFileSync(FILE, 'utf8') === licences();
    process.stdout.write(same ? 'docs/LICENCES.md is up to date.\n' : 'Run `npm run licences`.\n');
    process.exitCode = same ? 0 : 1;
  } else writeFileSync(FILE, licences());
}
