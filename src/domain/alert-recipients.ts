import type { AlertRecipient, RecipientReason } from './alert-events.ts';
import type { AlertDelivery, AlertLevel } from './alert-rules.ts';
import type { AlertClock } from './alert.ts';
import type { Rung } from './alert-levels.ts';
import type { Desk } from './policy.ts';
import { mayHelp, mayOwn } from './roles.ts';
import { isOnShift, managerOf, membersOf, type Person, type Roster, supervisorOf } from './roster.ts';
import { ownerOf, type Ticket } from './ticket.ts';
import type { Instant, PersonId } from './values.ts';

/** A queue of many is not told one by one. */
const MOST_TECHS = 25;

export interface Telling {
  readonly ticket: Ticket;
  readonly clock: AlertClock;
  readonly rung: Rung;
  /** All levels of the clock: who joined at a lower one is told as that one says. */
  readonly rungs: readonly Rung[];
  readonly at: Instant;
  /** Who acts in the owner's place now. */
  readonly deputies: readonly PersonId[];
}

interface Candidate {
  readonly person: Person;
  readonly because: RecipientReason;
}

const isAway = ({ absentUntil }: Person, at: Instant): boolean => absentUntil !== undefined && absentUntil > at;

const known = (roster: Roster, ids: readonly (PersonId | undefined)[]): readonly Person[] =>
  ids.flatMap((id) => (id === undefined ? [] : (roster.person(id) ?? [])));

const as =
  (because: RecipientReason) =>
  (person: Person): Candidate => ({ person, because });

/** Never nobody: whom the configuration names, else the admins, else the managers, else the leads, else everybody. */
export const fallbackOf = ({ policy, roster }: Desk): readonly Person[] => {
  const named = known(roster, policy.alertFallback);
  const everybody = roster.people();
  const roles = (['admin', 'manager', 'team_lead'] as const).map((role) =>
    everybody.filter((each) => each.roles.includes(role)),
  );
  return [named, ...roles, everybody].find((people) => people.length > 0) ?? [];
};

/**
 * Level 1: the owner or the expert; where nobody has it the techs on duty, else whoever is on call, else the team's lead.
 * Outside their hours the one on call stands in.
 */
const techsOf = (telling: Telling, desk: Desk): readonly Candidate[] => {
  const { ticket, clock, at } = telling;
  const team = desk.roster.team(clock.teamId);
  const asker = clock.subject === 'envelope' ? ownerOf(ticket)?.id : undefined;
  const onCall = known(desk.roster, team?.onCall ?? []).filter((each) => !isAway(each, at) && each.id !== asker);
  const held = holderOf(telling, desk);
  const isOnCall = onCall.some(({ id }) => id === held?.person.id);
  if (held && (isOnShift(held.person, at) || isOnCall || onCall.length === 0)) return [held];
  if (held) return onCall.map(as('on-call'));
  const onDuty = membersOf(desk.roster, clock.teamId).filter(
    (each) => isTech(each, clock) && isOnShift(each, at) && !isAway(each, at) && each.id !== ownerOf(ticket)?.id,
  );
  if (onDuty.length > 0) return onDuty.slice(0, MOST_TECHS).map(as('on-duty'));
  if (onCall.length > 0) return onCall.map(as('on-call'));
  return known(desk.roster, [team?.lead]).map(as('lead'));
};

const isTech = (person: Person, { subject }: AlertClock): boolean =>
  subject === 'ticket'
    ? mayOwn(person) && person.roles.includes('agent')
    : mayHelp(person) && (person.roles.includes('expert') || person.roles.includes('agent'));

/** Whoever has it: the ticket's owner, the envelope's expert, or the one person who is asked. */
const holderOf = ({ ticket, clock }: Telling, { roster }: Desk): Candidate | undefined => {
  if (clock.envelope === undefined) {
    const owner = ownerOf(ticket);
    const person = owner && roster.person(owner.id);
    return person && { person, because: 'owner' };
  }
  const row = ticket.envelopes?.find(({ seq }) => seq === clock.envelope);
  const holder = row?.expert ?? row?.offeredTo;
  const person = holder && roster.person(holder.id);
  return person && { person, because: row?.expert ? 'expert' : 'asked' };
};

/** Where a person is away, whoever stands in for them is told as well. */
const withStandIns = (
  candidates: readonly Candidate[],
  { at, deputies }: Telling,
  { roster }: Desk,
): readonly Candidate[] =>
  candidates.flatMap((each) => [
    each,
    ...(isAway(each.person, at) ? known(roster, [each.person.backup]).map(as('backup')) : []),
    ...(each.because === 'owner' ? known(roster, deputies).map(as('deputy')) : []),
  ]);

/** Each tech's supervisor, for help the asked team's lead; where there is none the managers above, else the fallback. */
const supervisorsOf = (techs: readonly Candidate[], { clock }: Telling, desk: Desk): readonly Candidate[] => {
  const { roster } = desk;
  const team = roster.team(clock.teamId);
  const above =
    clock.subject === 'ticket'
      ? techs.flatMap(({ person, because }) => (because === 'lead' ? [] : (supervisorOf(roster, person) ?? [])))
      : known(roster, [team?.lead]);
  if (above.length > 0) return above.map(as('supervisor'));
  const isNew = ({ person: { id } }: Candidate): boolean => techs.every(({ person }) => person.id !== id);
  const next = [
    ...known(roster, [team?.lead]).map(as('supervisor')),
    ...known(roster, [team?.manager]).map(as('manager')),
  ].find(isNew);
  return next ? [next] : managersAbove(techs, desk);
};

const managersAbove = (below: readonly Candidate[], desk: Desk): readonly Candidate[] => {
  const found = below.flatMap(({ person }) => managerOf(desk.roster, person) ?? []);
  return found.length > 0 ? found.map(as('manager')) : fallbackOf(desk).map(as('fallback'));
};

const managersOf = (below: readonly Candidate[], { clock }: Telling, desk: Desk): readonly Candidate[] => {
  const own = known(desk.roster, [desk.roster.team(clock.teamId)?.manager]);
  return own.length > 0 ? own.map(as('manager')) : managersAbove(below, desk);
};

const ROLES = ['tech', 'supervisor', 'manager'] as const;

/** Who is told at this level, each once, in the lowest part they have; never nobody. */
export const recipientsOf = (telling: Telling, desk: Desk): readonly AlertRecipient[] => {
  const { rung } = telling;
  const found = techsOf(telling, desk);
  const techs = found.length > 0 ? found : fallbackOf(desk).map(as('fallback'));
  const supervisors = rung.level >= 2 ? supervisorsOf(techs, telling, desk) : [];
  const managers = rung.level >= 3 ? managersOf([...techs, ...supervisors], telling, desk) : [];
  const told = [techs, supervisors, managers].flatMap((candidates, index) =>
    withStandIns(candidates, telling, desk).map(({ person, because }): AlertRecipient => ({
      id: person.id,
      name: person.name,
      as: ROLES[index] ?? 'tech',
      because,
      delivery: deliveryFor((index + 1) as AlertLevel, telling),
    })),
  );
  return [...new Map(told.toReversed().map((each) => [each.id, each])).values()].toReversed();
};

/** As the level says at which this part joins; where that one is disabled, as the level that is raised. */
const deliveryFor = (joined: AlertLevel, { rungs, rung }: Telling): Exclude<AlertDelivery, 'off'> => {
  const rule = rungs.find(({ level }) => level === joined)?.rule ?? rung.rule;
  return rule.delivery === 'digest' ? 'digest' : 'card';
};
