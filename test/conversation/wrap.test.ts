import { describe, expect, it } from 'vitest';
import { askText } from '../../commands/index.ts';
import { plainText, wrapText } from '../../src/conversation/plain-text.ts';
import { contextOf } from '../bots/web/page.ts';

const words = (text: string) => text.split(/\s+/).filter((word) => word !== '');

describe('text for a terminal', () => {
  it.each([40, 80])('is no wider than %i columns, and loses no word', async (columns) => {
    const context = contextOf();
    for (const question of [
      'hold on',
      'help',
      'qqqq',
      'which',
      '/song-for inception',
      '/movie-mood lonely',
    ]) {
      const answer = await askText(question, context);
      const wrapped = plainText(answer, { columns });
      const longest = Math.max(...words(wrapped).map((word) => word.length));
      for (const line of wrapped.split('\n')) {
        expect(line.length, line).toBeLessThanOrEqual(Math.max(columns, longest + 8));
      }
      expect(words(wrapped)).toEqual(words(plainText(answer)));
    }
  });

  it('goes on under the text that it broke', () => {
    expect(wrapText('1  A film with a long name that ends here', 24)).toBe(
      '1  A film with a long\n   name that ends here',
    );
    expect(wrapText('♪ one two three', 9)).toBe('♪ one two\n  three');
    expect(wrapText('   indented line here', 14)).toBe('   indented\n   line here');
  });

  it('counts letters that take two columns', () => {
    expect(wrapText('日本 日本 日本', 9)).toBe('日本 日本\n日本');
  });

  it('says whose data these are only where it is wanted', async () => {
    const answer = await askText('hold on', contextOf());
    expect(plainText(answer)).toContain('TMDB');
    expect(plainText(answer, { attribution: false })).not.toContain('TMDB');
  });
});
