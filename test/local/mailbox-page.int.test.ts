import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { createServer, request, type Server } from 'node:http';
import { mailboxPages } from '../../src/local/mailbox-page/mailbox-pages.ts';
import { CARLA, listen, openGraphTenant, shut, SUPPORT, type GraphTenant } from './graph-tenant.ts';
import { endWith } from '../support/answer.ts';

let tenant: GraphTenant;
let server: Server;
let origin: string;
beforeAll(async () => {
  tenant = await openGraphTenant({
    mailboxes: [
      { address: SUPPORT, name: 'Contoso Support' },
      { address: CARLA, name: 'Carla Customer' },
      { address: 'otto@customer.example', name: 'Otto Ohnemail' },
    ],
  });
  const pages = mailboxPages(tenant.standIn);
  server = createServer((incoming, response) => {
    void pages(incoming, response).then((taken) => {
      if (!taken) endWith(response, 404, { body: 'somebody else' });
    });
  });
  origin = await listen(server);
});
afterAll(async () => {
  await shut(server);
  await tenant.close();
});

const open = async (path: string, headers: Record<string, string> = {}) => {
  const response = await fetch(origin + path, { headers, redirect: 'manual' });
  return { status: response.status, headers: response.headers, text: await response.text() };
};
const submit = async (path: string, fields: Record<string, string | File>, headers: Record<string, string> = {}) => {
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) body.append(name, value);
  const response = await fetch(origin + path, { method: 'POST', body, headers, redirect: 'manual' });
  return { status: response.status, location: response.headers.get('location'), text: await response.text() };
};
const latest = (address: string, folder: 'inbox' | 'sentitems' = 'inbox') => {
  const item = tenant.standIn.mailbox(address)?.messages(folder).at(-1);
  expect(item).toBeDefined();
  return item as NonNullable<typeof item>;
};
const threadAt = (address: string) => `/mail/${encodeURIComponent(address)}/${latest(address).conversationId}`;

describe('looking around', () => {
  it('lists the mailboxes and lets an empty one say so', async () => {
    const { text } = await open('/mail');
    expect(text).toContain('<html lang="en">');
    expect(text).toContain(`href="/mail/${encodeURIComponent(CARLA)}"`);
    expect((await open('/mail/otto@customer.example')).text).toContain('No mail here yet.');
  });
  it('speaks German to who asks for it, and stays with it', async () => {
    for (const { text } of [
      await open('/mail?lang=de'),
      await open('/mail', { 'accept-language': 'de-AT,en;q=0.5' }),
    ]) {
      expect(text).toContain('<html lang="de">');
      expect(text).toContain('Postfächer');
    }
    expect((await open('/mail?lang=de')).text).toContain(`href="/mail/${encodeURIComponent(CARLA)}?lang=de"`);
    expect((await open('/mail?lang=en', { 'accept-language': 'de' })).text).toContain('<html lang="en">');
  });
  it('leaves other addresses to other handlers, and knows what is not there', async () => {
    expect((await open('/mailing')).text).toBe('somebody else');
    expect((await open('/mail/nobody@x.example')).status).toBe(404);
    expect((await open(`/mail/${CARLA}/no-such-conversation`)).status).toBe(404);
    expect((await open('/mail/%E0%A4%A')).status).toBe(404);
  });
  it('allows no script, and only its own style sheet', async () => {
    const { headers, text } = await open('/mail');
    const [, style = ''] = /<style>([^]*)<\/style>/.exec(text) ?? [];
    const hash = createHash('sha256').update(style).digest('base64');
    const policy = headers.get('content-security-policy');
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain(`style-src 'sha256-${hash}'`);
    expect(policy).not.toMatch(/unsafe|script-src/);
  });
});

describe('playing the customer', () => {
  it('writes to the desk, reads the answer and answers it, all in one conversation', async () => {
    const sent = await submit(`/mail/${CARLA}/new?lang=de`, {
      to: SUPPORT,
      subject: 'Drucker',
      text: 'Er brennt.',
      files: new File(['bytes'], 'foto ü.txt', { type: 'text/plain' }),
    });
    expect(sent).toMatchObject({ status: 303, location: `/mail/${encodeURIComponent(CARLA)}?sent=1&lang=de` });
    expect((await open(sent.location ?? '')).text).toContain('role="status"');
    const question = latest(SUPPORT);
    expect(question).toMatchObject({ subject: 'Drucker', from: { name: 'Carla Customer', address: CARLA } });
    expect(question.attachments).toMatchObject([{ name: 'foto ü.txt', content: Buffer.from('bytes') }]);

    const at = `/users/${SUPPORT}/messages`;
    const { id } = (await tenant.graph.api(`${at}/${question.id}/createReply`).post({ comment: 'Wasser!' })) as {
      id: string;
    };
    await tenant.graph.api(`${at}/${id}/send`).post({});
    await tenant.standIn.idle();

    const list = await open(`/mail/${CARLA}`);
    expect(list.text).toMatch(/Contoso Support[^]*<td>2<\/td>/);
    const thread = await open(threadAt(CARLA));
    expect(thread.text.indexOf('Er brennt.')).toBeGreaterThan(0);
    expect(thread.text.indexOf('Wasser!')).toBeGreaterThan(thread.text.indexOf('Er brennt.'));

    const reply = await submit(threadAt(CARLA), { text: 'Danke' });
    expect(reply).toMatchObject({ status: 303, location: threadAt(CARLA).replace('@', '%40') });
    expect(latest(SUPPORT)).toMatchObject({
      subject: 'RE: Drucker',
      inReplyTo: latest(CARLA).internetMessageId,
      references: [question.internetMessageId, latest(CARLA).internetMessageId],
      conversationId: question.conversationId,
      body: { contentType: 'text', content: expect.stringContaining('Danke') },
    });
    expect((await open(threadAt(CARLA))).text).toContain('Danke');
  });
  it('puts the conversation with the newest message on top', async () => {
    await tenant.mail({ from: SUPPORT, to: CARLA, subject: 'older', text: 'x' });
    await tenant.mail({ from: SUPPORT, to: CARLA, subject: 'newer', text: 'x' });
    const { text } = await open(`/mail/${CARLA}`);
    expect(text.indexOf('newer')).toBeLessThan(text.indexOf('older'));
  });
  it('hands out files for saving, and the mail as it came', async () => {
    const attachments = [{ filename: 'evil.html', content: '<script>1</script>' }];
    await tenant.mail({ from: SUPPORT, to: CARLA, subject: 'files', text: 'x', attachments });
    const { text } = await open(threadAt(CARLA));
    const [, file = ''] = /href="([^"]*\/attachments\/[^"]*)"/.exec(text) ?? [];
    const saved = await open(file);
    expect(saved.text).toBe('<script>1</script>');
    expect(saved.headers.get('content-type')).toBe('application/octet-stream');
    expect(saved.headers.get('content-disposition')).toBe("attachment; filename*=UTF-8''evil.html");
    const [, original = ''] = /href="([^"]*\/raw\/[^"]*)"/.exec(text) ?? [];
    expect((await open(original)).text).toContain('Subject: files');
  });
});

