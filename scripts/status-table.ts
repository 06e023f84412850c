/**
 * The README's table of what works where: `npx tsx scripts/status-table.ts` writes it anew. A mark stands only where
 * the test that shows it exists; a dash where nothing is claimed.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const SURFACES = ['Discord', 'Slack', 'Page', 'Terminal'] as const;
/** A test's file below `test/`, and its title as it stands in the file. */
type Proof = readonly [file: string, title: string];

const D = 'bots/discord/';
const S = 'bots/slack/';
const W = 'bots/web/';
const NOW = 'conversation/listening.test.ts';
const WATCHING = 'bots/watching.test.ts';

/** For every surface the test that shows the feature there, in the order of {@link SURFACES}; null where there is none. */
const FEATURES: Readonly<Record<string, readonly (Proof | null)[]>> = {
  'Five films for a song': [
    [`${D}listeners/commands.test.ts`, 'answers at once with five films, two rows and the attribution'],
    [
      `${S}listeners/commands.test.ts`,
      'answers /movie-for to the asker, who can share it to the channel once',
    ],
    [`${W}start.test.ts`, 'answers at a shareable address without any script'],
    ['cli/chat.test.ts', 'answers a song, opens details by number, and goes back'],
  ],
  Filters: [
    [`${D}listeners/actions.test.ts`, 'open as a form with what is in force, and narrow the answer'],
    [
      `${S}listeners/actions.test.ts`,
      'are a form, filled with what is in force, whose answer replaces the message',
    ],
    null,
    ['cli/chat.test.ts', 'takes an artist, joined songs and filters'],
  ],
  Votes: [
    [`${D}listeners/actions.test.ts`, 'take a vote and say so to the voter alone'],
    [`${S}listeners/actions.test.ts`, 'take a vote without closing, and go on to a film that looks alike'],
    [`${W}start.test.ts`, 'are one visitor’s by a cookie, and never changed by a mere link or another site'],
    ['cli/chat.test.ts', 'keeps a vote, and shows and forgets it by number'],
  ],
  'Song links pasted by others': [
    [`${D}listeners/messages.test.ts`, 'is offered by one quiet button, which opens the films in its place'],
    [`${S}listeners/links.test.ts`, 'is offered films for the poster alone, who may open or dismiss them'],
    null,
    null,
  ],
  'Film nights': [
    [`${D}film-night.test.ts`, 'goes from songs to a vote to one film, by one message'],
    [`${S}film-night.test.ts`, 'goes from songs to a vote to one film, by one message'],
    [`${W}film-night.test.ts`, 'is begun by one, joined by two others over its address, and chosen by all'],
    null,
  ],
  'Film nights by a poll, with an event': [
    [
      `${D}film-night-extras.test.ts`,
      'takes the votes by a poll of its own, and by what it says chooses the film',
    ],
    null,
    null,
    null,
  ],
  'What you play now': [
    [`${D}songs.test.ts`, 'answers /movie-now to the asker alone, with a button to share'],
    [
      `${S}listeners/commands.test.ts`,
      'answers /movie-now to the asker alone, and notes it for the workspace',
    ],
    [NOW, 'stands on the page, where a press keeps the name and a link does not'],
    [NOW, 'is asked in the terminal by number and a line'],
  ],
  'A daily song, and a recap of the week': [
    [
      `${D}rituals.test.ts`,
      'sends a daily song, asked for by a manager, once, without a sound and to nobody',
    ],
    [`${S}rituals.test.ts`, 'sends a daily song, asked for by an admin, once, and ends it by a button'],
    null,
    null,
  ],
  'A list from Letterboxd': [
    [`${D}songs.test.ts`, '%s %j is taken as %s'],
    null,
    [
      `${W}start.test.ts`,
      'comes in by the page, long as it may be, stays with the visitor, and out of their answers',
    ],
    null,
  ],
  'A picture to share': [
    [`${D}share.test.ts`, 'comes with its picture'],
    null,
    [`${W}start.test.ts`, 'has a title, a preview and a picture of its own at its address'],
    ['cli/recommend.test.ts', 'writes a PNG of 1200 × 630, and says where'],
  ],
  'Where to watch, and the trailer': [
    [WATCHING, 'draws it where only the asker sees it, with a button for another country and the trailer'],
    [WATCHING, 'draws it in the film’s modal, and the question with every choice'],
    [WATCHING, 'keeps the country by a press of its own visitor, and by no link'],
    ['conversation/watching.test.ts', 'stands in the terminal, where the country can be said at once'],
  ],
};

const BEGIN = '<!-- status: written by scripts/status-table.ts -->';
const END = '<!-- end of status -->';
const at = (file: string) => new URL(`../${file}`, import.meta.url);

/** Whether the test stands in its file and is not skipped there. */
function isTested([file, title]: Proof): boolean {
  const source = readFileSync(at(`test/${file}`), 'utf8');
  return ["'", '"', '`'].some((quote) =>
    new RegExp(`\\b(?:it|test)(?:\\.each\\([\\s\\S]{0,2000}?\\))?\\(${quote}${escaped(title)}${quote}`).test(
      source,
    ),
  );
}

const escaped = (text: string) => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');

/** The table, from the tests as they are now. */
export function statusTable(): string {
  const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [
    row(['', ...SURFACES]),
    `|---|${':-:|'.repeat(SURFACES.length)}`,
    ...Object.entries(FEATURES).map(([feature, proofs]) =>
      row([feature, ...proofs.map((proof) => (proof && isTested(proof) ? '✓' : '–'))]),
    ),
  ].join('\n');
}

/** Proofs that name no test: each would lose its mark without a word. */
export function missingProofs(): string[] {
  const proofs = Object.values(FEATURES).flat();
  return proofs.filter((proof) => proof !== null && !isTested(proof)).map((proof) => proof!.join(': '));
}

/** The README with the table in it anew. @throws Error where its place is not marked */
export function withStatus(readme: string): string {
  const [from, to] = [readme.indexOf(BEGIN), readme.indexOf(END)];
  if (from < 0 || to < from) throw new Error(`README.md needs the lines ${BEGIN} and ${END}.`);
  return `${readme.slice(0, from)}${BEGIN}\n${statusTable()}\n${readme.slice(to)}`;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const readme = at('README.md');
  writeFileSync(readme, withStatus(readFileSync(readme, 'utf8')));
}
