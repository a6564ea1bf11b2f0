import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { EnvelopeRow } from '../../src/domain/envelope.ts';
import type { ListedTask } from '../../src/domain/effects.ts';
import { entryOf } from '../../src/domain/timeline.ts';
import {
  contactId,
  mailAddress,
  type PersonActor,
  personId,
  teamId,
  ticketId,
  ticketNumber,
} from '../../src/domain/values.ts';
import { bulkPickCard, stormCard } from '../../src/views/bulk-card.ts';
import { coverForm, coverReturnCard, leaverForm } from '../../src/views/cover-cards.ts';
import { newTicketCard } from '../../src/views/desk-cards.ts';
import { envelopeCard } from '../../src/views/envelope-card.ts';
import type { AdaptiveCard } from '../../src/views/expand.ts';
import { jobCard } from '../../src/views/job-card.ts';
import { listCard } from '../../src/views/list-card.ts';
import { reportCard } from '../../src/views/report-card.ts';
import { ticketCard } from '../../src/views/ticket-card.ts';
import { timelineCard } from '../../src/views/timeline-card.ts';
import { envelopeListCard, taskListCard } from '../../src/views/work-lists.ts';
import { faultsOf, markdownOf, ofType } from '../support/cards.ts';
import {
  accepts,
  arrives,
  carla,
  customerWrites,
  type Deed,
  deskMailbox,
  eve,
  identity,
  network,
  prose,
} from '../support/deeds.ts';
import { acceptsEnvelope, addsTask, asksForHelp, queriesOwner } from '../support/envelope-deeds.ts';
import { monday, type Step, storyOf } from '../support/given.ts';
import { tags } from '../support/ownership-deeds.ts';
import { readerOf } from './cases.ts';

const KB_28 = 28_000;
const ofBytes = (card: AdaptiveCard): number => Buffer.byteLength(JSON.stringify(card));

const files = (name: string, count: number): Parameters<typeof prose>[1][] =>
  Array.from({ length: count }, () => ({
    name,
    size: 1_234_567,
    contentType: 'application/pdf',
    sha256: 'a'.repeat(64),
  }));

/** What people can write, and how many of everything there are. */
interface Says {
  readonly subject: string;
  readonly name: string;
  readonly text: string;
  readonly file: string;
}

const reader = readerOf(undefined, 'de');
const UUID = ticketId('a0000000-0000-4000-8000-000000000001');
const few = { count: 1 } as const;
interface Many {
  readonly count: number;
}
const times = <Item>(count: number, make: (index: number) => Item): Item[] =>
  Array.from({ length: count }, (_each, index) => make(index));

/** A ticket in which everything that people can write is what they wrote. */
const storySaying = ({ subject, name, text, file }: Says, { count }: Many, ...steps: Step[]) => {
  const owner = ownerNamed(name);
  const requester = { contactId: contactId('c'), name, address: mailAddress('carla@customer.example') };
  const writes: Deed = customerWrites(text, {
    by: { ...carla, name },
    prose: prose(text, ...files(file, count)),
    thread: { mailbox: deskMailbox },
  });
  return storyOf(
    arrives({ ticketId: UUID, subject, requester, description: prose(text, ...files(file, count)) }),
    accepts(owner),
    ...steps,
    writes,
    writes,
    writes,
  );
};

const ownerNamed = (name: string): PersonActor => ({ kind: 'person', id: personId('owner'), name, roles: ['agent'] });
const clean = (text: string, limit: number): string => text.slice(0, limit).trim() || 'x';

/** Help, tasks, decisions: whatever can stand on a card, as often as it can. */
const everything = ({ name, text }: Says, { count }: Many): Step[] => {
  const owner = ownerNamed(name);
  return [
    ...times(Math.min(8, count + 1), (index) =>
      asksForHelp(owner, { teamId: [network, identity][index % 2] ?? network, question: clean(text, 2_000) }),
    ),
    acceptsEnvelope({ ...eve, name }),
    queriesOwner({ ...eve, name }, clean(text, 20_000)),
    ...times(Math.min(15, count), () => addsTask(owner, clean(text, 120))),
    tags(owner, ...times(Math.min(10, count), (index) => `${index}${clean(name, 29)}`)),
  ];
};

