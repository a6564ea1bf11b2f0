import { addressKey, type AlertLine } from '../../src/application/ports/alert-ledger.ts';
import type { DeliveryJob } from '../../src/application/ports/deliveries.ts';
import { nextDueOf } from '../../src/domain/decide-tick.ts';
import type { AlertRaised } from '../../src/domain/alert-events.ts';
import type { Recorded, TicketEvent } from '../../src/domain/events.ts';
import { evolve, fold } from '../../src/domain/evolve.ts';
import { ownerOf, type Ticket } from '../../src/domain/ticket.ts';
import { instantOf, millisecondsOf, type TicketId } from '../../src/domain/values.ts';
import { FAR } from './alert-machine-steps.ts';
import type { Machine } from './alert-machine.ts';

/** What the desk has written about a ticket, each read by itself. */
export interface Books {
  readonly ticket: Ticket;
  /** Oldest first. */
  readonly history: readonly Recorded[];
  readonly raised: readonly AlertRaised[];
  readonly lines: readonly AlertLine[];
  /** Of alerts, and for nobody else's ticket. */
  readonly cards: readonly AlertJob[];
  /** The cards of many alerts alike, by their subjects, whoever's they are. */
  readonly rollUps: readonly string[];
}
type AlertJob = Extract<DeliveryJob, { kind: 'alert' }>;

const MOST = 1_000;
const isRaised = (event: TicketEvent): event is AlertRaised => event.type === 'AlertRaised';

const allTickets = async ({ stores }: Machine): Promise<readonly TicketId[]> => {
  const { ids, continuation } = await stores.tickets.some();
  if (continuation !== undefined) throw new RangeError('so many tickets were never opened');
  return ids;
};

const historyOf = async ({ stores }: Machine, id: TicketId): Promise<readonly Recorded[]> =>
  (await stores.tickets.history(id, { limit: MOST })).toReversed();

export const booksOf = async (machine: Machine): Promise<readonly Books[]> => {
  const deliveries = await machine.stores.deliveries.due('teams', { at: FAR, limit: MOST });
  const jobs = deliveries.flatMap(({ job }) => (job.channel === 'teams' ? [job] : []));
  const rollUps = jobs.flatMap((job) => (job.kind === 'person-card' && job.card === 'alerts' ? [job.subject] : []));
  const books = (await allTickets(machine)).map(async (id): Promise<Books> => {
    const ticket = (await machine.stores.tickets.load(id))?.ticket;
    if (!ticket) throw new TypeError('a ticket is gone');
    const history = await historyOf(machine, id);
    return {
      ...{ ticket, history, rollUps },
      raised: history.map(({ event }) => event).filter(isRaised),
      lines: await machine.stores.alerts.ofTicket(id),
      cards: jobs.flatMap((job) => (job.kind === 'alert' && job.ticketId === id ? [job] : [])),
    };
  });
  return Promise.all(books);
};

/** One person, told of one condition's level and repeat in one episode. */
const nameOf = ({ condition, envelope, episode, level, repeat }: AlertRaised | AlertLine, person: string): string =>
  `${condition} of ${envelope ?? 'the ticket'}, episode ${episode}, level ${level}, repeat ${repeat}: ${person}`;

/** Who was to be told of what, by the events alone. */
export const intendedIn = ({ raised }: Books): readonly string[] =>
  raised.flatMap((each) => each.recipients.map(({ id }) => nameOf(each, id))).sort();

export const keptIn = ({ lines }: Books): readonly string[] =>
  lines.map((line) => nameOf(line, line.recipient.id)).sort();

const cardOf = ({ episode, repeat, address }: Pick<AlertJob, 'episode' | 'repeat' | 'address'>): string =>
  `episode ${episode}, repeat ${repeat}, at ${addressKey(address)}`;

const waiting = (card: string, isHeld: boolean): string => (isHeld ? `${card}, held` : card);

export const cardsEnqueued = ({ cards }: Books): readonly string[] =>
  cards.map((job) => waiting(cardOf(job), job.held === true));

/** Lines that no card tells. Where quiet hours were over before anybody looked, what they held is told like all else. */
export const linesWithoutCard = (books: Books): readonly string[] => {
  const enqueued = new Set(cardsEnqueued(books));
  return books.lines
    .filter((line) => {
      const plainly = enqueued.has(waiting(cardOf(line), false));
      if (line.state === 'held') return !plainly && !enqueued.has(waiting(cardOf(line), true));
      return line.state === 'intended' && !plainly;
    })
    .map((line) => nameOf(line, line.recipient.id));
};

/** Cards that no line is told by, whatever became of that line. */
export const cardsForNobody = ({ cards, lines }: Books): readonly string[] => {
  const told = new Set(lines.filter(({ state }) => state !== 'digest').map(cardOf));
  return cards.map(cardOf).filter((card) => !told.has(card));
};

/** Cards of many on which a line of this ticket stands, and that nobody sends. */
export const rollUpsMissing = ({ lines, rollUps }: Books): readonly string[] =>
  lines.flatMap(({ rollUp }) => (rollUp === undefined || rollUps.includes(rollUp) ? [] : [rollUp]));

/** What happened each time the owner became another one. */
export const ownersMadeBy = ({ history }: Books): readonly TicketEvent['type'][] => {
  let ticket: Ticket | undefined;
  const found: TicketEvent['type'][] = [];
  for (const { event } of history) {
    const next = evolve(ticket, event);
    if (next && ownerOf(next)?.id !== (ticket && ownerOf(ticket)?.id)) found.push(event.type);
    ticket = next;
  }
  return found;
};

export const foldOf = ({ history }: Books): unknown => JSON.parse(JSON.stringify(fold(history)));
export const keptTicket = ({ ticket }: Books): unknown => JSON.parse(JSON.stringify(ticket));

/** Whether something is still to be done by then, by the clock of whoever is behind. */
export const isForgotten = ({ ticket }: Books, machine: Machine): boolean => {
  const now = instantOf(millisecondsOf(machine.now()) + Math.min(0, machine.skewMs));
  const due = nextDueOf(ticket, machine.processes[0].core.desk, now);
  return due !== undefined && due <= now;
};
