import type { AlertEvent, AlertRaised } from './alert-events.ts';
import type { AlertRow } from './alert-row.ts';
import { type ForEvents, type TicketEvent, toldBy } from './events.ts';
import type { Ticket } from './ticket.ts';
import { refOf } from './values.ts';

type Facts = { readonly [F in 'alerts' | 'alertsEver' | 'warned']?: Ticket[F] | undefined };

/** What an alert changes on the ticket; the owner and the state are not among it. */
export const evolveAlert = (ticket: Ticket, event: AlertEvent): Facts => {
  switch (event.type) {
    case 'AlertRaised':
      return {
        alerts: [...others(ticket, event), { ...rowOf(event), ...heldOf(ticket, event) }],
        alertsEver: Math.max(ticket.alertsEver ?? 0, event.episode),
      };
    case 'AlertAcknowledged': {
      const { by, until, level, episode } = event;
      const held = { ...refOf(by), until, level };
      return { alerts: ticket.alerts?.map((row) => (row.episode === episode ? { ...row, held } : row)) };
    }
    case 'AlertEnded': {
      const left = others(ticket, event);
      return { alerts: left.length > 0 ? left : undefined };
    }
    case 'SlaWarned':
      return { warned: { ...ticket.warned, [event.promise]: { percent: event.percent, dueAt: event.dueAt } } };
  }
};

const others = ({ alerts = [] }: Ticket, { episode }: { episode: number }): readonly AlertRow[] =>
  alerts.filter((row) => row.episode !== episode);

/** A level is held once: while it only repeats, it is not forgotten that it was. */
const heldOf = ({ alerts }: Ticket, { episode, level }: AlertRaised): Pick<AlertRow, 'held'> => {
  const held = alerts?.find((row) => row.episode === episode)?.held;
  return held?.level === level ? { held } : {};
};

const rowOf = ({ condition, envelope, episode, since, level, repeat, at }: AlertRaised): AlertRow => ({
  condition,
  ...(envelope === undefined ? {} : { envelope }),
  episode,
  since,
  level,
  repeat,
  at,
});

/** Letters or digits enough to say something: a dot or "ok" moves nothing. */
const SAYS_SOMETHING = /[\p{L}\p{N}].*[\p{L}\p{N}].*[\p{L}\p{N}]/su;

const always = (): boolean => true;
const mailed = ({ mail }: { readonly mail: boolean }): boolean => mail;

const WORK: ForEvents<[], boolean> = {
  NoteAdded: ({ text }) => SAYS_SOMETHING.test(text),
  CustomerAnswered: always,
  TicketAccepted: always,
  TicketPaused: always,
  TicketPended: always,
  TicketResumed: always,
  TicketResolved: always,
  TicketReopened: always,
  CancelUndone: always,
  MergeUndone: always,
  MajorIncidentUpdated: mailed,
  ParentUpdated: mailed,
};

/** An act of a person that moves the ticket: an answer, a step with help, a task, a state, a note that says something. */
export const isWork = (event: TicketEvent): boolean =>
  event.by.kind === 'person' && ('seq' in event || 'task' in event || (toldBy(WORK, event) ?? false));
