import { clocksRunning } from '../domain/alert-explain.ts';
import type { Recorded } from '../domain/events.ts';
import type { Desk } from '../domain/policy.ts';
import { instantOf, personId, type TicketId } from '../domain/values.ts';
import { helpSuggestions } from './help-suggestions.ts';
import { type AlertLedger, type AlertLine, HELD_AT_MOST_MS } from './ports/alert-ledger.ts';
import type { Clock } from './ports/clock.ts';
import type { Directory } from './ports/directory.ts';
import type { AlertStory, RollUpStory, TicketAlerts, TicketWithStory } from './ports/stories.ts';
import type { TicketStore } from './ports/ticket-store.ts';

export interface AlertQueryParts {
  readonly tickets: TicketStore;
  readonly alerts: AlertLedger;
  readonly desk: Desk;
  readonly directory: Directory;
  readonly clock: Clock;
}

type Read = (id: TicketId) => Promise<TicketWithStory | undefined>;

/** One alert, on or over; undefined where nobody was ever told of it. */
export const alertStory = async (
  parts: AlertQueryParts,
  read: Read,
  { id, episode }: { readonly id: TicketId; readonly episode: number },
): Promise<AlertStory | undefined> => {
  const [story, all] = await Promise.all([read(id), parts.alerts.ofTicket(id)]);
  const lines = all.filter((line) => line.episode === episode);
  const [first] = lines;
  if (!story || !first) return undefined;
  const { condition, envelope, teamId } = first;
  const facts = story.clocks.on.find((each) => each.episode === episode);
  const ended = facts ? undefined : await endOf(parts.tickets, id, episode);
  return {
    ...story,
    episode,
    condition,
    ...(envelope === undefined ? {} : { envelope }),
    teamId,
    ...(facts ? { facts } : {}),
    ...(ended ? { ended } : {}),
    lines,
    help: helpSuggestions(parts.directory, story.ticket, story.entries),
  };
};

const PAGE = 50;
const MOST_PAGES = 20;

/** Looked for from the newest on, no further back than the alert itself. */
const endOf = async (tickets: TicketStore, id: TicketId, episode: number): Promise<AlertStory['ended']> => {
  let before: number | undefined;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const recorded = await tickets.history(id, { limit: PAGE, ...(before === undefined ? {} : { before }) });
    const found = recorded.find((each) => isOf(each, episode));
    if (found?.event.type === 'AlertEnded') return endFrom(found.event);
    if (found || recorded.length < PAGE) return undefined;
    before = recorded.at(-1)?.rev;
  }
  return undefined;
};

const isOf = ({ event }: Recorded, episode: number): boolean =>
  (event.type === 'AlertEnded' || event.type === 'AlertRaised') && event.episode === episode;

const endFrom = ({
  at,
  by,
  cause,
}: Extract<Recorded['event'], { type: 'AlertEnded' }>): NonNullable<AlertStory['ended']> => ({
  at,
  ...(by.kind === 'desk' ? {} : { by: by.name }),
  ...(cause === undefined ? {} : { cause }),
});

/** What `explain` and `alerts` say. */
export const ticketAlerts = async (
  parts: AlertQueryParts,
  read: Read,
  id: TicketId,
): Promise<TicketAlerts | undefined> => {
  const [story, lines] = await Promise.all([read(id), parts.alerts.ofTicket(id)]);
  if (!story) return undefined;
  const looked = { ticket: story.ticket, desk: parts.desk, at: parts.clock.now() };
  return { ...story, ...story.clocks, running: clocksRunning(looked), lines };
};

/** So many tickets are looked at for what is over; it is shown of no more either. */
const LOOKED_AT = 60;

/** The alerts on one card of many: those that were put there, and those just before that stand on cards of their own. */
export const rollUpStory = async ({ alerts, tickets }: AlertQueryParts, subject: string): Promise<RollUpStory> => {
  const [person = '', ...rest] = subject.split('~');
  const begins = Number(rest.at(-1));
  if (!Number.isFinite(begins)) return { lines: [], over: [] };
  const since = instantOf(begins - HELD_AT_MOST_MS);
  const lines = (await alerts.ofPerson(personId(person), { since, limit: 500 })).filter(
    (line) => line.rollUp === subject,
  );
  const over = await overOf(tickets, lines);
  return { lines: lines.filter((line) => !over.has(line)), over: [...over] };
};

const overOf = async (tickets: TicketStore, lines: readonly AlertLine[]): Promise<ReadonlySet<AlertLine>> => {
  const over = new Set<AlertLine>();
  const looked = [...Map.groupBy(lines, ({ ticketId }) => ticketId)].slice(0, LOOKED_AT);
  await Promise.all(
    looked.map(async ([id, own]) => {
      const ticket = (await tickets.load(id))?.ticket;
      for (const line of own) if (!ticket?.alerts?.some(({ episode }) => episode === line.episode)) over.add(line);
    }),
  );
  return over;
};
