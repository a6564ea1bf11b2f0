import { describe, expect, test } from '@jest/globals';
import { companyDomainOf } from '../../src/domain/company-domain.ts';
import { absorbing, mergeContacts, nameProperties } from '../../src/domain/contacts.ts';
import type { DeskObject, Properties } from '../../src/domain/objects.ts';
import { monday } from '../support/given.ts';
import { instantOf, millisecondsOf } from '../../src/domain/values.ts';

const contact = (id: string, properties: Properties, more: Partial<DeskObject> = {}): DeskObject => ({
  type: 'contact',
  id,
  properties,
  createdAt: monday,
  updatedAt: monday,
  archived: false,
  ...more,
});
const later = instantOf(millisecondsOf(monday) + 60_000);

describe('the company of a sender', () => {
  test.each([
    ['carla@Customer.Example', 'customer.example'],
    ['carla@mail.customer.co.uk', 'mail.customer.co.uk'],
    ['"a@b"@größe.example', 'größe.example'],
    ['carla@notdesk.example', 'notdesk.example'],
    ['x@gmail.customer.example', 'gmail.customer.example'],
  ])('%s: %s', (address, domain) => {
    expect(companyDomainOf(address, ['desk.example'])).toBe(domain);
  });

  test.each(
    (
      'a@gmail.com a@googlemail.com a@yahoo.fr a@hotmail.co.uk a@outlook.de a@gmx.net a@gmx.at a@web.de a@t-online.de a@freenet.de ' +
      'a@posteo.de a@icloud.com a@me.com a@proton.me a@protonmail.com a@qq.com a@mail.ru a@orange.fr a@libero.it a@bluewin.ch ' +
      'a@live.nl a@msn.com a@aol.com a@comcast.net a@privaterelay.appleid.com A@GMAIL.COM. a@yahoo.com.br'
    ).split(' '),
  )('%s is anybody', (address) => {
    expect(companyDomainOf(address, [])).toBeUndefined();
  });

  test.each([
    'a@desk.example',
    'a@sub.Desk.example',
    'nobody',
    '',
    'a@localhost',
    'a@printer.local',
    'a@[10.0.0.1]',
    'a@10.0.0.1',
  ])('%s is us, or nobody', (address) => {
    expect(companyDomainOf(address, ['Desk.example '])).toBeUndefined();
  });
});

describe('the name a mail shows', () => {
  test.each<[string, Properties]>([
    ['Carla Costa', { firstname: 'Carla', lastname: 'Costa' }],
    ['"Costa, Carla"', { firstname: 'Carla', lastname: 'Costa' }],
    ['Carla Maria Costa', { firstname: 'Carla Maria', lastname: 'Costa' }],
    ['Carla', { firstname: 'Carla' }],
    ['carla@customer.example', {}],
    [' ', {}],
    ['Car\u202ela\nCosta', { firstname: 'Car la', lastname: 'Costa' }],
  ])('%j', (shown, properties) => {
    expect(nameProperties(shown)).toEqual(properties);
  });

  test('is capped', () => {
    expect(nameProperties('x'.repeat(5_000))['firstname']).toHaveLength(100);
  });
});

describe('two contacts that are one person', () => {
  const kept = contact(
    'kept',
    { email: 'a@x.example', firstname: 'Kim', customer_number: 'K-1' },
    { edited: ['phone'] },
  );
  const other = contact('other', {
    email: 'b@x.example',
    additional_emails: 'c@x.example',
    firstname: 'Kimberly',
    lastname: 'Kane',
    phone: '030',
    customer_number: 'K-2',
  });

  test('the kept one’s values win, gaps are filled but not where a person left one, the other points to the kept one', () => {
    expect(mergeContacts(kept, other, later)).toEqual({
      kept: {
        ...kept,
        updatedAt: later,
        properties: {
          email: 'a@x.example',
          additional_emails: 'b@x.example;c@x.example',
          firstname: 'Kim',
          lastname: 'Kane',
          customer_number: 'K-1',
        },
      },
      other: { ...other, archived: true, mergedInto: 'kept', updatedAt: later },
    });
  });

  test('one without an address takes the other’s; what a person wrote there stays a person’s word', () => {
    const written = { ...other, edited: ['lastname', 'firstname'] };
    expect(absorbing(contact('bare', { firstname: 'Kim' }), written, later).object).toMatchObject({
      properties: { email: 'b@x.example', additional_emails: 'c@x.example', firstname: 'Kim', lastname: 'Kane' },
      edited: ['lastname'],
    });
  });

  test('a second time changes nothing', () => {
    const once = absorbing(kept, other, later).object;
    expect(absorbing(once, other, later).changes).toEqual([]);
  });

  test('not with oneself, and not what is archived', () => {
    expect(mergeContacts(kept, kept, later)).toEqual({ refused: 'merged-with-itself' });
    const gone = { ...other, archived: true };
    const refusal = { refused: 'object-archived', object: { type: 'contact', id: 'other' } };
    expect(mergeContacts(kept, gone, later)).toEqual(refusal);
    expect(mergeContacts(gone, kept, later)).toEqual(refusal);
  });
});
