import type { Effect } from './effects.ts';
import { type EventOf, type ForEvents, type Recorded, type TicketEvent, toldBy } from './events.ts';
import type { TicketTold } from './commands.ts';
import { stormKey } from './likeness.ts';
import type { Ticket } from './ticket.ts';
import { type CommandId, commandId, type TicketId, type TicketNumber, type TicketRef } from './values.ts';

/** What an event asks of everything beyond its ticket: other tickets, contacts, associations, reports. */
export const beyondOf = ({ rev, event }: Recorded, ticket: Ticket): Effect[] => [
  ...acted({ rev, event }, ticket),
  ...[toldBy(AT_OTHERS, event, rev, ticket), toldBy(ASSOCIATED, event)].filter((effect) => effect !== undefined),
  ...seen(event, ticket),
];

type Line = Extract<Effect, { kind: 'report' }>['line'];

/** Attempts to change an owner, what was done in an owner's place, teams with their hands full, help asked of the wrong team. */
const REPORTED: ForEvents<[line: Line], Effect> = {
  OwnerChangeRefused: ({ door, to: wanted }, line) => ({
    kind: 'report',
    report: 'owner-change-refused',
    line: { ...line, door, to: wanted.name },
  }),
  EnvelopeAccepted: ({ overLimit }, line) => ({
    kind: 'report',
    report: 'wip-overshoot',
    line: { ...line, ...overLimit },
  }),
  EnvelopeCompleted: ({ toTeamId }, line) => ({
    kind: 'report',
    report: 'misroute',
    line: { ...line, ...(toTeamId ? { to: toTeamId } : {}) },
  }),
};

/** Only what is out of the ordinary stands in a report. */
const isReported = (event: TicketEvent): boolean =>
  event.type === 'OwnerChangeRefused' ||
  (event.type === 'EnvelopeAccepted' && event.overLimit !== undefined) ||
  (event.type === 'EnvelopeCompleted' && event.outcome === 'not_ours');

const acted = ({ rev, event }: Recorded, ticket: Ticket): Effect[] => {
  const { at, by } = event;
  const id = `${ticket.id}~${rev}`;
  const line: Line = { id, at, number: ticket.number, ticketId: ticket.id, rev, by: by.kind === 'desk' ? '' : by.name };
  const told = isReported(event) ? toldBy(REPORTED, event, line) : undefined;
  const inPlace: Effect[] =
    by.kind === 'person' && by.actingFor
      ? [
          {
            kind: 'report',
            report: `acted-for:${by.actingFor.id}`,
            line: { ...line, byId: by.id, event: event.type },
            acted: { owner: by.actingFor.id, deputy: by.id },
          },
        ]
      : [];
  return [...(told ? [told] : []), ...inPlace];
};

const refOfTicket = ({ id, number }: Ticket): TicketRef => ({ id, number });

const named = (what: string, ticket: Ticket, rev: number): CommandId => commandId(`${what}:${ticket.id}:${rev}`);

/** Never written here: each is a command, decided by the other ticket itself. */
const AT_OTHERS: ForEvents<[rev: number, ticket: Ticket], Effect> = {
  TicketMerged: (event, rev, ticket) => tells(event.into.id, 'absorbed', { event, rev, ticket }),
  MergeUndone: (event, rev, ticket) => tells(event.from.id, 'absorption-undone', { event, rev, ticket }),
  SplitUndone: (event, rev, ticket) => tells(event.into.id, 'split-undone', { event, rev, ticket }),
  TicketSplit: (event, rev, ticket) => opensPart({ rev, event }, ticket),
  MajorIncidentUpdated: ({ text, by, mail }, rev, ticket) => ({
    kind: 'children-updated',
    rev,
    text,
    by,
    ...(mail ? { told: ticket.requester.contactId } : {}),
  }),
};

const tells = (
  to: TicketId,
  what: TicketTold['what'],
  { event, rev, ticket }: { event: TicketEvent; rev: number; ticket: Ticket },
): Effect => ({
  kind: 'command',
  to,
  command: { type: 'told', id: named(what, ticket, rev), at: event.at, by: event.by, what, from: refOfTicket(ticket) },
});

/** The part is a ticket of the same customer in the same team, and nobody's yet. */
const opensPart = ({ rev, event }: { rev: number; event: EventOf<'TicketSplit'> }, ticket: Ticket): Effect => ({
  kind: 'command',
  to: event.into.id,
  command: {
    type: 'open',
    id: named('split', ticket, rev),
    at: event.at,
    by: event.by,
    ticketId: event.into.id,
    number: event.into.number,
    ticketType: ticket.type,
    subject: event.subject,
    requester: ticket.requester,
    teamId: ticket.teamId,
    channel: ticket.channel,
    language: ticket.language,
    description: { text: event.text, attachments: [] },
    acknowledge: false,
    splitFrom: refOfTicket(ticket),
    ...(ticket.thread ? { thread: ticket.thread } : {}),
    ...(ticket.impact ? { impact: ticket.impact } : {}),
    ...(ticket.urgency ? { urgency: ticket.urgency } : {}),
  },
});

type Label = Extract<Effect, { kind: 'associate' }>['label'];

const to = (label: Label, other: { id: TicketId } | { number: TicketNumber }, { at }: TicketEvent): Effect => ({
  kind: 'associate',
  label,
  to: other,
  at,
});
const noMore = (
  label: Label,
  other: { id: TicketId } | { number: TicketNumber },
  event: TicketEvent,
): Extract<Effect, { kind: 'associate' }> => ({ kind: 'associate', label, to: other, at: event.at, remove: true });

const ASSOCIATED: ForEvents<[], Effect | undefined> = {
  TicketOpened: (event) => (event.follows ? to('follows', { id: event.follows }, event) : undefined),
  TicketCancelled: (event) =>
    event.duplicateOf ? to('duplicate_of', { number: event.duplicateOf }, event) : undefined,
  CancelUndone: (event) =>
    event.duplicateOf ? noMore('duplicate_of', { number: event.duplicateOf }, event) : undefined,
  TicketMerged: (event) => to('duplicate_of', { id: event.into.id }, event),
  MergeUndone: (event) => noMore('duplicate_of', { id: event.from.id }, event),
  LinkedToParent: (event) => to('caused_by', { id: event.parent.id }, event),
  UnlinkedFromParent: (event) => noMore('caused_by', { id: event.parent.id }, event),
};

/** Contacts and companies come into being from mail; a stranger in a thread is nobody's contact yet. */
const seen = (event: TicketEvent, { requester, teamId, number, subject }: Ticket): Effect[] => {
  if (event.type !== 'TicketOpened') return [];
  const { at } = event;
  const { contactId, name, address } = requester;
  const key = event.splitFrom ? '' : stormKey(subject);
  return [
    ...(address ? [{ kind: 'contact' as const, contactId, name, address, at }] : []),
    ...(key === '' ? [] : [{ kind: 'alike' as const, key, teamId, number, at }]),
  ];
};
