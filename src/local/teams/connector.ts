import type { Activity, Creation } from './activity.ts';
import { activityShape, creationShape } from './activity.ts';
import type { ClosedDoors } from './closed-doors.ts';
import type { Answer } from './http-exchange.ts';
import { parsed, RequestRefused } from './http-exchange.ts';
import type { ConnectorRequest, RosterParts } from './connector-roster.ts';
import { answerRoster } from './connector-roster.ts';
import type { Post, PostBook } from './post-book.ts';
import { channelOf, chatOf, chatPartner, isThread, personalChat, personNamed, threadOf } from './tenant.ts';

export type ConnectorParts = RosterParts & {
  book: PostBook;
  doors: ClosedDoors;
  published(kind: 'post' | 'edit' | 'delete', post: Post): void;
  typing(conversationId: string): void;
};

const unknownMessage = (id: string): RequestRefused =>
  new RequestRefused(404, 'ActivityNotFoundInConversation', `no message ${id} in this conversation`);

/** Throws RequestRefused: 404 for a conversation of nobody, and what a closed door answers. */
function requireConversation({ tenant, people, doors }: ConnectorParts, conversationId: string): void {
  doors.requireOpen(conversationId);
  if (channelOf(tenant, conversationId) || chatOf(tenant, conversationId) || chatPartner(people, conversationId))
    return;
  throw new RequestRefused(404, 'ConversationNotFound', `no conversation ${conversationId}`);
}

/** Puts the post into the book; in a channel without a thread it starts one. */
function addPost(parts: ConnectorParts, conversationId: string, activity: Activity): Post {
  const id = parts.book.mintId();
  const startsThread = channelOf(parts.tenant, conversationId) !== undefined && !isThread(conversationId);
  const post = parts.book.add({
    id,
    conversationId: startsThread ? threadOf(conversationId, id) : conversationId,
    activity: { ...activity, id },
  });
  parts.published('post', post);
  return post;
}

function send(parts: ConnectorParts, conversationId: string, activity: Activity): Answer {
  requireConversation(parts, conversationId);
  if (activity.type === 'typing') parts.typing(conversationId);
  if (activity.type !== 'message') return { status: 202, body: {} };
  return { status: 201, body: { id: addPost(parts, conversationId, activity).id } };
}

function edit(
  parts: ConnectorParts,
  conversationId: string,
  { id, activity }: { id: string; activity: Activity },
): Answer {
  requireConversation(parts, conversationId);
  const post = parts.book.edit(conversationId, id, { ...activity, id });
  if (!post) throw unknownMessage(id);
  parts.published('edit', post);
  return { status: 200, body: { id } };
}

function remove(parts: ConnectorParts, conversationId: string, id: string): Answer {
  requireConversation(parts, conversationId);
  const post = parts.book.remove(conversationId, id);
  if (!post) throw unknownMessage(id);
  parts.published('delete', post);
  return { status: 200, body: {} };
}

function createThread(parts: ConnectorParts, channelId: string, first: Creation['activity']): Answer {
  parts.doors.requireOpen(channelId);
  if (!channelOf(parts.tenant, channelId))
    throw new RequestRefused(404, 'ConversationNotFound', `no channel ${channelId}`);
  if (!first) throw new RequestRefused(400, 'BadSyntax', 'a thread starts with an activity');
  const post = addPost(parts, channelId, { ...first, type: first.type ?? 'message' });
  return { status: 201, body: { id: post.conversationId, activityId: post.id } };
}

function createConversation(parts: ConnectorParts, creation: Creation): Answer {
  const channelId = creation.channelData?.channel?.id;
  if (channelId !== undefined) return createThread(parts, channelId, creation.activity);
  const member = creation.members?.[0];
  const person = [member?.id, member?.aadObjectId]
    .map((name) => (name === undefined ? undefined : personNamed(parts.people, name)))
    .find((found) => found !== undefined);
  if (!person)
    throw new RequestRefused(
      404,
      'MemberNotFound',
      `nobody here is ${member?.id ?? member?.aadObjectId ?? '(no member)'}`,
    );
  const id = personalChat(person);
  if (creation.activity?.type !== 'message') return { status: 201, body: { id } };
  parts.doors.requireOpen(id);
  return { status: 201, body: { id, activityId: addPost(parts, id, { ...creation.activity, type: 'message' }).id } };
}

/** Answers a call of the bot as the Bot Framework connector would. Throws RequestRefused. */
export function answerConnector(parts: ConnectorParts, request: ConnectorRequest): Answer {
  const { method, body } = request;
  const [collection, conversationId, inside, id] = request.path;
  if (method === 'GET') return answerRoster(parts, request);
  if (collection !== 'conversations')
    throw new RequestRefused(404, 'NotFound', `no route ${method} ${request.path.join('/')}`);
  if (method === 'POST' && conversationId === undefined) return createConversation(parts, parsed(creationShape, body));
  if (conversationId !== undefined && inside === 'activities') {
    if (method === 'POST') {
      const activity = parsed(activityShape, body);
      return send(parts, conversationId, id === undefined ? activity : { ...activity, replyToId: id });
    }
    if (method === 'PUT' && id !== undefined)
      return edit(parts, conversationId, { id, activity: parsed(activityShape, body) });
    if (method === 'DELETE' && id !== undefined) return remove(parts, conversationId, id);
  }
  throw new RequestRefused(404, 'NotFound', `no route ${method} ${request.path.join('/')}`);
}
