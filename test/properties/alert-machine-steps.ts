import fc from 'fast-check';
import type { Ask } from '../../src/application/ticket-service.ts';
import { isRefusal } from '../../src/domain/refusals.ts';
import { ownerOf, type Ticket } from '../../src/domain/ticket.ts';
import { commandId, type Instant, instantOf, millisecondsOf, type PersonActor } from '../../src/domain/values.ts';
import { anna, ben, elif, network, people, sam } from './alert-machine-desk.ts';
import type { Machine } from './alert-machine.ts';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const FAR = instantOf(Date.UTC(2100, 0, 1));

/** A ticket as it is now, and who would do the next thing if all went well. */
interface Known {
  readonly ticket: Ticket;
  readonly now: Instant;
  readonly owner: PersonActor;
  readonly helper: PersonActor;
  /** The newest envelope. */
  readonly seq: number;
}

const knownOf = (ticket: Ticket, now: Instant): Known => {
  const named = (id: string | undefined): PersonActor | undefined => people.find((each) => each.id === id);
  const row = ticket.envelopes?.at(-1);
  return {
    ticket,
    now,
    owner: named(ownerOf(ticket)?.id) ?? anna,
    helper: named(row?.expert?.id) ?? elif,
    seq: row?.seq ?? 1,
  };
};

/** What is asked of a ticket; much of it is refused at most moments. */
const WISHES: readonly ((known: Known) => Ask)[] = [
  () => ({ type: 'accept', by: anna }),
  () => ({ type: 'accept', by: ben }),
  () => ({ type: 'reserve', by: ben }),
  () => ({ type: 'undo-reserve', by: ben }),
  ({ owner }) => ({ type: 'reply', by: owner, text: 'We are on it.' }),
  ({ owner }) => ({ type: 'note', by: owner, text: 'Checked the cable, it is fine.' }),
  ({ owner }) => ({ type: 'ask', by: owner, text: 'Which lamp?' }),
  ({ owner, now }) => ({
    ...{ type: 'pend', by: owner, for: 'vendor' },
    followUpAt: instantOf(millisecondsOf(now) + 5 * HOUR),
  }),
  ({ owner }) => ({ type: 'resume', by: owner }),
  ({ owner }) => ({ type: 'resolve', by: owner }),
  ({ owner }) => ({ type: 'reopen', by: owner }),
  () => ({ type: 'triage', by: sam, impact: 'high', urgency: 'high' }),
  () => ({ type: 'override-priority', by: sam, priority: 'P2', reason: 'A whole room is dark.' }),
  ({ owner }) => ({ type: 'request-envelope', by: owner, teamId: network, question: 'Which lamp fits?' }),
  ({ helper, seq }) => ({ type: 'accept-envelope', by: helper, seq }),
  ({ helper, seq }) => ({ type: 'query-owner', by: helper, seq, text: 'Which floor?' }),
  ({ owner, seq }) => ({ type: 'answer-query', by: owner, seq, text: 'The second.' }),
  ({ helper, seq }) => ({ type: 'complete-envelope', by: helper, seq, result: 'The long one.', outcome: 'solved' }),
  ({ owner, seq }) => ({ type: 'send-back', by: owner, seq, reason: 'It is still dark.' }),
  ({ owner, seq }) => ({ type: 'withdraw-envelope', by: owner, seq }),
  ...[0, 1, 2].map((nth) => ({ ticket, owner }: Known): Ask => {
    const { condition = 'NOT_UPDATED', envelope } = ticket.alerts?.[nth] ?? {};
    return { type: 'acknowledge-alert', by: owner, condition, ...(envelope === undefined ? {} : { envelope }) };
  }),
];

const MAILS = ['Any news?', 'It burns again.', 'Thank you.'];

const which = fc.constantFrom(0 as const, 1 as const);
const nth = fc.nat(2);
/** The first of these that is not refused. */
const anAct = fc.record({
  kind: fc.constant('act' as const),
  ...{ which, nth },
  wishes: fc.array(fc.nat(WISHES.length - 1), { minLength: 1, maxLength: 8 }),
});
const aMail = fc.record({ kind: fc.constant('mail' as const), which, nth, text: fc.constantFrom(...MAILS) });
const aKill = fc.record({ kind: fc.constant('kill' as const), which, write: fc.nat(30) });
const aRewind = fc.record({ kind: fc.constant('rewind' as const) });
/** The clock looks twice at once, whether anything is due or not: other commands than the sweepers'. */
const aTick = fc.record({ kind: fc.constant('tick' as const), nth });
const passing = (...by: readonly number[]) =>
  fc.record({ kind: fc.constant('pass' as const), by: fc.constantFrom(...by) });

