import { fold } from '../../src/domain/evolve.ts';
import type { TicketEvent } from '../../src/domain/events.ts';
import { isOpen, type Ticket } from '../../src/domain/ticket.ts';
import type { Books, TicketBook } from './books.ts';
import { counted, type Finding, finding, once } from './findings.ts';
import type { Ledger } from './ledger.ts';

/** What the audit looks at: what went in, what the desk wrote down, and what came out. */
export interface Evidence {
  readonly ledger: Ledger;
  readonly books: Books;
  /** The Message-IDs of everything the desk sent, a doubled send twice. */
  readonly sent: readonly string[];
  /** The ticket on each post in the channel, a doubled card twice. */
  readonly posted: readonly string[];
  /** Who got a post in their own chat, once for each. */
  readonly notified: readonly string[];
  /** The Message-ID that a ticket's mail of that rev has. */
  readonly messageIdOf: (ticket: Ticket, rev: number) => string;
}

const arrivalOf = ({ type, ...event }: TicketEvent): string[] =>
  (type === 'TicketOpened' || type === 'CustomerWroteIn') && 'thread' in event && event.thread?.internetMessageId
    ? [event.thread.internetMessageId]
    : [];

/** Told apart from the product's own words on purpose: an audit that asks the accused proves nothing. */
const owesMail = (event: TicketEvent): boolean =>
  (event.type === 'TicketOpened' && event.acknowledge) ||
  event.type === 'CustomerAnswered' ||
  (event.type === 'TicketResolved' && event.mail);

const isWhole = ({ ticket, recorded }: TicketBook): boolean =>
  ticket.rev === recorded.length && recorded.every(({ rev }, index) => rev === index + 1);

const isFold = ({ ticket, recorded }: TicketBook): boolean => JSON.stringify(fold(recorded)) === JSON.stringify(ticket);

const idsOf = (books: readonly TicketBook[]): readonly string[] => books.map(({ id }) => id);

const mailsIn = ({ ledger, books }: Evidence): readonly Finding[] => {
  const found = books.tickets.flatMap(({ recorded }) => recorded.flatMap(({ event }) => arrivalOf(event)));
  const home = new Map(
    books.tickets.flatMap(({ id, recorded }) =>
      recorded.flatMap(({ event }) => arrivalOf(event).map((mail) => [mail, id])),
    ),
  );
  const answers = ledger.mails.filter((mail) => mail.answers !== undefined);
  const astray = answers.filter(({ messageId, answers: ticket }) => home.get(messageId) !== ticket);
  return [
    ...once({ what: 'mails in', expected: ledger.mails.map(({ messageId }) => messageId), found }),
    finding(
      'answers join the ticket they answer',
      answers.length,
      astray.map(({ messageId }) => messageId),
    ),
  ];
};

const ticketsKept = ({ books: { tickets } }: Evidence): readonly Finding[] => {
  const numbers = counted(tickets.map(({ ticket }) => ticket.number));
  const events = tickets.reduce((sum, { recorded }) => sum + recorded.length, 0);
  return [
    finding('events: revs without gaps', events, idsOf(tickets.filter((each) => !isWhole(each)))),
    finding('fold(events) is the ticket', tickets.length, idsOf(tickets.filter((each) => !isFold(each)))),
    finding(
      'ticket numbers: none doubled',
      tickets.length,
      [...numbers].flatMap(([n, times]) => (times > 1 ? [n] : [])),
    ),
    finding(
      'partitions hold only their four kinds',
      tickets.length,
      tickets.flatMap(({ strange }) => strange),
    ),
  ];
};

