import { beforeAll, describe, expect, test } from '@jest/globals';
import type { TicketEvent } from '../../../src/domain/events.ts';
import type { Replayed, ReplayOptions } from '../../../src/local/replay/replay.ts';
import { isBroken, tableOf } from '../../../src/local/replay/table.ts';
import { csvOf, incident, type Told } from './made-up-log.ts';
import { played } from './played.ts';

const arrived: Told = { state: 'New', impact: '2 - Medium', urgency: '2 - Medium' };
const by = (who: string, state = 'Active', more: Partial<Told> = {}): Told => ({ state, who, ...more });
const inGroup = (group: string, told: Told): Told => ({ ...told, group });
const closedLater: Partial<Told> = { at: '20-03-2016 10:00' };

/** Twelve incidents, each for one rule; two of them begin a day later. */
const LOG = csvOf(
  incident('INC01', [arrived, by('Ana'), by('Ana', 'Resolved'), by('Ana', 'Closed', closedLater)]),
  incident('INC02', [arrived, by('Ana'), by('Ben', 'Active', { moves: 0 }), by('Ben', 'Resolved')]),
  incident('INC03', [
    by('Ana'),
    inGroup('Mail', by('Cem', 'Active', { moves: 1 })),
    inGroup('Mail', by('Cem', 'Resolved')),
  ]),
  incident('INC04', [
    by('Ana'),
    inGroup('Mail', { state: 'Active', moves: 1 }),
    inGroup('Mail', by('Cem')),
    inGroup('Mail', by('Cem', 'Resolved')),
  ]),
  incident('INC05', [
    by('Ana'),
    inGroup('Empty', { state: 'Active', moves: 1 }),
    inGroup('Empty', by('Ana', 'Resolved')),
  ]),
  incident('INC06', [by('Ana'), by('Ben'), by('Cem'), by('Ana', 'Resolved')]),
  incident('INC07', [arrived, { state: 'Active' }, { state: 'Resolved' }, { state: 'Closed' }]),
  incident('INC08', [{ state: 'Active' }, by('Ana'), by('Ana', 'Resolved')]),
  incident('INC09', [by('Ana', 'Awaiting User Info'), by('Ana', 'Awaiting Problem'), by('Ana'), by('Ana', 'Resolved')]),
  incident('INC10', [by('Ben', 'Resolved'), by('Ben', 'Active', { reopens: 1 }), by('Ben', 'Closed', { reopens: 1 })]),
  incident('INC11', [arrived, inGroup('Mail', arrived), inGroup('Empty', arrived), arrived, by('Ana')], 2),
  incident('INC12', [by('Ana', 'Resolved'), by('Ben', 'Resolved'), inGroup('Mail', by('Ben', 'Resolved'))], 2),
);

describe('a made-up log of twelve incidents', () => {
  let result: Replayed;
  /** Alerts that were raised at another moment than they were due. */
  const late: TicketEvent[] = [];
  const afterwards: ReplayOptions['afterwards'] = async ({ stores, tickets }) => {
    for (const id of tickets.values())
      for (const { event } of await stores.tickets.history(id, { limit: 500 }))
        if (event.type === 'AlertRaised' && event.at !== event.dueAt) late.push(event);
  };
  const remembered = (type: string): number => new Map<string, number>(result.audit.byType).get(type) ?? 0;

  beforeAll(async () => {
    result = await played(`${LOG}\nINC13,Lost`, { afterwards });
  });

  test('changes no owner', () => {
    expect(result.audit).toMatchObject({ ownerChanges: 0, otherOwner: [], owned: 11 });
    expect(isBroken(result)).toBe(false);
  });

  test('counts what the log says', () => {
    expect(result).toMatchObject({ incidents: 12, byUnknown: 1, reassignments: 3, neverAssigned: ['INC07'] });
    expect(result.log.malformed).toEqual([{ line: 46, why: 'has 2 fields, the header has 14' }]);
  });

  test('has each hand-over refused, and remembers each plain assignment', () => {
    expect(result.tally.handOvers).toEqual({ people: 7, groups: 3, amiss: 0 });
    expect(Object.fromEntries(result.tally.refused)).toEqual({
      'assign: owner-stays': 7,
      'route: owner-is-set': 3,
      'route: needs-a-lead': 1,
    });
    expect(remembered('OwnerChangeRefused')).toBe(7);
    expect(remembered('TicketAccepted')).toBe(11);
    expect(result.tally).toMatchObject({ handedBack: 1, afterTheEnd: 1 });
  });

  test('sends the envelopes of the refusals, and ends each before its ticket is resolved', () => {
    expect(result.tally.envelopes).toEqual({ offered: 5, ofGroups: 2, taken: 1 });
    expect(remembered('EnvelopeRequested')).toBe(7);
    expect(remembered('EnvelopeCompleted')).toBe(4);
    expect(remembered('EnvelopeWithdrawn')).toBe(3);
    expect(result.tally.leftOut).toBe(0);
  });

  test('lets the clock of the desk do its work: answers count and tickets close by themselves', () => {
    expect(Object.fromEntries(result.audit.status)).toEqual({ closed: 10, new: 1, in_progress: 1 });
    expect(result.tally.closedByTheClock).toBe(1);
    expect(remembered('TicketReopened')).toBe(1);
    expect(remembered('TicketPaused')).toBe(1);
    expect(remembered('TicketPended')).toBe(1);
    expect(remembered('TicketRouted')).toBe(2);
  });

  test('raises alerts at the minute at which they are due', () => {
    expect(remembered('AlertRaised')).toBeGreaterThan(10);
    expect(late).toEqual([]);
  });

  test('measures in the time of the log', () => {
    const hour = 3_600_000;
    expect(result.audit.toAnswer.every((each) => each >= 0 && each <= 2 * hour)).toBe(true);
    expect(result.audit.toAccept).toContain(2 * hour);
    expect(result.audit.events).toBe([...result.audit.byType.values()].reduce((sum, each) => sum + each, 0));
  });

  test('is told as a table, with each malformed row', () => {
    const table = tableOf(result);
    expect(table).toMatch(/^Owner changes here +0$/mu);
    expect(table).toMatch(/^ {2}assign: owner-stays +7$/mu);
    expect(table).toMatch(/^ {2}line 46 +has 2 fields, the header has 14$/mu);
    expect(table).not.toMatch(/undefined|NaN/u);
  });
});
