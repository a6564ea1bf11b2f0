import type { AlertRaised } from './alert-events.ts';
import type { TicketCommand } from './commands.ts';
import type { CustomerMail } from './customer-view.ts';
import type { EnvelopeRow } from './envelope.ts';
import type { Recorded } from './events.ts';
import type { Ticket } from './ticket.ts';
import type {
  ContactId,
  Instant,
  MailAddress,
  PersonActor,
  PersonId,
  Priority,
  TeamId,
  TicketId,
  TicketNumber,
} from './values.ts';

/** One line of a queue: what a list shows, so that a list never loads tickets. */
export interface QueueEntry {
  readonly ticketId: TicketId;
  readonly rev: number;
  /** `waiting`: nobody owns it · `open`: owned · `done`. Lists are read by bucket. */
  readonly bucket: 'waiting' | 'open' | 'done';
  readonly status: Ticket['status'];
  readonly priority: Priority;
  readonly dueAt: Instant;
  readonly number: TicketNumber;
  readonly subject: string;
  readonly requester: string;
  readonly requesterId: ContactId;
  readonly ownerName?: string;
}

/** What an envelope or a task tells of its ticket: customer, number, owner and priority are in every header. */
export type OfTicket = Pick<
  QueueEntry,
  'ticketId' | 'rev' | 'bucket' | 'priority' | 'dueAt' | 'number' | 'subject' | 'requester' | 'ownerName'
>;

/** `waiting`: asked for · `open`: an expert has it. */
export interface ListedEnvelope extends OfTicket {
  readonly seq: number;
  readonly state: EnvelopeRow['state'];
  readonly teamId: TeamId;
  readonly expertName?: string;
}

export interface ListedTask extends OfTicket {
  readonly task: number;
  readonly title: string;
  readonly assigneeName: string;
}

/** Why a person is told; the words are the views'. */
export type NoticeReason =
  | 'customer-wrote'
  | 'reopened-away'
  | 'offered'
  | 'offer-declined'
  | 'envelope-offered'
  | 'envelope-lead'
  | 'envelope-declined'
  | 'envelope-edited'
  | 'envelope-query'
  | 'envelope-answer'
  | 'envelope-completed'
  | 'envelope-sent-back'
  | 'envelope-withdrawn'
  | 'transfer-proposed'
  | 'transferred'
  | 'merge-proposed'
  | 'merge-refused'
  | 'task-assigned'
  | 'coordinates'
  | 'update-due';

export interface SearchWords {
  readonly ticketId: TicketId;
  readonly number: TicketNumber;
  readonly teamId: string;
  readonly status: string;
  readonly subject: string;
  readonly text: string;
  readonly rev: number;
  readonly changedAt: Instant;
}

/** A line of a report, e.g. of the attempts to change an owner; `report` names the list it stands on. */
export interface ReportLine {
  readonly id: string;
  readonly at: Instant;
  readonly [fact: string]: string | number;
}

/**
 * What must follow a change, kept in the same batch and carried out by the relay. `project` puts an entry on these lists and
 * takes it off those, `rows` the same for envelopes and tasks; `mail` is frozen; `card` names what to draw, and is drawn from
 * the state at sending; `command` is for another ticket, `timer` wakes this one, `job` goes through many.
 */
export type Effect =
  | {
      readonly kind: 'project';
      readonly entry: QueueEntry;
      readonly on: readonly string[];
      readonly off: readonly string[];
    }
  | {
      readonly kind: 'rows';
      readonly key: string;
      readonly entry: ListedEnvelope | ListedTask;
      readonly on: readonly string[];
      readonly off: readonly string[];
    }
  | { readonly kind: 'search'; readonly words: SearchWords }
  | { readonly kind: 'thread'; readonly internetMessageId: string }
  | { readonly kind: 'mail'; readonly mail: CustomerMail }
  | { readonly kind: 'card'; readonly slot: string; readonly teamId: TeamId; readonly envelope?: number }
  | {
      readonly kind: 'notice';
      readonly to: PersonId;
      readonly reason: NoticeReason;
      readonly rev: number;
      readonly envelope?: number;
    }
  | { readonly kind: 'timer'; readonly dueAt: Instant; readonly rev: number }
  | {
      readonly kind: 'report';
      readonly report: string;
      readonly line: ReportLine;
      /** Done by this deputy in that owner's place. */
      readonly acted?: { readonly owner: PersonId; readonly deputy: PersonId };
    }
  | {
      /** Somebody is to be told: a line in the ledger for each. `teamId`: the ticket's, or the one whose help is asked. */
      readonly kind: 'alert';
      readonly rev: number;
      readonly raised: AlertRaised;
      readonly number: TicketNumber;
      readonly teamId: TeamId;
      readonly priority: Priority;
    }
  | {
      /** Cards of an alert tell something that is not so any more. `by`: who acted. */
      readonly kind: 'alert-changed';
      readonly rev: number;
      readonly episode: number;
      readonly at: Instant;
      readonly by?: PersonId;
    }
  | { readonly kind: 'command'; readonly to: TicketId; readonly command: TicketCommand }
  | {
      readonly kind: 'contact';
      readonly contactId: ContactId;
      readonly name: string;
      readonly address: MailAddress;
      readonly at: Instant;
    }
  | {
      /** A new ticket, by the words of its subject: many of them in a short time are a storm. */
      readonly kind: 'alike';
      readonly key: string;
      readonly teamId: TeamId;
      readonly number: TicketNumber;
      readonly at: Instant;
    }
  | {
      readonly kind: 'associate';
      readonly label: 'follows' | 'duplicate_of' | 'caused_by';
      readonly to: { readonly id: TicketId } | { readonly number: TicketNumber };
      readonly remove?: true;
      readonly at: Instant;
    }
  | {
      readonly kind: 'children-updated';
      readonly rev: number;
      readonly text: string;
      readonly by: PersonActor;
      /** The parent's own customer, who has the news already. */
      readonly told?: ContactId;
    };

/** Before and after one command, with the events between. */
export interface Change {
  readonly before: Ticket | undefined;
  readonly recorded: readonly Recorded[];
  readonly after: Ticket;
}
