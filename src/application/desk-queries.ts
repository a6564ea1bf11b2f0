import { actingFor } from '../domain/cover.ts';
import type { Desk } from '../domain/policy.ts';
import { type Refusal, refuse } from '../domain/refusals.ts';
import { mayRole } from '../domain/roles.ts';
import type { Person } from '../domain/roster.ts';
import { ownerOf, type Ticket } from '../domain/ticket.ts';
import type { PersonActor, TicketId } from '../domain/values.ts';
import { type EnvelopeQueries, envelopeQueries } from './envelope-queries.ts';
import { helpSuggestions } from './help-suggestions.ts';
import { alarmOf } from './alarms.ts';
import { alertStory, rollUpStory, ticketAlerts } from './alert-queries.ts';
import { deskStory, digestStory } from './desk-overview.ts';
import type { AlertLedger } from './ports/alert-ledger.ts';
import type { Clock } from './ports/clock.ts';
import type { Covers } from './ports/covers.ts';
import type { Directory } from './ports/directory.ts';
import { jobStory } from './job-story.ts';
import type { Job, Jobs } from './ports/jobs.ts';
import type { LeaverCases } from './ports/leaver-cases.ts';
import type { Log } from './ports/log.ts';
import type { Reports } from './ports/reports.ts';
import type { DeskStory, JobStory, SolvedAlike, Stories } from './ports/stories.ts';
import { type AttemptedTransfers, attemptedTransfers, coverReport } from './report-queries.ts';
import { solution, solvedAlike } from './solved-alike.ts';
import { stormOf } from './storm-watch.ts';
import { type QueryParts, type TicketQueries, ticketQueries } from './ticket-queries.ts';
import { type TimelinePage, timelinePage, type TimelineWanted } from './timeline-queries.ts';

/** Everything people may look at. Reading changes nothing. */
export interface DeskQueries extends TicketQueries, Omit<EnvelopeQueries, keyof Stories>, Stories {
  /** The answer that solved a ticket. */
  solution(id: TicketId): Promise<SolvedAlike | undefined>;
  timeline(id: TicketId, wanted: TimelineWanted): Promise<TimelinePage | undefined>;
  jobStory(job: Job): JobStory;
  /** Reports on people are for those who lead, and for auditors. */
  /** What somebody who leads sees of their teams. */
  desk(lead: Person): Promise<DeskStory | Refusal>;
  attemptedTransfers(by: PersonActor, days: number): Promise<AttemptedTransfers | Refusal>;
}

export interface DeskQueryParts extends QueryParts {
  readonly covers: Covers;
  readonly reports: Reports;
  readonly directory: Directory;
  readonly desk: Desk;
  readonly clock: Clock;
  readonly log: Log;
  readonly jobs: Pick<Jobs, 'find'>;
  readonly leavers: Pick<LeaverCases, 'find'>;
  readonly alerts: AlertLedger;
}

export const deskQueries = (parts: DeskQueryParts): DeskQueries => ({
  ...ticketQueries(parts),
  ...envelopeQueries(parts),
  help: ({ ticket, entries }) => helpSuggestions(parts.directory, ticket, entries),
  solvedAlike: ({ ticket, entries }) => solvedAlike(parts, ticket, entries),
  solution: (id) => solution(parts, id),
  timeline: (id, wanted) => timelinePage(parts.tickets, id, wanted),
  actsFor: (ticket, by) => actsFor(parts, ticket, by),
  attemptedTransfers: async (by, days) =>
    mayRole(by, 'report-transfers') ? attemptedTransfers(parts, days) : refuse('role-may-not'),
  coverReport: (owner, coverId) => coverReport(parts, owner, coverId),
  storm: (subject) => stormOf(parts, subject),
  job: async (id) => {
    const held = await parts.jobs.find(id);
    return held && jobStory(held.job, parts.clock.now());
  },
  jobStory: (job) => jobStory(job, parts.clock.now()),
  leaver: (caseId) => parts.leavers.find(caseId),
  alert: (id, episode) => alertStory(parts, ticketQueries(parts).ticket, { id, episode }),
  alertsOf: (id) => ticketAlerts(parts, ticketQueries(parts).ticket, id),
  rollUp: (subject) => rollUpStory(parts, subject),
  digest: (subject) => digestStory(parts, subject),
  alarm: (subject) => alarmOf(parts, subject),
  desk: (lead) => deskStory(parts, lead),
});

const actsFor = async ({ covers, desk, clock }: DeskQueryParts, ticket: Ticket, by: PersonActor): Promise<boolean> => {
  const owner = ownerOf(ticket);
  if (!owner || owner.id === by.id) return false;
  const known = await covers.of(owner.id);
  return actingFor({ ticket, by, covers: known, roster: desk.roster, at: clock.now() }) !== undefined;
};
