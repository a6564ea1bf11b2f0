import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ContainerDef, Doc, WriteOp } from '../../src/application/ports/document-store.ts';
import { openSqliteStore } from '../../src/store/sqlite/document-store.ts';
import { openRawEngine } from './raw-engine.ts';

const containers: ContainerDef[] = [
  {
    name: 'tickets',
    indexes: [
      { name: 'due', equality: ['state'], sort: [{ field: 'due', dir: 'asc' }] },
      {
        name: 'priority',
        equality: ['state'],
        sort: [
          { field: 'priority', dir: 'desc' },
          { field: 'due', dir: 'asc' },
        ],
      },
    ],
  },
];
const inFlight = 16;
const batchDocs = 5;

/** About 700 bytes, as a queue entry or a small ticket has. */
const docOf = (ticket: number, part: number): Doc => ({
  id: `d:${part}`,
  state: 'open',
  due: `2026-01-${String((ticket % 28) + 1).padStart(2, '0')}T09:00:00.000Z`,
  priority: ticket % 4,
  subject: `Ticket ${ticket}`,
  text: 'The printer on the second floor prints blank pages since this morning. '.repeat(7),
});

const commitAll = async (folder: string, count: number): Promise<number> => {
  const store = await openSqliteStore({ folder, containers, now: () => Date.now() });
  let next = 0;
  const client = async (): Promise<void> => {
    while (next < count) {
      const ticket = next;
      next += 1;
      const ops = Array.from({ length: batchDocs }, (_, part): WriteOp => ({ op: 'create', doc: docOf(ticket, part) }));
      await store.commit('tickets', `t${ticket}`, ops);
    }
  };
  const started = performance.now();
  await Promise.all(Array.from({ length: inFlight }, client));
  const seconds = (performance.now() - started) / 1000;
  await store.close();
  return count / seconds;
};

const writeRaw = (folder: string, count: number): number => {
  const raw = openRawEngine(folder, containers);
  const started = performance.now();
  for (let ticket = 0; ticket < count; ticket += inFlight) {
    const tickets = Array.from({ length: inFlight }, (_, n) => ticket + n);
    const group = tickets.flatMap((n) =>
      Array.from({ length: batchDocs }, (_, part) => {
        const doc = docOf(n, part);
        return { c: 'tickets', pk: `t${n}`, id: doc.id, body: JSON.stringify(doc) };
      }),
    );
    raw.writeGroups([group]);
  }
  const seconds = (performance.now() - started) / 1000;
  raw.close();
  return count / seconds;
};

const median = (values: number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/** Five-document commits per second with 16 in flight, through the store and straight into node:sqlite in groups of 16. */
export const measureStoreRatio = async ({ rounds = 5, count = 4_000 } = {}): Promise<{
  store: number;
  raw: number;
  ratio: number;
}> => {
  const measured: { store: number; raw: number }[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const folder = await mkdtemp(join(tmpdir(), 'desk-ratio-'));
    try {
      const store = await commitAll(folder, count);
      measured.push({ store, raw: writeRaw(folder, count) });
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }
  return {
    store: Math.round(median(measured.map(({ store }) => store))),
    raw: Math.round(median(measured.map(({ raw }) => raw))),
    ratio: median(measured.map(({ store, raw }) => store / raw)),
  };
};

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { store, raw, ratio } = await measureStoreRatio();
  console.log(
    `5-document commits/s, ${inFlight} in flight: store ${store}, node:sqlite ${raw}, ratio ${ratio.toFixed(2)}`,
  );
}
