/** Section 4: the paper's claims beside what this data says. */
import type { Section } from '../figure.ts';
import { count, decimal, interval, list, percent } from '../format.ts';
import type { FilmGather } from '../gather/films.ts';
import type { SongGather } from '../gather/songs.ts';
import { type CorrelationTally, fisherInterval } from '../stats/correlation.ts';
import { wilson } from '../stats/proportion.ts';
import { type CategoryAssociation, categoryAssociations, PAPER_KEPT, PAPER_ROWS } from './films.ts';
import { type ShiftFindings, shiftSigns, shiftVerdict } from './shift.ts';
import { type GenrePopularity, genrePopularity, NICHE_GENRES } from './song-genres.ts';

type Verdict = 'agrees' | 'partly' | 'differs' | 'cannot be said';

export interface Finding {
  readonly claim: string;
  /** The paper's figure, or its words where it gives none. */
  readonly paper: string;
  readonly here: string;
  readonly verdict: Verdict;
}

/** Correlations count as weak below this, as strong from `STRONG` on (Cohen 1988: medium, large). */
const WEAK = 0.3;
const STRONG = 0.5;
/** A correlation agrees with the paper's within this much: other years, another selection. */
const NEAR = 0.1;

const withInterval = (tally: CorrelationTally, a: string, b: string) => {
  const { r, n } = tally.between(a, b);
  return `${decimal(r)} (${interval(fisherInterval(r, n))})`;
};

/** Does danceability bear on popularity more than valence? By plain correlation and with all features held. */
export function danceabilityFinding(tally: CorrelationTally): Finding {
  const danceability = tally.between('danceability', 'popularity').r;
  const valence = tally.between('valence', 'popularity').r;
  const beta = tally.standardisedCoefficients('popularity');
  const b = (name: string) => beta.get(name) ?? Number.NaN;
  const plain = Math.abs(danceability) > Math.abs(valence);
  const held = Math.abs(b('danceability')) > Math.abs(b('valence'));
  // What drives popularity would have to raise it: a larger negative figure does not answer the claim.
  const upward = danceability > 0 && b('danceability') > 0;
  const known = [danceability, valence].every(Number.isFinite);
  return {
    claim: 'Danceability bears on popularity more than valence does',
    paper: 'no figure given',
    here: `r with popularity: danceability ${withInterval(tally, 'danceability', 'popularity')}, valence ${withInterval(tally, 'valence', 'popularity')}; with the other features held: β ${decimal(b('danceability'))} and ${decimal(b('valence'))}`,
    verdict: !known
      ? 'cannot be said'
      : plain && held && upward
        ? 'agrees'
        : plain || (held && upward)
          ? 'partly'
          : 'differs',
  };
}

/** Are anime and grunge more popular than most genres? */
export function nicheFinding(genres: readonly GenrePopularity[]): Finding {
  const found = NICHE_GENRES.flatMap((name) => {
    const rank = genres.findIndex(({ genre }) => genre === name);
    return rank < 0 ? [] : [{ name, rank: rank + 1, popularity: genres[rank]!.popularity }];
  });
  const mean = genres.reduce((sum, { popularity }) => sum + popularity, 0) / genres.length;
  const high = found.filter(({ rank }) => rank <= genres.length / 4).length;
  return {
    claim: 'Niche genres such as anime and grunge are surprisingly popular',
    paper: 'no figure given',
    here:
      found.length === 0
        ? 'neither genre is in this data'
        : `${list(found.map(({ name, rank, popularity }) => `${name} ${decimal(popularity, 1)}, rank ${rank} of ${genres.length}`))}; mean over genres ${decimal(mean, 1)}`,
    verdict:
      found.length === 0
        ? 'cannot be said'
        : high === found.length
          ? 'agrees'
          : high > 0
            ? 'partly'
            : 'differs',
  };
}

/** Is every correlation of popularity with an audio feature weak? */
export function weakPopularityFinding(tally: CorrelationTally): Finding {
  const strongest = tally
    .strongest()
    .find(
      ({ a, b }) =>
        (a === 'popularity' || b === 'popularity') &&
        !['explicit', 'duration'].includes(a === 'popularity' ? b : a),
    );
  return {
    claim: 'Popularity correlates weakly with every audio feature',
    paper: 'weak',
    here: strongest
      ? `the strongest is ${strongest.a === 'popularity' ? strongest.b : strongest.a}, ${decimal(strongest.r)}`
      : 'no popularity in this data',
    verdict: !strongest ? 'cannot be said' : Math.abs(strongest.r) < WEAK ? 'agrees' : 'differs',
  };
}

function energyLoudnessFinding(tally: CorrelationTally): Finding {
  const { r } = tally.between('energy', 'loudness');
  return {
    claim: 'Energy and loudness correlate strongly',
    paper: 'strong',
    here: withInterval(tally, 'energy', 'loudness'),
    verdict: !Number.isFinite(r)
      ? 'cannot be said'
      : r >= STRONG
        ? 'agrees'
        : r >= WEAK
          ? 'partly'
          : 'differs',
  };
}

