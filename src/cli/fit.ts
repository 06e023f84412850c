/** `music2movie fit`: learns the shared song–film space from the feel data and writes the model. */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Command } from 'commander';
import type { InputFiles } from '../fitting/input.ts';
import { STARTER } from '../indexer/starter.ts';
import type { CliIo } from './io.ts';

interface Options {
  readonly songs: string;
  readonly movies: string;
  readonly feel?: string;
  readonly wordVectors?: string;
  readonly text: boolean;
  readonly out: string;
  readonly date?: string;
  readonly folds: string;
  readonly ablations?: boolean;
  readonly crossValidate?: boolean;
  readonly json?: boolean;
}

export function register(program: Command, io: CliIo): void {
  program
    .command('fit')
    .description('learn the shared song–film space from the feel data and write the model')
    .requiredOption('--songs <file>', 'Spotify Tracks data set')
    .requiredOption('--movies <file>', 'TMDb Movies data set')
    .option('--feel <dir>', "folder of the feel data (default: the repository's data/feel)")
    .option('--word-vectors <file>', 'averaged word vectors; without the file, fit says how to get it')
    .option('--no-text', 'learn nothing from titles, overviews, taglines and keywords of films')
    .option('--out <dir>', 'the model folder to write', STARTER.model)
    .option('--date <day>', 'the day to note in the model (default: today)')
    .option('--cross-validate', 'only report how held-out songs rank their picks; write nothing')
    .option('--ablations', 'only report what each part is worth; write nothing')
    .option('--folds <list>', 'folds to cross-validate, of 0 to 4', '0,1,2,3,4')
    .option('--json', 'print the report as one JSON object')
    .action(async (options: Options) => {
      const { loadInput } = await import('../fitting/input.ts');
      const { FIT_DEFAULTS } = await import('../fitting/settings.ts');
      const say = (text: string) => {
        if (!options.json) io.err(`${text}\n`);
      };
      const files: InputFiles = {
        songs: options.songs,
        movies: options.movies,
        noText: !options.text,
        ...(options.feel !== undefined && { feel: options.feel }),
        ...(options.wordVectors !== undefined && { wordVectors: options.wordVectors }),
      };
      const input = await loadInput(files, say);
      const day = options.date ?? new Date().toISOString().slice(0, 10);
      const folds = options.folds.split(',').map(Number);
      if (options.ablations) {
        const { ablations, ablationTable } = await import('../fitting/ablations.ts');
        const rows = ablations(input, FIT_DEFAULTS, day, folds, say);
        io.out(options.json ? `${JSON.stringify(rows)}\n` : `${ablationTable(rows)}\n`);
        return;
      }
      if (options.crossValidate) {
        const { Corpus } = await import('../fitting/corpus.ts');
        const { crossValidate, describeStrata, STRATA, summarise } = await import('../fitting/validate.ts');
        const validation = crossValidate(new Corpus(input, FIT_DEFAULTS, day, say), folds, say);
        const figures = Object.fromEntries(STRATA.map((name) => [name, summarise(validation[name])]));
        io.out(options.json ? `${JSON.stringify(figures)}\n` : `${describeStrata(validation)}\n`);
        return;
      }
      const { fitAndCalibrate, modelCard, saveModel } = await import('../fitting/card.ts');
      const fitted = fitAndCalibrate(input, FIT_DEFAULTS, day, say);
      await mkdir(options.out, { recursive: true });
      const id = await saveModel(options.out, fitted);
      await writeFile(path.join(options.out, 'MODEL_CARD.md'), `${modelCard(fitted, input, FIT_DEFAULTS)}\n`);
      io.out(`Model ${id.slice(0, 12)} written to ${options.out}.\n`);
    });
}
