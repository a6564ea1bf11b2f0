import { describe, expect, it } from '@jest/globals';
import { GraphError } from '../../../src/application/errors.ts';
import type { GraphClient } from '../../../src/outbound/graph/graph-client.ts';
import { readMessage } from '../../../src/outbound/graph/read-message.ts';
import { blobsInMemory, supportMailbox, textOf } from './desk-mail.ts';

/** A Graph that has forgotten the message: what is read comes from what was kept. */
const gone = (): Promise<never> => Promise.reject(new GraphError('gone', { status: 404, code: 'ErrorItemNotFound' }));
const forgetful: GraphClient = { get: gone, bytes: gone, post: gone, patch: gone, delete: gone, owns: () => false };

const NOW = Date.parse('2026-01-05T09:00:00Z');
const read = async (message: unknown) => {
  const blobs = blobsInMemory();
  const raw = typeof message === 'string' ? message : JSON.stringify(message);
  const arrival = await readMessage({ client: forgetful, blobs, now: () => NOW }, supportMailbox, {
    messageId: 'AAkALg1',
    raw,
  });
  return { arrival, blobs };
};
const message = {
  id: 'AAkALg1',
  internetMessageId: '<1@customer.example>',
  subject: 'Printer',
  from: { emailAddress: { name: 'Carla Customer', address: 'Carla@Customer.EXAMPLE' } },
  receivedDateTime: '2026-01-05T08:30:00Z',
  hasAttachments: false,
  body: { contentType: 'text', content: 'It smokes.' },
  internetMessageHeaders: [
    { name: 'References', value: '<a@x.example> <b@x.example>\r\n <c@x.example>' },
    { name: 'In-Reply-To', value: '<c@x.example>' },
    { name: 'Auto-Submitted', value: 'no' },
  ],
};

describe('reading a kept mail', () => {
  it('gives sender, subject, time, text and what it answers', async () => {
    const { arrival } = await read(message);
    expect(arrival).toMatchObject({
      mailbox: supportMailbox,
      messageId: 'AAkALg1',
      internetMessageId: '<1@customer.example>',
      from: { name: 'Carla Customer', address: 'carla@customer.example' },
      subject: 'Printer',
      receivedAt: '2026-01-05T08:30:00.000Z',
      prose: { text: 'It smokes.', attachments: [] },
      answers: ['<c@x.example>', '<b@x.example>', '<a@x.example>'],
    });
    expect(arrival.headers).toContainEqual({ name: 'Auto-Submitted', value: 'no' });
    expect(arrival).not.toHaveProperty('unreadable');
  });
  it('reads a mail of which nearly everything is missing', async () => {
    const { arrival } = await read({ id: 'AAkALg1', hasAttachments: false });
    expect(arrival).toMatchObject({ subject: '', answers: [], headers: [], receivedAt: '2026-01-05T09:00:00.000Z' });
    expect(arrival.prose).toMatchObject({ text: '', attachments: [] });
    expect(arrival).not.toHaveProperty('from');
    expect(arrival).not.toHaveProperty('internetMessageId');
    expect(arrival).not.toHaveProperty('unreadable');
  });
  it('reads a mail whose fields are null or of another kind', async () => {
    const odd = {
      subject: 7,
      from: null,
      sender: { emailAddress: { address: 'Carla@customer.example' } },
      receivedDateTime: 'yesterday',
      hasAttachments: false,
      internetMessageHeaders: [{ name: 'X-Only-A-Name' }, null, { name: 'In-Reply-To', value: 'c@x.example' }],
      body: { contentType: null, content: '<p>Hi</p>' },
    };
    const { arrival } = await read(odd);
    expect(arrival).toMatchObject({
      subject: '',
      from: { name: 'Carla@customer.example', address: 'carla@customer.example' },
    });
    expect(arrival).toMatchObject({ answers: ['<c@x.example>'], prose: { text: 'Hi' } });
  });
  it('cleans names and subjects of what cannot be seen', async () => {
    const spoofed = { emailAddress: { name: 'Carla\u202e\u0000 Customer', address: 'carla@customer.example' } };
    const { arrival } = await read({ ...message, subject: 'Printer\r\nBcc: all', from: spoofed });
    expect(arrival).toMatchObject({ subject: 'Printer Bcc: all', from: { name: 'Carla Customer' } });
  });
  it('tells mails apart by what they say', async () => {
    const same = await read(message);
    const again = await read({ ...message, receivedDateTime: '2026-01-05T08:31:00Z' });
    const other = await read({ ...message, body: { contentType: 'text', content: 'It burns.' } });
    expect(again.arrival.contentSha256).toBe(same.arrival.contentSha256);
    expect(other.arrival.contentSha256).not.toBe(same.arrival.contentSha256);
  });
  it('leaves out the quoted mail of a reply, but not of a forwarded one', async () => {
    const content = 'See below\n\n-----Original Message-----\nFrom: Vendor\nthe fault';
    const reply = await read({ ...message, subject: 'RE: Printer', body: { contentType: 'text', content } });
    expect(reply.arrival.prose.text).toBe('See below');
    expect(textOf(reply.blobs, reply.arrival.prose.bodySha256)).toContain('the fault');
    const forwarded = await read({ ...message, subject: 'WG: Printer', body: { contentType: 'text', content } });
    expect(forwarded.arrival.prose.text).toBe(content);
  });
  it('says so when the files of a deleted mail cannot be had any more', async () => {
    const { arrival } = await read({ ...message, hasAttachments: true });
    expect(arrival.prose.text).toBe(
      'It smokes.\n\n[Not kept here: attachments (the message is no longer in the mailbox)]',
    );
    expect(arrival).not.toHaveProperty('unreadable');
  });
});

describe('a mail that cannot be read', () => {
  it.each([
    ['no JSON', '{"id":"AAkALg1","subj'],
    ['no message', '[]'],
    ['a body that is none', JSON.stringify({ ...message, body: 42 })],
    ['a body of another kind', JSON.stringify({ ...message, body: { contentType: 'text', content: { a: 1 } } })],
  ])('comes with what was kept of it: %s', async (_what, raw) => {
    const { arrival, blobs } = await read(raw);
    expect(arrival).toMatchObject({ unreadable: true, prose: { text: '', attachments: [{ name: 'original.json' }] } });
    expect(textOf(blobs, arrival.prose.attachments[0]?.sha256)).toBe(raw);
  });
  it('still says who wrote, as far as that could be read', async () => {
    const { arrival } = await read({ ...message, body: 42 });
    expect(arrival).toMatchObject({ subject: 'Printer', from: { address: 'carla@customer.example' } });
  });
});
