import { describe, expect, test } from '@jest/globals';
import { nextDueOf } from '../../src/domain/decide-tick.ts';
import { isUnanswered } from '../../src/domain/envelope.ts';
import {
  ana,
  ben,
  cancels,
  customerWrites,
  emil,
  eve,
  identity,
  inPlaceOf,
  lea,
  network,
  repliesAndResolves,
  resolves,
  theDesk,
  ticks,
} from '../support/deeds.ts';
import {
  acceptsEnvelope,
  asksForHelp,
  completesEnvelope,
  queriesOwner,
  sendsBack,
  withdrawsAll,
  withdrawsEnvelope,
} from '../support/envelope-deeds.ts';
import { aDesk, acceptedBy, after, days, given, hours, minutes, type Step, storyOf } from '../support/given.ts';
import { merges } from '../support/ownership-deeds.ts';

const refOf = ({ id, name }: { id: string; name: string }) => ({ id, name });
const asked: Step = [acceptedBy(ana), asksForHelp(ana)];
const taken: Step = [asked, acceptsEnvelope(eve)];
const answered: Step = [taken, completesEnvelope(eve)];
/** One is asked, one is at work, one waits on the owner, one has answered. */
const four: Step = [
  answered,
  asksForHelp(ana, { teamId: identity }),
  asksForHelp(ana),
  acceptsEnvelope(emil, 3),
  asksForHelp(ana),
  acceptsEnvelope(eve, 4),
  queriesOwner(eve, 'Which?', 4),
];

describe('taking a question back', () => {
  test('the owner does, with a reason or without; whoever had it is told', () => {
    const { effects } = given(taken)
      .when(withdrawsEnvelope(ana, ' Found it. '))
      .then({ type: 'EnvelopeWithdrawn', seq: 1, text: 'Found it.' });
    expect(effects).toContainEqual({ kind: 'notice', to: eve.id, reason: 'envelope-withdrawn', rev: 5, envelope: 1 });
    expect(storyOf(taken, withdrawsEnvelope(ana, ' ')).recorded.at(-1)?.event).not.toHaveProperty('text');
    given(taken)
      .when(withdrawsEnvelope(inPlaceOf(ana, ben)))
      .then({ type: 'EnvelopeWithdrawn' });
  });

  test('nobody else does, and no endless reason is kept', () => {
    for (const by of [ben, lea]) given(taken).when(withdrawsEnvelope(by)).thenRefused('only-the-owner');
    given(taken)
      .when(withdrawsEnvelope(ana, 'x'.repeat(20_001)))
      .thenRefused('text-too-long');
    given(taken)
      .when(withdrawsAll(ana, 'x'.repeat(20_001)))
      .thenRefused('text-too-long');
    given(taken).when(withdrawsAll(ben)).thenRefused('only-the-owner');
  });

  test('all that is unanswered at once; an answer is left to be judged', () => {
    const { ticket } = given(four)
      .when(withdrawsAll(ana, 'Found it.'))
      .then(
        { type: 'EnvelopeWithdrawn', seq: 2, text: 'Found it.' },
        { type: 'EnvelopeWithdrawn', seq: 3 },
        { type: 'EnvelopeWithdrawn', seq: 4 },
      );
    expect(ticket.envelopes?.map(({ state }) => state)).toEqual(['completed', 'withdrawn', 'withdrawn', 'withdrawn']);
    given(acceptedBy(ana)).when(withdrawsAll(ana)).then();
  });

  test('of twenty each one’s list and helper learn it', () => {
    const twenty: Step = Array.from({ length: 20 }, () => asksForHelp(ana, { expert: eve }));
    const { effects } = given(acceptedBy(ana), twenty).when(withdrawsAll(ana));
    const off = effects.flatMap((effect) => (effect.kind === 'rows' && effect.on.length === 0 ? [effect.key] : []));
    expect(off).toHaveLength(20);
    expect(effects.filter(({ kind }) => kind === 'notice')).toHaveLength(20);
  });
});

