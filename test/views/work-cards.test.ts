import { describe, expect, test } from '@jest/globals';
import type { ListedEnvelope, ListedTask } from '../../src/domain/effects.ts';
import { entryOf } from '../../src/domain/timeline.ts';
import { type Instant, type Language, teamId, ticketId, ticketNumber } from '../../src/domain/values.ts';
import { bulkPickCard, stormCard } from '../../src/views/bulk-card.ts';
import { coverForm, coverReturnCard, leaverForm } from '../../src/views/cover-cards.ts';
import type { AdaptiveCard } from '../../src/views/expand.ts';
import { jobCard } from '../../src/views/job-card.ts';
import { reportCard } from '../../src/views/report-card.ts';
import { timelineCard } from '../../src/views/timeline-card.ts';
import { envelopeListCard, taskListCard } from '../../src/views/work-lists.ts';
import { ana, eve, notes } from '../support/deeds.ts';
import { buttonsOf, faultsOf, ofType, textRunsOf } from '../support/cards.ts';
import { acceptsEnvelope, asksForHelp, completesEnvelope, confirmsEnvelope } from '../support/envelope-deeds.ts';
import { acceptedBy, after, days, hours, monday, storyOf } from '../support/given.ts';
import { people, readerOf, teamNameOf, verbsOf } from './cases.ts';

const LANGUAGES: readonly Language[] = ['en', 'de'];
const reader = readerOf(ana);
const numbered = (
  count: number,
): { ticketId: ReturnType<typeof ticketId>; number: ReturnType<typeof ticketNumber> }[] =>
  Array.from({ length: count }, (_each, index) => ({
    ticketId: ticketId(`ticket-${index + 1}`),
    number: ticketNumber(`INC-${index + 1}`),
  }));

const ofTicket = {
  ticketId: ticketId('ticket-1'),
  rev: 3,
  bucket: 'open',
  priority: 'P1',
  dueAt: after(monday, hours(2)),
  number: ticketNumber('INC-1'),
  subject: 'The printer is on fire',
  requester: 'Carla Costa',
  ownerName: 'Ana Alves',
} as const;
const envelope: ListedEnvelope = {
  ...ofTicket,
  seq: 2,
  state: 'accepted',
  teamId: teamId('network'),
  expertName: 'Eve Ek',
};
const task: ListedTask = { ...ofTicket, task: 4, title: 'Order a cable', assigneeName: 'Ana Alves' };

describe('lists of envelopes', () => {
  test('each row has its ticket’s head, its state, and opens the envelope', () => {
    const card = envelopeListCard({ rows: [envelope], reader });
    const said = textRunsOf(card);
    expect(said).toEqual(expect.arrayContaining(['INC-1 ', 'P1 ', 'The printer is on fire']));
    expect(said).toContain('Customer: Carla Costa · Owner: Ana Alves');
    expect(said.join()).toContain('is helping · Eve Ek · due');
    expect(ofType(card, 'Action.Execute')).toMatchObject([
      { verb: 'open-envelope', data: { ticketId: 'ticket-1', envelope: 2 } },
    ]);
  });

  test('an empty one says what to do, a team’s has its name', () => {
    expect(JSON.stringify(envelopeListCard({ rows: [], reader }))).toContain('Say **queue**');
    const title = ofType(envelopeListCard({ rows: [], reader, teamName: '[Net](x)' }), 'TextBlock')[0];
    expect(title?.['text']).toBe('Help asked of ⁅Net⁆(x)');
  });

  test('a longer one goes on where it ended', () => {
    const next = { list: 'envelopes', continuation: 'token' };
    const card = envelopeListCard({ rows: [envelope], reader, next });
    expect(card.actions).toMatchObject([{ verb: 'more', data: next }]);
  });
});

describe('the list of tasks', () => {
  test('marks what is late, and has a Done button a row', () => {
    const card = taskListCard({ rows: [task], reader, now: after(monday, days(1)) });
    expect(textRunsOf(card).find((text) => text.startsWith('OVERDUE'))).toBeDefined();
    expect(ofType(card, 'Action.Execute').map(({ verb, data }) => [verb, data])).toEqual([
      ['open', { ticketId: 'ticket-1' }],
      ['finish-task', { ticketId: 'ticket-1', task: 4, list: 'tasks' }],
    ]);
  });

  test('says when the others are due, also when that is never', () => {
    const rows = [task, { ...task, dueAt: '9999-12-31T00:00:00.000Z' as Instant }];
    const said = textRunsOf(taskListCard({ rows, reader, now: monday })).join();
    expect(said).toContain('due Mon 5 Jan, 11:00');
    expect(said).toContain('no date');
    expect(said).not.toContain('OVERDUE');
    expect(said).not.toContain('9999');
  });
});

