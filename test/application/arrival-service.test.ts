import { describe, expect, test } from '@jest/globals';
import { arrivalService, type Receive } from '../../src/application/arrival-service.ts';
import type { TicketStore } from '../../src/application/ports/ticket-store.ts';
import { runCommand } from '../../src/application/run-command.ts';
import type { MailArrival } from '../../src/domain/arrival.ts';
import { ownerOf } from '../../src/domain/ticket.ts';
import { mailAddress, type TicketId, ticketId } from '../../src/domain/values.ts';
import { signedMessageIds } from '../../src/outbound/graph/message-ids.ts';
import { machineIdentity } from '../../src/outbound/machine.ts';
import { coverDocuments } from '../../src/store/people-documents.ts';
import { queueDocuments } from '../../src/store/queue-documents.ts';
import { numberDocuments } from '../../src/store/system-documents.ts';
import { ticketDocuments } from '../../src/store/ticket-documents.ts';
import { deskStore, keep } from '../store/desk-store.ts';
import { accepts, ana, asks, cancels, closes, type Deed, deskMailbox, prose, resolves } from '../support/deeds.ts';
import { aDesk, monday } from '../support/given.ts';
import { directoryOf, handClock, type HandClock } from './parts.ts';

const desk = deskStore();
const tickets = (): TicketStore => ticketDocuments(desk.store);
const messageIds = signedMessageIds('a secret for these tests');

const intake = (clock: HandClock = handClock(), store: TicketStore = tickets()): Receive =>
  arrivalService({
    run: runCommand({ tickets: store, covers: coverDocuments(desk.store), desk: aDesk, committed: () => undefined }),
    tickets: tickets(),
    queues: queueDocuments(desk.store),
    numbers: numberDocuments(desk.store),
    directory: directoryOf(),
    identity: machineIdentity,
    messageIds,
    clock,
  });

const carla = { name: 'Carla Costa', address: mailAddress('carla@customer.example') };
const mallory = { name: 'Mallory', address: mailAddress('mallory@elsewhere.example') };

let mails = 0;
const mailOf = (details: Partial<MailArrival> = {}): MailArrival => {
  mails += 1;
  return {
    mailbox: deskMailbox,
    messageId: `graph-${mails}`,
    internetMessageId: `<${mails}@customer.example>`,
    from: carla,
    subject: 'The lamp is dark',
    receivedAt: monday,
    prose: prose('Please come and look at it.'),
    answers: [],
    headers: [],
    contentSha256: `content-${mails}`,
    ...details,
  };
};

const ticketIn = (outcome: Awaited<ReturnType<Receive>>): TicketId => {
  if (!('ticketId' in outcome)) throw new TypeError(`ignored: ${outcome.ignored}`);
  return ticketId(outcome.ticketId);
};
const opened = async (...deeds: readonly Deed[]): Promise<TicketId> => {
  const id = ticketIn(await intake()(mailOf()));
  await keep(tickets(), id, ...deeds);
  return id;
};
/** A mail that answers the desk's own mail of that rev. */
const answerTo = (id: string, details: Partial<MailArrival> = {}): MailArrival =>
  mailOf({ answers: [messageIds.of(id, 1, deskMailbox)], ...details });
const storyOf = async (id: TicketId): Promise<string[]> =>
  (await tickets().history(id, { limit: 50 })).map(({ event }) => event.type).toReversed();

