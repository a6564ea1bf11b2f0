import type { Person, Roster } from '../../domain/roster.ts';
import type { MailAddress, PersonActor, TeamId } from '../../domain/values.ts';

export interface WatchedMailbox {
  readonly address: MailAddress;
  readonly teamId: TeamId;
  /** Mail received before this ISO instant is left alone. */
  readonly startAt: string;
}

/** Who works here, and which mailboxes are theirs; from configuration. */
export interface Directory extends Roster {
  mailboxes(): readonly WatchedMailbox[];
}

export const actorOf = ({ id, name, roles }: Person): PersonActor => ({ kind: 'person', id, name, roles });
