/** `music2movie chat`: the same conversation in a terminal, or from a pipe. */
import { createInterface } from 'node:readline';
import type { Command } from 'commander';
import { pino } from 'pino';
import { askText } from '../../commands/index.ts';
import { movieFor } from '../../commands/movie-for.ts';
import { parseTextForm } from '../../commands/text-form.ts';
import { openRuntime } from '../bots/common/runtime.ts';
import { loadConfig, loadEnvFile } from '../config.ts';
import { handleAction } from '../conversation/actions.ts';
import type { Answer, Control, Form, RecommendationsAnswer } from '../conversation/answer.ts';
import type { AnswerContext } from '../conversation/context.ts';
import { plainText } from '../conversation/plain-text.ts';
import { ensureStarterCatalogue } from '../indexer/starter.ts';
import type { CliIo } from './io.ts';

const HELP = `Type a song, perhaps with its artist, or paste a link to music. Then:
  1 to 5     details of a film (or what an answer offers by number); 0: of one that has the song in it
  next       the next five; back to return
  gems       films few people know; known: films everybody knows; balanced: both
  filters    such as: filters genre:horror years:1990-1999; filters alone clears them
  up, down   after details: whether the film fits the song
  save, seen, no  after details: keep the film, or keep it out of your answers; /movie-list shows what you saved
  country    after details: say in which country you watch films; or at once: country france
  /movie-night, /my-movies, /movie-now  films for several people, for your own taste, for what you play now
  help, quit`;

export function register(program: Command, io: CliIo): void {
  program
    .command('chat')
    .description('ask for songs in the terminal; also reads questions from a pipe')
    .action(async () => {
      if (io.env === process.env) loadEnvFile();
      const config = loadConfig(io.env);
      await ensureStarterCatalogue(config.catalogueDir);
      const runtime = await openRuntime(config, pino({ level: config.logLevel }, { write: io.err }));
      try {
        await converse(io, {
          ...runtime.context,
          locale: 'en',
          audience: { private: true, ageRestricted: false },
          user: 'terminal:local',
        });
      } finally {
        await runtime.close();
      }
    });
}

/** Answers line after line until `quit` or the end of the input. */
export async function converse(io: CliIo, context: AnswerContext): Promise<void> {
  const prompt = () => {
    if (io.isTerminal) io.out('\n♪ ');
  };
  if (io.isTerminal) io.out(`${HELP}\n`);
  const lines = createInterface({ input: io.stdin, crlfDelay: Number.POSITIVE_INFINITY });
  const talk = new Conversation(context, io.isTerminal ? Math.max(20, io.columns) : undefined);
  prompt();
  for await (const line of lines) {
    const said = line.trim();
    if (/^(quit|exit|bye)$/i.test(said)) break;
    if (said !== '') io.out(`${await talk.say(said)}\n`);
    prompt();
  }
  lines.close();
}

/** Remembers the last answer, so that a word can act on it. */
class Conversation {
  readonly #context: AnswerContext;
  #last: Answer | null = null;
  #films: RecommendationsAnswer | null = null;
  readonly #columns: number | undefined;
  /** Whose data these are is said once. */
  #attributed = false;

  /** @param columns of the terminal; undefined in a pipe */
  constructor(context: AnswerContext, columns: number | undefined) {
    this.#context = context;
    this.#columns = columns;
  }

  /** What to print for a line. */
  async say(line: string): Promise<string> {
    if (/^(help|\?)$/i.test(line)) return HELP;
    const country = this.#countryIn(line);
    if (country) return this.#print(await handleAction(country.token, this.#context, country.values));
    const token = this.#tokenFor(line.toLowerCase());
    if (token === 'nothing') return 'There is nothing to do that with. Type a song first.';
    const filters = /^filters?\b\s*(.*)$/i.exec(line)?.[1];
    const form = token === null ? this.#asked() : null;
    const answer =
      token !== null
        ? await handleAction(token, this.#context)
        : form
          ? await handleAction(form.token, this.#context, { [form.fields[0]!.option.name]: line })
          : filters !== undefined
            ? await this.#narrow(filters)
            : await askText(line, this.#context);
    return this.#print(answer);
  }

  #print(answer: Answer): string {
    this.#last = answer;
    if (answer.kind === 'recommendations') this.#films = answer;
    const attribution = !this.#attributed;
    if ('attribution' in answer) this.#attributed = true;
    return plainText(answer, { attribution, ...(this.#columns && { columns: this.#columns }) });
  }

  /** The country in `country france`, where it was asked for. */
  #countryIn(line: string): { token: string; values: { country: string } } | null {
    const country = /^country\s+(.+)$/i.exec(line)?.[1];
    const last = this.#last;
    if (country === undefined) return null;
    const form =
      last?.kind === 'question' ? last.form : last?.kind === 'filmDetail' ? last.watch?.form : null;
    if (form?.fields[0]?.option.name !== 'country') return null;
    return { token: form.token, values: { country } };
  }

  /** A question that nothing but words answers: the next line is for its first field. */
  #asked(): Form | null {
    const last = this.#last;
    return last?.kind === 'question' && last.choices.length === 0 ? (last.form ?? null) : null;
  }

  async #narrow(text: string): Promise<Answer> {
    // The text form wants a song in front; the form itself does not.
    const form = parseTextForm(movieFor, `- ${text}`);
    return handleAction(this.#films?.form.token, this.#context, form.ok ? form.values : {});
  }

  /** The token that a word presses, `nothing` when there is no such button now, null for other words. */
  #tokenFor(word: string): string | 'nothing' | null {
    const last = this.#last;
    const find = (controls: readonly Control[] | undefined, action: Control['action']) =>
      controls?.find((control) => control.action === action)?.token ?? 'nothing';
    const level = { gems: 0, balanced: 1, known: 2 }[word];
    if (level !== undefined) return this.#films?.mainstream[level]?.token ?? 'nothing';
    if (/^\d{1,2}$/.test(word)) return this.#numbered(Number(word));
    switch (word) {
      case 'next':
        return find(last?.kind === 'notice' ? last.controls : this.#films?.controls, 'next');
      case 'back':
        return last?.kind === 'filmDetail'
          ? find(last.controls, 'back')
          : find(this.#films?.controls, 'previous');
      case 'up':
      case 'down':
        return last?.kind === 'filmDetail' ? find(last.controls, `vote-${word}`) : 'nothing';
      case 'country':
        return (last?.kind === 'filmDetail' && last.watch?.country.token) || null;
      case 'save':
      case 'seen':
      case 'no':
        return this.#mark(['save', 'seen', 'no'].indexOf(word));
      case 'filters':
        return this.#films ? null : 'nothing';
      default:
        return null;
    }
  }

  /** Such a word may be a song where no film is open. */
  #mark(at: number): string | null {
    if (this.#last?.kind !== 'filmDetail') return null;
    return this.#last.controls.filter(({ action }) => action === 'mark')[at]?.token ?? null;
  }

  /** Numbers above nine that stand at nothing may be a song. */
  #numbered(number: number): string | null {
    const last = this.#last;
    if (last?.kind === 'question') return last.choices[number - 1]?.token ?? 'nothing';
    if (last?.kind === 'notice' && last.controls.length > 0) {
      return last.controls[number - 1]?.token ?? 'nothing';
    }
    if (number === 0) return this.#films?.uses[0]?.details.token ?? 'nothing';
    const films = this.#films?.films ?? [];
    const film = films.find(({ position }) => position === number) ?? films[number - 1];
    return film?.details.token ?? (number > 9 ? null : 'nothing');
  }
}
