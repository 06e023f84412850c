/** A person's taste: given, asked for with consent, saved; leaning by a knob; alone a recommendation; forgotten at once. */
import { describe, expect, it } from 'vitest';
import { askText } from '../../commands/index.ts';
import { handleAction } from '../../src/conversation/actions.ts';
import type {
  Answer,
  NoticeAnswer,
  QuestionAnswer,
  RecommendationsAnswer,
} from '../../src/conversation/answer.ts';
import type { AnswerContext } from '../../src/conversation/context.ts';
import { setMarks } from '../../src/conversation/film-marks.ts';
import { leaning, songsOfTaste, tasteOf } from '../../src/conversation/taste.ts';
import { encodeToken, payloadOf } from '../../src/conversation/tokens.ts';
import { openMemoryState } from '../../src/state/memory.ts';
import { contextOf } from '../bots/web/page.ts';
import { fakeEngine } from '../support/fake-engine.ts';

const engine = fakeEngine();
function somebody(user: string | null = 'discord:1', more: Partial<AnswerContext> = {}): AnswerContext {
  return contextOf(engine, { state: openMemoryState(), user, ...more });
}
const linesOf = (answer: Answer) => (answer as NoticeAnswer).lines.join('\n');
const press = (answer: Answer, label: string, context: AnswerContext) =>
  handleAction((answer as NoticeAnswer).controls.find((one) => one.label === label)!.token, context);

describe('/my-movies', () => {
  it('takes songs, each once, and says so to nobody else', async () => {
    const me = somebody();
    expect(await askText('/my-movies hold on adele', me)).toMatchObject({ private: true });
    await askText('/my-movies enter sandman', me);
    const answer = await askText('/my-movies hold on adele', me);
    expect(linesOf(answer)).toContain('2 songs that you love, among them Hold On – Adele and Enter Sandman');
  });

  it('recommends by the taste alone', async () => {
    const me = somebody();
    await askText('/my-movies hold on adele', me);
    const films = await press(await askText('/my-movies enter sandman', me), 'Films for my taste', me);
    expect(films).toMatchObject({ kind: 'recommendations', song: { title: 'Your taste' } });
    expect((films as RecommendationsAnswer).films).toHaveLength(5);
  });

  it('leans by a knob, which is off at first', async () => {
    const me = somebody();
    const answer = await askText('/my-movies enter sandman', me);
    expect(await leaning(me)).toBeUndefined();
    await press(answer, 'Follow it a little', me);
    expect(await leaning(me)).toMatchObject({ weight: 0.5, songs: [{ title: 'Enter Sandman' }] });
    const much = await press(answer, 'Follow it much', me);
    expect((await leaning(me))!.weight).toBe(1);
    expect(
      (much as NoticeAnswer).controls.filter(({ pressed }) => pressed).map(({ label }) => label),
    ).toEqual(['Follow it much']);
    await press(much, 'Do not follow it', me);
    expect(await leaning(me)).toBeUndefined();
  });

  it('keeps songs that were asked for only with consent, and drops them when that is taken back', async () => {
    const me = somebody();
    await askText('enter sandman', me);
    expect(await tasteOf(me)).toBeNull();
    const yes = await press(await askText('/my-movies', me), 'Count songs I ask for', me);
    await askText('enter sandman', me);
    expect((await songsOfTaste(me)).map(({ title }) => title)).toEqual(['Enter Sandman']);
    await press(yes, 'Forget songs I asked for', me);
    expect(await songsOfTaste(me)).toEqual([]);
  });

  it('counts saved films by songs that feel like them, and no seen ones', async () => {
    const me = somebody();
    const day = '2026-01-01';
    await setMarks('discord:1', [{ film: 603, mark: 'seen', day }], me.state);
    expect(await songsOfTaste(me)).toEqual([]);
    await setMarks('discord:1', [{ film: 603, mark: 'saved', day }], me.state);
    expect(await songsOfTaste(me)).toHaveLength(2);
  });

  it('asks which song is meant, and adds the one chosen', async () => {
    const me = somebody();
    const asked = (await askText('/my-movies which', me)) as QuestionAnswer;
    const answer = await handleAction(asked.choices[1]!.token, me);
    expect(linesOf(answer)).toContain('One song that you love');
  });

  it('changes nothing by an address, nor for nobody', async () => {
    const reading = somebody('web:1', { readOnly: true });
    const asked = (await askText('/my-movies hold on adele', reading)) as QuestionAnswer;
    expect(await tasteOf(reading)).toBeNull();
    await handleAction(asked.choices[0]!.token, reading);
    expect((await tasteOf(reading))!.given).toHaveLength(1);
    const nobody = somebody(null);
    expect(await handleAction(asked.choices[0]!.token, nobody)).toMatchObject({ tone: 'sorry' });
  });

  it('is one person’s own, forgotten at once, here or with everything else', async () => {
    const me = somebody();
    const other = { ...me, user: 'discord:2' };
    const answer = await askText('/my-movies hold on adele', me);
    expect(await songsOfTaste(other)).toEqual([]);
    expect(linesOf(await askText('/movie-privacy', me))).toContain('Your taste: songs');
    await press(answer, 'Forget my taste', me);
    expect(await me.state.list('taste:')).toEqual([]);
    await askText('/my-movies hold on adele', me);
    await handleAction(encodeToken({ action: 'privacy', step: 'forget-sure' }), me);
    expect(await me.state.list('taste:')).toEqual([]);
  });

  it('knows no forged button', () => {
    for (const token of ['1c.1.0', '1c.9.0', '1c.0', '1c.2.6bGMSP3H9YqkmaLnaJTIoF', '1c.1.short']) {
      expect(payloadOf(token), token).toBeNull();
    }
  });
});
