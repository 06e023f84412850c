/** Registering the commands, only when they differ from what Discord has: creations are counted (200 a day). */
import { type REST, Routes } from 'discord.js';
import { takeLease } from '../../state/lease.ts';
import type { StateStore } from '../../state/store.ts';
import { type CommandJson, commandDefinitions } from './definitions.ts';

type Json = Readonly<Record<string, unknown>>;

/** Definitions without what Discord leaves out or fills in by itself, so that they can be compared. */
function normal(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(normal);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value)
    .map(([name, inner]) => [name, normal(inner)] as const)
    .filter(([, inner]) => !isEmpty(inner))
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries);
}

const isEmpty = (value: unknown) =>
  value === null ||
  value === undefined ||
  value === false ||
  value === '' ||
  (typeof value === 'object' && Object.keys(value).length === 0);

/** The parts that we set, in a form that can be compared. */
function comparable(command: Json): string {
  const { type, name, name_localizations, description, description_localizations, options } = command;
  const { default_member_permissions: permissions, integration_types: types, contexts } = command;
  return JSON.stringify(
    normal({
      type: type ?? 1,
      name,
      name_localizations,
      description,
      description_localizations,
      options,
      permissions: permissions === null || permissions === undefined ? null : String(permissions),
      types: types && [...(types as number[])].sort(),
      contexts: contexts && [...(contexts as number[])].sort(),
    }),
  );
}

/** Whether what Discord has is what we want, in any order. */
export function sameCommands(has: readonly Json[], wanted: readonly CommandJson[]): boolean {
  const keys = (commands: readonly Json[]) => commands.map(comparable).sort().join('\n');
  // Discord fills in the places of use of a server's commands; we leave them open there.
  const open = wanted.every((command) => command.contexts === undefined);
  const seen = open ? has.map(({ integration_types: _, contexts: __, ...rest }) => rest) : has;
  return keys(seen) === keys(wanted as unknown as readonly Json[]);
}

/** What became of a registration, and each command's id by its name. */
export interface Synced {
  readonly result: 'unchanged' | 'registered' | 'elsewhere';
  readonly ids: ReadonlyMap<string, string>;
}

function idsOf(commands: unknown): ReadonlyMap<string, string> {
  const known = Array.isArray(commands) ? (commands as Json[]) : [];
  return new Map(
    known.flatMap(({ name, id }) =>
      typeof name === 'string' && typeof id === 'string' ? [[name, id] as const] : [],
    ),
  );
}

/**
 * Brings Discord's list of commands up to date.
 *
 * @param guild register in this server only, at once; null for everywhere
 * @param may false: another process registers them, and they are only read
 * @throws DiscordAPIError, for example 50001 when the bot was not invited with `applications.commands`
 */
export async function syncCommands(
  rest: REST,
  application: string,
  guild: string | null,
  wanted: readonly CommandJson[],
  may = true,
): Promise<Synced> {
  const route =
    guild === null
      ? Routes.applicationCommands(application)
      : Routes.applicationGuildCommands(application, guild);
  const query = new URLSearchParams({ with_localizations: 'true' });
  const has = await rest.get(route, { query });
  if (Array.isArray(has) && sameCommands(has as Json[], wanted)) {
    return { result: 'unchanged', ids: idsOf(has) };
  }
  if (!may) return { result: 'elsewhere', ids: idsOf(has) };
  return { result: 'registered', ids: idsOf(await rest.put(route, { body: wanted })) };
}

/** How long one process has for a registration, in milliseconds. */
const REGISTERING_MS = 60_000;

/**
 * Brings Discord's list of commands up to date, in one process at a time.
 *
 * @param may whether this process may register; otherwise it only reads what stands
 * @throws DiscordAPIError as {@link syncCommands}
 */
export async function registerOnce(
  rest: REST,
  application: string,
  guild: string | null,
  { state, may }: { readonly state: StateStore; readonly may: boolean },
): Promise<Synced> {
  const definitions = commandDefinitions(guild === null);
  const lease = may ? await takeLease(state, 'discord-commands', REGISTERING_MS) : null;
  try {
    return await syncCommands(rest, application, guild, definitions, lease !== null);
  } finally {
    await lease?.release().catch(() => {});
  }
}

/** What became of a registration, for whoever runs the program. */
export function registrationNote({ result }: Synced, guild: string | null): string {
  if (result === 'unchanged') return 'Discord: commands are up to date';
  if (result === 'elsewhere') return 'Discord: another process registers the commands';
  return `Discord: commands registered ${guild === null ? 'everywhere' : `in the server ${guild}`}`;
}
