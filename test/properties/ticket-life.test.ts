import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { outcomeOf } from '../../src/domain/decision.ts';
import { nextDueOf } from '../../src/domain/decide-tick.ts';
import { ENVELOPE_ALLOWED, isUnanswered } from '../../src/domain/envelope.ts';
import { evolve, fold } from '../../src/domain/evolve.ts';
import { ALLOWED } from '../../src/domain/lifecycle.ts';
import { isOpen, OwnershipError, ownerOf, type Ticket } from '../../src/domain/ticket.ts';
import { customerView, entryOf } from '../../src/domain/timeline.ts';
import { instantOf, mailAddress, millisecondsOf } from '../../src/domain/values.ts';
import {
  accepts,
  ana,
  arrives,
  ben,
  carlaTheRequester,
  emil,
  eve,
  identity,
  lea,
  max,
  ticks,
} from '../support/deeds.ts';
import {
  acceptsEnvelope,
  addsTask,
  asksForHelp,
  completesEnvelope,
  declinesEnvelope,
  finishesTask,
  withdrawsEnvelope,
} from '../support/envelope-deeds.ts';
import { acknowledges } from '../support/alert-deeds.ts';
import { after, days, monday, seconds, type Step, storyAt, tell } from '../support/given.ts';
import { another, declaresMajor, proposesMerge, proposesTransfer, tags } from '../support/ownership-deeds.ts';
import { aWalk, type Moment, walkDesk } from './ticket-walk.ts';
import { CANARY, thread } from './ticket-walk-deeds.ts';

/** Holds in every moment of every life. */
const always = (claim: (moment: Moment, index: number, life: readonly Moment[]) => void): void =>
  fc.assert(
    fc.property(aWalk, (life) => life.forEach(claim)),
    { numRuns: 120 },
  );

const refusalOf = ({ decision }: Moment) => outcomeOf(decision).refusal;

test('lives are long enough to mean something: all states are reached, many things are refused and many done', () => {
  const lives = fc.sample(aWalk, { numRuns: 300, seed: 1 }).flat();
  expect(new Set(lives.map(({ ticket }) => ticket.status)).size).toBe(Object.keys(ALLOWED).length);
  const states = lives.flatMap(({ ticket }) => (ticket.envelopes ?? []).map(({ state }) => state));
  expect(new Set(states).size).toBe(Object.keys(ENVELOPE_ALLOWED).length);
  expect(new Set(lives.flatMap(({ story }) => story.recorded.map(({ event }) => event.type))).size).toBe(61);
  expect(lives.filter((moment) => refusalOf(moment)).length).toBeGreaterThan(500);
  expect(new Set(lives.map((moment) => refusalOf(moment)?.refused)).size).toBeGreaterThan(35);
  expect(lives.filter(({ effects }) => effects.some(({ kind }) => kind === 'mail')).length).toBeGreaterThan(100);
});

/** Each event with the ticket before and after it. */
const stepsOf = (life: readonly Moment[]) => {
  let before: Ticket | undefined;
  return (life.at(-1)?.story.recorded ?? []).map(({ event }) => {
    const step = { before, event, after: evolve(before, event) };
    before = step.after;
    return step;
  });
};

/** Holds for every event of every life. */
const eachEvent = (claim: (step: ReturnType<typeof stepsOf>[number]) => void): void =>
  fc.assert(
    fc.property(aWalk, (life) => stepsOf(life).forEach(claim)),
    { numRuns: 120 },
  );

test('an owner comes by accepting, and another one only by a transfer that two people made for a reason that counts', () => {
  eachEvent(({ before, event, after: then }) => {
    const [was, is] = [before && ownerOf(before), then && ownerOf(then)];
    if (was?.id === is?.id) return;
    if (!was) {
      expect(event).toMatchObject({ type: 'TicketAccepted', by: { id: is?.id, name: is?.name } });
      return;
    }
    expect(event).toMatchObject({ type: 'OwnershipTransferred', from: { id: was.id }, to: { id: is?.id } });
    if (event.type !== 'OwnershipTransferred') return;
    expect(event.by.id).not.toBe(event.proposedBy.id);
    expect(event.by.id).not.toBe(was.id);
    expect(['termination', 'extended_leave']).toContain(event.reason);
    expect(before?.transfer).toEqual(expect.objectContaining({ to: event.to, reason: event.reason }));
  });
});

test('no envelope and no task changes the owner, or anything else but envelopes, tasks and credit: byte for byte', () => {
  const beside = ['envelopes', 'envelopesEver', 'tasks', 'tasksEver', 'credit', 'rev', 'changedAt', 'workedAt'];
  const rest = (ticket: Ticket | undefined): string =>
    JSON.stringify(Object.entries(ticket ?? {}).filter(([field]) => !beside.includes(field)));
  eachEvent(({ before, event, after: then }) => {
    if ('seq' in event || 'task' in event) expect(rest(then)).toBe(rest(before));
  });
});

