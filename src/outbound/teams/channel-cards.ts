import { DeliveryError } from '../../application/errors.ts';
import type { Clock } from '../../application/ports/clock.ts';
import type { DeliveryJob } from '../../application/ports/deliveries.ts';
import type { Directory } from '../../application/ports/directory.ts';
import type { EnvelopeStory, Stories, TicketWithStory } from '../../application/ports/stories.ts';
import type { Team } from '../../domain/roster.ts';
import type { TicketId } from '../../domain/values.ts';
import { envelopeFacts, ticketFacts } from '../../views/case-facts.ts';
import { envelopeCard } from '../../views/envelope-card.ts';
import type { AdaptiveCard } from '../../views/expand.ts';
import type { Reader } from '../../views/ticket-acts.ts';
import { ticketCard } from '../../views/ticket-card.ts';

export interface DrawingParts {
  readonly stories: Stories;
  readonly directory: Directory;
  readonly clock: Clock;
  readonly zone: string;
}

export const storyOf = async ({ stories }: DrawingParts, id: TicketId): Promise<TicketWithStory> => {
  const story = await stories.ticket(id);
  if (!story) throw new DeliveryError('dead', 'The ticket does not exist');
  return story;
};

export const envelopeStoryOf = async ({ stories }: DrawingParts, id: TicketId, seq: number): Promise<EnvelopeStory> => {
  const story = await stories.envelope(id, seq);
  if (!story) throw new DeliveryError('dead', 'The envelope is over and left the ticket');
  return story;
};

/** What every ticket card is drawn with, whoever reads it. */
export const factsNow = ({ stories, directory, clock }: DrawingParts, story: TicketWithStory) =>
  ticketFacts(directory, story, { help: stories.help(story), now: clock.now() });

type CardJob = Extract<DeliveryJob, { kind: 'card' }>;

/** The base card: the same for everybody in the channel, and safe for all of them. */
export const channelCard = async (parts: DrawingParts, job: CardJob, team: Team): Promise<AdaptiveCard> => {
  const reader: Reader = { language: team.language, zone: parts.zone };
  if (job.envelope === undefined) return ticketCard({ ...factsNow(parts, await storyOf(parts, job.ticketId)), reader });
  const story = await envelopeStoryOf(parts, job.ticketId, job.envelope);
  return envelopeCard({ ...envelopeFacts(parts.directory, story), reader });
};
