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

/** "accepted at 10:42 by Anna" */
export const overText = (ended: Ended | undefined, telling: AlertTelling): string => {
  const { alert } = telling.words;
  if (!ended) return alert.isOver;
  const cause = ended.cause ?? '';
  const end = Object.hasOwn(ENDS, cause) ? (ENDS[cause] ?? 'ended') : 'ended';
  const said = alert.over.said(alert.over[end], atTime(ended.at, telling));
  const who = oneLine(ended.by ?? '', telling.names);
  return who ? alert.over.by(said, who) : said;
};