describe('the whole timeline', () => {
  const { ticket, recorded } = storyOf([
    acceptedBy(ana),
    asksForHelp(ana),
    acceptsEnvelope(eve),
    completesEnvelope(eve),
    confirmsEnvelope(ana),
    notes(ana, 'Thanked Eve.'),
  ]);
  const entries = recorded.map(entryOf).toReversed();
  const page = { ticket, entries, hasOlder: false, teamNameOf, reader } as const;

  test('tells every entry, with teams by name, and who helped', () => {
    const said = textRunsOf(timelineCard(page)).join('\n');
    expect(said).toContain('Ana Alves asked Network for help');
    expect(said).toContain('The cable was broken; it is replaced.');
    expect(said).toMatch(/Helped: \nEve Ek \(1\)/u);
    expect(said).toContain('Customer: Carla Costa <carla@customer.example>');
  });

  test('goes to older and newer entries, and back to the ticket', () => {
    const acts = ofType(timelineCard({ ...page, hasOlder: true, newer: 'first' }), 'Action.Execute');
    expect(acts.map(({ title, verb, data }) => [title, verb, data])).toEqual([
      ['Show', 'timeline', { ticketId: 'ticket-1' }],
      ['Newer', 'timeline', { ticketId: 'ticket-1' }],
      ['Older', 'timeline', { ticketId: 'ticket-1', before: 1 }],
      ['Back to the ticket', 'open', { ticketId: 'ticket-1' }],
    ]);
    expect(buttonsOf(timelineCard(page))).toEqual(['Show', 'Back to the ticket']);
  });

  test('keeps its filters, and one tap takes them off', () => {
    const card = timelineCard({
      ...page,
      filter: { kind: 'note', author: 'Ana Alves' },
      authors: ['Ana Alves', 'Eve Ek'],
    });
    expect(ofType(card, 'Input.ChoiceSet').map(({ id, value }) => [id, value])).toEqual([
      ['kind', 'note'],
      ['author', 'Ana Alves'],
    ]);
    expect(ofType(card, 'Action.Execute').find(({ title }) => title === 'Everything')).toMatchObject({
      verb: 'timeline',
      associatedInputs: 'none',
      data: { ticketId: 'ticket-1' },
    });
  });

  test('a page that does not fit goes on after the last entry that is shown', () => {
    const long = Array.from({ length: 50 }, (_each, index) => ({
      rev: 50 - index,
      at: monday,
      kind: 'note',
      visibility: 'internal',
      author: 'Ana Alves',
      event: 'NoteAdded',
      text: `${'漢'.repeat(300)}\n`.repeat(20),
      attachments: [],
    })) as unknown as typeof entries;
    const card = timelineCard({ ...page, entries: long });
    const shown = ofType(card, 'Container').filter(({ style }) => style === 'emphasis').length;
    expect(shown).toBeGreaterThanOrEqual(8);
    expect(Buffer.byteLength(JSON.stringify(card))).toBeLessThanOrEqual(28_000);
    const older = ofType(card, 'Action.Execute').find(({ title }) => title === 'Older');
    expect(older?.['data']).toEqual({ ticketId: 'ticket-1', before: 50 - shown + 1 });
  });

  test('an empty one says what to do', () => {
    expect(JSON.stringify(timelineCard({ ...page, entries: [] }))).toContain('Choose other filters');
  });
});

describe('the report of attempted transfers', () => {
  const row = { at: monday, by: 'Ben Berg', door: 'card', to: 'Eve Ek', number: ticketNumber('INC-1') } as const;

  test('counts by person and by door, the most first', () => {
    const rows = [row, { ...row, by: 'Lea Lind', door: 'api' as const }, { ...row, by: 'Lea Lind' }];
    const said = textRunsOf(reportCard({ rows, reader }));
    expect(said.slice(0, 6)).toEqual(['By person', 'Lea Lind: 2', 'Ben Berg: 1', 'By way', 'Card: 2', 'API: 1']);
    expect(said.join()).toContain('INC-1 · Ben Berg → Eve Ek · Card');
  });

  test('an empty one says so', () => {
    expect(JSON.stringify(reportCard({ rows: [], reader }))).toContain('Nobody tried to change an owner.');
  });
});

