import { alikeKey } from '../../../src/application/ports/alert-ledger.ts';
import type { AlertRecipient } from '../../../src/domain/alert-events.ts';
import type { AlertLevel, Condition } from '../../../src/domain/alert-rules.ts';
import { type ReplayedAlert, replayAlerts } from '../../../src/domain/alert-replay.ts';
import { type Instant, instantOf, millisecondsOf, type Priority } from '../../../src/domain/values.ts';
import type { PlayedDesk } from '../../../src/local/replay/replay.ts';

/** One person, told once. */
export interface Ping {
  readonly incident: string;
  readonly recipient: AlertRecipient;
  readonly condition: Condition;
  readonly envelope?: number;
  readonly level: AlertLevel;
  readonly priority: Priority;
  readonly at: Instant;
}

const MOST_EVENTS = 500;

/** Everybody whom the rules of a desk tell over all tickets of a played log, in the order of time. */
export const pingsOf = async ({ core, stores, tickets, until }: PlayedDesk): Promise<readonly Ping[]> => {
  const pings: Ping[] = [];
  for (const [incident, id] of tickets) {
    const history = (await stores.tickets.history(id, { limit: MOST_EVENTS })).toReversed();
    pings.push(...replayAlerts(history, { desk: core.desk, until }).flatMap((alert) => pingsIn(incident, alert)));
  }
  return pings.sort((a, b) => Number(a.at > b.at) - Number(a.at < b.at));
};

const pingsIn = (incident: string, { raised, priority }: ReplayedAlert): readonly Ping[] =>
  raised.recipients.map((recipient) => {
    const { condition, envelope, level, at } = raised;
    return { incident, recipient, condition, ...(envelope === undefined ? {} : { envelope }), level, priority, at };
  });

const isByCard = ({ recipient }: Ping): boolean => recipient.delivery === 'card';

const MOST_ALIKE = 5;
const ALIKE_MS = 5 * 60_000;

/**
 * Cards that arrive: from the sixth alike within five minutes on there is one card for all, and a new one after five minutes; what
 * is most urgent comes by itself. `pings` in the order of time.
 */
const cardsOf = (pings: readonly Ping[]): readonly Ping[] => {
  const own = Map.groupBy(pings.filter(isByCard), (ping) => `${ping.recipient.id}~${alikeKey(ping)}`);
  return [...own.values()].flatMap((all) => {
    const alike = all.filter(({ priority }) => priority !== 'P1');
    let began: Instant | undefined;
    const cards = alike.filter((ping, place) => {
      const since = instantOf(millisecondsOf(ping.at) - ALIKE_MS);
      if (alike.slice(0, place).filter(({ at }) => at >= since).length < MOST_ALIKE) return true;
      const isNew = began === undefined || began < since;
      if (isNew) began = ping.at;
      return isNew;
    });
    return [...cards, ...all.filter(({ priority }) => priority === 'P1')];
  });
};

export const incidentsIn = (pings: readonly Ping[]): number => new Set(pings.map(({ incident }) => incident)).size;

/** Incidents in which a manager, told as one, gets a card at once. */
export const wakingManager = (pings: readonly Ping[]): readonly Ping[] =>
  pings.filter((ping) => ping.recipient.as === 'manager' && isByCard(ping));

const BY = {
  role: ({ recipient }: Ping) => recipient.as,
  level: ({ level }: Ping) => `level ${level}`,
  priority: ({ priority }: Ping) => priority,
};

/** A row for each role, level and priority: all pings, those by card, and the cards that are left after rolling up. */
export const pingTable = (pings: readonly Ping[]): string => {
  const cards = cardsOf(pings);
  const rows = Object.entries(BY).flatMap(([, keyOf]) =>
    [...new Set(pings.map(keyOf))].sort().map((key) => {
      const of = (some: readonly Ping[]): number => some.filter((ping) => keyOf(ping) === key).length;
      return `| ${key} | ${of(pings)} | ${of(pings.filter(isByCard))} | ${of(cards)} |`;
    }),
  );
  return ['| alerts of the log | pings | by card | cards after roll-up |', '|---|---:|---:|---:|', ...rows].join('\n');
};
