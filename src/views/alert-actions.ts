import type { AlertFacts } from '../domain/alert-explain.ts';
import { mayRole } from '../domain/roles.ts';
import type { Ticket } from '../domain/ticket.ts';
import { oneLine, type TeamId } from '../domain/values.ts';
import type { AlertTelling } from './alert-times.ts';
import { button, type Element } from './elements.ts';
import { actsOn, type Reader } from './ticket-acts.ts';

interface Offered {
  readonly story: {
    readonly ticket: Ticket;
    readonly episode: number;
    readonly envelope?: number;
    readonly help: { readonly teams: readonly { readonly id: TeamId; readonly name: string }[] };
  };
  readonly reader: Reader;
}

/** What this reader can do about it now; when it is over, only look. */
export const alertActions = (
  offered: Offered,
  facts: AlertFacts | undefined,
  telling: AlertTelling,
): readonly Element[] => [
  ...(facts
    ? [...takeButtons(offered, telling), ...onItButton(offered, facts, telling), ...helpButton(offered, telling)]
    : []),
  ...openButtons(offered, facts, telling),
];

/** The way out of a queue: Accept, for the ticket or for the request for help. */
const takeButtons = ({ story, reader }: Offered, { words }: AlertTelling): readonly Element[] => {
  const { ticket, envelope } = story;
  const may = actsOn(ticket, reader.person);
  if (envelope === undefined)
    return may('reserve')
      ? [button({ title: words.card.accept, verb: 'reserve', style: 'positive', data: { ticketId: ticket.id } })]
      : [];
  return may('accept-envelope') && isAsked({ story, reader })
    ? [
        button({
          title: words.envelope.accept,
          verb: 'accept-envelope',
          style: 'positive',
          data: { ticketId: ticket.id, envelope },
        }),
      ]
    : [];
};

/** The one it was offered to, else the team; its lead always. */
const isAsked = ({ story: { ticket, envelope }, reader: { person } }: Offered): boolean => {
  const row = ticket.envelopes?.find(({ seq }) => seq === envelope);
  if (row?.state !== 'requested') return false;
  if (!person || person.leads?.includes(row.teamId)) return true;
  return row.offeredTo ? row.offeredTo.id === person.id : (person.teams?.includes(row.teamId) ?? true);
};

/** Until somebody was on it, once a level; the next one asks anew. */
const onItButton = ({ story, reader }: Offered, facts: AlertFacts, { words }: AlertTelling): readonly Element[] => {
  const { ticket, episode } = story;
  const { condition, envelope, level } = facts;
  if (facts.wasHeld) return [];
  if (reader.person && !mayRole(reader.person, 'acknowledge-alert')) return [];
  const data = { ticketId: ticket.id, condition, episode, level, ...(envelope === undefined ? {} : { envelope }) };
  return [button({ title: words.alert.acknowledge, verb: 'acknowledge-alert', data })];
};

/** Only an owner asks for help: where there is none, whoever taps becomes it. */
const helpButton = ({ story, reader }: Offered, { words, names }: AlertTelling): readonly Element[] => {
  const { ticket, envelope, episode, help } = story;
  const [team] = help.teams;
  const may = actsOn(ticket, reader.person);
  if (envelope !== undefined || !team) return [];
  const name = oneLine(team.name, names);
  const title = may('request-envelope')
    ? words.tell.askTeam(name)
    : may('reserve')
      ? words.alert.acceptAndAsk(name)
      : undefined;
  const data = { ticketId: ticket.id, teamId: team.id, episode };
  return title === undefined ? [] : [button({ title, verb: 'alert-help', data })];
};

const openButtons = (
  { story }: Offered,
  facts: AlertFacts | undefined,
  { words }: AlertTelling,
): readonly Element[] => {
  const { ticket, episode, envelope } = story;
  const ofHelp = { ticketId: ticket.id, envelope: envelope ?? 0 };
  return [
    ...(facts && envelope !== undefined
      ? [button({ title: words.alert.openHelp, verb: 'open-envelope', data: ofHelp })]
      : []),
    button({ title: words.alert.open, verb: 'alert-open', data: { ticketId: ticket.id, episode } }),
  ];
};
