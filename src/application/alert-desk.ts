import type { Effect } from '../domain/effects.ts';
import type { Desk } from '../domain/policy.ts';
import { type Instant, instantOf, later, millisecondsOf, type PersonId, type TicketId } from '../domain/values.ts';
import { addressOf, heldUntil } from './alert-routing.ts';
import { addressKey, type AlertLedger, type AlertLine, lineId } from './ports/alert-ledger.ts';
import type { Clock } from './ports/clock.ts';
import type { Deliveries } from './ports/deliveries.ts';
import { rolledUp } from './alert-roll-up.ts';

export interface AlertDeskParts {
  readonly alerts: AlertLedger;
  readonly deliveries: Pick<Deliveries, 'enqueue'>;
  readonly desk: Desk;
  readonly clock: Clock;
  readonly enqueued: () => void;
}

type Raised = Extract<Effect, { kind: 'alert' }>;
type Changed = Extract<Effect, { kind: 'alert-changed' }>;

/** Tells people of alerts. Both are harmless when repeated: a line is kept once, a card is one post that is edited. */
export interface AlertDesk {
  raised(alert: Raised, ticketId: TicketId): Promise<void>;
  changed(alert: Changed, ticketId: TicketId): Promise<void>;
  /** Somebody opened the ticket from its card, or read their chat up to that moment. */
  seen(
    person: PersonId,
    what: { readonly ticketId: TicketId; readonly episode: number } | { readonly until: Instant },
  ): Promise<void>;
  /** Draws the cards of all alerts of the ticket anew. */
  redraw(ticketId: TicketId, rev: number): Promise<void>;
}

export const alertDesk = (parts: AlertDeskParts): AlertDesk => {
  const turns = new Map<PersonId, Promise<void>>();
  /** One after the other for each person: or several would be the fifth of those alike. */
  const inTurn = (person: PersonId, work: () => Promise<void>): Promise<void> => {
    const before = turns.get(person) ?? Promise.resolve();
    const turn = before.catch(() => undefined).then(work);
    turns.set(person, turn);
    return turn.finally(() => {
      if (turns.get(person) === turn) turns.delete(person);
    });
  };
  return {
    raised: async (alert, ticketId) => {
      for (const recipient of alert.raised.recipients)
        await inTurn(recipient.id, () => tell(parts, lineOf(parts.desk, { alert, ticketId, recipient })));
    },
    changed: async ({ episode, rev, by, at }, ticketId) => {
      const lines = (await parts.alerts.ofTicket(ticketId)).filter((line) => line.episode === episode);
      if (by !== undefined) await acted(parts, { lines, by, at });
      await redrawn(parts, lines, rev);
    },
    seen: (person, what) => seen(parts, person, what),
    redraw: async (ticketId, rev) => redrawn(parts, await parts.alerts.ofTicket(ticketId), rev),
  };
};

interface Intended {
  readonly alert: Raised;
  readonly ticketId: TicketId;
  readonly recipient: Raised['raised']['recipients'][number];
}

const lineOf = ({ roster }: Desk, { alert, ticketId, recipient }: Intended): AlertLine => {
  const { raised, rev, number, teamId, priority } = alert;
  const { condition, envelope, episode, level, repeat, dueAt, at } = raised;
  const address = addressOf(recipient, teamId, roster);
  const until = recipient.delivery === 'card' ? heldUntil(recipient, { address, priority, at }, roster) : undefined;
  return {
    ticketId,
    number,
    rev,
    condition,
    ...(envelope === undefined ? {} : { envelope }),
    episode,
    level,
    repeat,
    teamId,
    priority,
    recipient,
    address,
    state: recipient.delivery === 'digest' ? 'digest' : until === undefined ? 'intended' : 'held',
    dueAt,
    at,
    ...(until === undefined ? {} : { heldUntil: until }),
  };
};

