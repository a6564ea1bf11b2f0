import { describe, expect, test } from '@jest/globals';
import { incidentsOf, planOf } from '../../../src/local/replay/plan.ts';
import { readLog } from '../../../src/local/replay/read-log.ts';
import { csvOf, deedsFor, incident, stepsFor, type Told } from './made-up-log.ts';

const arrived: Told = { state: 'New' };
const ana: Told = { state: 'Active', who: 'Ana' };
const ben: Told = { state: 'Active', who: 'Ben' };
const accepted = { do: 'accept', agent: 'Ana' };
const toBen = { do: 'hand-over', to: 'Ben', envelope: 1 };

describe('who owns', () => {
  test('the first assignee accepts, also while the log still says New', () => {
    expect(deedsFor(arrived, { state: 'New', who: 'Ana' })).toEqual([accepted]);
  });

  test('a ticket that the log never assigns stays new, whatever its state', () => {
    expect(deedsFor(arrived, { state: 'Active' }, { state: 'Resolved' }, { state: 'Closed' })).toEqual([]);
  });

  test('work that is seen before an assignee is the unknown agent’s, and the first assignee helps', () => {
    expect(deedsFor(arrived, { state: 'Awaiting User Info' }, ana)).toEqual([
      { do: 'accept', agent: 'Unknown agent' },
      { do: 'ask' },
      { do: 'hand-over', to: 'Ana', envelope: 1 },
      { do: 'resume' },
    ]);
  });

  test('a ticket goes from team to team as long as nobody owns it', () => {
    expect(deedsFor(arrived, { state: 'New', group: 'Mail' }, { ...ana, group: 'Phone' })).toEqual([
      { do: 'route', group: 'Mail' },
      { do: 'route', group: 'Phone' },
      accepted,
    ]);
  });

  test('a group that is missing is the group before', () => {
    expect(deedsFor(arrived, { state: 'New', group: '?' }, { state: 'New' })).toEqual([]);
  });
});

describe('a hand-over', () => {
  test('to a person is tried as a plain assignment, in the same group and in another', () => {
    expect(deedsFor(ana, ben)).toEqual([accepted, toBen]);
    expect(deedsFor(ana, { ...ben, group: 'Mail' })).toEqual([accepted, toBen]);
  });

  test('to a group that names nobody asks the group, and its next assignee takes that envelope', () => {
    expect(deedsFor(ana, { state: 'Active', group: 'Mail' }, { ...ben, group: 'Mail' })).toEqual([
      accepted,
      { do: 'hand-to-group', group: 'Mail', envelope: 1 },
      { do: 'hand-over', to: 'Ben', envelope: 1, asked: true },
    ]);
  });

  test('to a group is no help for an assignee of another group', () => {
    expect(deedsFor(ana, { state: 'Active', group: 'Mail' }, { ...ben, group: 'Phone' })).toEqual([
      accepted,
      { do: 'hand-to-group', group: 'Mail', envelope: 1 },
      { do: 'hand-over', to: 'Ben', envelope: 2 },
    ]);
  });

  test('to another group under the same name is tried, and nobody is asked', () => {
    expect(deedsFor(ana, { ...ana, group: 'Mail' })).toEqual([accepted, { do: 'move', group: 'Mail' }]);
  });

  test('back to the owner is none', () => {
    expect(deedsFor(ana, ben, ana)).toEqual([accepted, toBen, { do: 'hand-back' }]);
  });

  test('is none where the same name is taken off and set again', () => {
    expect(deedsFor(ana, { state: 'Active' }, ana)).toEqual([accepted]);
  });

  test('of a resolved ticket has no envelope', () => {
    const resolved: Told = { state: 'Resolved', who: 'Ana' };
    expect(deedsFor(resolved, { ...resolved, who: 'Ben' }, { state: 'Resolved', group: 'Mail' })).toEqual([
      accepted,
      { do: 'resolve' },
      { do: 'hand-over', to: 'Ben' },
      { do: 'move', group: 'Mail' },
    ]);
  });
});

describe('a helper', () => {
  const answered = { do: 'answer', helper: 'Ben', envelope: 1 };

  test('answers with the next row under their name, once', () => {
    expect(deedsFor(ana, ben, ben, ben)).toEqual([accepted, toBen, answered]);
  });

  test('answers at the latest when the row that resolves is theirs', () => {
    expect(deedsFor(ana, { state: 'Resolved', who: 'Ben' })).toEqual([accepted, toBen, answered, { do: 'resolve' }]);
  });

  test('whom the log never shows again is let go before the ticket is resolved', () => {
    expect(deedsFor(ana, ben, { state: 'Resolved', who: 'Cem' })).toEqual([
      accepted,
      toBen,
      { do: 'hand-over', to: 'Cem', envelope: 2 },
      { do: 'answer', helper: 'Cem', envelope: 2 },
      { do: 'withdraw', envelope: 1 },
      { do: 'resolve' },
    ]);
  });

  test('who comes back later is asked again', () => {
    expect(deedsFor(ana, ben, ben, ana, ben).slice(2)).toEqual([
      answered,
      { do: 'hand-back' },
      { do: 'hand-over', to: 'Ben', envelope: 2 },
    ]);
  });
});

