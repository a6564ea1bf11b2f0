import type { Refusal, RefusalCode } from '../../domain/refusals.ts';
import type { Status } from '../../domain/ticket.ts';
import type { Priority } from '../../domain/values.ts';

/** Every word the desk says to its own people, in one language; what a customer reads is in customer-words. */
export interface Words {
  readonly status: Readonly<Record<Status, string>>;
  readonly priority: Readonly<Record<Priority, string>>;
  readonly notTriaged: string;
  readonly card: Readonly<Record<CardWord, string>>;
  readonly headline: { readonly customerWrote: (name: string) => string };
  readonly facts: Readonly<
    Record<
      'customer' | 'owner' | 'team' | 'due' | 'followUp' | 'arrived' | 'reopened' | 'files' | 'cancelled' | 'follows',
      string
    >
  >;
  readonly nobody: string;
  readonly noSubject: string;
  readonly noSender: string;
  readonly unreadable: string;
  readonly unverified: string;
  readonly event: Readonly<Record<EventWord, (who: string) => string>>;
  readonly list: {
    readonly queueTitle: (team: string) => string;
    readonly mineTitle: string;
    readonly queueEmpty: string;
    readonly mineEmpty: string;
    readonly nextEmpty: string;
    readonly foundTitle: (words: string) => string;
    readonly foundEmpty: string;
    readonly due: (when: string) => string;
    readonly more: string;
    readonly open: (number: string) => string;
  };
  readonly refusal: Readonly<Record<RefusalCode, (refusal: Refusal) => string>>;
  readonly help: { readonly title: string; readonly lines: readonly (readonly [command: string, what: string])[] };
  readonly unknownNumber: (number: string) => string;
  readonly fault: (id: string) => string;
  readonly stranger: string;
  readonly deadLetter: (what: string, why: string) => string;
  readonly deadLetterMail: (number: string) => string;
  readonly deadLetterNotice: (number: string) => string;
  readonly noTeam: string;
  readonly welcome: string;
}

export type CardWord =
  | 'accept'
  | 'replyTo'
  | 'replyPlaceholder'
  | 'send'
  | 'sendResolve'
  | 'askWait'
  | 'note'
  | 'noteLabel'
  | 'saveNote'
  | 'resume'
  | 'pend'
  | 'pendFor'
  | 'pendUntil'
  | 'vendor'
  | 'change'
  | 'resolve'
  | 'resolveLabel'
  | 'reopen'
  | 'close'
  | 'cancel'
  | 'cancelWhy'
  | 'spam'
  | 'duplicate'
  | 'mistake'
  | 'duplicateOf'
  | 'undoCancel'
  | 'textNeeded'
  | 'dateNeeded'
  | 'reasonNeeded'
  | 'newTitle'
  | 'newCaller'
  | 'newSubject'
  | 'newText'
  | 'newTeam'
  | 'newSend'
  | 'to';

export type EventWord =
  | 'TicketOpened'
  | 'TicketAccepted'
  | 'NoteAdded'
  | 'CustomerAnswered'
  | 'CustomerWroteIn'
  | 'TicketPaused'
  | 'TicketPended'
  | 'TicketResumed'
  | 'TicketResolved'
  | 'TicketReopened'
  | 'TicketClosed'
  | 'TicketCancelled'
  | 'CancelUndone';
