import type { PersonActor, PersonId, Role, TeamId, Language, MailAddress } from '../../domain/values.ts';

export interface Person {
  /** The Entra object id. */
  readonly id: PersonId;
  readonly name: string;
  readonly mail: MailAddress;
  readonly roles: readonly Role[];
  readonly teams: readonly TeamId[];
  readonly language: Language;
}

export interface Team {
  readonly id: TeamId;
  readonly name: string;
  readonly mailbox: MailAddress;
  /** The Teams channel where its tickets appear. */
  readonly channel: { readonly id: string; readonly name: string };
  readonly language: Language;
  readonly lead?: PersonId;
  readonly manager?: PersonId;
  /** Whether mails are signed by the owner or by the team alone. */
  readonly signature: 'owner' | 'team';
}

export interface WatchedMailbox {
  readonly address: MailAddress;
  readonly teamId: TeamId;
  /** Mail received before this ISO instant is left alone. */
  readonly startAt: string;
}

/** Who works here; from configuration. */
export interface Directory {
  person(id: PersonId): Person | undefined;
  team(id: TeamId): Team | undefined;
  people(): readonly Person[];
  teams(): readonly Team[];
  mailboxes(): readonly WatchedMailbox[];
}

export const actorOf = ({ id, name, roles }: Person): PersonActor => ({ kind: 'person', id, name, roles });
