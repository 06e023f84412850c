/** The discord.js client: what it asks Discord for, what it keeps in memory, and what can't bring it down. */
import {
  Client,
  GatewayIntentBits,
  Options,
  Partials,
  SimpleShardingStrategy,
  Status,
  type WebSocketShard,
} from 'discord.js';
import type { StateStore } from '../../state/store.ts';
import { sharedThrottler } from './identify.ts';
import { whileArriving } from './replied-to.ts';

type WsManager = ConstructorParameters<typeof SimpleShardingStrategy>[0];

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

  constructor(manager: WsManager, onFault: OnFault) {
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

/** The parts of the manager that `guardPackets` replaces. */
interface OpenManager {
  status: Status;
  handlePacket(packet: { readonly t?: string } | undefined, shard: unknown): boolean;
}

/** What people wait for: handled as soon as its own shard is up, not only when all are. */
const AT_ONCE: ReadonlySet<string | undefined> = new Set(['INTERACTION_CREATE', 'MESSAGE_CREATE']);

/**
 * The same for packets that discord.js puts off until it is ready: those are handled outside any promise. And it puts
 * off what people wait for until every shard has identified, five seconds apart: that is handled at once.
 */
function guardPackets(client: Client, onFault: OnFault): void {
  const manager = client.ws as unknown as OpenManager;
  const handle = manager.handlePacket.bind(manager);
  const atOnce: OpenManager['handlePacket'] = (packet, shard) => {
    const { status } = manager;
    const isEarly = status !== Status.Ready && AT_ONCE.has(packet?.t) && client.user !== null;
    if (!isEarly) return handle(packet, shard);
    manager.status = Status.Ready;
    try {
      return handle(packet, shard);
    } finally {
      manager.status = status;
    }
  };
  manager.handlePacket = (packet, shard) => {
    try {
      return whileArriving(client, packet, () => atOnce(packet, shard));
    } catch (error) {
      onFault(error);
      return false;
    }
  };
}

/** Memory: servers, roles and channels stay, for permissions and the age flag; nothing else does. */
const CACHES = Options.cacheWithLimits({
  ...Options.DefaultMakeCacheSettings,
  ApplicationCommandManager: 0,
  ApplicationEmojiManager: 0,
  AutoModerationRuleManager: 0,
  BaseGuildEmojiManager: 0,
  DMMessageManager: 0,
  EntitlementManager: 0,
  GuildBanManager: 0,
  GuildEmojiManager: 0,
  GuildInviteManager: 0,
  GuildMessageManager: 0,
  GuildScheduledEventManager: 0,
  GuildStickerManager: 0,
  MessageManager: 0,
  PresenceManager: 0,
  ReactionManager: 0,
  ReactionUserManager: 0,
  StageInstanceManager: 0,
  ThreadMemberManager: 0,
  VoiceStateManager: 0,
  GuildMemberManager: { maxSize: 0, keepOverLimit: (member) => member.id === member.client.user.id },
  UserManager: { maxSize: 200, keepOverLimit: (user) => user.id === user.client.user.id },
});

/** Made by discord.js once it knows how many shards may identify at once. */
const throttlerFrom = (state: StateStore) => async (manager: WsManager) => {
  const { session_start_limit: limit } = await manager.fetchGatewayInformation();
  return sharedThrottler(state, limit.max_concurrency);
};

export interface ClientSettings {
  /** Base address of the API without a version: `https://discord.com/api`. */
  readonly api: string;
  /** Ask for the privileged intent that shows what people write. */
  readonly messageContent: boolean;
  /** Ask for the privileged intent that shows what people play. */
  readonly presence?: boolean;
  readonly onFault: OnFault;
  /** The connections of this process where others hold the rest; without it as many as Discord recommends. */
  readonly sharding?: Sharding | null;
}

export interface Sharding {
  readonly ids: readonly number[];
  /** Of how many. */
  readonly count: number;
  /** Through which processes take turns with identifying. */
  readonly state: StateStore;
}

export function makeClient({ api, messageContent, presence, onFault, sharding }: ClientSettings): Client {
  const client = new Client({
    intents: [
      GatewayIntentBits.Guilds,
      // Mentions in servers, and direct messages; what they say comes along without the privileged intent.
      GatewayIntentBits.GuildMessages,
      GatewayIntentBits.DirectMessages,
      ...(messageContent ? [GatewayIntentBits.MessageContent] : []),
      ...(presence ? [GatewayIntentBits.GuildPresences] : []),
    ],
    // As many connections as Discord recommends: one up to about a thousand servers, obligatory from 2,500 on.
    ...(sharding ? { shards: [...sharding.ids], shardCount: sharding.count } : { shards: 'auto' as const }),
    // A direct message may come from a channel that was never seen before.
    partials: [Partials.Channel],
    allowedMentions: { parse: [], repliedUser: false },
    makeCache: CACHES,
    ws: {
      buildStrategy: (manager) => new Guarded(manager, onFault),
      ...(sharding && { buildIdentifyThrottler: throttlerFrom(sharding.state) }),
    },
    rest: { api, retries: 2, timeout: 10_000, invalidRequestWarningInterval: 100 },
    // Servers that are down at the start must not hold up all others.
    waitGuildTimeout: 2000,
  });
  guardPackets(client, onFault);
  return client;
}
