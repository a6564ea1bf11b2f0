import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { EventOf, Recorded } from '../../src/domain/events.ts';
import { evolve, fold } from '../../src/domain/evolve.ts';
import { isRefusal } from '../../src/domain/refusals.ts';
import { MAY } from '../../src/domain/roles.ts';
import type { Ticket } from '../../src/domain/ticket.ts';
import { customerView } from '../../src/domain/timeline.ts';
import { ticketId, type TicketId } from '../../src/domain/values.ts';
import { ana, ben, lea } from '../support/deeds.ts';
import { FORGERY_NAMES } from './forged-writes.ts';
import { everything, firstOwners, opensByMail, perform, someSteps } from './owner-door-steps.ts';
import { type DoorDesk, openDoors, type OwnerChange, ownerIdOf } from './owner-doors.ts';
import { CANARY } from './ticket-walk-deeds.ts';

let desk: DoorDesk;
beforeAll(async () => {
  desk = await openDoors();
});
afterAll(() => desk.close());

interface Told {
  readonly ticket: Ticket;
  readonly recorded: readonly Recorded[];
}

const read = async (id: TicketId): Promise<Told> => {
  const loaded = await desk.stores.tickets.load(id);
  if (!loaded) throw new TypeError(`ticket ${id} is gone`);
  const recorded: Recorded[] = [];
  for (let before = loaded.ticket.rev + 1; before > 1;) {
    const page = await desk.stores.tickets.history(id, { limit: 100, before });
    recorded.unshift(...[...page].reverse());
    before = page.at(-1)?.rev ?? 0;
  }
  return { ticket: loaded.ticket, recorded };
};

const allIds = async (): Promise<readonly TicketId[]> => {
  const found: TicketId[] = [];
  let continuation: string | undefined;
  do {
    const some = await desk.stores.tickets.some(continuation);
    found.push(...some.ids);
    continuation = some.continuation;
  } while (continuation !== undefined);
  return found;
};

type Transfer = EventOf<'OwnershipTransferred'>;

/** Each transfer with the ticket as it stood before. */
const transfersIn = ({ recorded }: Told): readonly { before: Ticket | undefined; event: Transfer }[] =>
  recorded.flatMap(({ rev, event }) =>
    event.type === 'OwnershipTransferred' ? [{ before: fold(recorded.slice(0, rev - 1)), event }] : [],
  );

const asChange = ({ event }: { event: Transfer }): OwnerChange => ({ from: event.from.id, to: event.to.id });

/** A stranger who writes to a ticket that has ended gets one of their own, with their own words. */
const isCarlas = ({ requester }: Ticket): boolean => requester.name === 'Carla Costa';

const holds = (told: Told): void => {
  const { ticket, recorded } = told;
  const transfers = transfersIn(told);
  expect(desk.changes.get(ticket.id) ?? []).toEqual(transfers.map(asChange));
  for (const { before, event } of transfers) {
    expect(event.by.id).not.toBe(event.proposedBy.id);
    expect(['termination', 'extended_leave']).toContain(event.reason);
    expect(before?.transfer).toMatchObject({ proposedBy: { id: event.proposedBy.id }, to: { id: event.to.id } });
    expect(ownerIdOf(before)).toBe(event.from.id);
    expect(ownerIdOf(before && evolve(before, event))).toBe(event.to.id);
  }
  expect(JSON.parse(JSON.stringify(fold(recorded)))).toEqual(JSON.parse(JSON.stringify(ticket)));
  if (isCarlas(ticket)) expect(JSON.stringify(customerView(ticket, recorded))).not.toContain(CANARY);
};

const NONE = ticketId('');
/** Every number of the chances below is the same each time: the seed is. */
const SEED = 20_260_302;
const LIVES = 120;

test('through no door does an owner change, but by a transfer for which two people stand', async () => {
  const life = fc.asyncProperty(firstOwners, someSteps, async (owners, steps) => {
    const playing = [await opensByMail(desk), await opensByMail(desk), await opensByMail(desk)];
    desk.play(playing);
    for (const [nth, owner] of owners.entries()) await desk.core.service.acceptTicket(playing[nth] ?? NONE, owner.id);
    for (const step of steps) await perform(desk, step);
    await desk.core.settle();
    for (const id of playing) holds(await read(id));
  });
  await fc.assert(life, { seed: SEED, numRuns: LIVES, examples: [[[ana, ben], everything]] });

  const all = await Promise.all((await allIds()).map(read));
  all.forEach(holds);
  const mails = await desk.stores.deliveries.due('mail', { at: desk.clock.now(), limit: 1_000 });
  expect(mails.length).toBeGreaterThan(LIVES);
  expect(JSON.stringify(mails.map(({ job }) => job))).not.toContain(CANARY);
  const refused = all.flatMap(({ ticket, recorded }) =>
    recorded.filter(({ event }) => event.type === 'OwnerChangeRefused').map(({ rev }) => `${ticket.id}/${rev}`),
  );
  const report = await desk.core.queries.attemptedTransfers(lea, 1_000);
  expect(refused.length).toBeGreaterThan(LIVES / 2);
  expect(isRefusal(report) ? report : report.attempts.length).toBe(refused.length);
  const doors = new Set(isRefusal(report) ? [] : report.attempts.map(({ door }) => door));
  expect(doors).toEqual(new Set(['card', 'chat', 'mail', 'replay']));
});

test('and the doors were tried: every command, every forged write, and transfers that went through', async () => {
  const tried = [...desk.counts];
  const commands = tried.flatMap(([what]) => (what.startsWith('service ') ? [what.slice('service '.length)] : []));
  const acts = [
    'open',
    'start-cover',
    'end-cover',
    'move-leaver',
    'bulk',
    'report-transfers',
    'merge-contacts',
    'read',
  ];
  expect(Object.keys(MAY).filter((each) => !acts.includes(each) && !commands.includes(each))).toEqual([]);
  const forged = FORGERY_NAMES.map((name) => ({ name, ...desk.counts.get(`write ${name}`) }));
  expect(forged.filter(({ done = 0, refused = 0 }) => done > 0 || refused === 0)).toEqual([]);
  for (const door of ['transfer', 'leaver', 'bulk'])
    expect(desk.counts.get(door)).toMatchObject({ done: expect.any(Number), refused: expect.any(Number) });
  expect(desk.counts.get('replay')?.refused).toBeGreaterThan(LIVES / 2);
  expect([...desk.changes.values()].flat().length).toBeGreaterThan(20);
});
