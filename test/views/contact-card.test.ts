import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type {
  DeskObject,
  HistoryEntry,
  ObjectRefusal,
  ObjectRefusalCode,
  PropertyFaultCode,
} from '../../src/domain/objects.ts';
import { objectProperties, type PropertyDefinition, type PropertyType } from '../../src/domain/property-definitions.ts';
import { type Instant, type Language, ticketId, ticketNumber } from '../../src/domain/values.ts';
import { companyCard, type ContactCard, contactCard } from '../../src/views/contact-card.ts';
import type { AdaptiveCard } from '../../src/views/expand.ts';
import { ticketPropertiesCard } from '../../src/views/ticket-properties-card.ts';
import { wordsIn } from '../../src/views/words/language.ts';
import { buttonsOf, type Element, faultsOf, markdownOf, ofType, textRunsOf } from '../support/cards.ts';
import { ana, arrives, eve, vera } from '../support/deeds.ts';
import { monday, storyOf } from '../support/given.ts';
import { readerOf, verbsOf } from './cases.ts';

const LANGUAGES: readonly Language[] = ['en', 'de'];
const label = (en: string, de = en) => ({ en, de });
const TYPES: readonly PropertyType[] = ['string', 'number', 'bool', 'enumeration', 'date', 'dateTime'];

const custom: readonly PropertyDefinition[] = [
  { name: 'vip', label: label('Important', 'Wichtig'), type: 'bool' },
  {
    name: 'tier',
    label: label('Tier', 'Stufe'),
    type: 'enumeration',
    options: [
      { value: 'gold', label: label('Golden', 'Goldene') },
      { value: 'tin', label: label('Tin', 'Blech') },
    ],
  },
  { name: 'since', label: label('Customer since', 'Kunde seit'), type: 'date' },
  { name: 'renewal', label: label('Renewal', 'Verlängerung'), type: 'dateTime' },
  { name: 'seats', label: label('Seats', 'Plätze'), type: 'number', required: true },
];
const definitions = objectProperties({ contact: custom }).contact;

const record = (type: DeskObject['type'], id: string, properties: DeskObject['properties']): DeskObject => ({
  type,
  id,
  properties,
  createdAt: monday,
  updatedAt: monday,
  archived: false,
});
const carla = record('contact', 'contact-carla', {
  email: 'carla@customer.example',
  additional_emails: 'c@home.example;costa@customer.example',
  firstname: 'Carla',
  lastname: 'Costa',
  vip: true,
  tier: 'gold',
  since: '2026-01-31',
  renewal: '2026-07-31T07:00:00.000Z',
  seats: 1234.5,
});
const acme = record('company', 'company-acme', { domain: 'acme.example', name: 'Acme' });
const row = {
  ticketId: ticketId('ticket-1'),
  number: ticketNumber('INC-1'),
  subject: 'The printer is on fire',
  priority: 'P1',
  status: 'in_progress',
  ownerName: 'Ana Alves',
} as const;
const history: readonly HistoryEntry[] = [
  { rev: 3, at: monday, by: ana, events: [{ kind: 'merged-into', id: 'other' }] },
  {
    rev: 2,
    at: monday,
    by: ana,
    events: [
      {
        kind: 'properties-set',
        changes: [
          { property: 'tier', before: 'tin', after: 'gold' },
          { property: 'vip', after: true },
        ],
      },
    ],
  },
  {
    rev: 2,
    at: monday,
    by: { kind: 'desk' },
    events: [{ kind: 'associated', to: { type: 'company', id: 'company-acme' }, label: 'primary' }],
  },
  {
    rev: 1,
    at: monday,
    by: { kind: 'desk' },
    events: [{ kind: 'created' }, { kind: 'merged-into', id: 'contact-carla' }],
  },
];
const page: ContactCard = {
  object: carla,
  definitions,
  company: acme,
  related: [{ label: 'reports_to', object: record('contact', 'contact-bo', { email: 'bo@customer.example' }) }],
  tickets: { rows: [{ ...row, stage: label('At work', 'In der Werkstatt') }] },
  history,
  reader: readerOf(ana),
};
const inputs = (card: object): Record<string, Element> =>
  Object.fromEntries(
    ofType(card, 'Input.Text', 'Input.Date', 'Input.ChoiceSet').map((each) => [String(each['id']), each]),
  );
