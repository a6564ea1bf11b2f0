import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { likeness, significantWords, stormKey } from '../../src/domain/likeness.ts';

describe('the words that say something', () => {
  test('are those that do not stand in every mail, each once', () => {
    expect(significantWords('Hello, the Printer on floor 12 is the printer of our VPN PC')).toEqual([
      'printer',
      'floor',
      '12',
      'vpn',
      'pc',
    ]);
    expect(significantWords('AW: Guten Tag, bitte helfen Sie: der Drucker für das Büro')).toEqual([
      'helfen',
      'drucker',
      'büro',
    ]);
  });

  test('are no letters alone, and no codes longer than a word', () => {
    expect(significantWords(`a b 1 ${'x'.repeat(41)}`)).toEqual([]);
    expect(significantWords('Rechtsschutzversicherungsgesellschaften')).toHaveLength(1);
  });
});

describe('likeness', () => {
  test.each([
    ['Drucker im Büro brennt', 'BÜRO: Drucker brennt!'],
    ['Störung am Gerät', 'stoerung am geraet'],
    ['Störung am Gerät', 'Storung am Gerat'],
    ['Große Störung', 'GROSSE STÖRUNG'],
    ['Bu\u0308ro', 'Büro'],
    ['Re: VPN down', 'VPN is down'],
  ])('%j and %j are the same', (a, b) => {
    expect(likeness(a, b)).toBe(1);
  });

  test('is the share of the words that both have', () => {
    expect(likeness('printer floor two', 'printer floor three')).toBe(0.5);
    expect(likeness('printer', 'scanner')).toBe(0);
  });

  test('texts that say nothing are not alike', () => {
    expect(likeness('', '')).toBe(0);
    expect(likeness('Hello', 'Hello')).toBe(0);
  });

  const words = fc.array(fc.constantFrom('Drucker', 'büro', 'VPN', 'the', 'und', 'Störung', '0x80', 'ß', '!'));
  const texts = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    words.map((some) => some.join(' ')),
  );

  test('is between 0 and 1, and the same both ways', () => {
    fc.assert(
      fc.property(texts, texts, (a, b) => {
        const how = likeness(a, b);
        expect(how).toBeGreaterThanOrEqual(0);
        expect(how).toBeLessThanOrEqual(1);
        expect(likeness(b, a)).toBe(how);
      }),
    );
  });

  test('is 1 for the same words, in whatever order, case and number', () => {
    fc.assert(
      fc.property(words, (some) => {
        const again = [...some, ...some].reverse().join(', ').toUpperCase();
        expect(likeness(some.join(' '), again)).toBe(significantWords(again).length === 0 ? 0 : 1);
      }),
    );
  });
});

describe('the key of a storm', () => {
  test('is shared by subjects that differ in numbers, order and courtesy', () => {
    const key = stormKey('Disk full on srv12');
    expect(key).toBe('disk full');
    for (const subject of ['RE: full disk, srv13', 'Disk is full on 10.0.0.7', 'FULL DISK 99 %'])
      expect(stormKey(subject)).toBe(key);
    expect(stormKey('Disk broken on srv12')).not.toBe(key);
  });

  test.each(['', 'Hello', 'VPN', 'vpn VPN', 'INC-1042 4711', 'Drucker 2'])(
    '%j has none: one word is no storm',
    (subject) => {
      expect(stormKey(subject)).toBe('');
    },
  );
});
