import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CARLA, CLIENT, openGraphTenant, SUPPORT, TENANT, type GraphTenant } from './graph-tenant.ts';

interface Message {
  id: string;
  subject: string;
  conversationId: string;
  internetMessageId: string;
  isDraft: boolean;
  hasAttachments: boolean;
  parentFolderId: string;
  body: { contentType: string; content: string };
  toRecipients: { emailAddress: { address: string } }[];
  internetMessageHeaders?: { name: string; value: string }[];
}
interface Page<T> {
  value: T[];
  '@odata.nextLink'?: string;
  '@odata.deltaLink'?: string;
}

const raw = (lines: readonly string[]): string => lines.join('\r\n');

let tenant: GraphTenant;
beforeAll(async () => {
  tenant = await openGraphTenant();
});
afterAll(() => tenant.close());

const inbox = (address = SUPPORT) => `/users/${address}/mailFolders/inbox/messages`;
const list = async (path: string, query: Record<string, string> = {}): Promise<Message[]> =>
  ((await tenant.graph.api(path).query(query).top(100).get()) as Page<Message>).value;
const bySubject = async (address: string, folder: string, subject: string): Promise<Message[]> =>
  (await list(`/users/${address}/mailFolders/${folder}/messages`)).filter((message) => message.subject === subject);
const one = <T>(items: readonly T[]): T => {
  expect(items).toHaveLength(1);
  return items[0] as T;
};
const arrived = async (subject: string, extra: object = {}): Promise<Message> => {
  await tenant.mail({ from: CARLA, to: SUPPORT, subject, text: 'It smokes.', ...extra });
  return one(await bySubject(SUPPORT, 'inbox', subject));
};
const refusal = (status: number, code: string) => expect.objectContaining({ statusCode: status, code });

describe('asking for a token', () => {
  const ask = async (form: Record<string, string>, tid = TENANT) => {
    const body = new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: CLIENT.clientId,
      client_secret: CLIENT.clientSecret,
      scope: 'https://graph.microsoft.com/.default',
      ...form,
    });
    const response = await fetch(`${tenant.standIn.url}/${tid}/oauth2/v2.0/token`, { method: 'POST', body });
    return { status: response.status, json: (await response.json()) as Record<string, unknown> };
  };

  it('gives a JWT to a known client', async () => {
    const { status, json } = await ask({});
    expect(status).toBe(200);
    expect(json.access_token).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+$/);
  });
  it.each([
    ['a wrong secret', { client_secret: 'guess' }, 401, 'invalid_client', 7000215],
    ['an unknown client', { client_id: 'nobody' }, 400, 'unauthorized_client', 700016],
    ['an unknown resource', { scope: 'https://example.org/.default' }, 400, 'invalid_scope', 70011],
    ['another grant', { grant_type: 'password' }, 400, 'unsupported_grant_type', 70003],
  ])('refuses %s in the words of Entra', async (...[, form, status, error, code]) => {
    const answer = await ask(form);
    expect(answer).toMatchObject({ status, json: { error, error_codes: [code] } });
    expect(answer.json.error_description).toContain(`AADSTS${code}`);
  });
  it('knows only its own tenant', async () => {
    expect((await ask({}, 'contoso.example')).json.error_codes).toEqual([90002]);
  });
  it('gives the bot a token that Graph does not take', async () => {
    const { json } = await ask({ scope: 'https://api.botframework.com/.default' }, 'botframework.com');
    const headers = { authorization: `Bearer ${String(json.access_token)}` };
    expect((await fetch(`${tenant.standIn.url}/v1.0/users/${SUPPORT}/messages`, { headers })).status).toBe(401);
  });
  it('refuses a call without a token and one whose token has expired', async () => {
    let clock = Date.now();
    const aging = await openGraphTenant({ now: () => clock, tokenLifetimeS: 3599 });
    const get = async (headers: Record<string, string>) => {
      const response = await fetch(`${aging.standIn.url}/v1.0/users/${SUPPORT}/messages`, { headers });
      return { status: response.status, json: (await response.json()) as { error?: { code: string } } };
    };
    const headers = { authorization: `Bearer ${await aging.token()}` };
    expect(await get({})).toMatchObject({ status: 401, json: { error: { code: 'InvalidAuthenticationToken' } } });
    expect((await get(headers)).status).toBe(200);
    clock += 3_600_000;
    expect((await get(headers)).status).toBe(401);
    await aging.close();
  });
});

