/** The discord.js client: what it asks Discord for, what it keeps in memory, and what can't bring it down. */
import {
  Client,
  GatewayIntentBits,
  Options,
  Partials,
  SimpleShardingStrategy,
  type WebSocketShard,
} from 'discord.js';

/** Told of a packet that could not be handled. */
export type OnFault = (error: unknown) => void;

/** The parts of a shard that `Guarded` replaces; private in the types, looked up on every message. */
interface OpenShard {
  onMessage(data: unknown, isBinary: boolean): Promise<void>;
}

/**
 * Connections whose packets may hold anything: discord.js 14.28.1 rejects without a catch when a handler
 * throws, and that would end the process.
 */
class Guarded extends SimpleShardingStrategy {
  readonly #onFault: OnFault;

  constructor(manager: ConstructorParameters<typeof SimpleShardingStrategy>[0], onFault: OnFault) {
    super(manager);
    this.#onFault = onFault;
  }

  override async spawn(ids: number[]): Promise<void> {
    await super.spawn(ids);
    const { shards } = this as unknown as { shards: Map<number, WebSocketShard> };
    for (const shard of shards.values()) {
      const open = shard as unknown as OpenShard;
      const handle = open.onMessage.bind(shard);
      open.onMessage = async (data, isBinary) => {
        try {
          await handle(data, isBinary);
        } catch (error) {
          this.#onFault(error);
        }
      };
    }
  }
}

/** The same for packets that discord.js puts off until it is ready: those are handled outside any promise. */
function guardPackets(client: Client, onFault: OnFault): void {
  const manager = client.ws as unknown as { handlePacket(packet: unknown, shard: unknown): boolean };
  const handle = manager.handlePacket.bind(manager);
  manager.handlePacket = (packet, shard) => {
    try {
      return handle(packet, shard);
    } catch (error) {
      onFault(error);
      return false;
    }
  };
}

/** Memory: servers and channels stay, for permissions and the age flag; messages and members do not. */
const CACHES = Options.cacheWithLimits({
  ...Options.DefaultMakeCacheSettings,
  MessageManager: 0,
  ReactionManager: 0,
  PresenceManager: 0,
  VoiceStateManager: 0,
  GuildMemberManager: { maxSize: 50, keepOverLimit: (member) => member.id === member.client.user.id },
  UserManager: { maxSize: 200, keepOverLimit: (user) => user.id === user.client.user.id },
});

export interface ClientSettings {
  /** Base address of the API without a version: `https://discord.com/api`. */
  readonly api: string;
  /** Ask for the privileged intent that shows what people write. */
  readonly messageContent: boolean;
  readonly onFault: OnFault;
}

export function makeClient({ api, messageContent, onFault }: ClientSettings): Client {
  const client = new Client({
    intents: [
      GatewayIntentBits.Guilds,
      // Mentions in servers, and direct messages; what they say comes along without the privileged intent.
      GatewayIntentBits.GuildMessages,
      GatewayIntentBits.DirectMessages,
      ...(messageContent ? [GatewayIntentBits.MessageContent] : []),
    ],
    // As many connections as Discord recommends: one up to about a thousand servers, obligatory from 2,500 on.
    shards: 'auto',
    // A direct message may come from a channel that was never seen before.
    partials: [Partials.Channel],
    allowedMentions: { parse: [], repliedUser: false },
    makeCache: CACHES,
    ws: { buildStrategy: (manager) => new Guarded(manager, onFault) },
    rest: { api, retries: 2, timeout: 10_000, invalidRequestWarningInterval: 100 },
    // Servers that are down at the start must not hold up all others.
    waitGuildTimeout: 2000,
  });
  guardPackets(client, onFault);
  return client;
}
