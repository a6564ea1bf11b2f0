import { expect } from '@jest/globals';
import fc from 'fast-check';
import type { AdaptiveCard } from '../../src/views/expand.ts';
import { faultsOf, markdownOf, ofType } from '../support/cards.ts';

const WRITTEN = [
  '[x](http://evil)',
  '<at>Bob</at>',
  '<script>alert(1)</script>',
  '**b** _i_ `c` ~~s~~',
  '# heading',
  '\\[x\\](y) | a |',
  '${1+1}',
  '{{DATE(2026-01-01T00:00:00Z)}}',
  '\u202egnp.exe',
  '\u0000\u200b\ufeff',
];
const MARKUP = /[*_[\]<>`~#\\|\p{Cc}\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/u;
const text = fc
  .array(fc.oneof(fc.constantFrom(...WRITTEN), fc.string({ unit: 'binary', maxLength: 8 })), { maxLength: 6 })
  .map((parts) => parts.join(' '));

/** The value of a choice is sent back, never shown. */
const shownOn = (card: AdaptiveCard): string[] =>
  markdownOf(
    JSON.parse(JSON.stringify(card), (key, value: unknown) =>
      key === 'choices' ? (value as object[]).map((choice) => ({ ...choice, value: '' })) : value,
    ) as object,
  );

/** Whatever people write, a card that says it shows it as text, computes nothing and is one that Teams draws. */
export const staysText = (cardSaying: (written: string) => AdaptiveCard): void => {
  const usual = shownOn(cardSaying('name'));
  expect(JSON.stringify(cardSaying('${40+2}'))).toContain('${40+2}');
  fc.assert(
    fc.property(text, (written) => {
      const card = cardSaying(written);
      for (const read of shownOn(card)) expect(usual.includes(read) || !MARKUP.test(read)).toBe(true);
      for (const { text: run } of ofType(card, 'TextRun'))
        expect(run).not.toMatch(/[\p{Cc}\u061c\u202a-\u202e\u2066-\u2069\ufeff]/u);
      expect(faultsOf(card)).toEqual([]);
    }),
    { numRuns: 30 },
  );
};

/** However much is written, and in whatever signs, the card is one that Teams shows. */
export const staysSmall = (cardSaying: (written: string) => AdaptiveCard): void => {
  for (const sign of ['😀', '漢', '"', 'x\n']) {
    const card = cardSaying(sign.repeat(300));
    expect(faultsOf(card)).toEqual([]);
    expect(Buffer.byteLength(JSON.stringify(card))).toBeLessThanOrEqual(28_000);
  }
};