const dataOf = (card: object, verb: string): Readonly<Record<string, unknown>> =>
  (ofType(card, 'Action.Execute').find((each) => each['verb'] === verb)?.['data'] ?? {}) as Readonly<
    Record<string, unknown>
  >;

/** Text runs that stand in one line, as one. */
const linesOf = (card: object): string[] =>
  ofType(card, 'RichTextBlock').map(({ inlines }) => textRunsOf({ inlines } as object).join(''));

describe('the card of a contact', () => {
  test('says who it is, each property under its label, the company, and what else belongs to it', () => {
    const card = contactCard(page);
    expect(ofType(card, 'TextBlock')[0]?.['text']).toBe('Contact: Carla Costa');
    expect(linesOf(card)).toEqual(
      expect.arrayContaining([
        'E-mail: carla@customer.example',
        'More e-mail addresses: c@home.example, costa@customer.example',
        'Important: Yes',
        'Tier: Golden',
        'Customer since: Sat, 31 Jan 2026',
        'Renewal: Fri 31 Jul, 07:00',
        'Seats: 1,234.5',
        'Company: Acme',
        'Contact (reports to): bo@customer.example',
      ]),
    );
    expect(linesOf(card).join()).not.toContain('Phone:');
  });

  test('says the same in German, with the labels of the configuration', () => {
    const lines = linesOf(contactCard({ ...page, reader: readerOf(ana, 'de') }));
    expect(lines).toEqual(
      expect.arrayContaining([
        'Wichtig: Ja',
        'Stufe: Goldene',
        'Plätze: 1.234,5',
        'Firma: Acme',
        'In der Werkstatt · Ana Alves',
      ]),
    );
    expect(lines.join()).toContain('Ana Alves setzte Stufe: Blech → Goldene, Wichtig: Ja');
  });

  test('shows each ticket with its stage, and opens it; without stages of the desk’s own it is the status', () => {
    const card = contactCard({
      ...page,
      tickets: { rows: [...page.tickets.rows, { ...row, status: 'pending_vendor' }] },
    });
    expect(linesOf(card)).toContain('INC-1 P1 The printer is on fire');
    expect(linesOf(card)).toContain('At work · Ana Alves');
    expect(linesOf(card)).toContain('Waiting for a vendor · Ana Alves');
    expect(dataOf(card, 'open')).toEqual({ ticketId: 'ticket-1' });
    expect(linesOf(contactCard({ ...page, tickets: { rows: [] } }))).toContain('No tickets yet.');
  });

  test('opens the company and the other contacts, and the next page of tickets', () => {
    const card = contactCard({ ...page, tickets: { ...page.tickets, continuation: '2:token' } });
    expect(dataOf(card, 'company')).toEqual({ companyId: 'company-acme' });
    const contacts = ofType(card, 'Action.Execute').filter(({ verb }) => verb === 'contact');
    expect(contacts.map(({ data }) => data)).toEqual([
      { contactId: 'contact-bo' },
      { contactId: 'contact-carla', continuation: '2:token' },
    ]);
    expect(buttonsOf(contactCard(page))).not.toContain('More tickets');
  });

  test('tells its history: who, what, from what to what; not what the desk notes for itself', () => {
    const said = linesOf(contactCard(page));
    expect(said.slice(-4)).toEqual([
      'Ana Alves merged another contact into this one · Mon 5 Jan, 09:00',
      'Ana Alves set Tier: Tin → Golden, Important: Yes · Mon 5 Jan, 09:00',
      'The desk added: Company (main) · Mon 5 Jan, 09:00',
      'The desk began this record · Mon 5 Jan, 09:00',
    ]);
  });

  test('one long value in the history hides none of the others', () => {
    const changes = [
      { property: 'firstname', after: 'x'.repeat(4_000) },
      { property: 'vip', after: true },
    ];
    const entry: HistoryEntry = { rev: 1, at: monday, by: ana, events: [{ kind: 'properties-set', changes }] };
    expect(linesOf(contactCard({ ...page, history: [entry] })).at(-1)).toContain('…, Important: Yes');
  });

  test('has a field for every property that people may edit, by its type', () => {
    const fields = inputs(contactCard(page));
    expect(fields).not.toHaveProperty('p_additional_emails');
    expect(fields['p_email']).toMatchObject({ type: 'Input.Text', value: 'carla@customer.example' });
    expect(fields['p_phone']).not.toHaveProperty('value');
    expect(fields['p_vip']).toMatchObject({ type: 'Input.ChoiceSet', value: 'true', label: 'Important' });
    expect(fields['p_tier']).toMatchObject({
      value: 'gold',
      choices: [
        { title: 'Golden', value: 'gold' },
        { title: 'Tin', value: 'tin' },
        { title: 'not set', value: '-' },
      ],
    });
    expect(fields['p_since']).toMatchObject({ type: 'Input.Date', value: '2026-01-31' });
    expect(fields['p_renewal']).toMatchObject({ type: 'Input.Text', value: '2026-07-31 07:00' });
    expect(fields['p_seats']).toMatchObject({ value: '1234.5', isRequired: true });
    expect(fields['otherEmail']).toMatchObject({ isRequired: true });
  });

  test('demands a required value only where there is one: what was always missing stands in nobody’s way', () => {
    const bare = record('contact', 'contact-carla', { email: 'carla@customer.example' });
    expect(inputs(contactCard({ ...page, object: bare }))['p_seats']).not.toHaveProperty('isRequired');
  });

  test('sends back what its fields showed, whatever is typed', () => {
    const { contactId, was } = dataOf(contactCard({ ...page, drafts: { phone: '1', vip: '-' } }), 'contact-save');
    expect(contactId).toBe('contact-carla');
    expect(JSON.parse(String(was))).toMatchObject({
      phone: '',
      vip: 'true',
      seats: '1234.5',
      renewal: '2026-07-31 07:00',
    });
    expect(dataOf(contactCard(page), 'contact-merge')).toEqual({ contactId: 'contact-carla' });
  });

  test('offers no form to those who may only read', () => {
    for (const reader of [readerOf(eve), readerOf(vera), readerOf()]) {
      const card = contactCard({ ...page, reader });
      expect(verbsOf(card)).toEqual(['company', 'contact', 'open']);
      expect(inputs(card)).toEqual({});
    }
  });

  test('a text too long for a field is shown, said to be no matter of this card, and never cut', () => {
    const object = record('contact', 'contact-carla', { ...carla.properties, jobtitle: 'j'.repeat(1_001) });
    const card = contactCard({ ...page, object });
    expect(inputs(card)).not.toHaveProperty('p_jobtitle');
    expect(String(dataOf(card, 'contact-save')['was'])).not.toContain('jobtitle');
    expect(JSON.stringify(card)).toContain('longer texts cannot be edited here');
    expect(JSON.stringify(contactCard(page))).not.toContain('longer texts cannot be edited here');
  });

  test('a contact without a name is called by its address', () => {
    const object = record('contact', 'x', { email: 'who@customer.example' });
    expect(ofType(contactCard({ ...page, object }), 'TextBlock')[0]?.['text']).toBe('Contact: who@customer.example');
    expect(ofType(contactCard({ ...page, object: record('contact', 'x', {}) }), 'TextBlock')[0]?.['text']).toBe(
      'Contact: ?',
    );
  });
});

