/** Where to watch: an extra of a film's details, by the country that its asker chose, and the question for it. */
import { z } from 'zod';
import type { Film } from '../engine/types.ts';
import { type Words, wordsFor } from '../i18n/index.ts';
import type { Offers } from '../lookup/tmdb/client.ts';
import { clean } from '../shared/text.ts';
import type { Answer, Form, Link, WatchNote } from './answer.ts';
import { filmName } from './cards.ts';
import type { AnswerContext } from './context.ts';
import { countriesFor, countryOf, readCountry, setCountry } from './country.ts';
import { readOptions, reads } from './filters/index.ts';
import { sorry } from './notices.ts';
import type { OptionSpec } from './options.ts';
import { type ActionPayload, encodeToken, type PageState } from './tokens.ts';

/** Services named of one kind. */
const MOST_SERVICES = 8;
/** Countries on one page of the question: with the two buttons below them they fit Slack's 24. */
const ON_PAGE = 22;

/** What is known of watching a film: links for everybody, and a note for the asker alone. */
export interface WatchExtra {
  /** The trailer, where one is known, and TMDB's page of who has the film. */
  readonly links: readonly Link[];
  readonly note?: WatchNote;
}

/** TMDB's page of who has a film. @param country two capitals; null: TMDB decides */
export function watchPage(film: number, country: string | null): string {
  const page = `https://www.themoviedb.org/movie/${film}/watch`;
  return country === null ? page : `${page}?locale=${country}`;
}

const same = (one: readonly string[] = [], other: readonly string[] = []) =>
  one.length === other.length && one.every((name) => other.includes(name));

function offerLines(offers: Offers, { t, list }: Words): string[] {
  const services = (names: readonly string[]) =>
    list([
      ...names.slice(0, MOST_SERVICES).map((name) => clean(name, 60)),
      ...(names.length > MOST_SERVICES ? ['…'] : []),
    ]);
  const { stream, free, ads, rent, buy } = offers;
  const both = rent !== undefined && same(rent, buy);
  return [
    ...(stream ? [t('watch.stream', { services: services(stream) })] : []),
    ...(free ? [t('watch.free', { services: services(free) })] : []),
    ...(ads ? [t('watch.ads', { services: services(ads) })] : []),
    ...(both ? [t('watch.rentOrBuy', { services: services(rent) })] : []),
    ...(rent && !both ? [t('watch.rent', { services: services(rent) })] : []),
    ...(buy && !both ? [t('watch.buy', { services: services(buy) })] : []),
  ];
}

/** The trailer, and who has the film where the asker lives; without a key only a link to TMDB's page. */
export async function watchExtra(film: Film, from: PageState, context: AnswerContext): Promise<WatchExtra> {
  const words = wordsFor(context.locale);
  const { t } = words;
  const { watching } = context;
  const page = (country: string | null): Link => ({
    kind: 'watch',
    label: t('control.watch'),
    url: watchPage(film.id, country),
  });
  if (!watching) return { links: [page(null)] };
  const country = await countryOf(context);
  const { offers, trailer } = await watching.about(film.id, country, words.language);
  const links: Link[] = [
    ...(trailer === null ? [] : [{ kind: 'trailer', label: t('watch.trailer'), url: trailer } as const]),
    page(country),
  ];
  // Where TMDB did not answer there is nothing to say.
  if (country !== null && offers === undefined) return { links };
  const ask = encodeToken({ action: 'country', ...from, film: film.id, list: 0 });
  const form = formOf({ ...from, film: film.id }, words);
  const choose = (label: string) => ({ country: { action: 'choose' as const, label, token: ask }, form });
  if (country === null) {
    return {
      links,
      note: {
        heading: t('control.watch'),
        lines: [t('watch.unknown')],
        ...choose(t('watch.choose')),
        credit: '',
      },
    };
  }
  const heading = t('watch.heading', { country: words.regionName(country) });
  const lines = offers ? offerLines(offers, words) : [t('watch.nowhere')];
  return { links, note: { heading, lines, ...choose(t('watch.change')), credit: t('watch.credit') } };
}

export const COUNTRY_OPTION = {
  name: 'country',
  kind: 'string',
  description: 'watch.option',
  label: 'watch.label',
  required: true,
  maxLength: 60,
  schema: reads(z.string().max(100), readCountry, 'watch.noCountry'),
} as const satisfies OptionSpec<string>;

type CountryPayload = Extract<ActionPayload, { action: 'country' }>;
type SetPayload = Extract<ActionPayload, { action: 'set-country' }>;

/** Takes a country that is typed. */
const formOf = (from: PageState & { readonly film: number }, { t }: Words): Form => ({
  token: encodeToken({ action: 'set-country', ...from, country: null }),
  submit: t('watch.choose'),
  fields: [{ option: COUNTRY_OPTION, value: '' }],
});

/** Asks for the country, a page of them at a time; any other can be typed where there are fields. */
export function countryQuestion(
  { film: id, list, ref, page, mainstream }: Omit<CountryPayload, 'action'>,
  context: AnswerContext,
  problem = '',
): Answer {
  const words = wordsFor(context.locale);
  const { t } = words;
  const film = context.engine().film(id);
  if (!film) return sorry(context, 'sorry.filmGone');
  const from = { ref, page, mainstream, film: id };
  const all = countriesFor(words.language, words.regionName);
  const at = list * ON_PAGE < all.length ? list : 0;
  const shown = all.slice(at * ON_PAGE, (at + 1) * ON_PAGE);
  const choice = (label: string, token: string) => ({ action: 'choose' as const, label, token });
  return {
    kind: 'question',
    private: true,
    text: problem || t('watch.question'),
    choices: [
      ...shown.map((country) =>
        choice(words.regionName(country), encodeToken({ action: 'set-country', ...from, country })),
      ),
      choice(
        t('watch.more'),
        encodeToken({ action: 'country', ...from, list: (at + 1) * ON_PAGE < all.length ? at + 1 : 0 }),
      ),
      choice(t('watch.back', { film: filmName(film, words) }), encodeToken({ action: 'details', ...from })),
    ],
    form: formOf(from, words),
  };
}

/**
 * Keeps the country that was chosen or typed.
 *
 * @returns an apology or the question once more, or null when it is kept
 */
export async function chooseCountry(
  { country: chosen, ...from }: SetPayload,
  context: AnswerContext,
  values: Readonly<Record<string, unknown>>,
): Promise<Answer | null> {
  if (context.user === null) return sorry(context, 'list.nobody');
  let country = chosen;
  if (country === null) {
    const read = readOptions({ country: COUNTRY_OPTION }, values);
    const [problem] = read.problems;
    if (problem)
      return countryQuestion({ ...from, list: 0 }, context, wordsFor(context.locale).t(problem.problem));
    country = read.values.country as string;
  }
  await setCountry(context.user, country, context.state);
  return null;
}
