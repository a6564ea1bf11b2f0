import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { AlertRaised } from '../../src/domain/alert-events.ts';
import { replayAlerts } from '../../src/domain/alert-replay.ts';
import { instantOf, millisecondsOf } from '../../src/domain/values.ts';
import {
  type Books,
  booksOf,
  cardsEnqueued,
  cardsForNobody,
  foldOf,
  intendedIn,
  isForgotten,
  keptIn,
  keptTicket,
  linesWithoutCard,
  ownersMadeBy,
  rollUpsMissing,
} from './alert-machine-books.ts';
import {
  anyStep,
  begins,
  HOUR,
  MINUTE,
  nextDue,
  play,
  relay,
  steadyStep,
  type Step,
  sweepBoth,
} from './alert-machine-steps.ts';
import { type Machine, type MachineWishes, openMachine } from './alert-machine.ts';

const SECOND = 1_000;
/** Shrinking stops here with the smallest history that was found. */
const LIMITS = { interruptAfterTimeLimit: 90_000, markInterruptAsFailure: true } as const;
const MOST_ROUNDS = 30;

const isDue = async (machine: Machine): Promise<boolean> => {
  const due = await nextDue(machine);
  const behind = millisecondsOf(machine.now()) + Math.min(0, machine.skewMs);
  return due !== undefined && millisecondsOf(due) <= behind;
};

/** All that is left to do now is done; where one dies at it, the other one or its successor goes on. */
const catchesUp = async (machine: Machine): Promise<void> => {
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const caughtUp = await relay(machine);
    if (caughtUp && !(await isDue(machine))) return;
    await sweepBoth(machine);
  }
  throw new RangeError('the desk does not come to rest');
};

/** By processes that were just started: nothing may have been forgotten by those that died. */
const comesToRest = async (machine: Machine): Promise<void> => {
  for (const each of [0, 1] as const) await machine.replace(each);
  if (machine.oneSweeps) machine.pass(MINUTE);
  await catchesUp(machine);
};

const holds = (books: Books, machine: Machine): void => {
  const intended = intendedIn(books);
  expect(keptIn(books)).toEqual(intended);
  expect(new Set(intended).size).toBe(intended.length);
  const cards = cardsEnqueued(books);
  expect(new Set(cards).size).toBe(cards.length);
  expect(linesWithoutCard(books)).toEqual([]);
  expect(cardsForNobody(books)).toEqual([]);
  expect(rollUpsMissing(books)).toEqual([]);
  expect([[], ['TicketAccepted']]).toContainEqual(ownersMadeBy(books));
  expect(foldOf(books)).toEqual(keptTicket(books));
  expect(isForgotten(books, machine)).toBe(false);
};

const onMachine = async (wishes: MachineWishes, work: (machine: Machine) => Promise<void>): Promise<void> => {
  const machine = await openMachine(wishes);
  try {
    await work(machine);
  } finally {
    await machine.close();
  }
};

const wishes = fc.record({ skewMs: fc.constantFrom(0, 40_000, -40_000, 5 * MINUTE), oneSweeps: fc.boolean() });
const many = { minLength: 1, maxLength: 60, size: 'max' } as const;

/** So many tickets are Anna's from the beginning. */
const owned = fc.nat(2);

/** What must turn up in all lives together, or they would mean nothing. */
const MET = [
  ...['AlertRaised', 'AlertEnded', 'AlertAcknowledged', 'repeat', 'of an envelope'],
  ...['intended', 'held', 'digest', 'personal', 'chat', 'channel'],
];
const counted = new Map<string, number>();
const count = ({ raised, lines, history }: Books): void => {
  const found = [
    ...history.map(({ event }) => event.type),
    ...raised.flatMap(({ envelope, repeat }) => [
      ...(envelope === undefined ? [] : ['of an envelope']),
      ...(repeat > 0 ? ['repeat'] : []),
    ]),
    ...lines.flatMap(({ state, address }) => [state, address.kind]),
  ];
  for (const each of found) counted.set(each, (counted.get(each) ?? 0) + 1);
};

test('of every alert each person is told once, whoever dies, sweeps at once, is asked twice or has a wrong clock; no owner changes', async () => {
  const life = fc.asyncProperty(fc.array(anyStep, many), owned, wishes, (steps, ofAnna, wished) =>
    onMachine(wished, async (machine) => {
      await begins(machine, ofAnna);
      for (const step of steps) await play(machine, step);
      await comesToRest(machine);
      machine.pass(48 * HOUR);
      await comesToRest(machine);
      const all = await booksOf(machine);
      for (const books of all) holds(books, machine);
      all.forEach(count);
    }),
  );
  await fc.assert(life, { numRuns: 25, ...LIMITS });
  expect(MET.filter((each) => (counted.get(each) ?? 0) < 3)).toEqual([]);
}, 120_000);

/** To that moment, by every moment for which a timer waits. */
const walks = async (machine: Machine, milliseconds: number): Promise<boolean> => {
  const until = millisecondsOf(machine.now()) + milliseconds;
  let looked = false;
  for (;;) {
    await catchesUp(machine);
    const due = await nextDue(machine);
    const next = due === undefined || millisecondsOf(due) > until ? until : millisecondsOf(due);
    looked = next === until && due !== undefined && millisecondsOf(due) === until;
    machine.pass(next - millisecondsOf(machine.now()));
    if (next === until) break;
  }
  await catchesUp(machine);
  return looked;
};

/** At a moment of its own: of two things at the same moment, a replay does not know which was first. */
const atItsOwnMoment = async (machine: Machine): Promise<void> => {
  while (await walks(machine, SECOND + 7));
};

const lives = async (machine: Machine, steps: readonly Step[]): Promise<void> => {
  for (const step of steps) {
    if (step.kind === 'act' || step.kind === 'mail') await atItsOwnMoment(machine);
    if (step.kind === 'pass') await walks(machine, step.by);
    else await play(machine, step);
    await catchesUp(machine);
  }
  await walks(machine, 12 * HOUR);
};

const byWhat = ({ raised }: { readonly raised: readonly AlertRaised[] }): readonly string[] =>
  raised.map((each) => JSON.stringify(each)).sort();

test('what was raised is what a replay of the history raises, where the clock never jumped over what is due', async () => {
  let raised = 0;
  const life = fc.asyncProperty(fc.array(steadyStep, { ...many, maxLength: 25 }), owned, (steps, ofAnna) =>
    onMachine({ skewMs: 0, oneSweeps: false }, async (machine) => {
      await begins(machine, ofAnna);
      await lives(machine, steps);
      for (const books of await booksOf(machine)) {
        holds(books, machine);
        const { desk } = machine.processes[0].core;
        const replayed = replayAlerts(books.history, { desk, until: instantOf(millisecondsOf(machine.now()) + 1) });
        expect(byWhat(books)).toEqual(byWhat({ raised: replayed.map((each) => each.raised) }));
        raised += books.raised.length;
      }
    }),
  );
  await fc.assert(life, { numRuns: 10, ...LIMITS });
  expect(raised).toBeGreaterThan(100);
}, 120_000);
