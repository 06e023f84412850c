import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { render } from '../../../src/bots/discord/render/index.ts';
import { handleAction } from '../../../src/conversation/actions.ts';
import { contextOf } from '../web/page.ts';

describe('an answer that is shared', () => {
  it('comes with its picture', async () => {
    const answer = await handleAction('1h.5vjLSffimiIP26QG5WcN2K.0.0.1.', contextOf());
    const message = await render(answer, { ephemeral: false, locale: 'en' });
    const [file] = message.files;
    expect(file!.name).toBe('music2movie-hold-on.png');
    expect(message.embeds[0]!.image!.url).toBe(`attachment://${file!.name}`);
    expect(file!.description).toBe('Five films that feel like “Hold On”');
    const { width, height } = await sharp(file!.attachment).metadata();
    expect([width, height]).toEqual([1200, 630]);
  });
});
