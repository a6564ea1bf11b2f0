import type { Condition } from '../domain/alert-rules.ts';
import { type Instant, oneLine } from '../domain/values.ts';
import { type AlertTelling, atTime } from './alert-times.ts';
import type { AlertEnd } from './words/alert-words.ts';

export interface Ended {
  readonly at: Instant;
  readonly by?: string;
  /** The type of the event that ended it. */
  readonly cause?: string;
}

/** What has no line here ended it in passing. */
const ENDS: Readonly<Record<string, AlertEnd>> = {
  TicketAccepted: 'accepted',
  TicketCancelled: 'cancelled',
  TicketMerged: 'cancelled',
  TicketRouted: 'moved',
  CustomerAnswered: 'answered',
  NoteAdded: 'worked',
  TaskAdded: 'worked',
  TaskAssigned: 'worked',
  TaskFinished: 'worked',
  TaskCancelled: 'worked',
  EnvelopeRequested: 'worked',
  EnvelopeEdited: 'worked',
  QueryAnswered: 'worked',
  EnvelopeConfirmed: 'worked',
  EnvelopeSentBack: 'worked',
  OwnerQueried: 'waiting',
  TicketPaused: 'waiting',
  TicketPended: 'waiting',
  TicketResolved: 'resolved',
  TicketClosed: 'resolved',
  TicketTriaged: 'newDue',
  PriorityOverridden: 'newDue',
  TypeSet: 'newDue',
  EnvelopeAccepted: 'taken',
  EnvelopeCompleted: 'helped',
  EnvelopeDeclined: 'declined',
  EnvelopeWithdrawn: 'withdrawn',
};

/** The first act of whoever tapped Accept makes the ticket theirs, whatever act it is. */
const ACCEPTS: ReadonlySet<AlertEnd> = new Set(['answered', 'worked', 'waiting']);

interface Over {
  readonly condition: Condition;
  readonly envelope?: number;
  readonly ended?: Ended;
}

/** "accepted at 10:42 by Anna" */
export const overText = ({ condition, envelope, ended }: Over, telling: AlertTelling): string => {
  const { alert } = telling.words;
  if (!ended) return alert.isOver;
  const cause = ended.cause ?? '';
  const end = Object.hasOwn(ENDS, cause) ? (ENDS[cause] ?? 'ended') : 'ended';
  const isAccepted = condition === 'NOT_ASSIGNED' && envelope === undefined && ACCEPTS.has(end);
  const what = alert.over[isAccepted ? 'accepted' : end];
  return alert.over.said(what, atTime(ended.at, telling), oneLine(ended.by ?? '', telling.names));
};