describe('a ticket with unanswered questions', () => {
  test('is not resolved: the refusal lists them', () => {
    const list = [
      { seq: 2, teamId: identity },
      { seq: 3, teamId: network, expert: refOf(emil) },
      { seq: 4, teamId: network, expert: refOf(eve) },
    ];
    for (const deed of [resolves(ana), repliesAndResolves(ana)])
      given(four)
        .when(deed)
        .thenRefused('envelopes-still-open', { envelopes: list as never })
        .thenTicket({ status: 'in_progress' });
  });

  test('is resolved after all are taken back, and that confirms the answers', () => {
    given(four, withdrawsAll(ana))
      .when(resolves(ana))
      .then({ type: 'EnvelopeConfirmed', seq: 1, by: ana, expert: refOf(eve) }, { type: 'TicketResolved' })
      .thenTicket({ status: 'resolved', credit: [{ ...refOf(eve), answers: 1 }] });
    given(four, withdrawsAll(ana))
      .when(repliesAndResolves(ana))
      .then({ type: 'EnvelopeConfirmed' }, { type: 'CustomerAnswered' }, { type: 'TicketResolved' });
  });

  test('a resolve that is refused confirms nothing', () => {
    given(answered)
      .when(resolves(ana, 'x'.repeat(20_001)))
      .thenRefused('text-too-long')
      .thenTicket({ credit: undefined });
  });

  test('that is cancelled or merged takes them back, with notice', () => {
    for (const [deed, last] of [
      [cancels(lea, 'spam'), 'TicketCancelled'],
      [merges(ana), 'TicketMerged'],
    ] as const) {
      const { ticket, effects } = given(four)
        .when(deed)
        .then(
          { type: 'EnvelopeWithdrawn', seq: 2 },
          { type: 'EnvelopeWithdrawn', seq: 3 },
          { type: 'EnvelopeWithdrawn', seq: 4 },
          { type: 'EnvelopeConfirmed', seq: 1 },
          { type: last },
        )
        .thenTicket({ status: 'cancelled', ownerId: ana.id });
      expect(ticket.envelopes?.some(isUnanswered)).toBe(false);
      for (const helper of [emil, eve])
        expect(effects).toContainEqual(expect.objectContaining({ to: helper.id, reason: 'envelope-withdrawn' }));
    }
  });

  test('a customer’s mail leaves them as they are', () => {
    const before = storyOf(four).ticket.envelopes;
    expect(given(four).when(customerWrites('Any news?')).ticket.envelopes).toEqual(before);
  });
});

describe('an answer to which nobody says a word', () => {
  /** The customer has not been answered meanwhile, nor is the ticket resolved. */
  const promisesPassed = [
    { type: 'SlaWarned', promise: 'response' },
    { type: 'SlaWarned', promise: 'resolution' },
  ] as const;

  test('counts after two business days, by the clock', () => {
    given(answered, days(2), minutes(-1))
      .when(ticks())
      .then({ type: 'EnvelopeConfirmed', by: theDesk, seq: 1, expert: refOf(eve) }, ...promisesPassed)
      .thenTicket({ credit: [{ ...refOf(eve), answers: 1 }] });
    given(answered, days(2), minutes(-2))
      .when(ticks())
      .then(...promisesPassed);
    given(answered, days(3), ticks()).when(ticks()).then();
  });

  test('not where it was sent back, and not before two days from the latest answer', () => {
    given(answered, days(1), sendsBack(ana), days(5))
      .when(ticks())
      .then(...promisesPassed);
    given(answered, days(1), sendsBack(ana), completesEnvelope(eve), days(1))
      .when(ticks())
      .then(...promisesPassed);
  });

  test('the clock is set for it', () => {
    const { at } = given(taken).when(completesEnvelope(eve));
    const { ticket, at: now } = given(answered, days(1), hours(2))
      .when(ticks())
      .then(...promisesPassed);
    expect(nextDueOf(ticket, aDesk, now)).toBe(after(at, days(2)));
  });
});