/** Clocks jump ahead and back, and whoever should work may not. */
export const anyStep = fc.oneof(
  { weight: 7, arbitrary: anAct },
  { weight: 1, arbitrary: aMail },
  { weight: 7, arbitrary: fc.record({ kind: fc.constant('due' as const), late: fc.constantFrom(0, 0, 0, MINUTE) }) },
  { weight: 2, arbitrary: passing(MINUTE, 10 * MINUTE, HOUR, 6 * HOUR, -HOUR, 48 * HOUR) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('sweep' as const) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('relay' as const), which: fc.constantFrom(0, 1, 'both') }) },
  { weight: 1, arbitrary: aTick },
  { weight: 1, arbitrary: aKill },
  { weight: 1, arbitrary: aRewind },
);

/** Clocks never jump over a moment at which something is due; whatever else goes wrong. */
export const steadyStep = fc.oneof(
  { weight: 6, arbitrary: anAct },
  { weight: 1, arbitrary: aMail },
  { weight: 4, arbitrary: passing(MINUTE, 10 * MINUTE, HOUR, 6 * HOUR) },
  { weight: 1, arbitrary: aTick },
  { weight: 1, arbitrary: aKill },
  { weight: 1, arbitrary: aRewind },
);
export type Step = typeof anyStep extends fc.Arbitrary<infer S> ? S : never;

/** One who is killed in the middle says nothing more; whatever else fails is a fault of the desk. Answers whether it came through. */
const unlessKilled = async (machine: Machine, each: 0 | 1, work: Promise<unknown>): Promise<boolean> => {
  await work.catch((fault: unknown) => {
    if (!machine.processes[each].isDead()) throw fault;
  });
  const isDead = machine.processes[each].isDead();
  if (isDead) await machine.replace(each);
  return !isDead;
};

const BOTH = [0, 1] as const;

export const sweepBoth = async (machine: Machine): Promise<void> => {
  await Promise.all(
    BOTH.map((each) =>
      unlessKilled(machine, each, machine.processes[each].core.loops[2]?.once() ?? Promise.reject(new TypeError())),
    ),
  );
};

/** Answers whether one of them came to the end. */
export const relay = async (machine: Machine, whose: readonly (0 | 1)[] = BOTH): Promise<boolean> => {
  const relaying = whose.map((each) => unlessKilled(machine, each, machine.processes[each].core.relay.drain()));
  return (await Promise.all(relaying)).includes(true);
};

export const nextDue = async ({ stores }: Machine): Promise<Instant | undefined> => {
  for await (const { dueAt } of stores.timers.due(FAR)) return dueAt;
  return undefined;
};

const toNextDue = async (machine: Machine, late: number): Promise<void> => {
  const due = await nextDue(machine);
  if (due === undefined) return;
  machine.pass(Math.max(0, millisecondsOf(due) - millisecondsOf(machine.now())) + late);
};

const act = async (machine: Machine, { which: each, nth: of, wishes }: Extract<Step, { kind: 'act' }>) => {
  const id = machine.tickets[of];
  const loaded = id && (await machine.stores.tickets.load(id));
  if (!loaded) throw new TypeError('a ticket is gone');
  const { core, clock } = machine.processes[each];
  for (const wish of wishes) {
    const ask = WISHES[wish]?.(knownOf(loaded.ticket, clock.now()));
    const outcome = ask && (await core.service.act(id, ask));
    if (outcome && !isRefusal(outcome)) return;
  }
};

/** The first so many tickets have an owner who has asked for help. */
export const begins = async (machine: Machine, ofAnna: number): Promise<void> => {
  const { service } = machine.processes[0].core;
  for (const id of machine.tickets.slice(0, ofAnna)) {
    await service.act(id, { type: 'accept', by: anna });
    await service.act(id, { type: 'request-envelope', by: anna, teamId: network, question: 'Which lamp fits?' });
  }
  await relay(machine);
};

let ticks = 0;
const tickTwice = async (machine: Machine, of: number): Promise<void> => {
  const id = machine.tickets[of];
  if (id === undefined) return;
  const tick = (each: 0 | 1): Promise<unknown> => {
    const { run, clock } = machine.processes[each];
    return run(id, { type: 'tick', id: commandId(`again-${(ticks += 1)}`), at: clock.now(), by: { kind: 'desk' } });
  };
  await Promise.all(BOTH.map((each) => unlessKilled(machine, each, tick(each))));
};

export const play = async (machine: Machine, step: Step): Promise<unknown> => {
  switch (step.kind) {
    case 'act':
      return unlessKilled(machine, step.which, act(machine, step));
    case 'mail':
      return unlessKilled(
        machine,
        step.which,
        machine.mails(step.which, machine.tickets[step.nth] as never, step.text),
      );
    case 'due':
      await toNextDue(machine, step.late);
      return sweepBoth(machine);
    case 'pass':
      return machine.pass(step.by);
    case 'sweep':
      return sweepBoth(machine);
    case 'relay':
      return relay(machine, step.which === 'both' ? BOTH : [step.which as 0 | 1]);
    case 'tick':
      return tickTwice(machine, step.nth);
    case 'kill':
      return machine.processes[step.which].dieAt(step.write);
    case 'rewind':
      return machine.rewind();
  }
};
