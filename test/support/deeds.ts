import type { Close, CustomerWrote, OpenTicket, PersonCommand, TicketCommand } from '../../src/domain/commands.ts';
import type { CancelReason, Requester } from '../../src/domain/ticket.ts';
import {
  type Actor,
  commandId,
  contactId,
  type Instant,
  instantOf,
  mailAddress,
  millisecondsOf,
  type PersonActor,
  personId,
  type Prose,
  refOf,
  type Role,
  teamId,
  ticketId,
  ticketNumber,
} from '../../src/domain/values.ts';

/** The people of the tests, and what they do: a deed is a command that still waits for its time. */
export type Deed = (at: Instant) => TicketCommand;

const person = (id: string, name: string, ...roles: Role[]): PersonActor => ({
  kind: 'person',
  id: personId(id),
  name,
  roles,
});

export const ana = person('person-ana', 'Ana Alves', 'agent');
export const ben = person('person-ben', 'Ben Berg', 'agent');
export const lea = person('person-lea', 'Lea Lind', 'team_lead');
export const max = person('person-max', 'Max Mohn', 'manager');
export const eve = person('person-eve', 'Eve Ek', 'expert');
export const emil = person('person-emil', 'Emil Elm', 'expert');
export const nora = person('person-nora', 'Nora Nyman', 'team_lead');
export const mia = person('person-mia', 'Mia Moor', 'manager');
export const ida = person('person-ida', 'Ida Iversen', 'agent');
export const ivo = person('person-ivo', 'Ivo Ilves', 'team_lead');
export const otto = person('person-otto', 'Otto Orth', 'admin');
export const vera = person('person-vera', 'Vera Voss', 'auditor');
/** The account at the counter, which many people use. */
export const kai = person('person-kai', 'Kai Kiosk', 'agent');
/** Known to nobody here. */
export const zoe = person('person-zoe', 'Zoe Zorn', 'agent');

/** `deputy` in the place of `owner`, as the write path marks it. */
export const inPlaceOf = (owner: PersonActor, deputy: PersonActor): PersonActor => ({
  ...deputy,
  actingFor: refOf(owner),
});

export const service = teamId('service');
export const network = teamId('network');
export const identity = teamId('identity');
/** A team that nobody is in. */
export const nobodysTeam = teamId('carriers');

export const carla = { kind: 'customer', id: contactId('contact-carla'), name: 'Carla Costa' } as const satisfies Actor;
export const theDesk = { kind: 'desk' } as const satisfies Actor;

export const carlaTheRequester: Requester = {
  contactId: carla.id,
  name: carla.name,
  address: mailAddress('carla@customer.example'),
};
export const deskMailbox = mailAddress('help@desk.example');
export const prose = (text: string, ...attachments: Prose['attachments']): Prose => ({ text, attachments });

/** The address of the one that arrives without a word about who sent it is missing. */
export const nobody: Requester = { contactId: contactId('nobody-1'), name: '' };

let deeds = 0;
export const frame = (at: Instant): { id: ReturnType<typeof commandId>; at: Instant } => ({
  id: commandId(`command-${(deeds += 1)}`),
  at,
});

type Details<C extends TicketCommand> = Partial<Omit<C, 'type' | 'id' | 'at'>>;

export const arrives =
  (details: Details<OpenTicket> = {}): Deed =>
  (at) => ({
    ...frame(at),
    type: 'open',
    by: carla,
    ticketId: ticketId('ticket-1'),
    number: ticketNumber('INC-1001'),
    ticketType: 'incident',
    subject: 'The printer is on fire',
    requester: carlaTheRequester,
    teamId: service,
    channel: 'email',
    language: 'en',
    description: prose('It burns since nine.'),
    thread: { mailbox: deskMailbox, messageId: 'graph-1', internetMessageId: '<first@customer.example>' },
    acknowledge: true,
    ...details,
  });

/** A mail of the customer in the ticket's thread. */
export const customerWrites =
  (text: string, details: Details<CustomerWrote> = {}): Deed =>
  (at) => ({
    ...frame(at),
    type: 'customer-wrote',
    by: carla,
    verdict: 'reply',
    prose: prose(text),
    thread: { mailbox: deskMailbox, messageId: 'graph-2', internetMessageId: '<second@customer.example>' },
    ...details,
  });

type Asked<C extends TicketCommand = PersonCommand> = C extends TicketCommand ? Omit<C, 'id' | 'at'> : never;
export const does =
  (asked: Asked): Deed =>
  (at) => ({ ...asked, ...frame(at) });

export const accepts = (by: PersonActor): Deed => does({ type: 'accept', by });
export const notes = (by: PersonActor, text = 'Checked the cable.'): Deed => does({ type: 'note', by, text });
export const replies = (by: PersonActor, text = 'We are on it.'): Deed => does({ type: 'reply', by, text });
export const repliesAndResolves = (by: PersonActor, text = 'Pull the plug.'): Deed =>
  does({ type: 'reply-resolve', by, text });
export const asks = (by: PersonActor, text = 'Which printer?'): Deed => does({ type: 'ask', by, text });
export const resumes = (by: PersonActor): Deed => does({ type: 'resume', by });
export const resolves = (by: PersonActor, text?: string): Deed =>
  does({ type: 'resolve', by, ...(text === undefined ? {} : { text }) });
export const reopens = (by: PersonActor, text?: string): Deed =>
  does({ type: 'reopen', by, ...(text === undefined ? {} : { text }) });
export const closes = (by: Close['by']): Deed => does({ type: 'close', by });
export const undoesCancel = (by: PersonActor): Deed => does({ type: 'undo-cancel', by });

export const cancels = (by: PersonActor, reason?: Exclude<CancelReason, 'merged'>, duplicateOf?: string): Deed =>
  does({
    type: 'cancel',
    by,
    ...(reason ? { reason } : {}),
    ...(duplicateOf ? { duplicateOf: ticketNumber(duplicateOf) } : {}),
  });

/** `days`: when to follow up, counted from the deed; without it no date is given. */
export const pends =
  (by: PersonActor, whom: 'vendor' | 'change', { days, text }: { days?: number; text?: string } = { days: 2 }): Deed =>
  (at) => ({
    ...frame(at),
    type: 'pend',
    by,
    for: whom,
    ...(days === undefined ? {} : { followUpAt: instantOf(millisecondsOf(at) + days * 86_400_000) }),
    ...(text === undefined ? {} : { text }),
  });

/** The clock looks at the ticket. */
export const ticks = (): Deed => (at) => ({ ...frame(at), type: 'tick', by: theDesk });
