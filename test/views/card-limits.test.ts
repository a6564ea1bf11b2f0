import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { entryOf } from '../../src/domain/timeline.ts';
import {
  contactId,
  type Language,
  mailAddress,
  personId,
  teamId,
  ticketId,
  ticketNumber,
} from '../../src/domain/values.ts';
import { newTicketCard } from '../../src/views/desk-cards.ts';
import type { AdaptiveCard } from '../../src/views/expand.ts';
import { listCard } from '../../src/views/list-card.ts';
import { ticketCard } from '../../src/views/ticket-card.ts';
import { faultsOf, markdownOf, ofType } from '../support/cards.ts';
import { accepts, arrives, carla, customerWrites, type Deed, deskMailbox, prose } from '../support/deeds.ts';
import { monday, storyOf } from '../support/given.ts';

const reader = (language: Language): { language: Language; zone: string } => ({ language, zone: 'UTC' });
const files = (name: string, count: number): Parameters<typeof prose>[1][] =>
  Array.from({ length: count }, () => ({
    name,
    size: 1_234_567,
    contentType: 'application/pdf',
    sha256: 'a'.repeat(64),
  }));

interface Says {
  readonly subject: string;
  readonly name: string;
  readonly text: string;
  readonly file: string;
}

/** A ticket in which everything that people can write is what they wrote. */
const cardSaying = ({ subject, name, text, file }: Says, count = 1): AdaptiveCard => {
  const owner = { kind: 'person', id: personId('owner'), name, roles: ['agent'] } as const;
  const requester = { contactId: contactId('c'), name, address: mailAddress('carla@customer.example') };
  const writes: Deed = customerWrites(text, {
    by: { ...carla, name },
    prose: prose(text, ...files(file, count)),
    thread: { mailbox: deskMailbox },
  });
  const { ticket, recorded } = storyOf(
    arrives({ subject, requester, description: prose(text, ...files(file, count)) }),
    accepts(owner),
    writes,
    writes,
    writes,
  );
  const headline = { text: name, style: 'accent' } as const;
  return ticketCard({
    ticket,
    entries: recorded.map(entryOf).toReversed(),
    teamName: name,
    reader: reader('de'),
    headline,
  });
};

const listSaying = ({ subject, name }: Says): AdaptiveCard =>
  listCard({
    title: `Tickets with ${name}`,
    empty: '',
    rows: [
      {
        ticketId: ticketId('t'),
        number: ticketNumber('INC-1'),
        subject,
        priority: 'P1',
        dueAt: monday,
        requester: name,
        ownerName: name,
      },
    ],
    reader: reader('en'),
    next: { list: 'found', continuation: 'token' },
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
    typed: { caller: name, subject, text },
    fault: 'Nothing was sent.',
  });

const cards: readonly (readonly [string, (says: Says) => AdaptiveCard])[] = [
  ['ticket', cardSaying],
  ['list', listSaying],
  ['form', formSaying],
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

describe.each(cards)('hostile text on the %s card', (_name, cardOf) => {
  const usual = markdownOf(cardOf({ subject: 'subject', name: 'name', text: 'text', file: 'file' }));

  test('never becomes markup: it stands in text runs, or escaped', () => {
    fc.assert(
      fc.property(says, (written) => {
        const read = markdownOf(cardOf(written));
        expect(read.length).toBeGreaterThan(3);
        for (const text of read) expect(usual.includes(text) || !MARKUP.test(text)).toBe(true);
      }),
    );
  });

  test('cannot be computed, and leaves a card that Teams shows', () => {
    const card = cardOf({ subject: '${1+1}', name: '${words.accept}', text: '${$root.ticketId}', file: '${1+1}.pdf' });
    expect(JSON.stringify(card)).toContain('${1+1}');
    expect(JSON.stringify(card)).not.toMatch(/"2"|"2\.pdf"/u);
    fc.assert(
      fc.property(says, (written) => expect(faultsOf(cardOf(written))).toEqual([])),
      { numRuns: 40 },
    );
  });
});

test('control and bidirectional characters are shown nowhere at all', () => {
  fc.assert(
    fc.property(says, (written) => {
      for (const { text } of ofType([cardSaying(written), listSaying(written)], 'TextRun'))
        expect(text).not.toMatch(/[\p{Cc}\u061c\u202a-\u202e\u2066-\u2069\ufeff]/u);
    }),
  );
});

test.each([
  ['emoji', '😀'],
  ['Chinese', '漢'],
  ['quotation marks', '"'],
  ['line breaks', 'x\n'],
  ['long lines', `${'ß'.repeat(299)}\n`],
])('the fattest ticket of %s is a card of at most 80 KB', (_name, sign) => {
  const long = (length: number): string => sign.repeat(length).slice(0, length);
  const card = cardSaying({ subject: long(200), name: long(200), text: long(20_000), file: `${long(500)}.pdf` }, 30);
  expect(faultsOf(card)).toEqual([]);
  expect(Buffer.byteLength(JSON.stringify(card))).toBeLessThanOrEqual(80_000);
  expect(Buffer.byteLength(JSON.stringify(card))).toBeGreaterThan(10_000);
});
