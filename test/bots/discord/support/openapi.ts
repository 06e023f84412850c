/** Discord's own description of its API, where the shared folder holds it. */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import type { Sent } from './server.ts';

const FILE = fileURLToPath(new URL('../../../../../shared/specs/discord-openapi.json', import.meta.url));

/** Whether the description is there; tests that need it are skipped, visibly, where it is not. */
export const hasSpec = existsSync(FILE);

interface Spec {
  readonly paths: Readonly<
    Record<string, Readonly<Record<string, { requestBody?: { content: Record<string, unknown> } }>>>
  >;
}

let spec: Spec | undefined;
let ajv: Ajv2020 | undefined;
const compiled = new Map<string, ValidateFunction>();

const pointer = (part: string) => part.replaceAll('~', '~0').replaceAll('/', '~1');

function load(): { spec: Spec; ajv: Ajv2020 } {
  if (!spec || !ajv) {
    spec = JSON.parse(readFileSync(FILE, 'utf8')) as Spec;
    ajv = new Ajv2020({ strict: false, allErrors: false, validateFormats: true });
    formats.default(ajv);
    // Discord's own formats say no more than the patterns beside them.
    for (const name of ['snowflake', 'nonce']) ajv.addFormat(name, true);
    ajv.addSchema(spec as object, 'discord');
  }
  return { spec, ajv };
}

/** The description's path for a request's, such as `/channels/{channel_id}/messages`. */
function templateOf(paths: Spec['paths'], method: string, path: string): string | null {
  const asked = path.split('/');
  const fits = Object.keys(paths).filter((template) => {
    const parts = template.split('/');
    return (
      parts.length === asked.length &&
      paths[template]![method] !== undefined &&
      parts.every((part, at) => part.startsWith('{') || part === asked[at])
    );
  });
  return fits.sort((a, b) => (a.match(/\{/g)?.length ?? 0) - (b.match(/\{/g)?.length ?? 0))[0] ?? null;
}

/** What the description finds wrong with a request; empty when it fits. */
export function openapiFaults({ method, path, body }: Pick<Sent, 'method' | 'path' | 'body'>): string[] {
  const { spec, ajv } = load();
  const verb = method.toLowerCase();
  const template = templateOf(spec.paths, verb, path);
  if (!template) return [`${method} ${path} is not in the description`];
  if (body === null) return [];
  const content = spec.paths[template]![verb]!.requestBody?.content ?? {};
  if (!content['application/json']) return [`${method} ${template} takes no body`];
  const place = ['paths', template, verb, 'requestBody', 'content', 'application/json', 'schema'];
  const key = `discord#/${place.map((part) => encodeURIComponent(pointer(part))).join('/')}`;
  const validate = compiled.get(key) ?? ajv.compile({ $ref: key });
  compiled.set(key, validate);
  if (validate(body)) return [];
  return (validate.errors ?? [])
    .slice(0, 5)
    .map((error) => `${template}${error.instancePath} ${error.message}`);
}
