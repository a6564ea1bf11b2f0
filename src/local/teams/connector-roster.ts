import type { Answer } from './http-exchange.ts';
import { RequestRefused } from './http-exchange.ts';
import type { Person, Tenant } from './tenant.ts';
import { channelOf, chatOf, chatPartner, homeOf, namesOf, personNamed } from './tenant.ts';

/** What the bot asks of the connector: `path` has decoded segments after `/v3`. */
export type ConnectorRequest = { method: string; path: readonly string[]; query: URLSearchParams; body: string };

export type RosterParts = { readonly tenant: Tenant; readonly people: readonly Person[] };

const DEFAULT_PAGE = 50;

const accountOf = (person: Person, tenant: Tenant): object => ({
  id: person.teamsId,
  objectId: person.id,
  aadObjectId: person.id,
  name: person.name,
  ...namesOf(person),
  email: person.mail,
  userPrincipalName: person.mail,
  tenantId: tenant.id,
  userRole: 'user',
});

function membersOf({ tenant, people }: RosterParts, conversationId: string): readonly Person[] {
  if (channelOf(tenant, conversationId)) return people;
  const chat = chatOf(tenant, conversationId);
  if (chat) return people.filter(({ id }) => chat.members.includes(id));
  const partner = chatPartner(people, conversationId);
  if (!partner) throw new RequestRefused(404, 'ConversationNotFound', `no conversation ${conversationId}`);
  return [partner];
}

function member(parts: RosterParts, conversationId: string, name: string): Answer {
  const person = personNamed(membersOf(parts, conversationId), name);
  if (!person) throw new RequestRefused(404, 'MemberNotFoundInConversation', `no member ${name}`);
  return { status: 200, body: accountOf(person, parts.tenant) };
}

/** The continuation token is the index of the next member. */
function page(parts: RosterParts, conversationId: string, query: URLSearchParams): Answer {
  const members = membersOf(parts, conversationId);
  const start = Number(query.get('continuationToken') ?? 0);
  const end = start + Math.max(1, Number(query.get('pageSize') ?? DEFAULT_PAGE));
  const body = {
    members: members.slice(start, end).map((person) => accountOf(person, parts.tenant)),
    ...(end < members.length ? { continuationToken: String(end) } : {}),
  };
  return { status: 200, body };
}

function team({ tenant, people }: RosterParts, teamId: string, inside: string | undefined): Answer {
  if (homeOf(teamId) !== tenant.team.id) throw new RequestRefused(404, 'NotFound', `no team ${teamId}`);
  const channels = tenant.channels.map(({ id, name }) => ({ id, name, channelType: 'standard' }));
  if (inside === 'conversations') {
    return { status: 200, body: { conversations: [{ id: tenant.team.id, channelType: 'standard' }, ...channels] } };
  }
  const counts = { channelCount: channels.length + 1, memberCount: people.length };
  return { status: 200, body: { ...tenant.team, tenantId: tenant.id, type: 'standard', ...counts } };
}

/** Answers who is where: members of a conversation, teams and their channels. Throws RequestRefused 404. */
export function answerRoster(parts: RosterParts, { path, query }: ConnectorRequest): Answer {
  const [collection, id, inside, name] = path;
  if (collection === 'teams' && id !== undefined) return team(parts, id, inside);
  if (collection === 'conversations' && id !== undefined) {
    if (inside === 'members' && name !== undefined) return member(parts, id, name);
    if (inside === 'pagedmembers') return page(parts, id, query);
    if (inside === 'members' || inside === 'activities') {
      return { status: 200, body: membersOf(parts, id).map((person) => accountOf(person, parts.tenant)) };
    }
  }
  throw new RequestRefused(404, 'NotFound', `no route GET ${path.join('/')}`);
}
