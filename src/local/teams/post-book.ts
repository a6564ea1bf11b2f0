import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Activity } from './activity.ts';
import { homeOf } from './tenant.ts';

/** One post of the bot in its newest form. */
export type Post = {
  /** The mirror's own id: epoch milliseconds as text, as Teams numbers messages; rising. */
  readonly id: string;
  /** The personal chat, or the thread (`19:…;messageid=…`). */
  readonly conversationId: string;
  readonly activity: Activity;
  /** 1 as posted, one more for each edit. */
  readonly version: number;
  readonly deleted: boolean;
};

export type Counts = { readonly posts: number; readonly edits: number; readonly deletes: number };

export type PostBook = {
  /** A new message id, also for what people write. */
  mintId(): string;
  add(post: { id: string; conversationId: string; activity: Activity }): Post;
  /** Undefined when that conversation has no such post, or it was deleted. */
  edit(conversationId: string, id: string, activity: Activity): Post | undefined;
  remove(conversationId: string, id: string): Post | undefined;
  /** In the order of posting, deleted ones too; all posts without an id, a channel's threads with the channel's id. */
  posts(conversationId?: string): readonly Post[];
  counts(conversationId?: string): Counts;
  /** Resolves when everything is on disk. */
  saved(): Promise<void>;
};

/** How many posts of one channel or chat are remembered. */
const REMEMBERED = 1000;
const FORMAT = 1;

type Kept = { v: typeof FORMAT; lastId: number; posts: Post[] };

async function readKept(file: string): Promise<Kept> {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  const kept = text === undefined ? undefined : (JSON.parse(text) as Kept);
  return kept?.v === FORMAT ? kept : { v: FORMAT, lastId: 0, posts: [] };
}

/** Writes states one after the other, only the newest of those that wait. */
function createSaver(file: string | undefined, state: () => Kept): { soon(): void; saved(): Promise<void> } {
  let writing: Promise<void> = Promise.resolve();
  let waiting = false;
  const write = async (target: string): Promise<void> => {
    waiting = false;
    await writeFile(`${target}.new`, JSON.stringify(state()));
    await rename(`${target}.new`, target);
  };
  return {
    soon: () => {
      if (file === undefined || waiting) return;
      waiting = true;
      writing = writing
        .then(() => write(file))
        .catch((fault: unknown) => console.error('mirror: state not saved:', fault));
    },
    saved: () => writing,
  };
}

const belongs = (post: Post, conversationId: string | undefined): boolean =>
  conversationId === undefined ||
  post.conversationId === conversationId ||
  homeOf(post.conversationId) === conversationId;

function forgetOldest(posts: Map<string, Post>, conversationId: string): void {
  const home = homeOf(conversationId);
  const same = [...posts.values()].filter((post) => homeOf(post.conversationId) === home);
  for (const post of same.slice(0, Math.max(0, same.length - REMEMBERED))) posts.delete(post.id);
}

const countsOf = (posts: readonly Post[]): Counts => ({
  posts: posts.length,
  edits: posts.reduce((sum, post) => sum + post.version - 1, 0),
  deletes: posts.filter((post) => post.deleted).length,
});

/** Opens the posts kept in the existing `folder` (in memory only without one). */
export async function openPostBook(folder: string | undefined): Promise<PostBook> {
  const file = folder === undefined ? undefined : join(folder, 'mirror-posts.json');
  const kept = file === undefined ? { lastId: 0, posts: [] } : await readKept(file);
  const posts = new Map(kept.posts.map((post) => [post.id, post]));
  let lastId = kept.lastId;
  const saver = createSaver(file, () => ({ v: FORMAT, lastId, posts: [...posts.values()] }));
  const put = (post: Post): Post => {
    posts.set(post.id, post);
    forgetOldest(posts, post.conversationId);
    saver.soon();
    return post;
  };
  const standing = (conversationId: string, id: string): Post | undefined => {
    const post = posts.get(id);
    return post && !post.deleted && homeOf(post.conversationId) === homeOf(conversationId) ? post : undefined;
  };
  const select = (conversationId?: string): Post[] =>
    [...posts.values()].filter((post) => belongs(post, conversationId));
  return {
    mintId: () => String((lastId = Math.max(Date.now(), lastId + 1))),
    add: (post) => put({ ...post, version: 1, deleted: false }),
    edit: (conversationId, id, activity) => {
      const post = standing(conversationId, id);
      return post && put({ ...post, activity, version: post.version + 1 });
    },
    remove: (conversationId, id) => {
      const post = standing(conversationId, id);
      return post && put({ ...post, deleted: true });
    },
    posts: select,
    counts: (conversationId) => countsOf(select(conversationId)),
    saved: saver.saved,
  };
}