describe('what a mail may not do to the page', () => {
  it('brings no script, style, form, heading or remote picture, but its own pictures', async () => {
    await tenant.mail({
      from: SUPPORT,
      to: CARLA,
      subject: '<b>bold</b>',
      html:
        '<h1 id="main" style="position:fixed" onclick="a()">Hello</h1><script>alert(1)</script><form action="/mail"><input></form>' +
        '<a href="javascript:alert(1)">link</a><img src="https://tracker.example/x.gif"><img src="cid:pic@x" alt="pic"><b>end',
      attachments: [{ filename: 'pic.png', content: Buffer.from('png'), cid: 'pic@x', contentType: 'image/png' }],
    });
    const { text } = await open(threadAt(CARLA));
    const [, body = ''] = /<div class="rich">([^]*?)<\/div>/.exec(text) ?? [];
    expect(body).toContain('<p>Hello</p>');
    expect(body).toContain('<b>end</b>');
    expect(body).not.toMatch(/script|style|onclick|<form|<input|tracker|<h1|id=/);
    expect(text).toContain('&lt;b&gt;bold&lt;/b&gt;');
    const [, picture = ''] = /<img src="([^"]*)"/.exec(body) ?? [];
    expect((await open(picture)).headers.get('content-type')).toBe('image/png');
  });
  it('is offered as a file when it is too long to be shown', async () => {
    await tenant.mail({ from: SUPPORT, to: CARLA, subject: 'long', html: '<b>'.repeat(100_000) });
    const { text } = await open(threadAt(CARLA));
    expect(text).toContain('too long to show');
    expect(text.length).toBeLessThan(50_000);
  });
});

describe('a form that cannot be sent', () => {
  const form = (fields: Record<string, string | File>) => submit(`/mail/${CARLA}/new`, fields);

  it('comes back as it was, with what is wrong at the field', async () => {
    const unknown = await form({ to: 'nobody@x.example', subject: '"quoted"', text: '\n<keep me>' });
    expect(unknown.status).toBe(422);
    expect(unknown.text).toContain('No mailbox here has this address: nobody@x.example');
    expect(unknown.text).toMatch(/id="to"[^>]*aria-describedby="problem to-hint"\s+aria-invalid="true"/);
    expect(unknown.text).toContain('value="&quot;quoted&quot;"');
    expect(unknown.text).toContain('>\n\r\n&lt;keep me&gt;</textarea>'); // a text area swallows the first line break
    expect((await form({ to: '', text: 'x' })).text).toContain('at least one address');
    expect((await form({ to: SUPPORT, text: ' ' })).text).toContain('Write something');
  });
  it('is too large above 20 MB, and when the mail server says so', async () => {
    const before = tenant.standIn.mailbox(SUPPORT)?.messages().length;
    for (const megabytes of [21, 19.5]) {
      const files = new File([new Uint8Array(megabytes * 1024 * 1024)], 'big.bin');
      const answer = await form({ to: SUPPORT, text: 'x', files });
      expect(answer.status).toBe(413);
      expect(answer.text).toContain('too large');
    }
    expect(tenant.standIn.mailbox(SUPPORT)?.messages()).toHaveLength(before ?? -1);
  });
  it('is refused when another site sends it, or when it is none', async () => {
    const before = tenant.standIn.mailbox(SUPPORT)?.messages().length;
    const foreign = await submit(`/mail/${CARLA}/new`, { to: SUPPORT, text: 'x' }, { origin: 'https://evil.example' });
    expect(foreign.status).toBe(403);
    const unreadable = await fetch(`${origin}/mail/${CARLA}/new`, { method: 'POST', body: 'to=x' });
    expect(unreadable.status).toBe(400);
    expect(tenant.standIn.mailbox(SUPPORT)?.messages()).toHaveLength(before ?? -1);
    expect((await fetch(`${origin}/mail`, { method: 'DELETE' })).status).toBe(405);
  });
  it('is answered only under this machine’s own name', async () => {
    const status = await new Promise((resolve, reject) => {
      const probe = request(`${origin}/mail`, { headers: { host: 'evil.example' } }, (response) => {
        response.resume();
        resolve(response.statusCode);
      });
      probe.on('error', reject);
      probe.end();
    });
    expect(status).toBe(403);
  });
});
