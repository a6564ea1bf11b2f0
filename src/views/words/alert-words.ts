import type { RecipientReason } from '../../domain/alert-events.ts';
import type { Condition } from '../../domain/alert-rules.ts';
import type { SlaPromise } from '../../domain/alert-row.ts';
import type { AlertPart } from '../../domain/roster.ts';

type Texts<Word extends string> = Readonly<Record<Word, string>>;
type Say = (what: string) => string;

/** What stands on the cards of alerts; a `time` is an hour of the same day, or a day with its hour. */
export interface AlertWords {
  readonly alert: Texts<AlertWord> & {
    /** A request for help: its number on the ticket, and the team that is asked. */
    readonly help: (seq: number, team: string) => string;
    readonly level: (level: number) => string;
    readonly at: Say;
    readonly on: Say;
    readonly afterAnswer: Say;
    readonly elapsed: (span: string, since: string) => string;
    readonly left: Say;
    readonly past: Say;
    readonly part: Texts<AlertPart>;
    readonly because: Texts<RecipientReason>;
    readonly quiet: Say;
    readonly toldInChannel: Say;
    /** `at`: a time with its preposition. */
    readonly next: Readonly<Record<1 | 2 | 3, Say>>;
    readonly repeats: Say;
    readonly held: (who: string, until: string) => string;
    readonly heldByYou: Say;
    /** What ended it: "accepted", with a time and, unless it was the clock, who did it. */
    readonly over: Texts<AlertEnd> & {
      readonly said: (what: string, at: string) => string;
      readonly by: (said: string, who: string) => string;
    };
    readonly acceptAndAsk: (team: string) => string;
    /** Many alike, by what they are about. */
    readonly many: Readonly<Record<'ticket' | 'envelope', Readonly<Record<Condition, (count: number) => string>>>>;
    readonly alreadyOver: (count: number) => string;
    readonly atLevel: (what: string, level: number) => string;
  };
  readonly told: Texts<ToldWord> & {
    readonly title: Say;
    readonly channel: Say;
    readonly held: Say;
    readonly tried: (where: string, at: string) => string;
  };
  readonly pingFailed: Texts<'nobody'> & {
    /** `what`: a number with the level of the alert. */
    readonly title: (who: string, what: string) => string;
    readonly wentTo: Say;
  };
  readonly explain: Texts<ExplainWord> & {
    readonly title: Say;
    readonly promise: Texts<SlaPromise>;
    readonly due: (at: string, percent: string) => string;
    readonly late: Say;
    readonly kept: Say;
  };
  readonly clock: {
    readonly warned: Readonly<Record<SlaPromise, (due: string, percent: number) => string>>;
    readonly late: Readonly<Record<SlaPromise, Say>>;
    readonly alert: (level: number, what: string) => string;
    readonly next: Say;
  };
}

/** How an alert ends, as far as people tell it apart. */
export type AlertEnd =
  | 'accepted'
  | 'cancelled'
  | 'moved'
  | 'answered'
  | 'worked'
  | 'waiting'
  | 'resolved'
  | 'newDue'
  | 'taken'
  | 'helped'
  | 'declined'
  | 'withdrawn'
  | 'ended';

type AlertWord =
  | 'dueSoon'
  | 'pastDue'
  | 'threshold'
  | 'time'
  | 'answerDue'
  | 'whenAnswer'
  | 'heldLabel'
  | 'youAs'
  | 'inDigest'
  | 'onSharedCard'
  | 'mailed'
  | 'notReached'
  | 'nextLabel'
  | 'noNext'
  | 'stops'
  | 'isOver'
  | 'acknowledge'
  | 'open'
  | 'openHelp'
  | 'nothingLeft';

type ToldWord =
  | 'empty'
  | 'personal'
  | 'chat'
  | 'mail'
  | 'intended'
  | 'heldState'
  | 'digest'
  | 'rolledUp'
  | 'sent'
  | 'accepted'
  | 'spared'
  | 'failed'
  | 'seen'
  | 'unknown'
  | 'acted'
  | 'repeat';

type ExplainWord = 'empty' | 'running' | 'promises';
