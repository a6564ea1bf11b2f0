import type { AlertFacts, QuietClock } from '../../domain/alert-explain.ts';
import type { Condition } from '../../domain/alert-rules.ts';
import type { Cover } from '../../domain/cover.ts';
import type { Contract, EnvelopeRow } from '../../domain/envelope.ts';
import type { QueueEntry } from '../../domain/effects.ts';
import type { TicketEvent } from '../../domain/events.ts';
import type { Team } from '../../domain/roster.ts';
import type { Ticket } from '../../domain/ticket.ts';
import type { TimelineEntry } from '../../domain/timeline-entry.ts';
import type {
  Instant,
  PersonActor,
  PersonId,
  PersonRef,
  Priority,
  TeamId,
  TicketId,
  TicketNumber,
} from '../../domain/values.ts';
import type { Alarm } from './alarm.ts';
import type { AlertLine } from './alert-ledger.ts';
import type { Job } from './jobs.ts';
import type { LeaverCase } from './leaver-cases.ts';

/** A ticket with the newest part of its story: what a card needs. */
export interface TicketWithStory {
  readonly ticket: Ticket;
  /** Newest first. */
  readonly entries: readonly TimelineEntry[];
  readonly clocks: TicketClocks;
}

/** What burns: alerts that are on, and until when the customer must have heard from a person, while they have not. */
export interface TicketClocks {
  readonly on: readonly AlertFacts[];
  readonly responseDueAt?: Instant;
}

/** What makes asking for help one tap: the teams that are likely to help, and the question as it stands in the last note. */
export interface HelpSuggestions {
  readonly teams: readonly Team[];
  readonly question: string;
}

export interface SolvedAlike {
  readonly ticketId: TicketId;
  readonly number: TicketNumber;
  readonly subject: string;
  /** What solved it, as the customer read it. */
  readonly answer: string;
}

/** An envelope with its ticket and everything its card shows. */
export interface EnvelopeStory {
  readonly ticket: Ticket;
  readonly row: EnvelopeRow;
  readonly contract: Contract;
  /** What the expert answered. */
  readonly result?: string;
  /** Newest first, of this envelope only. */
  readonly entries: readonly TimelineEntry[];
  /** Where it stands in its team's line, where it waits beyond what the team has in hand. */
  readonly place?: number;
  readonly wip?: { readonly active: number; readonly limit: number };
}

/** What was done in an owner's place during a cover, newest first. */
export interface CoverReport {
  readonly cover: Cover;
  readonly acts: readonly {
    readonly at: Instant;
    readonly by: string;
    readonly number: TicketNumber;
    readonly ticketId: TicketId;
    readonly event: TicketEvent['type'];
  }[];
}

/** Tickets alike, oldest first. */
export interface Storm {
  readonly minutes: number;
  readonly tickets: readonly {
    readonly ticketId: TicketId;
    readonly number: TicketNumber;
    readonly subject: string;
    readonly requester: string;
  }[];
}

/** A bulk act, and what its card says of it. */
export interface JobStory {
  readonly job: Job;
  readonly act: 'accept' | 'cancel' | 'link' | 'answer' | 'leaver' | 'other';
  /** The reason, the parent's number or who leaves. */
  readonly detail: string;
  /** What every customer reads. */
  readonly text: string;
  readonly canUndo: boolean;
}

/** An alert with all who were told: what its card, `explain` and `alerts` are drawn from. */
export interface AlertStory extends TicketWithStory {
  readonly episode: number;
  readonly condition: Condition;
  readonly envelope?: number;
  /** The team whose clock it is. */
  readonly teamId: TeamId;
  /** While its condition holds. */
  readonly facts?: AlertFacts;
  /** What ended it: who, when, by which event. */
  readonly ended?: { readonly at: Instant; readonly by?: string; readonly cause?: string };
  /** Of this episode, newest first. */
  readonly lines: readonly AlertLine[];
  /** Teams whose help is likely to be wanted, with the question ready. */
  readonly help: HelpSuggestions;
}

/** Everything about a ticket's clocks: what is on, what will be, who was told. */
export interface TicketAlerts extends TicketWithStory {
  readonly on: readonly AlertFacts[];
  readonly responseDueAt?: Instant;
  readonly running: readonly QuietClock[];
  /** Newest first. */
  readonly lines: readonly AlertLine[];
}

/** Many alerts alike for one person, newest first: those that are on, and those that are over. */
export interface RollUpStory {
  readonly lines: readonly AlertLine[];
  readonly over: readonly AlertLine[];
}

/** A day of a supervisor: what waits, how old, and what the matrix would have told one by one. */
export interface DigestStory {
  readonly from: Instant;
  readonly until: Instant;
  /** Open tickets of each team they lead: waiting and owned, by priority, the oldest first. */
  readonly teams: readonly {
    readonly teamId: TeamId;
    readonly waiting: number;
    readonly open: number;
    readonly overdue: number;
    readonly byPriority: Readonly<Record<Priority, number>>;
    readonly oldest?: {
      readonly ticketId: TicketId;
      readonly number: TicketNumber;
      readonly subject: string;
      readonly dueAt: Instant;
    };
    /** There are more than were counted. */
    readonly more: boolean;
  }[];
  readonly lines: readonly AlertLine[];
}

/** What a lead sees of their teams now. */
export interface DeskStory {
  /** Whom a ticket may be offered to. */
  readonly mayTake: readonly PersonId[];
  /** Who has how many, the one with most overdue first. */
  readonly people: readonly {
    readonly person: PersonRef;
    readonly open: number;
    readonly overdue: number;
    readonly away: boolean;
    readonly next?: QueueEntry;
  }[];
  /** Waiting in the queue and due soonest, of all their teams. */
  readonly waiting: readonly QueueEntry[];
  readonly burning: readonly QueueEntry[];
}

/** What cards are drawn from, by whoever draws them: in answer to a tap, or when they are sent. Reading changes nothing. */
export interface Stories {
  ticket(id: TicketId): Promise<TicketWithStory | undefined>;
  help(story: TicketWithStory): HelpSuggestions;
  solvedAlike(story: TicketWithStory): Promise<readonly SolvedAlike[]>;
  /** Whether this person acts in the owner's place now. */
  actsFor(ticket: Ticket, by: PersonActor): Promise<boolean>;
  envelope(id: TicketId, seq: number): Promise<EnvelopeStory | undefined>;
  coverReport(owner: PersonId, coverId: string): Promise<CoverReport | undefined>;
  storm(subject: string): Promise<Storm>;
  job(id: string): Promise<JobStory | undefined>;
  leaver(caseId: string): Promise<LeaverCase | undefined>;
  alert(id: TicketId, episode: number): Promise<AlertStory | undefined>;
  alertsOf(id: TicketId): Promise<TicketAlerts | undefined>;
  rollUp(subject: string): Promise<RollUpStory>;
  digest(subject: string): Promise<DigestStory | undefined>;
  /** By the subject of its delivery. */
  alarm(subject: string): Promise<Alarm | undefined>;
}
