/** `/movie-list`: the asker's saved films, as a file too; a list from Letterboxd can be brought along. */
import { z } from 'zod';
import { importFilms, listStep } from '../src/conversation/film-list.ts';
import { looksLikeCsv, MOST_CSV } from '../src/conversation/letterboxd.ts';
import { sorry } from '../src/conversation/notices.ts';
import type { AttachedFile, OptionSpec } from '../src/conversation/options.ts';
import { defineCommand } from './command.ts';

const STEPS = ['show', 'export'] as const;
const AS = ['seen', 'saved'] as const;

/** What the films of a file are, by the name that Letterboxd gives it. */
function kindOf(name: string): (typeof AS)[number] | null {
  if (/watchlist/i.test(name)) return 'saved';
  return /watched|diary|ratings/i.test(name) ? 'seen' : null;
}

export const movieList = defineCommand({
  name: 'movie-list',
  description: 'commands.movieList.description',
  alwaysPrivate: true,
  slow: false,
  options: {
    action: {
      name: 'action',
      kind: 'string',
      description: 'commands.movieList.option.action',
      label: 'commands.movieList.label.action',
      required: false,
      choices: STEPS.map((step) => ({ label: `commands.movieList.choice.${step}` as const, value: step })),
      schema: z.union([z.enum(STEPS), z.string().refine(looksLikeCsv)], { error: 'list.notCsv' }),
    } satisfies OptionSpec<string>,
    as: {
      name: 'as',
      kind: 'string',
      description: 'commands.movieList.option.as',
      label: 'commands.movieList.label.as',
      required: false,
      choices: AS.map((as) => ({ label: `commands.movieList.choice.${as}` as const, value: as })),
      schema: z.enum(AS, { error: 'list.which' }),
    } satisfies OptionSpec<(typeof AS)[number]>,
    file: {
      name: 'file',
      kind: 'file',
      description: 'commands.movieList.option.file',
      label: 'list.file',
      required: false,
      schema: z.object({ name: z.string(), text: z.string().max(MOST_CSV) }, { error: 'list.notCsv' }),
    } satisfies OptionSpec<AttachedFile>,
  },
  async run({ action = 'show', as, file }, context) {
    if (file) {
      const kind = as ?? kindOf(file.name);
      return kind ? importFilms(file.text, kind, context) : sorry(context, 'list.which');
    }
    if (action === 'show' || action === 'export') return listStep({ step: action, page: 0 }, context);
    return as ? importFilms(action, as, context) : sorry(context, 'list.which');
  },
});
