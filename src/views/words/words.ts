import type { NoticeReason } from '../../domain/effects.ts';
import type { EnvelopeAction } from '../../domain/envelope.ts';
import type { TicketEvent } from '../../domain/events.ts';
import type { Action, Refusal, RefusalCode } from '../../domain/refusals.ts';
import type { Status } from '../../domain/ticket.ts';
import type { Priority, TicketType } from '../../domain/values.ts';
import type { AlarmWords } from './alarm-words.ts';
import type { AlertWords } from './alert-words.ts';
import type { CardWords } from './card-words.ts';
import type { ContactWords } from './contact-words.ts';
import type { DeskWords } from './desk-words.ts';
import type { WorkWords } from './work-words.ts';

/** Every word the desk says to its own people, in one language; what a customer reads is in customer-words. */
export interface Words extends AlarmWords, AlertWords, CardWords, ContactWords, DeskWords, WorkWords {
  readonly status: Readonly<Record<Status, string>>;
  readonly priority: Readonly<Record<Priority, string>>;
  readonly notTriaged: string;
  /** Why a person is told; `who` caused it, empty where it was the clock. */
  readonly notice: Readonly<Record<NoticeReason, (who: string) => string>>;
  readonly nobody: string;
  readonly noSubject: string;
  readonly noSender: string;
  readonly unreadable: string;
  readonly unverified: string;
  /** `about`: a name, a number, a priority, a team's name, or nothing. `who` is empty where the desk itself acted. */
  readonly event: Readonly<Record<TicketEvent['type'], (who: string, about: string) => string>>;
  readonly refusal: Readonly<Record<RefusalCode, (refusal: Refusal) => string>>;
  readonly action: Readonly<Record<Action, string>>;
  readonly step: Readonly<Record<EnvelopeAction, string>>;
  readonly type: Readonly<Record<TicketType, string>>;
  readonly unknownNumber: (number: string) => string;
  readonly fault: (id: string) => string;
  readonly stranger: string;
  readonly deadLetter: (what: string, why: string) => string;
  readonly deadLetterMail: (number: string) => string;
  readonly deadLetterNotice: (number: string) => string;
  readonly noTeam: string;
  readonly welcome: string;
}
