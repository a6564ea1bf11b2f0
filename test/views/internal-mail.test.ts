import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Language } from '../../src/domain/values.ts';
import { type InternalMailText, internalMail } from '../../src/views/internal-mail.ts';
import { internalMailWords } from '../../src/views/words/internal-mail-words.ts';

const LANGUAGES: readonly Language[] = ['en', 'de'];
const alert = (details: Partial<InternalMailText> = {}): InternalMailText => ({
  to: { name: 'Ana Alves', address: 'ana@desk.example' },
  language: 'en',
  subject: 'INC-1001 is going stale',
  lines: ['Nobody has written for 4 hours.', 'An answer to the customer stops this.'],
  ...details,
});
const mailOf = (details: Partial<InternalMailText> = {}, team = 'Service Desk') => internalMail(alert(details), team);

describe('a mail to a person of the desk', () => {
  test.each(LANGUAGES)('reads like this in %s', (language) => {
    expect(mailOf({ language })).toMatchSnapshot();
  });

  test.each([
    ['en', /^\[internal\] /u, 'do not forward this mail to the customer'],
    ['de', /^\[intern\] /u, 'nicht an den Kunden weiterleiten'],
  ] as const)('says in %s, before anything else, that it is internal', (language, mark, notice) => {
    const { subject, html } = mailOf({ language });
    expect(subject).toMatch(mark);
    expect(html.indexOf(notice)).toBeGreaterThan(0);
    expect(html.indexOf(notice)).toBeLessThan(html.indexOf('Ana Alves'));
  });

  test('does not greet by an address', () => {
    const { html } = mailOf({ to: { name: 'ana@desk.example', address: 'ana@desk.example' } });
    expect(html).toContain('<p>Hello,</p>');
    expect(html).not.toContain('ana@');
  });

  test('without lines still says what it is about and why it came', () => {
    const { subject, html } = mailOf({ lines: [] });
    expect(subject).toBe('[internal] INC-1001 is going stale');
    expect(html).toContain(internalMailWords('en').why);
    expect(html).not.toContain('<p></p>');
  });

  test('tells no more than forty lines of 500 characters, and says that there is more', () => {
    const { html } = mailOf({ lines: Array.from({ length: 41 }, (_, nth) => `${nth} ${'x'.repeat(600)}`) });
    const told = html.split(/<br>|<p>|<\/p>/u).filter((line) => /x{3}|^…$/u.test(line));
    expect(told).toHaveLength(40);
    expect(told.at(-1)).toBe('…');
    expect(Math.max(...told.map((line) => line.length))).toBe(500);
  });
});

describe('the words', () => {
  test('are said in both languages, and differ', () => {
    const [english, german] = [internalMailWords('en'), internalMailWords('de')];
    const said = ({ mark, notice, greeting, why }: typeof english) => [
      mark,
      notice,
      greeting('Ana'),
      greeting(''),
      why,
    ];
    for (const [nth, words] of said(english).entries()) {
      expect(words.trim()).not.toBe('');
      expect(said(german)[nth]?.trim()).not.toBe('');
      expect(said(german)[nth]).not.toBe(words);
    }
  });
});

describe('whatever stands in it', () => {
  const part = fc.oneof(
    fc.constantFrom('\r\n', '\u0085', '\u202e', '<p>', '</p>', '&amp;', '<script>', '"', "' onload=", 'Bcc: x'),
    fc.string({ unit: 'binary', maxLength: 6 }),
  );
  const written = fc.array(part, { maxLength: 12 }).map((parts) => parts.join(''));

  test('is text in the HTML, never markup, and the subject one line under its mark', () => {
    fc.assert(
      fc.property(
        written,
        fc.array(written, { maxLength: 5 }),
        fc.constantFrom(...LANGUAGES),
        (name, lines, language) => {
          const to = { name, address: 'ana@desk.example' };
          const { subject, html } = mailOf({ to, subject: name, lines, language }, name);
          const ours = ['<html>', '<body>', '<p>', '<strong>', '</strong>', '</p>', '<br>', '</body>', '</html>'];
          expect(html.match(/<[^>]*>/gu)?.filter((tag) => !ours.includes(tag))).toEqual([]);
          expect(html.match(/<html>|<body>|<strong>/gu)).toEqual(['<html>', '<body>', '<strong>']);
          expect(subject).not.toMatch(/[\p{Cc}\u2028\u2029\u202e]/u);
          expect(subject.startsWith(`[${internalMailWords(language).mark}]`)).toBe(true);
          expect(subject.length).toBeLessThanOrEqual(211);
        },
      ),
    );
  });
});
