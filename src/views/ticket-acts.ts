import { isUnanswered } from '../domain/envelope.ts';
import { ALLOWED, allows } from '../domain/lifecycle.ts';
import { mayAccept, mayEnd, mayWork, reservationOf } from '../domain/ownership.ts';
import type { Action } from '../domain/refusals.ts';
import { isLead, mayRole } from '../domain/roles.ts';
import { isMember, type Person, type Roster } from '../domain/roster.ts';
import { canBeMailed, ownerOf, type Ticket } from '../domain/ticket.ts';
import type { Language, PersonActor, PersonId, Role, TeamId } from '../domain/values.ts';

/** Who reads a card: language and IANA zone. Without a person it is the base card: the same for everybody and safe for all of the desk. */
export interface Reader {
  readonly language: Language;
  readonly zone: string;
  readonly person?: ReaderPerson;
}

export interface ReaderPerson {
  readonly id: PersonId;
  readonly roles: readonly Role[];
  /** In the owner's place on this ticket. */
  readonly actingFor?: true;
  /** Absent: not known, so nothing is held back for it. */
  readonly teams?: readonly TeamId[];
  /** The teams they lead. */
  readonly leads?: readonly TeamId[];
}

/** A person as the reader of cards; `acting`: in the owner's place on this ticket. */
export const readerPerson = (
  roster: Roster,
  { id, roles }: Pick<Person, 'id' | 'roles'>,
  acting = false,
): ReaderPerson => {
  const teams = roster.teams();
  return {
    id,
    roles,
    teams: teams.filter((team) => isMember(roster, team.id, id)).map((team) => team.id),
    leads: teams.filter(({ lead }) => lead === id).map((team) => team.id),
    ...(acting ? { actingFor: true as const } : {}),
  };
};

/** Whether a card offers this act. Who taps is asked again by the rules; a button only spares people the refusal. */
export type May = (action: Action) => boolean;

type Rule = (ticket: Ticket, by: PersonActor, action: Action) => boolean;

const anyone: Rule = () => true;
const never: Rule = () => false;
const owner: Rule = (ticket, by, action) => isReserver(ticket, by) || mayWork(ticket, action, by) === undefined;
const ends: Rule = (ticket, by, action) => mayEnd(ticket, action, by) === undefined;
const takes: Rule = (ticket, by) => mayAccept(ticket, by) === undefined;

/** Whoever has just tapped Accept may go on at once: their first act makes the ticket theirs. */
const isReserver = (ticket: Ticket, by: Pick<PersonActor, 'id'>): boolean => reservationOf(ticket)?.id === by.id;

const HOPS_BEFORE_LEAD = 2;

/** The rules' own answer for this person: the commands without a rule here come from programmes or other cards. */
const RULES: Readonly<Record<Action, Rule>> = {
  accept: takes,
  reserve: takes,
  'undo-reserve': isReserver,
  assign: never,
  offer: (ticket, by) => !reservationOf(ticket) && mayAccept(ticket, by) === undefined,
  'decline-offer': (ticket, by) => ticket.status === 'new' && ticket.offered?.id === by.id,
  route: (ticket, by) =>
    !reservationOf(ticket) &&
    mayAccept(ticket, by) === undefined &&
    (ticket.queueHops < HOPS_BEFORE_LEAD || isLead(by)),
  'propose-transfer': (ticket, by) => ownerOf(ticket)?.id !== by.id,
  'confirm-transfer': (ticket, by) => ticket.transfer?.proposedBy.id !== by.id && ownerOf(ticket)?.id !== by.id,
  'reject-transfer': (ticket, by) => ownerOf(ticket)?.id !== by.id,
  transfer: never,
  note: anyone,
  reply: owner,
  'reply-resolve': (ticket, by, action) =>
    owner(ticket, by, action) && (ownerOf(ticket) ? true : takes(ticket, by, action)),
  ask: owner,
  pend: owner,
  resume: owner,
  resolve: owner,
  reopen: owner,
  close: ends,
  cancel: ends,
  'undo-cancel': ends,
  'request-envelope': owner,
  'edit-envelope': owner,
  'withdraw-envelope': owner,
  'withdraw-all': owner,
  'answer-query': owner,
  'confirm-envelope': owner,
  'send-back': owner,
  'accept-envelope': (ticket, by) => ownerOf(ticket)?.id !== by.id && !by.actingFor,
  'decline-envelope': (ticket, by) => ownerOf(ticket)?.id !== by.id && !by.actingFor,
  'release-envelope': (ticket, by) => ownerOf(ticket)?.id !== by.id,
  'query-owner': (ticket, by) => ownerOf(ticket)?.id !== by.id,
  'complete-envelope': (ticket, by) => ownerOf(ticket)?.id !== by.id,
  'add-task': anyone,
  'assign-task': anyone,
  'finish-task': anyone,
  'cancel-task': anyone,
  triage: ends,
  'override-priority': (_ticket, by) => isLead(by),
  'set-type': ends,
  tag: anyone,
  'propose-merge': ends,
  merge: (ticket, by, action) => ticket.mergeProposed?.ownerId === by.id || (isLead(by) && ends(ticket, by, action)),
  'refuse-merge': (ticket, by) =>
    isLead(by) || ticket.mergeProposed?.ownerId === by.id || ticket.mergeProposed?.by.id === by.id,
  'undo-merge': ends,
  split: ends,
  'undo-split': ends,
  link: ends,
  unlink: ends,
  'acknowledge-alert': never,
  'declare-major': anyone,
  'major-update': (ticket, by, action) =>
    ticket.major?.coordinator.id === by.id || isLead(by) || owner(ticket, by, action),
  'parent-update': never,
};

