import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { REFUSAL_STATUS } from '../../src/application/refusal-status.ts';
import { ENVELOPE_ALLOWED } from '../../src/domain/envelope.ts';
import type { NoticeReason } from '../../src/domain/effects.ts';
import type { TicketEvent } from '../../src/domain/events.ts';
import { ALLOWED } from '../../src/domain/lifecycle.ts';
import { type Refusal, type RefusalCode, refuse } from '../../src/domain/refusals.ts';
import { personId, teamId, ticketId, ticketNumber } from '../../src/domain/values.ts';
import { customerWords } from '../../src/views/words/customer-words.ts';
import { internalMailWords } from '../../src/views/words/internal-mail-words.ts';
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
  steps: ENVELOPE_ALLOWED.requested,
  envelopes: [{ seq: 2, teamId: teamId('network') }],
  ready: { teamId: teamId('network') },
  other: { id: ticketId('other'), number: ticketNumber('INC-7') },
  limit: 20_000,
  until: monday,
  text: 'text',
}) as Refusal;

describe.each([
  ['desk', wordsIn],
  ['customer', customerWords],
  ['colleague by mail', internalMailWords],
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
      ([path, said]) =>
        german.get(path) === said &&
        said.replaceAll(/Somebody|why/gu, '').length > 12 &&
        !/^\.help\.lines\.\d+\.0$/u.test(path),
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
        expect(said).toMatch(/^\p{Lu}.*\p{L}{3}.*\.$/u);
        expect(said).not.toMatch(/undefined|null|\$\{|\*|\[object| {2}|: ?\.| \.|\.\./u);
        expect(said).not.toContain(code);
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

  test('names what a person would look for in this state, eight things at most', () => {
    for (const status of STATUSES) {
      const sought = wordsIn('en').refusal['not-allowed-now'](refuse('not-allowed-now', { allowed: ALLOWED[status] }));
      const named = /Possible now: (.*)\.$/u.exec(sought)?.[1]?.split(', ') ?? [];
      expect(named.length).toBeGreaterThan(0);
      expect(named.length).toBeLessThanOrEqual(8);
      const { action } = wordsIn('en');
      for (const unsought of ['parent-update', 'transfer', 'assign', 'reserve', 'undo-reserve'] as const)
        expect(named).not.toContain(action[unsought]);
    }
    expect(wordsIn('en').refusal['not-allowed-now'](refuse('not-allowed-now', { allowed: ALLOWED.new }))).toContain(
      'Possible now: accept, reply and resolve, add a note, ',
    );
  });

  test('to change an owner keeps the name, and offers help where the ticket is open', () => {
    const owner = { id: personId('p'), name: 'Anna' };
    const ready = { teamId: teamId('network') };
    const say = wordsIn('en').refusal['owner-stays'];
    expect(say(refuse('owner-stays', { owner, ready }))).toBe(
      'The owner stays Anna. Ask for help instead: one tap below.',
    );
    expect(say(refuse('owner-stays', { owner }))).toBe('The owner stays Anna. Leave an internal note for them.');
    expect(wordsIn('de').refusal['owner-stays'](refuse('owner-stays', { owner, ready }))).toContain('bleibt: Anna.');
  });

  test('to resolve names the requests for help that are open, and that all can be withdrawn', () => {
    const asked = { teamId: teamId('network') };
    const envelopes = [
      { ...asked, seq: 1, expert: { id: personId('b'), name: 'Ben Berg' } },
      { ...asked, seq: 3 },
    ];
    const refusal = refuse('envelopes-still-open', { envelopes });
    expect(wordsIn('en').refusal['envelopes-still-open'](refusal)).toMatch(
      /: 1 \(Ben Berg\), 3\..*withdraw them all\./u,
    );
    expect(wordsIn('de').refusal['envelopes-still-open'](refusal)).toMatch(/: 1 \(Ben Berg\), 3\..*zurückziehen\./u);
  });

  test('of a step says which steps the request for help allows, or that it has ended', () => {
    const say = wordsIn('en').refusal['envelope-not-now'];
    expect(say(refuse('envelope-not-now', { steps: ENVELOPE_ALLOWED.completed }))).toContain(
      'Possible now: confirm the answer, send the answer back.',
    );
    expect(say(refuse('envelope-not-now', { steps: ENVELOPE_ALLOWED.withdrawn }))).toContain('has ended');
  });

  test('counts days in words that fit', () => {
    const say = wordsIn('en').refusal['cover-too-long'];
    expect(say(refuse('cover-too-long', { limit: 1 }))).toContain('lasts one day at most');
    expect(say(refuse('cover-too-long', { limit: 30 }))).toContain('lasts 30 days at most');
  });
});

describe('what happened', () => {
  const events = Object.keys(wordsIn('en').event) as TicketEvent['type'][];
  /** The desk itself may do these: by the clock, or because another ticket told. */
  const BY_THE_DESK: readonly TicketEvent['type'][] = [
    'TicketResumed',
    'TicketReopened',
    'TicketClosed',
    'OwnerChangeRefused',
    'OfferExpired',
    'EnvelopeConfirmed',
    'TicketAbsorbed',
    'AbsorptionUndone',
    'PartTakenBack',
    'UpdateReminded',
    'AlertRaised',
    'AlertEnded',
    'SlaWarned',
  ];
  const tidy = (said: string): void => {
    expect(said).toMatch(/^\p{Lu}.*\p{L}{3}/u);
    expect(said).not.toMatch(/undefined|null| {2}|\s$|[:,;]$/u);
  };

  test.each(events)('%s reads well with and without what it is about', (event) => {
    for (const language of ['en', 'de'] as const) {
      const say = wordsIn(language).event[event];
      tidy(say('Ben for Anna', 'INC-7'));
      if (event !== 'TypeSet') tidy(say('Ben for Anna', ''));
      if (BY_THE_DESK.includes(event)) for (const about of ['INC-7', '']) tidy(say('', about));
    }
  });

  test('is told under the name of whoever did it, and of what it is about', () => {
    const { event } = wordsIn('en');
    expect(event.EnvelopeRequested('Ben for Anna', 'Network')).toBe('Ben for Anna asked Network for help');
    expect(event.TicketRouted('Ben', 'Network')).toBe('Ben sent it to Network');
    expect(event.OwnershipTransferred('Mia', 'Ben')).toBe('Ben is the new owner, confirmed by Mia');
    expect(event.EnvelopeConfirmed('Anna', 'Ben')).toBe('Anna confirmed the help of Ben');
    expect(event.EnvelopeConfirmed('', 'Ben')).toBe('The help of Ben counts now');
    expect(event.EnvelopeDeclined('Ben', 'Cara')).toBe('Ben cannot help; Cara is asked now');
    expect(event.TypeSet('Anna', 'service_request')).toBe('Anna set the type: Service request');
    expect(event.AlertRaised('', '2, Anna, Ben')).toBe('Alert level 2: told Anna, Ben');
    expect(event.SlaWarned('', '75')).toBe('75 % of a promised time has passed');
    expect(wordsIn('de').event.TypeSet('Anna', 'service_request')).toBe('Anna legte die Art fest: Serviceanfrage');
  });

  test('keeps both names in every language, whatever they are', () => {
    const name = fc.string({ minLength: 1, unit: 'grapheme' });
    fc.assert(
      fc.property(fc.constantFrom('en' as const, 'de' as const), name, name, (language, who, about) => {
        const { event } = wordsIn(language);
        for (const type of ['EnvelopeRequested', 'TicketOffered', 'OwnershipTransferred', 'TaskAssigned'] as const) {
          expect(event[type](who, about)).toContain(who);
          expect(event[type](who, about)).toContain(about);
        }
      }),
    );
  });
});

describe('a notice', () => {
  const reasons = Object.keys(wordsIn('en').notice) as NoticeReason[];

  test.each(reasons)('%s has a headline of one line, different from all others', (reason) => {
    for (const language of ['en', 'de'] as const) {
      const { notice } = wordsIn(language);
      const said = notice[reason]('Ben');
      expect(said).toMatch(/^\p{Lu}.*\p{L}{3}[^\n]*$/u);
      expect(said.length).toBeLessThanOrEqual(120);
      expect(reasons.filter((each) => notice[each]('Ben') === said)).toEqual([reason]);
    }
  });

  test('by the clock names nobody', () => {
    for (const language of ['en', 'de'] as const) {
      const { notice } = wordsIn(language);
      for (const reason of ['update-due', 'reopened-away'] as const) expect(notice[reason]('')).toMatch(/^\p{Lu}/u);
    }
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