test('an unanswered envelope does not outlive its ticket', () => {
  always(({ ticket }) => {
    if (!isOpen(ticket)) expect((ticket.envelopes ?? []).filter(isUnanswered)).toEqual([]);
  });
});

test('an expert is never the owner at the moment of accepting', () => {
  eachEvent(({ before, event }) => {
    if (event.type === 'EnvelopeAccepted') expect(before && ownerOf(before)?.id).not.toBe(event.by.id);
  });
});

test('only a state in which somebody owns the ticket has an owner, and the other way round', () => {
  always(({ ticket }) => {
    if (ticket.status === 'cancelled') return;
    expect(ownerOf(ticket) !== undefined).toBe(ticket.status !== 'new');
  });
});

test('the ticket is the fold of its events, also of those that were written down and read back', () => {
  always(({ ticket, story }) => {
    const kept = JSON.parse(JSON.stringify(story.recorded)) as typeof story.recorded;
    expect(JSON.stringify(fold(story.recorded))).toBe(JSON.stringify(ticket));
    expect(JSON.stringify(fold(kept))).toBe(JSON.stringify(ticket));
  });
});

test('the revision is the number of events', () => {
  always(({ ticket, story }) => {
    expect(ticket.rev).toBe(story.recorded.length);
    expect(story.recorded.map(({ rev }) => rev)).toEqual(story.recorded.map((_each, index) => index + 1));
  });
});

test('a refusal changes nothing, but that an attempt to change the owner is remembered', () => {
  always((moment, index, life) => {
    if (!refusalOf(moment)) return;
    const before = life[index - 1]?.ticket;
    const { events } = outcomeOf(moment.decision);
    if (events.length === 0) return expect(moment.ticket).toBe(before);
    expect(events).toMatchObject([{ type: 'OwnerChangeRefused' }]);
    const facts = ({ rev: _rev, changedAt: _at, ...rest }: Ticket): string => JSON.stringify(rest);
    expect(before && facts(moment.ticket)).toBe(before && facts(before));
  });
});

test('what the desk wrote for itself, and who helped, reaches no customer', () => {
  always(({ ticket, story, effects }) => {
    expect(JSON.stringify(customerView(ticket, story.recorded))).not.toContain(CANARY);
    for (const effect of effects) if (effect.kind === 'mail') expect(JSON.stringify(effect.mail)).not.toContain(CANARY);
  });
});

test('six kinds of event are a customer’s to see, and no other', () => {
  const theirs = [
    'TicketOpened',
    'CustomerWroteIn',
    'CustomerAnswered',
    'TicketResolved',
    'MajorIncidentUpdated',
    'ParentUpdated',
  ];
  eachEvent(({ event, after: then }) => {
    if (entryOf({ rev: then?.rev ?? 0, event }).visibility === 'customer') expect(theirs).toContain(event.type);
  });
});

test('no command sends more than one mail, and none goes to a ticket without an address', () => {
  always(({ ticket, effects }) => {
    const mails = effects.filter(({ kind }) => kind === 'mail');
    expect(mails.length).toBeLessThanOrEqual(ticket.requester.address ? 1 : 0);
  });
});

test('nobody is told of their own act', () => {
  always(({ story, effects }) => {
    for (const effect of effects) {
      if (effect.kind !== 'notice') continue;
      const by = story.recorded[effect.rev - 1]?.event.by;
      expect(by?.kind === 'person' ? by.id : undefined).not.toBe(effect.to);
    }
  });
});

test('the lists of envelopes and tasks show what is unanswered and open, and nothing else', () => {
  fc.assert(
    fc.property(aWalk, (life) => {
      const on = new Map<string, Set<string>>();
      for (const { effects } of life)
        for (const effect of effects) {
          if (effect.kind !== 'rows') continue;
          const lists = on.get(effect.key) ?? new Set<string>();
          effect.off.forEach((list) => lists.delete(list));
          effect.on.forEach((list) => lists.add(list));
          on.set(effect.key, lists);
        }
      const last = life.at(-1)?.ticket;
      const shown = [...on].flatMap(([key, lists]) => (lists.size > 0 ? [key] : [])).sort();
      const open = [
        ...(last?.envelopes ?? []).filter(isUnanswered).map(({ seq }) => `ticket-1~${seq}`),
        ...(last?.tasks ?? []).filter(({ state }) => state === 'open').map(({ seq }) => `ticket-1~t${seq}`),
      ].sort();
      expect(shown).toEqual(open);
    }),
    { numRuns: 120 },
  );
});