describe('mail that comes in by SMTP', () => {
  it('lies in the inbox with body, sender and attachment, byte for byte', async () => {
    const content = Buffer.from([0, 255, 13, 10, 1]);
    const message = await arrived('printer', { attachments: [{ filename: 'läuft.bin', content }] });
    expect(message).toMatchObject({ hasAttachments: true, isDraft: false, body: { contentType: 'html' } });
    expect(message.body.content).toContain('It smokes.');
    const path = `/users/${SUPPORT}/messages/${message.id}/attachments`;
    const attachment = one(((await tenant.graph.api(path).get()) as Page<Record<string, string>>).value);
    expect(attachment).toMatchObject({ '@odata.type': '#microsoft.graph.fileAttachment', name: 'läuft.bin' });
    expect(Buffer.from(attachment.contentBytes ?? '', 'base64')).toEqual(content);
    const bytes = (await tenant.graph
      .api(`${path}/${attachment.id}/$value`)
      .responseType('arraybuffer' as never)
      .get()) as ArrayBuffer;
    expect(Buffer.from(bytes)).toEqual(content);
  });
  it('is refused with 550 when nobody has the address, and with 552 above 25 MB', async () => {
    const to = 'nobody@contoso.example';
    await expect(tenant.mail({ from: CARLA, to, text: 'x' })).rejects.toMatchObject({ responseCode: 550 });
    const text = 'x'.repeat(26 * 1024 * 1024);
    await expect(tenant.mail({ from: CARLA, to: SUPPORT, subject: 'huge', text })).rejects.toMatchObject({
      responseCode: 552,
    });
    expect(await bySubject(SUPPORT, 'inbox', 'huge')).toEqual([]);
  });
  it('is kept as it came even when it is no mail at all', async () => {
    const before = (await list(inbox())).length;
    const bytes = Buffer.from([0xff, 0xfe, 0, 10, 58, 58, 10, 0xc3]);
    await tenant.standIn.deliver(bytes, { to: SUPPORT });
    expect(await list(inbox())).toHaveLength(before + 1);
    expect(tenant.standIn.mailbox(SUPPORT)?.messages('inbox').at(-1)?.raw).toEqual(bytes);
  });
  it('gives its MIME back, with the verdict of our own mail server on top', async () => {
    const message = await arrived('authenticated');
    const mime = (await tenant.graph.api(`/users/${SUPPORT}/messages/${message.id}/$value`).get()) as
      ReadableStream | string;
    const text = typeof mime === 'string' ? mime : await new Response(mime).text();
    expect(text).toMatch(/^Return-Path: <carla@customer\.example>\r\nAuthentication-Results: spf=pass/);
  });
  it('shows headers only to who selects them', async () => {
    const { id } = await arrived('headers', { headers: { 'Auto-Submitted': 'auto-replied' } });
    const path = `/users/${SUPPORT}/messages/${id}`;
    expect(await tenant.graph.api(path).get()).not.toHaveProperty('internetMessageHeaders');
    const { internetMessageHeaders } = (await tenant.graph.api(path).select('internetMessageHeaders').get()) as Message;
    expect(internetMessageHeaders).toContainEqual({ name: 'Auto-Submitted', value: 'auto-replied' });
  });
  it('has no attachments, as Graph sees it, when all of them are pictures in the text', async () => {
    const { id, hasAttachments } = await arrived('inline', {
      html: '<p>See <img src="cid:pic@x"></p><script>alert(1)</script>',
      attachments: [{ filename: 'a.png', content: Buffer.from('png'), cid: 'pic@x' }],
    });
    expect(hasAttachments).toBe(false);
    const { value } = (await tenant.graph.api(`/users/${SUPPORT}/messages/${id}/attachments`).get()) as Page<object>;
    expect(value).toMatchObject([{ isInline: true, contentId: 'pic@x' }]);
    const { body } = (await tenant.graph.api(`/users/${SUPPORT}/messages/${id}`).get()) as Message;
    expect(body.content).toContain('cid:pic@x');
    expect(body.content).not.toContain('alert');
  });
  it('gives the body as text to who prefers it', async () => {
    const { id } = await arrived('as text', { html: '<p>Hello <b>there</b></p>' });
    const request = tenant.graph
      .api(`/users/${SUPPORT}/messages/${id}`)
      .header('Prefer', 'outlook.body-content-type="text"');
    expect(((await request.get()) as Message).body).toEqual({ contentType: 'text', content: 'Hello there' });
  });
});