describe('an answer to our mail', () => {
  test('joins the ticket that our Message-ID names, and gives the customer no new number', async () => {
    const id = await opened(accepts(ana));
    expect(await intake()(answerTo(id))).toEqual({ ticketId: id, outcome: 'joined' });
    expect(await storyOf(id)).toEqual(['TicketOpened', 'TicketAccepted', 'CustomerWroteIn']);
  });

  test('joins by an older mail of the thread where the newest is unknown', async () => {
    const id = await opened();
    const answers = ['<of-another-programme@customer.example>', messageIds.of(id, 1, deskMailbox)];
    expect(await intake()(mailOf({ answers }))).toEqual({ ticketId: id, outcome: 'joined' });
  });

  test('joins by the customer’s own first mail, which the relay has noted', async () => {
    const first = mailOf();
    const id = ticketIn(await intake()(first));
    await queueDocuments(desk.store).rememberThread(first.internetMessageId ?? '', id);
    expect(await intake()(mailOf({ answers: [first.internetMessageId ?? ''] }))).toMatchObject({ outcome: 'joined' });
  });

  test('whose Message-ID was forged opens a new ticket', async () => {
    const id = await opened();
    const ours = messageIds.of(id, 1, deskMailbox);
    const forged = signedMessageIds('a guessed secret').of(id, 1, deskMailbox);
    for (const answers of [[forged], [ours.replace('.1.', '.2.')], [`<T${id}@desk.example>`]]) {
      const outcome = await intake()(mailOf({ answers }));
      expect(outcome).toMatchObject({ outcome: 'opened' });
      expect(ticketIn(outcome)).not.toBe(id);
    }
    expect(await storyOf(id)).toEqual(['TicketOpened']);
  });

  test('to a ticket that does not exist any more opens a new one', async () => {
    expect(await intake()(answerTo('00000000-0000-4000-8000-000000000000'))).toMatchObject({ outcome: 'opened' });
  });

  test('by a stranger joins unverified: it is shown, and changes neither state nor thread', async () => {
    const id = await opened(accepts(ana), asks(ana));
    const before = (await tickets().load(id))?.ticket;
    expect(await intake()(answerTo(id, { from: mallory }))).toEqual({ ticketId: id, outcome: 'joined' });
    const [last] = await tickets().history(id, { limit: 1 });
    expect(last?.event).toMatchObject({ type: 'CustomerWroteIn', unverified: true, by: { name: 'Mallory' } });
    const after = (await tickets().load(id))?.ticket;
    expect(after).toMatchObject({ status: 'pending_customer', thread: before?.thread });
  });

  test('joins, too, when sixteen come at the same moment: a busy ticket is no reason for a second one', async () => {
    const id = await opened(accepts(ana));
    const receive = intake();
    const outcomes = await Promise.all(Array.from({ length: 16 }, () => receive(answerTo(id))));
    expect(outcomes).toEqual(outcomes.map(() => ({ ticketId: id, outcome: 'joined' })));
    expect(await storyOf(id)).toHaveLength(18);
  });

  test.each(['answer', 'new matter'])(
    '%s: a ticket that stays busy is a fault, so that the mail is tried again',
    async (kind) => {
      const id = await opened();
      const before = await desk.store.scan('tickets', { limit: 1_000 });
      const crowded: TicketStore = { ...tickets(), commit: () => Promise.resolve('stale') };
      const mail = kind === 'answer' ? answerTo(id) : mailOf();
      await expect(intake(handClock(), crowded)(mail)).rejects.toMatchObject({ name: 'StoreError', kind: 'throttled' });
      expect((await desk.store.scan('tickets', { limit: 1_000 })).items).toHaveLength(before.items.length);
      expect(await intake()(mail)).toMatchObject({ outcome: kind === 'answer' ? 'joined' : 'opened' });
    },
  );

  test('within a week after closing reopens it, and the owner stays', async () => {
    const id = await opened(accepts(ana), resolves(ana), closes(ana));
    const clock = handClock();
    clock.passes(6 * 86_400);
    expect(await intake(clock)(answerTo(id))).toEqual({ ticketId: id, outcome: 'joined' });
    const ticket = (await tickets().load(id))?.ticket;
    expect(ticket).toMatchObject({ status: 'in_progress', reopenCount: 1 });
    expect(ticket && ownerOf(ticket)?.id).toBe(ana.id);
  });

  test('later than a week after closing opens a ticket that follows it', async () => {
    const id = await opened(accepts(ana), resolves(ana), closes(ana));
    const clock = handClock();
    clock.passes(8 * 86_400);
    const outcome = await intake(clock)(answerTo(id));
    expect(outcome).toMatchObject({ outcome: 'follows' });
    expect((await tickets().load(ticketIn(outcome)))?.ticket).toMatchObject({ follows: id, status: 'new' });
    expect(await storyOf(id)).toHaveLength(4);
  });
});

