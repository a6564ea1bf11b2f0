import fc from 'fast-check';
import type { LeaverWish } from '../../src/application/leaver-service.ts';
import type { BulkWish } from '../../src/application/bulk-service.ts';
import type { Ask } from '../../src/application/ticket-service.ts';
import type { MailArrival } from '../../src/domain/arrival.ts';
import type { TicketCommand } from '../../src/domain/commands.ts';
import { isRefusal } from '../../src/domain/refusals.ts';
import type { Person } from '../../src/domain/roster.ts';
import { isOpen, ownerOf, type Ticket } from '../../src/domain/ticket.ts';
import { instantOf, mailAddress, millisecondsOf, type PersonActor, type TicketId } from '../../src/domain/values.ts';
import { answerAction } from '../../src/inbound/teams/card-actions.ts';
import { machineIdentity } from '../../src/outbound/machine.ts';
import { ana, ben, deskMailbox, eve, lea, max, network, nora, otto, prose, vera } from '../support/deeds.ts';
import { deskMessageIds } from '../support/open-core.ts';
import { forge, FORGERY_NAMES } from './forged-writes.ts';
import type { DoorDesk } from './owner-doors.ts';
import { CANARY, DEEDS, type Likely } from './ticket-walk-deeds.ts';

const PEOPLE = [ana, ben, lea, max, eve, nora, otto, vera];
/** Those who may own, and so may be named as the next owner. */
const OWNERS = [ana, ben, lea];

const person = fc.constantFrom(...PEOPLE);
const owner = fc.constantFrom(...OWNERS);
const nth = fc.nat({ max: 2 });
const internal = `Only for us: ${CANARY}`;

const deed = fc.record({
  door: fc.constant('service' as const),
  deed: fc.nat({ max: DEEDS.length - 1 }),
  nth,
  by: fc.option(person, { nil: undefined, freq: 2 }),
  other: owner,
  days: fc.integer({ min: 29, max: 40 }),
});
const tap = fc.record({
  door: fc.constant('tap' as const),
  verb: fc.constantFrom(
    'accept',
    'reserve',
    'undo-reserve',
    'assign',
    'assign',
    'offer',
    'decline-offer',
    'route',
    'propose-transfer',
    'confirm-transfer',
    'reject-transfer',
    'note',
    'reply',
    'resolve',
    'cancel',
    'propose-merge',
    'request-envelope',
    'accept-envelope',
    'move-leaver',
    'open',
    'no-such-verb',
  ),
  nth,
  by: person,
  other: owner,
});
const mail = fc.record({
  door: fc.constant('mail' as const),
  kind: fc.constantFrom('reply', 'reply', 'thanks', 'automatic', 'bounce', 'stranger', 'new', 'another answer'),
  nth,
});
const replay = fc.record({ door: fc.constant('replay' as const), nth, by: person, to: person });
const transfer = fc.record({
  door: fc.constant('transfer' as const),
  nth,
  to: owner,
  proposer: fc.constantFrom(lea, lea, max, ana),
  confirmer: fc.constantFrom(max, max, lea, ben),
  days: fc.integer({ min: 30, max: 32 }),
});
const leaver = fc.record({
  door: fc.constant('leaver' as const),
  owner,
  takers: fc.uniqueArray(owner, { minLength: 1, maxLength: 2 }),
  proposer: fc.constantFrom(lea, lea, max, ben),
  confirmer: fc.constantFrom(max, max, max, lea, ben),
  reason: fc.constantFrom('termination' as const, 'extended_leave' as const, 'other' as const),
});
const bulk = fc.record({
  door: fc.constant('bulk' as const),
  wish: fc.constantFrom<BulkWish['kind']>('accept', 'cancel', 'link', 'answer'),
  by: person,
  undo: fc.boolean(),
});
const write = fc.record({
  door: fc.constant('write' as const),
  name: fc.constantFrom(...FORGERY_NAMES),
  nth,
  to: person,
  third: fc.constantFrom(max, otto),
});
const pass = fc.record({ door: fc.constant('time' as const), seconds: fc.constantFrom(0, 31, 3_600, 86_400) });

/** One thing that someone does to the tickets, through one of the doors. */
const step = fc.oneof(
  { weight: 8, arbitrary: deed },
  { weight: 5, arbitrary: tap },
  { weight: 3, arbitrary: mail },
  { weight: 2, arbitrary: replay },
  { weight: 2, arbitrary: transfer },
  { weight: 1, arbitrary: leaver },
  { weight: 1, arbitrary: bulk },
  { weight: 4, arbitrary: write },
  { weight: 2, arbitrary: pass },
);
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;
type At<Door extends Step['door']> = Extract<Step, { door: Door }>;

