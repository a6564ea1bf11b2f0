import { beforeAll, describe, expect, test } from '@jest/globals';
import type { BlobStore } from '../../src/application/ports/blob-store.ts';
import type { FoundMail, Inbox, InboxRow } from '../../src/application/ports/inbox.ts';
import { type MailAddress, mailAddress } from '../../src/domain/values.ts';
import { openBlobFiles } from '../../src/store/blob/files.ts';
import { inboxDocuments } from '../../src/store/inbox-documents.ts';
import { monday } from '../support/given.ts';
import { deskStore } from './desk-store.ts';

const desk = deskStore();
let blobs: BlobStore;
let found = 0;
beforeAll(async () => {
  blobs = await openBlobFiles({ folder: desk.folder });
});
const inbox = (): Inbox =>
  inboxDocuments({ store: desk.store, blobs, now: () => new Date(Date.parse(monday) + (found += 1)).toISOString() });

let mailboxes = 0;
const anotherMailbox = (): MailAddress => mailAddress(`help-${(mailboxes += 1)}@desk.example`);
const mail = (messageId: string, subject = messageId): FoundMail => ({ messageId, raw: JSON.stringify({ subject }) });
const idsOf = (rows: readonly InboxRow[]): string[] => rows.map(({ messageId }) => messageId).sort();
const rowOf = async (mailbox: MailAddress, key: string): Promise<Record<string, unknown> | undefined> =>
  (await desk.store.get('mail', mailbox, key))?.doc;

describe('a page of mail', () => {
  test('is kept with the link behind it, and waits to be worked', async () => {
    const box = anotherMailbox();
    expect(await inbox().link(box)).toBeUndefined();
    const rows = await inbox().keep(box, { mails: [mail('1'), mail('2')], link: 'after-2' });
    expect(idsOf(rows)).toEqual(['1', '2']);
    expect(await inbox().link(box)).toBe('after-2');
    expect(await inbox().unworked(box, 10)).toEqual(rows);
    expect(await inbox().unworked(anotherMailbox(), 10)).toEqual([]);
  });

  test('rows and link are one: where the rows cannot be kept the link stays', async () => {
    const box = anotherMailbox();
    await inbox().keep(box, { mails: [mail('1')], link: 'after-1' });
    const many = Array.from({ length: 100 }, (_each, index) => mail(`many-${index}`));
    await expect(inbox().keep(box, { mails: many, link: 'after-many' })).rejects.toMatchObject({ name: 'StoreError' });
    expect(await inbox().link(box)).toBe('after-1');
    expect(idsOf(await inbox().unworked(box, 100))).toEqual(['1']);
  });

  test('without a mail moves the link all the same', async () => {
    const box = anotherMailbox();
    expect(await inbox().keep(box, { mails: [], link: 'after-0' })).toEqual([]);
    expect(await inbox().link(box)).toBe('after-0');
  });

  test('that comes a second time is no news', async () => {
    const box = anotherMailbox();
    await inbox().keep(box, { mails: [mail('1'), mail('2')], link: 'a' });
    expect(await inbox().keep(box, { mails: [mail('1'), mail('2')], link: 'b' })).toEqual([]);
    expect(await inbox().unworked(box, 10)).toHaveLength(2);
    expect(await inbox().link(box)).toBe('b');
  });

  test('of which some are known keeps the others; known ones stay as they were', async () => {
    const box = anotherMailbox();
    await inbox().keep(box, { mails: [mail('2', 'first')], link: 'a' });
    const rows = await inbox().keep(box, { mails: [mail('1'), mail('2', 'second'), mail('3')], link: 'b' });
    expect(idsOf(rows)).toEqual(['1', '3']);
    expect((await inbox().unworked(box, 10)).find(({ messageId }) => messageId === '2')?.raw).toBe(
      mail('2', 'first').raw,
    );
    expect(await inbox().link(box)).toBe('b');
  });

  test('that holds a message twice keeps its newest state, once', async () => {
    const box = anotherMailbox();
    const rows = await inbox().keep(box, { mails: [mail('1', 'old'), mail('2'), mail('1', 'new')], link: 'a' });
    expect(idsOf(rows)).toEqual(['1', '2']);
    expect((await inbox().unworked(box, 10)).find(({ messageId }) => messageId === '1')?.raw).toBe(
      mail('1', 'new').raw,
    );
  });

  test('read by two at once: each row is new to one of them', async () => {
    const box = anotherMailbox();
    const page = { mails: [mail('1'), mail('2'), mail('3')], link: 'a' };
    const both = await Promise.all([inbox().keep(box, page), inbox().keep(box, page)]);
    expect(idsOf(both.flat())).toEqual(['1', '2', '3']);
  });

  test('message ids may hold whatever a service invents', async () => {
    const box = anotherMailbox();
    const strange = ['AAMk/\\?#=', 'AAMk/\\?#==', 'a'.repeat(2_000), 'Ä😀'];
    expect(idsOf(await inbox().keep(box, { mails: strange.map((id) => mail(id)), link: 'a' }))).toEqual(
      [...strange].sort(),
    );
    expect(idsOf(await inbox().unworked(box, 10))).toEqual([...strange].sort());
  });
});

