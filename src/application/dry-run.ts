import type { AlertRecipient, AlertRaised } from '../domain/alert-events.ts';
import { replayAlerts } from '../domain/alert-replay.ts';
import type { Matrix } from '../domain/alert-rules.ts';
import type { Cover } from '../domain/cover.ts';
import type { Recorded } from '../domain/events.ts';
import type { Desk } from '../domain/policy.ts';
import { isOpen, ownerOf, type Ticket } from '../domain/ticket.ts';
import type { Instant, PersonId, Priority, TeamId, TicketId, TicketNumber } from '../domain/values.ts';
import type { AlertLedger } from './ports/alert-ledger.ts';
import type { Covers } from './ports/covers.ts';
import type { TicketStore } from './ports/ticket-store.ts';

export interface DryRunParts {
  readonly tickets: Pick<TicketStore, 'some' | 'load' | 'history'>;
  readonly alerts: Pick<AlertLedger, 'ofTicket'>;
  readonly covers: Pick<Covers, 'of'>;
  readonly desk: Desk;
}

export interface DryRunWish {
  readonly from: Instant;
  readonly until: Instant;
  /** Other rules for the whole time; without them those that were in force. */
  readonly matrix?: Matrix;
  /** Moments at which the rules in force changed, in order. */
  readonly changes: readonly Instant[];
  /** Hears how many tickets were looked at. */
  readonly heard?: (tickets: number) => void;
}

/** One person, told once. */
export interface DryLine extends Pick<AlertRaised, 'condition' | 'envelope' | 'level' | 'repeat' | 'dueAt'> {
  readonly ticketId: TicketId;
  readonly number: TicketNumber;
  readonly teamId: TeamId;
  readonly priority: Priority;
  readonly recipient: Pick<AlertRecipient, 'id' | 'name' | 'delivery'>;
}

export interface DryRun {
  readonly tickets: number;
  /** What the rules would have told, and what was told; each in the order in which it fell due. */
  readonly would: readonly DryLine[];
  readonly did: readonly DryLine[];
}

const PAGE = 100;

/** The history of every ticket against rules, beside the ledger. What people did stays as it was. */
export const dryRun = async (parts: DryRunParts, wish: DryRunWish): Promise<DryRun> => {
  const found = { tickets: 0, would: [] as DryLine[], did: [] as DryLine[] };
  const owners = new Map<PersonId, readonly Cover[]>();
  let from: { continuation?: string } | undefined = {};
  while (from) {
    const page = await parts.tickets.some(from.continuation);
    for (const id of page.ids) await look(parts, wish, { id, owners, found });
    wish.heard?.(found.tickets);
    from = page.continuation === undefined ? undefined : { continuation: page.continuation };
  }
  return { tickets: found.tickets, would: found.would.sort(byDue), did: found.did.sort(byDue) };
};

const byDue = (a: DryLine, b: DryLine): number => Number(a.dueAt > b.dueAt) - Number(a.dueAt < b.dueAt);

interface Looking {
  readonly id: TicketId;
  readonly owners: Map<PersonId, readonly Cover[]>;
  readonly found: { tickets: number; readonly would: DryLine[]; readonly did: DryLine[] };
}

/** A ticket that had ended before can have told nobody since. */
const look = async (parts: DryRunParts, wish: DryRunWish, { id, owners, found }: Looking): Promise<void> => {
  const ticket = (await parts.tickets.load(id))?.ticket;
  if (!ticket || (!isOpen(ticket) && ticket.changedAt < wish.from)) return;
  found.tickets += 1;
  const history = await historyOf(parts.tickets, id);
  for (const owner of ownersIn(history)) if (!owners.has(owner)) owners.set(owner, await parts.covers.of(owner));
  const { matrix, until, changes } = wish;
  const replayed = replayAlerts(history, {
    desk: matrix ? { ...parts.desk, matrix: () => matrix } : parts.desk,
    until,
    changes: matrix ? [] : changes,
    deputies: (now, at) => deputiesOf(owners, now, at),
  });
  const inTime = ({ dueAt }: { readonly dueAt: Instant }): boolean => dueAt >= wish.from && dueAt < until;
  found.would.push(
    ...replayed
      .filter(({ raised }) => inTime(raised))
      .flatMap(({ raised, teamId, priority }) =>
        raised.recipients.map((recipient) => ({
          ...raised,
          ticketId: id,
          number: ticket.number,
          teamId,
          priority,
          recipient,
        })),
      ),
  );
  found.did.push(...(await parts.alerts.ofTicket(id)).filter(inTime));
};

const historyOf = async (tickets: DryRunParts['tickets'], id: TicketId): Promise<readonly Recorded[]> => {
  const all: Recorded[] = [];
  for (let before: number | undefined; ; before = all.at(-1)?.rev) {
    const page = await tickets.history(id, { limit: PAGE, ...(before === undefined ? {} : { before }) });
    all.push(...page);
    if (page.length < PAGE) return all.reverse();
  }
};

/** Whose ticket it ever was: somebody may have stood in for an owner of then. */
const ownersIn = (history: readonly Recorded[]): readonly PersonId[] =>
  history.flatMap(({ event }) => {
    if (event.type === 'OwnershipTransferred') return [event.to.id];
    return event.type === 'TicketAccepted' ? [event.by.id] : [];
  });

const deputiesOf = (owners: Looking['owners'], ticket: Ticket, at: Instant): readonly PersonId[] => {
  const owner = ownerOf(ticket);
  return ((owner && owners.get(owner.id)) ?? [])
    .filter((cover) => cover.from <= at && at < cover.until && (cover.ticketId ?? ticket.id) === ticket.id)
    .map(({ deputy }) => deputy.id);
};

/** The same for both sides: who was told of what, at which level, due when, by card or digest. */
export const nameOfLine = (line: DryLine): string =>
  [
    line.dueAt,
    line.number,
    line.condition,
    ...(line.envelope === undefined ? [] : [`help ${line.envelope}`]),
    `level ${line.level}`,
    ...(line.repeat === 0 ? [] : [`repeat ${line.repeat}`]),
    line.recipient.name,
    line.recipient.delivery,
  ].join(' · ');