/** What the ticket itself must have for the act to make sense, whoever reads. */
const SENSE: Readonly<Partial<Record<Action, (ticket: Ticket) => boolean>>> = {
  accept: (ticket) => !reservationOf(ticket),
  reserve: (ticket) => !reservationOf(ticket),
  'undo-reserve': (ticket) => reservationOf(ticket) !== undefined,
  'decline-offer': (ticket) => ticket.status === 'new' && ticket.offered !== undefined,
  'confirm-transfer': ({ transfer }) => transfer !== undefined,
  'reject-transfer': ({ transfer }) => transfer !== undefined,
  reply: canBeMailed,
  'reply-resolve': canBeMailed,
  ask: canBeMailed,
  'undo-cancel': (ticket) => !isMerged(ticket),
  'undo-merge': (ticket) => isMerged(ticket),
  'withdraw-all': ({ envelopes }) => (envelopes ?? []).some(isUnanswered),
  merge: ({ mergeProposed }) => mergeProposed !== undefined,
  'refuse-merge': ({ mergeProposed }) => mergeProposed !== undefined,
  link: ({ parent, major }) => !parent && !major,
  unlink: ({ parent }) => parent !== undefined,
  'declare-major': ({ parent, major }) => !parent && !major,
  'major-update': ({ major }) => major !== undefined,
};

const isMerged = (ticket: Ticket): boolean => ticket.status === 'cancelled' && ticket.mergedInto !== undefined;

/** The person as the one who would act. */
const actorOf = (ticket: Ticket, { id, roles, actingFor }: ReaderPerson): PersonActor => {
  const of = ownerOf(ticket);
  return { kind: 'person', id, name: '', roles, ...(actingFor && of ? { actingFor: of } : {}) };
};

/** Without a person: all that somebody may do in this state, whoever has reserved it too. With one: what this person may do now. */
export const actsOn = (ticket: Ticket, person?: ReaderPerson): May => {
  const by = person && actorOf(ticket, person);
  const isTheirs = by ? isReserver(ticket, by) : reservationOf(ticket) !== undefined;
  return (action) =>
    (allows(ticket, action) || (isTheirs && RULES[action] === owner && ALLOWED.in_progress.includes(action))) &&
    (SENSE[action]?.(ticket) ?? true) &&
    (by ? mayRole(by, action) && RULES[action](ticket, by, action) : RULES[action] !== never);
};

/** Whether the reader may start to act for the owner: anyone who works tickets, but not the owner. */
export const mayCover = (ticket: Ticket, person?: ReaderPerson): boolean => {
  const of = ownerOf(ticket);
  return (
    of !== undefined &&
    allows(ticket, 'resolve') &&
    (!person || (person.id !== of.id && !person.actingFor && mayRole(person, 'start-cover')))
  );
};
