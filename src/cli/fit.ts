/** `music2movie fit`: learns the shared song–film space and writes the model. */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Command } from 'commander';
import type { InputFiles } from '../fitting/input.ts';
import { STARTER } from '../indexer/starter.ts';
import type { CliIo } from './io.ts';
import { POSTER_MODEL } from './options.ts';

interface Options extends InputFiles {
  readonly posters?: string;
  readonly posterModel: string;
  readonly out: string;
  readonly date?: string;
  readonly without?: string[];
  readonly ablations?: boolean;
  readonly crossValidate?: boolean;
  readonly json?: boolean;
}

const collect = (value: string, list: string[] = []) => [...list, value];

export function register(program: Command, io: CliIo): void {
  program
    .command('fit')
    .description('learn the shared song–film space from soundtrack pairs and write the model')
    .requiredOption('--songs <file>', 'Spotify Tracks data set')
    .requiredOption('--movies <file>', 'TMDb Movies data set')
    .requiredOption('--pairs <file>', 'song–film pairs: CSV with track_id and tmdb_id')
    .option('--extra-songs <file>', 'further tracks, in the same columns')
    .option('--extra-pairs <file>', 'pairs of the further tracks')
    .option('--credits <file>', 'soundtrack credits without a recording: artist and tmdb_id')
    .option('--out <dir>', 'the model folder to write', STARTER.model)
    .option('--date <day>', 'the day to note in the model (default: today)')
    .option(
      '--without <side:group>',
      'leave a feature group out, for example film:plot (repeatable)',
      collect,
    )
    .option('--cross-validate', 'only report by-film cross-validation; write nothing')
    .option('--ablations', 'only report the cross-validated ablation table; write nothing')
    .option(
      '--posters <dir>',
      'only report what the posters in a folder (<film id>.jpg) are worth; write nothing',
    )
    .option('--poster-model <file>', 'the image network, MobileNetV2 as ONNX', POSTER_MODEL)
    .option('--json', 'print the report as one JSON object')
    .action(async (options: Options) => {
      const { loadInput } = await import('../fitting/input.ts');
      const { fitAndCalibrate, modelCard } = await import('../fitting/card.ts');
      const { FIT_DEFAULTS } = await import('../fitting/prepare.ts');
      const say = (text: string) => {
        if (!options.json) io.err(`${text}\n`);
      };
      const input = await loadInput(options, say);
      const settings = { ...FIT_DEFAULTS, without: options.without ?? [] };
      const day = options.date ?? new Date().toISOString().slice(0, 10);
      if (options.posters) {
        const { ablationTable, visualAblations } = await import('../fitting/ablations.ts');
        const { visualRows } = await import('../fitting/visual.ts');
        say('Looking at the posters…');
        const kinds = await visualRows({ posters: options.posters, network: options.posterModel });
        const rows = visualAblations(input, settings, kinds, day, say);
        io.out(options.json ? `${JSON.stringify(rows)}\n` : `${ablationTable(rows)}\n`);
        return;
      }
      if (options.ablations) {
        const { ablations, ablationTable } = await import('../fitting/ablations.ts');
        const rows = ablations(input, settings, day, say);
        io.out(options.json ? `${JSON.stringify(rows)}\n` : `${ablationTable(rows)}\n`);
        return;
      }
      const fitted = fitAndCalibrate(input, settings, day, say);
      if (options.crossValidate) {
        const { pairs: _, ...figures } = fitted.validation;
        io.out(options.json ? `${JSON.stringify(figures)}\n` : `${modelCard(fitted, input)}\n`);
        return;
      }
      const { Model } = await import('../engine/model/model.ts');
      await mkdir(options.out, { recursive: true });
      const id = await Model.save(options.out, fitted.parts);
      await writeFile(path.join(options.out, 'MODEL_CARD.md'), `${modelCard(fitted, input)}\n`);
      io.out(`Model ${id.slice(0, 12)} written to ${options.out}.\n`);
    });
}
