import type { CommandOf } from './commands.ts';
import { type Decision, optionalText, reasonFault, textFault } from './decision.ts';
import { agreedDue, helpDueFrom, helperDue, sentBackDue } from './due.ts';
import {
  type Contract,
  ENVELOPE_ALLOWED,
  type EnvelopeAction,
  type EnvelopeRow,
  isOngoing,
  isUnanswered,
} from './envelope.ts';
import type { TicketEvent } from './events.ts';
import { mayWork } from './ownership.ts';
import type { Desk } from './policy.ts';
import { type Refusal, refuse } from './refusals.ts';
import { mayHelp } from './roles.ts';
import { isMember, membersOf } from './roster.ts';
import { ownerOf, type Ticket } from './ticket.ts';
import { type Actor, type Instant, oneLine, type PersonRef, refOf, type TeamId } from './values.ts';

const rowOf = (ticket: Ticket, seq: number): EnvelopeRow | undefined =>
  ticket.envelopes?.find((row) => row.seq === seq);

/** The row a command names, in a state that allows the step; else what would be allowed. */
export const stepOn = (ticket: Ticket, seq: number, action: EnvelopeAction): EnvelopeRow | Refusal => {
  const row = rowOf(ticket, seq);
  if (!row) return refuse('envelope-unknown');
  return ENVELOPE_ALLOWED[row.state].includes(action)
    ? row
    : refuse('envelope-not-now', { steps: ENVELOPE_ALLOWED[row.state], ...(row.expert ? { owner: row.expert } : {}) });
};

const contractFault = (contract: Contract, at: Instant, desk: Desk): Refusal | undefined => {
  const limit = desk.policy.contractLimit;
  const tooLong = [contract.stepsTried, contract.doneWhen].find((text) => text !== undefined && text.length > limit);
  if (tooLong !== undefined) return refuse('text-too-long', { limit, text: tooLong });
  if ((contract.skills?.length ?? 0) > desk.policy.mostSkills)
    return refuse('too-many', { limit: desk.policy.mostSkills });
  if (contract.dueAt !== undefined && contract.dueAt <= at) return refuse('due-date-past');
  return textFault(contract.question, desk, limit);
};

const contractOf = ({ question, stepsTried, doneWhen, dueAt, skills }: Contract): Contract => ({
  question: question.trim(),
  ...(stepsTried?.trim() ? { stepsTried: stepsTried.trim() } : {}),
  ...(doneWhen?.trim() ? { doneWhen: doneWhen.trim() } : {}),
  ...(dueAt ? { dueAt } : {}),
  ...(skills?.length ? { skills: skills.map((skill) => oneLine(skill, 50)) } : {}),
});

interface Asked {
  readonly teamId: TeamId;
  readonly offeredTo?: PersonRef;
}

/** Who is asked: the team, or one person of it. The owner never helps themself. */
const askedOf = (ticket: Ticket, command: CommandOf<'request-envelope'>, desk: Desk): Asked | Refusal => {
  const { roster } = desk;
  const person = command.expert && roster.person(command.expert.id);
  if (command.expert && !person) return refuse('person-unknown');
  const owner = ownerOf(ticket);
  if (person && (person.id === owner?.id || person.id === command.by.id)) return refuse('expert-is-owner');
  const teamId = command.teamId ?? person?.teams[0] ?? (person ? ticket.teamId : undefined);
  const team = teamId === undefined ? undefined : roster.team(teamId);
  if (!team) return refuse('team-unknown');
  const outside = person && command.teamId && !isMember(roster, team.id, person.id);
  if (outside || (person && !mayHelp(person))) return refuse('not-a-member');
  if (person) return { teamId: team.id, offeredTo: refOf(person) };
  const others = membersOf(roster, team.id).filter((each) => each.id !== owner?.id && mayHelp(each));
  return others.length > 0 ? { teamId: team.id } : refuse('nobody-to-ask');
};

export const requestEnvelope = (ticket: Ticket, command: CommandOf<'request-envelope'>, desk: Desk): Decision => {
  const { at, by } = command;
  const refused = mayWork(ticket, 'request-envelope', by) ?? contractFault(command, at, desk);
  if (refused) return refused;
  const asked = askedOf(ticket, command, desk);
  if ('refused' in asked) return asked;
  const open = (ticket.envelopes ?? []).filter(isOngoing).length;
  if (open >= desk.policy.mostOpenEnvelopes) return refuse('too-many', { limit: desk.policy.mostOpenEnvelopes });
  const seq = (ticket.envelopesEver ?? 0) + 1;
  const contract = contractOf(command);
  const olaAt = contract.dueAt ?? helpDueFrom(ticket, asked.teamId, { at, desk });
  return [{ type: 'EnvelopeRequested', at, by, seq, ...asked, ...contract, olaAt }];
};

