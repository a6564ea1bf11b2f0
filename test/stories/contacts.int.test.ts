import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ofType, textRunsOf } from '../support/cards.ts';
import { openDesk, PEOPLE, type PersonName, type TestDesk, textOn } from '../support/open-desk.ts';
import { personId } from '../../src/domain/values.ts';

/** Who the customers are: contacts and companies that mails make, and that people mend, over signed HTTP from Teams. */
let desk: TestDesk;

beforeAll(async () => {
  desk = await openDesk({
    config: (file) => ({
      ...file,
      properties: {
        ...file.properties,
        contact: [
          ...(file.properties?.contact ?? []),
          {
            name: 'customer_number',
            label: { en: 'Customer number', de: 'Kundennummer' },
            type: 'number',
            unique: true,
          },
        ],
      },
      pipeline: [
        { id: 'inbox', label: { en: 'Inbox', de: 'Eingang' }, statuses: ['new'] },
        {
          id: 'desk',
          label: { en: 'On the desk', de: 'Auf dem Tisch' },
          statuses: ['in_progress', 'pending_customer', 'pending_vendor', 'pending_change'],
        },
        { id: 'done', label: { en: 'Put away', de: 'Abgelegt' }, statuses: ['resolved', 'closed', 'cancelled'] },
      ],
    }),
  });
});
afterAll(() => desk.close());

type Card = Readonly<Record<string, unknown>>;

/** A customer writes; answers the id of the ticket. */
const writes = async (from: string, subject: string, name = ''): Promise<string> => {
  await desk.mails({ from, name, subject, text: 'Please help.' });
  await desk.settled();
  const card = desk.cards().find((each) => textOn(each).includes(subject));
  return card?.actions.find(({ data }) => data?.ticketId)?.data?.ticketId ?? '';
};

const tap = async (verb: string, data: Card, person: PersonName = 'anna'): Promise<Card> => {
  const { body } = await desk.taps(person, verb, data);
  await desk.settled();
  return body as Card;
};

/** The lines of a card as they are read. */
const linesOn = (card: Card): string[] =>
  ofType(card, 'RichTextBlock').map(({ inlines }) => textRunsOf({ inlines } as object).join(''));

const idIn = (card: Card, field: 'contactId' | 'companyId', verb: string): string =>
  String(
    (ofType(card, 'Action.Execute').find((each) => each['verb'] === verb)?.['data'] as Card | undefined)?.[field] ?? '',
  );

/** The card of whoever asked for the ticket. */
const contactOf = async (ticketId: string): Promise<{ card: Card; contactId: string }> => {
  const card = await tap('contact', { ticketId });
  return { card, contactId: idIn(card, 'contactId', 'contact-save') };
};

/** Saves as a client does: everything its form holds comes back, what is empty is left out. */
const saves = async (card: Card, verb: string, typed: Readonly<Record<string, string>>): Promise<Card> => {
  const button = ofType(card, 'Action.Execute').find((each) => each['verb'] === verb);
  const data = button?.['data'] as { was: string };
  const fields = Object.entries(JSON.parse(data.was) as Record<string, string>).map(([name, text]) => [
    `p_${name}`,
    text,
  ]);
  const filled = { ...Object.fromEntries(fields), ...typed } as Record<string, string>;
  return tap(verb, { ...data, ...Object.fromEntries(Object.entries(filled).filter(([, text]) => text !== '')) });
};

describe('a mail', () => {
  test('makes the contact and its company, which both show the ticket with the stage of this desk', async () => {
    const ticketId = await writes('nina@makers.example', 'Makers need paper', 'Nina Nord');
    const { card } = await contactOf(ticketId);
    expect(textOn(card)).toContain('Contact: Nina Nord');
    expect(linesOn(card)).toEqual(expect.arrayContaining(['E-mail: nina@makers.example', 'Company: makers.example']));
    expect(linesOn(card)).toContain('Inbox · nobody yet');
    const company = await tap('company', { companyId: idIn(card, 'companyId', 'company') });
    expect(linesOn(company)).toEqual(expect.arrayContaining(['Domain: makers.example', 'Contact: Nina Nord']));
    expect(textOn(company)).toContain('Makers need paper');
  });

  test('from free mail makes a contact and no company', async () => {
    const { card } = await contactOf(await writes('otto.free@gmail.com', 'Free mail', 'Otto Ohm'));
    expect(linesOn(card)).toContain('E-mail: otto.free@gmail.com');
    expect(linesOn(card).join()).not.toContain('Company:');
    expect(await desk.running.core.objects.companyByDomain('gmail.com')).toBeUndefined();
  });

  test('a ticket that goes on stands in its next stage, in the language of who looks', async () => {
    const ticketId = await writes('stage@makers.example', 'Stages');
    await tap('accept', { ticketId });
    await tap('pend', { ticketId, pendFor: 'vendor', pendUntil: '2099-12-31' });
    expect(linesOn((await contactOf(ticketId)).card)).toContain('On the desk · Anna Arndt');
    expect(linesOn(await tap('contact', { ticketId }, 'ben'))).toContain('Auf dem Tisch · Anna Arndt');
  });
});

