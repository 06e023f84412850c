/** What the server does in one step. Everything stands under one prefix; scripts get it with each key. */
import type { Redis } from 'ioredis';

/** The names of all entries in the order of their bytes, and when each may be removed. */
export const NAMES = 'names';
export const EXPIRY = 'expiry';
/** Before the name of an entry. */
export const ENTRY = 'entry:';

/**
 * An entry is `<mark> <expiry or -> <json>`. The mark names the change that wrote it: a change that is sent again,
 * because the connection broke before its reply came, finds its own mark and was made.
 *
 * KEYS: entry, names, expiry. ARGV: 1 name, 2 what to do (put, add, swap, remove), 3 now, 4 mark, 5 the new entry
 * without mark, empty to remove, 6 milliseconds until the server drops it by itself or -, 7 when it may be swept or -,
 * 8 for swap: the expiry and JSON that must stand, empty for nothing, 9 and 10 the most entries of its kind and the kind.
 * Gives 1 made, 0 not made, -1 too many of the kind.
 */
const CHANGE = `
local found = redis.call('GET', KEYS[1])
local mark, expires, rest
if found then
  mark, rest = string.match(found, '^(%S+) (.*)$')
  expires = string.match(rest, '^(%S+)')
end
if mark == ARGV[4] then return 1 end
local stands = found and (expires == '-' or tonumber(expires) > tonumber(ARGV[3]))
local act = ARGV[2]
if act == 'add' and stands then return 0 end
if act == 'swap' then
  if ARGV[8] == '' then
    if stands then return 0 end
  elseif not stands or rest ~= ARGV[8] then
    return 0
  end
end
if ARGV[5] == '' then
  redis.call('UNLINK', KEYS[1])
  redis.call('ZREM', KEYS[2], ARGV[1])
  redis.call('ZREM', KEYS[3], ARGV[1])
  if act == 'remove' and not stands then return 0 end
  return 1
end
if ARGV[9] ~= '-' and not found then
  local kind = ARGV[10]
  if redis.call('ZLEXCOUNT', KEYS[2], '[' .. kind .. ':', '(' .. kind .. ';') >= tonumber(ARGV[9]) then return -1 end
end
local entry = ARGV[4] .. ' ' .. ARGV[5]
if ARGV[6] == '-' then redis.call('SET', KEYS[1], entry)
else redis.call('SET', KEYS[1], entry, 'PX', ARGV[6]) end
redis.call('ZADD', KEYS[2], 0, ARGV[1])
if ARGV[7] == '-' then redis.call('ZREM', KEYS[3], ARGV[1])
else redis.call('ZADD', KEYS[3], ARGV[7], ARGV[1]) end
return 1
`;

/** Removes entries that may be swept by now. KEYS: names, expiry. ARGV: what stands before an entry's name, now, names. */
const SWEEP = `
local removed = 0
for at = 3, #ARGV do
  local score = redis.call('ZSCORE', KEYS[2], ARGV[at])
  if score and tonumber(score) <= tonumber(ARGV[2]) then
    redis.call('UNLINK', ARGV[1] .. ARGV[at])
    redis.call('ZREM', KEYS[1], ARGV[at])
    redis.call('ZREM', KEYS[2], ARGV[at])
    removed = removed + 1
  end
end
return removed
`;

/** The client with the two scripts; it loads them where the server has forgotten them. */
export type ScriptedRedis = Redis & {
  stateChange(entry: string, names: string, expiry: string, ...argv: (string | number)[]): Promise<number>;
  stateSweep(names: string, expiry: string, prefix: string, now: number, ...keys: string[]): Promise<number>;
};

export function withScripts(redis: Redis): ScriptedRedis {
  redis.defineCommand('stateChange', { numberOfKeys: 3, lua: CHANGE });
  redis.defineCommand('stateSweep', { numberOfKeys: 2, lua: SWEEP });
  return redis as ScriptedRedis;
}