describe('reading a mailbox', () => {
  it('finds a message by its Message-ID and nothing by another', async () => {
    const { internetMessageId, id } = await arrived('findable');
    const find = (mid: string) =>
      list(`/users/${SUPPORT}/messages`, { $filter: `internetMessageId eq '${encodeURIComponent(mid)}'` });
    expect((await find(internetMessageId)).map((message) => message.id)).toEqual([id]);
    expect(await find('<no@where>')).toEqual([]);
  });
  it('follows pages to the end, newest first', async () => {
    for (const subject of ['p1', 'p2', 'p3']) await arrived(subject);
    const seen: string[] = [];
    let page = (await tenant.graph.api(inbox()).top(2).select('subject').get()) as Page<Message>;
    seen.push(...page.value.map((message) => message.subject));
    for (let next = page['@odata.nextLink']; next; next = page['@odata.nextLink']) {
      page = (await tenant.graph.api(next).get()) as Page<Message>;
      seen.push(...page.value.map((message) => message.subject));
    }
    expect(seen.slice(0, 3)).toEqual(['p3', 'p2', 'p1']);
    expect(seen).toHaveLength(tenant.standIn.mailbox(SUPPORT)?.messages('inbox').length ?? 0);
  });
  it('gives a moved message a new id, but keeps its immutable one', async () => {
    const { id } = await arrived('moving');
    const path = `/users/${SUPPORT}/messages`;
    const immutable = (await tenant.graph
      .api(`${path}/${id}`)
      .header('Prefer', 'IdType="ImmutableId"')
      .get()) as Message;
    await tenant.graph.api(`${path}/${id}/move`).post({ destinationId: 'junkemail' });
    await expect(tenant.graph.api(`${path}/${id}`).get()).rejects.toEqual(refusal(404, 'ErrorItemNotFound'));
    const junk = one(await bySubject(SUPPORT, 'junkemail', 'moving'));
    const again = (await tenant.graph.api(`${path}/${immutable.id}`).get()) as Message;
    expect(again.id).toBe(junk.id);
  });
  it('says in Graph’s words what it does not have', async () => {
    await expect(tenant.graph.api('/users/nobody@x.example/messages').get()).rejects.toEqual(
      refusal(404, 'ErrorInvalidUser'),
    );
    await expect(tenant.graph.api(`/users/${SUPPORT}/messages/AAMkNope=`).get()).rejects.toEqual(
      refusal(404, 'ErrorItemNotFound'),
    );
    await expect(tenant.graph.api(`/users/${SUPPORT}/messages`).filter('foo eq 1').get()).rejects.toEqual(
      refusal(400, 'BadRequest'),
    );
    await expect(tenant.graph.api(`/users/${SUPPORT}/nonsense`).get()).rejects.toEqual(refusal(400, 'BadRequest'));
  });
  it('refuses JSON that is none, and a body of more than 4 MB', async () => {
    const post = async (body: string) => {
      const headers = { authorization: `Bearer ${await tenant.token()}`, 'content-type': 'application/json' };
      return (await fetch(`${tenant.standIn.url}/v1.0/users/${SUPPORT}/messages`, { method: 'POST', headers, body }))
        .status;
    };
    expect(await post('{"subject":')).toBe(400);
    expect(await post(JSON.stringify({ subject: 'x'.repeat(5 * 1024 * 1024) }))).toBe(413);
  });
  it('lets an app have four requests at a mailbox, not five', async () => {
    tenant.standIn.fault({ match: `GET /users/${SUPPORT}/mailFolders`, kind: 'slow', delayMs: 300, times: 4 });
    const headers = { authorization: `Bearer ${await tenant.token()}` };
    const get = () => fetch(`${tenant.standIn.url}/v1.0/users/${SUPPORT}/mailFolders`, { headers });
    const answers = await Promise.all([get(), get(), get(), get(), get()]);
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 200, 200, 200, 429]);
    expect(answers.find((answer) => answer.status === 429)?.headers.get('retry-after')).toBe('1');
  });
});

