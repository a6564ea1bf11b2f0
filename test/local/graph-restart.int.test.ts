import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { X509Certificate } from 'node:crypto';
import { appendFile, readFile, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { loopbackCa } from '../../src/local/ca.ts';
import { CARLA, openGraphTenant, SUPPORT, temporaryFolder } from './graph-tenant.ts';

let folder: string;
beforeEach(async () => {
  folder = await temporaryFolder();
});
afterEach(() => rm(folder, { recursive: true }));

describe('a tenant that is started again', () => {
  const inbox = `/users/${SUPPORT}/mailFolders/inbox/messages`;
  const immutable = 'IdType="ImmutableId"';

  it('has the same mail, byte for byte, and the same tokens work', async () => {
    const before = await openGraphTenant({ folder });
    const content = Buffer.from([1, 2, 255]);
    await before.mail({
      from: CARLA,
      to: SUPPORT,
      subject: 'kept',
      text: 'x',
      attachments: [{ filename: 'a.bin', content }],
    });
    await before.mail({ from: CARLA, to: SUPPORT, subject: 'deleted', text: 'x' });
    const [kept, deleted] = before.standIn.mailbox(SUPPORT)?.messages('inbox') ?? [];
    const first = (await before.graph.api(`${inbox}/delta`).header('Prefer', immutable).get()) as {
      '@odata.deltaLink': string;
    };
    await before.graph.api(`/users/${SUPPORT}/messages/${deleted?.id}`).delete();
    const token = await before.token();
    await before.close();

    const after = await openGraphTenant({ folder });
    const [again, ...rest] = after.standIn.mailbox(SUPPORT)?.messages() ?? [];
    expect(rest).toEqual([]);
    expect(again).toEqual(kept);
    expect(again?.attachments[0]?.content).toEqual(content);
    const { search } = new URL(first['@odata.deltaLink']);
    const headers = { authorization: `Bearer ${token}`, prefer: immutable };
    const delta = await fetch(`${after.standIn.url}/v1.0${inbox}/delta${search}`, { headers });
    expect(await delta.json()).toMatchObject({ value: [{ id: deleted?.immutableId, '@removed': {} }] });
    await after.close();
  });
  it('delivers what was accepted but not yet on its way', async () => {
    const before = await openGraphTenant({ folder, settleMs: 3_600_000 });
    const message = { subject: 'late', body: { content: 'x' }, toRecipients: [{ emailAddress: { address: CARLA } }] };
    await before.graph.api(`/users/${SUPPORT}/sendMail`).post({ message });
    expect(before.standIn.mailbox(CARLA)?.messages()).toEqual([]);
    await before.close();

    const after = await openGraphTenant({ folder });
    await after.standIn.idle();
    expect(after.standIn.mailbox(CARLA)?.messages('inbox')).toMatchObject([{ subject: 'late' }]);
    expect(after.standIn.mailbox(SUPPORT)?.messages('sentitems')).toHaveLength(1);
    expect(after.standIn.sentMail()).toHaveLength(1);
    await after.close();
  });
  it('survives a line that a kill cut off', async () => {
    const before = await openGraphTenant({ folder });
    await before.mail({ from: CARLA, to: SUPPORT, subject: 'whole', text: 'x' });
    await before.close();
    await appendFile(path.join(folder, 'mailboxes.ndjson'), '{"op":"put","addr');
    const after = await openGraphTenant({ folder });
    await after.mail({ from: CARLA, to: SUPPORT, subject: 'next', text: 'x' });
    await after.close();
    const third = await openGraphTenant({ folder });
    expect(
      third.standIn
        .mailbox(SUPPORT)
        ?.messages()
        .map((item) => item.subject),
    ).toEqual(['whole', 'next']);
    await third.close();
  });
  it('forgets everything without a folder, delta tokens too', async () => {
    const before = await openGraphTenant();
    await before.mail({ from: CARLA, to: SUPPORT, subject: 'fleeting', text: 'x' });
    const { '@odata.deltaLink': link } = (await before.graph.api(`${inbox}/delta`).get()) as {
      '@odata.deltaLink': string;
    };
    await before.close();
    const after = await openGraphTenant();
    expect(after.standIn.mailbox(SUPPORT)?.messages()).toEqual([]);
    await expect(after.graph.api(`${inbox}/delta${new URL(link).search}`).get()).rejects.toMatchObject({
      statusCode: 410,
    });
    await after.close();
  });
});

describe('the certificates of the local tenant', () => {
  const DAY = 86_400_000;

  it('are made once, and their keys are for their owner only', async () => {
    const first = await loopbackCa(folder);
    expect(await loopbackCa(folder)).toEqual(first);
    expect(await readFile(first.caFile, 'utf8')).toBe(first.certPem);
    for (const key of ['ca-key.pem', 'localhost-key.pem']) {
      expect((await stat(path.join(folder, key))).mode & 0o777).toBe(0o600);
    }
    const server = new X509Certificate(first.serverCertPem);
    expect(server.checkHost('localhost')).toBe('localhost');
    expect(server.checkIP('127.0.0.1')).toBe('127.0.0.1');
  });
  it('are renewed before they expire: the server’s under the same authority, then the authority', async () => {
    const first = await loopbackCa(folder);
    const later = await loopbackCa(folder, Date.now() + 390 * DAY);
    expect(later.certPem).toBe(first.certPem);
    expect(later.serverCertPem).not.toBe(first.serverCertPem);
    const muchLater = await loopbackCa(folder, Date.now() + 3650 * DAY);
    expect(muchLater.certPem).not.toBe(first.certPem);
    expect(new X509Certificate(muchLater.serverCertPem).verify(new X509Certificate(muchLater.certPem).publicKey)).toBe(
      true,
    );
  });
  it('are made anew when a file is damaged', async () => {
    const first = await loopbackCa(folder);
    await writeFile(first.caFile, 'not a certificate');
    const { certPem, serverCertPem } = await loopbackCa(folder);
    expect(certPem).toMatch(/^-----BEGIN CERTIFICATE-----/);
    expect(new X509Certificate(serverCertPem).verify(new X509Certificate(certPem).publicKey)).toBe(true);
  });
});