/** Two of the three are owned from the beginning: most doors are about owners. */
export const firstOwners = fc.tuple(owner, owner);

export const someSteps: fc.Arbitrary<Step[]> = fc.array(step, { minLength: 12, maxLength: 30, size: 'max' });

/** Each forged write and each deed once, whatever chance leaves out. */
export const everything: Step[] = [
  ...FORGERY_NAMES.map((name) => ({ door: 'write' as const, name, nth: 0, to: lea, third: max })),
  ...DEEDS.map((_deed, at) => ({
    door: 'service' as const,
    deed: at,
    nth: at % 3,
    by: undefined,
    other: ben,
    days: 31,
  })),
];

let keys = 0;
const key = (): string => `step ${(keys += 1)}`;

const arrival = (desk: DoorDesk, details: Partial<MailArrival> = {}): MailArrival => {
  const name = key();
  return {
    mailbox: deskMailbox,
    messageId: name,
    internetMessageId: `<${name.replace(' ', '-')}@customer.example>`,
    from: { name: 'Carla Costa', address: mailAddress('carla@customer.example') },
    subject: 'The lamp is dark',
    receivedAt: desk.clock.now(),
    prose: prose('Please give it to Ben Berg, he knows it.'),
    answers: [],
    headers: [],
    contentSha256: machineIdentity.sha256(name),
    ...details,
  };
};

/** A customer writes in; answers the new ticket. */
export const opensByMail = async (desk: DoorDesk): Promise<TicketId> => {
  const outcome = await desk.core.receive(arrival(desk));
  if (!('ticketId' in outcome)) throw new TypeError(`ignored: ${outcome.ignored}`);
  return outcome.ticketId as TicketId;
};

const MAILS: Readonly<Record<string, Partial<MailArrival>>> = {
  thanks: { prose: prose('Thank you!') },
  automatic: { headers: [{ name: 'Auto-Submitted', value: 'auto-replied' }] },
  bounce: {
    from: { name: 'Mailer', address: mailAddress('mailer-daemon@customer.example') },
    prose: prose(internal),
  },
  stranger: { from: { name: 'Mallory', address: mailAddress('mallory@elsewhere.example') }, prose: prose(internal) },
};

const mailed = async (desk: DoorDesk, { kind, nth: which }: At<'mail'>): Promise<void> => {
  const ticket = await desk.ticket(which);
  const answers = kind === 'new' ? [] : [deskMessageIds.of(ticket.id, ticket.rev, deskMailbox)];
  const outcome = await desk.core.receive(arrival(desk, { answers, ...MAILS[kind] }));
  desk.count(`mail ${kind}`, 'ticketId' in outcome);
};

const peopleBy = (ticket: Ticket): Readonly<Record<Likely, PersonActor>> => {
  const named = (id: string | undefined): PersonActor | undefined => PEOPLE.find((each) => each.id === id);
  const held = ticket.status === 'new' ? (ticket.reserved?.id ?? ticket.offered?.id) : undefined;
  return {
    owner: named(ownerOf(ticket)?.id) ?? ana,
    helper: eve,
    lead: lea,
    manager: max,
    reserver: named(held) ?? ana,
    offered: named(held) ?? ana,
    asked: named(ticket.mergeProposed?.ownerId) ?? ben,
  };
};

const BY_ITSELF: readonly TicketCommand['type'][] = ['open', 'customer-wrote', 'tick', 'told'];
const isAsk = (command: TicketCommand): command is Ask & TicketCommand => !BY_ITSELF.includes(command.type);

/** The words of a part that is split off are its customer's own, and open a ticket they may see. */
const spoken = <Command extends Ask>(command: Command): Command =>
  command.type === 'split' ? { ...command, subject: 'The scanner', text: 'And the scanner is slow.' } : command;

const asked = async (desk: DoorDesk, { deed: which, nth: place, by, other, days }: At<'service'>): Promise<void> => {
  const [ticket, target, wanted] = [await desk.ticket(place), await desk.ticket(place + 1), DEEDS[which]];
  if (!wanted) throw new TypeError('no such deed');
  const into = { id: target.id, number: target.number, requesterId: target.requester.contactId };
  const choice = {
    by: by ?? peopleBy(ticket)[wanted.by],
    text: 'some words',
    whom: 'vendor' as const,
    days,
    seq: Math.max(1, ticket.envelopes?.at(-1)?.seq ?? 1),
    other,
    impact: 'high' as const,
    priority: 'P2' as const,
    target: { ...into, ended: !isOpen(target), ...(ownerOf(target) ? { ownerId: ownerOf(target)?.id } : {}) },
  };
  const command = wanted.does(choice as Parameters<typeof wanted.does>[0])(desk.clock.now());
  if (!isAsk(command)) return;
  const ask = { ...spoken(command), id: machineIdentity.random() as never };
  const outcome = await desk.core.service.act(ticket.id, ask);
  desk.count(`service ${command.type}`, !isRefusal(outcome));
};

