import { mkdir } from 'node:fs/promises';
import type { IncomingMessage, Server } from 'node:http';
import { createServer } from 'node:http';
import { closedDoors, type ClosedDoors } from './closed-doors.ts';
import type { ConnectorParts } from './connector.ts';
import type { Fault } from './faults.ts';
import { createFaultBoard } from './faults.ts';
import { answerWith, listenOnLoopback, refusalOf } from './http-exchange.ts';
import type { House } from './mirror-routes.ts';
import { deliver, requirePerson, route } from './mirror-routes.ts';
import type { Playgrounds } from './playgrounds.ts';
import { createPlaygrounds, isSeenBy } from './playgrounds.ts';
import type { Counts, Post, PostBook } from './post-book.ts';
import { openPostBook } from './post-book.ts';
import type { Saying } from './say.ts';
import { activityOf } from './say.ts';
import { openSigningKey } from './signing-key.ts';
import type { Channel, Chat, Person, Team, Tenant } from './tenant.ts';
import { chatOf, personalChat } from './tenant.ts';

export type MirrorSettings = {
  /** 0 or nothing: any free port. Keep it the same across starts: bots remember it as the service's address. */
  readonly port?: number;
  /** The bot's messaging endpoint. */
  readonly botUrl: string;
  readonly appId: string;
  readonly botName?: string;
  readonly tenantId: string;
  readonly people: readonly Person[];
  readonly team: Team;
  readonly channels: readonly Channel[];
  readonly chats?: readonly Chat[];
  /** Whether the connector takes this bearer token of the bot; without it every call is taken. */
  readonly tokenOk?: (bearer: string) => boolean;
  /** Where posts and the signing key are kept; in memory only without it. */
  readonly folder?: string;
};

/** A change the bot made. `seenBy`: the object ids of the people who see it. */
export type Change = {
  readonly kind: 'post' | 'edit' | 'delete';
  readonly post: Post;
  readonly seenBy: readonly string[];
};
export type Said = { readonly status: number; readonly body: unknown };

/** The channel mirror between the bot and everyone's Playground: the local stand-in for the Teams service. */
export type ChannelMirror = {
  readonly url: string;
  readonly openIdMetadataUrl: string;
  /** The bot endpoint for that person's Playground. */
  endpointFor(person: Pick<Person, 'id'>): string;
  /** The bot's posts in their newest form; of everywhere, one chat, one channel or one thread. */
  posts(conversationId?: string): readonly Post[];
  /** What that person sees: every channel, their group chats and their own chat, deleted posts left out. */
  seenBy(person: string): readonly Post[];
  counts(conversationId?: string): Counts;
  /** Calls the listener for each change; answers how to stop that. */
  onActivity(listener: (change: Change) => void): () => void;
  fault(fault: Fault): void;
  /** Those that have not struck as often as they should. */
  faults(): readonly Fault[];
  clearFaults(): void;
  /** From then on the bot is answered 403 in that person's chat. Throws RequestRefused for a stranger. */
  block(person: string): void;
  unblock(person: string): void;
  /** From then on that channel or group chat is answered 404. */
  loseChannel(conversationId: string): void;
  /** Acts as a person without a Playground; answers the bot's status and body. Throws RequestRefused for a stranger. */
  say(saying: Saying): Promise<Said>;
  /** Resolves when all Playgrounds show everything and the posts are on disk. */
  settled(): Promise<void>;
  stop(): Promise<void>;
};

type Listener = (change: Change) => void;

const DEFAULT_BOT_NAME = 'ITIL-NEXT';

const sees = (tenant: Tenant, post: Post, person: Person): boolean =>
  isSeenBy(post, person) || (chatOf(tenant, post.conversationId)?.members.includes(person.id) ?? false);

/** What a change sets off: the Playgrounds show it, the listeners hear of it. */
function connectorParts(parts: {
  people: readonly Person[];
  tenant: Tenant;
  book: PostBook;
  playgrounds: Playgrounds;
  doors: ClosedDoors;
  listeners: ReadonlySet<Listener>;
}): ConnectorParts {
  const { people, tenant, book, doors, playgrounds, listeners } = parts;
  return {
    tenant,
    people,
    book,
    doors,
    published: (kind, post) => {
      playgrounds.publish(post);
      const seenBy = people.filter((person) => sees(tenant, post, person)).map((person) => person.id);
      for (const listener of listeners) listener({ kind, post, seenBy });
    },
    typing: (conversationId) => playgrounds.typing(conversationId),
  };
}

function closing(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

/** The body of an invoke response is JSON; of a message there is none. */
function bodyOf(text: unknown): unknown {
  if (typeof text !== 'string' || text === '') return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

async function sayFor(house: House, book: PostBook, saying: Saying): Promise<Said> {
  const person = requirePerson(house, saying.person);
  const { status, body } = await deliver(house, activityOf(saying, { tenant: house.tenant, book, person }), person);
  return { status, body: bodyOf(body) };
}

/** Serves the routes; `house` is complete before the first request can arrive. */
async function serve(port: number, house: () => House): Promise<{ url: string; server: Server }> {
  const answer = async (request: IncomingMessage) => route(house(), request);
  const server = createServer((request, response) => {
    void answer(request)
      .catch(refusalOf)
      .then((answered) => answerWith(response, answered));
  });
  return { server, url: `http://127.0.0.1:${await listenOnLoopback(server, port)}` };
}

/** The tenant these settings describe. */
const tenantOf = (settings: MirrorSettings): Tenant => {
  const { tenantId: id, appId, botName = DEFAULT_BOT_NAME, team, channels, chats = [] } = settings;
  return { id, appId, botName, team, channels, chats };
};

/** Opens the mirror on the loopback address. */
export async function openChannelMirror(settings: MirrorSettings): Promise<ChannelMirror> {
  const { botUrl, people, tokenOk, folder } = settings;
  const tenant = tenantOf(settings);
  if (folder !== undefined) await mkdir(folder, { recursive: true });
  const book = await openPostBook(folder);
  const key = await openSigningKey(folder);
  const faults = createFaultBoard();
  const playgrounds = createPlaygrounds({ tenant, book });
  const listeners = new Set<Listener>();
  const doors = closedDoors();
  const connector = connectorParts({ people, tenant, book, doors, playgrounds, listeners });
  const { server, url } = await serve(settings.port ?? 0, () => house);
  const house: House = { botUrl, people, tenant, tokenOk, url, key, faults, playgrounds, connector };
  return {
    url,
    openIdMetadataUrl: `${url}/openid/metadata`,
    endpointFor: (person) => `${url}/from/${person.id}/api/messages`,
    posts: book.posts,
    seenBy: (name) => book.posts().filter((post) => !post.deleted && sees(tenant, post, requirePerson(house, name))),
    counts: book.counts,
    onActivity: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    fault: faults.arm,
    faults: () => faults.list().filter(({ hits, times }) => hits < times),
    clearFaults: faults.disarm,
    block: (name) => doors.block(personalChat(requirePerson(house, name))),
    unblock: (name) => doors.unblock(personalChat(requirePerson(house, name))),
    loseChannel: doors.lose,
    say: (saying) => sayFor(house, book, saying),
    settled: () => playgrounds.settled().then(book.saved),
    stop: () => closing(server).then(playgrounds.settled).then(book.saved),
  };
}