test('the clock does each thing once: whenever it looks, at once again there is nothing to do', () => {
  const waits = fc.integer({ min: 0, max: days(40).milliseconds });
  fc.assert(
    fc.property(aWalk, fc.array(waits, { minLength: 1, maxLength: 4 }), (life, looks) => {
      let story = life.at(-1)?.story;
      for (const wait of looks) {
        if (!story) return;
        const now = after(story.now, { milliseconds: wait });
        const once = tell({ ...story, now }, ticks(), walkDesk);
        const again = tell(once.story, ticks(), walkDesk);
        expect(again.decision).toEqual([]);
        const next = once.story.ticket && nextDueOf(once.story.ticket, walkDesk, now);
        expect(next === undefined || next > now).toBe(true);
        story = once.story;
      }
    }),
    { numRuns: 120 },
  );
});

test('the clock does nothing before it is due, and something when it is', () => {
  always(({ story, ticket }) => {
    const due = nextDueOf(ticket, walkDesk, story.now);
    if (due === undefined) return;
    const early = instantOf(millisecondsOf(due) - 1);
    expect(tell({ ...story, now: early }, ticks(), walkDesk).decision).toEqual([]);
    expect(tell({ ...story, now: due }, ticks(), walkDesk).decision).not.toEqual([]);
  });
});

test('every ticket is sealed', () => {
  always(({ ticket }) => {
    expect(Object.isFrozen(ticket)).toBe(true);
    expect(Object.isFrozen(ticket.requester)).toBe(true);
    expect(Object.isFrozen(ticket.envelopes ?? ticket)).toBe(true);
    expect(() => Object.assign(ticket, { ownerId: ben.id })).toThrow(OwnershipError);
  });
});

test('the ticket’s document stays within 48 KB: facts only, however much was written', () => {
  always(({ ticket }) => {
    expect(Buffer.byteLength(JSON.stringify(ticket))).toBeLessThanOrEqual(48 * 1024);
  });
});

test('the fullest one stays within 48 KB: everything open that may be, in the widest letters, and what ended beside it', () => {
  const times = (count: number, deed: (index: number) => Step): Step =>
    Array.from({ length: count }, (_each, index) => deed(index));
  const wide = (length: number): string => '漢'.repeat(length);
  const full = (answer: (seq: number) => readonly Step[]): Step => [
    arrives({
      subject: wide(300),
      requester: { ...carlaTheRequester, name: wide(300), address: mailAddress(`${'c'.repeat(300)}@x.example`) },
      ...thread('x'.repeat(998)),
    }),
    accepts(ana),
    times(8, (index) => [
      asksForHelp(ana),
      acceptsEnvelope(eve, index + 1),
      withdrawsEnvelope(ana, undefined, index + 1),
    ]),
    times(20, (index) => [
      asksForHelp(ana, { dueAt: after(monday, days(9)) }),
      declinesEnvelope(eve, 'No.', index + 9),
      acceptsEnvelope(emil, index + 9),
      ...answer(index + 9),
    ]),
    times(5, (index) => [addsTask(ana, wide(120)), finishesTask(ana, index + 1)]),
    times(20, () => addsTask(ana, wide(120), { dueAt: after(monday, days(9)), envelope: 20 })),
    tags(ana, ...Array.from({ length: 10 }, (_each, index) => `${index}${wide(29)}`)),
    declaresMajor(max, lea),
    proposesTransfer(lea, ben),
    proposesMerge(ana, { ...another, ownerId: ben.id }),
  ];
  const bytesOf = (...steps: readonly Step[]): number => {
    const { ticket } = storyAt(walkDesk, steps);
    return Buffer.byteLength(JSON.stringify(ticket).replaceAll(/person-\w+/gu, '8d0e2f3c-5f1b-4c0e-9a57-0123456789ab'));
  };
  const answered = full((seq) => [completesEnvelope(emil, 'Done.', { seq, outcome: 'not_ours', toTeamId: identity })]);
  expect(bytesOf(answered)).toBeLessThanOrEqual(48 * 1024);
  const alarmed = ['NOT_UPDATED', 'NOT_COMPLETED'] as const;
  const onIt = times(20, (index) => alarmed.map((condition) => acknowledges(eve, condition, index + 9)));
  expect(
    bytesOf(
      full(() => []),
      days(30),
      ticks(),
      onIt,
    ),
  ).toBeLessThanOrEqual(48 * 1024);
});

test('due moves nearer only where the priority changes, and then a quarter of the target is left', () => {
  eachEvent(({ before, event, after: then }) => {
    if (!before || !then || then.dueAt >= before.dueAt) return;
    expect(['TicketTriaged', 'PriorityOverridden']).toContain(event.type);
    expect(then.priority).not.toBe(before.priority);
    const quarter = walkDesk.policy.dueMinutes[then.priority] * 60 * 0.25;
    expect(then.dueAt >= after(event.at, seconds(quarter))).toBe(true);
  });
});
