import type { AlertStory, TicketAlerts } from '../../src/application/ports/stories.ts';
import type { AlertLine } from '../../src/application/ports/alert-ledger.ts';
import type { AlertRaised } from '../../src/domain/alert-events.ts';
import { alertsOn, clocksRunning } from '../../src/domain/alert-explain.ts';
import type { Desk } from '../../src/domain/policy.ts';
import { entryOf } from '../../src/domain/timeline.ts';
import type { Language, PersonActor } from '../../src/domain/values.ts';
import { type AlertCard, alertCard } from '../../src/views/alert-card.ts';
import type { AdaptiveCard } from '../../src/views/expand.ts';
import { alertDesk, at, moment, raisedIn, SORTED, type Watched, watched } from '../support/alert-deeds.ts';
import { ofType, textRunsOf } from '../support/cards.ts';
import { arrives, ben, type Deed } from '../support/deeds.ts';
import { triages } from '../support/ownership-deeds.ts';
import { readerOf, teamNameOf } from './cases.ts';

/** Alerts of the tests as their cards are drawn: every message was delivered in each person's own chat. */
export const desk = alertDesk();

/** At which minute somebody did what. */
export type Minuted = readonly [minute: number, deed: Deed];

/** P3 arrives on Monday at nine; with nobody on it, its levels are due at 11:00, 13:00 and 17:00. */
export const queued = (until: number, ...deeds: readonly Minuted[]): Watched =>
  watched(desk, until, at(0, arrives()), ...deeds.map((deed) => at(...deed)));

/** At once as urgent as that. */
export const sortedAs = (priority: keyof typeof SORTED): Minuted => [0, triages(ben, SORTED[priority])];

const linesOf = ({ ticket, story: { recorded } }: Watched, raised: readonly AlertRaised[]): AlertLine[] =>
  raised
    .flatMap((event) =>
      event.recipients.map((recipient): AlertLine => {
        const { condition, envelope, episode, level, repeat, dueAt } = event;
        const teamId = ticket.envelopes?.find(({ seq }) => seq === envelope)?.teamId ?? ticket.teamId;
        const address = { kind: 'personal', person: recipient.id } as const;
        const { id, number, priority } = ticket;
        return {
          ...{ ticketId: id, number, priority, rev: recorded.length, condition, episode, level, repeat, teamId },
          ...(envelope === undefined ? {} : { envelope }),
          ...{ recipient, address, dueAt, at: event.at },
          ...(recipient.delivery === 'digest'
            ? { state: 'digest' }
            : { state: 'accepted', sentAt: event.at, acceptedAt: event.at }),
        };
      }),
    )
    .toReversed();

const entriesOf = ({ story: { recorded } }: Watched) => recorded.map(entryOf).toReversed();
const help = { teams: desk.roster.teams().filter(({ id }) => id === 'network'), question: 'Is the line down?' };

/** The story of the last alert. */
export const alertStoryOf = (seen: Watched, now: number, of: Desk = desk): AlertStory => {
  const raised = raisedIn(seen.events);
  const last = raised.at(-1);
  if (!last) throw new TypeError('nobody was told of an alert');
  const { episode, condition, envelope } = last;
  const lines = linesOf(
    seen,
    raised.filter((each) => each.episode === episode),
  );
  const facts = alertsOn({ ticket: seen.ticket, desk: of, at: moment(now) }).find((each) => each.episode === episode);
  const end = seen.events.find((event) => event.type === 'AlertEnded' && event.episode === episode);
  return {
    ticket: seen.ticket,
    entries: entriesOf(seen),
    clocks: { on: facts ? [facts] : [] },
    episode,
    condition,
    ...(envelope === undefined ? {} : { envelope }),
    teamId: lines[0]?.teamId ?? seen.ticket.teamId,
    ...(facts ? { facts } : {}),
    ...(end?.type === 'AlertEnded'
      ? {
          ended: {
            at: end.at,
            ...(end.by.kind === 'desk' ? {} : { by: end.by.name }),
            ...(end.cause === undefined ? {} : { cause: end.cause }),
          },
        }
      : {}),
    lines,
    help,
  };
};

export const ticketAlertsOf = (seen: Watched, now: number, of: Desk = desk): TicketAlerts => {
  const looked = { ticket: seen.ticket, desk: of, at: moment(now) };
  return {
    ticket: seen.ticket,
    entries: entriesOf(seen),
    clocks: { on: alertsOn(looked) },
    on: alertsOn(looked),
    running: clocksRunning(looked),
    lines: linesOf(seen, raisedIn(seen.events)),
  };
};

interface Shown {
  readonly person?: PersonActor;
  readonly language?: Language;
  readonly card?: Partial<AlertCard>;
}

/** The card of that alert as this person reads it at that minute; nobody: as it stands in a channel. */
export const alertCardOf = (story: AlertStory, now: number, { person, language, card }: Shown = {}): AdaptiveCard =>
  alertCard({ story, reader: readerOf(person, language), people: [], now: moment(now), teamNameOf, ...card });

/** What stands behind a label, or undefined. */
export const factOf = (card: object, label: string): string | undefined => {
  const said = textRunsOf(card);
  const index = said.indexOf(`${label}: `);
  return index < 0 ? undefined : said[index + 1];
};

export const titlesOf = (card: object): string[] => ofType(card, 'Action.Execute').map(({ title }) => String(title));
