/** Files that people take for tables: told by their first bytes, named for what they are. */
import { UserError } from '../../shared/errors.ts';

/** What a file is instead of a table, and what to do about it. */
export interface WrongKind {
  /** With its article: "an Excel workbook". */
  readonly what: string;
  readonly hint: string;
}

const AS_CSV = 'Open it in a spreadsheet program, and save it as "CSV UTF-8".';
const AGAIN =
  'Download the table itself: `npx music2movie data` does, or a browser in which you are signed in.';
const UNPACK = 'Unpack it, and name the table inside.';

/** Signatures at the very beginning, as bytes in Latin-1. */
const MAGIC: readonly (readonly [string, string, string])[] = [
  ['\u00d0\u00cf\u0011\u00e0', 'an old Excel workbook (.xls)', AS_CSV],
  ['%PDF', 'a PDF document', 'Find the table as CSV or Parquet.'],
  [
    'SQLite format 3\u0000',
    'an SQLite database',
    'Export its table as CSV: sqlite3 -header -csv FILE "SELECT * FROM …".',
  ],
  ['ARROW1', 'an Arrow (Feather) file', 'Save it as CSV or Parquet: `to_parquet` of pandas does.'],
  ['\u0080\u0004\u0095', 'a Python pickle', 'Save it as CSV or Parquet: `to_csv` of pandas does.'],
  ['RDX', 'an R data file', 'Save it as CSV: write.csv(…, row.names = FALSE).'],
  ['\u0089HDF', 'an HDF5 file', 'Save it as CSV or Parquet: `to_parquet` of pandas does.'],
  ['\u0028\u00b5\u002f\u00fd', 'a Zstandard archive (.zst)', UNPACK],
  ['\u00fd7zXZ', 'an xz archive', UNPACK],
  ['BZh', 'a bzip2 archive', UNPACK],
  ['7z\u00bc\u00af', 'a 7-Zip archive', UNPACK],
  ['Rar!', 'a RAR archive', UNPACK],
  ['\u0089PNG', 'a picture', 'Name a CSV or Parquet file.'],
  ['\u00ff\u00d8\u00ff', 'a picture', 'Name a CSV or Parquet file.'],
  ['GIF8', 'a picture', 'Name a CSV or Parquet file.'],
  ['PK\u0005\u0006', 'an empty zip archive', AGAIN],
  [
    'version https://git-lfs.github.com/spec',
    'a Git LFS pointer, not the file that it points to',
    'Fetch the file: `git lfs pull`.',
  ],
  [
    '/annex/objects/',
    'a git-annex pointer, not the file that it points to',
    'Fetch the file: `git annex get`.',
  ],
];

/** Words that a page asking for an account has. */
const SIGN_IN = /sign[ -]?in|log[ -]?in|password|captcha|anmelden|se connecter|iniciar sesi/i;

/**
 * What the file that begins with these bytes is, where it is certainly no table.
 * @param head the first bytes, some thousand of them; after decompression where the file is compressed
 */
export function wrongKind(head: Uint8Array): WrongKind | null {
  const latin = Buffer.from(head.buffer, head.byteOffset, head.byteLength).toString('latin1');
  for (const [magic, what, hint] of MAGIC) if (latin.startsWith(magic)) return { what, hint };
  const text = latin.replace(/^\u00ef\u00bb\u00bf/, '').trimStart();
  if (/^(?:<!doctype html|<html|<head|<body|<script|<!--)/i.test(text)) {
    return SIGN_IN.test(text)
      ? { what: 'a web page that asks to sign in', hint: AGAIN }
      : { what: 'a web page (HTML)', hint: AGAIN };
  }
  if (/^<\?xml|^<(?:Error|error|feed|rss)\b/.test(text)) return { what: 'an XML document', hint: AGAIN };
  if (/^\{\s*"(?:error|errors|message|code|status|detail)"\s*:/i.test(text) && text.length < 4096)
    return { what: 'an error message of a web service', hint: AGAIN };
  return null;
}

/** What an archive of these names is, where it is a document in disguise. */
export function documentKind(names: readonly string[]): WrongKind | null {
  if (names.includes('xl/workbook.xml')) return { what: 'an Excel workbook (.xlsx)', hint: AS_CSV };
  if (names.includes('word/document.xml')) return { what: 'a Word document', hint: AS_CSV };
  if (names.includes('content.xml')) return { what: 'an OpenDocument file', hint: AS_CSV };
  return null;
}

/** The error for a file of a wrong kind. */
export function notATable(file: string, { what, hint }: WrongKind): UserError {
  return new UserError(`${file} is ${what}.`, { id: 'index.input-kind', hint });
}