const choicesSaying = ({ name }: Says, count: number): { id: string; name: string }[] =>
  times(count, (index) => ({ id: `a0000000-0000-4000-8000-0000000000${index}`, name }));

const cardSaying = (says: Says, many: Many = few): AdaptiveCard => {
  const { ticket, recorded, now } = storySaying(says, many, ...everything(says, many));
  const { name, text } = says;
  const people = choicesSaying(says, many.count);
  return ticketCard({
    ticket,
    entries: recorded.map(entryOf).toReversed(),
    teamName: name,
    teamNameOf: () => name,
    reader,
    now,
    headline: { text: name, style: 'accent' },
    drafts: { reply: text.slice(0, many.count > 1 ? 4_000 : 100) },
    help: { suggestions: [network, identity].map((id) => ({ teamId: id, name })), question: text.slice(0, 2_000) },
    people,
    teams: people.slice(0, 12),
    similar: times(3, () => ({ ticketId: ticket.id, number: ticket.number, subject: says.subject, answer: text })),
  });
};

const envelopeSaying = (says: Says, many: Many = few): AdaptiveCard => {
  const { ticket, recorded } = storySaying(says, many, ...everything(says, many));
  const { name, text } = says;
  const prose2 = text.slice(0, 2_000);
  return envelopeCard({
    ticket,
    row: ticket.envelopes?.[0] as EnvelopeRow,
    contract: { question: prose2, stepsTried: prose2, doneWhen: prose2, skills: times(10, () => name) },
    result: text,
    query: text,
    entries: recorded.map(entryOf).toReversed(),
    teamNameOf: () => name,
    teams: choicesSaying(says, many.count).slice(0, 12),
    reader,
    headline: { text: name, style: 'accent' },
    drafts: { result: text.slice(0, many.count > 1 ? 4_000 : 100) },
  });
};

const timelineSaying = (says: Says, many: Many = few): AdaptiveCard => {
  const { ticket, recorded } = storySaying(says, many, ...everything(says, many));
  const entries = recorded.map(entryOf).toReversed();
  return timelineCard({
    ticket,
    entries: times(many.count > 1 ? 50 : entries.length, (index) => entries[index % 3] ?? entries[0]).flatMap(
      (each) => each ?? [],
    ),
    hasOlder: true,
    newer: 4,
    authors: times(many.count, () => says.name),
    teamNameOf: () => says.name,
    reader,
  });
};

const rowsSaying = ({ subject, name }: Says, count: number) =>
  times(count, (index) => ({
    ticketId: ticketId(`a0000000-0000-4000-8000-0000000000${index}`),
    rev: 1,
    bucket: 'open' as const,
    number: ticketNumber(`INC-${index}`),
    subject,
    priority: 'P1' as const,
    dueAt: monday,
    requester: name,
    ownerName: name,
  }));

const listSaying = (says: Says, { count }: Many = few): AdaptiveCard =>
  listCard({
    title: `Tickets with ${says.name}`,
    empty: '',
    rows: rowsSaying(says, Math.min(20, count)),
    reader,
    next: { list: 'found', continuation: 'token' },
  });

const worksSaying = (says: Says, { count }: Many = few): AdaptiveCard =>
  envelopeListCard({
    rows: rowsSaying(says, Math.min(20, count)).map((each) => ({
      ...each,
      seq: 1,
      state: 'waiting_on_owner' as const,
      teamId: network,
      expertName: says.name,
    })),
    teamName: says.name,
    reader,
  });

const tasksSaying = (says: Says, { count }: Many = few): AdaptiveCard =>
  taskListCard({
    rows: rowsSaying(says, Math.min(20, count)).map((each): ListedTask => ({
      ...each,
      task: 1,
      title: says.text,
      assigneeName: says.name,
    })),
    reader,
    now: monday,
  });

