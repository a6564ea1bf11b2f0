import fc from 'fast-check';
import type { Decision } from '../../src/domain/decide.ts';
import type { Effect } from '../../src/domain/effects.ts';
import { ownerOf, type Ticket } from '../../src/domain/ticket.ts';
import { mailAddress, type PersonActor } from '../../src/domain/values.ts';
import {
  accepts,
  ana,
  arrives,
  asks,
  ben,
  cancels,
  carla,
  carlaTheRequester,
  closes,
  customerWrites,
  type Deed,
  deskMailbox,
  eve,
  lea,
  max,
  notes,
  pends,
  prose,
  reopens,
  replies,
  repliesAndResolves,
  resolves,
  resumes,
  theDesk,
  undoesCancel,
  vera,
} from '../support/deeds.ts';
import { after, minutes, monday, type Story, tell } from '../support/given.ts';

/** What only the desk may read carries this word; it must not turn up anywhere else. */
export const CANARY = 'canary-7f3a';

interface Choice {
  readonly by: PersonActor;
  readonly text: string;
  readonly whom: 'vendor' | 'change';
  readonly days: number;
}

const internal = (text: string): string => `${text} ${CANARY}`;
const mallory = { ...carla, name: `Mallory ${CANARY}` };
const thread = (id: string): object => ({
  thread: { mailbox: deskMailbox, messageId: id, internetMessageId: `<${id}@x>` },
});

/** Everything that can be asked of a ticket, by anyone, sensible or not. */
const DEEDS: readonly ((choice: Choice) => Deed)[] = [
  ({ by }) => accepts(by),
  ({ by, text }) => notes(by, internal(text)),
  ({ by, text }) => replies(by, text),
  ({ by, text }) => repliesAndResolves(by, text),
  ({ by, text }) => asks(by, text),
  ({ by, text, whom, days }) => pends(by, whom, { days, text: internal(text) }),
  ({ by }) => resumes(by),
  ({ by, text }) => resolves(by, text),
  ({ by, text }) => reopens(by, internal(text)),
  ({ by }) => closes(by),
  () => closes(theDesk),
  ({ by }) => cancels(by, 'spam'),
  ({ by }) => cancels(by, 'duplicate', 'INC-1000'),
  ({ by }) => undoesCancel(by),
  ({ text }) => customerWrites(text, thread('y'.repeat(998))),
  ({ text }) => customerWrites(text, { verdict: 'thanks' }),
  ({ text }) => customerWrites(text, { verdict: 'automatic' }),
  ({ text }) => customerWrites(internal(text), { verdict: 'bounce' }),
  ({ text }) => customerWrites(internal(text), { unverified: true, by: mallory }),
  () => arrives({ subject: 'the same mail again' }),
];

const people = [ana, ben, lea, max, eve, vera];

/** Somebody, or whoever owns the ticket by then: without that bias nearly everything would be refused. */
const personOf = (who: PersonActor | 'the owner', story: Story): PersonActor => {
  const owner = story.ticket && ownerOf(story.ticket);
  return who === 'the owner' ? (people.find(({ id }) => id === owner?.id) ?? ana) : who;
};
const text = fc.oneof(
  fc.string({ maxLength: 40 }),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constant(' '),
  fc.constant('x'.repeat(20_001)),
);
const words = fc.oneof({ weight: 3, arbitrary: fc.constant('some words') }, { weight: 1, arbitrary: text });
const choice = fc.record({
  by: fc.oneof(
    { weight: 2, arbitrary: fc.constant('the owner' as const) },
    { weight: 1, arbitrary: fc.constantFrom(...people) },
  ),
  text: words,
  whom: fc.constantFrom('vendor' as const, 'change' as const),
  days: fc.integer({ min: -1, max: 10 }),
});
const step = fc.record({ deed: fc.constantFrom(...DEEDS), choice, wait: fc.integer({ min: 0, max: 8 * 24 * 60 }) });

const beginning = fc.record({
  subject: fc.oneof(fc.string({ unit: 'binary', maxLength: 40 }), fc.constant('漢"'.repeat(9_000))),
  name: fc.oneof(fc.string({ unit: 'binary', maxLength: 40 }), fc.constant('ñ\u0001'.repeat(9_000))),
  description: text,
  addressed: fc.boolean(),
});

/** One thing that was asked, the story it made, and what was decided. */
export interface Moment {
  readonly ticket: Ticket;
  readonly story: Story;
  readonly decision: Decision;
  readonly effects: readonly Effect[];
}

type Value<A> = A extends fc.Arbitrary<infer V> ? V : never;

const firstDeed = ({ subject, name, description, addressed }: Value<typeof beginning>): Deed => {
  const address = addressed ? { address: mailAddress(`${'c'.repeat(300)}@customer.example`) } : {};
  const requester = { contactId: carlaTheRequester.contactId, name, ...address };
  return arrives({ subject, requester, description: prose(description), ...thread('x'.repeat(998)) });
};

const walkFrom = (start: Value<typeof beginning>, steps: readonly Value<typeof step>[]): Moment[] => {
  let story: Story = { ticket: undefined, recorded: [], effects: [], now: monday };
  const does = (deed: Deed, wait: number): Moment[] => {
    const told = tell({ ...story, effects: [], now: after(story.now, minutes(wait)) }, deed);
    story = told.story;
    return story.ticket ? [{ ticket: story.ticket, story, decision: told.decision, effects: story.effects }] : [];
  };
  const arrival = does(firstDeed(start), 0);
  return [
    ...arrival,
    ...steps.flatMap(({ deed, choice: { by, ...how }, wait }) => does(deed({ ...how, by: personOf(by, story) }), wait)),
  ];
};

/** The life of a ticket as chance would have it: every moment of it, refused ones too. */
export const aWalk: fc.Arbitrary<Moment[]> = fc
  .tuple(beginning, fc.array(step, { maxLength: 40, size: 'max' }))
  .map(([start, steps]) => walkFrom(start, steps));
