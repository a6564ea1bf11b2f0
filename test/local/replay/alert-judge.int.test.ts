import { readFile } from 'node:fs/promises';
import { describe, expect, test } from '@jest/globals';
import { readLog } from '../../../src/local/replay/read-log.ts';
import { compare } from './alert-judge.ts';
import { fortyOf } from './forty.ts';
import { sharedLog } from './shared-log.ts';

const shared = sharedLog();

if (shared === undefined) test('the judge of alerts has no log to look at', () => undefined);
else
  describe('forty incidents of a real log, judged minute by minute', () => {
    test.each(['always', 'office'] as const)('fire as the judge says, alert by alert: %s', async (hours) => {
      const { judge, events, ledger, replayed } = await compare(
        fortyOf(readLog(await readFile(shared, 'utf8'))),
        hours,
      );
      expect(judge.length).toBeGreaterThan(100);
      expect(events).toEqual(judge);
      expect(ledger).toEqual(judge);
      expect(replayed).toEqual(judge);
    });
  });
