import type { Mutation } from './mutation.ts';

const INTAKE = 'src/application/mail-intake.ts';
const intake = (name: string): Mutation['test'] => ({ file: 'test/application/mail-intake.test.ts', name });
const arrival = (name: string): Mutation['test'] => ({ file: 'test/application/arrival-service.test.ts', name });

const acknowledgedAfterKept: readonly Omit<Mutation, 'behaviour'>[] = [
  {
    name: 'answers 202 before the wake is kept',
    file: 'src/inbound/graph/notifications.ts',
    find: 'await parts.wake(mailbox);',
    replace: 'void parts.wake(mailbox);',
    test: { file: 'test/application/acknowledge.test.ts', name: '202 only when the wake is on the disk' },
  },
  {
    name: 'returns from the wake before it is on the disk',
    file: INTAKE,
    find: 'await parts.inbox.wake(mailbox);',
    replace: 'void parts.inbox.wake(mailbox);',
    test: intake('is durable before it is answered'),
  },
  {
    name: 'saves the delta link before the rows',
    file: 'src/store/inbox-documents.ts',
    find: 'const docs = await Promise.all(',
    replace: "await parts.store.commit('mail', mailbox, [link]);\n    const docs = await Promise.all(",
    test: { file: 'test/store/inbox-documents.test.ts', name: 'rows and link are one' },
  },
  {
    name: 'works mails before they are kept',
    file: INTAKE,
    find: '  return { rows: await parts.inbox.keep(',
    replace:
      '  await work(parts, watched.address, page.mails.map((mail) => ({ ...mail, key: mail.messageId })));\n  return { rows: await parts.inbox.keep(',
    test: intake('before anything is made of it'),
  },
  {
    name: 'lets one bad mail stop the others',
    file: INTAKE,
    find: "if (outcome.status === 'fulfilled') return [outcome.value];",
    replace: "if (outcome.status === 'rejected') throw outcome.reason;\n    return [outcome.value];",
    test: intake('that cannot be worked blocks no other'),
  },
  {
    name: 'finds a ticket by the customer’s thread only, not by our own Message-ID',
    file: 'src/application/arrival-service.ts',
    find: 'parts.messageIds.ticketOf(answered) ?? (await parts.queues.byThread(answered))',
    replace: 'await parts.queues.byThread(answered)',
    test: arrival('joins the ticket that our Message-ID names'),
  },
  {
    name: 'believes a forged Message-ID',
    file: 'src/outbound/graph/message-ids.ts',
    find: 'timingSafeEqual(Buffer.from(given), Buffer.from(expected)) ? ticketId(id) : undefined',
    replace: 'timingSafeEqual(Buffer.from(given), Buffer.from(expected)) ? ticketId(id) : ticketId(id)',
    test: arrival('whose Message-ID was forged'),
  },
  {
    name: 'opens a second ticket where the customer’s own is busy',
    file: 'src/application/arrival-service.ts',
    find: 'const parts = { ...given, queues, run: insisting(given.run) };',
    replace: 'const parts = { ...given, queues };',
    test: arrival('when sixteen come at the same moment'),
  },
  {
    name: 'joins a mail a second time after a kill',
    file: 'src/application/arrival-service.ts',
    find: 'return answered && !(await hasOpened(parts, arrival))',
    replace: 'return answered',
    test: arrival('stays the ticket it opened'),
  },
];

export const arrivalMutations: readonly Mutation[] = acknowledgedAfterKept.map((each) => ({
  ...each,
  behaviour: '1.3 acknowledge after it is kept',
}));
