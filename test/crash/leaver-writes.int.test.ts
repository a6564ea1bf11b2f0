import { expect, test } from '@jest/globals';
import type { DocumentStore } from '../../src/application/ports/document-store.ts';
import type { Core } from '../../src/core.ts';
import { type DeskConfig, readDeskConfig } from '../../src/desk-config.ts';
import { isRefusal, type Refusal } from '../../src/domain/refusals.ts';
import { ownerOf } from '../../src/domain/ticket.ts';
import type { TicketId } from '../../src/domain/values.ts';
import { openBlobFiles } from '../../src/store/blob/files.ts';
import { CONTAINERS } from '../../src/store/containers.ts';
import { guardOwners } from '../../src/store/owner-guard.ts';
import { openSqliteStore } from '../../src/store/sqlite/document-store.ts';
import { openTicketSearch } from '../../src/store/sqlite/ticket-search.ts';
import type { Stores } from '../../src/stores.ts';
import { type HandClock, handClock, killedAfter } from '../application/parts.ts';
import { temporaryFolder } from '../store/sqlite/sqlite-folder.ts';
import { ana, ben, lea, max } from '../support/deeds.ts';
import { rosterWith } from '../support/desk-roster.ts';
import { coreOver, storesOver } from '../support/open-core.ts';

const config: DeskConfig = {
  ...readDeskConfig('config/desk.json'),
  directory: { ...rosterWith(), mailboxes: () => [] },
};

const sure = <T extends object>(outcome: T | Refusal): T => {
  if (isRefusal(outcome)) throw new TypeError(`refused: ${outcome.refused}`);
  return outcome;
};

interface Disk {
  readonly clock: HandClock;
  /** A process over this database; with a number, one that dies when it has written that often. */
  process(writes?: number): { readonly core: Core; readonly stores: Stores };
  remove(): Promise<void>;
}

const openDisk = async (): Promise<Disk> => {
  const { folder, remove } = await temporaryFolder();
  const clock = handClock();
  const documents = await openSqliteStore({ folder, containers: CONTAINERS, now: () => Date.parse(clock.now()) });
  const search = await openTicketSearch({ folder });
  const blobs = await openBlobFiles({ folder });
  const over = (written: DocumentStore) => {
    const stores = storesOver({ store: guardOwners(written), search, blobs, clock });
    return { core: coreOver(stores, { clock, config }), stores };
  };
  return {
    clock,
    process: (writes) => over(writes === undefined ? documents : killedAfter(documents, writes)),
    remove: async () => {
      await search.close();
      await documents.close();
      await remove();
    },
  };
};

const opened = async (core: Core, from: string): Promise<TicketId> => {
  const about = { subject: 'The lamp is dark', text: 'Please come.', caller: 'Carla <carla@customer.example>' };
  return sure(await core.service.openOnBehalf({ by: lea, from, ...about })).ticket.id;
};

const worked = async ({ jobs }: Core): Promise<void> => {
  while (await jobs.once());
};

/** Two tickets are hers, and a third she accepts when the first two were agreed upon already. */
const before = async (core: Core): Promise<{ tickets: readonly TicketId[]; late: TicketId; caseId: string }> => {
  const tickets = [await opened(core, 'one'), await opened(core, 'two'), await opened(core, 'three')];
  for (const id of tickets.slice(0, 2)) sure(await core.service.acceptTicket(id, ana.id));
  await core.settle();
  const wish = { owner: ana.id, takers: [ben.id], reason: 'termination', evidence: 'Letter of June 3rd.' } as const;
  const [late] = tickets.slice(2);
  if (late === undefined) throw new TypeError('no ticket');
  return { tickets, late, caseId: sure(await core.leavers.propose(wish, lea)).id };
};

/** Whether the process lived to the end of it. */
const survives = (life: () => Promise<unknown>): Promise<boolean> =>
  life().then(
    () => true,
    () => false,
  );

/** Answers whether the process came to its end before it had written that often. */
const killedAt = async (writes: number): Promise<boolean> => {
  const disk = await openDisk();
  try {
    const { tickets, late, caseId } = await before(disk.process().core);
    const dying = disk.process(writes).core;
    const agreed = await survives(() => dying.leavers.confirm(caseId, max));
    const accepted = await survives(() => dying.service.acceptTicket(late, ana.id));
    const ended = await survives(() => worked(dying));

    disk.clock.passes(20 * 60);
    const { core, stores } = disk.process();
    if (!accepted) sure(await core.service.acceptTicket(late, ana.id));
    if (!agreed) sure(await core.leavers.confirm(caseId, max));
    await core.settle();

    for (const id of tickets) {
      const events = (await stores.tickets.history(id, { limit: 50 })).map(({ event }) => event.type).reverse();
      const ticket = (await stores.tickets.load(id))?.ticket;
      expect({ writes, id, owner: ticket && ownerOf(ticket)?.id, events }).toEqual({
        writes,
        id,
        owner: ben.id,
        events: ['TicketOpened', 'TicketAccepted', 'TransferProposed', 'OwnershipTransferred'],
      });
    }
    return ended && agreed && accepted && (await stores.jobs.find(`${caseId}-2`))?.job.done === 1;
  } finally {
    await disk.remove();
  }
};

test('whichever write the desk dies after, every ticket of the one who leaves is moved, and once', async () => {
  let writes = 0;
  while (!(await killedAt(writes)) && writes < 60) writes += 1;
  expect(writes).toBeGreaterThan(8);
  expect(writes).toBeLessThan(60);
});
