/** All that is kept of a person: shown, exported, forgotten at once; and hiding from others. */
import { wordsFor } from '../i18n/index.ts';
import type { Answer, Control } from './answer.ts';
import { type AnswerContext, privately } from './context.ts';
import { countryOf, forgetCountry } from './country.ts';
import { forgetMarks, marksHash, marksOf } from './film-marks.ts';
import { isHidden, setHidden } from './hidden.ts';
import { forgetLocale, lastLocale } from './last-locale.ts';
import { forgetListening, listeningName } from './listening.ts';
import { forgetNights, nightsWith } from './nights.ts';
import { notice } from './notices.ts';
import { askedBy } from './statistics.ts';
import { forgetTaste, tasteOf } from './taste.ts';
import { encodeToken, type PrivacyStep } from './tokens.ts';
import { forgetVotes, votesOf, withdrawVotes } from './votes.ts';

/** Show, export and forget, each as an answer for the asker alone. */
export async function privacy(step: PrivacyStep, context: AnswerContext): Promise<Answer> {
  const { t, regionName } = wordsFor(context.locale);
  const mine = privately(context);
  const searches = context.resolver.searches ?? [];
  const sent = searches.length > 0 ? [t('privacy.lookup', { services: searches })] : [];
  if (context.user === null) {
    return notice(mine, 'info', t('privacy.title'), [t('privacy.nobody'), ...sent]);
  }
  const hides = step === 'hide' || step === 'unhide';
  if (hides && !context.readOnly) return hide(step === 'hide', context.user, mine);
  const votes = await votesOf(context, context.user);
  const locale = await lastLocale(context.user, context.state);
  const country = await countryOf(context);
  const marks = await marksOf(context);
  const me = await marksHash(context.user, context.state);
  const nights = await nightsWith(me, context.state);
  const asked = await askedBy(context.user, context.state);
  const hidden = await isHidden(context);
  const go = (to: PrivacyStep, label: string): Control => ({
    action: 'choose',
    label,
    token: encodeToken({ action: 'privacy', step: to }),
  });
  const never = [t('privacy.never'), t('privacy.howLong'), ...sent];
  if (step === 'forget-sure') {
    await forgetVotes(context.user, context);
    await forgetLocale(context.user, context.state);
    await forgetCountry(context.user, context.state);
    await forgetMarks(context.user, context.state);
    await forgetNights(me, context.state);
    await forgetTaste(context.user, context.state);
    await forgetListening(context.user, context.state);
    await askedBy(context.user, context.state, true);
    return notice(mine, 'info', t('privacy.title'), [
      t('privacy.forgotten', { count: votes.length }),
      ...(marks.length > 0 ? [t('privacy.marksForgotten', { count: marks.length })] : []),
    ]);
  }
  const taste = await tasteOf(context);
  const listening = await listeningName(context);
  const hiding = go(hidden ? 'unhide' : 'hide', t(hidden ? 'privacy.unhide' : 'privacy.hide'));
  const isNothing =
    [votes, marks, nights, asked].every(({ length }) => length === 0) &&
    locale === null &&
    country === null &&
    listening === null &&
    !taste;
  if (isNothing) {
    const state = t(hidden ? 'privacy.hidden' : 'privacy.nothing');
    return notice(mine, 'info', t('privacy.title'), [state, ...never], [hiding]);
  }
  if (step === 'forget') {
    return {
      kind: 'question',
      private: true,
      text: t('privacy.sure'),
      choices: [go('forget-sure', t('privacy.yes')), go('show', t('privacy.no'))],
    };
  }
  const lines = [
    ...(votes.length > 0 ? [t('privacy.counts', { count: votes.length })] : []),
    ...(marks.length > 0 ? [t('privacy.marks', { count: marks.length })] : []),
    ...(nights.length > 0 ? [t('privacy.nights', { count: nights.length })] : []),
    ...(asked.length > 0 ? [t('privacy.asked', { count: asked.length })] : []),
    ...(locale === null ? [] : [t('privacy.locale')]),
    ...(country === null ? [] : [t('privacy.country', { country: regionName(country) })]),
    ...(taste ? [t('privacy.taste')] : []),
    ...(listening === null ? [] : [t('privacy.listening', { name: listening })]),
    ...(hidden ? [t('privacy.hidden')] : []),
    ...never,
  ];
  const shown = notice(mine, 'info', t('privacy.title'), lines, [
    go('export', t('privacy.export')),
    go('forget', t('privacy.forget')),
    hiding,
  ]);
  if (step === 'show' || hides) return shown;
  const kept = {
    ...(locale !== null && { locale }),
    ...(country !== null && { country }),
    votes: votes.map(({ value }) => value),
    films: marks,
    asked,
    hidden,
    taste,
    ...(listening !== null && { listenBrainz: listening }),
    nights: nights.map((night) => {
      const { name = null, song = null } = night.people.find(({ id }) => id === me) ?? {};
      return { name, song, opened: night.opener === me, vote: night.votes[me] ?? null };
    }),
  };
  return {
    ...shown,
    title: t('privacy.exportTitle'),
    attachment: {
      name: 'music2movie-votes.json',
      mediaType: 'application/json',
      text: JSON.stringify(kept, null, 2),
    },
  };
}

/** Hides somebody from communities, taking out what counts there, or shows them again. */
async function hide(hidden: boolean, user: string, context: AnswerContext): Promise<Answer> {
  const { t } = wordsFor(context.locale);
  await setHidden(user, hidden, context.state);
  if (hidden) {
    await withdrawVotes(user, context);
    await askedBy(user, context.state, true);
  }
  const back: Control = {
    action: 'choose',
    label: t(hidden ? 'privacy.unhide' : 'privacy.hide'),
    token: encodeToken({ action: 'privacy', step: hidden ? 'unhide' : 'hide' }),
  };
  const said = t(hidden ? 'privacy.hidden' : 'privacy.shown');
  return notice(context, 'info', t('privacy.title'), [said], [back]);
}
