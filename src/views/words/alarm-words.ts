type Texts<Word extends string> = Readonly<Record<Word, string>>;

/** What the desk tells of itself to those who run it. */
export interface AlarmWords {
  readonly alarm: Texts<AlarmWord> & {
    readonly span: (from: string, until: string) => string;
    readonly tookOver: (before: string, by: string) => string;
    readonly wokeUp: (by: string) => string;
    readonly checkSilent: (before: string) => string;
    readonly late: (what: string, since: string) => string;
    readonly foundBy: (by: string) => string;
    readonly channel: Texts<'teams' | 'mail' | 'internal-mail'>;
  };
}

type AlarmWord = 'silentTitle' | 'silent' | 'caughtUp' | 'lateTitle' | 'keptNotLost' | 'checkLate';
