/** How the terminal prints what a check of the feel data found. */
import type { FeelReport } from '../indexer/feel/check.ts';
import { LEAST_USES } from '../indexer/feel/second-pass.ts';
import type { Spread } from '../indexer/feel/spread.ts';
import { printable } from './resolution.ts';

/** Faults printed; the JSON holds all. */
const FIRST_FAULTS = 10;
const CLOSEST = 3;
const RAREST = 8;

const whole = (count: number) => count.toLocaleString('en');
const percent = (share: number) => `${(100 * share).toFixed(2)} %`;

function spreadLines(name: string, spread: Spread): string[] {
  const { works, confidence, copies, copiedShare, nearest, toGenreMean, entropy, useEntropy } = spread;
  const row = (values: readonly number[]) =>
    values.length === 0 ? 'nothing to measure' : values.map((value) => value.toFixed(2)).join(' ');
  return [
    `${name}: ${whole(works)} described, ${whole(confidence[0])} of them guesses; ${copies.flat().length} exactly like another (${percent(copiedShare)})`,
    `  distance to the nearest      ${row(nearest)}`,
    `  distance to the genre's mean ${row(toGenreMean)}`,
    `  entropy of a work's terms    ${row(entropy)} bits; of the table ${useEntropy.toFixed(2)}`,
    ...spread.closest
      .slice(0, CLOSEST)
      .map(({ names, lines, distance }) =>
        printable(`  ${distance.toFixed(3)} ${names.join(' / ')} (lines ${lines.join(', ')})`),
      ),
  ];
}

function quotaLines({ quotas }: FeelReport): string[] {
  const short = quotas.filter(({ have, wanted }) => have < wanted);
  return [
    `Quotas: ${quotas.length - short.length} of ${quotas.length} met.`,
    ...short.map(({ name, have, wanted }) => `  ${name}: ${whole(have)} of ${whole(wanted)}`),
  ];
}

function pickLines({ picks }: FeelReport): string[] {
  const lengths = (counts: Readonly<Record<string, number>>) =>
    Object.entries(counts)
      .map(([films, works]) => `${films}: ${whole(works)}`)
      .join(', ');
  const most = picks.mostPicked
    .slice(0, CLOSEST)
    .map(({ title, film, share }) => `${title || `film ${film}`} ${percent(share)}`);
  return [
    `Picks: ${whole(picks.count)}; ${whole(picks.songsWithout)} songs and ${whole(picks.artistsWithout)} artists have none.`,
    `  films a song    ${lengths(picks.perSong)}`,
    `  films an artist ${lengths(picks.perArtist)}`,
    ...(most.length > 0 ? [printable(`  most picked     ${most.join(', ')}`)] : []),
  ];
}

function gradeLines({ grades: { songs, artists, films } }: FeelReport): string[] {
  const graded = Object.values(films).reduce((sum, count) => sum + count, 0);
  const shares = Object.entries(films).map(([grade, count]) => `${grade} ${percent(count / (graded || 1))}`);
  return [
    `Lists read: of ${whole(songs)} songs and ${whole(artists)} artists, ${whole(graded)} films: ${shares.join(', ')}.`,
  ];
}

function agreementLines({ agreement, uses }: FeelReport): string[] {
  const { mean, terms } = agreement;
  const rare = uses
    .map(({ term, films, songs, artists }) => ({ term, count: films + songs + artists }))
    .sort((a, b) => a.count - b.count)
    .slice(0, RAREST);
  const weakest = terms
    .filter(({ alpha }) => alpha !== null)
    .sort((a, b) => a.alpha! - b.alpha!)
    .slice(0, RAREST);
  return [
    `Described twice: ${agreement.songs} songs, ${agreement.artists} artists, ${agreement.films} films; mean alpha ${mean === null ? 'unknown' : mean.toFixed(2)} over ${terms.filter(({ alpha }) => alpha !== null).length} terms with ${LEAST_USES} uses or more.`,
    ...(weakest.length > 0
      ? [`  least agreed on ${weakest.map(({ term, alpha }) => `${term} ${alpha!.toFixed(2)}`).join(', ')}`]
      : []),
    `  least used      ${rare.map(({ term, count }) => `${term} ${count}`).join(', ')}`,
  ];
}

export function reportText(report: FeelReport): string {
  const { faults, unknown } = report;
  const lacking = [
    [unknown.films, 'described films'],
    [unknown.pickedFilms, 'picked films'],
    [unknown.songs, 'songs'],
  ] as const;
  const unchecked = lacking.filter(([count]) => count > 0).map(([count, what]) => `${whole(count)} ${what}`);
  const verdict =
    faults.length === 0
      ? ['The feel data are sound.']
      : [
          `${faults.length} fault${faults.length > 1 ? 's' : ''}:`,
          ...faults.slice(0, FIRST_FAULTS).map((fault) => printable(`- ${fault}`)),
          ...(faults.length > FIRST_FAULTS ? [`… and ${faults.length - FIRST_FAULTS} more.`] : []),
        ];
  return `${[
    `Feel data ${report.version.slice(0, 12)}`,
    'Distributions: least, 1 %, 5 %, 25 %, median, 75 %, most.',
    ...Object.entries(report.spread).flatMap(([name, spread]) => spreadLines(name, spread)),
    ...quotaLines(report),
    ...pickLines(report),
    ...gradeLines(report),
    ...agreementLines(report),
    ...(unchecked.length > 0
      ? [`Not in the tables looked at: ${unchecked.join(', ')}. --movies and --songs name fuller ones.`]
      : []),
    ...verdict,
  ].join('\n')}\n`;
}
