import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Mailbox, MailPage } from '../../../src/application/ports/mailbox.ts';
import { graphMailbox } from '../../../src/outbound/graph/graph-mailbox.ts';
import { CARLA, openWebhook, SUPPORT } from '../../local/graph-tenant.ts';
import {
  blobsInMemory,
  openDeskTenant,
  openStranger,
  staticCredential,
  supportMailbox,
  textOf,
  type DeskTenant,
} from './desk-mail.ts';
import { graphClient } from '../../../src/outbound/graph/graph-client.ts';
import { endWith } from '../../support/answer.ts';

const START = { startAt: '2020-01-01T00:00:00.000Z' };
const DAY_MS = 86_400_000;

let now = Date.now();
let tenant: DeskTenant;
let mailbox: Mailbox;
const blobs = blobsInMemory();
beforeAll(async () => {
  tenant = await openDeskTenant({ now: () => now, tokenLifetimeS: (30 * DAY_MS) / 1000 });
  mailbox = graphMailbox({
    client: tenant.client,
    blobs,
    notificationUrl: 'https://desk.contoso.example/api/graph/notifications',
    clientState: 'state',
    now: () => now,
  });
});
afterEach(() => tenant.standIn.clearFaults());
afterAll(() => tenant.close());

const pageAt = async (from: { link: string } | { startAt: string }): Promise<MailPage> => {
  const page = await mailbox.page(supportMailbox, from);
  if (page === 'reset') throw new RangeError('the link is forgotten');
  return page;
};
const readAll = async (from: { link: string } | { startAt: string }) => {
  const pages = [await pageAt(from)];
  while (pages.at(-1)?.caughtUp === false) pages.push(await pageAt({ link: pages.at(-1)?.link ?? '' }));
  return { pages, mails: pages.flatMap(({ mails }) => mails), link: pages.at(-1)?.link ?? '' };
};
const mail = (lines: readonly string[], body = 'It smokes.'): string =>
  [`From: Carla Customer <${CARLA}>`, `To: ${SUPPORT}`, ...lines, '', body].join('\r\n');
const arrived = async (raw: string) => {
  const { link } = await readAll(START);
  await tenant.standIn.deliver(raw, { to: SUPPORT, from: CARLA });
  const found = (await pageAt({ link })).mails[0];
  if (found === undefined) throw new RangeError('nothing arrived');
  return found;
};

describe('pages of a mailbox', () => {
  it('bring every mail once, fifty at a time, and then only what is new', async () => {
    const { link } = await readAll(START);
    for (let at = 0; at < 120; at += 1) await tenant.standIn.deliver(mail([`Subject: mail ${at}`]), { to: SUPPORT });
    const { pages, mails, link: after } = await readAll({ link });
    expect(pages.map((page) => [page.mails.length, page.caughtUp])).toEqual([
      [50, false],
      [50, false],
      [20, true],
    ]);
    expect(new Set(mails.map(({ messageId }) => messageId)).size).toBe(120);
    expect(JSON.parse(mails[0]?.raw ?? '')).toMatchObject({
      subject: 'mail 0',
      internetMessageHeaders: expect.any(Array),
    });
    expect((await readAll({ link: after })).mails).toEqual([]);
  });
  it('leave alone what came before the start', async () => {
    expect((await readAll({ startAt: new Date(now + DAY_MS).toISOString() })).mails).toEqual([]);
  });
  it('say nothing of mails that left the inbox', async () => {
    const { messageId } = await arrived(mail(['Subject: soon gone']));
    const { link } = await readAll(START);
    await tenant.client.delete(`/users/${SUPPORT}/messages/${messageId}`);
    expect((await readAll({ link })).mails).toEqual([]);
  });
  it('start over when Graph forgot the link', async () => {
    const { link } = await readAll(START);
    tenant.standIn.forgetDeltaTokens();
    expect(await mailbox.page(supportMailbox, { link })).toBe('reset');
    expect((await readAll(START)).mails.length).toBeGreaterThan(0);
  });
  it.each([
    [410, 'Gone'],
    [400, 'syncStateNotFound'],
    [400, 'resyncRequired'],
  ])('start over after %d %s', async (status, code) => {
    const forgetful = await openStranger((_request, response) => {
      endWith(response, status, {
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ error: { code, message: '' } }),
      });
    });
    const client = graphClient({ graphUrl: forgetful.url, credential: staticCredential });
    const other = graphMailbox({ client, blobs, notificationUrl: '', clientState: '', now: () => now });
    expect(await other.page(supportMailbox, { link: `${forgetful.url}/v1.0/users/a/delta` })).toBe('reset');
    await forgetful.close();
  });
  it('start over when the link is of another Graph, and do not ask there', async () => {
    expect(await mailbox.page(supportMailbox, { link: 'https://graph.example/v1.0/users/a/delta' })).toBe('reset');
  });
  it('are not taken with a link that leads elsewhere', async () => {
    const lying = await openStranger((_request, response) => {
      response.end(JSON.stringify({ value: [], '@odata.deltaLink': 'https://evil.example/v1.0/delta' }));
    });
    const client = graphClient({ graphUrl: lying.url, credential: staticCredential });
    const other = graphMailbox({ client, blobs, notificationUrl: '', clientState: '', now: () => now });
    await expect(other.page(supportMailbox, START)).rejects.toMatchObject({ name: 'GraphError', code: 'InvalidPage' });
    await lying.close();
  });
  it('fail with the fault when Graph stays away', async () => {
    tenant.standIn.fault({ match: '*delta', kind: 'status', status: 500 });
    await expect(mailbox.page(supportMailbox, START)).rejects.toMatchObject({ name: 'GraphError', status: 500 });
  });
});

