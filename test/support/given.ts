import { expect } from '@jest/globals';
import type { Matrix } from '../../src/domain/alert-rules.ts';
import { alwaysOpen } from '../../src/domain/calendar.ts';
import { decide } from '../../src/domain/decide.ts';
import { type Decision, outcomeOf } from '../../src/domain/decision.ts';
import { effectsOf } from '../../src/domain/effects-of.ts';
import type { Effect } from '../../src/domain/effects.ts';
import type { Recorded, TicketEvent } from '../../src/domain/events.ts';
import { evolve } from '../../src/domain/evolve.ts';
import { type Desk, defaultPolicy } from '../../src/domain/policy.ts';
import type { Refusal, RefusalCode } from '../../src/domain/refusals.ts';
import type { Status, Ticket } from '../../src/domain/ticket.ts';
import { type Instant, instantOf, millisecondsOf, type PersonActor } from '../../src/domain/values.ts';
import { accepts, arrives, asks, cancels, closes, type Deed, pends, resolves } from './deeds.ts';
import { rosterWith } from './desk-roster.ts';

/**
 * Tests of a rule are sentences: `given(acceptedBy(ana)).when(replies(ben)).thenRefused('only-the-owner')`. Every ticket in
 * them is made by the domain itself, deed by deed, so that none can be in a state the desk could not reach.
 */
export interface Wait {
  readonly milliseconds: number;
}
export type Step = Deed | Wait | readonly Step[];

/** Alerts are rules of their own: where a test says nothing of them, the matrix is empty. */
const NO_ALERTS: Matrix = { rules: [], defaults: false };

export const aDesk: Desk = {
  policy: defaultPolicy,
  calendars: { of: () => alwaysOpen },
  matrix: () => NO_ALERTS,
  roster: rosterWith(),
};
export const monday = instantOf(Date.parse('2026-01-05T09:00:00Z'));

export const seconds = (count: number): Wait => ({ milliseconds: count * 1_000 });
export const minutes = (count: number): Wait => seconds(count * 60);
export const hours = (count: number): Wait => minutes(count * 60);
export const days = (count: number): Wait => hours(count * 24);
export const after = (from: Instant, { milliseconds }: Wait): Instant => instantOf(millisecondsOf(from) + milliseconds);

/** Everything that happened so far: the ticket, its events, what must follow the last deed, and what time it is. */
export interface Story {
  readonly ticket: Ticket | undefined;
  readonly recorded: readonly Recorded[];
  readonly effects: readonly Effect[];
  readonly now: Instant;
}

const beginning: Story = { ticket: undefined, recorded: [], effects: [], now: monday };

interface Told {
  readonly story: Story;
  readonly decision: Decision;
  readonly refusal?: Refusal;
}

/**
 * One deed: decided, evolved and recorded as the write path does it. A refused deed leaves the story as it was, unless the
 * refusal is one that the ticket remembers.
 */
export const tell = (story: Story, deed: Deed, desk: Desk = aDesk): Told => {
  const before = story.ticket;
  const decision = decide(before, deed(story.now), desk);
  const { refusal, events } = outcomeOf(decision);
  if (refusal && events.length === 0) return { story, decision, refusal };
  const recorded = events.map((event, index) => ({ rev: (before?.rev ?? 0) + index + 1, event }));
  const ticket = recorded.reduce((each, { event }) => evolve(each, event), before);
  const effects = ticket && recorded.length > 0 ? effectsOf({ before, recorded, after: ticket }, desk) : [];
  const told = { ticket, recorded: [...story.recorded, ...recorded], effects, now: story.now };
  return { story: told, decision, ...(refusal ? { refusal } : {}) };
};

const flat = (steps: readonly Step[]): readonly (Deed | Wait)[] =>
  steps.flatMap((step) => ('length' in step && typeof step !== 'function' ? flat(step) : [step as Deed | Wait]));

/** Deeds happen a minute apart, so that their order is their time. */
export const storyOf = (...steps: readonly Step[]): Story & { readonly ticket: Ticket } => storyAt(aDesk, steps);