describe('a bulk act', () => {
  const job = {
    id: 'job-1',
    state: 'previewed',
    items: numbered(12),
    total: 12,
    done: 0,
    skipped: 0,
    refusals: [],
    refusalCount: 0,
  } as const;

  test('says first what will happen to how many, and asks', () => {
    const card = jobCard({ job, act: 'cancel', detail: 'Spam', reader });
    expect(ofType(card, 'TextBlock').map(({ text }) => text)).toEqual([
      'Cancel 12 tickets as Spam.',
      'Nothing has happened yet.',
    ]);
    expect(textRunsOf(card)).toContain('INC-1, INC-2, INC-3, INC-4, INC-5, INC-6, INC-7, INC-8, INC-9, INC-10, + 2');
    expect(ofType(card, 'Action.Execute').map(({ verb, data }) => [verb, data])).toEqual([
      ['job-confirm', { jobId: 'job-1' }],
      ['job-cancel', { jobId: 'job-1' }],
    ]);
  });

  test.each([
    ['previewed', false, ['job-confirm', 'job-cancel']],
    ['waiting', false, ['job-cancel']],
    ['running', true, []],
    ['done', true, ['job-undo']],
    ['done', false, []],
    ['undoing', true, []],
    ['undone', true, []],
    ['expired', true, []],
  ] as const)('that is %s (undo possible: %s) offers %j', (state, canUndo, verbs) => {
    expect(verbsOf(jobCard({ job: { ...job, state }, act: 'accept', canUndo, reader }))).toEqual(verbs);
  });

  test('tells how far it is, and in the end what was refused and why', () => {
    const running = jobCard({ job: { ...job, state: 'running', done: 5 }, act: 'accept', reader });
    expect(textRunsOf(running)).toContain('5 of 12');
    const refusals = [
      { number: ticketNumber('INC-3'), code: 'owner-is-set' as const },
      { number: ticketNumber('INC-4'), code: 'fault' as const },
    ];
    const done = jobCard({
      job: { ...job, state: 'done', done: 12, refusals, refusalCount: 14 },
      act: 'accept',
      reader,
    });
    expect(textRunsOf(done)).toEqual(
      expect.arrayContaining([
        '14 were refused',
        'INC-3: ',
        'Someone owns this ticket.',
        'failed again and again',
        '+ 12',
      ]),
    );
  });

  test('shows the words every customer will read', () => {
    expect(textRunsOf(jobCard({ job, act: 'answer', text: 'It works again.', reader }))).toContain('It works again.');
  });
});

describe('choosing many tickets', () => {
  const rows = numbered(3).map((each) => ({ ...ofTicket, ...each }));

  test('lists them with their customers, and asks what to do', () => {
    const card = bulkPickCard({ rows, reader });
    expect(ofType(card, 'Input.ChoiceSet', 'Input.Text').map(({ id }) => id)).toEqual([
      'tickets',
      'act',
      'cancelReason',
      'parentNumber',
      'answerText',
    ]);
    expect(JSON.stringify(card)).toContain('INC-2 · P1 · Carla Costa · The printer is on fire');
    expect(verbsOf(card)).toEqual(['bulk-preview']);
  });

  test('what was chosen and refused is chosen again', () => {
    const typed = { tickets: ['ticket-1', 'ticket-3'], act: 'answer', answerText: 'It works again.' } as const;
    const card = bulkPickCard({ rows, reader, typed, fault: 'Too many.' });
    expect(textRunsOf(card)).toContain('Too many.');
    expect(ofType(card, 'Input.ChoiceSet').slice(0, 2)).toMatchObject([
      { value: 'ticket-1,ticket-3' },
      { value: 'answer' },
    ]);
  });

  test('where there is nothing to choose, it says what to do', () => {
    expect(JSON.stringify(bulkPickCard({ rows: [], reader }))).toContain('Say **queue**');
    expect(verbsOf(bulkPickCard({ rows: [], reader }))).toEqual([]);
  });

  test('a storm names the tickets and makes one the parent of the others', () => {
    const parent = { id: ticketId('ticket-1'), number: ticketNumber('INC-1') };
    const card = stormCard({ tickets: rows, parent, minutes: 20, reader });
    expect(ofType(card, 'TextBlock')[0]?.['text']).toBe('3 tickets alike: make INC-1 the parent?');
    expect(ofType({ actions: card.actions }, 'Action.Execute')).toMatchObject([
      { verb: 'storm-link', data: { ticketId: 'ticket-1', children: 'ticket-2,ticket-3' } },
    ]);
  });
});

