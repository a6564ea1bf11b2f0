import { describe, expect, test } from '@jest/globals';
import type { CustomerMail } from '../../src/domain/customer-view.ts';
import type { Effect } from '../../src/domain/effects.ts';
import type { Desk } from '../../src/domain/policy.ts';
import type { Instant } from '../../src/domain/values.ts';
import {
  accepts,
  ana,
  arrives,
  asks,
  ben,
  cancels,
  carla,
  closes,
  customerWrites,
  deskMailbox,
  lea,
  nobody,
  notes,
  pends,
  reopens,
  replies,
  repliesAndResolves,
  resolves,
  resumes,
  theDesk,
  undoesCancel,
} from '../support/deeds.ts';
import { PEOPLE, peopleWith, rosterWith } from '../support/desk-roster.ts';
import {
  acceptedBy,
  aDesk,
  after,
  arrived,
  cancelledBy,
  closedBy,
  days,
  given,
  monday,
  resolvedBy,
  type Step,
  storyOf,
  waitingForCustomer,
  waitingForVendor,
} from '../support/given.ts';

type Kind = Effect['kind'];
const only = <K extends Kind>(effects: readonly Effect[], kind: K): Extract<Effect, { kind: K }>[] =>
  effects.filter((effect): effect is Extract<Effect, { kind: K }> => effect.kind === kind);
const mailsOf = (effects: readonly Effect[]): CustomerMail[] => only(effects, 'mail').map(({ mail }) => mail);
const opened = (...details: Parameters<typeof arrives>): readonly Effect[] => storyOf(arrives(...details)).effects;

describe('what the customer gets by mail', () => {
  test('one acknowledgement when the ticket opens, signed by nobody yet', () => {
    expect(mailsOf(opened())).toEqual([
      {
        kind: 'acknowledgement',
        ticketId: 'ticket-1',
        rev: 1,
        number: 'INC-1001',
        subject: 'The printer is on fire',
        to: { name: carla.name, address: 'carla@customer.example' },
        thread: { mailbox: deskMailbox, messageId: 'graph-1', internetMessageId: '<first@customer.example>' },
        language: 'en',
      },
    ]);
  });

  test('none where none is owed, or nobody is there to get it', () => {
    expect(mailsOf(opened({ acknowledge: false }))).toEqual([]);
    expect(mailsOf(opened({ requester: nobody }))).toEqual([]);
  });

  test.each([
    ['answer', replies(ana, 'We are on it.'), 'We are on it.'],
    ['question', asks(ana, 'Which printer?'), 'Which printer?'],
    ['solution', repliesAndResolves(ana, 'Pull the plug.'), 'Pull the plug.'],
    ['resolved', resolves(ana, 'The plug was pulled.'), 'The plug was pulled.'],
  ] as const)('one mail that is the %s, in the owner’s name', (kind, deed, text) => {
    const mails = mailsOf(given(acceptedBy(ana)).when(deed).effects);
    expect(mails).toMatchObject([{ kind, text, signedBy: 'Ana Alves', rev: 3 }]);
  });

  test('a resolved mail without words of the owner', () => {
    const [mail, ...more] = mailsOf(given(acceptedBy(ana)).when(resolves(ana)).effects);
    expect(more).toEqual([]);
    expect(mail).toMatchObject({ kind: 'resolved', signedBy: 'Ana Alves' });
    expect(mail).not.toHaveProperty('text');
  });

  test('one mail when an unowned ticket is answered and resolved at once: no second one says so', () => {
    expect(mailsOf(given(arrived()).when(repliesAndResolves(ben)).effects)).toMatchObject([
      { kind: 'solution', rev: 3, signedBy: 'Ben Berg' },
    ]);
  });

  test('joins the thread at the customer’s latest mail', () => {
    const thread = { mailbox: deskMailbox, messageId: 'graph-9', internetMessageId: '<ninth@customer.example>' };
    expect(
      mailsOf(given(acceptedBy(ana), customerWrites('And?', { thread })).when(replies(ana)).effects),
    ).toMatchObject([{ thread }]);
  });

  const silent: readonly (readonly [string, Step, Parameters<ReturnType<typeof given>['when']>[0]])[] = [
    ['closing', resolvedBy(ana), closes(theDesk)],
    ['closing by hand', resolvedBy(ana), closes(ana)],
    ['accepting', arrived(), accepts(ana)],
    ['a note', acceptedBy(ana), notes(ana)],
    ['waiting for a vendor', acceptedBy(ana), pends(ana, 'vendor', { days: 1, text: 'The vendor sleeps.' })],
    ['resuming', waitingForVendor(ana), resumes(ana)],
    ['reopening', resolvedBy(ana), reopens(ana, 'It was the other one.')],
    ['cancelling', acceptedBy(ana), cancels(lea, 'spam')],
    ['undoing it', cancelledBy(ana), undoesCancel(ana)],
    ['a mail of theirs', resolvedBy(ana), customerWrites('Still smoke.')],
    ['an automatic mail', acceptedBy(ana), customerWrites('I am away.', { verdict: 'automatic' })],
  ];
  test.each(silent)('nothing at %s', (_name, before, deed) => {
    const { effects } = given(before).when(deed);
    expect(mailsOf(effects)).toEqual([]);
    expect(effects.length).toBeGreaterThan(0);
  });
});