const formSaying = ({ subject, name, text }: Says): AdaptiveCard =>
  newTicketCard({
    language: 'en',
    key: 'k',
    teams: [
      { id: teamId('service'), name: 'Service' },
      { id: teamId('network'), name: 'Network' },
    ],
    teamId: 'service',
    typed: { caller: name, subject, text: text.slice(0, 4_000) },
    fault: 'Nothing was sent.',
  });

const pickSaying = (says: Says, { count }: Many = few): AdaptiveCard =>
  bulkPickCard({
    rows: rowsSaying(says, count * 2),
    reader,
    fault: says.text,
    typed: { answerText: says.text.slice(0, 4_000) },
  });

const stormSaying = (says: Says, { count }: Many = few): AdaptiveCard =>
  stormCard({
    tickets: rowsSaying(says, count),
    parent: { id: ticketId('t'), number: ticketNumber('INC-1') },
    minutes: 20,
    reader,
  });

const jobSaying = ({ name, text }: Says, { count }: Many = few): AdaptiveCard =>
  jobCard({
    job: {
      id: 'a0000000-0000-4000-8000-000000000001',
      state: 'done',
      items: times(count * 60, (index) => ({ number: ticketNumber(`INC-${index}`) })),
      total: count,
      done: count,
      skipped: 1,
      refusals: times(50, (index) => ({ number: ticketNumber(`INC-${index}`), code: 'merge-other-customer' as const })),
      refusalCount: 60,
    },
    act: 'leaver',
    detail: name,
    text,
    canUndo: true,
    reader,
  });

const reportSaying = ({ name }: Says, { count }: Many = few): AdaptiveCard =>
  reportCard({
    rows: times(count * 3, (index) => ({
      at: monday,
      by: `${index % 20} ${name}`,
      door: 'hubspot' as const,
      to: name,
      number: ticketNumber(`INC-${index}`),
      ticketId: ticketId(`a0000000-0000-4000-8000-0000000000${index}`),
    })),
    reader,
  });

const returnSaying = ({ name }: Says, { count }: Many = few): AdaptiveCard =>
  coverReturnCard({
    deputy: name,
    from: monday,
    until: monday,
    rows: times(count * 2, (index) => ({
      at: monday,
      by: name,
      requester: name,
      number: ticketNumber(`INC-${index}`),
      event: 'CustomerAnswered' as const,
      ticketId: ticketId(`a0000000-0000-4000-8000-0000000000${index}`),
    })),
    reader,
  });

const coverSaying = (says: Says, { count }: Many = few): AdaptiveCard =>
  coverForm({ reader, people: choicesSaying(says, count), fault: says.text });

const leaverSaying = (says: Says, many: Many = few): AdaptiveCard =>
  leaverForm({
    reader,
    people: choicesSaying(says, many.count),
    ticket: storySaying(says, many).ticket,
    evidence: says.text.slice(0, 2_000),
    fault: says.text,
  });