test('asked for in the chat, by address in any case and in both languages; an unknown one says what to do', async () => {
  await writes('zoe@chat.example', 'Zoe asks', 'Zoe Zorn');
  const said = async (person: PersonName, text: string): Promise<string> => textOn(await desk.says(person, text));
  expect(await said('anna', 'contact ZOE@chat.example')).toContain('Contact: Zoe Zorn');
  expect(await said('ben', 'kontakt zoe@chat.example')).toContain('Kontakt: Zoe Zorn');
  expect(await said('anna', 'contact **nobody**@chat.example')).toContain(
    'No contact has the address ∗∗nobody∗∗@chat.example.',
  );
});

test('two addresses of one person: history kept, both tickets listed, and the next mail finds the same contact', async () => {
  const first = await writes('wanda@both.example', 'From work', 'Wanda Wolf');
  const second = await writes('wanda.home@gmail.com', 'From home', 'Wanda Wolf');
  const { card: home } = await contactOf(second);
  await saves(home, 'contact-save', { p_phone: '030 7' });
  const { contactId } = await contactOf(first);
  const merged = await tap('contact-merge', { contactId, otherEmail: 'Wanda.Home@gmail.com' });
  for (const subject of ['From work', 'From home']) expect(textOn(merged)).toContain(subject);
  const third = await writes('wanda.home@gmail.com', 'From home again', 'Wanda Wolf');
  const { card, contactId: found } = await contactOf(third);
  expect(found).toBe(contactId);
  const lines = linesOn(card);
  for (const subject of ['From work', 'From home', 'From home again'])
    expect(lines.filter((line) => line.endsWith(` ${subject}`))).toHaveLength(1);
  expect(lines).toEqual(
    expect.arrayContaining([
      'E-mail: wanda@both.example',
      'More e-mail addresses: wanda.home@gmail.com',
      'Phone: 030 7',
    ]),
  );
  expect(lines.join('\n')).toMatch(/Anna Arndt merged another contact into this one/u);
  expect(lines.join('\n')).toMatch(/Anna Arndt set Phone: 030 7/u);
  expect(textOn(await tap('contact-merge', { contactId, otherEmail: 'nobody@both.example' }))).toContain(
    'There is no such record.',
  );
});

