/** Where a song plays, said before the films, with a button for its details. */
import { expect, test } from 'vitest';
import { askText } from '../../../commands/index.ts';
import { drawMessage } from '../../../src/bots/slack/render/index.ts';
import { unfurlBlocks } from '../../../src/bots/slack/render/unfurl.ts';
import type { RecommendationsAnswer } from '../../../src/conversation/answer.ts';
import { FILMS, fakeEngine, SONGS } from '../../support/fake-engine.ts';
import { contextOf } from '../web/page.ts';
import { checkMessage, checkUnfurl } from './support/blocks/index.ts';

test('a marked line and a button, in a message, a modal and a preview', async () => {
  const film = { ...FILMS[0]!, title: '<!channel> & *Clueless*' };
  const context = contextOf(fakeEngine(FILMS, SONGS, [{ film, kind: 'theme' }]));
  const answer = (await askText('enter sandman', context)) as RecommendationsAnswer;
  const line = '🎬 You know it from &lt;!channel&gt; &amp; ';
  for (const seenBy of ['alone', 'all', 'modal'] as const) {
    const drawn = drawMessage(answer, { locale: 'en', seenBy, owner: null, layout: 'list' });
    expect(checkMessage(drawn)).toEqual([]);
    const blocks = JSON.stringify(drawn.blocks);
    expect(blocks).toContain(line);
    expect(blocks).toContain(JSON.stringify(answer.uses[0]!.details.token));
    expect(blocks.indexOf(line)).toBeLessThan(blocks.indexOf('*1.  '));
  }
  expect(checkUnfurl(unfurlBlocks(answer, 'en'))).toEqual([]);
  expect(JSON.stringify(unfurlBlocks(answer, 'en'))).toContain(line);
});
