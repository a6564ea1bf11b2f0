import { DEFAULT_MATRIX } from '../../src/domain/alert-rules.ts';
import fc from 'fast-check';
import type { Decision } from '../../src/domain/decision.ts';
import type { Effect } from '../../src/domain/effects.ts';
import type { Desk } from '../../src/domain/policy.ts';
import { ownerOf, type Ticket } from '../../src/domain/ticket.ts';
import { mailAddress, type PersonActor } from '../../src/domain/values.ts';
import {
  accepts,
  ana,
  arrives,
  ben,
  carlaTheRequester,
  type Deed,
  emil,
  eve,
  inPlaceOf,
  kai,
  lea,
  max,
  mia,
  nora,
  otto,
  prose,
  resolves,
  vera,
} from '../support/deeds.ts';
import { PEOPLE, rosterWith } from '../support/desk-roster.ts';
import { aDesk, after, monday, seconds, type Story, tell } from '../support/given.ts';
import {
  acceptsEnvelope,
  asksForHelp,
  completesEnvelope,
  declinesEnvelope,
  queriesOwner,
} from '../support/envelope-deeds.ts';
import {
  another,
  declaresMajor,
  offers,
  part,
  proposesMerge,
  proposesTransfer,
  reserves,
} from '../support/ownership-deeds.ts';
import { CANARY, DEEDS, type Likely, thread } from './ticket-walk-deeds.ts';

/** The names of those who help carry the word, too: no customer ever reads one. */
const secret = (person: PersonActor): PersonActor => ({ ...person, name: `${person.name} ${CANARY}` });
const [secretEve, secretEmil] = [secret(eve), secret(emil)];
export const walkDesk: Desk = {
  ...aDesk,
  matrix: () => DEFAULT_MATRIX,
  roster: rosterWith({
    people: PEOPLE.map((each) =>
      each.id === eve.id || each.id === emil.id ? { ...each, name: `${each.name} ${CANARY}` } : each,
    ),
  }),
};

const people = [ana, ben, lea, max, secretEve, secretEmil, nora, mia, otto, vera, kai];

type Who = 'likely' | 'a deputy' | PersonActor;
const named = (id: string | undefined): PersonActor | undefined => people.find((each) => each.id === id);

/** Whoever would do this if all went well: without that bias nearly everything would be refused. */
const likely = (ticket: Ticket | undefined, kind: Likely, seq: number): PersonActor => {
  const owner = (ticket && named(ownerOf(ticket)?.id)) ?? ana;
  const row = ticket?.envelopes?.find((each) => each.seq === seq);
  const byKind: Readonly<Record<Likely, PersonActor>> = {
    owner,
    helper: named(row?.expert?.id ?? row?.offeredTo?.id) ?? secretEve,
    lead: lea,
    manager: max,
    reserver: (ticket?.status === 'new' && named(ticket.reserved?.id)) || ana,
    offered: (ticket?.status === 'new' && named(ticket.offered?.id)) || ana,
    asked: named(ticket?.mergeProposed?.ownerId) ?? ben,
  };
  return byKind[kind];
};

const personOf = (who: Who, ticket: Ticket | undefined, usual: PersonActor): PersonActor => {
  if (who === 'likely') return usual;
  if (who !== 'a deputy') return who;
  const owner = ticket && named(ownerOf(ticket)?.id);
  return owner && owner.id !== ben.id ? inPlaceOf(owner, ben) : ben;
};

/** One of those that are not over yet, if there are any. */
const seqOf = (ticket: Ticket | undefined, nth: number): number => {
  const open = (ticket?.envelopes ?? []).filter(({ state }) => !['confirmed', 'declined', 'withdrawn'].includes(state));
  return open[nth % Math.max(1, open.length)]?.seq ?? nth;
};

