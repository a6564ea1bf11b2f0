import { readFile } from 'node:fs/promises';
import { compare } from '../local/replay/alert-judge.ts';
import { incidentsIn, type Ping, pingsOf, pingTable, wakingManager } from '../local/replay/pings-of-log.ts';
import { played } from '../local/replay/played.ts';
import { sharedLog } from '../local/replay/shared-log.ts';
import { readLog } from '../../src/local/replay/read-log.ts';

const HOURS = { always: 'around the clock', office: 'in office hours' } as const;

/** Alerts that one of them has and the other has not. */
const apart = (some: readonly string[], others: readonly string[]): number => {
  const known = new Set(others);
  return some.filter((each) => !known.has(each)).length;
};

const judged = async (csv: string, hours: keyof typeof HOURS): Promise<string> => {
  const { judge, events, ledger, replayed } = await compare(readLog(csv), hours);
  const told = Object.entries({ events, ledger, replayed }).map(
    ([what, alerts]) => `${what} ${apart(judge, alerts)} missing, ${apart(alerts, judge)} too many`,
  );
  return `${HOURS[hours]}: the judge finds ${judge.length} alerts; ${told.join('; ')}`;
};

/**
 * What a real log of incidents would have told whom, and whether a judge that steps minute by minute and shares no code finds
 * the same alerts. One line where the log is not on this machine.
 */
export const alertsOfLog = async (): Promise<string> => {
  const file = sharedLog();
  if (file === undefined) return 'No log of incidents is on this machine: alerts of a real log are left out.';
  const csv = await readFile(file, 'utf8');
  let pings: readonly Ping[] = [];
  const { incidents } = await played(csv, {
    afterwards: async (desk) => {
      pings = await pingsOf(desk);
    },
  });
  const woken = incidentsIn(wakingManager(pings));
  return [
    pingTable(pings),
    `\n${woken} of ${incidents} incidents wake a manager by card (${((100 * woken) / incidents).toFixed(1)} %, goal < 10 %).`,
    await judged(csv, 'always'),
    await judged(csv, 'office'),
  ].join('\n');
};
