import type { Person, Tenant } from './tenant.ts';
import { botId, namesOf, personalChat } from './tenant.ts';

/** The Playground wants exactly this many people besides the one who sits before it. */
const OTHERS = 5;

const userOf = (person: Person): object => ({
  id: person.teamsId,
  name: person.name,
  // The Playground's own spelling.
  userPrincipleName: person.mail,
  aadObjectId: person.id,
  ...namesOf(person),
  email: person.mail,
});

const guest = (number: number): Person => ({
  id: `00000000-0000-4000-8000-00000000000${number}`,
  name: `Guest ${number}`,
  mail: `guest${number}@example.com`,
  teamsId: `29:guest-${number}`,
});

/** The Playground's configuration with that person before it: JSON, which is YAML. Guests fill a tenant of fewer than six. */
export function playgroundConfig(person: Person, people: readonly Person[], tenant: Tenant): string {
  const guests = Array.from({ length: OTHERS }, (_, index) => guest(index + 1));
  const others = [...people.filter((other) => other.id !== person.id), ...guests].slice(0, OTHERS);
  return JSON.stringify({
    version: '0.1.1',
    tenantId: tenant.id,
    bot: { id: botId(tenant), name: tenant.botName },
    currentUser: userOf(person),
    users: others.map(userOf),
    personalChat: { id: personalChat(person) },
    groupChat: { id: `19:group-${person.id}@thread.v2`, name: 'Group chat (not used by the desk)' },
    team: {
      id: tenant.team.id,
      name: tenant.team.name,
      aadGroupId: tenant.team.aadGroupId,
      channels: tenant.channels.slice(0, 1).map(({ id, name }) => ({ id, name })),
    },
  });
}
