import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, test } from '@jest/globals';
import type { Replayed, ReplayOptions } from '../../../src/local/replay/replay.ts';
import { isBroken } from '../../../src/local/replay/table.ts';
import { incidentsIn, type Ping, pingsOf, wakingManager } from './pings-of-log.ts';
import { played } from './played.ts';
import { sharedLog } from './shared-log.ts';

const shared = sharedLog();
if (shared === undefined) test('there is no real log to play', () => undefined);
else
  describe('a real log', () => {
    let result: Replayed;
    let pings: readonly Ping[] = [];

    beforeAll(async () => {
      const afterwards: ReplayOptions['afterwards'] = async (desk) => {
        pings = await pingsOf(desk);
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

    test('wakes a manager by card for fewer than one in ten of its incidents', () => {
      const woken = incidentsIn(wakingManager(pings));
      expect(woken).toBeGreaterThan(0);
      expect(woken / result.incidents).toBeLessThan(1 / 10);
      expect(incidentsIn(pings)).toBeGreaterThan(result.incidents / 2);
    });
  });
