/** `music2movie explore`: the data as one page of charts. */
import type { Command } from 'commander';
import { STARTER } from '../indexer/starter.ts';
import { UserError } from '../shared/errors.ts';
import { loadOptional } from '../shared/optional.ts';
import type { CliIo } from './io.ts';

interface Options {
  readonly songs: string;
  readonly movies: string;
  readonly pairs?: string;
  readonly catalogue?: string;
  readonly model: string;
  readonly out: string;
}

export function register(program: Command, io: CliIo): void {
  program
    .command('explore')
    .description('write what the data says as one HTML page, with every chart and its numbers beside it')
    .option('--songs <file>', 'Spotify Tracks data set, CSV or Parquet', STARTER.songs)
    .option('--movies <file>', 'TMDb Movies data set, CSV', STARTER.movies)
    .option(
      '--pairs <file>',
      'CSV of track_id and tmdb_id: songs and the films on whose soundtracks they stand',
    )
    .option('--catalogue <dir>', 'take the model and the recommendations from this catalogue')
    .option('--model <dir>', 'the fitted model, where no catalogue is named', STARTER.model)
    .option('--out <file>', 'the page to write', 'exploration.html')
    .addHelpText('after', '\nCharts (SVG) and numbers (CSV) go to a folder next to the page, named after it.')
    .action(async (options: Options) => {
      if (!/\.html?$/i.test(options.out)) {
        throw new UserError(`--out must end in .html, and ${options.out} does not.`, { id: 'explore.out' });
      }
      const { explore } = await loadOptional('Drawing charts', () => import('../explore/report.ts'));
      const started = performance.now();
      const report = await explore(options);
      const seconds = (performance.now() - started) / 1000;
      io.out(
        `${report.page}: ${report.figures} figures on ${report.songs.toLocaleString('en')} songs and ${report.films.toLocaleString('en')} films, ` +
          `${(report.bytes / 1e6).toFixed(1)} MB, in ${seconds.toFixed(0)} s. Charts and numbers are in ${report.folder}.\n`,
      );
    });
}
