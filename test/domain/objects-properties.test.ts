import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { uniqueValues } from '../../src/domain/object-identity.ts';
import { type DeskObject, isObjectRefusal, type Properties, type PropertyChanges } from '../../src/domain/objects.ts';
import { checkProperties, LONGEST_TEXT, setProperties } from '../../src/domain/properties.ts';
import {
  checkCustomProperties,
  objectProperties,
  type PropertyDefinition,
  type PropertyType,
} from '../../src/domain/property-definitions.ts';
import { monday } from '../support/given.ts';

const named = (name: string, type: PropertyType, more: Partial<PropertyDefinition> = {}): PropertyDefinition => ({
  name,
  label: { en: name, de: name },
  type,
  ...more,
});
const label = { en: 'x', de: 'x' };
const definitions = [
  named('text', 'string', { required: true }),
  named('count', 'number'),
  named('vip', 'bool'),
  named('tier', 'enumeration', { options: ['gold', 'tin'].map((value) => ({ value, label })) }),
  named('day', 'date'),
  named('moment', 'dateTime'),
];
const faultsOf = (properties: PropertyChanges): unknown[] =>
  checkProperties(definitions, { text: 'x', ...properties }).map(({ fault, property }) => `${fault} ${property}`);

const object = (properties: Properties, type: DeskObject['type'] = 'contact'): DeskObject => ({
  type,
  id: 'c-1',
  properties,
  createdAt: monday,
  updatedAt: monday,
  archived: false,
});
const contact = objectProperties().contact;

describe('a property', () => {
  test.each<[string, PropertyChanges]>([
    ['text', { text: 'Grüße 😀' }],
    ['number', { count: -0.5 }],
    ['bool', { vip: false }],
    ['enumeration', { tier: 'gold' }],
    ['date', { day: '2028-02-29' }],
    ['dateTime', { moment: '2026-01-31T09:00:00+01:00' }],
    ['nothing', { count: null, vip: '', tier: ' ' }],
  ])('takes a value of its type: %s', (_type, properties) => {
    expect(faultsOf(properties)).toEqual([]);
  });

  test.each<[string, PropertyChanges]>([
    ['text', { text: 5 }],
    ['text', { text: '\ud800' }],
    ['text', { text: 'x'.repeat(LONGEST_TEXT + 1) }],
    ['count', { count: '5' }],
    ['count', { count: Number.NaN }],
    ['vip', { vip: 'true' }],
    ['tier', { tier: 'Gold' }],
    ['day', { day: '2026-02-29' }],
    ['day', { day: '31.01.2026' }],
    ['moment', { moment: '2026-01-31T09:00:00' }],
    ['moment', { moment: 'Monday' }],
  ])('takes nothing else: %s %j', (name, properties) => {
    expect(faultsOf(properties)).toEqual([`property-invalid ${name}`]);
  });

  test('names every fault of a whole object at once', () => {
    expect(checkProperties(definitions, { count: 'x', shoe_size: 43, constructor: 'x' })).toEqual([
      { fault: 'property-invalid', property: 'count', expected: 'a number' },
      { fault: 'property-unknown', property: 'shoe_size' },
      { fault: 'property-unknown', property: 'constructor' },
      { fault: 'property-required', property: 'text' },
    ]);
    expect(checkProperties([named('constructor', 'string', { required: true })], {})).toHaveLength(1);
  });
});

