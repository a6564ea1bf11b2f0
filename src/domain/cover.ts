import { type Refusal, refuse } from './refusals.ts';
import { isLead, mayOwn } from './roles.ts';
import { isOnCall, isOnShift, type Roster } from './roster.ts';
import type { Desk } from './policy.ts';
import { ownerOf, type Ticket } from './ticket.ts';
import {
  type Instant,
  instantOf,
  millisecondsOf,
  type PersonActor,
  type PersonId,
  type PersonRef,
  type TicketId,
} from './values.ts';

/**
 * Acting cover: for a limited time a deputy acts in an owner's place. The owner stays the owner, inside the desk both names
 * are read ("Ben for Anna"), and the customer reads the owner's.
 */
export interface Cover {
  readonly id: string;
  readonly owner: PersonRef;
  readonly deputy: PersonRef;
  readonly from: Instant;
  readonly until: Instant;
  readonly startedBy: PersonRef;
  readonly ground: 'owner' | 'lead' | 'absence' | 'teammate' | 'on-call';
  readonly reason?: string;
  /** Only this ticket: a teammate who steps in once. */
  readonly ticketId?: TicketId;
  /** The owner has the card that says what was done in their name. */
  readonly told?: true;
}

const DAY = 86_400_000;

const isActive = (cover: Cover, at: Instant): boolean => cover.from <= at && at < cover.until;

export interface Acting {
  readonly ticket: Ticket;
  readonly by: PersonActor;
  readonly covers: readonly Cover[];
  readonly roster: Roster;
  readonly at: Instant;
}

/** Whose place this person takes in an act on the ticket: by a cover, or as the one on call while the owner is off shift. */
export const actingFor = ({ ticket, by, covers, roster, at }: Acting): PersonRef | undefined => {
  const owner = ownerOf(ticket);
  if (!owner || owner.id === by.id) return undefined;
  const covered = covers.some(
    (cover) =>
      cover.owner.id === owner.id &&
      cover.deputy.id === by.id &&
      isActive(cover, at) &&
      (cover.ticketId === undefined || cover.ticketId === ticket.id),
  );
  const person = roster.person(owner.id);
  const onCall = person !== undefined && !isOnShift(person, at) && isOnCall(roster, ticket.teamId, by.id);
  return covered || onCall ? owner : undefined;
};

export interface CoverWish {
  readonly owner: PersonId;
  readonly deputy: PersonId;
  readonly until: Instant;
  readonly reason?: string;
  readonly ticketId?: TicketId;
}

export interface CoverAsked {
  readonly wish: CoverWish;
  readonly by: PersonActor;
  readonly at: Instant;
  /** Covers of this owner, past ones too. */
  readonly earlier: readonly Cover[];
}

const sharesTeam = (roster: Roster, a: PersonId, b: PersonId): boolean =>
  (roster.person(a)?.teams ?? []).some((team) => roster.person(b)?.teams.includes(team));

/** On what ground somebody may start it: as the owner, as a lead, or as a teammate for one ticket, once. */
const groundOf = ({ wish, by, earlier }: CoverAsked, { roster }: Desk): Cover['ground'] | Refusal => {
  if (by.id === wish.owner) return 'owner';
  if (isLead(by)) return 'lead';
  const known = roster.person(wish.owner);
  const owner = known && { id: known.id, name: known.name };
  if (by.id !== wish.deputy || !wish.ticketId || !sharesTeam(roster, by.id, wish.owner))
    return refuse('only-the-owner', owner ? { owner } : {});
  if (!wish.reason?.trim()) return refuse('reason-missing');
  const before = earlier.some(({ deputy, ticketId }) => deputy.id === by.id && ticketId === wish.ticketId);
  return before ? refuse('cover-once', owner ? { owner } : {}) : 'teammate';
};

/** The cover somebody asks for, or why not. A teammate's lasts a day at most, any other no longer than a leave that moves tickets. */
export const startCover = (asked: CoverAsked, desk: Desk, id: string): Cover | Refusal => {
  const { wish, by, at } = asked;
  const owner = desk.roster.person(wish.owner);
  const deputy = desk.roster.person(wish.deputy);
  if (!owner || !deputy) return refuse('person-unknown');
  if (owner.id === deputy.id || !mayOwn(deputy))
    return refuse('may-not-own', { owner: { id: deputy.id, name: deputy.name } });
  if (wish.until <= at) return refuse('due-date-past');
  const ground = groundOf(asked, desk);
  if (typeof ground !== 'string') return ground;
  const longest = ground === 'teammate' ? 1 : desk.policy.longestAbsenceDays;
  if (wish.until > instantOf(millisecondsOf(at) + longest * DAY)) return refuse('cover-too-long', { limit: longest });
  return {
    id,
    owner: { id: owner.id, name: owner.name },
    deputy: { id: deputy.id, name: deputy.name },
    from: at,
    until: wish.until,
    startedBy: { id: by.id, name: by.name },
    ground,
    ...(wish.reason?.trim() ? { reason: wish.reason.trim() } : {}),
    ...(wish.ticketId ? { ticketId: wish.ticketId } : {}),
  };
};

/** Ended by the owner who is back, by the deputy, or by a lead. */
export const mayEndCover = (cover: Cover, by: PersonActor): Refusal | undefined =>
  by.id === cover.owner.id || by.id === cover.deputy.id || isLead(by)
    ? undefined
    : refuse('only-the-owner', { owner: cover.owner });

/** A cover that nobody asked for: the owner is away and has a backup, or was off shift when the one on call stepped in. */
export const coverBySelf = (
  facts: Pick<Cover, 'owner' | 'deputy' | 'from' | 'until'> & { readonly ground: 'absence' | 'on-call' },
): Cover => ({ ...facts, id: `${facts.ground}:${facts.deputy.id}:${facts.until}`, startedBy: facts.deputy });
