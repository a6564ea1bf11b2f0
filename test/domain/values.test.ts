import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { alwaysOpen } from '../../src/domain/calendar.ts';
import {
  clip,
  instantOf,
  later,
  mailAddress,
  millisecondsOf,
  oneLine,
  parseInstant,
  ticketNumber,
  endOfDay,
  momentIn,
  startOfDay,
} from '../../src/domain/values.ts';

describe('one line', () => {
  test.each([
    ['two\r\nlines', 'two lines'],
    ['  a\tb  ', 'a b'],
    ['nul\u0000l', 'nul l'],
    ['\u202egpj.exe', 'gpj.exe'],
    ['a\u2066b\u2069c', 'a b c'],
    ['a\u061cb', 'a b'],
    ['zero\u200bwidth', 'zero width'],
    ['\ufeffbom', 'bom'],
    ['para\u2029graph', 'para graph'],
    ['\u0085next', 'next'],
  ])('%j is %j', (text, line) => {
    expect(oneLine(text, 100)).toBe(line);
  });

  test('is visible, well-formed where it was, and never longer than its limit', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), fc.integer({ min: 1, max: 100 }), (text, limit) => {
        const line = oneLine(text, limit);
        expect(line.length).toBeLessThanOrEqual(limit);
        expect(line).not.toMatch(/[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\n\r]/u);
        expect(line.isWellFormed()).toBe(true);
      }),
    );
  });
});

test('a text is cut between characters', () => {
  expect(clip('abc', 3)).toBe('abc');
  expect(clip('abcd', 3)).toBe('ab…');
  expect(clip('a😀😀', 3)).toBe('a…');
  expect(clip('😀😀', 4)).toBe('😀😀');
});

test('an instant is UTC with milliseconds, so that text order is time order', () => {
  expect(parseInstant('2026-01-05T10:00:00+01:00')).toBe('2026-01-05T09:00:00.000Z');
  expect(parseInstant('yesterday')).toBeUndefined();
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 4e12 }), fc.integer({ min: 0, max: 4e12 }), (a, b) => {
      expect(millisecondsOf(later(instantOf(a), instantOf(b)))).toBe(Math.max(a, b));
    }),
  );
});

test('names are found however they are typed', () => {
  expect(ticketNumber(' inc-1042 ')).toBe('INC-1042');
  expect(mailAddress(' Carla@Customer.EXAMPLE ')).toBe('carla@customer.example');
});

test('the calendar that never closes adds what it counts', () => {
  const from = instantOf(Date.parse('2026-03-29T00:30:00Z'));
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 1e6 }),
      (minutes) => alwaysOpen.between(from, alwaysOpen.add(from, minutes)) === minutes,
    ),
  );
  expect(alwaysOpen.between(alwaysOpen.add(from, 1), from)).toBe(0);
});

describe('the end of a day', () => {
  test.each([
    ['2026-07-03', 'Europe/Berlin', '2026-07-03T21:59:00.000Z'],
    ['2026-01-03', 'Europe/Berlin', '2026-01-03T22:59:00.000Z'],
    ['2026-07-03', 'America/New_York', '2026-07-04T03:59:00.000Z'],
    ['2026-03-29', 'Europe/Berlin', '2026-03-29T21:59:00.000Z'],
    ['2026-10-25', 'Europe/Berlin', '2026-10-25T22:59:00.000Z'],
  ])('%s in %s is %s', (day, zone, instant) => {
    expect(endOfDay(day, zone)).toBe(instant);
  });

  test.each(['', 'tomorrow', '2026-02-31T', '2026-13-01'])('%s is no day', (day) => {
    expect(endOfDay(day, 'Europe/Berlin')).toBeUndefined();
  });
});

describe('a moment as somebody writes it where the desk is', () => {
  test.each([
    ['2026-01-31 09:00', '2026-01-31T08:00:00.000Z'],
    [' 2026-07-31T23:59 ', '2026-07-31T21:59:00.000Z'],
  ])('%s', (text, instant) => {
    expect(momentIn(text, 'Europe/Berlin')).toBe(instant);
  });

  test.each(['', 'tomorrow', '09:00', '2026-01-31', '2026-02-30 09:00', '2026-13-01 09:00', '2026-01-31 24:00'])(
    '"%s" is none',
    (text) => {
      expect(momentIn(text, 'Europe/Berlin')).toBeUndefined();
    },
  );
});

describe('the beginning of a day where the desk is', () => {
  test.each([
    ['2026-01-31', 'UTC', '2026-01-31T00:00:00.000Z'],
    ['2026-01-31', 'Europe/Berlin', '2026-01-30T23:00:00.000Z'],
    ['2026-03-29', 'Europe/Berlin', '2026-03-28T23:00:00.000Z'],
    ['2026-03-30', 'Europe/Berlin', '2026-03-29T22:00:00.000Z'],
    ['2026-10-25', 'Europe/Berlin', '2026-10-24T22:00:00.000Z'],
    ['2026-10-26', 'Europe/Berlin', '2026-10-25T23:00:00.000Z'],
  ])('%s in %s', (day, zone, instant) => {
    expect(startOfDay(day, zone)).toBe(instant);
  });

  test('what is no day begins never', () => {
    expect(startOfDay('soon', 'UTC')).toBeUndefined();
  });
});