describe('the card of a company', () => {
  const people = [{ label: 'primary', object: carla }];
  const daughter = { label: 'parent_of', object: record('company', 'company-b', { domain: 'b.example' }) };
  const company = {
    object: acme,
    definitions: objectProperties().company,
    related: [...people, daughter],
    tickets: page.tickets,
    history: [],
    reader: readerOf(ana),
  };

  test('has its people, the companies that belong to it by the label of this side, and its own verbs', () => {
    const card = companyCard({ ...company, tickets: { ...company.tickets, continuation: 'token' } });
    expect(ofType(card, 'TextBlock')[0]?.['text']).toBe('Company: Acme');
    expect(linesOf(card)).toEqual(expect.arrayContaining(['Contact: Carla Costa', 'Company (parent of): b.example']));
    expect(verbsOf(card)).toEqual(['contact', 'company', 'open', 'company-save', 'company']);
    expect(dataOf(card, 'company-save')).toMatchObject({ companyId: 'company-acme' });
    expect(inputs(card)).not.toHaveProperty('otherEmail');
  });
});

describe('the properties of a ticket', () => {
  const { ticket } = storyOf(arrives());
  const asset: PropertyDefinition = { name: 'asset', label: label('Asset', 'Gerät'), type: 'string' };
  const of = { object: record('ticket', ticket.id, { asset: 'PC-7' }), definitions: [asset], history: [], ticket };

  test('stand with customer and stage, can be edited, and lead back', () => {
    const card = ticketPropertiesCard({ ...of, stage: label('Inbox', 'Eingang'), reader: readerOf(ana) });
    expect(linesOf(card)).toEqual(
      expect.arrayContaining(['Customer: Carla Costa <carla@customer.example>', 'Stage: Inbox', 'Asset: PC-7']),
    );
    expect(verbsOf(card)).toEqual(['ticket-properties-save', 'open']);
    expect(dataOf(card, 'ticket-properties-save')).toEqual({ ticketId: 'ticket-1', was: '{"asset":"PC-7"}' });
    const german = ticketPropertiesCard({ ...of, reader: readerOf(eve, 'de') });
    expect(linesOf(german)).toEqual(expect.arrayContaining(['Phase: Neu', 'Gerät: PC-7']));
    expect(verbsOf(german)).toEqual(['open']);
  });

  test('where there are none: what to do', () => {
    const card = ticketPropertiesCard({ ...of, definitions: [], reader: readerOf(ana) });
    expect(JSON.stringify(card)).toContain('config/desk.json');
    expect(verbsOf(card)).toEqual(['open']);
  });
});

