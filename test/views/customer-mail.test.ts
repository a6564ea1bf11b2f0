import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { CustomerMail, CustomerMailKind } from '../../src/domain/customer-view.ts';
import { type Language, mailAddress, ticketNumber } from '../../src/domain/values.ts';
import { customerMail, type Signature } from '../../src/views/customer-mail.ts';
import { deskMailbox } from '../support/deeds.ts';

const carla = { name: 'Carla Costa', address: mailAddress('carla@customer.example') };
const mail = (details: Partial<CustomerMail> = {}): CustomerMail => ({
  kind: 'answer',
  ticketId: 'ticket-1',
  rev: 3,
  number: ticketNumber('INC-1001'),
  subject: 'The printer is on fire',
  to: carla,
  thread: { mailbox: deskMailbox },
  language: 'en',
  text: 'Pull the plug.\nThen wait.\n\nAna is coming.',
  signedBy: 'Ana Alves',
  ...details,
});
const signature: Signature = { teamName: 'Service Desk', byOwner: true };
const KINDS: readonly CustomerMailKind[] = ['acknowledgement', 'answer', 'question', 'update', 'solution', 'resolved'];
const each = (['en', 'de'] as const).flatMap((language: Language) => KINDS.map((kind) => [kind, language] as const));

/** What a reader of the HTML sees, as lines. */
const shown = (html: string): string[] => {
  const text = html
    .replace(/<br>|<\/p>/gu, '\n')
    .replace(/<[^>]*>/gu, '')
    .replace(
      /&(amp|lt|gt|quot|#39);/gu,
      (_whole, name: string) => ({ amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" })[name] ?? '',
    );
  return linesOf(text);
};
const linesOf = (text: string): string[] =>
  text
    .split(/\r?\n/u)
    .map((line) => line.trim())
    .filter((line) => line !== '');

describe.each(each)('a mail that is the %s, in %s', (kind, language) => {
  test('reads like this', () => {
    const { text: _text, signedBy: _signedBy, ...unsigned } = mail({ kind, language });
    expect(customerMail(kind === 'acknowledgement' ? unsigned : mail({ kind, language }), signature)).toMatchSnapshot();
  });

  test('says the same as text and as HTML', () => {
    const { text, html } = customerMail(mail({ kind, language }), signature);
    expect(shown(html)).toEqual(linesOf(text));
  });

  test('names the number, and is signed by the owner and the team', () => {
    const { subject, text } = customerMail(mail({ kind, language }), signature);
    expect(subject).toBe('RE: The printer is on fire [INC-1001]');
    expect(text).toMatch(/\n\nAna Alves\nService Desk\n$/u);
  });
});

describe('the words', () => {
  test('a resolved mail without words of the owner says it itself, and how to object', () => {
    const { text: _text, ...wordless } = mail({ kind: 'resolved' });
    expect(customerMail(wordless, signature).text).toContain(
      'Hello Carla Costa,\n\nyour request INC-1001 has been solved.\n\nWe regard this as solved. If it is not',
    );
  });

  test('an answer is the owner’s words and nothing else', () => {
    expect(customerMail(mail(), signature).text).toBe(
      'Pull the plug.\nThen wait.\n\nAna is coming.\n\nAna Alves\nService Desk\n',
    );
  });

  test('a question says that we wait', () => {
    expect(customerMail(mail({ kind: 'question', language: 'de' }), signature).text).toContain(
      'Sobald Sie auf diese Mail antworten, geht es weiter.',
    );
  });

  test('news of a disturbance is what was written, and that nothing need be done', () => {
    const news = mail({ kind: 'update', text: 'The mail server is up again, the archive is not.' });
    expect(customerMail(news, signature).text).toBe(
      'The mail server is up again, the archive is not.\n\nYou need not do anything. We will write again as soon as there is more to say.\n\nAna Alves\nService Desk\n',
    );
    expect(customerMail({ ...news, language: 'de' }, signature).text).toContain('Sie müssen nichts tun.');
  });

  test('a customer without a name is not greeted by an address', () => {
    const greeted = customerMail(
      mail({ kind: 'acknowledgement', to: { ...carla, name: carla.address } }),
      signature,
    ).text;
    expect(greeted).toMatch(/^Hello,\n/u);
    expect(greeted).not.toContain('carla@');
  });

  test('a team may sign alone', () => {
    expect(customerMail(mail(), { teamName: 'HR', byOwner: false }).text).toMatch(/Ana is coming\.\n\nHR\n$/u);
    expect(customerMail(mail(), { teamName: 'HR', byOwner: false }).html).not.toContain('Ana Alves');
  });
});

describe('the subject', () => {
  test.each([
    ['Printer', 'RE: Printer [INC-1001]'],
    ['RE: Printer', 'RE: Printer [INC-1001]'],
    ['AW: Re: WG: FW: Fwd: Antw: Printer', 'RE: Printer [INC-1001]'],
    ['re : Printer [INC-1001]', 'RE: Printer [INC-1001]'],
    ['[INC-1001] RE: Printer', 'RE: Printer [INC-1001]'],
    ['RE: Printer [INC-1001] [INC-1001]', 'RE: Printer [INC-1001]'],
    ['RE: [INC-1001]', 'RE: [INC-1001]'],
    ['', 'RE: [INC-1001]'],
    ['Report: RE: rising', 'RE: Report: RE: rising [INC-1001]'],
    ['Printer\r\nBcc: everyone@customer.example', 'RE: Printer Bcc: everyone@customer.example [INC-1001]'],
  ])('%j becomes %j', (subject, sent) => {
    expect(customerMail(mail({ subject }), signature).subject).toBe(sent);
  });

  test('is one line with one RE: and the number once, whatever the customer wrote', () => {
    const part = fc.oneof(
      fc.constantFrom('RE:', 'Aw: ', 'fwd:', '[INC-1001]', '\r\n', '\n', '\u0085', '\u2028', 'Bcc: x', ' '),
      fc.string({ unit: 'binary', maxLength: 6 }),
    );
    fc.assert(
      fc.property(
        fc.array(part, { maxLength: 10 }).map((parts) => parts.join('')),
        (written) => {
          const { subject } = customerMail(mail({ subject: written }), signature);
          expect(subject).not.toMatch(/[\p{Cc}\u2028\u2029]/u);
          expect(subject.split('[INC-1001]')).toHaveLength(2);
          expect(subject).toMatch(/^RE: (?!(re|aw|antw|fwd?|wg)\s*:)/iu);
        },
      ),
    );
  });
});

describe('what people wrote', () => {
  test('is text in the HTML, never markup', () => {
    const evil = `<script>alert('x')</script> & <img src=x onerror="y"> &lt;b&gt;`;
    const { html } = customerMail(
      mail({ kind: 'acknowledgement', to: { ...carla, name: evil }, signedBy: evil, text: evil }),
      { teamName: evil, byOwner: true },
    );
    expect(html).not.toMatch(/<(script|img)|<b>/u);
    expect(html).toContain(
      '&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; &lt;img src=x onerror=&quot;y&quot;&gt; &amp;lt;b&amp;gt;',
    );
  });

  test('reads the same in both, whatever it is', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.string(), fc.constantFrom('\n', '\r\n', '<p>', '&amp;', '</p>', '<br>'))),
        (parts) => {
          const { text, html } = customerMail(mail({ text: parts.join('') }), signature);
          expect(shown(html)).toEqual(linesOf(text));
          expect(
            html
              .match(/<[^>]*>/gu)
              ?.filter((tag) => !['<html>', '<body>', '<p>', '</p>', '<br>', '</body>', '</html>'].includes(tag)),
          ).toEqual([]);
        },
      ),
    );
  });
});
