import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { simpleParser } from 'mailparser';
import { DeliveryError } from '../../../src/application/errors.ts';
import type { CustomerMail } from '../../../src/domain/customer-view.ts';
import { mailAddress, ticketNumber } from '../../../src/domain/values.ts';
import { graphMailSender } from '../../../src/outbound/graph/mail-sender.ts';
import { signedMessageIds } from '../../../src/outbound/graph/message-ids.ts';
import { CARLA, SUPPORT } from '../../local/graph-tenant.ts';
import {
  directoryWith,
  openDeskTenant,
  openStranger,
  staticCredential,
  supportMailbox,
  type DeskTenant,
} from './desk-mail.ts';
import { graphClient } from '../../../src/outbound/graph/graph-client.ts';
import { endWith } from '../../support/answer.ts';

const ids = signedMessageIds('a secret of the desk');
const TICKET = '0b5c1a52-5a9e-5b1c-8f43-0e9d7e3b6a11';

let tenant: DeskTenant;
beforeAll(async () => {
  tenant = await openDeskTenant();
});
afterEach(() => tenant.standIn.clearFaults());
afterAll(() => tenant.close());

const sender = (signature: 'owner' | 'team' = 'owner') =>
  graphMailSender({ client: tenant.client, messageIds: ids, directory: directoryWith(signature) });

/** Carla's mail as it lies in the support mailbox. */
const asked = async (subject = 'Printer') => {
  const raw = [`From: Carla Customer <${CARLA}>`, `To: ${SUPPORT}`, `Subject: ${subject}`, 'Cc: boss@customer.example'];
  const [item] = await tenant.standIn.deliver([...raw, '', 'It smokes.'].join('\r\n'), { to: SUPPORT, from: CARLA });
  if (item === undefined) throw new RangeError('nothing arrived');
  return item;
};
let revs = 0;
const answerTo = (item: { immutableId: string } | undefined, change: Partial<CustomerMail> = {}): CustomerMail => ({
  kind: 'answer',
  ticketId: TICKET,
  rev: (revs += 1),
  number: ticketNumber('INC-1042'),
  subject: 'Printer',
  to: { name: 'Carla Customer', address: mailAddress(CARLA) },
  thread: { mailbox: supportMailbox, ...(item ? { messageId: item.immutableId } : {}) },
  language: 'en',
  text: 'Please <switch> it off.',
  signedBy: 'Ana Agent',
  ...change,
});
const sentOf = ({ rev }: CustomerMail) =>
  tenant.standIn
    .sentMail()
    .filter(({ internetMessageId }) => internetMessageId === ids.of(TICKET, rev, supportMailbox));
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

describe('a mail to a customer', () => {
  it('answers in her thread, to her alone, under our own Message-ID', async () => {
    const item = await asked();
    const mail = answerTo(item);
    await sender()(mail);
    await tenant.standIn.idle();
    const [sent, ...more] = sentOf(mail);
    expect(more).toEqual([]);
    expect(sent).toMatchObject({ to: [CARLA], subject: 'RE: Printer [INC-1042]' });
    const read = await simpleParser(sent?.raw ?? '');
    expect(read).toMatchObject({
      inReplyTo: item.internetMessageId,
      messageId: ids.of(TICKET, mail.rev, supportMailbox),
    });
    expect(read.text).toContain('Please <switch> it off.');
    expect(read.text).toMatch(/Ana Agent\s+Contoso Service Desk/);
    expect(read.text).not.toContain('It smokes.');
    expect(read.headers.get('x-desk-mail')).toBe('answer');
    expect(read.headers.has('x-auto-response-suppress')).toBe(false);
  });
  it('is signed by the team alone where the team wants that', async () => {
    const mail = answerTo(await asked());
    await sender('team')(mail);
    expect((await simpleParser(sentOf(mail)[0]?.raw ?? '')).text).not.toContain('Ana Agent');
  });
  it.each(['acknowledgement', 'resolved'] as const)(
    'asks programmes not to answer when it is of kind %s',
    async (kind) => {
      const mail = answerTo(await asked(), { kind });
      await sender()(mail);
      const { headers } = await simpleParser(sentOf(mail)[0]?.raw ?? '');
      expect([headers.get('x-desk-mail'), headers.get('x-auto-response-suppress')]).toEqual([kind, 'All']);
    },
  );
  it('begins a thread of its own when it answers no mail, or a deleted one', async () => {
    const first = answerTo(undefined);
    await sender()(first);
    const item = await asked();
    await tenant.client.delete(`/users/${SUPPORT}/messages/${item.immutableId}`);
    const second = answerTo(item);
    await sender()(second);
    expect([sentOf(first), sentOf(second)].map((sent) => sent.map(({ to }) => to))).toEqual([[[CARLA]], [[CARLA]]]);
  });
  it('is not sent again when it is asked for again', async () => {
    const mail = answerTo(await asked());
    await sender()(mail);
    await sender()(mail);
    await tenant.standIn.idle();
    await sender()(mail);
    expect(sentOf(mail)).toHaveLength(1);
  });
  it('is set out in a second way by a Graph that takes no Message-ID at the first', async () => {
    const mail = answerTo(await asked());
    tenant.standIn.fault({ match: 'POST *createReply', kind: 'status', status: 400 });
    await sender()(mail);
    const { headers } = await simpleParser(sentOf(mail)[0]?.raw ?? '');
    expect(headers.get('x-desk-mail')).toBe('answer');
    expect(drafts()).toEqual([]);
  });
});

