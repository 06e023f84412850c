/** Everything that the app listens to. */
import type { App } from '@slack/bolt';
import type { Bot } from '../bot.ts';
import { holdEvents, takeDelivery } from '../deliveries.ts';
import type { Installations } from '../installations.ts';
import { registerActions } from './actions.ts';
import { registerAsk } from './ask.ts';
import { registerCommands } from './commands.ts';
import { registerHome } from './home.ts';
import { registerLifecycle } from './lifecycle.ts';
import { registerLinks } from './links.ts';
import { registerMessages } from './messages.ts';
import { registerShortcuts } from './shortcuts.ts';
import { registerViews } from './views.ts';
import { registerWelcome } from './welcome.ts';

/** @param since when the app's own token was found good, in milliseconds since the epoch */
export function registerAll(
  app: App,
  bot: Bot,
  installations: Installations | null,
  since = Date.now(),
): void {
  holdEvents(bot, app);
  app.use(takeDelivery(bot));
  registerCommands(app, bot);
  registerMessages(app, bot);
  registerLinks(app, bot);
  registerShortcuts(app, bot);
  registerAsk(app, bot);
  registerActions(app, bot);
  registerViews(app, bot);
  registerHome(app, bot);
  registerWelcome(app, bot);
  registerLifecycle(app, bot, installations, since);
}
