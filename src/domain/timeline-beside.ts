import type { AlertEvent } from './alert-events.ts';
import type { EnvelopeEvent } from './envelope-events.ts';
import { type EventOf, type ForEvents, type TicketEvent, toldBy } from './events.ts';
import type { OwnershipEvent } from './ownership-events.ts';
import type { RelationEvent } from './relation-events.ts';
import type { SortingEvent } from './sorting-events.ts';
import { SENT, SYSTEM, textOf, type Told } from './timeline-entry.ts';
import type { PersonRef, TicketRef } from './values.ts';

export type Beside = OwnershipEvent | EnvelopeEvent | SortingEvent | RelationEvent | AlertEvent;

/** What happens beside the conversation with the customer; the news of a major incident alone is theirs too. */
export const toldBeside = (event: Beside): Told => {
  if (event.type === 'MajorIncidentUpdated' || event.type === 'ParentUpdated')
    return { ...(event.mail ? SENT : SYSTEM), text: event.text };
  if ('task' in event) return { kind: 'task', visibility: 'internal', ...aboutTask(event) };
  const about = toldBy(ABOUT, event) ?? {};
  if ('seq' in event) return { kind: 'note', visibility: 'internal', envelope: event.seq, ...about, ...proseOf(event) };
  return { ...SYSTEM, ...about, ...proseOf(event) };
};

const aboutTask = (event: EventOf<'TaskAdded' | 'TaskAssigned' | 'TaskFinished' | 'TaskCancelled'>) =>
  event.type === 'TaskAdded'
    ? { about: event.assignee.name, text: event.title }
    : event.type === 'TaskAssigned'
      ? { about: event.assignee.name }
      : {};

const proseOf = (event: Beside): { text?: string } => {
  if (event.type === 'EnvelopeRequested' || event.type === 'EnvelopeEdited')
    return { text: [event.question, event.stepsTried, event.doneWhen].filter(Boolean).join('\n') };
  if (event.type === 'TicketSplit') return { text: `${event.subject}\n${event.text}` };
  return 'text' in event ? textOf(event) : {};
};

type About = Pick<Told, 'about' | 'teamId'>;

const person = ({ to }: { readonly to: PersonRef }): About => ({ about: to.name });
const into = (event: { readonly into: TicketRef }): About => ({ about: event.into.number });
const other = (event: { readonly other: TicketRef }): About => ({ about: event.other.number });
const parent = (event: { readonly parent: TicketRef }): About => ({ about: event.parent.number });

/** Whom or what an event was about; the words say it with the author's name. */
const ABOUT: ForEvents<[], About> = {
  EnvelopeRequested: ({ teamId, offeredTo }) => ({ teamId, ...(offeredTo ? { about: offeredTo.name } : {}) }),
  EnvelopeDeclined: ({ next }) => (next ? { about: next.name } : {}),
  EnvelopeCompleted: ({ toTeamId }) => (toTeamId === undefined ? {} : { teamId: toTeamId }),
  EnvelopeConfirmed: ({ expert }) => ({ about: expert.name }),
  TicketRouted: ({ to }) => ({ teamId: to }),
  OwnerChangeRefused: person,
  TicketOffered: person,
  TransferProposed: person,
  OwnershipTransferred: person,
  TicketTriaged: ({ priority }) => ({ about: priority }),
  PriorityOverridden: ({ priority }) => ({ about: priority }),
  TicketTagged: ({ tags }) => ({ about: tags.join(', ') }),
  TypeSet: ({ ticketType }) => ({ about: ticketType }),
  MergeProposed: into,
  TicketMerged: into,
  TicketSplit: into,
  SplitUndone: into,
  MergeUndone: ({ from }) => ({ about: from.number }),
  TicketAbsorbed: other,
  AbsorptionUndone: other,
  PartTakenBack: other,
  LinkedToParent: parent,
  UnlinkedFromParent: parent,
  ParentUpdated: parent,
  AlertRaised: ({ level, recipients }) => ({
    about: [String(level), ...recipients.map(({ name }) => name)].join(', '),
  }),
  SlaWarned: ({ percent }) => ({ about: String(percent) }),
  MajorIncidentDeclared: ({ coordinator }) => ({ about: coordinator.name }),
};

/** The conversation with the customer and the states of the ticket: everything else stands beside it. */
const MAIN: Readonly<Record<Exclude<TicketEvent, Beside>['type'], true>> = {
  TicketOpened: true,
  TicketAccepted: true,
  NoteAdded: true,
  CustomerAnswered: true,
  CustomerWroteIn: true,
  TicketPaused: true,
  TicketPended: true,
  TicketResumed: true,
  TicketResolved: true,
  TicketReopened: true,
  TicketClosed: true,
  TicketCancelled: true,
  CancelUndone: true,
};

export const isBeside = (event: TicketEvent): event is Beside => !(event.type in MAIN);
