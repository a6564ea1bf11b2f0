import type { AlertFacts } from '../domain/alert-explain.ts';
import { isLead } from '../domain/roles.ts';
import { ownerOf, type Ticket } from '../domain/ticket.ts';
import type { Instant } from '../domain/values.ts';
import { heldText, topicText } from './alert-facts.ts';
import { type AlertTelling, timeOf } from './alert-times.ts';
import type { CardDetail } from './card-detail.ts';
import { type Element, row, runs, section } from './elements.ts';
import { promisesLeft } from './sla-lines.ts';
import { when } from './text.ts';
import type { Reader } from './ticket-acts.ts';

interface Clocks {
  readonly ticket: Ticket;
  readonly reader: Reader;
  readonly detail: CardDetail;
  readonly words: AlertTelling['words'];
  readonly teamNameOf: AlertTelling['teamNameOf'];
  readonly now: Instant | undefined;
  /** The alerts that are on; without them their lines do not say when the next level comes. */
  readonly alerts: readonly AlertFacts[] | undefined;
  readonly responseDueAt: Instant | undefined;
}

/** What burns: promises of whose time three quarters have passed; and for who looks after it the alerts that are on. */
export const clockSection = (clocks: Clocks): readonly Element[] =>
  section('', [...promiseRows(clocks), ...alertRows(clocks)]);

const promiseRows = ({ ticket, reader, words, now, responseDueAt }: Clocks): readonly Element[] =>
  promisesLeft(ticket, responseDueAt).flatMap(({ promise, dueAt, percent }) => {
    if (percent === undefined) return [];
    const due = when(dueAt, reader);
    const isLate = now !== undefined && dueAt <= now;
    const text = isLate ? words.clock.late[promise](due) : words.clock.warned[promise](due, percent);
    const color = isLate || percent === 90 ? 'Attention' : 'Warning';
    return [runs({ text, color, weight: 'Bolder' })];
  });

const SHOWN = 3;

const alertRows = (clocks: Clocks): readonly Element[] => {
  const { ticket, reader, words, detail, teamNameOf, now = ticket.changedAt } = clocks;
  if (!ticket.alerts || !looksAfter(clocks)) return [];
  const telling: AlertTelling = { reader, words, teamNameOf, posted: now, names: detail.names };
  return [...ticket.alerts]
    .sort((a, b) => b.level - a.level)
    .slice(0, Math.min(SHOWN, detail.rows))
    .map((alert) => {
      const facts = clocks.alerts?.find(({ episode }) => episode === alert.episode);
      const teamId = ticket.envelopes?.find(({ seq }) => seq === alert.envelope)?.teamId ?? ticket.teamId;
      const next = facts?.next && words.clock.next(timeOf(facts.next.at, telling));
      const held = alert.held && alert.held.until > now ? heldText(alert.held, telling) : undefined;
      const beside = [held, next].filter((text) => text !== undefined).join('; ');
      const what = words.clock.alert(alert.level, topicText(facts ?? { ...alert, teamId }, telling));
      return row({ lines: [[{ text: what, color: 'Attention' }, ...(beside ? [{ text: ` (${beside})` }] : [])]] });
    });
};

const looksAfter = ({ ticket, reader: { person } }: Clocks): boolean =>
  person !== undefined && (person.actingFor === true || ownerOf(ticket)?.id === person.id || isLead(person));
