import { DeliveryError } from '../../application/errors.ts';
import type { ConversationRef, Conversations } from '../../application/ports/conversations.ts';
import type { DeliveryJob } from '../../application/ports/deliveries.ts';
import type { Directory, Person, Team } from '../../application/ports/directory.ts';
import type { LoadedTicket, TicketStore } from '../../application/ports/ticket-store.ts';
import { entryOf, type TimelineEntry } from '../../domain/timeline.ts';
import { personId, type TicketId, teamId } from '../../domain/values.ts';
import { ticketCard } from '../../views/ticket-card.ts';
import { wordsIn } from '../../views/words/language.ts';
import type { Connector } from './connector.ts';

export interface TeamsSenderParts {
  readonly connector: Connector;
  readonly conversations: Conversations;
  readonly tickets: TicketStore;
  readonly directory: Directory;
  /** Where the bot is reached before Teams has told us: region's service URL, tenant, the bot's own id. */
  readonly home: Pick<ConversationRef, 'serviceUrl' | 'tenantId' | 'botId'>;
  readonly zone: string;
}

type TeamsJob = Extract<DeliveryJob, { channel: 'teams' }>;
type CardJob = Extract<TeamsJob, { kind: 'card' }>;
type NoticeJob = Extract<TeamsJob, { kind: 'notice' }>;
type DeadLetterJob = Extract<TeamsJob, { kind: 'dead-letter' }>;

const STORY = 12;

/** Draws from the state at sending, so that the latest is shown however late it is sent. */
export const teamsSender =
  (parts: TeamsSenderParts) =>
  async (job: TeamsJob): Promise<void> => {
    switch (job.kind) {
      case 'card':
        return sendCard(parts, job);
      case 'notice':
        return sendNotice(parts, job);
      case 'dead-letter':
        return sendDeadLetter(parts, job);
    }
  };

interface Story {
  readonly ticket: LoadedTicket['ticket'];
  readonly entries: readonly TimelineEntry[];
  readonly team: Team | undefined;
}

const storyOf = async ({ tickets, directory }: TeamsSenderParts, id: TicketId): Promise<Story> => {
  const loaded = await tickets.load(id);
  if (!loaded) throw new DeliveryError('dead', 'The ticket does not exist');
  const recorded = await tickets.history(id, { limit: STORY });
  return { ticket: loaded.ticket, entries: recorded.map(entryOf), team: directory.team(loaded.ticket.teamId) };
};

/** The ticket's one card in its team's channel: posted once, then edited in place; posted anew when someone deleted it. */
const sendCard = async (parts: TeamsSenderParts, job: CardJob): Promise<void> => {
  const team = parts.directory.team(teamId(job.teamId));
  if (!team) throw new DeliveryError('dead', `Team ${job.teamId} is not in the configuration`);
  const { ticket, entries } = await storyOf(parts, job.ticketId);
  const card = ticketCard({
    ticket,
    entries,
    teamName: team.name,
    reader: { language: team.language, zone: parts.zone },
  });
  const known = await parts.conversations.card(job.ticketId, job.slot);
  if (known && (await parts.connector.edit(known.ref, known.activityId, { card }))) {
    await parts.conversations.keepCard(job.ticketId, job.slot, { ...known, rev: ticket.rev });
    return;
  }
  const base = (await parts.conversations.find({ channel: team.channel.id })) ?? parts.home;
  const posted = await parts.connector.postToChannel(team.channel.id, base, { card });
  await parts.conversations.keepCard(job.ticketId, job.slot, { ...posted, rev: ticket.rev });
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

/** Tells the owner in person, with the ticket ready to be answered. */
const sendNotice = async (parts: TeamsSenderParts, job: NoticeJob): Promise<void> => {
  const person = parts.directory.person(job.to);
  if (!person) throw new DeliveryError('dead', 'The person is not in the configuration');
  const { ticket, entries, team } = await storyOf(parts, job.ticketId);
  const author = entries.find(({ rev }) => rev === job.rev)?.author;
  const card = ticketCard({
    ticket,
    entries,
    teamName: team?.name ?? ticket.teamId,
    reader: { language: person.language, zone: parts.zone },
    headline: {
      text: wordsIn(person.language).headline.customerWrote(author || ticket.requester.name),
      style: 'accent',
    },
  });
  await parts.connector.post(await chatWith(parts, person), { card });
};

/** A mail that was given up is told to the owner; a notice that did not reach them, and what nobody owns, to the channel. */
const sendDeadLetter = async (parts: TeamsSenderParts, job: DeadLetterJob): Promise<void> => {
  const { ticket, team } = await storyOf(parts, job.ticketId);
  const owner = 'ownerId' in ticket && ticket.ownerId ? parts.directory.person(personId(ticket.ownerId)) : undefined;
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
