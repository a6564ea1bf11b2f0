import { type MailArrival, owesAcknowledgement, verdictOf } from '../domain/arrival.ts';
import { isRefusal } from '../domain/refusals.ts';
import type { Requester, Ticket } from '../domain/ticket.ts';
import {
  type Actor,
  commandId,
  contactId,
  type MailThread,
  ticketId,
  type TicketId,
  ticketNumber,
} from '../domain/values.ts';
import { languageOf } from '../domain/word-lists.ts';
import { StoreError } from './errors.ts';
import type { Clock } from './ports/clock.ts';
import type { Directory, WatchedMailbox } from './ports/directory.ts';
import type { Identity } from './ports/identity.ts';
import type { InboxOutcome } from './ports/inbox.ts';
import type { MessageIds } from './ports/message-ids.ts';
import type { Numbers } from './ports/numbers.ts';
import type { QueueLists } from './ports/queue-lists.ts';
import type { TicketStore } from './ports/ticket-store.ts';
import { mergedEnd } from './relations.ts';
import type { CommandOutcome, RunCommand } from './run-command.ts';

export interface ArrivalParts {
  readonly run: RunCommand;
  readonly tickets: TicketStore;
  readonly queues: Pick<QueueLists, 'byThread'>;
  readonly numbers: Numbers;
  readonly directory: Directory;
  readonly identity: Identity;
  readonly messageIds: MessageIds;
  readonly clock: Clock;
}

/** Takes a mail into the desk: into the ticket it answers, or as a new one. The same mail a second time changes nothing. */
export type Receive = (arrival: MailArrival) => Promise<InboxOutcome>;

export const arrivalService = (given: ArrivalParts): Receive => {
  const recent = recentThreads();
  const queues = { byThread: async (id: string) => recent.ticketOf(id) ?? given.queues.byThread(id) };
  const parts = { ...given, queues, run: insisting(given.run) };
  const receive = receiver(parts);
  return async (arrival) => {
    const outcome = await receive(arrival);
    if ('ticketId' in outcome) recent.note(arrival.internetMessageId, ticketId(outcome.ticketId));
    return outcome;
  };
};

/** The look-up by thread is fed by the relay, a moment later: what was received just now is remembered here. */
const recentThreads = () => {
  const tickets = new Map<string, TicketId>();
  const keyOf = (messageId: string): string => messageId.trim().toLowerCase();
  return {
    ticketOf: (messageId: string): TicketId | undefined => tickets.get(keyOf(messageId)),
    note: (messageId: string | undefined, id: TicketId): void => {
      if (messageId === undefined) return;
      tickets.set(keyOf(messageId), id);
      const [oldest] = tickets.keys();
      if (tickets.size > REMEMBERED && oldest !== undefined) tickets.delete(oldest);
    },
  };
};

const receiver =
  (parts: ArrivalParts): Receive =>
  async (arrival) => {
    const watched = parts.directory.mailboxes().find(({ address }) => address === arrival.mailbox);
    if (!watched) return { ignored: 'mailbox is not watched' };
    if (arrival.receivedAt < watched.startAt) return { ignored: 'older than the start of the mailbox' };
    if (arrival.from?.address === arrival.mailbox) return { ignored: 'sent by this mailbox itself' };
    const answered = await ticketAnswered(parts, arrival);
    return answered && !(await hasOpened(parts, arrival))
      ? join(parts, answered, { arrival, watched })
      : open(parts, { arrival, watched });
  };

/** Times four tries: more than a wave of mails to one ticket at the same moment needs. */
const MOST_RUNS = 5;

/**
 * A person who meets a busy ticket tries again; a mail cannot, and must neither open a second ticket nor be ignored for it.
 * Errors: StoreError `throttled` when the ticket stays busy, so that the mail is kept and worked again.
 */
const insisting =
  (run: RunCommand): RunCommand =>
  async (id, command, seen) => {
    let outcome = await run(id, command, seen);
    for (let runs = 1; isBusy(outcome) && runs < MOST_RUNS; runs += 1) outcome = await run(id, command);
    if (isBusy(outcome)) throw new StoreError('throttled', `Ticket ${id} is busy.`);
    return outcome;
  };

const isBusy = (outcome: CommandOutcome): boolean => isRefusal(outcome) && outcome.refused === 'busy-try-again';

/** RFC 5321 and 5322: what is longer is no address and no Message-ID, and would only swell the ticket. */
const LONGEST_ADDRESS = 320;
const LONGEST_MESSAGE_ID = 998;
const REMEMBERED = 10_000;