const cards: readonly (readonly [string, (says: Says, many?: Many) => AdaptiveCard])[] = [
  ['ticket', cardSaying],
  ['envelope', envelopeSaying],
  ['timeline', timelineSaying],
  ['list', listSaying],
  ['envelopes', worksSaying],
  ['tasks', tasksSaying],
  ['form', formSaying],
  ['pick', pickSaying],
  ['storm', stormSaying],
  ['job', jobSaying],
  ['report', reportSaying],
  ['return', returnSaying],
  ['cover', coverSaying],
  ['leaver', leaverSaying],
];
const hostile = [
  '[x](http://evil)',
  '![x](http://evil/p.png)',
  '<at>Bob</at>',
  '<script>alert(1)</script>',
  '**b**',
  '_i_',
  '`c`',
  '~~s~~',
  '# heading',
  '\\[x\\](y)',
  '| a |',
  '${1+1}',
  '${ticketId}',
  '{{DATE(2026-01-01T00:00:00Z)}}',
  '\u202egnp.exe',
  '\u2066x\u2069',
  '\u061cx',
  '\u0000',
  '\u200b',
  '\ufeff',
  '&lt;b&gt;',
];
const MARKUP = /[*_[\]<>`~#\\|\p{Cc}\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/u;

const aText = fc
  .array(fc.oneof(fc.constantFrom(...hostile), fc.string({ unit: 'binary', maxLength: 8 })), { maxLength: 6 })
  .map((parts) => parts.join(' '));
const says = fc.record({ subject: aText, name: aText, text: aText, file: aText });

/** The value of a choice is sent back, never shown. */
const shownOn = (card: AdaptiveCard): string[] =>
  markdownOf(
    JSON.parse(JSON.stringify(card), (key, value: unknown) =>
      key === 'choices' ? (value as object[]).map((choice) => ({ ...choice, value: '' })) : value,
    ) as object,
  );

describe.each(cards)('hostile text on the %s card', (_name, cardOf) => {
  const usual = shownOn(cardOf({ subject: 'subject', name: 'name', text: 'text', file: 'file' }));

  test('never becomes markup: it stands in text runs, or escaped', () => {
    fc.assert(
      fc.property(says, (written) => {
        const read = shownOn(cardOf(written));
        expect(read.length).toBeGreaterThan(3);
        for (const text of read) expect(usual.includes(text) || !MARKUP.test(text)).toBe(true);
      }),
      { numRuns: 30 },
    );
  });

  test('cannot be computed, and leaves a card that Teams shows', () => {
    const card = cardOf({ subject: '${1+1}', name: '${40+2}', text: '${$root.ticketId}', file: '${1+1}.pdf' });
    expect(JSON.stringify(card)).toMatch(/\$\{(1\+1|40\+2)\}/u);
    expect(JSON.stringify(card)).not.toMatch(/"2"|"2\.pdf"|"42"|: 42/u);
    fc.assert(
      fc.property(says, (written) => expect(faultsOf(cardOf(written))).toEqual([])),
      { numRuns: 15 },
    );
  });
});

test('control and bidirectional characters are shown nowhere at all', () => {
  fc.assert(
    fc.property(says, (written) => {
      for (const { text } of ofType(
        cards.map(([, cardOf]) => cardOf(written)),
        'TextRun',
      ))
        expect(text).not.toMatch(/[\p{Cc}\u061c\u202a-\u202e\u2066-\u2069\ufeff]/u);
    }),
    { numRuns: 30 },
  );
});

const SIGNS = [
  ['emoji', '😀'],
  ['Chinese', '漢'],
  ['quotation marks', '"'],
  ['line breaks', 'x\n'],
  ['long lines', `${'ß'.repeat(299)}\n`],
] as const;

describe.each(cards)('the fattest %s card', (_name, cardOf) => {
  test.each(SIGNS)('of %s is at most 28 KB, and Teams shows it', (_kind, sign) => {
    const long = (length: number): string => sign.repeat(length).slice(0, length);
    const says = { subject: long(200), name: long(200), text: long(20_000), file: `${long(500)}.pdf` };
    const card = cardOf(says, { count: 30 });
    expect(faultsOf(card)).toEqual([]);
    expect(ofBytes(card)).toBeLessThanOrEqual(KB_28);
  });
});

test('a ticket is told less where the whole would not fit, but what was typed stays whole', () => {
  const long = (length: number): string => '漢'.repeat(length);
  const card = cardSaying({ subject: long(200), name: long(80), text: long(20_000), file: 'f' }, { count: 30 });
  expect(ofBytes(card)).toBeGreaterThan(15_000);
  expect(ofType(card, 'Input.Text').find(({ id }) => id === 'replyText')?.['value']).toBe(long(4_000));
  const usual = cardSaying({ subject: 'Printer', name: 'Carla', text: 'x'.repeat(250), file: 'f' });
  expect(ofType(usual, 'TextRun').map(({ text }) => text)).toContain('x'.repeat(250));
});
