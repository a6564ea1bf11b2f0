type Texts<Word extends string> = Readonly<Record<Word, string>>;

/** What stands on the cards of those who help, count, cover and work many tickets at once. */
export interface WorkWords {
  readonly envelope: Texts<EnvelopeWord> & {
    readonly title: (number: string, seq: number) => string;
    readonly place: (place: number, limit: number) => string;
  };
  readonly timeline: Texts<TimelineWord> & { readonly title: (number: string) => string };
  readonly report: Texts<ReportWord> & { readonly counted: (what: string, count: number) => string };
  readonly job: Texts<JobWord> & {
    readonly act: Readonly<Record<BulkAct, (count: number, detail: string) => string>>;
    readonly progress: (done: number, total: number) => string;
    readonly refused: (count: number) => string;
    readonly skipped: (count: number) => string;
  };
  readonly cover: Texts<CoverWord> & {
    readonly returned: (deputy: string) => string;
    readonly span: (from: string, until: string) => string;
    readonly started: (deputy: string, owner: string) => string;
    readonly back: (ended: number) => string;
    readonly proposed: (owner: string) => string;
    readonly leaver: (owner: string, takers: string) => string;
  };
  readonly storm: Texts<'none'> & {
    readonly question: (count: number, number: string) => string;
    readonly within: (minutes: number) => string;
    readonly link: (number: string) => string;
  };
}

/** What can be done to many tickets at once; `storm` and `leaver` are begun from their own cards. */
export type BulkAct = 'accept' | 'cancel' | 'link' | 'answer' | 'leaver' | 'other';

type EnvelopeWord =
  | 'question'
  | 'stepsTried'
  | 'doneWhen'
  | 'needed'
  | 'skills'
  | 'state'
  | 'askedBy'
  | 'asked'
  | 'expert'
  | 'query'
  | 'result'
  | 'outcome'
  | 'toTeam'
  | 'suggests'
  | 'accept'
  | 'decline'
  | 'declineWhy'
  | 'complete'
  | 'resultLabel'
  | 'noTeam'
  | 'askOwner'
  | 'askOwnerLabel'
  | 'release'
  | 'releaseWhy'
  | 'edit'
  | 'openTicket';

type TimelineWord =
  | 'empty'
  | 'kind'
  | 'author'
  | 'all'
  | 'note'
  | 'email'
  | 'call'
  | 'meeting'
  | 'task'
  | 'system'
  | 'filter'
  | 'newer'
  | 'older'
  | 'credit'
  | 'from'
  | 'until'
  | 'back';

type ReportWord =
  | 'title'
  | 'empty'
  | 'total'
  | 'byPerson'
  | 'byDoor'
  | 'card'
  | 'chat'
  | 'mail'
  | 'api'
  | 'hubspot'
  | 'replay'
  | 'service'
  | 'attempts';

type JobWord =
  | 'previewed'
  | 'waiting'
  | 'running'
  | 'done'
  | 'undoing'
  | 'undone'
  | 'expired'
  | 'confirm'
  | 'cancel'
  | 'undo'
  | 'fault'
  | 'pickTitle'
  | 'pickEmpty'
  | 'pickAct'
  | 'pick'
  | 'pickAccept'
  | 'pickCancel'
  | 'pickLink'
  | 'pickAnswer'
  | 'pickText'
  | 'pickNeeded'
  | 'preview';

type CoverWord =
  | 'title'
  | 'owner'
  | 'deputy'
  | 'until'
  | 'why'
  | 'start'
  | 'personNeeded'
  | 'returnTitle'
  | 'returnEmpty'
  | 'leaverTitle'
  | 'transferTitle'
  | 'to'
  | 'reason'
  | 'termination'
  | 'extendedLeave'
  | 'from'
  | 'leaveUntil'
  | 'evidence'
  | 'propose';