const BOUNDARY = 'frontier';
const part = (headers: readonly string[], body: string): string => [`--${BOUNDARY}`, ...headers, '', body].join('\r\n');
const withParts = (...parts: readonly string[]): string =>
  mail(
    ['Subject: with files', 'MIME-Version: 1.0', `Content-Type: multipart/mixed; boundary=${BOUNDARY}`],
    [part(['Content-Type: text/plain'], 'See the file.'), ...parts, `--${BOUNDARY}--`].join('\r\n'),
  );
const attached = (name: string, content: string): string =>
  part(
    [
      'Content-Type: text/csv',
      `Content-Disposition: attachment; filename="${name}"`,
      'Content-Transfer-Encoding: base64',
    ],
    Buffer.from(content).toString('base64'),
  );

describe('reading a mail', () => {
  it('keeps its files under clean names, byte by byte', async () => {
    const arrival = await mailbox.read(
      supportMailbox,
      await arrived(withParts(attached('../log\u202e.csv', 'a;b\n1;2'))),
    );
    const [file] = arrival.prose.attachments;
    expect(file).toMatchObject({ name: '.._log .csv', size: 7, contentType: 'text/csv' });
    expect(textOf(blobs, file?.sha256)).toBe('a;b\n1;2');
    expect(arrival.prose.text).toBe('See the file.');
    expect(arrival.from).toEqual({ name: 'Carla Customer', address: CARLA });
  });
  it('keeps a mail within the mail as .eml', async () => {
    const inner = mail(['Subject: the fault'], 'inner text');
    const arrival = await mailbox.read(
      supportMailbox,
      await arrived(withParts(part(['Content-Type: message/rfc822'], inner))),
    );
    const [file] = arrival.prose.attachments;
    expect(file).toMatchObject({ name: expect.stringMatching(/\.eml$/), contentType: 'message/rfc822' });
    expect(textOf(blobs, file?.sha256)).toContain('inner text');
  });
  it('keeps 25 files and names the others', async () => {
    const many = Array.from({ length: 38 }, (_, at) => attached(`file ${at}.csv`, `content ${at}`));
    const arrival = await mailbox.read(supportMailbox, await arrived(withParts(...many)));
    expect(arrival.prose.attachments).toHaveLength(25);
    expect(arrival.prose.text).toContain('[Not kept here: file 25.csv (more than 25 files)]');
    expect(arrival.prose.text).toContain('[Not kept here: 3 more]');
  });
  it('finds pictures within the text, of which Graph says nothing', async () => {
    const picture = part(
      [
        'Content-Type: image/png',
        'Content-ID: <shot@1>',
        'Content-Disposition: inline',
        'Content-Transfer-Encoding: base64',
      ],
      'iVBORw0KGgo=',
    );
    const raw = mail(
      ['Subject: picture', 'MIME-Version: 1.0', `Content-Type: multipart/related; boundary=${BOUNDARY}`],
      [part(['Content-Type: text/html'], '<p>Look</p><img src="cid:shot@1">'), picture, `--${BOUNDARY}--`].join('\r\n'),
    );
    const arrival = await mailbox.read(supportMailbox, await arrived(raw));
    expect(arrival.prose).toMatchObject({ text: 'Look', attachments: [{ contentType: 'image/png', size: 8 }] });
    expect(textOf(blobs, arrival.prose.bodySha256)).toContain('src="cid:shot@1"');
  });
  it.each([
    ['Graph is away', { kind: 'status', status: 503, retryAfterS: 60 }, { status: 503, retryAfterMs: 60_000 }],
    ['Graph is busy', { kind: 'status', status: 429, retryAfterS: 60 }, { status: 429 }],
    ['the connection breaks', { kind: 'reset', times: 9 }, { status: 0 }],
    ['rights are missing for a while', { kind: 'status', status: 403 }, { status: 403 }],
  ] as const)('is put off, not spoilt, when %s', async (_what, fault, error) => {
    const found = await arrived(withParts(attached('log.csv', 'x')));
    tenant.standIn.fault({ match: '*/attachments/*', ...fault });
    await expect(mailbox.read(supportMailbox, found)).rejects.toMatchObject({ name: 'GraphError', ...error });
    tenant.standIn.clearFaults();
    expect((await mailbox.read(supportMailbox, found)).prose.attachments).toHaveLength(1);
  });
  it('attaches the original of what cannot be read, and waits for it when Graph is away', async () => {
    const raw = mail(['Subject: odd']);
    const { messageId } = await arrived(raw);
    const broken = { messageId, raw: '{"body":42}' };
    tenant.standIn.fault({ match: '*/$value', kind: 'status', status: 500 });
    await expect(mailbox.read(supportMailbox, broken)).rejects.toMatchObject({ status: 500 });
    const arrival = await mailbox.read(supportMailbox, broken);
    expect(arrival).toMatchObject({ unreadable: true, prose: { text: '', attachments: [{ name: 'original.eml' }] } });
    expect(textOf(blobs, arrival.prose.attachments[0]?.sha256)).toBe(raw);
  });
  it('asks for the whole message when the page named only a part of it', async () => {
    const { messageId } = await arrived(mail(['Subject: partial']));
    const part = { messageId, raw: JSON.stringify({ id: messageId, subject: 'partial' }) };
    expect((await mailbox.read(supportMailbox, part)).prose.text).toBe('It smokes.');
  });
});

