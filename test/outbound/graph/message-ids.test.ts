import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { mailAddress } from '../../../src/domain/values.ts';
import { signedMessageIds } from '../../../src/outbound/graph/message-ids.ts';

const TICKET = '0b5c1a52-5a9e-5b1c-8f43-0e9d7e3b6a11';
const SUPPORT = mailAddress('support@contoso.example');
const ids = signedMessageIds('a secret of the desk');
const ours = ids.of(TICKET, 7, SUPPORT);

describe('the Message-ID of an internal mail', () => {
  const key = 'alert:0b5c1a52:NOT_UPDATED:1';
  it('is the same for the same key, another one for another, and tells nothing of it', () => {
    const internal = ids.internal(key, SUPPORT);
    expect(internal).toMatch(/^<I[0-9a-f]{32}\.[0-9a-f]{16}@contoso\.example>$/);
    expect(ids.internal(key, SUPPORT)).toBe(internal);
    expect(ids.internal(`${key}2`, SUPPORT)).not.toBe(internal);
    expect(signedMessageIds('another').internal(key, SUPPORT)).not.toBe(internal);
  });
  it('leads to no ticket, whatever the key, and its seal is worth nothing on a ticket’s', () => {
    const anyKey = fc.oneof(fc.string(), fc.constantFrom(TICKET, `${TICKET}.7`, `T${TICKET}.7`, ours));
    fc.assert(
      fc.property(anyKey, (any) => {
        const internal = ids.internal(any, SUPPORT);
        const [, named = '', seal = ''] = /^<I([0-9a-f]+)\.([0-9a-f]+)@/u.exec(internal) ?? [];
        expect(ids.ticketOf(internal)).toBeUndefined();
        for (const id of [named, any, TICKET])
          expect(ids.ticketOf(`<T${id}.7.${seal}@contoso.example>`)).toBeUndefined();
      }),
    );
  });
});

describe('the desk’s own Message-IDs', () => {
  it('name ticket and rev and carry the mailbox’s domain', () => {
    expect(ours).toMatch(/^<T0b5c1a52-5a9e-5b1c-8f43-0e9d7e3b6a11\.7\.[0-9a-f]{16}@contoso\.example>$/);
  });
  it('are the same for the same ticket and rev, so that a repeated mail is the same mail', () => {
    expect(ids.of(TICKET, 7, SUPPORT)).toBe(ours);
    expect(ids.of(TICKET, 8, SUPPORT)).not.toBe(ours);
  });
  it.each([
    ['as they were sent', ours],
    ['without angle brackets', ours.slice(1, -1)],
    ['with spaces around', `  < ${ours.slice(1, -1)} > `],
    ['with the domain in capitals', ours.replace('contoso.example', 'CONTOSO.Example')],
  ])('lead back to their ticket %s', (_how, id) => {
    expect(ids.ticketOf(id)).toBe(TICKET);
  });
  it.each([
    ['of a customer’s programme', '<CAF=abc@mail.gmail.example>'],
    ['signed with another secret', signedMessageIds('another').of(TICKET, 7, SUPPORT)],
    ['moved to another domain', ours.replace('contoso', 'fabrikam')],
    ['with a shorter signature', ours.replace(/.@/, '@')],
    ['nobody wrote', ''],
  ])('do not verify when %s', (_what, id) => {
    expect(ids.ticketOf(id)).toBeUndefined();
  });
  it('do not verify once any character between the brackets is another one', () => {
    const inside = ours.slice(1, -1);
    const anywhere = fc.nat({ max: inside.length - 1 });
    const character = fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 1 });
    fc.assert(
      fc.property(anywhere, character, (at, other) => {
        const was = inside[at] ?? '';
        const isInDomain = at > inside.indexOf('@');
        fc.pre(other !== was && !(isInDomain && other.toLowerCase() === was) && other !== ' ');
        expect(ids.ticketOf(`<${inside.slice(0, at)}${other}${inside.slice(at + 1)}>`)).toBeUndefined();
      }),
      { numRuns: 500 },
    );
  });
});