describe('a big mail', () => {
  const big = { messageId: 'big', raw: JSON.stringify({ body: 'ß😀'.repeat(20_000) }) };

  test('is kept beside the database and read back whole', async () => {
    const box = anotherMailbox();
    const [row] = await inbox().keep(box, { mails: [big], link: 'a' });
    const document = await rowOf(box, row?.key ?? '');
    expect(document).not.toHaveProperty('raw');
    expect(await blobs.get(String(document?.blob))).toEqual(new Uint8Array(Buffer.from(big.raw)).slice() as never);
    expect((await inbox().unworked(box, 10)).map(({ raw }) => raw)).toEqual([big.raw]);
  });

  test('a page of fifty is still one batch', async () => {
    const box = anotherMailbox();
    const page = Array.from({ length: 50 }, (_each, index) => ({ ...big, messageId: `big-${index}` }));
    expect(await inbox().keep(box, { mails: page, link: 'a' })).toHaveLength(50);
  });

  test('whose body is lost stops nothing: it comes back without one, to be asked for again', async () => {
    const box = anotherMailbox();
    const [row] = await inbox().keep(box, { mails: [{ messageId: 'lost', raw: `lost ${big.raw}` }], link: 'a' });
    await blobs.delete(String((await rowOf(box, row?.key ?? ''))?.blob));
    expect(await inbox().unworked(box, 10)).toEqual([{ key: row?.key, messageId: 'lost', attempts: 0, raw: '' }]);
  });
});

describe('a mail that was worked', () => {
  test('waits no more, is never new again, and its text is gone from the inbox', async () => {
    const box = anotherMailbox();
    const page = { mails: [mail('1'), mail('2')], link: 'a' };
    const rows = await inbox().keep(box, page);
    const one = rows
      .filter(({ messageId }) => messageId === '1')
      .map((row) => ({ row, outcome: { ticketId: 't', outcome: 'opened' } }));
    await inbox().finish(box, one);
    await inbox().finish(box, one);
    expect(idsOf(await inbox().unworked(box, 10))).toEqual(['2']);
    expect(await inbox().keep(box, page)).toEqual([]);
    const document = await rowOf(box, one[0]?.row.key ?? '');
    expect(document).toMatchObject({ state: 'done', outcome: { ticketId: 't', outcome: 'opened' } });
    expect(document).not.toHaveProperty('raw');
  });

  test('many at once are finished, however many', async () => {
    const box = anotherMailbox();
    for (const part of [0, 1, 2]) {
      await inbox().keep(box, {
        mails: Array.from({ length: 40 }, (_each, index) => mail(`${part}-${index}`)),
        link: `after-${part}`,
      });
    }
    const rows = await inbox().unworked(box, 200);
    expect(rows.length).toBeGreaterThanOrEqual(100);
    await inbox().finish(
      box,
      rows.map((row) => ({ row, outcome: { ignored: 'old' } })),
    );
    expect(await inbox().unworked(box, 200)).toHaveLength(120 - rows.length);
  });
});

describe('starting over', () => {
  test('forgets the link and keeps the rows, twice is harmless', async () => {
    const box = anotherMailbox();
    await inbox().keep(box, { mails: [mail('1')], link: 'a' });
    await inbox().reset(box);
    await inbox().reset(box);
    expect(await inbox().link(box)).toBeUndefined();
    expect(await inbox().keep(box, { mails: [mail('1')], link: 'b' })).toEqual([]);
  });

  test('a wake is kept until somebody reads the mailbox', async () => {
    const box = anotherMailbox();
    await inbox().wake(box);
    await inbox().wake(box);
    expect(await rowOf(box, 'wake')).toMatchObject({ v: 1 });
    await inbox().asleep(box);
    await inbox().asleep(box);
    expect(await rowOf(box, 'wake')).toBeUndefined();
  });
});

describe('a mail that could not be worked', () => {
  test('stands behind the others, with one attempt more, and is otherwise as it came', async () => {
    const box = anotherMailbox();
    const mails = ['first', 'second'].map((messageId) => ({ messageId, raw: `{"id":"${messageId}"}` }));
    const [first] = await inbox().keep(box, { mails, link: 'a' });
    if (first) await inbox().defer(box, [first]);
    const waiting = await inbox().unworked(box, 10);
    expect(waiting.map(({ messageId, attempts }) => [messageId, attempts])).toEqual([
      ['second', 0],
      ['first', 1],
    ]);
    expect(waiting.map(({ raw }) => raw)).toEqual(mails.map(({ raw }) => raw).toReversed());
  });
});