interface Received {
  readonly arrival: MailArrival;
  readonly watched: WatchedMailbox;
  readonly follows?: TicketId;
}

/** The ticket whose mail this one answers: a Message-ID we signed, else one that came in before; merged ones are followed. */
const ticketAnswered = async (parts: ArrivalParts, arrival: MailArrival): Promise<Ticket | undefined> => {
  for (const answered of arrival.answers) {
    const id = parts.messageIds.ticketOf(answered) ?? (await parts.queues.byThread(answered));
    const found = id === undefined ? undefined : await parts.tickets.load(id);
    if (found) return mergedEnd(parts.tickets, found.ticket);
  }
  return undefined;
};

const threadOf = ({ mailbox, messageId, internetMessageId }: MailArrival): MailThread => ({
  mailbox,
  messageId,
  ...(internetMessageId && internetMessageId.length <= LONGEST_MESSAGE_ID ? { internetMessageId } : {}),
});

const requesterOf = ({ identity }: ArrivalParts, { from, mailbox, messageId }: MailArrival): Requester =>
  from && from.address.length <= LONGEST_ADDRESS
    ? {
        contactId: contactId(identity.named(`contact|${from.address}`)),
        name: from.name || from.address,
        address: from.address,
      }
    : { contactId: contactId(identity.named(`nobody|${mailbox}|${messageId}`)), name: '' };

const authorOf = (requester: Requester): Actor => ({ kind: 'customer', id: requester.contactId, name: requester.name });

const join = async (parts: ArrivalParts, ticket: Ticket, received: Received): Promise<InboxOutcome> => {
  const { arrival } = received;
  const requester = requesterOf(parts, arrival);
  const outcome = await parts.run(ticket.id, {
    type: 'customer-wrote',
    id: commandId(`mail:${parts.identity.sha256(nameOf(arrival))}`),
    at: parts.clock.now(),
    by: authorOf(requester),
    verdict: verdictOf(arrival),
    prose: arrival.prose,
    thread: threadOf(arrival),
    ...(requester.address === ticket.requester.address ? {} : { unverified: true }),
  });
  if (!isRefusal(outcome)) return { ticketId: ticket.id, outcome: 'joined' };
  return open(parts, { ...received, follows: ticket.id });
};

/** One mail that reached two mailboxes of the desk is said once. */
const nameOf = ({ internetMessageId, contentSha256, mailbox, messageId }: MailArrival): string =>
  internetMessageId ? `${internetMessageId}|${contentSha256}` : `${mailbox}|${messageId}`;

/** The same mail always gives the same ticket id, so a mail that is read twice is one ticket. */
const idOf = (
  { identity }: ArrivalParts,
  { mailbox, internetMessageId, contentSha256, messageId }: MailArrival,
): TicketId =>
  ticketId(
    identity.named(internetMessageId ? `${mailbox}|${internetMessageId}|${contentSha256}` : `${mailbox}|${messageId}`),
  );

/** Worked before a kill, when what it answers was not yet known: it stays the ticket it became, and joins no second one. */
const hasOpened = async (parts: ArrivalParts, arrival: MailArrival): Promise<boolean> =>
  (await parts.tickets.load(idOf(parts, arrival))) !== undefined;

const open = async (parts: ArrivalParts, received: Received): Promise<InboxOutcome> => {
  const { arrival, watched, follows } = received;
  const id = idOf(parts, arrival);
  if (await parts.tickets.load(id)) return { ticketId: id, outcome: 'known' };
  const requester = requesterOf(parts, arrival);
  const team = parts.directory.team(watched.teamId);
  const outcome = await parts.run(
    id,
    {
      type: 'open',
      id: commandId(`open:${id}`),
      at: parts.clock.now(),
      by: authorOf(requester),
      ticketId: id,
      number: ticketNumber(`INC-${await parts.numbers.next('INC')}`),
      ticketType: 'incident',
      subject: arrival.subject,
      requester,
      teamId: watched.teamId,
      channel: 'email',
      language: languageOf(`${arrival.subject}\n${arrival.prose.text}`, team?.language ?? 'en'),
      description: arrival.prose,
      thread: threadOf(arrival),
      acknowledge: owesAcknowledgement(arrival),
      ...(follows ? { follows } : {}),
      ...(arrival.unreadable ? { unreadable: true } : {}),
    },
    null,
  );
  return isRefusal(outcome) ? { ignored: outcome.refused } : { ticketId: id, outcome: follows ? 'follows' : 'opened' };
};
