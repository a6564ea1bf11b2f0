import type { CommandOf } from './commands.ts';
import { type Decision, reasonFault } from './decision.ts';
import { retargetedDue } from './due.ts';
import { notNow, mayEnd } from './ownership.ts';
import { type Desk, priorityOf } from './policy.ts';
import { refuse } from './refusals.ts';
import { isLead } from './roles.ts';
import { allows } from './lifecycle.ts';
import type { Ticket } from './ticket.ts';
import { type Instant, oneLine, type Priority } from './values.ts';

/** Only another priority is another promise: sorting alone wins nobody time. */
const dueWith = (ticket: Ticket, to: { readonly at: Instant; readonly priority: Priority }, desk: Desk): Instant =>
  to.priority === ticket.priority ? ticket.dueAt : retargetedDue(ticket, to, desk);

/** How bad and how soon. What a lead has set stands, whatever the nine cells say. */
export const triage = (ticket: Ticket, command: CommandOf<'triage'>, desk: Desk): Decision => {
  const { at, by, impact = ticket.impact, urgency = ticket.urgency } = command;
  const refused = mayEnd(ticket, 'triage', by);
  if (refused) return refused;
  if (impact === ticket.impact && urgency === ticket.urgency) return [];
  const priority = ticket.overridden ?? priorityOf(desk.policy, impact, urgency);
  return [
    {
      type: 'TicketTriaged',
      at,
      by,
      priority,
      dueAt: dueWith(ticket, { at, priority }, desk),
      ...(impact ? { impact } : {}),
      ...(urgency ? { urgency } : {}),
    },
  ];
};

export const overridePriority = (ticket: Ticket, command: CommandOf<'override-priority'>, desk: Desk): Decision => {
  const { at, by, priority, reason } = command;
  if (!isLead(by)) return refuse('needs-a-lead');
  if (!allows(ticket, 'override-priority')) return notNow(ticket);
  return (
    reasonFault(reason, desk) ?? [
      {
        type: 'PriorityOverridden',
        at,
        by,
        priority,
        dueAt: dueWith(ticket, { at, priority }, desk),
        text: reason.trim(),
      },
    ]
  );
};

export const setType = (ticket: Ticket, { at, by, ticketType }: CommandOf<'set-type'>): Decision =>
  mayEnd(ticket, 'set-type', by) ?? (ticket.type === ticketType ? [] : [{ type: 'TypeSet', at, by, ticketType }]);

const LONGEST_TAG = 30;

/** Small letters, each once, in the order of the alphabet: the same tags are the same, however they were typed. */
export const tag = (ticket: Ticket, { at, by, tags }: CommandOf<'tag'>, desk: Desk): Decision => {
  if (!allows(ticket, 'tag')) return notNow(ticket);
  const clean = [...new Set(tags.map((each) => oneLine(each, LONGEST_TAG).toLowerCase()).filter(Boolean))].sort();
  if (clean.length > desk.policy.mostTags) return refuse('too-many', { limit: desk.policy.mostTags });
  return clean.join('\n') === (ticket.tags ?? []).join('\n') ? [] : [{ type: 'TicketTagged', at, by, tags: clean }];
};