function explicitFinding(songs: SongGather, films: FilmGather): Finding {
  const rows = wilson(songs.explicitRows.explicit, songs.explicitRows.known);
  const mature = wilson(films.cleaned.mature, films.cleaned.withKeywords);
  const near = Math.abs(rows.share - 0.085) < 0.01;
  const more = mature.low > rows.high;
  return {
    claim: 'Few tracks are explicit, while film keywords are often mature',
    paper: '8.5% of tracks; "often"',
    here: `${percent(rows.share)} of rows; ${percent(mature.share)} of the films with keywords have a mature one`,
    verdict:
      rows.n === 0 || mature.n === 0
        ? 'cannot be said'
        : near && more
          ? 'agrees'
          : near || more
            ? 'partly'
            : 'differs',
  };
}

function shiftFinding(shift: ShiftFindings | null): Finding {
  const signs = shift ? shiftSigns(shift).filter(Boolean).length : 0;
  return {
    claim: 'That difference might shift recommendations',
    paper: '"might impact"',
    here: shift
      ? `${percent(shift.explicit.share)} of the films named for explicit songs are mature, ${percent(shift.other.share)} for others (difference ${interval([shift.difference.low * 100, shift.difference.high * 100], 1)} points); taking the flag off moves it by ${decimal(shift.change * 100, 1)} points and leaves ${percent(shift.stays, 0)} of the films in place. ${shiftVerdict(shift)}`
      : 'no fitted model, or songs of one kind only',
    verdict: !shift ? 'cannot be said' : signs === 2 ? 'agrees' : signs === 1 ? 'partly' : 'differs',
  };
}

/** A correlation of two film columns against the paper's figure. */
export function filmCorrelationFinding(films: FilmGather, a: string, b: string, paper: number): Finding {
  const { cleaned, published, known } = films.correlations;
  const { r } = cleaned.between(a, b);
  const other = published.between(a, b).r;
  const words = (name: string) => name.replaceAll('_', ' ');
  const near = [r, other].filter((x) => Math.abs(x - paper) <= NEAR).length;
  return {
    claim: `${words(a)[0]!.toUpperCase()}${words(a).slice(1)} correlates with ${words(b)}`,
    paper: decimal(paper),
    here: `${decimal(r)} over the cleaned films, ${decimal(other)} over every row, ${decimal(known.between(a, b).r)} where both are known`,
    verdict: !Number.isFinite(r)
      ? 'cannot be said'
      : near === 2
        ? 'agrees'
        : near === 1 || Math.abs(r) >= STRONG
          ? 'partly'
          : 'differs',
  };
}

export function cramerFinding(associations: readonly CategoryAssociation[]): Finding {
  const cells = associations.filter(
    ({ reading, corrected }) => reading === 'whole cells' && Number.isFinite(corrected),
  );
  const weak = cells.filter(({ corrected }) => corrected < WEAK).length;
  return {
    claim: "Genres, countries and languages relate weakly (Cramér's V)",
    paper: 'weak',
    here:
      cells.length === 0
        ? 'these columns are missing'
        : list(
            cells.map(
              ({ pair, v, corrected }) => `${pair} ${decimal(corrected)} (uncorrected ${decimal(v)})`,
            ),
          ),
    verdict:
      cells.length === 0
        ? 'cannot be said'
        : weak === cells.length
          ? 'agrees'
          : weak > 0
            ? 'partly'
            : 'differs',
  };
}

function cleaningFinding(films: FilmGather): Finding {
  const { rows, kept } = films.funnel;
  return {
    claim: 'After cleaning 24% of the films are left',
    paper: `${count(PAPER_KEPT)} of ${count(PAPER_ROWS)}: 24%, it says; ${percent(PAPER_KEPT / PAPER_ROWS, 0)} by these counts`,
    here: `${count(kept)} of ${count(rows)}, ${percent(kept / rows, 0)}; another selection of films, so the share need not agree`,
    verdict: Math.abs(kept / rows - 0.24) < 0.03 ? 'agrees' : 'differs',
  };
}

export function findingsOf(
  songs: SongGather,
  tally: CorrelationTally,
  films: FilmGather,
  shift: ShiftFindings | null,
): Finding[] {
  return [
    danceabilityFinding(tally),
    nicheFinding(genrePopularity(songs.songs)),
    weakPopularityFinding(tally),
    energyLoudnessFinding(tally),
    explicitFinding(songs, films),
    shiftFinding(shift),
    filmCorrelationFinding(films, 'revenue', 'budget', 0.69),
    filmCorrelationFinding(films, 'vote_count', 'revenue', 0.7),
    cramerFinding(categoryAssociations(films)),
    cleaningFinding(films),
  ];
}

export function findingsSection(findings: readonly Finding[]): Section {
  const tally = (verdict: Verdict) => findings.filter((finding) => finding.verdict === verdict).length;
  const unsaid = tally('cannot be said');
  return {
    id: 'findings',
    title: "The paper's findings",
    paragraphs: [
      'Each claim of the paper, its figure, and ours on the data given. Correlations below 0.3 count as weak and from 0.5 on as strong; a figure of the paper counts as met within 0.1, a share within a point.',
    ],
    figures: [
      {
        id: 'paper-findings',
        title: 'Claim by claim',
        caption: `Of ${findings.length} claims ${tally('agrees')} agree with this data, ${tally('partly')} partly and ${tally('differs')} not${unsaid > 0 ? `; ${unsaid} cannot be said from it` : ''}.`,
        table: {
          columns: ['claim', 'paper', 'here', 'verdict'],
          rows: findings.map(({ claim, paper, here, verdict }) => [claim, paper, here, verdict]),
        },
      },
    ],
  };
}