describe('a subscription', () => {
  const subscribed = async (clientState = 'state') => {
    const webhook = await openWebhook();
    const parts = { client: tenant.client, blobs, notificationUrl: webhook.url, clientState, now: () => now };
    return { webhook, parts, again: graphMailbox(parts), live: () => tenant.standIn.subscriptions() };
  };
  afterEach(() => {
    for (const { id } of tenant.standIn.subscriptions()) tenant.standIn.removeSubscription(id);
  });

  it('is made with a handshake and brings news with immutable ids', async () => {
    const { webhook, again, live } = await subscribed();
    const next = await again.subscribe(supportMailbox);
    expect(live()).toMatchObject([
      {
        changeType: 'created',
        clientState: 'state',
        lifecycleNotificationUrl: `${webhook.url}?mailbox=${encodeURIComponent(supportMailbox)}`,
      },
    ]);
    expect(next).toBe(15 * 60_000);
    const { messageId } = await arrived(mail(['Subject: news']));
    await tenant.standIn.idle();
    expect(webhook.notifications).toMatchObject([{ clientState: 'state', resourceData: { id: messageId } }]);
    await webhook.close();
  });
  it('is found again after a restart, not made twice', async () => {
    const { webhook, parts, again, live } = await subscribed();
    await again.subscribe(supportMailbox);
    await again.subscribe(supportMailbox);
    await graphMailbox(parts).subscribe(supportMailbox);
    expect(live()).toHaveLength(1);
    await webhook.close();
  });
  it('is renewed once a third of its life is over', async () => {
    const { webhook, again, live } = await subscribed();
    await again.subscribe(supportMailbox);
    const before = live()[0];
    now += 1.9 * DAY_MS;
    await again.subscribe(supportMailbox);
    expect(live()[0]).toEqual(before);
    now += 0.2 * DAY_MS;
    await again.subscribe(supportMailbox);
    expect(live()).toMatchObject([{ id: before?.id, expiresAt: now + 6 * DAY_MS }]);
    await webhook.close();
  });
  it('is made anew when it is gone without a word', async () => {
    const { webhook, again, live } = await subscribed();
    await again.subscribe(supportMailbox);
    const { id } = live()[0] ?? { id: '' };
    tenant.standIn.removeSubscription(id);
    await again.subscribe(supportMailbox);
    expect(live()).toHaveLength(1);
    expect(live()[0]?.id).not.toBe(id);
    await webhook.close();
  });
  it('under an old secret gives way to one under the new secret', async () => {
    const { webhook, parts, again, live } = await subscribed('old');
    await again.subscribe(supportMailbox);
    await graphMailbox({ ...parts, clientState: 'new' }).subscribe(supportMailbox);
    expect(live()).toMatchObject([{ clientState: 'new' }]);
    await webhook.close();
  });
  it('whose creation answered nothing is found by the next look', async () => {
    const { webhook, again, live } = await subscribed();
    tenant.standIn.fault({ match: 'POST /subscriptions', kind: 'resetAfterWork' });
    await expect(again.subscribe(supportMailbox)).rejects.toMatchObject({ name: 'GraphError', status: 0 });
    await again.subscribe(supportMailbox);
    expect(live()).toHaveLength(1);
    await webhook.close();
  });
  it('fails with the reason when the webhook does not answer the handshake', async () => {
    const { webhook, again } = await subscribed();
    tenant.standIn.fault({ kind: 'validationFails' });
    await expect(again.subscribe(supportMailbox)).rejects.toMatchObject({ status: 400, code: 'ValidationError' });
    await webhook.close();
  });
});
