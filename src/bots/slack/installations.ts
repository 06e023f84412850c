/** Installations of several workspaces, kept encrypted in durable state. */
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import type { Installation, InstallationQuery, InstallationStore } from '@slack/bolt';
import type { Secret } from '../../config.ts';
import type { StateStore } from '../../state/store.ts';
import { rejoinOrganisation, rejoinTeam } from './leaving.ts';

const ALGORITHM = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** @property installedAt milliseconds since the epoch; absent in what older versions kept */
type Kept = Installation & { readonly installedAt?: number };

const keyOf = (id: string) => `slack-install:${id}`;

/** An organisation-wide installation stands under the organisation, any other under its workspace. */
function nameOf(query: {
  isEnterpriseInstall?: boolean | undefined;
  team?: string | undefined;
  enterprise?: string | undefined;
}): string {
  const id = query.isEnterpriseInstall ? query.enterprise : query.team;
  if (!id) throw new Error('An installation names neither a workspace nor an organisation.');
  return id;
}

/** Bolt's store, over ours. The tokens are unreadable without SLACK_STATE_SECRET. */
export class Installations implements InstallationStore {
  readonly #state: StateStore;
  readonly #key: Buffer;

  /** @param secret SLACK_STATE_SECRET: when it changes, every workspace has to install the app again */
  constructor(state: StateStore, secret: Secret) {
    this.#state = state;
    this.#key = Buffer.from(hkdfSync('sha256', secret.reveal(), 'music2movie', 'slack installations', 32));
  }

  storeInstallation = async (installation: Installation): Promise<void> => {
    const { isEnterpriseInstall, team, enterprise } = installation;
    const name = nameOf({ isEnterpriseInstall, team: team?.id, enterprise: enterprise?.id });
    // A renewed token comes with what was kept before, and is no new installation.
    const { installedAt = Date.now() }: Kept = installation;
    const kept: Kept = { ...installation, installedAt };
    await this.#state.set(keyOf(name), this.#seal(JSON.stringify(kept), name));
    if (isEnterpriseInstall) await rejoinOrganisation(this.#state, name);
    else await rejoinTeam(this.#state, name);
  };

  fetchInstallation = async (query: InstallationQuery<boolean>): Promise<Installation> => {
    const { isEnterpriseInstall, teamId, enterpriseId } = query;
    const names = isEnterpriseInstall ? [enterpriseId] : [teamId, enterpriseId];
    for (const name of names) {
      const kept = name && (await this.#state.get<string>(keyOf(name)));
      const installation = kept && this.#open(kept, name);
      if (installation) return installation;
    }
    throw new Error('The app is not installed in this workspace.');
  };

  deleteInstallation = async (query: InstallationQuery<boolean>): Promise<void> => {
    const { isEnterpriseInstall, teamId, enterpriseId } = query;
    await this.#state.delete(keyOf(nameOf({ isEnterpriseInstall, team: teamId, enterprise: enterpriseId })));
  };

  /**
   * @param id of the workspace, or of the organisation that had the app everywhere
   * @param at when the app was removed, in milliseconds since the epoch
   * @returns false, and forgets nothing, where the app was installed again since
   */
  async forget(id: string, at: number): Promise<boolean> {
    const kept = await this.#state.get<string>(keyOf(id));
    // Slack tells the second.
    const since = (kept && this.#open(kept, id)?.installedAt) || 0;
    if (at + 1000 <= since) return false;
    await this.#state.delete(keyOf(id));
    return true;
  }

  #seal(text: string, name: string): string {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv(ALGORITHM, this.#key, nonce).setAAD(Buffer.from(name));
    const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64url');
  }

  /** Null for what was sealed with another secret, or changed since. */
  #open(sealed: string, name: string): Kept | null {
    try {
      const bytes = Buffer.from(sealed, 'base64url');
      const decipher = createDecipheriv(ALGORITHM, this.#key, bytes.subarray(0, NONCE_BYTES))
        .setAAD(Buffer.from(name))
        .setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
      const body = decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES));
      return JSON.parse(Buffer.concat([body, decipher.final()]).toString('utf8')) as Kept;
    } catch {
      return null;
    }
  }
}
