import { DeliveryError } from '../../application/errors.ts';
import type { ConversationRef, Conversations } from '../../application/ports/conversations.ts';
import type { Clock } from '../../application/ports/clock.ts';
import type { DeliveryJob } from '../../application/ports/deliveries.ts';
import type { Directory } from '../../application/ports/directory.ts';
import type { Stories } from '../../application/ports/stories.ts';
import { ownerOf } from '../../domain/ticket.ts';
import type { Person } from '../../domain/roster.ts';
import type { PersonId } from '../../domain/values.ts';
import type { AdaptiveCard } from '../../views/expand.ts';
import { wordsIn } from '../../views/words/language.ts';
import type { Connector } from './connector.ts';
import { channelCard } from './channel-cards.ts';
import { noticeCard } from './notice-cards.ts';
import { personCard } from './person-cards.ts';

export interface TeamsSenderParts {
  readonly connector: Connector;
  readonly conversations: Conversations;
  readonly stories: Stories;
  readonly directory: Directory;
  readonly clock: Clock;
  /** Where the bot is reached before Teams has told us: region's service URL, tenant, the bot's own id. */
  readonly home: Pick<ConversationRef, 'serviceUrl' | 'tenantId' | 'botId'>;
  readonly zone: string;
}

type TeamsJob = Extract<DeliveryJob, { channel: 'teams' }>;
type Job<Kind extends TeamsJob['kind']> = Extract<TeamsJob, { kind: Kind }>;

/** Draws from the state at sending, so that the latest is shown however late it is sent. */
export const teamsSender =
  (parts: TeamsSenderParts) =>
  async (job: TeamsJob): Promise<void> => {
    switch (job.kind) {
      case 'card':
        return sendCard(parts, job);
      case 'notice':
        return sendNotice(parts, job);
      case 'person-card':
        return sendPersonCard(parts, job);
      case 'dead-letter':
        return sendDeadLetter(parts, job);
    }
  };

/** One card a slot: posted once, then edited in place; posted anew when someone deleted it. */
interface Slot {
  readonly subject: string;
  readonly slot: string;
  readonly rev: number;
  readonly card: AdaptiveCard;
}

const keepUp = async (
  { connector, conversations }: TeamsSenderParts,
  { subject, slot, rev, card }: Slot,
  post: () => Promise<{ ref: ConversationRef; activityId: string }>,
): Promise<void> => {
  const known = await conversations.card(subject, slot);
  if (known && (await connector.edit(known.ref, known.activityId, { card }))) {
    await conversations.keepCard(subject, slot, { ...known, rev });
    return;
  }
  await conversations.keepCard(subject, slot, { ...(await post()), rev });
};

/** A ticket's card in its team's channel, or an envelope's in the channel of the team that is asked. */
const sendCard = async (parts: TeamsSenderParts, job: Job<'card'>): Promise<void> => {
  const team = parts.directory.team(job.teamId);
  if (!team) throw new DeliveryError('dead', `Team ${job.teamId} is not in the configuration`);
  const card = await channelCard(parts, job, team);
  const base = (await parts.conversations.find({ channel: team.channel.id })) ?? parts.home;
  await keepUp(parts, { subject: job.ticketId, slot: job.slot, rev: job.rev, card }, () =>
    parts.connector.postToChannel(team.channel.id, base, { card }),
  );
};

const chatWith = async (
  { connector, conversations, home }: TeamsSenderParts,
  person: Person,
): Promise<ConversationRef> => {
  const known = await conversations.find({ person: person.id });
  if (known) return known;
  const opened = await connector.openChat(person.id, home);
  await conversations.remember({ person: person.id }, opened);
  return opened;
};

const personOf = ({ directory }: TeamsSenderParts, id: PersonId): Person => {
  const person = directory.person(id);
  if (!person) throw new DeliveryError('dead', 'The person is not in the configuration');
  return person;
};

/** Tells somebody in person, with the ticket or the envelope ready to be worked. */
const sendNotice = async (parts: TeamsSenderParts, job: Job<'notice'>): Promise<void> => {
  const person = personOf(parts, job.to);
  const card = await noticeCard(parts, job, person);
  await parts.connector.post(await chatWith(parts, person), { card });
};

/** A card for one person that stands for no ticket; a later version takes its place. */
const sendPersonCard = async (parts: TeamsSenderParts, job: Job<'person-card'>): Promise<void> => {
  const person = personOf(parts, job.to);
  const card = await personCard(parts, job, person);
  if (!card) return;
  const ref = await chatWith(parts, person);
  await keepUp(parts, { subject: `${job.card}:${job.subject}`, slot: 'person', rev: job.rev, card }, async () => ({
    ref,
    activityId: (await parts.connector.post(ref, { card })).activityId,
  }));
};

/** A mail that was given up is told to the owner; a notice that did not reach them, and what nobody owns, to the channel. */
const sendDeadLetter = async (parts: TeamsSenderParts, job: Job<'dead-letter'>): Promise<void> => {
  const ticket = (await parts.stories.ticket(job.ticketId))?.ticket;
  if (!ticket) throw new DeliveryError('dead', 'The ticket does not exist');
  const of = ownerOf(ticket);
  const owner = of && parts.directory.person(of.id);
  const team = parts.directory.team(ticket.teamId);
  const words = wordsIn(owner?.language ?? team?.language ?? 'en');
  const what = job.failed.startsWith('mail:')
    ? words.deadLetterMail(ticket.number)
    : words.deadLetterNotice(ticket.number);
  const text = words.deadLetter(what, job.reason);
  if (owner && job.failed.startsWith('mail:')) {
    await parts.connector.post(await chatWith(parts, owner), { text });
    return;
  }
  if (!team) throw new DeliveryError('dead', 'The ticket has neither owner nor team');
  const base = (await parts.conversations.find({ channel: team.channel.id })) ?? parts.home;
  await parts.connector.postToChannel(team.channel.id, base, { text });
};