describe('what the desk sees', () => {
  const everything: readonly (readonly [Step, Parameters<ReturnType<typeof given>['when']>[0]])[] = [
    [arrived(), accepts(ana)],
    [acceptedBy(ana), notes(ben)],
    [acceptedBy(ana), asks(ana)],
    [waitingForCustomer(ana), customerWrites('Left.')],
    [acceptedBy(ana), repliesAndResolves(ana)],
    [resolvedBy(ana), closes(theDesk)],
    [closedBy(ana), reopens(ana)],
    [cancelledBy(ana), undoesCancel(ana)],
  ];
  test.each(everything)(
    'every change draws the team’s card once, projects once and is found by words (%#)',
    (before, deed) => {
      const { effects } = given(before).when(deed);
      expect(only(effects, 'card')).toEqual([{ kind: 'card', slot: 'team', teamId: 'service' }]);
      expect(only(effects, 'project')).toHaveLength(1);
      expect(only(effects, 'search')).toHaveLength(1);
    },
  );

  test('the owner is told that the customer wrote, by whatever mail, in whatever state', () => {
    const told = [{ kind: 'notice', to: ana.id, reason: 'customer-wrote', rev: 3 }];
    expect(only(given(acceptedBy(ana)).when(customerWrites('Hello?')).effects, 'notice')).toEqual(told);
    expect(only(given(acceptedBy(ana)).when(customerWrites('Back!', { verdict: 'bounce' })).effects, 'notice')).toEqual(
      told,
    );
    expect(only(given(resolvedBy(ana)).when(customerWrites('No!')).effects, 'notice')).toEqual([
      { ...told[0], rev: 4 },
    ]);
    expect(only(given(arrived()).when(customerWrites('Hello?')).effects, 'notice')).toEqual([]);
  });

  test('a customer who objects while the owner is away: the backup and the lead learn it at once', () => {
    const away = (absentUntil: Instant) => ({
      ...aDesk,
      roster: rosterWith({ people: peopleWith(ana, { absentUntil }) }),
    });
    const told = (desk: Desk) =>
      only(given(resolvedBy(ana)).at(desk).when(customerWrites('No!')).effects, 'notice').map(({ to, reason }) => [
        to,
        reason,
      ]);
    expect(told(away(after(monday, days(3))))).toEqual([
      [ana.id, 'customer-wrote'],
      [ben.id, 'reopened-away'],
      [lea.id, 'reopened-away'],
    ]);
    expect(told(away(monday))).toEqual([[ana.id, 'customer-wrote']]);
    expect(told(aDesk)).toEqual([[ana.id, 'customer-wrote']]);
  });

  test('what is for somebody who has left goes to the team’s lead, never to nobody', () => {
    const gone = { ...aDesk, roster: rosterWith({ people: PEOPLE.filter(({ id }) => id !== ana.id) }) };
    const { effects } = given(acceptedBy(ana)).at(gone).when(customerWrites('Hello?'));
    expect(only(effects, 'notice')).toEqual([{ kind: 'notice', to: lea.id, reason: 'customer-wrote', rev: 3 }]);
  });

  test.each(everything.filter(([, deed]) => deed(storyOf(arrived()).now).type !== 'customer-wrote'))(
    'nobody is told of a colleague’s act (%#)',
    (before, deed) => {
      expect(only(given(before).when(deed).effects, 'notice')).toEqual([]);
    },
  );

  test('each mail of the customer can be answered: its thread is remembered', () => {
    expect(only(opened(), 'thread')).toEqual([{ kind: 'thread', internetMessageId: '<first@customer.example>' }]);
    expect(only(given(acceptedBy(ana)).when(customerWrites('Hello?')).effects, 'thread')).toEqual([
      { kind: 'thread', internetMessageId: '<second@customer.example>' },
    ]);
    expect(only(opened({ thread: { mailbox: deskMailbox } }), 'thread')).toEqual([]);
    expect(only(given(acceptedBy(ana)).when(notes(ana)).effects, 'thread')).toEqual([]);
  });

  test('what was written is found, with who asked', () => {
    expect(only(opened(), 'search')[0]?.words.text).toBe('Carla Costa\ncarla@customer.example\nIt burns since nine.');
    expect(only(given(acceptedBy(ana)).when(notes(ana, 'toner')).effects, 'search')[0]?.words).toMatchObject({
      text: expect.stringContaining('toner'),
      rev: 3,
    });
    expect(only(opened({ requester: nobody }), 'search')[0]?.words.text).toBe('\n\nIt burns since nine.');
  });
});
