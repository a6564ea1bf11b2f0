/** The demo tenant as Teams knows it, and the ids by which bot, mirror and Playgrounds name a conversation. */

/** A demo person: `id` is the Entra object id (a GUID), `teamsId` the Teams MRI (`29:…`). */
export type Person = { readonly id: string; readonly name: string; readonly mail: string; readonly teamsId: string };

/** `id` is also the id of the General channel, as in Teams. */
export type Team = { readonly id: string; readonly name: string; readonly aadGroupId: string };

export type Channel = { readonly id: string; readonly name: string };

/** A group chat with the bot; `members` are object ids. */
export type Chat = { readonly id: string; readonly name: string; readonly members: readonly string[] };

export type Tenant = {
  readonly id: string;
  /** The bot's app id; Teams names the bot `28:<appId>`. */
  readonly appId: string;
  readonly botName: string;
  readonly team: Team;
  /** The channels besides General; a Playground shows the first one only. */
  readonly channels: readonly Channel[];
  /** A Playground shows none of them. */
  readonly chats?: readonly Chat[];
};

/** The bot's id as Teams writes it into `recipient` and mentions. */
export const botId = (tenant: Pick<Tenant, 'appId'>): string => `28:${tenant.appId}`;

/** A person's chat with the bot: stable, whether or not that person's Playground runs. */
export const personalChat = (person: Pick<Person, 'id'>): string => `personal:${person.id}`;

/** The thread that starts with message `messageId` (epoch milliseconds as text). */
export const threadOf = (channelId: string, messageId: string): string => `${channelId};messageid=${messageId}`;

/** The channel or chat a conversation id belongs to: the id without its `;messageid=`. */
export const homeOf = (conversationId: string): string => conversationId.split(';', 1)[0] ?? conversationId;

export const isThread = (conversationId: string): boolean => conversationId.includes(';messageid=');

/** The channel with that id, General included; undefined for a chat or a stranger's channel. */
export function channelOf(tenant: Tenant, conversationId: string): Channel | undefined {
  const home = homeOf(conversationId);
  if (home === tenant.team.id) return { id: tenant.team.id, name: 'General' };
  return tenant.channels.find((channel) => channel.id === home);
}

/** The group chat with that id. */
export function chatOf({ chats = [] }: Pick<Tenant, 'chats'>, conversationId: string): Chat | undefined {
  return chats.find(({ id }) => id === conversationId);
}

/** The person named by object id, Teams id or mail address. */
export function personNamed(people: readonly Person[], name: string): Person | undefined {
  return people.find((person) => [person.id, person.teamsId, person.mail].includes(name));
}

/** The person whose chat with the bot this is. */
export function chatPartner(people: readonly Person[], conversationId: string): Person | undefined {
  return people.find((person) => personalChat(person) === conversationId);
}

/** Given name and surname as the Playground and the connector want them. */
export function namesOf(person: Person): { givenName: string; surname: string } {
  const [givenName = person.name, ...surname] = person.name.split(' ');
  return { givenName, surname: surname.join(' ') };
}