const dataOf = (ticket: Ticket, other: PersonActor): Readonly<Record<string, unknown>> => ({
  ticketId: ticket.id,
  personId: other.id,
  toId: other.id,
  leaverId: ownerOf(ticket)?.id ?? ana.id,
  routeTeam: network,
  teamId: network,
  transferReason: 'termination',
  evidence: internal,
  declineReason: internal,
  rejectReason: internal,
  question: internal,
  noteText: internal,
  replyText: 'We are on it.',
  resolveText: 'Pull the plug.',
  cancelReason: 'mistake',
  mergeInto: ticket.number,
  envelope: 1,
});

const tapped = async (desk: DoorDesk, { verb, nth: place, by, other }: At<'tap'>): Promise<void> => {
  const ticket = await desk.ticket(place);
  const found: Person | undefined = desk.config.directory.person(by.id);
  if (!found) throw new TypeError('nobody');
  await answerAction(desk.actions, {
    person: found,
    action: { verb, data: dataOf(ticket, other) },
    key: key(),
  });
  desk.count(`tap ${verb}`, true);
};

const replayed = async (desk: DoorDesk, { nth: place, by, to }: At<'replay'>): Promise<void> => {
  const ticket = await desk.ticket(place);
  const outcome = await desk.core.service.act(ticket.id, { type: 'assign', by, to, door: 'replay' });
  desk.count('replay', !isRefusal(outcome));
};

const leave = (desk: DoorDesk, days: number) => ({
  from: desk.clock.now(),
  until: instantOf(millisecondsOf(desk.clock.now()) + days * 86_400_000),
  evidence: internal,
});

const transferred = async (desk: DoorDesk, wish: At<'transfer'>): Promise<void> => {
  const ticket = await desk.ticket(wish.nth);
  const proposal = { reason: 'extended_leave' as const, to: wish.to, ...leave(desk, wish.days) };
  await desk.core.service.act(ticket.id, { type: 'propose-transfer', by: wish.proposer, ...proposal });
  const outcome = await desk.core.service.act(ticket.id, { type: 'confirm-transfer', by: wish.confirmer });
  desk.count('transfer', !isRefusal(outcome));
};

const left = async (
  desk: DoorDesk,
  { owner: gone, takers, proposer, confirmer, reason }: At<'leaver'>,
): Promise<void> => {
  const wish: LeaverWish = { owner: gone.id, takers: takers.map(({ id }) => id), reason, ...leave(desk, 40) };
  const made = await desk.core.leavers.propose(wish, proposer);
  const job = isRefusal(made) ? made : await desk.core.leavers.confirm(made.id, confirmer);
  await desk.core.settle();
  desk.count('leaver', !isRefusal(job));
};

const inBulk = async (desk: DoorDesk, { wish: kind, by, undo }: At<'bulk'>): Promise<void> => {
  const [first, second, parent] = [await desk.ticket(0), await desk.ticket(1), await desk.ticket(2)];
  const wish = { kind, reason: 'mistake', parent: parent.number, text: 'We are on it.' } as BulkWish;
  const job = await desk.core.bulk.preview(wish, [first.id, second.id], { by, key: key() });
  if (isRefusal(job)) return desk.count('bulk', false);
  await desk.core.jobs.confirm(job.id, by);
  desk.clock.passes(10);
  await desk.core.settle();
  if (undo) await desk.core.jobs.undo(job.id, by);
  await desk.core.settle();
  desk.count('bulk', true);
};

const written = async (desk: DoorDesk, { name, nth: place, to, third }: At<'write'>): Promise<void> => {
  const { id } = await desk.ticket(place);
  const outcome = await forge(desk.store, { name, id, to, third });
  if (outcome !== undefined) desk.count(`write ${name}`, outcome === 'written');
};

const passes = async ({ clock, core }: DoorDesk, { seconds }: At<'time'>): Promise<void> => {
  clock.passes(seconds);
  await core.settle();
};

/** A second passes with each, so that their order is their time. */
export const perform = async (desk: DoorDesk, each: Step): Promise<void> => {
  desk.clock.passes(1);
  switch (each.door) {
    case 'service':
      return asked(desk, each);
    case 'tap':
      return tapped(desk, each);
    case 'mail':
      return mailed(desk, each);
    case 'replay':
      return replayed(desk, each);
    case 'transfer':
      return transferred(desk, each);
    case 'leaver':
      return left(desk, each);
    case 'bulk':
      return inBulk(desk, each);
    case 'write':
      return written(desk, each);
    case 'time':
      return passes(desk, each);
  }
};
