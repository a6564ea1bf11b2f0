import type { DeliveryJob } from '../../application/ports/deliveries.ts';
import { actorOf } from '../../application/ports/directory.ts';
import type { NoticeReason } from '../../domain/effects.ts';
import type { Person } from '../../domain/roster.ts';
import type { TimelineEntry } from '../../domain/timeline-entry.ts';
import { envelopeCard } from '../../views/envelope-card.ts';
import type { AdaptiveCard } from '../../views/expand.ts';
import { type Reader, readerPerson } from '../../views/ticket-acts.ts';
import { ticketCard } from '../../views/ticket-card.ts';
import { wordsIn } from '../../views/words/language.ts';
import { envelopeFacts } from '../../views/case-facts.ts';
import { type DrawingParts, envelopeStoryOf, factsNow, storyOf } from './channel-cards.ts';

type NoticeJob = Extract<DeliveryJob, { kind: 'notice' }>;

/** What reaches those who help is the envelope; what reaches the owner is the ticket with all its envelopes. */
const FOR_HELPERS: ReadonlySet<NoticeReason> = new Set([
  'envelope-offered',
  'envelope-lead',
  'envelope-edited',
  'envelope-answer',
  'envelope-sent-back',
  'envelope-withdrawn',
]);

export const readerFor = ({ directory, zone }: DrawingParts, person: Person, acting = false): Reader => ({
  language: person.language,
  zone,
  person: readerPerson(directory, person, acting),
});

/** "Ben for Anna"; nobody where the clock did it. */
const authorAt = (entries: readonly TimelineEntry[], rev: number): string => {
  const entry = entries.find((each) => each.rev === rev);
  return entry ? [entry.author, entry.actingFor].filter(Boolean).join(' → ') : '';
};

const headlineOf = (job: NoticeJob, person: Person, who: string) => ({
  headline: { text: wordsIn(person.language).notice[job.reason](who), style: 'accent' as const },
});

/** The card somebody gets in person, with the reason above it and only what they may do. */
export const noticeCard = async (parts: DrawingParts, job: NoticeJob, person: Person): Promise<AdaptiveCard> => {
  if (job.envelope !== undefined && FOR_HELPERS.has(job.reason)) return helperCard(parts, job, person);
  const story = await storyOf(parts, job.ticketId);
  const [acting, similar] = await Promise.all([
    parts.stories.actsFor(story.ticket, actorOf(person)),
    parts.stories.solvedAlike(story),
  ]);
  const who = authorAt(story.entries, job.rev) || story.ticket.requester.name;
  return ticketCard({
    ...factsNow(parts, story),
    similar,
    reader: readerFor(parts, person, acting),
    ...headlineOf(job, person, who),
  });
};

const helperCard = async (parts: DrawingParts, job: NoticeJob, person: Person): Promise<AdaptiveCard> => {
  const story = await envelopeStoryOf(parts, job.ticketId, job.envelope ?? 0);
  return envelopeCard({
    ...envelopeFacts(parts.directory, story),
    reader: readerFor(parts, person),
    ...headlineOf(job, person, authorAt(story.entries, job.rev)),
  });
};
