import { expect, test } from '@jest/globals';
import type { Recorded } from '../../src/domain/events.ts';
import type { Ticket } from '../../src/domain/ticket.ts';
import { ticketNumber } from '../../src/domain/values.ts';
import {
  accepts,
  ana,
  arrives,
  customerWrites,
  deskMailbox,
  replies,
  repliesAndResolves,
  type Deed,
} from '../support/deeds.ts';
import { storyOf } from '../support/given.ts';
import { audit, type Evidence } from './audit.ts';
import type { TicketBook } from './books.ts';
import { type Finding, isBroken, tableOf } from './findings.ts';

/** An audit that cannot find anything would pass every kill: each promise is broken here once. */
const bookOf = (id: string, ...deeds: readonly Deed[]): TicketBook => {
  const { ticket, recorded } = storyOf(...deeds);
  return { id, ticket, recorded, outbox: 0, strange: [] };
};
const thread = (mail: string) => ({ thread: { mailbox: deskMailbox, messageId: mail, internetMessageId: mail } });

const first = bookOf(
  'one',
  arrives(thread('<1>')),
  accepts(ana),
  replies(ana, 'Sign 1'),
  customerWrites('No.', thread('<3>')),
);
const second = bookOf(
  'two',
  arrives({ number: ticketNumber('INC-1002'), ...thread('<2>') }),
  repliesAndResolves(ana, 'Sign 2'),
);

const sound: Evidence = {
  ledger: {
    mails: [{ messageId: '<1>' }, { messageId: '<2>' }, { messageId: '<3>', answers: 'one' }],
    taps: [
      { verb: 'reserve', ticketId: 'one', person: ana, sign: 'Sign 0', told: 'told', times: 1 },
      { verb: 'reply', ticketId: 'one', person: ana, sign: 'Sign 1', told: 'told', times: 1 },
      { verb: 'reply-resolve', ticketId: 'two', person: ana, sign: 'Sign 2', told: 'told', times: 1 },
    ],
    kills: [0],
  },
  books: {
    tickets: [first, second],
    deliveries: [{ id: 'mail:one:1', state: 'settled', attempts: 1 }],
    cards: new Map([
      ['one', 4],
      ['two', 4],
    ]),
    queue: new Map([['one', 4]]),
    integrity: ['ok', 'ok'],
  },
  sent: ['one/1', 'one/3', 'two/1', 'two/3'],
  posted: ['one', 'two'],
  notified: [ana.id],
  messageIdOf: ({ thread: mail }, rev) => `${mail?.internetMessageId === '<2>' ? 'two' : 'one'}/${rev}`,
};

const brokenIn = (evidence: Evidence): readonly string[] =>
  audit(evidence)
    .filter(isBroken)
    .map(({ promise }) => promise);

const withBooks = (books: Partial<Evidence['books']>): Evidence => ({ ...sound, books: { ...sound.books, ...books } });
const withLedger = (ledger: Partial<Evidence['ledger']>): Evidence => ({
  ...sound,
  ledger: { ...sound.ledger, ...ledger },
});
const withFirst = (changed: Partial<TicketBook>): Evidence =>
  withBooks({ tickets: [{ ...first, ...changed }, second] });
const without = (rev: number): readonly Recorded[] => first.recorded.filter((each) => each.rev !== rev);

test('a sound desk breaks no promise', () => {
  expect(brokenIn(sound)).toEqual([]);
  expect(tableOf(audit(sound))).not.toContain('BROKEN');
});