describe('what is refused', () => {
  const CODES = Object.keys(wordsIn('en').contact.refusal) as ObjectRefusalCode[];
  const FAULTS = Object.keys(wordsIn('en').contact.fault) as PropertyFaultCode[];
  const above = (fault: ObjectRefusal, language: Language = 'en'): string[] => {
    const card = contactCard({ ...page, fault, reader: readerOf(ana, language) });
    return ofType(card, 'TextRun')
      .filter(({ color }) => color === 'Attention')
      .map(({ text }) => String(text))
      .filter((text) => text !== 'P1 ');
  };

  test.each(CODES)('%s has words in both languages, with and without its details', (refused) => {
    const details = { property: 'tier', label: 'parent_of', limit: 3 };
    for (const language of LANGUAGES)
      for (const fault of [{ refused }, { refused, ...details }]) {
        const [said = ''] = above(fault, language);
        expect(said).toMatch(/^\p{Lu}.*\p{L}{3}.*[.:]$/u);
        expect(said).not.toMatch(/undefined|\(\)| {2}| \./u);
        expect(said).not.toContain(refused);
      }
  });

  test.each(FAULTS)('%s names the property by its label, or as it was named where nobody knows it', (fault) => {
    for (const language of LANGUAGES) {
      const faults = ['tier', 'constructor'].map((property) => ({ fault, property }));
      const [, known = '', unknown = ''] = above({ refused: 'properties-invalid', faults }, language);
      expect(known).toContain(language === 'en' ? 'Tier' : 'Stufe');
      expect(unknown).toContain('constructor');
      for (const said of [known, unknown]) expect(said).toMatch(/^\p{Lu}.*\.$|^constructor.*\.$/u);
    }
  });

  test.each(TYPES)('a wrong %s says in both languages what it should have been', (type) => {
    const faults = definitions
      .filter((each) => each.type === type)
      .map(({ name }) => ({ fault: 'property-invalid' as const, property: name, expected: 'a text' }));
    for (const language of LANGUAGES) {
      const [, ...said] = above({ refused: 'properties-invalid', faults }, language);
      expect(said).toHaveLength(faults.length);
      for (const each of said) expect(each).not.toMatch(/something else|etwas anderes/u);
    }
  });

  test('every fault stands above everything else', () => {
    const faults = [
      { fault: 'property-invalid', property: 'seats', expected: 'a number' },
      { fault: 'property-invalid', property: 'tier' },
      { fault: 'property-required', property: 'email' },
    ] as const;
    const lines = linesOf(contactCard({ ...page, fault: { refused: 'properties-invalid', faults } }));
    expect(lines.slice(0, 4)).toEqual([
      'Nothing was saved:',
      'Seats must be a number.',
      'Tier must be one of: Golden, Tin.',
      'E-mail cannot be empty.',
    ]);
    const many = Array.from({ length: 60 }, (_each, n) => ({ fault: 'property-unknown' as const, property: `x${n}` }));
    expect(above({ refused: 'properties-invalid', faults: many }).slice(-2)).toEqual([
      'There is no property x39.',
      'and 20 more',
    ]);
  });

  test('what was typed stands in the fields again', () => {
    const card = contactCard({
      ...page,
      fault: { refused: 'properties-invalid' },
      drafts: { since: 'last week', phone: '030' },
      otherEmail: 'nobody@x.example',
    });
    expect(inputs(card)['p_since']).toMatchObject({ type: 'Input.Text', value: 'last week' });
    expect(inputs(card)['p_phone']).toMatchObject({ value: '030' });
    expect(inputs(card)['otherEmail']).toMatchObject({ value: 'nobody@x.example' });
  });

  test.each([
    ['contact', 'contact', 'contactId'],
    ['company', 'company', 'companyId'],
    ['ticket', 'ticket-properties', 'ticketId'],
  ] as const)('a value that another %s has leads there', (type, verb, field) => {
    const fault: ObjectRefusal = { refused: 'not-unique', property: 'tier', holder: { type, id: 'holder' } };
    const acts = ofType(contactCard({ ...page, fault }), 'Action.Execute');
    expect(acts.find(({ title }) => title === 'Look at it')).toMatchObject({ verb, data: { [field]: 'holder' } });
  });
});