describe('the states', () => {
  const through = (...states: readonly string[]) =>
    deedsFor(...states.map((state): Told => ({ state, who: 'Ana' }))).slice(1);
  const resume = { do: 'resume' };

  test('Active is in progress, and New of an owned ticket is nothing new', () => {
    expect(through('New', 'Active', 'New')).toEqual([]);
  });

  test('Awaiting User Info asks the customer, once, and Active resumes', () => {
    expect(through('Awaiting User Info', 'Awaiting User Info', 'Active')).toEqual([{ do: 'ask' }, resume]);
  });

  test('Awaiting Vendor and Awaiting Evidence are pending for a vendor, Awaiting Problem for a change', () => {
    expect(through('Awaiting Vendor', 'Awaiting Evidence')).toEqual([{ do: 'pend', for: 'vendor' }]);
    expect(through('Awaiting Problem', 'Resolved')).toEqual([{ do: 'pend', for: 'change' }, { do: 'resolve' }]);
  });

  test('whoever waits resumes before they wait for somebody else, but for asking', () => {
    expect(through('Awaiting User Info', 'Awaiting Problem', 'Awaiting User Info')).toEqual([
      { do: 'ask' },
      resume,
      { do: 'pend', for: 'change' },
      { do: 'ask' },
    ]);
  });

  test('Resolved resolves, Closed closes, and resolves first where the log left that out', () => {
    expect(through('Resolved', 'Resolved', 'Closed')).toEqual([{ do: 'resolve' }, { do: 'close' }]);
    expect(through('Active', 'Closed', 'Resolved')).toEqual([{ do: 'resolve' }, { do: 'close' }]);
  });

  test('a higher reopen count reopens, and so does work on a resolved ticket', () => {
    const reopened = [accepted, { do: 'resolve' }, { do: 'reopen' }];
    const resolved: Told = { state: 'Resolved', who: 'Ana' };
    expect(deedsFor(resolved, { ...ana, reopens: 1 })).toEqual(reopened);
    expect(deedsFor(resolved, ana)).toEqual(reopened);
    expect(deedsFor(resolved, { ...resolved, reopens: 1 })).toEqual([...reopened, { do: 'resolve' }]);
  });

  test('impact and urgency are triaged when they change, also while nobody owns the ticket', () => {
    const told: Told = { state: 'New', impact: '2 - Medium', urgency: '3 - Low' };
    expect(deedsFor(told, told, { ...told, urgency: '1 - High' }, { state: 'New' })).toEqual([
      { do: 'triage', impact: 'medium', urgency: 'low' },
      { do: 'triage', urgency: 'high' },
    ]);
  });
});

describe('the time', () => {
  const times = (...rows: readonly Told[]): readonly string[] => stepsFor(...rows).map(({ at }) => at.slice(0, 16));

  test('is that of the row, and of opening for the first', () => {
    expect(times({ ...ana, openedAt: '29-02-2016 23:10', at: '01-03-2016 08:30' })).toEqual([
      '2016-02-29T23:10',
      '2016-03-01T08:30',
    ]);
  });

  test('of opening is never after the first row, and is the first row’s where it is missing', () => {
    const at = '01-03-2016 08:30';
    expect(times({ ...ana, openedAt: '01-03-2016 09:00', at })[0]).toBe('2016-03-01T08:30');
    expect(times({ ...ana, openedAt: '?', at })[0]).toBe('2016-03-01T08:30');
  });

  test('never goes back within an incident', () => {
    expect(times({ ...ana, at: '01-03-2016 11:10' }, { ...ben, at: '01-03-2016 09:52' }).slice(1)).toEqual([
      '2016-03-01T11:10',
      '2016-03-01T11:10',
    ]);
  });
});

test('rows of an incident belong together wherever they stand in the file', () => {
  const [one = '', ...more] = incident('INC1', [ana, ben]);
  const { rows } = readLog(csvOf([one], incident('INC2', [ana]), more));
  expect(incidentsOf(rows).map(({ number, rows: own }) => [number, planOf({ number, rows: own }).length])).toEqual([
    ['INC1', 3],
    ['INC2', 2],
  ]);
});
