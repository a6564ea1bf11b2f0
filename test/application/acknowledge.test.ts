import { expect, test } from '@jest/globals';
import type { MailAddress } from '../../src/domain/values.ts';
import { mailAddress } from '../../src/domain/values.ts';
import { notificationRoute } from '../../src/inbound/graph/notifications.ts';
import { listening } from './parts.ts';

const box = mailAddress('help@desk.example');
const STATE = 'a-client-state-of-these-tests';

/** One notification, and a disk that is as slow as the test wants. */
const notified = (clientState: string) => {
  const disk = Promise.withResolvers<void>();
  const [statuses, woken]: [number[], MailAddress[]] = [[], []];
  const log = listening();
  const { handle } = notificationRoute({
    clientState: STATE,
    mailboxes: [box],
    log,
    wake: async (mailbox) => {
      await disk.promise;
      woken.push(mailbox);
    },
  });
  const request = { url: '/api/graph/notifications', body: { value: [{ clientState }] } };
  const response = { status: (code: number) => statuses.push(code), send: () => undefined };
  const handled = handle(request as never, response as never);
  return { disk, statuses, woken, said: log.said, handled };
};

test('Graph hears 202 only when the wake is on the disk', async () => {
  const { disk, statuses, woken, handled } = notified(STATE);
  await new Promise(setImmediate);
  expect(statuses).toEqual([]);
  disk.resolve();
  await handled;
  expect([statuses, woken]).toEqual([[202], [box]]);
});

test('a wake that cannot be kept is no 202: Graph sends it again', async () => {
  const { disk, statuses, handled } = notified(STATE);
  disk.reject(new TypeError('the disk is full'));
  await expect(handled).rejects.toThrow('the disk is full');
  expect(statuses).toEqual([]);
});

test('a wrong client state hears the same 202, wakes nobody and is counted', async () => {
  const { statuses, woken, said, handled } = notified('a-guess-of-somebody');
  await handled;
  expect([statuses, woken, said]).toEqual([[202], [], ['notification-ignored']]);
});