describe('following a folder by delta', () => {
  const follow = async (link: string, size = 50) => {
    const value: Record<string, unknown>[] = [];
    let pages = 0;
    for (let next = link; ; pages += 1) {
      const request = tenant.graph.api(next).header('Prefer', `IdType="ImmutableId", odata.maxpagesize=${size}`);
      const page = (await request.get()) as Page<Record<string, unknown>>;
      value.push(...page.value);
      const after = page['@odata.nextLink'];
      if (!after) return { value, pages: pages + 1, link: page['@odata.deltaLink'] ?? '' };
      next = after;
    }
  };
  const start = `${inbox()}/delta?$select=subject`;

  it('gives everything in pages, then only what is new, changed or gone', async () => {
    const gone = await arrived('delta gone');
    await arrived('delta stays');
    const first = await follow(start, 3);
    expect(first.pages).toBeGreaterThan(1);
    expect(first.value).toHaveLength(tenant.standIn.mailbox(SUPPORT)?.messages('inbox').length ?? 0);
    expect((await follow(first.link)).value).toEqual([]);

    const fresh = await arrived('delta fresh');
    await tenant.graph.api(`/users/${SUPPORT}/messages/${gone.id}`).delete();
    const second = await follow(first.link);
    const [item, removed] = second.value;
    expect(second.value).toHaveLength(2);
    expect(item).toMatchObject({ subject: 'delta fresh' });
    expect(item).not.toHaveProperty('body');
    expect(removed).toEqual({ id: expect.stringMatching(/^AAkALg/), '@removed': { reason: 'deleted' } });
    expect((await follow(first.link)).value).toEqual(second.value);

    await tenant.graph.api(`/users/${SUPPORT}/messages/${fresh.id}/move`).post({ destinationId: 'deleteditems' });
    expect((await follow(second.link)).value).toEqual([{ id: item?.id, '@removed': { reason: 'deleted' } }]);
  });
  it('tells only of arrivals to who asks for created, also of one that changes while it turns the pages', async () => {
    const one = await arrived('created one');
    await arrived('created two');
    const page = async (link: string) =>
      (await tenant.graph.api(link).header('Prefer', 'odata.maxpagesize=1').get()) as Page<Message>;
    const touch = (message: Message) =>
      tenant.graph.api(`/users/${SUPPORT}/messages/${message.id}`).patch({ isRead: true });
    const first = await page(`${start}&changeType=created`);
    await touch(one);
    const rest = await follow(first['@odata.nextLink'] ?? '');
    const subjects = rest.value.map((message) => message.subject);
    expect(subjects).toEqual(expect.arrayContaining(['created one', 'created two']));
    await touch(one);
    await arrived('created three');
    expect((await follow(rest.link)).value).toMatchObject([{ subject: 'created three' }]);
  });
  it('begins where the filter says', async () => {
    expect((await follow(`${start}&$filter=receivedDateTime ge 2100-01-01T00:00:00Z`)).value).toEqual([]);
    expect((await follow(`${start}&$filter=receivedDateTime ge 2000-01-01T00:00:00Z`)).value).not.toEqual([]);
  });
  it('knows no token but its own', async () => {
    const gone = refusal(410, 'syncStateNotFound');
    await expect(follow(`${inbox()}/delta?$deltatoken=abc`)).rejects.toEqual(gone);
    const { link } = await follow(start);
    await expect(follow(link.replace(inbox(), inbox(CARLA)))).rejects.toEqual(gone);
    tenant.standIn.forgetDeltaTokens();
    await expect(follow(link)).rejects.toEqual(gone);
  });
});

