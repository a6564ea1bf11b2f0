import { describe, expect, test } from '@jest/globals';
import type { TicketEvent } from '../../src/domain/events.ts';
import type { TimelineEntry } from '../../src/domain/timeline-entry.ts';
import { customerView, entryOf } from '../../src/domain/timeline.ts';
import type { Status } from '../../src/domain/ticket.ts';
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
  notes,
  pends,
  prose,
  reopens,
  replies,
  resolves,
  resumes,
  theDesk,
  undoesCancel,
} from '../support/deeds.ts';
import { acceptedBy, arrived, days, inState, STATUSES, storyOf } from '../support/given.ts';

const file = { name: 'photo.jpg', size: 7, contentType: 'image/jpeg', sha256: 'a'.repeat(64) };
const mallory = { ...carla, name: 'Mallory' };

/** Everything that can happen to a ticket happens to this one; what is internal says so in its text. */
const everything = storyOf(
  arrives({ description: { ...prose('It burns.', file), bodySha256: 'b'.repeat(64) } }),
  notes(ben, 'INTERNAL note'),
  accepts(ana),
  pends(ana, 'vendor', { days: 1, text: 'INTERNAL vendor' }),
  resumes(ana),
  asks(ana, 'Which one?'),
  customerWrites('The left one.'),
  customerWrites('INTERNAL bounce', { verdict: 'bounce' }),
  customerWrites('INTERNAL stranger', { unverified: true, by: mallory }),
  customerWrites('I am away.', { verdict: 'automatic' }),
  replies(ana, 'We pull the plug.'),
  resolves(ana, 'The plug is pulled.'),
  reopens(ana, 'INTERNAL reopen'),
  resolves(ana),
  closes(theDesk),
  days(1),
  reopens(ana),
  cancels(ana, 'mistake'),
  undoesCancel(ana),
);
const entries = everything.recorded.map(entryOf);
const entry = (type: TicketEvent['type'], saying?: string): TimelineEntry | undefined =>
  entries.find((each) => each.event === type && (saying === undefined || each.text === saying));

describe('the timeline', () => {
  test('has one entry for each event, in order, and knows every kind of event', () => {
    expect(entries.map(({ rev }) => rev)).toEqual(everything.recorded.map((_each, index) => index + 1));
    expect(new Set(entries.map(({ event }) => event)).size).toBe(13);
  });

  test('shows the customer’s mails with their files, under the customer’s name', () => {
    expect(entry('TicketOpened')).toMatchObject({
      kind: 'email',
      direction: 'in',
      visibility: 'customer',
      author: 'Carla Costa',
      text: 'It burns.',
      attachments: [file],
      bodySha256: 'b'.repeat(64),
    });
    expect(entry('CustomerWroteIn', 'The left one.')).toMatchObject({
      kind: 'email',
      direction: 'in',
      visibility: 'customer',
      author: 'Carla Costa',
    });
  });

  test('shows who wrote for us, and what is internal', () => {
    expect(entry('CustomerAnswered', 'Which one?')).toMatchObject({
      kind: 'email',
      direction: 'out',
      visibility: 'customer',
      author: 'Ana Alves',
    });
    expect(entry('NoteAdded')).toMatchObject({
      kind: 'note',
      visibility: 'internal',
      author: 'Ben Berg',
      text: 'INTERNAL note',
    });
    expect(entry('TicketResolved', 'The plug is pulled.')).toMatchObject({
      kind: 'email',
      direction: 'out',
      visibility: 'customer',
    });
    expect(entry('TicketClosed')).toMatchObject({ kind: 'system', visibility: 'internal', author: '' });
  });

  test('marks a stranger in the thread, and nobody else', () => {
    expect(
      entries.filter(({ unverified }) => unverified).map(({ author, visibility }) => [author, visibility]),
    ).toEqual([['Mallory', 'internal']]);
  });

  test('a call is a call, told in the name of who called', () => {
    const { recorded } = storyOf(arrives({ channel: 'phone', by: ana }));
    expect(recorded.map(entryOf)).toMatchObject([{ kind: 'call', author: 'Carla Costa', direction: 'in' }]);
  });
});

describe('what the customer may see', () => {
  const view = customerView(everything.ticket, everything.recorded);

  test('is what they wrote and what was said to them, in the owner’s name', () => {
    expect(view.entries.map(({ from, name, text }) => `${from} ${name}: ${text}`)).toEqual([
      'customer Carla Costa: It burns.',
      'desk Ana Alves: Which one?',
      'customer Carla Costa: The left one.',
      'customer Carla Costa: I am away.',
      'desk Ana Alves: We pull the plug.',
      'desk Ana Alves: The plug is pulled.',
      'desk Ana Alves: ',
    ]);
  });

  test('holds no note, no stranger, no bounce, no colleague and no hash of a file', () => {
    const text = JSON.stringify(view);
    for (const secret of ['INTERNAL', 'Mallory', ben.name, ben.id, ana.id, file.sha256, 'bodySha256', 'visibility'])
      expect(text).not.toContain(secret);
    expect(view.entries[0]?.attachments).toEqual([{ name: 'photo.jpg', size: 7 }]);
  });

  const says: Readonly<Record<Status, string>> = {
    new: 'open',
    in_progress: 'open',
    pending_customer: 'waiting_for_you',
    pending_vendor: 'open',
    pending_change: 'open',
    resolved: 'resolved',
    closed: 'closed',
    cancelled: 'closed',
  };
  test.each(STATUSES)('%s is told in the customer’s words, and has exactly these fields', (status) => {
    const { ticket, recorded } = storyOf(inState(ana)[status], notes(ben, 'INTERNAL'));
    const seen = customerView(ticket, recorded);
    expect(seen).toMatchObject({ number: 'INC-1001', subject: 'The printer is on fire', state: says[status] });
    expect(Object.keys(seen).sort()).toEqual(['entries', 'number', 'state', 'subject']);
    expect(JSON.stringify(seen)).not.toContain('INTERNAL');
  });

  test('whoever wrote for the owner, the customer reads the owner’s name', () => {
    const bens = storyOf(acceptedBy(ben), replies(ben, 'For Ana.'));
    const { entries: read } = customerView(storyOf(acceptedBy(ana)).ticket, bens.recorded);
    expect(read.at(-1)).toMatchObject({ from: 'desk', name: ana.name, text: 'For Ana.' });
  });

  test('before there is an owner the desk has no name', () => {
    const { ticket, recorded } = storyOf(arrived());
    expect(customerView(ticket, recorded).entries).toHaveLength(1);
    expect(customerView(storyOf(acceptedBy(ben)).ticket, recorded).entries[0]?.name).toBe('Carla Costa');
  });
});