const PLANTED: readonly [string, Evidence, readonly string[]][] = [
  [
    'a mail that came to nothing',
    withLedger({ mails: [...sound.ledger.mails, { messageId: '<4>' }] }),
    ['mails in: none lost'],
  ],
  [
    'a mail that became two tickets',
    withBooks({ tickets: [first, second, { ...second, id: 'three' }] }),
    [
      'mails in: none doubled',
      'ticket numbers: none doubled',
      'answers tapped: none doubled',
      'cards: none lost',
      'cards show the newest rev',
    ],
  ],
  [
    'an answer in another ticket',
    withLedger({ mails: [{ messageId: '<1>' }, { messageId: '<2>' }, { messageId: '<3>', answers: 'two' }] }),
    ['answers join the ticket they answer'],
  ],
  [
    'an event that is missing',
    withFirst({ recorded: without(3) }),
    [
      'events: revs without gaps',
      'fold(events) is the ticket',
      'answers tapped: none lost',
      'mails out: none that nobody owes',
    ],
  ],
  [
    'a ticket that is not what its events say',
    withFirst({ ticket: { ...first.ticket, reopenCount: 7 } as Ticket }),
    ['fold(events) is the ticket'],
  ],
  ['a document of a fifth kind', withFirst({ strange: ['env:1'] }), ['partitions hold only their four kinds']],
  [
    'an answer that was seen and is gone',
    withLedger({
      taps: [
        ...sound.ledger.taps,
        { verb: 'reply', ticketId: 'one', person: ana, sign: 'Sign 3', told: 'told', times: 1 },
      ],
    }),
    ['answers tapped: none lost'],
  ],
  [
    'an accept that was seen and is gone',
    withLedger({
      taps: [
        { verb: 'reserve', ticketId: 'one', person: { id: 'ben', name: 'Ben' }, sign: '', told: 'told', times: 1 },
      ],
    }),
    ['accepts seen are the owner'],
  ],
  ['a mail that was not sent', { ...sound, sent: sound.sent.slice(1) }, ['mails out: none lost']],
  ['a mail that was sent twice', { ...sound, sent: [...sound.sent, 'one/1'] }, ['mails out: none doubled']],
  ['a mail nobody owes', { ...sound, sent: [...sound.sent, 'one/9'] }, ['mails out: none that nobody owes']],
  ['a card that was not posted', { ...sound, posted: ['one'] }, ['cards: none lost']],
  ['a card that shows the past', withBooks({ cards: new Map([['two', 4]]) }), ['cards show the newest rev']],
  [
    'more doubled cards than kills',
    { ...sound, posted: ['one', 'one', 'one', 'two'] },
    ['cards doubled, at most one a kill'],
  ],
  ['an owner who was not told', { ...sound, notified: [] }, ['notices to owners: none lost']],
  [
    'an owner who was told more often than there were kills',
    { ...sound, notified: [ana.id, ana.id, ana.id] },
    ['notices doubled, at most one a kill'],
  ],
  [
    'a ticket that two accepted',
    withFirst({ recorded: [...first.recorded, ...first.recorded.slice(1, 2).map((each) => ({ ...each, rev: 5 }))] }),
    ['events: revs without gaps', 'fold(events) is the ticket', 'tickets accepted once'],
  ],
  [
    'a tap on Accept that the clock forgot',
    withFirst({ ticket: { ...first.ticket, reserved: { id: ana.id, name: ana.name } } as unknown as Ticket }),
    ['fold(events) is the ticket', 'no tap on Accept still waits'],
  ],
  ['a list that shows the past', withBooks({ queue: new Map([['one', 3]]) }), ['lists show the newest rev']],
  [
    'a resolved ticket that still waits in a list',
    withBooks({
      queue: new Map([
        ['one', 4],
        ['two', 1],
      ]),
    }),
    ['lists show the newest rev'],
  ],
  ['an effect that waits for ever', withFirst({ outbox: 1 }), ['outbox is empty']],
  [
    'a send that was given up',
    withBooks({ deliveries: [{ id: 'mail:one:1', state: 'dead', attempts: 12 }] }),
    ['deliveries are settled'],
  ],
  ['a damaged database', withBooks({ integrity: ['ok', 'row 3 missing from index'] }), ['integrity_check']],
];

test.each(PLANTED)('finds %s', (_what, evidence, promises) => {
  expect(brokenIn(evidence)).toEqual(promises);
  expect(tableOf(audit(evidence))).toContain('BROKEN');
});

test('every promise of the audit was broken above', () => {
  const broken = new Set(PLANTED.flatMap(([, , promises]) => promises));
  expect([...broken].sort()).toEqual(
    audit(sound)
      .map(({ promise }) => promise)
      .sort(),
  );
});

test('one doubled card for a kill is counted, and allowed', () => {
  const doubled = { ...sound, posted: ['one', 'one', 'two'] };
  const counted = audit(doubled).find((each: Finding) => each.promise.startsWith('cards doubled'));
  expect(counted).toMatchObject({ broken: ['one'], allowed: 1 });
  expect(brokenIn(doubled)).toEqual([]);
});
