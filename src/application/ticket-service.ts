import type { PersonCommand } from '../domain/commands.ts';
import { isRefusal, type Refusal, refuse } from '../domain/refusals.ts';
import { mayRole } from '../domain/roles.ts';
import type { Requester } from '../domain/ticket.ts';
import {
  commandId,
  type CommandId,
  contactId,
  mailAddress,
  type PersonActor,
  type PersonId,
  type TeamId,
  ticketId,
  type TicketId,
  ticketNumber,
} from '../domain/values.ts';
import { languageOf } from '../domain/word-lists.ts';
import type { Clock } from './ports/clock.ts';
import { actorOf, type Directory } from './ports/directory.ts';
import type { Identity } from './ports/identity.ts';
import type { Numbers } from './ports/numbers.ts';
import type { QueueLists } from './ports/queue-lists.ts';
import type { TicketStore } from './ports/ticket-store.ts';
import { completed, isRelation, type RelationAsk } from './relations.ts';
import type { CommandOutcome, RunCommand } from './run-command.ts';
import { workInProgress } from './work-in-progress.ts';

/** A ticket someone makes for a caller. `from` names the chat message, so that the same message makes one ticket. */
export interface OnBehalf {
  readonly by: PersonActor;
  readonly teamId?: TeamId;
  readonly caller: string;
  readonly subject: string;
  readonly text: string;
  readonly from: string;
}

type WithoutFrame<C> = C extends PersonCommand ? Omit<C, 'id' | 'at'> : never;
/** What a person asks of a ticket; the service adds the time, the caller a command id when the act may be repeated. */
export type Ask = WithoutFrame<PersonCommand> & { readonly id?: CommandId };
/** The same, where another ticket is named by its number only. */
export type AnyAsk = Ask | RelationAsk;

export interface TicketService {
  act(id: TicketId, ask: AnyAsk): Promise<CommandOutcome>;
  /** At once, without the moment in which a tap can be undone. */
  acceptTicket(id: TicketId, agent: PersonId): Promise<CommandOutcome>;
  openOnBehalf(request: OnBehalf): Promise<CommandOutcome>;
}

export interface TicketServiceParts {
  readonly run: RunCommand;
  readonly tickets: TicketStore;
  readonly queues: Pick<QueueLists, 'byNumber' | 'page' | 'envelopes'>;
  readonly numbers: Numbers;
  readonly directory: Directory;
  readonly identity: Identity;
  readonly clock: Clock;
}

export const ticketService = (parts: TicketServiceParts): TicketService => ({
  act: (id, ask) => act(parts, id, ask),
  acceptTicket: async (id, agent) => {
    const person = parts.directory.person(agent);
    return person ? act(parts, id, { type: 'accept', by: actorOf(person) }) : refuse('person-unknown');
  },
  openOnBehalf: (request) => openOnBehalf(parts, request),
});

const act = async (parts: TicketServiceParts, id: TicketId, asked: AnyAsk): Promise<CommandOutcome> => {
  const ask = await whole(parts, id, asked);
  if (isRefusal(ask)) return ask;
  return parts.run(id, { ...ask, id: ask.id ?? commandId(parts.identity.random()), at: parts.clock.now() });
};

/** What the rules need to know besides: the other ticket, and how much a team has in hand. */
const whole = async (parts: TicketServiceParts, id: TicketId, ask: AnyAsk): Promise<Ask | Refusal> => {
  if (isRelation(ask)) return completed(parts, id, ask);
  if (ask.type !== 'accept-envelope') return ask;
  const teamId = (await parts.tickets.load(id))?.ticket.envelopes?.find(({ seq }) => seq === ask.seq)?.teamId;
  const wip = teamId === undefined ? undefined : await workInProgress(parts, teamId);
  return wip ? { ...ask, wip } : ask;
};

const ADDRESS = /[^\s<>@]+@[^\s<>@]+\.[^\s<>@]+/u;

/** Reads "Carla Jones <carla@customer.example>", a bare address, or just a name. */
const callerOf = (text: string, identity: Identity): Requester => {
  const address = ADDRESS.exec(text)?.[0];
  const name = text.replace(ADDRESS, '').replace(/[<>"]/gu, '').trim();
  if (!address) return { contactId: contactId(identity.named(`caller|${name.toLowerCase()}`)), name };
  const known = mailAddress(address);
  return { contactId: contactId(identity.named(`contact|${known}`)), name: name || known, address: known };
};

const teamOf = ({ directory }: TicketServiceParts, request: OnBehalf): TeamId | Refusal => {
  const wanted = request.teamId ?? directory.person(request.by.id)?.teams[0];
  const team = wanted === undefined ? undefined : directory.team(wanted);
  return team?.id ?? refuse('team-unknown');
};

const openOnBehalf = async (parts: TicketServiceParts, request: OnBehalf): Promise<CommandOutcome> => {
  if (!mayRole(request.by, 'open')) return refuse('role-may-not');
  if (request.subject.trim() === '' || request.caller.trim() === '') return refuse('text-missing');
  const team = teamOf(parts, request);
  if (typeof team !== 'string') return team;
  const id = ticketId(parts.identity.named(`chat|${request.from}`));
  const known = await parts.tickets.load(id);
  if (known) return { ticket: known.ticket, recorded: [], repeated: true };
  const requester = callerOf(request.caller, parts.identity);
  const mailbox = parts.directory.team(team)?.mailbox;
  return parts.run(id, {
    type: 'open',
    id: commandId(`open:${id}`),
    at: parts.clock.now(),
    by: request.by,
    ticketId: id,
    number: ticketNumber(`INC-${await parts.numbers.next('INC')}`),
    ticketType: 'incident',
    subject: request.subject,
    requester,
    teamId: team,
    channel: 'phone',
    language: languageOf(`${request.subject} ${request.text}`, parts.directory.team(team)?.language ?? 'en'),
    description: { text: request.text || request.subject, attachments: [] },
    acknowledge: false,
    ...(requester.address && mailbox ? { thread: { mailbox } } : {}),
  });
};