export const storyAt = (desk: Desk, steps: readonly Step[]): Story & { readonly ticket: Ticket } => {
  const story = flat(steps).reduce<Story>((before, step) => {
    if (typeof step !== 'function') return { ...before, now: after(before.now, step) };
    const told = tell(before, step, desk);
    if (told.refusal && told.story === before) throw new TypeError(`given cannot be: ${told.refusal.refused}`);
    return { ...told.story, now: after(before.now, minutes(1)) };
  }, beginning);
  if (!story.ticket) throw new TypeError('given has no ticket: begin with arrived()');
  return { ...story, ticket: story.ticket };
};

type Expected = { readonly type: TicketEvent['type']; readonly [field: string]: unknown };

export interface Outcome {
  /** Moment of the deed. */
  readonly at: Instant;
  readonly decision: Decision;
  readonly ticket: Ticket;
  readonly recorded: readonly Recorded[];
  readonly effects: readonly Effect[];
  /** Exactly these events in this order; of each, the fields that are named. */
  then(...events: readonly Expected[]): Outcome;
  /** What the ticket remembers of a deed that was refused. */
  thenRecorded(...events: readonly Expected[]): Outcome;
  thenRefused(code: RefusalCode, details?: Omit<Refusal, 'refused'>): Outcome;
  /** The ticket afterwards has these facts; one that is `undefined` must be missing. */
  thenTicket(facts: Readonly<Record<string, unknown>>): Outcome;
}

export interface Given {
  /** The desk as it is configured in this test. */
  at(desk: Desk): Given;
  when(deed: Deed): Outcome;
}

const givenAt = (desk: Desk, steps: readonly Step[]): Given => ({
  at: (other) => givenAt(other, steps),
  when: (deed) => {
    const before = storyAt(desk, steps);
    const { story, decision, refusal } = tell(before, deed, desk);
    const { events: happened } = outcomeOf(decision);
    const outcome: Outcome = {
      at: before.now,
      decision,
      ticket: story.ticket ?? before.ticket,
      recorded: story.recorded,
      effects: happened.length === 0 ? [] : story.effects,
      then: (...events) => {
        expect(decision).toMatchObject(events);
        return outcome;
      },
      thenRecorded: (...events) => {
        expect(happened).toMatchObject(events);
        return outcome;
      },
      thenRefused: (code, details = {}) => {
        expect(refusal).toEqual(expect.objectContaining({ refused: code, ...details }));
        return outcome;
      },
      thenTicket: (facts) => {
        const picked = Object.fromEntries(Object.keys(facts).map((fact) => [fact, Reflect.get(outcome.ticket, fact)]));
        expect(picked).toEqual(facts);
        return outcome;
      },
    };
    return outcome;
  },
});

export const given = (...steps: readonly Step[]): Given => givenAt(aDesk, steps);

export const arrived = (...details: Parameters<typeof arrives>): Step => arrives(...details);
export const acceptedBy = (owner: PersonActor): Step => [arrived(), accepts(owner)];
export const waitingForCustomer = (owner: PersonActor): Step => [acceptedBy(owner), asks(owner)];
export const waitingForVendor = (owner: PersonActor): Step => [acceptedBy(owner), pends(owner, 'vendor')];
const waitingForChange = (owner: PersonActor): Step => [acceptedBy(owner), pends(owner, 'change')];
export const resolvedBy = (owner: PersonActor): Step => [acceptedBy(owner), resolves(owner)];
export const closedBy = (owner: PersonActor): Step => [resolvedBy(owner), closes(owner)];
export const cancelledBy = (owner: PersonActor): Step => [acceptedBy(owner), cancels(owner, 'mistake')];

/** A ticket in each state, owned by `owner` wherever the state knows an owner. */
export const inState = (owner: PersonActor): Readonly<Record<Status, Step>> => ({
  new: arrived(),
  in_progress: acceptedBy(owner),
  pending_customer: waitingForCustomer(owner),
  pending_vendor: waitingForVendor(owner),
  pending_change: waitingForChange(owner),
  resolved: resolvedBy(owner),
  closed: closedBy(owner),
  cancelled: cancelledBy(owner),
});

export const STATUSES: readonly Status[] = [
  'new',
  'in_progress',
  'pending_customer',
  'pending_vendor',
  'pending_change',
  'resolved',
  'closed',
  'cancelled',
];
