// `music2movie/engine` for programs that do not read TypeScript themselves.
import { tsImport } from 'tsx/esm/api';

export const { CatalogueError, Engine, Music2MovieError, UserError } = await tsImport(
  '../src/engine/index.ts',
  import.meta.url,
);