const text = fc.oneof(
  fc.string({ maxLength: 40 }),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constant(' '),
  fc.constant('x'.repeat(20_001)),
);
const words = fc.oneof({ weight: 5, arbitrary: fc.constant('some words') }, { weight: 1, arbitrary: text });
const who: fc.Arbitrary<Who> = fc.oneof(
  { weight: 5, arbitrary: fc.constant('likely' as const) },
  { weight: 1, arbitrary: fc.constant('a deputy' as const) },
  { weight: 2, arbitrary: fc.constantFrom(...people) },
);
const choice = fc.record({
  text: words,
  whom: fc.constantFrom('vendor' as const, 'change' as const),
  days: fc.integer({ min: -1, max: 40 }),
  nth: fc.integer({ min: 1, max: 5 }),
  other: fc.constantFrom(...people),
  impact: fc.constantFrom('high' as const, 'medium' as const, 'low' as const),
  priority: fc.constantFrom('P1' as const, 'P2' as const, 'P3' as const, 'P4' as const),
});
/** In seconds: often at once, so that a tap can be undone; or up to eight days. */
const wait = fc.oneof(
  { weight: 2, arbitrary: fc.integer({ min: 0, max: 40 }) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 4 * 3600 }) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 8 * 24 * 3600 }) },
);
const helped = [accepts(ana), asksForHelp(ana, { question: CANARY })];
const taken = [...helped, acceptsEnvelope(secretEve)];
/** How far it has come already: what needs many things in a row would hardly ever happen by chance. */
const prelude = fc.constantFrom<readonly Deed[]>(
  [],
  [reserves(ana)],
  [offers(lea, ana)],
  [accepts(ana)],
  [accepts(ana), proposesTransfer(lea, ben)],
  [accepts(ana), declaresMajor(max, lea)],
  [accepts(ana), proposesMerge(ana, { ...another, ownerId: ben.id })],
  [accepts(ana), resolves(ana)],
  helped,
  taken,
  [...helped, declinesEnvelope(secretEve), declinesEnvelope(secretEmil)],
  [...taken, queriesOwner(secretEve, CANARY)],
  [...taken, completesEnvelope(secretEve, CANARY)],
);
/** Of several the first that is not refused, so that a life goes on; of one that one, come what may. */
const deeds = fc.array(fc.constantFrom(...DEEDS), { minLength: 1, maxLength: 8 });
const step = fc.record({ deeds, choice, who, wait });

const beginning = fc.record({
  subject: fc.oneof(fc.string({ unit: 'binary', maxLength: 40 }), fc.constant('漢"'.repeat(9_000))),
  name: fc.oneof(fc.string({ unit: 'binary', maxLength: 40 }), fc.constant('ñ\u0001'.repeat(9_000))),
  description: text,
  addressed: fc.boolean(),
  isPart: fc.boolean(),
  prelude,
});

/** One thing that was asked, the story it made, and what was decided. */
export interface Moment {
  readonly ticket: Ticket;
  readonly story: Story;
  readonly decision: Decision;
  readonly effects: readonly Effect[];
}

type Value<A> = A extends fc.Arbitrary<infer V> ? V : never;

const firstDeed = ({
  subject,
  name,
  description,
  addressed,
  isPart,
}: Omit<Value<typeof beginning>, 'prelude'>): Deed => {
  const address = addressed ? { address: mailAddress(`${'c'.repeat(300)}@customer.example`) } : {};
  const requester = { contactId: carlaTheRequester.contactId, name, ...address };
  const opening = { subject, requester, description: prose(description), ...thread('x'.repeat(998)) };
  return arrives(isPart ? { ...opening, splitFrom: { id: part.id, number: part.number } } : opening);
};

const chosen = (
  ticket: Ticket | undefined,
  { choice: { nth, ...how }, who: by, deeds: wishes }: Value<typeof step>,
) => {
  const seq = seqOf(ticket, nth);
  const target = { ...another, ownerId: how.other.id };
  return wishes.map(({ by: kind, does }) =>
    does({ ...how, seq, by: personOf(by, ticket, likely(ticket, kind, seq)), target }),
  );
};

const walkFrom = (start: Value<typeof beginning>, steps: readonly Value<typeof step>[]): Moment[] => {
  let story: Story = { ticket: undefined, recorded: [], effects: [], now: monday };
  const does = (wishes: readonly Deed[], waited: number): Moment[] => {
    const before = { ...story, effects: [], now: after(story.now, seconds(waited)) };
    const told = wishes.map((deed) => tell(before, deed, walkDesk));
    const done = told.find(({ story: then }) => then.recorded.length > before.recorded.length) ?? told[0];
    if (!done) return [];
    story = done.story;
    return story.ticket ? [{ ticket: story.ticket, story, decision: done.decision, effects: story.effects }] : [];
  };
  return [
    ...does([firstDeed(start)], 0),
    ...start.prelude.flatMap((deed) => does([deed], 60)),
    ...steps.flatMap((each) => does(chosen(story.ticket, each), each.wait)),
  ];
};

/** The life of a ticket as chance would have it: every moment of it, refused ones too. */
export const aWalk: fc.Arbitrary<Moment[]> = fc
  .tuple(beginning, fc.array(step, { maxLength: 60, size: 'max' }))
  .map(([start, steps]) => walkFrom(start, steps));