describe('setting properties', () => {
  const set = (before: Properties, changes: PropertyChanges, with_ = definitions): object => {
    const outcome = setProperties(with_, object(before), changes);
    return isObjectRefusal(outcome) ? outcome : outcome.properties;
  };

  test('keeps each value in one form; what is empty is missing; what is not named stays', () => {
    expect(
      set({ text: 'x', vip: true, count: 1 }, { text: '  y ', moment: '2026-01-31T09:00:00+01:00', vip: null }),
    ).toEqual({ text: 'y', moment: '2026-01-31T08:00:00.000Z', count: 1 });
  });

  test('never clears what is required, but leaves an object alone that never had it', () => {
    expect(set({ text: 'x' }, { text: ' ' })).toMatchObject({
      faults: [{ fault: 'property-required', property: 'text' }],
    });
    expect(set({}, { count: 2 })).toEqual({ count: 2 });
  });

  test('tells what changed, and which unique values must be free', () => {
    const outcome = setProperties(contact, object({ phone: '1', email: 'a@b.example' }), {
      email: ' C@D.example ',
      phone: '1',
      firstname: 'Carla',
    });
    expect(outcome).toEqual({
      properties: { email: 'c@d.example', additional_emails: 'a@b.example', phone: '1', firstname: 'Carla' },
      changes: [
        { property: 'additional_emails', after: 'a@b.example' },
        { property: 'email', before: 'a@b.example', after: 'c@d.example' },
        { property: 'firstname', after: 'Carla' },
      ],
      claims: [{ property: 'email', value: 'c@d.example' }],
    });
  });

  test.each(['x', 'a@b', 'a b@c.example', 'a@b.example;c@d.example', `${'a'.repeat(320)}@b.example`])(
    'an e-mail is an address, not %s',
    (email) => {
      expect(set({}, { email }, [...contact])).toMatchObject({ refused: 'properties-invalid' });
    },
  );

  test.each(['localhost', '-a.example', 'a..example', 'https://a.example', `${'a.'.repeat(130)}example`])(
    'a domain is a domain, not %s',
    (domain) => {
      const outcome = setProperties(objectProperties().company, object({}, 'company'), { domain });
      expect(outcome).toMatchObject({ refused: 'properties-invalid' });
    },
  );

  test('whatever addresses a contact is given, it is found by each of them for ever', () => {
    const address = fc.constantFrom(null, 'a@x.example', 'B@x.example', 'c@x.example');
    fc.assert(
      fc.property(fc.array(address, { maxLength: 8 }), (addresses) => {
        const last = addresses.reduce((each, email) => {
          const outcome = setProperties(contact, each, { email });
          return isObjectRefusal(outcome) ? each : { ...each, properties: outcome.properties };
        }, object({}));
        const had = new Set(addresses.filter((each) => each !== null).map((each) => each.toLowerCase()));
        expect([...uniqueValues(last, 'email')].sort()).toEqual([...had].sort());
      }),
    );
  });
});

describe('properties of the desk’s own', () => {
  const faults = (...custom: PropertyDefinition[]): string[] =>
    checkCustomProperties({ contact: custom }).map(({ fault, property }) => `${fault} ${property}`);

  test('stand behind the built-in ones', () => {
    const mine = named('vip', 'bool');
    expect(checkCustomProperties({ ticket: [mine], company: [mine] })).toEqual([]);
    const all = objectProperties({ ticket: [mine] });
    expect(all.ticket).toEqual([mine]);
    expect(all.contact.at(-1)?.name).toBe('jobtitle');
  });

  test('have a name of their own, options where they choose, and are unique only where that means something', () => {
    expect(faults(named('email', 'string'))).toEqual(['name-taken email']);
    expect(faults(named('a', 'string'), named('a', 'number'))).toEqual(['name-taken a']);
    expect(faults(named('Größe', 'number'))).toEqual(['name-malformed Größe']);
    expect(faults(named('tier', 'enumeration'))).toEqual(['options-missing tier']);
    const twice = ['gold', 'gold'].map((value) => ({ value, label }));
    expect(faults(named('tier', 'enumeration', { options: twice }))).toEqual(['option-twice tier']);
    expect(faults(named('vip', 'bool', { unique: true }))).toEqual(['type-cannot-be-unique vip']);
  });

  test('at most ten unique ones, the built-in counted', () => {
    const unique = Array.from({ length: 10 }, (_each, index) => named(`u${index}`, 'string', { unique: true }));
    expect(faults(...unique.slice(0, 9))).toEqual([]);
    expect(faults(...unique)).toEqual(['too-many-unique u9']);
  });
});
