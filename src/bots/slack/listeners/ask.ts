/** Finding a song or film while it is typed: the global shortcut, and commands without words. */
import type { AckFn, App, ViewResponseAction } from '@slack/bolt';
import type { PlainTextOption } from '@slack/types';
import { z } from 'zod';
import { type AnyCommand, runCommand } from '../../../../commands/command.ts';
import { commandNamed } from '../../../../commands/index.ts';
import { movieFor } from '../../../../commands/movie-for.ts';
import { wordsFor } from '../../../i18n/index.ts';
import type { Bot } from '../bot.ts';
import { ASK_SONG, VIEWS } from '../constants.ts';
import { type Asker, askerOf, contextFor, remember, tooMany, viewFor } from '../context.ts';
import { acknowledged } from '../deliveries.ts';
import { noteFailure } from '../failures.ts';
import { show, showFilms } from '../modals.ts';
import { keepOrigin, originOf } from '../origin.ts';
import { ASK, askModal, readAsk, suggestionOptions, typedOption, waitingModal } from '../render/ask.ts';
import { deliverAnswer, toAsker } from '../respond.ts';

const filled = z.object({
  [ASK.what]: z.object({ [ASK.field]: z.object({ selected_option: z.object({ value: z.string() }) }) }),
});
const addresses = z.object({
  response_urls: z
    .array(z.object({ response_url: z.string(), channel_id: z.string() }))
    .min(1)
    .catch([]),
});

/**
 * Opens the window.
 *
 * @param url where the answer goes; null: the person says so in the window
 * @throws what Slack says, as where the press is too old
 */
export async function openAsk(
  bot: Bot,
  asker: Asker,
  command: AnyCommand,
  trigger: string,
  url: string | null,
): Promise<void> {
  const place = { channel: asker.channel ?? '', ts: '', thread: null, ephemeral: true, owner: null };
  const from = url === null ? null : await keepOrigin(bot.shared.state, { url, ...place });
  await show(asker, { kind: 'open', trigger }, askModal(command, from, asker.locale));
  bot.counters.count('ask.opened');
}

/** Where the answer goes: to where the command was called, into the channel that was chosen, or into the window. */
async function placeOf(
  bot: Bot,
  from: string | null,
  body: unknown,
): Promise<{ url: string; channel: string } | null> {
  const origin = from && (await originOf(bot.shared.state, from));
  if (origin) return origin;
  const [chosen] = addresses.safeParse(body).data?.response_urls ?? [];
  return chosen ? { url: chosen.response_url, channel: chosen.channel_id } : null;
}

export function registerAsk(app: App, bot: Bot): void {
  app.shortcut({ callback_id: ASK_SONG, type: 'shortcut' }, async (args) => {
    const { user, trigger_id: trigger } = args.body;
    if (!user?.id || !trigger) return bot.counters.count('shortcut.unreadable');
    await openAsk(bot, await askerOf(bot, args, user.id, null), movieFor, trigger, null);
  });
  app.options({ type: 'block_suggestion', action_id: ASK.field }, async (args) => {
    const { payload, body } = args;
    const options: PlainTextOption[] = [];
    try {
      const asked = readAsk(body.view?.private_metadata);
      const command = asked && commandNamed(asked.command);
      const option = command && typedOption(command);
      const typed = String(payload.value ?? '');
      const asker = await askerOf(bot, args, body.user?.id ?? '', null);
      const found = await option?.autocomplete?.(typed, contextFor(bot, asker, true));
      if (found) options.push(...suggestionOptions(typed, found, asker.locale));
    } catch (error) {
      noteFailure(bot, 'suggestions', error);
    }
    // Bolt's type has the options of the old dialogs, too, and takes these for them.
    const ack = args.ack as (suggested: { options: PlainTextOption[] }) => Promise<void>;
    await acknowledged(bot, () => ack({ options }));
  });
  app.view({ callback_id: VIEWS.ask, type: 'view_submission' }, async (args) => {
    const { view, body } = args;
    const ack = args.ack as AckFn<ViewResponseAction>;
    const asked = readAsk(view.private_metadata);
    const command = asked && commandNamed(asked.command);
    const option = command && typedOption(command);
    const chosen = filled.safeParse(view.state.values).data?.[ASK.what][ASK.field].selected_option.value;
    const place = await placeOf(bot, asked?.from ?? null, body);
    const asker = await askerOf(bot, args, body.user.id, place?.channel || null);
    const { t } = wordsFor(asker.locale);
    if (!option || !chosen) {
      return ack({ response_action: 'errors', errors: { [ASK.what]: t('slack.ask.nothing') } });
    }
    await acknowledged(bot, () =>
      place ? ack() : ack({ response_action: 'update', view: waitingModal(command, asker.locale) }),
    );
    const context = contextFor(bot, asker, true);
    const refused = await tooMany(bot, asker);
    const answer = refused ?? (await runCommand(command, { [option.name]: chosen }, context));
    remember(bot, asker, answer);
    if (!place) {
      return showFilms(bot, asker, { kind: 'update', shown: { id: view.id, hash: undefined } }, answer);
    }
    await deliverAnswer(bot, asker, toAsker(place.url), answer, await viewFor(bot, asker, 'alone'));
  });
}
