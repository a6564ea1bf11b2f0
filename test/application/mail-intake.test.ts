import { beforeAll, describe, expect, test } from '@jest/globals';
import type { Receive } from '../../src/application/arrival-service.ts';
import { mailIntake, type MailIntake } from '../../src/application/mail-intake.ts';
import type { BlobStore } from '../../src/application/ports/blob-store.ts';
import type { FoundMail, Inbox } from '../../src/application/ports/inbox.ts';
import type { Mailbox, MailPage } from '../../src/application/ports/mailbox.ts';
import { type MailAddress, mailAddress } from '../../src/domain/values.ts';
import { openBlobFiles } from '../../src/store/blob/files.ts';
import { inboxDocuments } from '../../src/store/inbox-documents.ts';
import { deskStore } from '../store/desk-store.ts';
import { prose } from '../support/deeds.ts';
import { monday } from '../support/given.ts';
import { dies, directoryOf, handClock, type HandClock, listening } from './parts.ts';

const desk = deskStore();
let blobs: BlobStore;
beforeAll(async () => {
  blobs = await openBlobFiles({ folder: desk.folder });
});
const realInbox = (): Inbox => inboxDocuments({ store: desk.store, blobs, now: () => monday });

const mail = (messageId: string): FoundMail => ({ messageId, raw: JSON.stringify({ messageId }) });
const page = (link: string, mails: readonly string[], caughtUp = true): MailPage => ({
  mails: mails.map(mail),
  link,
  caughtUp,
});

interface Scene {
  readonly intake: MailIntake;
  readonly box: MailAddress;
  readonly other: MailAddress;
  readonly clock: HandClock;
  readonly said: readonly string[];
  /** Message ids in the order in which they were received. */
  readonly received: string[];
  /** From where each page of the first mailbox was read. */
  readonly asked: string[];
}

interface Wishes {
  /** What the mail service answers, by the link (or `start`) from which it is asked; otherwise nothing new. */
  readonly pages?: Readonly<Record<string, MailPage | 'reset' | (() => never)>>;
  readonly receive?: (messageId: string) => void | Promise<void>;
  readonly unreadable?: readonly string[];
  readonly inbox?: (real: Inbox) => Inbox;
}

let boxes = 0;
const aScene = ({ pages = {}, receive, unreadable = [], inbox = (real) => real }: Wishes = {}): Scene => {
  boxes += 1;
  const [box, other] = [mailAddress(`box-${boxes}@desk.example`), mailAddress(`other-${boxes}@desk.example`)];
  const [received, asked, clock, log]: [string[], string[], HandClock, ReturnType<typeof listening>] = [
    [],
    [],
    handClock(),
    listening(),
  ];
  const mailbox: Mailbox = {
    page: async (address, from) => {
      const at = 'link' in from ? from.link : 'start';
      if (address === box) asked.push(at);
      if (asked.length > 50) throw new TypeError('asked again and again without a pause');
      const answer = address === other ? page('other', [`in-${other}`]) : pages[at];
      return typeof answer === 'function' ? answer() : (answer ?? page(at, []));
    },
    read: (address, { messageId }) => {
      if (unreadable.includes(messageId)) dies();
      return Promise.resolve({
        mailbox: address,
        messageId,
        subject: '',
        receivedAt: monday,
        prose: prose(''),
        answers: [],
        headers: [],
        contentSha256: '',
      });
    },
    subscribe: () => Promise.resolve(1_000),
  };
  const take: Receive = async ({ messageId }) => {
    await receive?.(messageId);
    received.push(messageId);
    return { ticketId: `ticket of ${messageId}`, outcome: 'opened' };
  };
  const all = directoryOf(box, other);
  const directory = { ...all, mailboxes: () => all.mailboxes().slice(1) };
  const intake = mailIntake({ mailbox, inbox: inbox(realInbox()), receive: take, directory, clock, log });
  return { intake, box, other, clock, said: log.said, received, asked };
};

const kept = async (box: MailAddress): Promise<string[]> =>
  (await realInbox().unworked(box, 100)).map(({ messageId }) => messageId).sort();

