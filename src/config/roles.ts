/** What one process may do; all of it unless MUSIC2MOVIE_ROLES names less. */
export const ROLES = ['page', 'discord', 'slack', 'registration', 'rituals'] as const;

/**
 * `page`: the page and its API; `discord`, `slack`: the bots; `registration`: Discord is told the commands;
 * `rituals`: what happens at its time rather than when somebody asks, such as deleting what has expired.
 */
export type Role = (typeof ROLES)[number];

/** The roles in a list of names, or undefined where one is no role or none is named. */
export function rolesIn(names: readonly string[]): readonly Role[] | undefined {
  if (names.length === 0) return undefined;
  const known: readonly string[] = ROLES;
  return names.every((name) => known.includes(name)) ? ([...new Set(names)] as Role[]) : undefined;
}
