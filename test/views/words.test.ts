import { describe, expect, test } from '@jest/globals';
import { REFUSAL_STATUS } from '../../src/application/refusal-status.ts';
import type { Refusal, RefusalCode } from '../../src/domain/refusals.ts';
import { personId } from '../../src/domain/values.ts';
import { customerWords } from '../../src/views/words/customer-words.ts';
import { wordsIn } from '../../src/views/words/language.ts';
import { plain, linesOf, when, fileLine } from '../../src/views/text.ts';
import { monday, STATUSES } from '../support/given.ts';

/** Every word by its path; one that is a function is called with placeholders. */
const wordsOf = (value: unknown, path = ''): Map<string, string> => {
  if (typeof value === 'string') return new Map([[path, value]]);
  if (typeof value === 'function')
    return new Map([[`${path}()`, String((value as (...given: unknown[]) => string)(spoken, 'why'))]]);
  return new Map(Object.entries(value as object).flatMap(([key, inside]) => [...wordsOf(inside, `${path}.${key}`)]));
};
/** Stands for a name as well as for a refusal with all its details. */
const spoken = Object.assign(Object('Somebody') as object, {
  refused: 'not-found',
  owner: { id: personId('p'), name: 'Ana Alves' },
  allowed: ['accept', 'note'],
  limit: 20_000,
  until: monday,
  text: 'text',
}) as Refusal;

describe.each([
  ['desk', wordsIn],
  ['customer', customerWords],
] as const)('the words to the %s', (_name, words) => {
  const [english, german] = [wordsOf(words('en')), wordsOf(words('de'))];

  test('are the same in both languages, and all of them say something', () => {
    expect([...german.keys()].sort()).toEqual([...english.keys()].sort());
    for (const said of [...english.values(), ...german.values()]) {
      expect(said.trim()).not.toBe('');
      expect(said).not.toMatch(/undefined|null|\[object|NaN|\$\{/u);
    }
  });

  test('are translated, but for the commands of the help', () => {
    const same = [...english].filter(
      ([path, said]) => german.get(path) === said && said.length > 12 && !/^\.help\.lines\.\d+\.0$/u.test(path),
    );
    expect(same).toEqual([]);
  });
});

describe('a refusal', () => {
  const codes = Object.keys(REFUSAL_STATUS) as RefusalCode[];

  test.each(codes)('%s has words, with and without its details', (code) => {
    for (const language of ['en', 'de'] as const) {
      const say = wordsIn(language).refusal[code];
      for (const said of [say({ refused: code }), say({ ...spoken, refused: code })]) {
        expect(said).toMatch(/\p{L}{3}.*\.$/u);
        expect(said).not.toMatch(/undefined|null|\$\{/u);
      }
    }
  });

  test('names the owner, what is allowed now, and until when it was possible', () => {
    const { refusal } = wordsIn('en');
    const owner = { id: personId('p'), name: 'Ana Alves' };
    expect(refusal['owner-is-set']({ refused: 'owner-is-set', owner })).toContain('Ana Alves');
    expect(refusal['only-the-owner']({ refused: 'only-the-owner', owner })).toContain('Ana Alves');
    expect(refusal['not-allowed-now']({ refused: 'not-allowed-now', allowed: ['reopen', 'undo-cancel'] })).toContain(
      'reopen, undo the cancelling.',
    );
    expect(refusal['reopen-too-late']({ refused: 'reopen-too-late', until: monday })).toContain('2026-01-05');
    expect(refusal['text-too-long']({ refused: 'text-too-long', limit: 20_000 })).toContain('20000');
  });
});

test('each status has its own word', () => {
  for (const language of ['en', 'de'] as const)
    expect(new Set(STATUSES.map((status) => wordsIn(language).status[status])).size).toBe(STATUSES.length);
});

describe('text on a card', () => {
  test('at most 12 lines of 300 characters; what is left out shows', () => {
    expect(linesOf('a\r\n\r\n b \n\u0000\nc')).toEqual(['a', 'b', 'c']);
    const lines = linesOf(`${'x'.repeat(400)}\n`.repeat(20));
    expect(lines).toHaveLength(12);
    expect(lines[0]).toHaveLength(300);
    expect(lines.at(-1)).toBe('…');
    expect(linesOf('x\n'.repeat(12))).toHaveLength(12);
    expect(linesOf('')).toEqual([]);
  });

  test('markup is replaced by what only looks like it', () => {
    expect(plain('[x](http://e) **b** <at>Bob</at>')).toBe('⁅x⁆(http://e) ∗∗b∗∗ ‹at›Bob‹/at›');
  });

  test('times and sizes are told in the reader’s language', () => {
    expect(when(monday, { language: 'en', zone: 'Europe/Berlin' })).toMatch(/Mon.*5 Jan.*10:00/u);
    expect(when(monday, { language: 'de', zone: 'Asia/Tokyo' })).toMatch(/Mo.*5\. Jan.*18:00/u);
    expect(['0', '1023', '1024', '1048576'].map((size) => fileLine({ name: 'f', size: Number(size) }, 'en'))).toEqual([
      'f (0 B)',
      'f (1,023 B)',
      'f (1 KB)',
      'f (1 MB)',
    ]);
    expect(fileLine({ name: '\u0000', size: 1 }, 'de')).toBe('? (1 B)');
  });
});