export const editEnvelope = (ticket: Ticket, command: CommandOf<'edit-envelope'>, desk: Desk): Decision => {
  const { at, by, seq } = command;
  const row = mayWork(ticket, 'edit-envelope', by) ?? stepOn(ticket, seq, 'edit-envelope');
  if ('refused' in row) return row;
  const contract = contractOf(command);
  const olaAt = contract.dueAt ?? agreedDue(ticket, row, desk);
  return contractFault(command, at, desk) ?? [{ type: 'EnvelopeEdited', at, by, seq, ...contract, olaAt }];
};

export const withdrawEnvelope = (ticket: Ticket, command: CommandOf<'withdraw-envelope'>, desk: Desk): Decision => {
  const { at, by, seq, reason } = command;
  const row = mayWork(ticket, 'withdraw-envelope', by) ?? stepOn(ticket, seq, 'withdraw-envelope');
  if ('refused' in row) return row;
  const fault = reason?.trim() ? textFault(reason, desk) : undefined;
  return fault ?? [{ type: 'EnvelopeWithdrawn', at, by, seq, ...optionalText(reason) }];
};

export const withdrawAll = (ticket: Ticket, { at, by, reason }: CommandOf<'withdraw-all'>, desk: Desk): Decision => {
  const fault = reason?.trim() ? textFault(reason, desk) : undefined;
  return mayWork(ticket, 'withdraw-all', by) ?? fault ?? withdrawn(ticket, { at, by }, reason);
};

/** Every unanswered envelope ends: the experts are told that they need not go on. */
export const withdrawn = (
  ticket: Ticket,
  { at, by }: Pick<CommandOf<'withdraw-all'>, 'at' | 'by'>,
  reason?: string,
): readonly TicketEvent[] =>
  (ticket.envelopes ?? [])
    .filter(isUnanswered)
    .map(({ seq }) => ({ type: 'EnvelopeWithdrawn', at, by, seq, ...optionalText(reason) }));

/** Answers nobody objected to count as accepted. */
export const confirmed = (ticket: Ticket, at: Instant, by: Actor): readonly TicketEvent[] =>
  (ticket.envelopes ?? []).flatMap((row) =>
    row.state === 'completed' && row.expert
      ? [{ type: 'EnvelopeConfirmed', at, by, seq: row.seq, expert: row.expert }]
      : [],
  );

/** A ticket is not resolved over the heads of those who were asked. */
export const stillOpen = (ticket: Ticket): Refusal | undefined => {
  const open = (ticket.envelopes ?? []).filter(isUnanswered);
  return open.length === 0
    ? undefined
    : refuse('envelopes-still-open', {
        envelopes: open.map(({ seq, teamId, expert }) => ({ seq, teamId, ...(expert ? { expert } : {}) })),
      });
};

export const answerQuery = (ticket: Ticket, command: CommandOf<'answer-query'>, desk: Desk): Decision => {
  const { at, by, seq, text } = command;
  const row = mayWork(ticket, 'answer-query', by) ?? stepOn(ticket, seq, 'answer-query');
  if ('refused' in row) return row;
  return (
    textFault(text, desk) ?? [
      { type: 'QueryAnswered', at, by, seq, text: text.trim(), olaAt: helperDue(ticket, row, { at, desk }) },
    ]
  );
};

export const confirmEnvelope = (ticket: Ticket, { at, by, seq }: CommandOf<'confirm-envelope'>): Decision => {
  const row = mayWork(ticket, 'confirm-envelope', by) ?? stepOn(ticket, seq, 'confirm-envelope');
  if ('refused' in row) return row;
  return row.expert ? [{ type: 'EnvelopeConfirmed', at, by, seq, expert: row.expert }] : [];
};

export const sendBack = (ticket: Ticket, { at, by, seq, reason }: CommandOf<'send-back'>, desk: Desk): Decision => {
  const row = mayWork(ticket, 'send-back', by) ?? stepOn(ticket, seq, 'send-back');
  if ('refused' in row) return row;
  return (
    reasonFault(reason, desk) ?? [
      { type: 'EnvelopeSentBack', at, by, seq, text: reason.trim(), olaAt: sentBackDue(ticket, row, { at, desk }) },
    ]
  );
};