describe('answering a customer', () => {
  const support = `/users/${SUPPORT}`;

  it('goes from createReply over a Message-ID of our own to the customer’s mailbox, in one conversation', async () => {
    await tenant.mail({
      from: `Carla <${CARLA}>`,
      to: SUPPORT,
      subject: 'scanner',
      text: 'Help',
      messageId: '<first@customer.example>',
    });
    const question = one(await bySubject(SUPPORT, 'inbox', 'scanner'));
    const reply = (await tenant.graph
      .api(`${support}/messages/${question.id}/createReply`)
      .header('Prefer', 'IdType="ImmutableId"')
      .post({})) as Message;
    expect(reply).toMatchObject({ isDraft: true, subject: 'RE: scanner', conversationId: question.conversationId });
    expect(reply.toRecipients).toMatchObject([{ emailAddress: { address: CARLA } }]);

    await tenant.graph.api(`${support}/messages/${reply.id}`).patch({
      internetMessageId: '<T1.1.abcdef@contoso.example>',
      internetMessageHeaders: [{ name: 'x-desk-ticket', value: '1' }],
      body: { contentType: 'Text', content: 'Turn it off and on.' },
    });
    await tenant.graph.api(`${support}/messages/${reply.id}/attachments`).post({
      '@odata.type': '#microsoft.graph.fileAttachment',
      name: 'guide.txt',
      contentType: 'text/plain',
      contentBytes: Buffer.from('step 1').toString('base64'),
    });
    await tenant.graph.api(`${support}/messages/${reply.id}/send`).post({});
    await tenant.standIn.idle();

    const copy = one(await bySubject(SUPPORT, 'sentitems', 'RE: scanner'));
    expect(copy).toMatchObject({
      isDraft: false,
      internetMessageId: '<T1.1.abcdef@contoso.example>',
      conversationId: question.conversationId,
    });
    expect((await tenant.graph.api(`${support}/messages/${reply.id}`).get()) as Message).toMatchObject({ id: copy.id });
    const received = one(await bySubject(CARLA, 'inbox', 'RE: scanner'));
    expect(received).toMatchObject({ internetMessageId: '<T1.1.abcdef@contoso.example>', hasAttachments: true });
    const { internetMessageHeaders = [] } = (await tenant.graph
      .api(`/users/${CARLA}/messages/${received.id}`)
      .select('internetMessageHeaders')
      .get()) as Message;
    const header = (name: string) => internetMessageHeaders.find((found) => found.name.toLowerCase() === name)?.value;
    expect(header('in-reply-to')).toBe('<first@customer.example>');
    expect(header('references')).toBe('<first@customer.example>');
    expect(header('x-desk-ticket')).toBe('1');

    await tenant.mail({
      from: CARLA,
      to: SUPPORT,
      subject: 'Re: scanner',
      text: 'Thanks',
      inReplyTo: '<T1.1.abcdef@contoso.example>',
    });
    expect(one(await bySubject(SUPPORT, 'inbox', 'Re: scanner')).conversationId).toBe(question.conversationId);
  });
  it('asks the address that Reply-To names', async () => {
    const { id } = await arrived('reply elsewhere', { replyTo: 'office@customer.example' });
    const reply = (await tenant.graph.api(`${support}/messages/${id}/createReply`).post({ comment: 'Hi' })) as Message;
    expect(reply.toRecipients).toMatchObject([{ emailAddress: { address: 'office@customer.example' } }]);
    expect(reply.body.content).toContain('It smokes.');
  });
  it('sends a draft once: a second send is refused', async () => {
    const draft = (await tenant.graph
      .api(`${support}/messages`)
      .header('Prefer', 'IdType="ImmutableId"')
      .post({
        subject: 'once',
        body: { contentType: 'HTML', content: '<p>x</p>' },
        toRecipients: [{ emailAddress: { address: CARLA } }],
      })) as Message;
    const send = () => tenant.graph.api(`${support}/messages/${draft.id}/send`).post({});
    const outcomes = await Promise.allSettled([send(), send()]);
    expect(outcomes.map((outcome) => outcome.status).sort()).toEqual(['fulfilled', 'rejected']);
    await tenant.standIn.idle();
    expect(tenant.standIn.sentMail().filter((mail) => mail.subject === 'once')).toHaveLength(1);
    expect(await bySubject(CARLA, 'inbox', 'once')).toHaveLength(1);
  });
  it('lists a doubled sendMail twice, and makes a mailbox for a stranger', async () => {
    const message = {
      subject: 'twice',
      body: { content: 'x' },
      toRecipients: [{ emailAddress: { address: 'New@Customer.example' } }],
    };
    for (const saveToSentItems of [true, false])
      await tenant.graph.api(`${support}/sendMail`).post({ message, saveToSentItems });
    await tenant.standIn.idle();
    expect(tenant.standIn.sentMail().filter((mail) => mail.subject === 'twice')).toHaveLength(2);
    expect(await bySubject(SUPPORT, 'sentitems', 'twice')).toHaveLength(1);
    expect(tenant.standIn.mailbox('new@customer.example')).toMatchObject({ autoCreated: true });
    expect(await bySubject('new@customer.example', 'inbox', 'twice')).toHaveLength(2);
  });
  it('takes whole MIME, with headers that JSON refuses', async () => {
    const mime = raw([
      `To: ${CARLA}`,
      'Subject: machine',
      'Auto-Submitted: auto-replied',
      'Message-ID: <m@contoso.example>',
      '',
      'Hi',
    ]);
    const post = async (body: string) => {
      const headers = { authorization: `Bearer ${await tenant.token()}`, 'content-type': 'text/plain' };
      const response = await fetch(`${tenant.standIn.url}/v1.0${support}/sendMail`, { method: 'POST', headers, body });
      return { status: response.status, text: await response.text() };
    };
    expect((await post(Buffer.from(mime).toString('base64'))).status).toBe(202);
    await tenant.standIn.idle();
    const { raw: received } = tenant.standIn.mailbox(CARLA)?.messages('inbox').at(-1) ?? {};
    expect(received?.toString()).toMatch(/Auto-Submitted: auto-replied/);
    expect((await post('{no base64}')).text).toContain('ErrorMimeContentInvalidBase64String');
  });
  it('refuses what Graph refuses', async () => {
    const create = (extra: object) => tenant.graph.api(`${support}/messages`).post({ subject: 'x', ...extra });
    const header = (name: string) => ({ name, value: 'v' });
    const wrongHeader = refusal(400, 'InvalidInternetMessageHeader');
    await expect(create({ internetMessageHeaders: [header('In-Reply-To')] })).rejects.toEqual(wrongHeader);
    await expect(create({ internetMessageHeaders: [1, 2, 3, 4, 5, 6].map((n) => header(`x-${n}`)) })).rejects.toEqual(
      wrongHeader,
    );
    const draft = (await create({})) as Message;
    await expect(tenant.graph.api(`${support}/messages/${draft.id}/send`).post({})).rejects.toEqual(
      refusal(400, 'ErrorInvalidRecipients'),
    );
    const contentBytes = Buffer.alloc(3 * 1024 * 1024 + 1).toString('base64');
    await expect(
      tenant.graph.api(`${support}/messages/${draft.id}/attachments`).post({ name: 'big', contentBytes }),
    ).rejects.toMatchObject({ statusCode: 413 });
    const sent = await arrived('sealed');
    await expect(tenant.graph.api(`${support}/messages/${sent.id}`).patch({ subject: 'y' })).rejects.toEqual(
      refusal(400, 'ErrorInvalidPropertySet'),
    );
    expect(
      await tenant.graph.api(`${support}/messages/${sent.id}`).patch({ isRead: true, categories: ['seen'] }),
    ).toMatchObject({ isRead: true, categories: ['seen'] });
    await expect(
      tenant.graph
        .api(`${support}/messages/${sent.id}/createReply`)
        .post({ comment: 'a', message: { body: { content: 'b' } } }),
    ).rejects.toEqual(refusal(400, 'BadRequest'));
  });
});
