import type { AcceptEnvelope, AddTask, CompleteEnvelope } from '../../src/domain/envelope-commands.ts';
import type { Contract } from '../../src/domain/envelope.ts';
import { type PersonActor, type PersonRef, refOf, type TeamId } from '../../src/domain/values.ts';
import { type Deed, does, network } from './deeds.ts';

/** Help asked and given. Without a number the first envelope is meant. */
type Asked = Partial<Contract> & { readonly teamId?: TeamId | 'none'; readonly expert?: PersonRef };

export const asksForHelp = (by: PersonActor, { teamId = network, expert, ...contract }: Asked = {}): Deed =>
  does({
    type: 'request-envelope',
    by,
    question: 'Is the line to the printer down?',
    ...(teamId === 'none' ? {} : { teamId }),
    ...(expert ? { expert: refOf(expert) } : {}),
    ...contract,
  });
export const editsEnvelope = (by: PersonActor, contract: Partial<Contract> = {}, seq = 1): Deed =>
  does({ type: 'edit-envelope', by, seq, question: 'Is the line on floor 2 down?', ...contract });
export const acceptsEnvelope = (by: PersonActor, seq = 1, wip?: AcceptEnvelope['wip']): Deed =>
  does({ type: 'accept-envelope', by, seq, ...(wip ? { wip } : {}) });
export const declinesEnvelope = (by: PersonActor, reason = 'I am on leave tomorrow.', seq = 1): Deed =>
  does({ type: 'decline-envelope', by, seq, reason });
export const releasesEnvelope = (by: PersonActor, reason?: string, seq = 1): Deed =>
  does({ type: 'release-envelope', by, seq, ...(reason === undefined ? {} : { reason }) });
export const queriesOwner = (by: PersonActor, text = 'Which floor?', seq = 1): Deed =>
  does({ type: 'query-owner', by, seq, text });
export const answersQuery = (by: PersonActor, text = 'The second.', seq = 1): Deed =>
  does({ type: 'answer-query', by, seq, text });
export const completesEnvelope = (
  by: PersonActor,
  result = 'The cable was broken; it is replaced.',
  { seq = 1, ...details }: Partial<Pick<CompleteEnvelope, 'seq' | 'outcome' | 'toTeamId'>> = {},
): Deed => does({ type: 'complete-envelope', by, seq, result, ...details });
export const confirmsEnvelope = (by: PersonActor, seq = 1): Deed => does({ type: 'confirm-envelope', by, seq });
export const sendsBack = (by: PersonActor, reason = 'It still blinks.', seq = 1): Deed =>
  does({ type: 'send-back', by, seq, reason });
export const withdrawsEnvelope = (by: PersonActor, reason?: string, seq = 1): Deed =>
  does({ type: 'withdraw-envelope', by, seq, ...(reason === undefined ? {} : { reason }) });
export const withdrawsAll = (by: PersonActor, reason?: string): Deed =>
  does({ type: 'withdraw-all', by, ...(reason === undefined ? {} : { reason }) });

/** To-dos. Without a number the first one is meant. */
export const addsTask = (
  by: PersonActor,
  title = 'Order a cable',
  { assignee, ...details }: Partial<Pick<AddTask, 'assignee' | 'dueAt' | 'envelope'>> = {},
): Deed => does({ type: 'add-task', by, title, ...(assignee ? { assignee: refOf(assignee) } : {}), ...details });
export const assignsTask = (by: PersonActor, assignee: PersonRef, seq = 1): Deed =>
  does({ type: 'assign-task', by, seq, assignee: refOf(assignee) });
export const finishesTask = (by: PersonActor, seq = 1): Deed => does({ type: 'finish-task', by, seq });
export const cancelsTask = (by: PersonActor, seq = 1): Deed => does({ type: 'cancel-task', by, seq });
