import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { changesTyped } from '../../src/application/typed-properties.ts';
import { type DeskObject, isObjectRefusal, type PropertyValue } from '../../src/domain/objects.ts';
import { setProperties } from '../../src/domain/properties.ts';
import type { PropertyDefinition } from '../../src/domain/property-definitions.ts';
import { instantOf } from '../../src/domain/values.ts';
import { fieldText } from '../../src/views/record-values.ts';

/** From what a form sends back to what is to be set. */
const label = (en: string, de = en) => ({ en, de });
const definitions: readonly PropertyDefinition[] = [
  { name: 'phone', label: label('Phone', 'Telefon'), type: 'string' },
  { name: 'seats', label: label('Seats'), type: 'number' },
  { name: 'vip', label: label('VIP'), type: 'bool' },
  {
    name: 'tier',
    label: label('Tier'),
    type: 'enumeration',
    options: [
      { value: 'gold', label: label('Golden', 'Goldene') },
      { value: 'Goldene', label: label('Another') },
    ],
  },
  { name: 'since', label: label('Since'), type: 'date' },
  { name: 'renewal', label: label('Renewal'), type: 'dateTime' },
];
const zone = 'Europe/Berlin';
const typed = (now: Record<string, string>, shown: Record<string, string> = {}) =>
  changesTyped(definitions, { shown, typed: now }, zone);

describe('what a person typed', () => {
  test.each<[string, string, PropertyValue | null]>([
    ['phone', ' 1 ', '1'],
    ['phone', ' ', null],
    ['phone', '-', '-'],
    ['seats', '12', 12],
    ['seats', '-1,5', -1.5],
    ['seats', '1.5', 1.5],
    ['seats', 'many', 'many'],
    ['seats', '1,000,000', '1,000,000'],
    ['seats', 'Infinity', 'Infinity'],
    ['vip', 'true', true],
    ['vip', 'false', false],
    ['vip', '-', null],
    ['vip', 'perhaps', 'perhaps'],
    ['tier', 'gold', 'gold'],
    ['tier', 'GOLDEN', 'gold'],
    ['tier', 'Goldene', 'Goldene'],
    ['tier', '-', null],
    ['tier', 'tin', 'tin'],
    ['since', '2026-01-31', '2026-01-31'],
    ['renewal', '2026-01-31 09:00', '2026-01-31T08:00:00.000Z'],
    ['renewal', '2026-07-31T09:00', '2026-07-31T07:00:00.000Z'],
    ['renewal', '2026-01-31T09:00:00Z', '2026-01-31T09:00:00Z'],
    ['renewal', '2026-13-31 09:00', '2026-13-31 09:00'],
    ['renewal', 'soon', 'soon'],
    ['floor', '3', '3'],
    ['constructor', '3', '3'],
  ])('%s: %p is %p', (name, text, value) => {
    expect(typed({ [name]: text })).toEqual({ [name]: value });
  });

  test('is set only where it differs from what the field showed', () => {
    const shown = { phone: '1\n2', seats: '12', vip: 'true', tier: '' };
    expect(typed({ phone: ' 1\r\n2 ', seats: '12', vip: 'false' }, shown)).toEqual({ vip: false });
  });

  test('clears a field that comes back without a value', () => {
    expect(typed({}, { phone: '1', vip: 'true', tier: '' })).toEqual({ phone: null, vip: null });
  });
});

const minute = 60_000;
const values = fc.record(
  {
    phone: fc.string({ minLength: 1, unit: 'grapheme' }).filter((text) => text.trim() !== ''),
    seats: fc.double({ noNaN: true, noDefaultInfinity: true }),
    vip: fc.boolean(),
    tier: fc.constantFrom('gold', 'Goldene'),
    since: fc
      .date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true })
      .map((at) => at.toISOString().slice(0, 10)),
    renewal: fc.nat(60_000_000).map((minutes) => instantOf(minutes * minute)),
  },
  { requiredKeys: [] },
);

/** In the hour that clocks repeat, a time of day means two moments; both are right. */
const HOUR = 60 * minute;

test('what the card shows in its fields, sent back into a blank record, gives the values again', () => {
  fc.assert(
    fc.property(values, (properties) => {
      const now = Object.fromEntries(
        definitions.flatMap((definition) => {
          const value = (properties as Record<string, PropertyValue>)[definition.name];
          return value === undefined ? [] : [[definition.name, fieldText(definition, value, zone)]];
        }),
      );
      expect(changesTyped(definitions, { shown: now, typed: now }, zone)).toEqual({});
      const usual = Object.fromEntries(Object.entries(now).filter(([name]) => name !== 'seats'));
      const blank: Pick<DeskObject, 'type' | 'properties'> = { type: 'ticket', properties: {} };
      const set = setProperties(definitions, blank, changesTyped(definitions, { shown: {}, typed: usual }, zone));
      if (isObjectRefusal(set)) throw new TypeError(JSON.stringify(set));
      const { seats: _seats, renewal, phone, ...rest } = properties;
      expect(set.properties).toMatchObject(rest);
      if (phone !== undefined) expect(set.properties['phone']).toBe(phone.replaceAll('\r\n', '\n').trim());
      if (renewal !== undefined)
        expect([0, HOUR]).toContain(Math.abs(Date.parse(String(set.properties['renewal'])) - Date.parse(renewal)));
    }),
  );
});