describe('a property of the desk’s own', () => {
  test('is set, refused when wrong with what was typed kept, and unique', async () => {
    const one = await contactOf(await writes('pia@props.example', 'Pia asks', 'Pia Prop'));
    const other = await contactOf(await writes('quin@props.example', 'Quin asks', 'Quin Prop'));
    const set = await saves(one.card, 'contact-save', { p_vip: 'true', p_customer_number: '12' });
    expect(linesOn(set)).toEqual(expect.arrayContaining(['VIP: Yes', 'Customer number: 12', 'First name: Pia']));
    const wrong = await saves(other.card, 'contact-save', { p_customer_number: 'twelve', p_email: 'nobody' });
    expect(linesOn(wrong).slice(0, 3)).toEqual([
      'Nothing was saved:',
      'E-mail must be an e-mail address.',
      'Customer number must be a number.',
    ]);
    expect(textOn(wrong)).toContain('"value":"twelve"');
    const taken = await saves(other.card, 'contact-save', { p_customer_number: '12' });
    expect(linesOn(taken)[0]).toContain('another record has this value already (Customer number)');
    const holder = ofType(taken, 'Action.Execute').find(({ title }) => title === 'Look at it');
    expect(textOn(await tap('contact', holder?.['data'] as Card))).toContain('Pia Prop');
    expect(linesOn(await tap('contact', { contactId: other.contactId }))).not.toContain('Customer number: 12');
  });

  test('a form that was open meanwhile takes nothing back', async () => {
    const { card, contactId } = await contactOf(await writes('rita@props.example', 'Rita asks', 'Rita Prop'));
    await saves(card, 'contact-save', { p_jobtitle: 'Chief' });
    const after = await saves(card, 'contact-save', { p_phone: '030 1' });
    expect(linesOn(after)).toEqual(expect.arrayContaining(['Job title: Chief', 'Phone: 030 1']));
    const emptied = await saves(await tap('contact', { contactId }), 'contact-save', { p_jobtitle: '' });
    expect(linesOn(emptied).join()).not.toContain('Job title: Chief,');
    expect(linesOn(emptied).join('\n')).toContain('set Job title: Chief → empty');
  });

  test('of a ticket is edited on a card of its own, which leads back', async () => {
    const ticketId = await writes('tom@props.example', 'Tom asks', 'Tom Prop');
    const card = await tap('ticket-properties', { ticketId });
    expect(linesOn(card)).toEqual(expect.arrayContaining(['Customer: Tom Prop <tom@props.example>', 'Stage: Inbox']));
    const set = await saves(card, 'ticket-properties-save', { p_cost_center: 'CC 7' });
    expect(linesOn(set)).toContain('Cost center: CC 7');
    expect(textOn(await tap('ticket-properties', { ticketId: 'a0000000-0000-4000-8000-00000000dead' }))).not.toContain(
      'CC 7',
    );
  });

  test('is for those who work tickets to set, and for all to read', async () => {
    const { contactId } = await contactOf(await writes('uma@props.example', 'Uma asks', 'Uma Prop'));
    const seen = await tap('contact', { contactId }, 'elif');
    expect(textOn(seen)).toContain('Uma Prop');
    expect(textOn(seen)).not.toContain('contact-save');
    await tap('contact-save', { contactId, p_vip: 'true' }, 'elif');
    await tap('contact-merge', { contactId, otherEmail: 'tom@props.example' }, 'elif');
    const { card } = await contactOf(await writes('uma@props.example', 'Uma again', 'Uma Prop'));
    expect(linesOn(card)).not.toContain('VIP: Yes');
    expect(textOn(card)).not.toContain('Tom asks');
  });
});

test('an association of the desk’s own is read from both sides', async () => {
  const mother = await contactOf(await writes('v@mother.example', 'Mother asks', 'Vera Vogt'));
  const daughter = await contactOf(await writes('x@daughter.example', 'Daughter asks', 'Xaver Xu'));
  const [from, to] = [mother, daughter].map(({ card }) => ({
    type: 'company' as const,
    id: idIn(card, 'companyId', 'company'),
  }));
  if (!from || !to) throw new TypeError('no companies');
  const by = { kind: 'person', id: personId(PEOPLE.anna), name: 'Anna Arndt', roles: ['agent'] } as const;
  await desk.running.core.objects.associate({ from, to, label: 'parent_of' }, { by, at: desk.clock.now() });
  await desk.settled();
  expect(linesOn(await tap('company', { companyId: from.id }))).toContain('Company (parent of): daughter.example');
  expect(linesOn(await tap('company', { companyId: to.id }))).toContain('Company (child of): mother.example');
});

test('data that no card of ours sends is answered, and does nothing', async () => {
  const { contactId } = await contactOf(await writes('y@props.example', 'Yara asks', 'Yara Prop'));
  const before = await tap('contact', { contactId });
  for (const was of ['', 'null', '[1]', '{"phone":1}', '{', '{"__proto__":"x"}'])
    expect(textOn(await tap('contact-save', { contactId, was }))).toContain('Yara Prop');
  expect(linesOn(await tap('contact', { contactId }))).toEqual(linesOn(before));
  for (const id of ['', '../x', 'x'.repeat(500), '__proto__']) {
    expect(textOn(await tap('contact', { contactId: id }))).toContain('not there any more');
    expect(textOn(await tap('company', { companyId: id, continuation: 'x' }))).toContain('not there any more');
    for (const verb of [
      'contact-save',
      'company-save',
      'contact-merge',
      'ticket-properties',
      'ticket-properties-save',
    ]) {
      const answer = await tap(verb, { contactId: id, companyId: id, ticketId: id, p_phone: '1' });
      expect(textOn(answer)).not.toContain('Something went wrong');
      expect(textOn(answer)).not.toContain('AdaptiveCard');
    }
  }
});
