import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { simpleParser } from 'mailparser';
import { DeliveryError } from '../../../src/application/errors.ts';
import type { InternalMail } from '../../../src/application/ports/internal-mail.ts';
import type { Directory } from '../../../src/application/ports/directory.ts';
import { mailAddress } from '../../../src/domain/values.ts';
import { graphInternalMailSender } from '../../../src/outbound/graph/internal-mail-sender.ts';
import { signedMessageIds } from '../../../src/outbound/graph/message-ids.ts';
import { SUPPORT } from '../../local/graph-tenant.ts';
import { directoryWith, openDeskTenant, supportMailbox, type DeskTenant } from './desk-mail.ts';

const ANA = 'ana@contoso.example';
const ids = signedMessageIds('a secret of the desk');

let tenant: DeskTenant;
beforeAll(async () => {
  const mailboxes = [
    { address: SUPPORT, name: 'Contoso Support' },
    { address: ANA, name: 'Ana Agent' },
  ];
  tenant = await openDeskTenant({ mailboxes });
});
afterEach(() => tenant.standIn.clearFaults());
afterAll(() => tenant.close());

const sender = (directory: Directory = directoryWith('owner')) =>
  graphInternalMailSender({ client: tenant.client, messageIds: ids, directory });

let mails = 0;
const alertFor = (change: Partial<InternalMail> = {}): InternalMail => ({
  id: `alert:ticket-1:NOT_UPDATED:${(mails += 1)}`,
  from: supportMailbox,
  to: { name: 'Ana Agent', address: mailAddress(ANA) },
  language: 'en',
  subject: 'INC-1042 is going stale',
  lines: ['Nobody has written for 4 hours.', 'An answer to the customer stops this.'],
  ...change,
});
const sentOf = ({ id }: InternalMail) =>
  tenant.standIn.sentMail().filter(({ internetMessageId }) => internetMessageId === ids.internal(id, supportMailbox));
const receivedOf = ({ id }: InternalMail) =>
  tenant.standIn
    .mailbox(ANA)
    ?.messages('inbox')
    .filter(({ internetMessageId }) => internetMessageId === ids.internal(id, supportMailbox));
const drafts = () => tenant.standIn.mailbox(SUPPORT)?.messages('drafts') ?? [];
const faultOf = async (work: Promise<void>): Promise<DeliveryError | undefined> => {
  try {
    await work;
    return undefined;
  } catch (cause) {
    if (cause instanceof DeliveryError) return cause;
    throw cause;
  }
};

describe('an internal mail', () => {
  it('reaches the person alone, from the team’s mailbox, in no thread, and asks programmes not to answer', async () => {
    const mail = alertFor();
    await sender()(mail);
    await tenant.standIn.idle();
    expect(receivedOf(mail)).toHaveLength(1);
    const [sent, ...more] = sentOf(mail);
    expect(more).toEqual([]);
    expect(sent).toMatchObject({ to: [ANA], subject: '[internal] INC-1042 is going stale' });
    const read = await simpleParser(sent?.raw ?? '');
    expect(read.from?.value).toMatchObject([{ address: SUPPORT }]);
    expect([read.inReplyTo, read.references]).toEqual([undefined, undefined]);
    expect([read.headers.get('x-desk-mail'), read.headers.get('x-auto-response-suppress')]).toEqual([
      'internal',
      'All',
    ]);
    expect(read.text).toContain('Nobody has written for 4 hours.\nAn answer to the customer stops this.');
    expect(read.text).toMatch(/Contoso Service Desk\s*$/);
  });
  it('is not sent again when it is asked for again, also with other words', async () => {
    const mail = alertFor();
    await sender()(mail);
    await sender()({ ...mail, lines: ['Other words.'] });
    await tenant.standIn.idle();
    // What was sent is not touched any more.
    tenant.standIn.fault({ match: 'PATCH *', kind: 'status', status: 503 });
    await sender()(mail);
    expect(sentOf(mail)).toHaveLength(1);
  });
  it('shows hostile names and lines as text', async () => {
    const evil = '<img src=x onerror="alert(1)"></p><script>alert(2)</script>';
    const mail = alertFor({
      id: "alert:o'neill:<1>",
      to: { name: `${evil}\r\nBcc: everyone@customer.example`, address: mailAddress(ANA) },
      subject: `${evil}\r\nBcc: everyone@customer.example`,
      lines: [evil, 'https://x.example/\u202egpj.exe'],
    });
    await sender()(mail);
    const [sent] = sentOf(mail);
    expect(sent?.to).toEqual([ANA]);
    const { html, headers } = await simpleParser(sent?.raw ?? '');
    expect(headers.has('bcc')).toBe(false);
    expect(html).not.toMatch(/<(img|script)|\u202e/u);
    expect(html).toContain('&lt;script&gt;alert(2)&lt;/script&gt;');
  });
});

describe('exactly one internal mail goes out', () => {
  const STEPS = ['POST */messages', 'PATCH */messages/*', 'POST */send'];
  const FAULTS = [
    { kind: 'afterWork', status: 504 },
    { kind: 'resetAfterWork' },
    { kind: 'status', status: 503 },
  ] as const;
  const cases = STEPS.flatMap((match) => FAULTS.map((fault) => ({ match, fault, named: JSON.stringify(fault) })));

  it.each(cases)('when $match suffers $named', async ({ match, fault }) => {
    const mail = alertFor();
    tenant.standIn.fault({ match, ...fault });
    expect(await faultOf(sender()(mail))).toMatchObject({ outcome: 'retry' });
    await sender()(mail);
    await tenant.standIn.idle();
    expect([sentOf(mail).length, receivedOf(mail)?.length]).toEqual([1, 1]);
    expect(drafts()).toEqual([]);
  });
});

describe('an internal mail that does not go out', () => {
  const refused = async (mail: InternalMail, directory?: Directory) => {
    const before = tenant.standIn.sentMail().length;
    expect(await faultOf(sender(directory)(mail))).toMatchObject({ outcome: 'dead' });
    expect([tenant.standIn.sentMail().length, drafts()]).toEqual([before, []]);
  };
  const toSupport = { name: 'Ana Agent', address: supportMailbox };

  it('is addressed to a mailbox the desk reads: it would become a ticket', async () => {
    const hr = mailAddress(ANA);
    const own = directoryWith('owner');
    const watching = { ...own, mailboxes: () => own.mailboxes().map((each) => ({ ...each, address: hr })) };
    await refused(alertFor(), watching);
  });
  it('is addressed to a team’s mailbox', async () => {
    await refused(alertFor({ to: toSupport }), { ...directoryWith('owner'), mailboxes: () => [] });
  });
  it('comes from a mailbox no team writes from', async () => {
    await refused(alertFor({ from: mailAddress('nobody@contoso.example') }));
  });
});