describe('exactly one mail goes out', () => {
  const STEPS = ['GET */messages', 'POST *createReply', 'PATCH */messages/*', 'GET */messages/*', 'POST */send'];
  const FAULTS = [
    { kind: 'afterWork', status: 504 },
    { kind: 'resetAfterWork' },
    { kind: 'reset' },
    { kind: 'status', status: 503 },
    { kind: 'status', status: 429, retryAfterS: 60 },
    { kind: 'status', status: 401 },
    { kind: 'truncated' },
  ] as const;
  /** For a read it is all one whether the work was done before the answer was lost. */
  const READ_FAULTS = FAULTS.filter(({ kind }) => !kind.endsWith('Work') && kind !== 'reset');
  const cases = STEPS.flatMap((match) =>
    (match.startsWith('GET') ? READ_FAULTS : FAULTS).map((fault) => ({ match, fault, named: JSON.stringify(fault) })),
  );

  it.each(cases)('when $match suffers $named', async ({ match, fault }) => {
    const mail = answerTo(await asked());
    // Reads are asked again by the client itself: only a lasting fault reaches the sender.
    tenant.standIn.fault({ match, ...fault, ...(match.startsWith('GET') ? { times: 4 } : {}) });
    const outcome = await faultOf(sender()(mail));
    tenant.standIn.clearFaults();
    if (outcome !== undefined) {
      expect(outcome.outcome).toBe('retry');
      await sender()(mail);
    }
    await tenant.standIn.idle();
    expect(sentOf(mail)).toHaveLength(1);
    expect(sentOf(mail)[0]?.to).toEqual([CARLA]);
    expect(drafts()).toEqual([]);
  });

  it.each(FAULTS)('when a thread of its own is begun and suffers $kind', async (fault) => {
    const mail = answerTo(undefined);
    tenant.standIn.fault({ match: 'POST */messages', ...fault });
    expect(await faultOf(sender()(mail))).toMatchObject({ outcome: 'retry' });
    await sender()(mail);
    expect(sentOf(mail)).toHaveLength(1);
    expect(drafts()).toEqual([]);
  });

  it('through thirty mails of chance troubles', async () => {
    const item = await asked();
    tenant.standIn.fault({ kind: 'afterWork', probability: 0.15 });
    tenant.standIn.fault({ kind: 'resetAfterWork', probability: 0.1 });
    tenant.standIn.fault({ kind: 'status', status: 503, retryAfterS: 0, probability: 0.1 });
    const mails = Array.from({ length: 30 }, () => answerTo(item));
    const untilDone = async (mail: CustomerMail): Promise<void> => {
      for (let attempt = 0; attempt < 60; attempt += 1) {
        const fault = await faultOf(sender()(mail));
        if (fault === undefined) return;
        expect(fault.outcome).toBe('retry');
      }
      throw new RangeError('never sent');
    };
    await Promise.all(mails.map(untilDone));
    tenant.standIn.clearFaults();
    await tenant.standIn.idle();
    expect(mails.map((mail) => sentOf(mail).length)).toEqual(mails.map(() => 1));
    expect(drafts()).toEqual([]);
  });
});

