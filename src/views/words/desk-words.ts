import type { AlertDelivery, AlertLevel, AlertSubject, Condition } from '../../domain/alert-rules.ts';

type Texts<Word extends string> = Readonly<Record<Word, string>>;

/** What stands on the cards of those who lead, manage and administer: the digest, the desk now, the alert matrix. */
export interface DeskWords {
  readonly digest: Texts<DigestWord> & {
    readonly title: (day: string) => string;
    readonly waiting: (count: number) => string;
    readonly open: (count: number) => string;
    readonly overdue: (count: number) => string;
    readonly told: (count: number) => string;
  };
  readonly desk: Texts<OverviewWord> & {
    readonly asOf: (time: string) => string;
    readonly next: (number: string) => string;
    readonly offer: (number: string) => string;
  };
  readonly matrix: Texts<MatrixWord> & {
    readonly condition: Texts<Condition>;
    /** From when the time of a condition counts. */
    readonly counts: Readonly<Record<AlertSubject, Texts<Condition>>>;
    readonly level: Readonly<Record<AlertLevel, string>>;
    readonly subject: Texts<AlertSubject>;
    readonly delivery: Texts<AlertDelivery>;
    readonly atLevel: (condition: string, level: number) => string;
    readonly after: (time: string) => string;
    readonly beforeAnswer: (time: string) => string;
    readonly beforeDue: (time: string) => string;
    readonly afterDue: (time: string) => string;
    /** `most`: empty where no end is named. */
    readonly repeated: (time: string, most: string) => string;
    readonly calendar: (name: string) => string;
    readonly version: (version: number, from: string) => string;
    /** What will stand in a cell later. */
    readonly planned: (from: string, rule: string) => string;
    /** A change on a card that could not stand over another configuration. */
    readonly dropped: (cell: string, why: string) => string;
    readonly inForce: (from: string) => string;
    readonly edited: (by: string, at: string) => string;
    readonly change: (cell: string) => string;
    /** What was typed as a moment is none. */
    readonly noMoment: (typed: string) => string;
  };
}

type DigestWord = 'empty' | 'nothingOpen' | 'byPriority' | 'first' | 'rolledUp' | 'notAllCounted' | 'desk';

type OverviewWord =
  'title' | 'empty' | 'burning' | 'waiting' | 'people' | 'nothingOpen' | 'away' | 'offerTo' | 'noPeople' | 'refresh';

type MatrixWord =
  | 'title'
  | 'tapToChange'
  | 'onlyAdmins'
  | 'off'
  | 'perPriority'
  | 'atOnce'
  | 'whenDue'
  | 'default'
  | 'configured'
  | 'everywhere'
  | 'choose'
  | 'about'
  | 'team'
  | 'allSubjects'
  | 'allTeams'
  | 'priority'
  | 'allPriorities'
  | 'type'
  | 'allTypes'
  | 'show'
  | 'history'
  | 'back'
  | 'minutes'
  | 'minutesNeeded'
  | 'how'
  | 'repeatEvery'
  | 'mostRepeats'
  | 'from'
  | 'nextMinute'
  | 'save'
  | 'reset'
  | 'historyEmpty'
  | 'historyTitle'
  | 'theConfiguration'
  | 'readAnew'
  | 'faultsTitle'
  | 'oldStand';
