import type { TicketStore } from '../../application/ports/ticket-store.ts';
import type { Recorded, TicketEvent } from '../../domain/events.ts';
import { ownerOf } from '../../domain/ticket.ts';
import { millisecondsOf, type PersonId, type TicketId } from '../../domain/values.ts';

/** What the store holds after the play; durations in milliseconds of the log's time. */
export interface Audit {
  readonly events: number;
  /** `TicketAccepted` beyond the first of a ticket, and every `OwnershipTransferred`. */
  readonly ownerChanges: number;
  /** Incidents whose stored owner is not the one who accepts first by the log. */
  readonly otherOwner: readonly string[];
  readonly owned: number;
  readonly byType: ReadonlyMap<TicketEvent['type'], number>;
  readonly status: ReadonlyMap<string, number>;
  readonly toAccept: readonly number[];
  readonly toResolve: readonly number[];
  readonly toAnswer: readonly number[];
}

type Stored = Pick<TicketStore, 'load' | 'history'>;

interface Found {
  readonly events: readonly TicketEvent[];
  readonly status: string;
  readonly otherOwner: boolean;
  readonly owned: boolean;
}

/** A ticket that was played; `owner`: who must own it by the log, nobody where it names nobody. */
export interface Expected {
  readonly incident: string;
  readonly id: TicketId;
  readonly owner: PersonId | undefined;
}

/** Reads every ticket and all its events back from the store. */
export const audit = async (store: Stored, tickets: readonly Expected[]): Promise<Audit> => {
  const found = new Map<string, Found>();
  for (const { incident, id, owner } of tickets) {
    const ticket = (await store.load(id))?.ticket;
    const stored = ticket && ownerOf(ticket);
    found.set(incident, {
      events: (await historyOf(store, id)).map(({ event }) => event),
      status: ticket?.status ?? 'lost',
      otherOwner: stored?.id !== owner,
      owned: stored !== undefined,
    });
  }
  return auditOf(found);
};

const PAGE = 50;

/** All events, oldest first. */
const historyOf = async (store: Stored, id: TicketId): Promise<readonly Recorded[]> => {
  const all: Recorded[] = [];
  for (let before: number | undefined; ; before = all.at(-1)?.rev) {
    const page = await store.history(id, { limit: PAGE, ...(before === undefined ? {} : { before }) });
    all.push(...page);
    if (page.length < PAGE) return all.reverse();
  }
};

const auditOf = (found: ReadonlyMap<string, Found>): Audit => {
  const tickets = [...found.values()];
  const events = tickets.flatMap((each) => each.events);
  const stories = tickets.map((each) => each.events);
  return {
    events: events.length,
    ownerChanges: stories.map(changesIn).reduce((sum, each) => sum + each, 0),
    otherOwner: [...found].filter(([, { otherOwner }]) => otherOwner).map(([incident]) => incident),
    owned: tickets.filter(({ owned }) => owned).length,
    byType: counted(events.map(({ type }) => type)),
    status: counted(tickets.map(({ status }) => status)),
    toAccept: stories.flatMap((story) => between(story, 'TicketOpened', 'TicketAccepted')),
    toResolve: stories.flatMap((story) => between(story, 'TicketOpened', 'TicketResolved')),
    toAnswer: stories.flatMap(answersIn),
  };
};

const changesIn = (story: readonly TicketEvent[]): number => {
  const accepted = story.filter(({ type }) => type === 'TicketAccepted').length;
  return Math.max(0, accepted - 1) + story.filter(({ type }) => type === 'OwnershipTransferred').length;
};

const counted = <T>(all: readonly T[]): ReadonlyMap<T, number> =>
  new Map([...Map.groupBy(all, (each) => each)].map(([each, own]) => [each, own.length]));

/** From the first event of one type to the first of the other. */
const between = (story: readonly TicketEvent[], from: TicketEvent['type'], to: TicketEvent['type']): number[] => {
  const [began, ended] = [from, to].map((type) => story.find((event) => event.type === type)?.at);
  return began === undefined || ended === undefined ? [] : [millisecondsOf(ended) - millisecondsOf(began)];
};

const answersIn = (story: readonly TicketEvent[]): number[] =>
  story.flatMap((answer) => {
    if (answer.type !== 'EnvelopeCompleted') return [];
    const asked = story.find((event) => event.type === 'EnvelopeRequested' && event.seq === answer.seq);
    return asked ? [millisecondsOf(answer.at) - millisecondsOf(asked.at)] : [];
  });