describe('a mail that another attempt sends meanwhile', () => {
  /** A Graph that shows a draft at the first look and a sent mail from then on. */
  const graphWhere = async (patchStatus: number) => {
    const asked: string[] = [];
    const server = await openStranger((request, response) => {
      const path = (request.url ?? '').replace(/\?.*$/, '');
      asked.push(`${request.method ?? ''} ${path.split('/').slice(4).join('/')}`);
      request.resume();
      if (request.method === 'PATCH') endWith(response, patchStatus, { body: '{}' });
      else if (path.endsWith('/messages')) response.end(JSON.stringify({ value: [{ id: '1', isDraft: true }] }));
      else response.end(JSON.stringify({ id: '1', isDraft: false }));
    });
    const client = graphClient({ graphUrl: server.url, credential: staticCredential });
    const send = graphMailSender({ client, messageIds: ids, directory: directoryWith('owner') });
    return { asked, send, close: server.close };
  };
  it.each([200, 400])('is left alone, also when Graph answers its change with %d', async (status) => {
    const { asked, send, close } = await graphWhere(status);
    await send(answerTo(undefined));
    expect(asked).toEqual(['GET messages', 'GET mailFolders/sentitems/messages', 'PATCH messages/1', 'GET messages/1']);
    await close();
  });
});

describe('a mail that does not go out', () => {
  it('comes back when Graph says', async () => {
    const mail = answerTo(await asked());
    tenant.standIn.fault({ match: 'PATCH *', kind: 'status', status: 429, retryAfterS: 45 });
    expect(await faultOf(sender()(mail))).toMatchObject({ outcome: 'retry', retryAfterMs: 45_000 });
  });
  it('comes back only after the copy of a perhaps sent one can be seen', async () => {
    const mail = answerTo(await asked());
    tenant.standIn.fault({ match: 'POST */send', kind: 'afterWork' });
    expect(await faultOf(sender()(mail))).toMatchObject({ outcome: 'retry', retryAfterMs: 30_000 });
  });
  it('waits after 403: rights that are missing now come back when someone mends them', async () => {
    const mail = answerTo(await asked());
    tenant.standIn.fault({ match: 'POST */send', kind: 'status', status: 403 });
    expect(await faultOf(sender()(mail))).toMatchObject({ outcome: 'retry' });
  });
  it.each([400, 413])('is dead after %d for its content', async (status) => {
    const mail = answerTo(await asked());
    tenant.standIn.fault({ match: 'PATCH *', kind: 'status', status });
    expect(await faultOf(sender()(mail))).toMatchObject({ outcome: 'dead' });
    tenant.standIn.fault({ match: 'POST */send', kind: 'status', status });
    expect(await faultOf(sender()(mail))).toMatchObject({ outcome: 'dead' });
    expect(sentOf(mail)).toEqual([]);
  });
  it('is dead when Graph does not know the mailbox', async () => {
    const mail = answerTo(await asked());
    tenant.standIn.fault({ match: 'GET */messages', kind: 'status', status: 404 });
    expect(await faultOf(sender()(mail))).toMatchObject({ outcome: 'dead' });
  });
  it('starts over when somebody threw the draft away in between', async () => {
    const mail = answerTo(await asked());
    tenant.standIn.fault({ match: 'PATCH *', kind: 'status', status: 404 });
    expect(await faultOf(sender()(mail))).toMatchObject({ outcome: 'retry' });
    await sender()(mail);
    expect(sentOf(mail)).toHaveLength(1);
  });
  it('is done when Graph refuses to send what has been sent meanwhile', async () => {
    const mail = answerTo(await asked());
    tenant.standIn.fault({ match: 'POST */send', kind: 'afterWork', status: 400 });
    expect(await faultOf(sender()(mail))).toBeUndefined();
    expect(sentOf(mail)).toHaveLength(1);
  });
  it('is dead when no team writes from its mailbox', async () => {
    const mail = answerTo(undefined, { thread: { mailbox: mailAddress('nobody@contoso.example') } });
    expect(await faultOf(sender()(mail))).toMatchObject({ outcome: 'dead' });
  });
});
