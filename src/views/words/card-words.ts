import type { EnvelopeOutcome, EnvelopeState } from '../../domain/envelope.ts';
import type { Level } from '../../domain/values.ts';

type Texts<Word extends string> = Readonly<Record<Word, string>>;

/** What stands on the cards of tickets and on lists: buttons, labels, facts. */
export interface CardWords {
  readonly card: Texts<CardWord>;
  readonly facts: Texts<FactWord>;
  readonly level: Texts<Level>;
  readonly envelopeState: Texts<EnvelopeState>;
  readonly outcome: Texts<EnvelopeOutcome>;
  /** Short sentences around a name, a number or a time. */
  readonly tell: {
    readonly actingFor: (who: string, owner: string) => string;
    readonly reserved: (who: string, until: string) => string;
    readonly offered: (to: string, by: string) => string;
    readonly offeredUntil: (until: string) => string;
    readonly answered: (answered: number, asked: number) => string;
    readonly more: (count: number) => string;
    readonly askTeam: (team: string) => string;
    readonly since: (when: string) => string;
    readonly hops: (count: number) => string;
    readonly transfer: (to: string, by: string) => string;
    readonly mergeProposed: (number: string, by: string) => string;
    readonly major: (coordinator: string, next: string) => string;
    readonly overdue: (due: string) => string;
  };
  readonly list: {
    readonly queueTitle: (team: string) => string;
    readonly mineTitle: string;
    readonly queueEmpty: string;
    readonly mineEmpty: string;
    readonly nextEmpty: string;
    readonly foundTitle: (words: string) => string;
    readonly foundEmpty: string;
    readonly envelopesTitle: string;
    readonly envelopesEmpty: string;
    readonly teamEnvelopesTitle: (team: string) => string;
    readonly teamEnvelopesEmpty: string;
    readonly tasksTitle: string;
    readonly tasksEmpty: string;
    readonly noDate: string;
    readonly due: (when: string) => string;
    readonly more: string;
    readonly open: (number: string) => string;
  };
  readonly help: { readonly title: string; readonly lines: readonly (readonly [command: string, what: string])[] };
}

type FactWord =
  | 'customer'
  | 'owner'
  | 'team'
  | 'due'
  | 'followUp'
  | 'arrived'
  | 'reopened'
  | 'files'
  | 'cancelled'
  | 'follows'
  | 'yes'
  | 'type'
  | 'tags'
  | 'parent'
  | 'merged'
  | 'splitFrom'
  | 'major'
  | 'hops'
  | 'overridden';

type CardWord = AnswerWord | HelpWord | SortWord | MoreWord | DecisionWord | NewWord;

type AnswerWord =
  | 'accept'
  | 'undoReserve'
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
  | 'merged'
  | 'duplicateOf'
  | 'undoCancel'
  | 'undoMerge'
  | 'textNeeded'
  | 'dateNeeded'
  | 'reasonNeeded'
  | 'to'
  | 'showAll';

type HelpWord =
  | 'askHelp'
  | 'helpTeam'
  | 'helpPerson'
  | 'anyone'
  | 'helpQuestion'
  | 'helpSteps'
  | 'helpDone'
  | 'helpDue'
  | 'helpSkills'
  | 'helpSend'
  | 'teamNeeded'
  | 'confirm'
  | 'sendBack'
  | 'sendBackWhy'
  | 'withdraw'
  | 'withdrawAll'
  | 'answer'
  | 'answerLabel'
  | 'openEnvelope';

type SortWord =
  'sort' | 'impact' | 'urgency' | 'type' | 'tags' | 'save' | 'priority' | 'overridePriority' | 'overrideWhy';

type MoreWord =
  | 'more'
  | 'person'
  | 'personName'
  | 'routeTeam'
  | 'route'
  | 'offer'
  | 'tasks'
  | 'taskTitle'
  | 'taskDue'
  | 'addTask'
  | 'done'
  | 'mergeInto'
  | 'merge'
  | 'splitSubject'
  | 'splitText'
  | 'split'
  | 'linkParent'
  | 'link'
  | 'unlink'
  | 'undoSplit'
  | 'cancelTask'
  | 'taskToHandOn'
  | 'handOnTask'
  | 'showCustomer'
  | 'showProperties'
  | 'cadence'
  | 'declareMajor'
  | 'coverUntil'
  | 'coverWhy'
  | 'startCover'
  | 'transferForm';

type DecisionWord =
  | 'declineOffer'
  | 'declineWhy'
  | 'confirmTransfer'
  | 'rejectTransfer'
  | 'rejectWhy'
  | 'agreeMerge'
  | 'refuseMerge'
  | 'refuseWhy'
  | 'majorUpdate'
  | 'majorText'
  | 'similar'
  | 'useAnswer';

type NewWord = 'newTitle' | 'newCaller' | 'newSubject' | 'newText' | 'newTeam' | 'newSend';
