import type { Activity } from './activity.ts';
import type { PlaygroundLink } from './playground-link.ts';
import { openPlaygroundLink, PlaygroundGone } from './playground-link.ts';
import type { Post, PostBook } from './post-book.ts';
import type { Person, Tenant } from './tenant.ts';
import { botId, channelOf, homeOf, isThread, personalChat, threadOf } from './tenant.ts';

/** All Playgrounds that have spoken to the mirror. */
export type Playgrounds = {
  /** Takes note of the sender, replays to a page that has just opened, and answers the activity in the mirror's ids. */
  heard(person: Person, activity: Activity): Activity;
  /** Shows a post, or its newest form, to everyone who may see it; does not wait for them. */
  publish(post: Post): void;
  typing(conversationId: string): void;
  /** Resolves when every Playground has been told all there was to tell. */
  settled(): Promise<void>;
};

/** How many posts of a channel or chat a page gets back when it opens. */
const REPLAYED = 30;
const LOOPBACK_HOSTS = ['localhost', '127.0.0.1', '[::1]'];

/** The connector's address on the loopback address; undefined when it is elsewhere, for the mirror calls no stranger. */
function loopbackUrl(serviceUrl: string | undefined): string | undefined {
  if (serviceUrl === undefined || !URL.canParse(serviceUrl)) return undefined;
  const url = new URL(serviceUrl);
  if (url.protocol !== 'http:' || !LOOPBACK_HOSTS.includes(url.hostname)) return undefined;
  url.hostname = '127.0.0.1';
  return url.href.replace(/\/$/, '');
}

/** Whether that post is in a channel, or in the person's own chat. */
export const isSeenBy = (post: Pick<Post, 'conversationId'>, person: Person): boolean =>
  isThread(post.conversationId) || post.conversationId === personalChat(person);

const isRefused = (fault: PlaygroundGone): boolean => {
  const { cause } = fault.cause as { cause?: { code?: string } };
  return cause?.code === 'ECONNREFUSED';
};

type Parts = { tenant: Tenant; book: PostBook };

/** The newest posts of each place this person sees, deleted ones left out, in the order of posting. */
function replayFor(person: Person, { tenant, book }: Parts): Post[] {
  const places = [personalChat(person), tenant.team.id, ...tenant.channels.map((channel) => channel.id)];
  return places.flatMap((place) =>
    book
      .posts(place)
      .filter((post) => !post.deleted)
      .slice(-REPLAYED),
  );
}

/** The activity with message and thread ids of the Playground replaced by the mirror's. */
function inMirrorIds(link: PlaygroundLink, activity: Activity, { tenant, book }: Parts): Activity {
  const own = activity.conversation?.id ?? personalChat(link.person);
  const id = activity.type === 'message' ? book.mintId() : activity.id;
  let conversationId = link.mirrored(own);
  if (conversationId === own && isThread(own) && channelOf(tenant, own)) {
    conversationId = threadOf(homeOf(own), id ?? book.mintId());
    link.learnThread({ own, mirrored: conversationId });
  }
  return {
    ...activity,
    ...(id === undefined ? {} : { id }),
    conversation: { ...activity.conversation, id: conversationId },
    ...(activity.replyToId === undefined ? {} : { replyToId: link.mirrored(activity.replyToId) }),
  };
}

/** A page that opens tells of the bot's joining, first in the personal chat; from then on it shows nothing of before. */
const opensPage = (activity: Activity, person: Person, tenant: Tenant): boolean =>
  activity.type === 'conversationUpdate' &&
  activity.conversation?.id === personalChat(person) &&
  (activity.membersAdded ?? []).some((member) => member.id === botId(tenant));

/** No Playground yet; each is known from the first activity it sends. */
export function createPlaygrounds(parts: Parts): Playgrounds {
  const links = new Map<string, PlaygroundLink>();
  const pending = new Set<Promise<void>>();
  const track = (link: PlaygroundLink, work: Promise<void>): void => {
    const done = work
      .catch((fault: unknown) => {
        if (!(fault instanceof PlaygroundGone)) console.error('mirror:', fault);
        else if (isRefused(fault) && links.get(link.connector) === link) links.delete(link.connector);
      })
      .finally(() => pending.delete(done));
    pending.add(done);
  };
  const linkOf = (person: Person, connector: string): PlaygroundLink => {
    const known = links.get(connector);
    if (known?.person.id === person.id) return known;
    const fresh = openPlaygroundLink({ person, connector, team: parts.tenant.team });
    links.set(connector, fresh);
    return fresh;
  };
  return {
    heard: (person, activity) => {
      const connector = loopbackUrl(activity.serviceUrl);
      if (connector === undefined) return activity;
      const link = linkOf(person, connector);
      if (opensPage(activity, person, parts.tenant)) track(link, link.restart(replayFor(person, parts)));
      return inMirrorIds(link, activity, parts);
    },
    publish: (post) => {
      for (const link of links.values()) if (isSeenBy(post, link.person)) track(link, link.show(post));
    },
    typing: (conversationId) => {
      for (const link of links.values()) {
        if (conversationId === personalChat(link.person)) track(link, link.showTyping(conversationId));
      }
    },
    settled: async () => {
      while (pending.size > 0) await Promise.all(pending);
    },
  };
}