/** Only what the person saw must be there; what the kill took may be there, but once. */
const acts = ({ ledger, books }: Evidence): readonly Finding[] => {
  const all = books.tickets.flatMap(({ recorded }) => recorded.map(({ event }) => event));
  const texts = all.flatMap((event) => (event.type === 'CustomerAnswered' ? [event.text] : []));
  const seen = ledger.taps.filter(({ told }) => told === 'told');
  const accepts = seen.filter(({ verb }) => verb === 'reserve');
  const owners = new Map(books.tickets.map(({ id, ticket }) => [id, 'ownerId' in ticket ? ticket.ownerId : undefined]));
  const wrong = accepts.filter(({ ticketId, person }) => owners.get(ticketId) !== person.id);
  const accepted = books.tickets.filter(
    ({ recorded }) => recorded.filter(({ event }) => event.type === 'TicketAccepted').length > 1,
  );
  const waiting = books.tickets.filter(({ ticket }) => 'reserved' in ticket);
  return [
    ...once({
      what: 'answers tapped',
      expected: seen.filter(({ verb }) => verb !== 'reserve').map(({ sign }) => sign),
      found: texts,
    }),
    finding(
      'accepts seen are the owner',
      accepts.length,
      wrong.map(({ ticketId }) => ticketId),
    ),
    finding('tickets accepted once', books.tickets.length, idsOf(accepted)),
    finding('no tap on Accept still waits', books.tickets.length, idsOf(waiting)),
  ];
};

const mailsOut = ({ books, sent, messageIdOf }: Evidence): readonly Finding[] => {
  const expected = books.tickets.flatMap(({ ticket, recorded }) =>
    recorded.filter(({ event }) => owesMail(event)).map(({ rev }) => messageIdOf(ticket, rev)),
  );
  const owed = new Set(expected);
  return [
    ...once({ what: 'mails out', expected, found: sent }),
    finding(
      'mails out: none that nobody owes',
      sent.length,
      sent.filter((each) => !owed.has(each)),
    ),
  ];
};

const cards = ({ ledger, books, posted }: Evidence): readonly Finding[] => {
  const shown = counted(posted);
  const doubled = [...shown].flatMap(([id, times]) => Array.from({ length: times - 1 }, () => id));
  const stale = books.tickets.filter(({ id, ticket }) => books.cards.get(id) !== ticket.rev);
  return [
    finding('cards: none lost', books.tickets.length, idsOf(books.tickets.filter(({ id }) => !shown.has(id)))),
    finding('cards show the newest rev', books.tickets.length, idsOf(stale)),
    { ...finding('cards doubled, at most one a kill', posted.length, doubled), allowed: ledger.kills.length },
  ];
};

/** A customer's words are told to whoever owns the ticket by then. */
const noticesOf = ({ recorded }: TicketBook): readonly string[] => {
  const accepted = recorded.find(({ event }) => event.type === 'TicketAccepted');
  const owner = accepted?.event.by.kind === 'person' ? accepted.event.by.id : undefined;
  return recorded.flatMap(({ rev, event }) =>
    owner !== undefined && event.type === 'CustomerWroteIn' && rev > (accepted?.rev ?? 0) ? [owner] : [],
  );
};

const surplus = (one: readonly string[], other: readonly string[]): readonly string[] => {
  const left = new Map(counted(other));
  return one.filter((each) => {
    const have = left.get(each) ?? 0;
    left.set(each, have - 1);
    return have <= 0;
  });
};

const notices = ({ ledger, books, notified }: Evidence): readonly Finding[] => {
  const expected = books.tickets.flatMap(noticesOf);
  return [
    finding('notices to owners: none lost', expected.length, surplus(expected, notified)),
    {
      ...finding('notices doubled, at most one a kill', notified.length, surplus(notified, expected)),
      allowed: ledger.kills.length,
    },
  ];
};

const lists = ({ books }: Evidence): readonly Finding[] => {
  const isRight = ({ id, ticket }: TicketBook): boolean => {
    const listed = books.queue.get(id);
    return isOpen(ticket) ? listed === ticket.rev : listed === undefined;
  };
  return [
    finding('lists show the newest rev', books.tickets.length, idsOf(books.tickets.filter((each) => !isRight(each)))),
  ];
};

const nothingLeft = ({ books }: Evidence): readonly Finding[] => [
  finding('outbox is empty', books.tickets.length, idsOf(books.tickets.filter(({ outbox }) => outbox > 0))),
  finding(
    'deliveries are settled',
    books.deliveries.length,
    books.deliveries.filter(({ state }) => state !== 'settled').map(({ id, state }) => `${id} ${state}`),
  ),
  finding(
    'integrity_check',
    books.integrity.length,
    books.integrity.filter((said) => said !== 'ok'),
  ),
];

export const audit = (evidence: Evidence): readonly Finding[] =>
  [mailsIn, ticketsKept, acts, mailsOut, cards, notices, lists, nothingLeft].flatMap((look) => look(evidence));