describe('mail that comes in', () => {
  test('is read page by page until nothing is left, each mail once', async () => {
    const scene = aScene({
      pages: { start: page('a', ['1', '2'], false), a: page('b', ['2', '3'], false), b: page('c', ['1', '4']) },
    });
    await scene.intake.sync();
    expect(scene.asked).toEqual(['start', 'a', 'b']);
    expect(scene.received.filter((id) => !id.startsWith('in-')).sort()).toEqual(['1', '2', '3', '4']);
    await scene.intake.sync();
    expect(scene.asked).toEqual(['start', 'a', 'b', 'c']);
    expect(scene.received.filter((id) => !id.startsWith('in-'))).toHaveLength(4);
    expect(await kept(scene.box)).toEqual([]);
  });

  test('is kept, and the link behind it, before anything is made of it', async () => {
    const seen: unknown[] = [];
    const scene: Scene = aScene({
      pages: { start: page('a', ['1', '2']) },
      receive: async (id) => {
        if (id === '1') seen.push(await kept(scene.box), await realInbox().link(scene.box));
      },
    });
    await scene.intake.sync();
    expect(seen).toEqual([['1', '2'], 'a']);
  });

  test('is worked by the next process after a kill in the middle', async () => {
    const pages = { start: page('a', ['1', '2', '3']) };
    let alive = false;
    const scene = aScene({
      pages,
      receive: (id) => {
        if (!alive && id !== '1') dies();
      },
      inbox: (real) => ({
        ...real,
        finish: (...args) => (alive ? real.finish(...args) : Promise.reject(new TypeError('killed'))),
      }),
    });
    await expect(scene.intake.sync()).rejects.toThrow('killed');
    expect(await kept(scene.box)).toEqual(['1', '2', '3']);
    alive = true;
    await scene.intake.sync();
    expect(await kept(scene.box)).toEqual([]);
    expect(new Set(scene.received)).toEqual(new Set(['1', '2', '3', `in-${scene.other}`]));
  });

  test('that cannot be worked blocks no other, is logged, and is tried again', async () => {
    let mended = false;
    const scene = aScene({
      pages: { start: page('a', ['1', 'poison', '3'], false), a: page('b', ['4']) },
      receive: (id) => {
        if (id === 'poison' && !mended) dies();
      },
    });
    await scene.intake.sync();
    expect(scene.received.filter((id) => !id.startsWith('in-')).sort()).toEqual(['1', '3', '4']);
    expect(scene.said).toEqual(['mail-not-worked']);
    expect(await kept(scene.box)).toEqual(['poison']);
    mended = true;
    await scene.intake.sync();
    expect(scene.received).toContain('poison');
    expect(await kept(scene.box)).toEqual([]);
  });

  test('that cannot be read stays kept and blocks no other', async () => {
    const scene = aScene({ pages: { start: page('a', ['1', 'torn']) }, unreadable: ['torn'] });
    await scene.intake.sync();
    expect(scene.received).toContain('1');
    expect(await kept(scene.box)).toEqual(['torn']);
  });

  test('of one mailbox comes in though another mailbox cannot be read; the fault is seen', async () => {
    const scene = aScene({
      pages: {
        start: () => {
          throw new TypeError('no access to this mailbox');
        },
      },
    });
    await expect(scene.intake.sync()).rejects.toThrow('no access to this mailbox');
    expect(scene.received).toEqual([`in-${scene.other}`]);
  });
});

describe('a mail service that has forgotten the link', () => {
  test('is read from the start again, and no mail comes in twice', async () => {
    const scene = aScene({ pages: { start: page('a', ['1', '2']), a: 'reset' } });
    await scene.intake.sync();
    await scene.intake.sync();
    expect(scene.asked).toEqual(['start', 'a', 'start']);
    expect(scene.said).toEqual(['mailbox-reset']);
    expect(scene.received.filter((id) => !id.startsWith('in-'))).toEqual(['1', '2']);
  });

  test('again and again is left alone until the next look', async () => {
    const scene = aScene({ pages: { start: 'reset' } });
    await scene.intake.sync().catch(() => undefined);
    expect(scene.asked.length).toBeLessThanOrEqual(2);
    expect(scene.received).toEqual([`in-${scene.other}`]);
  });
});

describe('a wake', () => {
  test('is durable before it is answered', async () => {
    const disk = Promise.withResolvers<void>();
    const written: string[] = [];
    const scene = aScene({
      inbox: (real) => ({
        ...real,
        wake: async (box) => {
          await disk.promise;
          written.push(box);
        },
      }),
    });
    let answered = false;
    const waking = scene.intake.wake(scene.box).then(() => (answered = true));
    await new Promise(setImmediate);
    expect(answered).toBe(false);
    disk.resolve();
    await waking;
    expect(written).toEqual([scene.box]);
  });

  test('makes the mailbox be read at once; a stranger’s address is nobody’s wake', async () => {
    const scene = aScene();
    const stopping = new AbortController();
    const looked = Promise.withResolvers<void>();
    const running = scene.intake.run(stopping.signal);
    while (scene.clock.pauses.length < 1) await new Promise(setImmediate);
    await scene.intake.wake(mailAddress('stranger@desk.example'));
    await scene.intake.wake(scene.box);
    while (scene.clock.pauses.length < 2) await new Promise(setImmediate);
    looked.resolve();
    expect(scene.asked).toHaveLength(2);
    stopping.abort();
    await running;
    expect((await desk.store.get('mail', 'stranger@desk.example', 'wake'))?.doc).toBeUndefined();
  });
});
