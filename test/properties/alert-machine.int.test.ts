import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { addressKey, type AlertLine, lineId } from '../../src/application/ports/alert-ledger.ts';
import type { Ask } from '../../src/application/ticket-service.ts';
import { nextDueOf } from '../../src/domain/decide-tick.ts';
import type { TicketEvent } from '../../src/domain/events.ts';
import { fold } from '../../src/domain/evolve.ts';
import { ownerOf } from '../../src/domain/ticket.ts';
import { instantOf, millisecondsOf, type PersonActor, teamId, type TicketId } from '../../src/domain/values.ts';
import { type Machine, openMachine, people } from './alert-machine.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const FAR = instantOf(Date.UTC(2100, 0, 1));

const [anna, ben, elif, sam] = people as readonly [PersonActor, PersonActor, PersonActor, PersonActor];
const network = teamId('network');

/** What is asked of a ticket, by whoever would do it; most of it is refused at most moments. */
const ASKS: readonly Ask[] = [
  { type: 'accept', by: anna },
  { type: 'accept', by: ben },
  { type: 'reserve', by: ben },
  { type: 'note', by: anna, text: 'Checked the cable, it is fine.' },
  { type: 'pend', by: anna, for: 'vendor', followUpAt: FAR },
  { type: 'resume', by: anna },
  { type: 'resolve', by: anna },
  { type: 'reopen', by: anna },
  { type: 'override-priority', by: sam, priority: 'P1', reason: 'A whole floor is dark.' },
  { type: 'override-priority', by: sam, priority: 'P2', reason: 'A whole room is dark.' },
  { type: 'request-envelope', by: anna, teamId: network, question: 'Which lamp fits?' },
  { type: 'accept-envelope', by: elif, seq: 1 },
  { type: 'complete-envelope', by: elif, seq: 1, text: 'The long one.', outcome: 'solved' },
  { type: 'acknowledge-alert', by: anna, condition: 'NOT_ASSIGNED' },
  { type: 'acknowledge-alert', by: ben, condition: 'NOT_UPDATED' },
  { type: 'acknowledge-alert', by: sam, condition: 'NOT_COMPLETED' },
] as readonly Ask[];

const which = fc.constantFrom(0 as const, 1 as const);
const aStep = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('act' as const), which, nth: fc.nat(2), ask: fc.nat(15) }) },
  { weight: 7, arbitrary: fc.record({ kind: fc.constant('due' as const), late: fc.constantFrom(0, 0, 0, MINUTE) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('pass' as const),
      by: fc.constantFrom(MINUTE, 10 * MINUTE, HOUR, -HOUR, 48 * HOUR),
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('sweep' as const) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('relay' as const), which }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('kill' as const), which, write: fc.nat(40) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('rewind' as const) }) },
);
type Step = typeof aStep extends fc.Arbitrary<infer S> ? S : never;

/** One who is killed in the middle says nothing more; whatever else fails is a fault of the desk. */
const unlessKilled = async (machine: Machine, each: 0 | 1, work: Promise<unknown>): Promise<void> => {
  await work.catch((fault: unknown) => {
    if (!machine.processes[each].isDead()) throw fault;
  });
  if (machine.processes[each].isDead()) machine.replace(each);
};

const sweepBoth = async (machine: Machine): Promise<void> => {
  const sweeping = ([0, 1] as const).map((each) =>
    unlessKilled(machine, each, machine.processes[each].core.loops[2]?.once() ?? Promise.reject(new TypeError())),
  );
  await Promise.all(sweeping);
};

const relay = (machine: Machine, each: 0 | 1): Promise<void> =>
  unlessKilled(machine, each, machine.processes[each].core.relay.drain());

/** To the moment for which the next timer waits. */
const toNextDue = async (machine: Machine, late: number): Promise<void> => {
  for await (const { dueAt } of machine.stores.timers.due(FAR)) {
    const left = millisecondsOf(dueAt) - millisecondsOf(machine.now());
    machine.pass(Math.max(0, left) + late);
    return;
  }
};

const play = async (machine: Machine, step: Step): Promise<void> => {
  switch (step.kind) {
    case 'act': {
      const id = machine.tickets[step.nth] as TicketId;
      const { service } = machine.processes[step.which].core;
      return unlessKilled(machine, step.which, service.act(id, ASKS[step.ask] as Ask));
    }
    case 'due':
      await toNextDue(machine, step.late);
      return sweepBoth(machine);
    case 'pass':
      return machine.pass(step.by);
    case 'sweep':
      return sweepBoth(machine);
    case 'relay':
      return relay(machine, step.which);
    case 'kill':
      return machine.processes[step.which].dieAt(step.write);
    case 'rewind':
      return machine.rewind();
  }
};

