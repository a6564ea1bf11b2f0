import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { type DryRun, dryRun } from '../../../src/application/dry-run.ts';
import { instantOf, millisecondsOf } from '../../../src/domain/values.ts';
import { onlyIn } from '../../../src/local/dry-run/table.ts';
import type { Replayed, ReplayOptions } from '../../../src/local/replay/replay.ts';
import { isBroken } from '../../../src/local/replay/table.ts';
import { incidentsIn, type Ping, pingsOf, pingTable, wakingManager } from './pings-of-log.ts';
import { played } from './played.ts';
import { sharedLog } from './shared-log.ts';

const shared = sharedLog();
if (shared === undefined) test('there is no real log to play', () => undefined);
else
  describe('a real log', () => {
    let result: Replayed;
    let pings: readonly Ping[] = [];
    let dry: DryRun | undefined;

    beforeAll(async () => {
      const afterwards: ReplayOptions['afterwards'] = async (desk) => {
        pings = await pingsOf(desk);
        const parts = { ...desk.stores, desk: desk.core.desk };
        dry = await dryRun(parts, {
          from: instantOf(0),
          until: instantOf(millisecondsOf(desk.until) + 1),
          changes: [],
        });
      };
      result = await played(await readFile(shared, 'utf8'), { afterwards });
    });

    test('is played without a change of owner and without a fault', () => {
      expect(result.audit).toMatchObject({ ownerChanges: 0, otherOwner: [] });
      expect([...result.tally.logged]).toEqual([]);
      expect(isBroken(result)).toBe(false);
      expect(result.incidents).toBe(result.audit.owned + result.neverAssigned.length);
      expect(result.tally.handOvers.people).toBeGreaterThan(50);
      expect(new Map<string, number>(result.audit.byType).get('OwnerChangeRefused')).toBe(
        result.tally.handOvers.people,
      );
    });

    test('tells by its ledger what a dry run with the same rules would tell, line for line', () => {
      const { would = [], did = [] } = dry ?? {};
      expect(did.length).toBeGreaterThan(1_000);
      expect(onlyIn(would, did)).toEqual([]);
      expect(onlyIn(did, would)).toEqual([]);
    });

    test('says how many were told, by role, level and priority, before and after digest and roll-up', () => {
      expect(pingTable(pings).split('\n').length).toBeGreaterThan(8);
    });

    test('wakes a manager by card for fewer than one in ten of its incidents', () => {
      const woken = incidentsIn(wakingManager(pings));
      expect(woken).toBeGreaterThan(0);
      expect(woken / result.incidents).toBeLessThan(1 / 10);
      expect(incidentsIn(pings)).toBeGreaterThan(result.incidents / 2);
    });
  });
