import { lineId } from '../../application/ports/alert-ledger.ts';
import type { DeliveryJob, PersonCard } from '../../application/ports/deliveries.ts';
import type { Person } from '../../domain/roster.ts';
import { type TeamId, ticketId } from '../../domain/values.ts';
import { alarmCard } from '../../views/alarm-card.ts';
import { stormCard } from '../../views/bulk-card.ts';
import { alertsCard } from '../../views/alerts-card.ts';
import { coverReturnCard } from '../../views/cover-cards.ts';
import type { AdaptiveCard } from '../../views/expand.ts';
import { digestCard } from '../../views/digest-card.ts';
import { jobCard } from '../../views/job-card.ts';
import { leaverCaseCard } from '../../views/leaver-case-card.ts';
import { pingFailedCard } from '../../views/ping-failed-card.ts';
import type { DrawingParts } from './channel-cards.ts';
import { readerFor } from './notice-cards.ts';

type PersonCardJob = Extract<DeliveryJob, { kind: 'person-card' }>;
type Drawing = (parts: DrawingParts, job: PersonCardJob, person: Person) => Promise<AdaptiveCard | undefined>;

const coverReturn: Drawing = async (parts, job, person) => {
  const report = await parts.stories.coverReport(person.id, job.subject);
  if (!report) return undefined;
  const { deputy, from, until } = report.cover;
  return coverReturnCard({ deputy: deputy.name, from, until, rows: report.acts, reader: readerFor(parts, person) });
};

const bulkJob: Drawing = async (parts, job, person) => {
  const story = await parts.stories.job(job.subject);
  return story && jobCard({ ...story, reader: readerFor(parts, person) });
};

/** The subject names the case and who is asked: each of several managers has a card of their own. */
const leaver: Drawing = async (parts, job, person) => {
  const found = await parts.stories.leaver(job.subject.split('|')[0] ?? '');
  if (!found) return undefined;
  const { id, owner, takers, proposal } = found;
  return leaverCaseCard({
    caseId: id,
    owner: owner.name,
    takers: takers.map((taker) => parts.directory.person(taker)?.name ?? taker),
    reason: proposal.reason,
    evidence: proposal.evidence,
    proposedBy: proposal.by.name,
    reader: readerFor(parts, person),
  });
};

/** The oldest of them is suggested as the parent. A storm that is sorted already needs no card. */
const storm: Drawing = async (parts, job, person) => {
  const { tickets, minutes } = await parts.stories.storm(job.subject);
  const [first] = tickets;
  if (!first || tickets.length < 2) return undefined;
  const parent = { id: first.ticketId, number: first.number };
  return stormCard({ tickets, parent, minutes, reader: readerFor(parts, person) });
};

const alarm: Drawing = async (parts, job, person) => {
  const found = await parts.stories.alarm(job.subject);
  return found && alarmCard({ ...found, reader: readerFor(parts, person) });
};

const nameOfTeam =
  ({ directory }: DrawingParts) =>
  (id: TeamId): string =>
    directory.team(id)?.name ?? id;

const alerts: Drawing = async (parts, job, person) => {
  const story = await parts.stories.rollUp(job.subject);
  if (story.lines.length + story.over.length === 0) return undefined;
  const now = parts.clock.now();
  return alertsCard({ story, reader: readerFor(parts, person), now, teamNameOf: nameOfTeam(parts) });
};

/** The subject names the ticket and the line. */
const pingFailed: Drawing = async (parts, job, person) => {
  const [ticket = '', id] = job.subject.split('|');
  const story = await parts.stories.alertsOf(ticketId(ticket));
  const line = story?.lines.find((each) => lineId(each) === id);
  if (!story || !line) return undefined;
  const now = parts.clock.now();
  const reader = readerFor(parts, person);
  return pingFailedCard({ ticket: story.ticket, line, reader, now, teamNameOf: nameOfTeam(parts) });
};

const digest: Drawing = async (parts, job, person) => {
  const story = await parts.stories.digest(job.subject);
  return story && digestCard({ story, reader: readerFor(parts, person), teamNameOf: nameOfTeam(parts) });
};

const DRAWINGS: Readonly<Record<PersonCard, Drawing>> = {
  'cover-return': coverReturn,
  job: bulkJob,
  leaver,
  storm,
  alarm,
  alerts,
  'ping-failed': pingFailed,
  digest,
};

/** A card that stands for no ticket; undefined where there is nothing left to tell. */
export const personCard: Drawing = (parts, job, person) => DRAWINGS[job.card](parts, job, person);