describe('whatever people write', () => {
  interface Says {
    readonly text: string;
    readonly count: number;
  }
  const many: readonly PropertyDefinition[] = Array.from({ length: 20 }, (_each, n) => {
    const type = TYPES[n % TYPES.length] ?? 'string';
    const wide = label('漢'.repeat(60));
    const options = Array.from({ length: 50 }, (_option, each) => ({
      value: `${each}${'漢'.repeat(58)}`,
      label: wide,
    }));
    return { name: `p${n}${'x'.repeat(45)}`, label: wide, type, ...(type === 'enumeration' ? { options } : {}) };
  });
  const valueOf = ({ name, type, readOnly }: PropertyDefinition, text: string): [string, string | number | boolean] => {
    if (type === 'number') return [name, 123_456_789.123];
    if (type === 'bool') return [name, true];
    if (type === 'date') return [name, '2026-01-31'];
    if (type === 'dateTime') return [name, monday];
    return [name, readOnly ? Array.from({ length: 12 }, () => text.slice(0, 300)).join(';') : text.slice(0, 4_000)];
  };
  const saying = (
    type: 'contact' | 'company' | 'ticket',
    { text, count }: Says,
    language: Language = 'de',
  ): AdaptiveCard => {
    const all = objectProperties({ [type]: count > 1 ? many : [] })[type];
    const object = record(type, 'x'.repeat(100), Object.fromEntries(all.map((each) => valueOf(each, text))));
    const changes = all.map(({ name }) => ({ property: name, before: text, after: text }));
    const entry: HistoryEntry = {
      rev: 1,
      at: monday as Instant,
      by: { ...ana, name: text },
      events: [
        { kind: 'properties-set', changes },
        { kind: 'associated', to: object, label: text },
      ],
    };
    const related = (count > 1 ? [...Array<number>(20).keys()] : [1]).map(() => ({
      label: 'x'.repeat(50),
      object: record('company', 'x'.repeat(100), { name: text }),
    }));
    const rows = (count > 1 ? [...Array<number>(10).keys()] : [1]).map(() => ({
      ...row,
      subject: text,
      ownerName: text,
      stage: label('漢'.repeat(60)),
    }));
    const faults = all.map(({ name }) => ({ fault: 'property-invalid' as const, property: name }));
    const drafts = Object.fromEntries(all.map(({ name }) => [name, text.slice(0, 1_000)]));
    const shared = {
      object,
      definitions: all,
      history: Array.from({ length: count > 1 ? 10 : 1 }, () => entry),
      fault: { refused: 'properties-invalid' as const, faults },
      drafts,
      reader: readerOf(ana, language),
    };
    const { ticket } = storyOf(arrives({ subject: text }));
    if (type === 'ticket') return ticketPropertiesCard({ ...shared, ticket, stage: label('漢'.repeat(60)) });
    const of = { ...shared, related, tickets: { rows, continuation: 'x'.repeat(500) } };
    const company = related[0]?.object;
    return type === 'company'
      ? companyCard(of)
      : contactCard({ ...of, ...(company ? { company } : {}), otherEmail: text });
  };
  const CARDS = ['contact', 'company', 'ticket'] as const;

  test.each(CARDS)('the card of a %s is no more than Teams shows, and the renderer finds no fault', (type) => {
    const fat = ['漢', '"\\', '\u{1f525}', 'x\n', '\u0000'].map((sign) => sign.repeat(4_000));
    for (const text of fat)
      for (const language of LANGUAGES) {
        const card = saying(type, { text, count: 50 }, language);
        expect(Buffer.byteLength(JSON.stringify(card))).toBeLessThanOrEqual(28_000);
        expect(faultsOf(card)).toEqual([]);
      }
    expect(faultsOf(saying(type, { text: 'Carla', count: 1 }))).toEqual([]);
  });

  test.each(CARDS)('on the card of a %s nothing is read as markup, computed or spoofed', (type) => {
    const wild =
      '[x](http://evil) **b** <at>Bob</at> `c` #h ~~s~~ ${1+1} {{DATE(2026)}} \\[x\\] |a| \u202egnp.exe \u0000 \ufeff _i_';
    const hostile = fc
      .array(fc.oneof(fc.constantFrom(...wild.split(' ')), fc.string({ unit: 'binary', maxLength: 8 })), {
        maxLength: 6,
      })
      .map((parts) => parts.join(' '));
    const usual = new Set(markdownOf(saying(type, { text: 'text', count: 1 })));
    fc.assert(
      fc.property(hostile, (text) => {
        const card = saying(type, { text, count: 1 });
        for (const read of markdownOf(card))
          expect(usual.has(read) || !/[*_[\]<>`~#\\|\p{Cc}\u202e\ufeff]/u.test(read)).toBe(true);
        for (const run of textRunsOf(card)) expect(run).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069\ufeff]/u);
        expect(faultsOf(card)).toEqual([]);
      }),
      { numRuns: 25 },
    );
    expect(textRunsOf(saying(type, { text: '${40+2}', count: 1 })).join()).not.toContain('42');
  });

  test.each(['contact', 'company'] as const)('what a %s is called stands in its title without markup', (type) => {
    const title = ofType(saying(type, { text: '[x](http://evil) **b**', count: 1 }), 'TextBlock')[0];
    expect(title?.['text']).toMatch(/: ⁅x⁆\(http:\/\/evil\) ∗∗b∗∗/u);
  });

  test('a field never holds less than the record or than what was typed', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_200 }), fc.integer({ min: 0, max: 1_200 }), (kept, typed) => {
        const object = record('contact', 'x', {
          email: 'x@y.example',
          ...(kept > 0 ? { jobtitle: 'k'.repeat(kept) } : {}),
        });
        const card = contactCard({ ...page, object, drafts: { jobtitle: 't'.repeat(typed) } });
        const field = inputs(card)['p_jobtitle'];
        if (field) expect(String(field['value'] ?? '')).toHaveLength(typed);
        expect(field === undefined).toBe(Math.max(kept, typed) > 1_000);
      }),
    );
  });
});