describe('the same mail again', () => {
  test('changes nothing: neither a new one nor an answer', async () => {
    const first = mailOf();
    const id = ticketIn(await intake()(first));
    expect(await intake()(first)).toEqual({ ticketId: id, outcome: 'known' });
    const answer = answerTo(id);
    await intake()(answer);
    await intake()(answer);
    expect(await storyOf(id)).toEqual(['TicketOpened', 'CustomerWroteIn']);
  });

  test('at the same moment is one ticket', async () => {
    const mail = mailOf();
    const outcomes = await Promise.all([intake()(mail), intake()(mail), intake()(mail)]);
    expect(new Set(outcomes.map(ticketIn)).size).toBe(1);
    expect(await storyOf(ticketIn(outcomes[0] ?? { ignored: 'none' }))).toEqual(['TicketOpened']);
  });

  test('found under another id after a move is the same ticket; another text under its Message-ID is not', async () => {
    const mail = mailOf();
    const id = ticketIn(await intake()(mail));
    expect(await intake()({ ...mail, messageId: 'moved' })).toEqual({ ticketId: id, outcome: 'known' });
    expect(ticketIn(await intake()({ ...mail, messageId: 'other', contentSha256: 'other' }))).not.toBe(id);
  });

  test('without a Message-ID is known by the mailbox’s own id', async () => {
    const { internetMessageId: _none, ...mail } = mailOf();
    const id = ticketIn(await intake()(mail));
    expect(await intake()(mail)).toEqual({ ticketId: id, outcome: 'known' });
  });

  test('worked again after a kill stays where it was, though the ticket was cancelled meanwhile', async () => {
    const id = await opened(accepts(ana));
    const answer = answerTo(id);
    await intake()(answer);
    await keep(tickets(), id, cancels(ana, 'mistake'));
    expect(await intake()(answer)).toEqual({ ticketId: id, outcome: 'joined' });
    expect(await storyOf(id)).toHaveLength(4);
  });

  test('worked again after a kill stays the ticket it opened, though the mail it answers is known by now', async () => {
    const answered = mailOf();
    const answer = mailOf({ answers: [answered.internetMessageId ?? ''] });
    const own = ticketIn(await intake()(answer));
    const other = ticketIn(await intake()(answered));
    await queueDocuments(desk.store).rememberThread(answered.internetMessageId ?? '', other);
    expect(await intake()(answer)).toEqual({ ticketId: own, outcome: 'known' });
    expect(await storyOf(other)).toEqual(['TicketOpened']);
  });
});

describe('mail that is not taken in', () => {
  test.each<[string, Partial<MailArrival>]>([
    ['to a mailbox nobody watches', { mailbox: mailAddress('other@desk.example') }],
    ['from before the mailbox was watched', { receivedAt: '2026-01-05T08:59:59.999Z' as typeof monday }],
    ['sent by the mailbox itself', { from: { name: 'Help', address: deskMailbox } }],
  ])('%s', async (_what, details) => {
    expect(await intake()(mailOf(details))).toHaveProperty('ignored');
  });
});

test('a mail without a sender, subject or Message-ID becomes a ticket nobody is written to', async () => {
  const { from: _from, internetMessageId: _id, ...bare } = mailOf({ subject: '', prose: prose('') });
  const id = ticketIn(await intake()(bare));
  expect((await tickets().load(id))?.ticket.requester).not.toHaveProperty('address');
  const [first] = await tickets().history(id, { limit: 1 });
  expect(first?.event).toMatchObject({ type: 'TicketOpened', acknowledge: false });
});