describe('cover', () => {
  test('who is back reads what was done in their name', () => {
    const rows = [
      {
        at: monday,
        by: 'Ben Berg',
        number: ticketNumber('INC-1'),
        event: 'CustomerAnswered' as const,
        requester: 'Carla Costa',
      },
    ];
    const said = textRunsOf(
      coverReturnCard({ deputy: 'Ben Berg', from: monday, until: after(monday, days(3)), rows, reader }),
    );
    expect(said[0]).toMatch(/^Ben Berg acted for you: Mon.*5 Jan.* to Thu.*8 Jan/u);
    expect(said[1]).toContain('INC-1 · Carla Costa · Ben Berg answered the customer');
    const none = coverReturnCard({ deputy: 'Ben', from: monday, until: monday, rows: [], reader });
    expect(JSON.stringify(none)).toContain('Nothing was done in your name.');
  });

  test('the forms ask for what the rules need; names are typed where there is no list', () => {
    const ids = (card: AdaptiveCard): unknown[] =>
      ofType(card, 'Input.ChoiceSet', 'Input.Text', 'Input.Date').map(({ id }) => id);
    expect(ids(coverForm({ reader, people }))).toEqual(['ownerId', 'deputyId', 'coverUntil', 'coverReason']);
    expect(ids(coverForm({ reader, people: [] })).slice(0, 2)).toEqual(['ownerName', 'deputyName']);
    expect(ids(leaverForm({ reader, people }))).toEqual([
      'leaverId',
      'toId',
      'transferReason',
      'leaveFrom',
      'leaveUntil',
      'evidence',
    ]);
    const { ticket } = storyOf(acceptedBy(ana));
    const one = leaverForm({ reader, people, ticket });
    expect(ids(one)).not.toContain('leaverId');
    expect(textRunsOf(one)[0]).toBe('Customer: Carla Costa <carla@customer.example>');
    expect(ofType(one, 'Action.Execute')).toMatchObject([{ verb: 'propose-transfer', data: { ticketId: 'ticket-1' } }]);
  });

  test('what was refused says why', () => {
    expect(textRunsOf(coverForm({ reader, people, fault: 'Too long.' }))[0]).toBe('Too long.');
  });
});

describe.each(LANGUAGES)('every card of the work, in %s', (language) => {
  const read = readerOf(ana, language);
  const { ticket, recorded } = storyOf([acceptedBy(ana), asksForHelp(ana)]);
  const job = { id: 'j', items: numbered(3), total: 3, done: 1, skipped: 1, refusals: [], refusalCount: 0 };
  const rows = numbered(2).map((each) => ({ ...ofTicket, ...each }));
  const cards: readonly (readonly [string, AdaptiveCard])[] = [
    ['envelopes', envelopeListCard({ rows: [envelope], reader: read })],
    ['no envelopes', envelopeListCard({ rows: [], reader: read, teamName: 'Network' })],
    ['tasks', taskListCard({ rows: [task], reader: read, now: monday })],
    ['no tasks', taskListCard({ rows: [], reader: read, now: monday })],
    [
      'timeline',
      timelineCard({
        ticket,
        entries: recorded.map(entryOf),
        hasOlder: true,
        newer: 7,
        authors: ['Ana'],
        teamNameOf,
        reader: read,
      }),
    ],
    [
      'report',
      reportCard({
        rows: [{ at: monday, by: 'Ben', door: 'mail', to: 'Eve', number: ticketNumber('INC-1') }],
        reader: read,
      }),
    ],
    ['job', jobCard({ job: { ...job, state: 'running' }, act: 'link', detail: 'INC-9', text: 'Hello', reader: read })],
    ['pick', bulkPickCard({ rows, reader: read })],
    [
      'storm',
      stormCard({
        tickets: rows,
        parent: { id: ticketId('ticket-1'), number: ticketNumber('INC-1') },
        minutes: 20,
        reader: read,
      }),
    ],
    ['return', coverReturnCard({ deputy: 'Ben', from: monday, until: monday, rows: [], reader: read })],
    ['cover form', coverForm({ reader: read, people })],
    ['leaver form', leaverForm({ reader: read, people: [], ticket })],
  ];

  test.each(cards)('%s: Teams shows it', (_name, card) => {
    expect(faultsOf(card)).toEqual([]);
    expect(card.version).toBe('1.5');
    expect(JSON.stringify(card)).not.toMatch(/\$\{|undefined|null|\[object|NaN/u);
    for (const { verb, title, data, fallback } of ofType(card, 'Action.Execute'))
      expect(fallback).toMatchObject({ type: 'Action.Submit', title, data: { verb, ...(data as object) } });
  });
});