/** Kept first, sent then: a kill in between leaves a line that says what was to be done, and the effect comes again. */
const tell = async (parts: AlertDeskParts, wanted: AlertLine): Promise<void> => {
  const line = await parts.alerts.intend(await rolledUp(parts.alerts, wanted));
  await send(parts, line, line.rev);
};

const send = async (parts: AlertDeskParts, line: AlertLine, rev: number): Promise<void> => {
  const now = parts.clock.now();
  if (line.state === 'rolled-up') return sendRollUp(parts, line, now);
  if (line.state === 'digest' || line.state === 'failed' || line.address.kind === 'mail') return;
  const { ticketId, episode, repeat, address } = line;
  const held =
    line.state === 'held' && line.heldUntil !== undefined && line.heldUntil > now ? { held: true as const } : {};
  const at = held.held ? later(now, line.heldUntil ?? now) : now;
  const job = { channel: 'teams', kind: 'alert', ticketId, episode, repeat, address, rev, ...held } as const;
  await parts.deliveries.enqueue(job, at);
  parts.enqueued();
};

const sendRollUp = async (
  parts: AlertDeskParts,
  { recipient, heldUntil, rollUp = '' }: AlertLine,
  now: Instant,
): Promise<void> => {
  await parts.deliveries.enqueue(
    {
      channel: 'teams',
      kind: 'person-card',
      to: recipient.id,
      card: 'alerts',
      subject: rollUp,
      rev: millisecondsOf(now),
    },
    later(heldUntil ?? now, now),
  );
  parts.enqueued();
};

/** Whoever acts has seen it. */
const acted = async (
  { alerts }: AlertDeskParts,
  { lines, by, at }: { lines: readonly AlertLine[]; by: PersonId; at: Instant },
): Promise<void> => {
  for (const line of lines.filter(({ recipient }) => recipient.id === by))
    await alerts.change(line.ticketId, lineId(line), (now) =>
      now.actedAt === undefined ? { ...now, seenAt: now.seenAt ?? at, actedAt: at } : undefined,
    );
};

const SEEN_HOURS = 24;

/** Of one alert on its card; or all that stand in a chat which was read, those of a day at most. */
const seen = async (parts: AlertDeskParts, person: PersonId, what: Parameters<AlertDesk['seen']>[1]): Promise<void> => {
  const now = parts.clock.now();
  const found =
    'ticketId' in what
      ? (await parts.alerts.ofTicket(what.ticketId)).filter(
          ({ episode, recipient }) => episode === what.episode && recipient.id === person,
        )
      : (await parts.alerts.ofPerson(person, { since: hoursBefore(now, SEEN_HOURS), limit: 200 })).filter(
          ({ address, acceptedAt }) =>
            address.kind === 'personal' && acceptedAt !== undefined && acceptedAt <= what.until,
        );
  for (const line of found)
    await parts.alerts.change(line.ticketId, lineId(line), (each) =>
      each.seenAt === undefined ? { ...each, seenAt: now } : undefined,
    );
};

const hoursBefore = (at: Instant, hours: number): Instant => instantOf(millisecondsOf(at) - hours * 3_600_000);

/** Each card once, however many lines stand on it; at once where any of them is there already. */
const redrawn = async (parts: AlertDeskParts, lines: readonly AlertLine[], rev: number): Promise<void> => {
  const cards = new Map(
    lines
      .filter(({ state }) => state !== 'digest' && state !== 'failed')
      .sort((a, b) => Number(b.state === 'held') - Number(a.state === 'held'))
      .filter(({ state }) => state !== 'rolled-up')
      .map((line) => [`${line.episode}~${line.repeat}~${addressKey(line.address)}`, line]),
  );
  for (const line of cards.values()) await send(parts, line, rev);
  const many = new Map(lines.flatMap((line) => (line.rollUp === undefined ? [] : [[line.rollUp, line]])));
  for (const line of many.values()) await sendRollUp(parts, line, parts.clock.now());
};
