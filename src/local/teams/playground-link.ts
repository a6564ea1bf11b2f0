import type { Activity } from './activity.ts';
import { partsOf } from './activity.ts';
import type { Post } from './post-book.ts';
import type { Person, Team } from './tenant.ts';
import { homeOf, isThread } from './tenant.ts';

/** One running Playground, seen from the mirror: what it shows, and under which ids of its own. */
export type PlaygroundLink = {
  readonly person: Person;
  /** Its connector's address. */
  readonly connector: string;
  /** Shows a new post, the newest form of an earlier one, or that it was deleted. */
  show(post: Post): Promise<void>;
  showTyping(conversationId: string): Promise<void>;
  /** The page starts empty: shows these posts once more, and nothing twice. */
  restart(posts: readonly Post[]): Promise<void>;
  /** Notes that the person's own message stands under this id in the Playground. */
  learnThread(ids: { own: string; mirrored: string }): void;
  /** The mirror's ids for the Playground's; unknown ones pass through. */
  mirrored(ownId: string): string;
};

/** A Playground answers within this time or counts as gone, in milliseconds. */
const PATIENCE = 5_000;

/** The Playground cannot be reached any more. */
export class PlaygroundGone extends Error {
  override name = 'PlaygroundGone' as const;
}

type Sent = { id?: string; activityId?: string; conversations?: { id: string }[] };
type Call = (method: 'GET' | 'POST' | 'PUT', path: string, body?: unknown) => Promise<Sent | undefined>;

function callsTo({ connector, person }: Pick<PlaygroundLink, 'connector' | 'person'>): Call {
  return async (method, path, body) => {
    let response: Response;
    try {
      response = await fetch(`${connector}${path}`, {
        method,
        ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
        signal: AbortSignal.timeout(PATIENCE),
      });
    } catch (cause) {
      throw new PlaygroundGone(`the Playground of ${person.name} does not answer`, { cause });
    }
    const text = await response.text();
    if (response.ok) return text === '' ? {} : (JSON.parse(text) as Sent);
    console.warn(`mirror: the Playground of ${person.name} answered ${response.status} to ${method} ${path}: ${text}`);
    return undefined;
  };
}

const inConversation = (conversationId: string): string =>
  `/v3/conversations/${encodeURIComponent(conversationId)}/activities`;

const newestForm = (post: Post): Activity =>
  post.deleted ? { type: 'message', text: '_This message has been deleted._' } : post.activity;

type Memory = {
  /** The ids of a post's parts in this Playground, in order. */
  readonly copies: Map<string, readonly string[]>;
  /** The mirror's thread id → this Playground's. */
  readonly threads: Map<string, string>;
  /** This Playground's ids, of parts and threads, → the mirror's. Ids of before a reload stay valid. */
  readonly back: Map<string, string>;
  /** The channels it has; it shows but one besides General. Unknown until asked. */
  channels?: ReadonlySet<string>;
};

async function hasPlaceFor(
  post: Post,
  { call, memory, team }: { call: Call; memory: Memory; team: Team },
): Promise<boolean> {
  if (!isThread(post.conversationId)) return true;
  if (!memory.channels) {
    const answer = await call('GET', `/v3/teams/${encodeURIComponent(team.id)}/conversations`);
    memory.channels = new Set((answer?.conversations ?? []).map((channel) => channel.id));
  }
  return memory.channels.has(homeOf(post.conversationId));
}

async function postPart(
  call: Call,
  memory: Memory,
  { post, part }: { post: Post; part: Activity },
): Promise<string | undefined> {
  const conversation = isThread(post.conversationId) ? memory.threads.get(post.conversationId) : post.conversationId;
  const channel = { id: homeOf(post.conversationId) };
  const sent = conversation
    ? await call('POST', inConversation(conversation), part)
    : await call('POST', '/v3/conversations', { isGroup: true, channelData: { channel }, activity: part });
  const id = sent?.activityId ?? sent?.id;
  if (id === undefined) return undefined;
  memory.back.set(id, post.id);
  if (conversation === undefined && sent?.id !== undefined) {
    memory.threads.set(post.conversationId, sent.id);
    memory.back.set(sent.id, post.conversationId);
  }
  return id;
}

async function showPost(call: Call, memory: Memory, post: Post): Promise<void> {
  const standing = memory.copies.get(post.id) ?? [];
  if (post.deleted && standing.length === 0) return;
  const shown: string[] = [...standing];
  for (const [index, part] of partsOf(newestForm(post)).entries()) {
    const id = shown[index];
    if (id !== undefined) {
      await call('PUT', `${inConversation(homeOf(post.conversationId))}/${encodeURIComponent(id)}`, part);
    } else {
      const fresh = await postPart(call, memory, { post, part });
      if (fresh !== undefined) shown.push(fresh);
    }
  }
  memory.copies.set(post.id, shown);
}

/** A link to the Playground whose connector answers at `connector`; its methods reject with PlaygroundGone. */
export function openPlaygroundLink(at: { person: Person; connector: string; team: Team }): PlaygroundLink {
  const call = callsTo(at);
  const memory: Memory = { copies: new Map(), threads: new Map(), back: new Map() };
  let queue: Promise<void> = Promise.resolve();
  const inTurn = (work: () => Promise<void>): Promise<void> => {
    const done = queue.then(work);
    queue = done.catch(() => undefined);
    return done;
  };
  const show = async (post: Post): Promise<void> => {
    if (await hasPlaceFor(post, { call, memory, team: at.team })) await showPost(call, memory, post);
  };
  return {
    person: at.person,
    connector: at.connector,
    show: (post) => inTurn(() => show(post)),
    showTyping: (conversationId) =>
      inTurn(async () => {
        await call('POST', inConversation(conversationId), { type: 'typing' });
      }),
    restart: (posts) =>
      inTurn(async () => {
        memory.copies.clear();
        memory.threads.clear();
        for (const post of posts) await show(post);
      }),
    learnThread: ({ own, mirrored }) => {
      memory.threads.set(mirrored, own);
      memory.back.set(own, mirrored);
    },
    mirrored: (ownId) => memory.back.get(ownId) ?? ownId,
  };
}
