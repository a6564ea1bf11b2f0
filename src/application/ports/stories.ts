import type { Cover } from '../../domain/cover.ts';
import type { Contract, EnvelopeRow } from '../../domain/envelope.ts';
import type { TicketEvent } from '../../domain/events.ts';
import type { Team } from '../../domain/roster.ts';
import type { Ticket } from '../../domain/ticket.ts';
import type { TimelineEntry } from '../../domain/timeline-entry.ts';
import type { Instant, PersonActor, PersonId, TicketId, TicketNumber } from '../../domain/values.ts';
import type { Job } from './jobs.ts';
import type { LeaverCase } from './leaver-cases.ts';

/** A ticket with the newest part of its story: what a card needs. */
export interface TicketWithStory {
  readonly ticket: Ticket;
  /** Newest first. */
  readonly entries: readonly TimelineEntry[];
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
}
