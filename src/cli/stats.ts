/** `music2movie stats`: what people made of the answers, for the owner. Numbers only: nobody can be told from them. */
import { writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import type { StoredVote } from '../conversation/votes.ts';
import { Engine } from '../engine/engine.ts';
import { standingVotes } from '../engine/matching/community.ts';
import { OURS } from '../judge/ballots.ts';
import { isSongId, ratingsText } from '../judge/ratings.ts';
import { UserError } from '../shared/errors.ts';
import { hashOf } from '../shared/hash.ts';
import type { CliIo } from './io.ts';
import { configOf, openConfigured } from './state.ts';

/** Days of "lately", and films named. */
const LATELY_DAYS = 30;
const NAMED = 10;

interface Stats {
  readonly entries: Readonly<Record<string, number>>;
  readonly bytes: number;
  readonly votes: {
    readonly all: number;
    readonly fit: number;
    readonly voters: number;
    readonly lately: number;
  };
  /** Films with the most votes; `fit` of `votes` said that it fits. */
  readonly films: readonly { readonly title: string; readonly votes: number; readonly fit: number }[];
}

export function register(program: Command, io: CliIo): void {
  program
    .command('stats')
    .description('votes and what is kept, in numbers')
    .option('--json', 'print them as one JSON object')
    .option('--votes <file>', 'write the votes as ratings, which `judge --export` gives to the fit')
    .action(async ({ json, votes }: { json?: boolean; votes?: string }) => {
      if (votes !== undefined) {
        const { written, left } = await exportVotes(io, votes);
        io.out(`${written} votes written to ${votes}; ${left} left out, of newcomers or not on one song.\n`);
        return;
      }
      const stats = await gather(io);
      io.out(json ? `${JSON.stringify(stats)}\n` : text(stats));
    });
}

/**
 * Writes every vote on a single song by somebody who has voted on days far enough apart, one line each, so that a pair
 * weighs as much as people voted on it. Raters are short hashes of hashes: the same at the next export, and nobody's name.
 *
 * @throws UserError when the file can't be written
 */
async function exportVotes(io: CliIo, file: string): Promise<{ written: number; left: number }> {
  const store = await openConfigured(io, configOf(io));
  try {
    const all = (await store.list<StoredVote>('vote:')).map(({ key, value }) => ({
      ...value,
      voter: `voter ${hashOf(key.split(':')[1]!, 10)}`,
    }));
    const ratings = standingVotes(all)
      .filter(({ song }) => isSongId(song))
      .map(({ voter, song, film, fits, day }) => ({
        time: `${day}T00:00:00Z`,
        rater: voter,
        song,
        film,
        system: OURS,
        fits: fits ? (1 as const) : (0 as const),
      }));
    await writeFile(file, ratingsText(ratings)).catch((error) => {
      throw new UserError(`Votes can't be written to ${file}.`, {
        id: 'stats.unwritable',
        hint: 'Name a file in a folder that exists and may be written to.',
        underlying: error,
      });
    });
    return { written: ratings.length, left: all.length - ratings.length };
  } finally {
    await store.close();
  }
}

async function gather(io: CliIo): Promise<Stats> {
  const config = configOf(io);
  const store = await openConfigured(io, config);
  const engine = await Engine.open(config.catalogueDir).catch(() => null);
  try {
    await store.sweep();
    const votes = await store.list<StoredVote>('vote:');
    const since = new Date(Date.now() - LATELY_DAYS * 24 * 3600_000).toISOString().slice(0, 10);
    const films = new Map<number, { votes: number; fit: number }>();
    for (const { value } of votes) {
      const film = films.get(value.film) ?? { votes: 0, fit: 0 };
      films.set(value.film, { votes: film.votes + 1, fit: film.fit + (value.fits ? 1 : 0) });
    }
    const most = [...films].sort((a, b) => b[1].votes - a[1].votes || a[0] - b[0]).slice(0, NAMED);
    return {
      ...store.size(),
      votes: {
        all: votes.length,
        fit: votes.filter(({ value }) => value.fits).length,
        voters: new Set(votes.map(({ key }) => key.split(':')[1])).size,
        lately: votes.filter(({ value }) => value.day >= since).length,
      },
      films: most.map(([id, counts]) => ({ title: engine?.film(id)?.title ?? `TMDB ${id}`, ...counts })),
    };
  } finally {
    await engine?.close();
    await store.close();
  }
}

function text({ entries, bytes, votes, films }: Stats): string {
  const kinds = Object.entries(entries)
    .sort()
    .map(([kind, count]) => `  ${kind}: ${count}\n`);
  const named = films.map(({ title, votes, fit }) => `  ${title}: ${fit} of ${votes} say that it fits\n`);
  return [
    `${votes.all} votes by ${votes.voters} people, ${votes.fit} of them "fits"; ${votes.lately} in the last ${LATELY_DAYS} days.\n`,
    ...(named.length > 0 ? ['Films with the most votes:\n', ...named] : []),
    `Kept, ${(bytes / 1e6).toFixed(1)} MB:\n`,
    ...(kinds.length > 0 ? kinds : ['  nothing yet\n']),
  ].join('');
}
