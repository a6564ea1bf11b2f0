import { DeliveryError } from '../../application/errors.ts';
import type { DeliveryJob } from '../../application/ports/deliveries.ts';
import { ownerOf } from '../../domain/ticket.ts';
import { wordsIn } from '../../views/words/language.ts';
import { alertSender } from './alert-sender.ts';
import { channelCard } from './channel-cards.ts';
import { noticeCard } from './notice-cards.ts';
import { personOf, sendPersonCard } from './person-card-sender.ts';
import { chatWith, keepUp, postToChannel } from './posted-card.ts';
import type { SendingParts } from './sending-parts.ts';

type TeamsJob = Extract<DeliveryJob, { channel: 'teams' }>;
type Job<Kind extends TeamsJob['kind']> = Extract<TeamsJob, { kind: Kind }>;

/** Draws from the state at sending, so that the latest is shown however late it is sent. */
export const teamsSender = (parts: SendingParts): ((job: TeamsJob) => Promise<void>) => {
  const sendAlert = alertSender(parts);
  return async (job) => {
    switch (job.kind) {
      case 'card':
        return sendCard(parts, job);
      case 'notice':
        return sendNotice(parts, job);
      case 'person-card':
        return sendPersonCard(parts, job);
      case 'alert':
        return sendAlert(job);
      case 'dead-letter':
        return sendDeadLetter(parts, job);
    }
  };
};

/** A ticket's card in its team's channel, or an envelope's in the channel of the team that is asked. */
const sendCard = async (parts: SendingParts, job: Job<'card'>): Promise<void> => {
  const team = parts.directory.team(job.teamId);
  if (!team) throw new DeliveryError('dead', `Team ${job.teamId} is not in the configuration`);
  const card = await channelCard(parts, job, team);
  await keepUp(parts, { subject: job.ticketId, slot: job.slot, rev: job.rev, card }, () =>
    postToChannel(parts, team.channel.id, { card }),
  );
};

/** Tells somebody in person, with the ticket or the envelope ready to be worked. */
const sendNotice = async (parts: SendingParts, job: Job<'notice'>): Promise<void> => {
  const person = personOf(parts, job.to);
  const card = await noticeCard(parts, job, person);
  await parts.connector.post(await chatWith(parts, person), { card });
};

/** A mail that was given up is told to the owner; a notice that did not reach them, and what nobody owns, to the channel. */
const sendDeadLetter = async (parts: SendingParts, job: Job<'dead-letter'>): Promise<void> => {
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
  await postToChannel(parts, team.channel.id, { text });
};
