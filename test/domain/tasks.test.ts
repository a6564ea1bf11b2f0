import { describe, expect, test } from '@jest/globals';
import { isOverdue } from '../../src/domain/task.ts';
import { entryOf } from '../../src/domain/timeline.ts';
import { ana, ben, cancels, eve, network, resolves, vera, zoe } from '../support/deeds.ts';
import { addsTask, asksForHelp, assignsTask, cancelsTask, finishesTask } from '../support/envelope-deeds.ts';
import { acceptedBy, after, days, given, inState, monday, STATUSES, type Step, storyOf } from '../support/given.ts';

const refOf = ({ id, name }: { id: string; name: string }) => ({ id, name });
const one: Step = [acceptedBy(ana), addsTask(ben, 'Order a cable', { assignee: eve })];

describe('a task', () => {
  test('is added by anyone who works here, for themselves unless said otherwise', () => {
    given(acceptedBy(ana))
      .when(addsTask(ben, ' Order a\ncable '))
      .then({ type: 'TaskAdded', by: ben, task: 1, title: 'Order a cable', assignee: refOf(ben) })
      .thenTicket({ tasks: [{ seq: 1, title: 'Order a cable', state: 'open', assignee: refOf(ben) }], tasksEver: 1 });
    given(acceptedBy(ana))
      .when(addsTask(eve))
      .then({ type: 'TaskAdded', assignee: refOf(eve) });
    given(acceptedBy(ana)).when(addsTask(vera)).thenRefused('role-may-not');
    const { effects } = given(acceptedBy(ana)).when(addsTask(ben, 'Order', { assignee: eve }));
    expect(effects).toContainEqual({ kind: 'notice', to: eve.id, reason: 'task-assigned', rev: 3 });
    expect(effects).toContainEqual(
      expect.objectContaining({ kind: 'rows', key: 'ticket-1~t1', on: [`t:${eve.id}`], off: [] }),
    );
  });

  test('has a title, neither blank nor long, and a due time that lies ahead', () => {
    given(acceptedBy(ana)).when(addsTask(ana, ' ')).thenRefused('text-missing');
    given(acceptedBy(ana))
      .when(addsTask(ana, 'x'.repeat(121)))
      .thenRefused('text-too-long', { limit: 120 });
    given(acceptedBy(ana))
      .when(addsTask(ana, 'x'.repeat(120)))
      .then({ type: 'TaskAdded' });
    given(acceptedBy(ana))
      .when(addsTask(ana, 'Call', { dueAt: monday }))
      .thenRefused('due-date-past');
    given(acceptedBy(ana))
      .when(addsTask(ana, 'Call', { assignee: zoe }))
      .thenRefused('person-unknown');
  });

  test('may belong to an envelope of the ticket', () => {
    given(acceptedBy(ana))
      .when(addsTask(ana, 'Call', { envelope: 1 }))
      .thenRefused('envelope-unknown');
    given(acceptedBy(ana), asksForHelp(ana, { teamId: network }))
      .when(addsTask(eve, 'Measure', { envelope: 1 }))
      .then({ type: 'TaskAdded', envelope: 1 });
  });

  test('is taken over, done or cancelled by anyone', () => {
    given(one)
      .when(assignsTask(ana, ben))
      .then({ type: 'TaskAssigned', task: 1, assignee: refOf(ben) });
    given(one).when(assignsTask(ana, eve)).then();
    given(one).when(assignsTask(ana, zoe)).thenRefused('person-unknown');
    given(one).when(finishesTask(ana)).then({ type: 'TaskFinished', task: 1 });
    given(one).when(cancelsTask(ben)).then({ type: 'TaskCancelled', task: 1 });
    expect(given(one).when(assignsTask(ana, ben)).effects).toContainEqual(
      expect.objectContaining({ kind: 'rows', on: [`t:${ben.id}`], off: [`t:${eve.id}`] }),
    );
    expect(given(one).when(finishesTask(ana)).effects).toContainEqual(
      expect.objectContaining({ kind: 'rows', on: [], off: [`t:${eve.id}`] }),
    );
  });

  test('that ended is not ended again; one that never was is unknown', () => {
    for (const ended of [finishesTask(ana), cancelsTask(ana)])
      for (const deed of [finishesTask(ana), cancelsTask(ana), assignsTask(ana, ben)])
        given(one, ended).when(deed).thenRefused('task-not-now');
    given(one).when(finishesTask(ana, 2)).thenRefused('task-unknown');
  });

  test('changes neither owner nor state of its ticket', () => {
    for (const deed of [addsTask(ben), finishesTask(ben), assignsTask(ben, ana)])
      given(one).when(deed).thenTicket({ ownerId: ana.id, status: 'in_progress' });
  });

  test.each(STATUSES)('%s: is added while the ticket is open, and ended at any time', (status) => {
    const open = !['resolved', 'closed', 'cancelled'].includes(status);
    const added = given(inState(ana)[status]).when(addsTask(ana));
    if (open) added.then({ type: 'TaskAdded' });
    else added.thenRefused('not-allowed-now');
  });

  test('of a ticket that has ended is ended, not handed on', () => {
    for (const last of [resolves(ana), cancels(ana, 'mistake')]) {
      given(one, last).when(finishesTask(ana)).then({ type: 'TaskFinished' });
      given(one, last).when(cancelsTask(ana)).then({ type: 'TaskCancelled' });
      given(one, last).when(assignsTask(ana, ben)).thenRefused('not-allowed-now');
    }
  });

  test('twenty are open at most', () => {
    const twenty: Step = Array.from({ length: 20 }, () => addsTask(ana));
    given(acceptedBy(ana), twenty).when(addsTask(ana)).thenRefused('too-many', { limit: 20 });
    given(acceptedBy(ana), twenty, finishesTask(ana, 4)).when(addsTask(ana)).then({ type: 'TaskAdded', task: 21 });
  });

  test('the last to end stays on the ticket, however early it was added: its list learns of the end', () => {
    const seven: Step = Array.from({ length: 7 }, () => addsTask(ana));
    const { ticket, effects } = given(
      acceptedBy(ana),
      seven,
      [2, 3, 4, 5, 6, 7].map((seq) => finishesTask(ana, seq)),
    ).when(finishesTask(ana, 1));
    expect(ticket.tasks?.map(({ seq }) => seq)).toEqual([4, 5, 6, 7, 1]);
    expect(effects).toContainEqual(
      expect.objectContaining({ kind: 'rows', key: 'ticket-1~t1', on: [], off: [`t:${ana.id}`] }),
    );
  });

  test('is overdue when its time is over and nobody has ended it', () => {
    const due = { seq: 1, title: 'Call', assignee: refOf(ana) as never, dueAt: after(monday, days(1)) };
    expect(isOverdue({ ...due, state: 'open' }, after(monday, days(2)))).toBe(true);
    expect(isOverdue({ ...due, state: 'open' }, after(monday, days(1)))).toBe(false);
    expect(isOverdue({ ...due, state: 'done' }, after(monday, days(2)))).toBe(false);
    const { dueAt: _due, ...undated } = due;
    expect(isOverdue({ ...undated, state: 'open' }, after(monday, days(2)))).toBe(false);
  });

  test('stands in the timeline as a task, for the desk alone', () => {
    expect(storyOf(one).recorded.map(entryOf).at(-1)).toMatchObject({
      kind: 'task',
      visibility: 'internal',
      text: 'Order a cable',
      about: 'Eve Ek',
    });
  });
});