/** All that is left to do is done, by processes that were just started: nothing may have been forgotten by those that died. */
const settled = async (machine: Machine): Promise<void> => {
  for (const each of [0, 1] as const) machine.replace(each);
  for (let round = 0; round < 3; round += 1) {
    await relay(machine, 0);
    await sweepBoth(machine);
  }
  await relay(machine, 1);
};

const historyOf = async ({ stores }: Machine, id: TicketId) =>
  (await stores.tickets.history(id, { limit: 1_000 })).toReversed();

type Raised = Extract<TicketEvent, { type: 'AlertRaised' }>;
const isRaised = (event: TicketEvent): event is Raised => event.type === 'AlertRaised';

/** Who was to be told of what, by the events alone: the key of the issue, and nothing of the ledger's making. */
const intendedIn = (raised: readonly Raised[]): string[] =>
  raised
    .flatMap((each) => each.recipients.map(({ id }) => [each, id] as const))
    .map(([each, person]) =>
      [each.condition, each.envelope ?? '-', each.level, each.episode, each.repeat, person].join(' '),
    )
    .sort();

const keptIn = (lines: readonly AlertLine[]): string[] =>
  lines
    .map((line) =>
      [line.condition, line.envelope ?? '-', line.level, line.episode, line.repeat, line.recipient.id].join(' '),
    )
    .sort();

const isCard = ({ state }: AlertLine): boolean => state === 'intended' || state === 'held';

interface Told {
  readonly raised: number;
  readonly repeated: number;
}

const judge = async (machine: Machine): Promise<Told> => {
  const deliveries = await machine.stores.deliveries.due('teams', { at: FAR, limit: 1_000 });
  const jobs = deliveries.map(({ job }) => job);
  let told = 0;
  for (const id of machine.tickets) {
    const history = await historyOf(machine, id);
    const raised = history.map(({ event }) => event).filter(isRaised);
    const lines = await machine.stores.alerts.ofTicket(id);
    expect(keptIn(lines)).toEqual(intendedIn(raised));
    expect(new Set(intendedIn(raised)).size).toBe(intendedIn(raised).length);
    expect(new Set(lines.map(lineId)).size).toBe(lines.length);
    const cards = jobs.flatMap((job) =>
      job.channel === 'teams' && job.kind === 'alert' && job.ticketId === id
        ? [`${job.episode}~${job.repeat}~${addressKey(job.address)}`]
        : [],
    );
    const wanted = lines.filter(isCard).map((line) => `${line.episode}~${line.repeat}~${addressKey(line.address)}`);
    for (const each of new Set(wanted)) expect(cards).toContain(each);
    for (const { rollUp } of lines)
      if (rollUp !== undefined)
        expect(jobs).toContainEqual(expect.objectContaining({ kind: 'person-card', card: 'alerts', subject: rollUp }));
    const accepted = history.filter(({ event }) => event.type === 'TicketAccepted');
    expect(accepted.length).toBeLessThanOrEqual(1);
    const loaded = (await machine.stores.tickets.load(id))?.ticket;
    const [first] = accepted;
    expect(loaded && ownerOf(loaded)?.id).toBe(first?.event.by.kind === 'person' ? first.event.by.id : undefined);
    expect(loaded?.rev).toBe(fold(history)?.rev);
    const due = loaded && nextDueOf(loaded, machine.processes[0].core.desk, machine.now());
    expect(due === undefined || due > machine.now()).toBe(true);
    told += raised.length;
  }
  return { raised: told, repeated: deliveries.length };
};

test('of every alert each person is told once, whoever dies, sweeps at once, is asked twice or has a wrong clock; no owner changes', async () => {
  let raised = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(aStep, { minLength: 20, maxLength: 80, size: 'max' }),
      fc.record({ skewMs: fc.constantFrom(0, 40_000, -40_000, 5 * MINUTE), oneSweeps: fc.boolean() }),
      async (steps, processes) => {
        const machine = await openMachine(processes);
        try {
          for (let n = 0; n < 3; n += 1) await machine.open(anna);
          await relay(machine, 0);
          await machine.mark();
          for (const step of steps) await play(machine, step);
          await settled(machine);
          machine.pass(48 * HOUR);
          await settled(machine);
          raised += (await judge(machine)).raised;
        } finally {
          await machine.close();
        }
      },
    ),
    { numRuns: 40 },
  );
  expect(raised).toBeGreaterThan(150);
}, 120_000);
