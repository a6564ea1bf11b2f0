import { parseArgs } from 'node:util';
import { ConfigError, StoreError } from '../../application/errors.ts';
import { dryRun } from '../../application/dry-run.ts';
import { matrixMemory } from '../../application/matrix-memory.ts';
import { readDeskConfig } from '../../desk-config.ts';
import { defaultPolicy } from '../../domain/policy.ts';
import { type Instant, instantOf, millisecondsOf, parseInstant } from '../../domain/values.ts';
import { alertDocuments } from '../../store/alert-documents.ts';
import { CONTAINERS } from '../../store/containers.ts';
import { matrixDocuments } from '../../store/matrix-documents.ts';
import { coverDocuments } from '../../store/people-documents.ts';
import { openSqliteStore } from '../../store/sqlite/document-store.ts';
import { ticketDocuments } from '../../store/ticket-documents.ts';
import { jsonOf, readMatrix } from './matrix-file.ts';
import { tableOf } from './table.ts';

/** `npm run dry-run`: what other rules of alerts would have told, beside what was told. Reads only; a desk may be at work. */

const USAGE =
  'npm run dry-run -- [--days 30] [--until 2026-11-24T12:00:00Z] [--matrix <rules.json>] [--store .local/desk] [--config config/desk.json] [--json]';

const OPTIONS = {
  days: { type: 'string', default: '30' },
  until: { type: 'string' },
  matrix: { type: 'string' },
  store: { type: 'string', default: '.local/desk' },
  config: { type: 'string', default: 'config/desk.json' },
  json: { type: 'boolean', default: false },
} as const;

const momentIn = (said: string | undefined): Instant => {
  const moment = said === undefined ? instantOf(Date.now()) : parseInstant(said);
  if (moment === undefined) throw new ConfigError([`--until ${said} is no moment: write it as 2026-11-24T12:00:00Z`]);
  return moment;
};

const wishesIn = () => {
  try {
    const { values } = parseArgs({ options: OPTIONS });
    const days = Number(values.days);
    if (!(days > 0 && days <= 3_660)) throw new ConfigError([`--days ${values.days} is no number of days: 1 to 3660`]);
    return { ...values, days, until: momentIn(values.until) };
  } catch (fault) {
    throw new ConfigError([`${fault instanceof Error ? fault.message : String(fault)}\n${USAGE}`]);
  }
};

const run = async (): Promise<void> => {
  const { days, until, matrix, store: folder, config: file, json } = wishesIn();
  const config = readDeskConfig(file);
  const wanted = matrix === undefined ? {} : { matrix: readMatrix(matrix, jsonOf(file) as object) };
  const store = await openSqliteStore({ folder, containers: CONTAINERS, now: Date.now, readOnly: true });
  try {
    const memory = matrixMemory(matrixDocuments(store), config.alerts);
    await memory.read();
    const found = await dryRun(
      {
        tickets: ticketDocuments(store),
        alerts: alertDocuments(store),
        covers: coverDocuments(store),
        desk: {
          policy: { ...defaultPolicy, slaOverrides: config.sla, alertFallback: config.alerts.fallback },
          calendars: config.calendars,
          roster: config.directory,
          matrix: (at) => memory.matrixAt(at),
        },
      },
      {
        ...wanted,
        from: instantOf(millisecondsOf(until) - days * 86_400_000),
        until,
        changes: memory
          .versions()
          .flatMap(({ from, edits }) => [from, ...edits.map((edit) => edit.from)])
          .sort(),
        heard: (tickets) => {
          process.stderr.write(`${tickets} tickets looked at\n`);
        },
      },
    );
    if (json) console.log(JSON.stringify(found, null, 2));
    else console.log(found.tickets === 0 ? `No ticket was at work in the last ${days} days.` : tableOf(found));
  } finally {
    await store.close();
  }
};

try {
  await run();
} catch (fault) {
  if (!(fault instanceof ConfigError || fault instanceof StoreError)) throw fault;
  console.error(fault.message);
  process.exitCode = 2;
}
