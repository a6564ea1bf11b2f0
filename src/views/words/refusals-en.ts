import type { Refusal, RefusalCode } from '../../domain/refusals.ts';
import { actionsEn, stepsEn } from './actions-en.ts';
import { capital, dayOf, envelopesOf, soughtOf } from './refusal-details.ts';

const possible = (refusal: Refusal): string => {
  const actions = soughtOf(refusal).map((action) => actionsEn[action]);
  return actions.length > 0 ? ` Possible now: ${actions.join(', ')}.` : '';
};
const someone = ({ owner }: Refusal, otherwise = 'Someone else'): string => owner?.name ?? otherwise;
const ticket = ({ other }: Refusal): string => other?.number ?? 'the other ticket';
const days = (limit: number | undefined, otherwise: string): string =>
  limit === undefined ? otherwise : limit === 1 ? 'one day' : `${limit} days`;
const until = (refusal: Refusal): string => (refusal.until ? ` until ${dayOf(refusal)}` : ' for a while');

export const refusalsEn: Readonly<Record<RefusalCode, (refusal: Refusal) => string>> = {
  'owner-is-set': (refusal) => `${someone(refusal, 'Someone')} owns this ticket.`,
  'owner-stays': (refusal) =>
    `The owner stays${refusal.owner ? ` ${refusal.owner.name}` : ''}. ${
      refusal.ready ? 'Ask for help instead: one tap below.' : 'Leave an internal note for them.'
    }`,
  'only-by-accept': () => 'Nobody owns this ticket, and only accepting makes an owner. Accept it first.',
  'no-owner-yet': () => 'Nobody owns this ticket yet. Accept it first.',
  'only-the-owner': (refusal) =>
    `${someone(refusal)} owns this ticket, and the customer hears one voice. Leave an internal note for them.`,
  reserved: (refusal) => `${someone(refusal)} is just taking this ticket. Look again in a minute, or take another one.`,
  'not-reserved': () => 'You are not taking this ticket, so there is nothing to undo.',
  'not-offered': () => 'This ticket is not offered to you, or no longer. You may accept it as long as nobody owns it.',
  'needs-a-lead': ({ limit }) =>
    limit === undefined
      ? 'A team lead decides this. Ask one, with an internal note.'
      : `This ticket has moved between teams ${limit} times. A team lead decides where it belongs: ask one.`,
  'same-team': () => 'It is with this team already. Choose another one.',
  'not-allowed-now': (refusal) => `That is not possible in this state.${possible(refusal)}`,
  'not-found': () => 'There is no such ticket.',
  'text-missing': () => 'Nothing was sent: the text is empty. Write it and try again.',
  'text-too-long': ({ limit }) =>
    `Nothing was sent: the text is longer than ${limit === undefined ? 'allowed' : `${limit} characters`}. Shorten it and try again.`,
  'reason-missing': () => 'Give a reason. For cancelling it is spam, duplicate or mistake.',
  'follow-up-date-missing': () => 'Choose the day on which to follow up.',
  'follow-up-date-past': () => 'The follow-up day has passed. Choose a later one.',
  'due-date-past': () => 'That time has passed, or is not possible here. Choose another one.',
  'duplicate-target-missing': () => 'Name the other ticket, for example INC-1042.',
  'undo-too-late': (refusal) => `That could be undone${until(refusal)}. Now it stands: go on from here.`,
  'reopen-too-late': (refusal) => `This ticket could be reopened${until(refusal)}. Make a new ticket instead.`,
  'role-may-not': () => 'Your role may not do this. Ask a team lead.',
  'no-address': () =>
    'We have no mail address of this customer, so nothing was sent. Leave a note, or resolve the ticket.',
  'team-unknown': () => 'Choose a team.',
  'person-unknown': () => 'The desk does not know this person. Choose somebody from the list.',
  'may-not-own': (refusal) =>
    `${someone(refusal, 'This person')} cannot be the owner here. Choose another agent or lead.`,
  'transfer-not-exceptional': ({ limit }) =>
    `An owner changes only when they leave, or are away for more than ${days(limit, 'a month')}. Ask for help, or start a cover.`,
  'leave-too-short': ({ limit }) =>
    `Nobody loses tickets for a leave of ${days(limit, 'a month')} or less. Start a cover for that time.`,
  'evidence-missing': () => 'Write what shows that they leave or are away. It stays on record.',
  'no-transfer-proposed': () => 'No new owner is proposed, or no longer. The owner stays.',
  'not-in-line': (refusal) =>
    `Only those who answer for ${someone(refusal, 'the owner')} may do this: a supervisor proposes, a manager confirms. Ask one of them.`,
  'four-eyes': (refusal) =>
    `Two people decide this: neither who proposed it nor ${someone(refusal, 'the owner')} may confirm. Ask another manager.`,
  'cover-too-long': ({ limit }) => `A cover lasts ${days(limit, 'a month')} at most. Choose an earlier end.`,
  'cover-once': (refusal) =>
    `You have covered this ticket once already. Ask ${someone(refusal, 'the owner')} or a lead to start the next cover.`,
  'envelope-unknown': () => 'This ticket has no such request for help. Look at the ticket as it is now.',
  'envelope-not-now': ({ steps = [] }) =>
    steps.length > 0
      ? `The request for help is not in that state. Possible now: ${steps.map((step) => stepsEn[step]).join(', ')}.`
      : 'This request for help has ended. The owner can ask anew.',
  'envelope-taken': (refusal) => `${someone(refusal)} is helping already. There is nothing for you to do.`,
  'envelope-offered': (refusal) =>
    `${someone(refusal)} was asked in person. If they decline, the next of the team is asked.`,
  'envelopes-still-open': (refusal) => {
    const open = envelopesOf(refusal);
    return `Some requests for help are unanswered${open && `: ${open}`}. Wait for the answers, or withdraw them all.`;
  },
  'expert-is-owner': () => 'Nobody helps with their own ticket. Ask another person, or a team.',
  'only-the-expert': (refusal) => `${someone(refusal)} is helping with this. Leave an internal note for them.`,
  'not-a-member': () => 'Only members of the team that was asked may do this. Leave an internal note instead.',
  'nobody-to-ask': () => 'Nobody in that team can be asked. Choose another team.',
  'too-many': ({ limit }) =>
    `That is too many${limit === undefined ? '' : `: ${limit} at most`}. Try again with fewer.`,
  'task-unknown': () => 'This ticket has no such task. Look at the ticket as it is now.',
  'task-not-now': () => 'This task is done or cancelled already. Add a new one if there is more to do.',
  'merge-target-missing': () => 'There is no such ticket to merge into. Check the number, for example INC-1042.',
  'merge-cycle': (refusal) => `Merging into ${ticket(refusal)} would lead back to this ticket. Name another one.`,
  'merge-ended': (refusal) => `${capital(ticket(refusal))} is no longer open. Name one that is.`,
  'merge-other-customer': (refusal) =>
    `${capital(ticket(refusal))} belongs to another customer. Link both to one parent instead.`,
  'merge-needs-yes': (refusal) =>
    `Somebody else owns ${ticket(refusal)}, and they or a lead must agree. Propose the merge instead.`,
  'no-merge-proposed': () => 'No merge is proposed, or no longer. Look at the ticket as it is now.',
  'parent-unknown': () => 'There is no such ticket to link to. Check the number, for example INC-1042.',
  'parent-is-child': (refusal) =>
    `Links have two levels and no more, so this does not work with ${ticket(refusal)}. Use the ticket at the top.`,
  'not-linked': () => 'This ticket is not linked to that parent, or no longer.',
  'already-major': (refusal) =>
    `This is a major incident already; ${someone(refusal, 'somebody')} coordinates it. Send the news there.`,
  'not-major': () => 'This is no major incident. A manager can declare it one.',
  'not-split': () => 'That ticket was not split off from this one. Check the number.',
  'alert-over': () => 'This alert is over already. There is nothing for you to do.',
  'alert-held': (refusal) => `${someone(refusal)} is on it already. Ask whether you can help.`,
  'no-preview': () => 'Nothing was chosen, or the preview is gone. Choose the tickets again.',
  'not-your-preview': () => 'Somebody else made this preview. Choose the tickets yourself.',
  'busy-try-again': () => 'Several people are changing this ticket. Try again.',
  'unknown-command': () => 'That button is no longer known. Here is the ticket as it is now.',
};
