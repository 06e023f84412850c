/** `/movie-stats` in a server: switched on by its managers, and drawn as a picture. */
import { expect, test } from 'vitest';
import { botOfFile } from './support/bot.ts';
import { ALL_PERMISSIONS, press, shown, slash } from './support/payloads.ts';
import { checkEverythingSent } from './support/validate.ts';

const { discord, somebody, send } = await botOfFile(440_000_000_000_000_000n);

// biome-ignore lint/suspicious/noExplicitAny: payloads as Discord gets them
type Data = any;
const idOf = (data: Data, emoji: string): string =>
  data.components.flatMap((row: Data) => row.components).find((one: Data) => one.emoji?.name === emoji)
    ?.custom_id ?? '';
const MANAGER = String(BigInt(ALL_PERMISSIONS) | (1n << 5n));

/** The command by somebody with these permissions in the server. */
function stats(action: string, permissions: string) {
  const interaction = slash('movie-stats', { action }, { user: somebody() });
  (interaction.member as Data).permissions = permissions;
  return send(interaction);
}

test('are switched on by whoever manages the server, and drawn of what its people asked and loved', async () => {
  const refused = await stats('on', String(BigInt(ALL_PERMISSIONS) & ~(1n << 5n) & ~(1n << 3n)));
  expect(refused.body.data.embeds[0].description).toContain('Only those who manage');
  const on = await stats('on', MANAGER);
  expect(on.body.data.embeds[0].description).toContain('From now on');
  for (let n = 0; n < 5; n++) {
    const user = somebody();
    const five = await send(slash('movie-for', { song: 'hold on adele' }, { user }));
    const message = shown(five as never, user);
    const first = (five.body.data as Data).components[0].components[0].custom_id;
    const details = await send(press(first, message, { user }));
    await send(press(idOf(details.body.data, '👍'), shown(details as never, user, { flags: 64 }), { user }));
  }
  const { body, files } = await stats('show', MANAGER);
  expect(body.data.embeds[0].description).toContain('Adele: 5 people');
  expect(body.data.embeds[0].image.url).toBe('attachment://profile.png');
  expect(files).toEqual(['profile.png']);
});

checkEverythingSent(() => discord.sent);
