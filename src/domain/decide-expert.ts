import type { CommandOf } from './commands.ts';
import { type Decision, optionalText, reasonFault, textFault } from './decision.ts';
import { helperDue } from './due.ts';
import { stepOn } from './decide-envelope.ts';
import type { EnvelopeAction, EnvelopeRow } from './envelope.ts';
import type { EventOf } from './events.ts';
import type { Desk } from './policy.ts';
import { type Refusal, refuse } from './refusals.ts';
import { mayHelp } from './roles.ts';
import { isMember, membersOf } from './roster.ts';
import { ownerOf, type Ticket } from './ticket.ts';
import { type Instant, type PersonActor, type PersonRef, refOf } from './values.ts';

/** What those do who help: the team that is asked, and the expert who took it. */

const isTeamLead = ({ roster }: Desk, row: EnvelopeRow, by: PersonActor): boolean =>
  roster.team(row.teamId)?.lead === by.id;

/** Asked are the one it was offered to, or everyone of the team; its lead always; the owner never, nor whoever acts for them. */
const isAsked = (
  ticket: Ticket,
  { row, by }: { row: EnvelopeRow; by: PersonActor },
  desk: Desk,
): Refusal | undefined => {
  if (ownerOf(ticket)?.id === by.id || by.actingFor) return refuse('expert-is-owner');
  if (row.offeredTo?.id === by.id || isTeamLead(desk, row, by)) return undefined;
  if (row.offeredTo) return refuse('envelope-offered', { owner: row.offeredTo });
  return isMember(desk.roster, row.teamId, by.id) ? undefined : refuse('not-a-member');
};

/** The first who accepts has it; the second learns who. */
export const acceptEnvelope = (ticket: Ticket, command: CommandOf<'accept-envelope'>, desk: Desk): Decision => {
  const { at, by, seq, wip } = command;
  const taken = ticket.envelopes?.find((row) => row.seq === seq)?.expert;
  const step = stepOn(ticket, seq, 'accept-envelope');
  if ('refused' in step)
    return step.refused === 'envelope-not-now' && taken ? refuse('envelope-taken', { owner: taken }) : step;
  const over = wip && wip.active >= wip.limit ? { overLimit: wip } : {};
  return isAsked(ticket, { row: step, by }, desk) ?? [{ type: 'EnvelopeAccepted', at, by, seq, ...over }];
};

/** Who is asked next: the first member who has not declined, is not the owner and is here; then the lead; then nobody. */
const nextAsked = (
  ticket: Ticket,
  { row, by, at }: { row: EnvelopeRow; by: PersonActor; at: Instant },
  { roster }: Desk,
): Pick<EventOf<'EnvelopeDeclined'>, 'next' | 'leadAsked' | 'ended'> => {
  const gone = new Set([...row.declinedBy, by.id]);
  const owner = ownerOf(ticket)?.id;
  const left = membersOf(roster, row.teamId).filter((each) => !gone.has(each.id) && each.id !== owner && mayHelp(each));
  const lead = roster.team(row.teamId)?.lead;
  const others = left.filter(({ id, absentUntil }) => id !== lead && (absentUntil === undefined || absentUntil <= at));
  if (others.length > 0) return row.offeredTo ? { next: refOf(others[0] as PersonRef) } : {};
  const leader = lead === undefined || gone.has(lead) || lead === owner ? undefined : roster.person(lead);
  return leader ? { next: refOf(leader), leadAsked: true } : { ended: true };
};

export const declineEnvelope = (ticket: Ticket, command: CommandOf<'decline-envelope'>, desk: Desk): Decision => {
  const { at, by, seq, reason } = command;
  const row = stepOn(ticket, seq, 'decline-envelope');
  if ('refused' in row) return row;
  return (
    isAsked(ticket, { row, by }, desk) ??
    reasonFault(reason, desk) ?? [
      { type: 'EnvelopeDeclined', at, by, seq, text: reason.trim(), ...nextAsked(ticket, { row, by, at }, desk) },
    ]
  );
};

const onlyExpert = (row: EnvelopeRow, by: PersonActor): Refusal | undefined =>
  row.expert?.id === by.id ? undefined : refuse('only-the-expert', row.expert ? { owner: row.expert } : {});

/** Back to the team: by the expert, or by the team's lead. */
export const releaseEnvelope = (ticket: Ticket, command: CommandOf<'release-envelope'>, desk: Desk): Decision => {
  const { at, by, seq, reason } = command;
  const row = stepOn(ticket, seq, 'release-envelope');
  if ('refused' in row) return row;
  const fault = reason?.trim() ? textFault(reason, desk) : undefined;
  return (
    (isTeamLead(desk, row, by) ? undefined : onlyExpert(row, by)) ??
    fault ?? [
      { type: 'EnvelopeReleased', at, by, seq, ...optionalText(reason), olaAt: helperDue(ticket, row, { at, desk }) },
    ]
  );
};

interface OwnStep {
  readonly seq: number;
  readonly by: PersonActor;
  readonly action: EnvelopeAction;
}

const ownStep = (ticket: Ticket, { seq, by, action }: OwnStep): EnvelopeRow | Refusal => {
  const row = stepOn(ticket, seq, action);
  return 'refused' in row ? row : (onlyExpert(row, by) ?? row);
};

export const queryOwner = (ticket: Ticket, { at, by, seq, text }: CommandOf<'query-owner'>, desk: Desk): Decision => {
  const row = ownStep(ticket, { seq, by, action: 'query-owner' });
  if ('refused' in row) return row;
  return textFault(text, desk) ?? [{ type: 'OwnerQueried', at, by, seq, text: text.trim() }];
};

/** A result is required. `not_ours` never moves the ticket: it says who else could help. */
export const completeEnvelope = (ticket: Ticket, command: CommandOf<'complete-envelope'>, desk: Desk): Decision => {
  const { at, by, seq, result, outcome = 'solved', toTeamId } = command;
  const row = ownStep(ticket, { seq, by, action: 'complete-envelope' });
  if ('refused' in row) return row;
  if (toTeamId !== undefined && !desk.roster.team(toTeamId)) return refuse('team-unknown');
  if (toTeamId === row.teamId) return refuse('same-team');
  const to = outcome === 'not_ours' && toTeamId !== undefined ? { toTeamId } : {};
  return textFault(result, desk) ?? [{ type: 'EnvelopeCompleted', at, by, seq, text: result.trim(), outcome, ...to }];
};
