import type { Mutation } from './mutation.ts';

const RELAY = 'src/application/relay.ts';
const DELIVER = 'src/outbound/deliver.ts';
const DELIVERIES = 'src/store/delivery-documents.ts';
const relay = (name: string): Mutation['test'] => ({ file: 'test/application/relay.test.ts', name });
const deliver = (name: string): Mutation['test'] => ({ file: 'test/application/deliver.test.ts', name });

const run = (name: string): Mutation['test'] => ({ file: 'test/application/run-command.test.ts', name });

const effects: readonly Omit<Mutation, 'behaviour'>[] = [
  {
    name: 'forgets the outbox entry before its effects are carried out',
    file: RELAY,
    find: '  for (const effect of entry.effects) await apply(parts, entry, effect);\n  await parts.tickets.discharge(entry);',
    replace:
      '  await parts.tickets.discharge(entry);\n  for (const effect of entry.effects) await apply(parts, entry, effect);',
    test: relay('at any point loses nothing'),
  },
  {
    name: 'saves the bookmark before what stands before it is done',
    file: RELAY,
    find: '    await inLanes(page.entries',
    replace: '    await parts.bookmarks.save(READER, page.token);\n    await inLanes(page.entries',
    test: relay('at any point loses nothing'),
  },
  {
    name: 'puts an older state over a newer one in a list',
    file: 'src/store/queue-documents.ts',
    find: '    if (stored && fieldsOf<{ rev: number }>(stored).rev >= entry.rev) return;\n',
    replace: '',
    test: { file: 'test/store/queue-documents.test.ts', name: 'whatever the order in which changes arrive' },
  },
  {
    name: 'puts a list back to an older state for a moment when the feed is read anew',
    file: 'src/store/queue-documents.ts',
    find: 'versioned(key, gone ? { rev: entry.rev, gone: 1 } : entry)',
    replace: 'versioned(key, gone ? { rev: 0, gone: 1 } : entry)',
    test: relay('reading the whole feed anew'),
  },
  {
    name: 'writes the effects after the batch',
    file: 'src/store/ticket-documents.ts',
    find: 'const result = await commitOnce(store, ticket.id, ops);',
    replace:
      "const result = await commitOnce(store, ticket.id, ops.slice(0, -1));\n  if (result.ok) await store.commit('tickets', ticket.id, ops.slice(-1));",
    test: run('a kill right after the first write'),
  },
  {
    name: 'carries out the effects of one ticket in any order',
    file: RELAY,
    find: 'Map.groupBy(entries, (entry) => entry.ticketId)',
    replace: 'Map.groupBy(entries, (entry) => entry)',
    test: relay('are carried out in their order'),
  },
  {
    name: 'gives the same mail a new key each time it is put in',
    file: DELIVERIES,
    find: 'return `mail:${job.mail.ticketId}:${job.mail.rev}`',
    replace: 'return `mail:${job.mail.ticketId}:${Math.random()}`',
    test: relay('at any point loses nothing'),
  },
  {
    name: 'tells another ticket after the outbox entry is forgotten',
    file: RELAY,
    find: '  for (const effect of entry.effects) await apply(parts, entry, effect);\n  await parts.tickets.discharge(entry);',
    replace:
      "  for (const effect of entry.effects) if (effect.kind !== 'command') await apply(parts, entry, effect);\n  await parts.tickets.discharge(entry);\n  for (const effect of entry.effects) if (effect.kind === 'command') await apply(parts, entry, effect);",
    test: relay('leaves the other ticket told once'),
  },
  {
    name: 'forgets a timer before it has fired',
    file: 'src/application/sweeper.ts',
    find: '  const fired = await attempt(parts, timer, now);\n',
    replace: '  await parts.timers.forget(timer);\n  const fired = await attempt(parts, timer, now);\n',
    test: { file: 'test/application/sweeper.test.ts', name: 'is said, stays, and is tried again' },
  },
  {
    name: 'forgets a timer that was set anew meanwhile',
    file: 'src/store/timer-documents.ts',
    find: "{ op: 'delete', id: subject, ifMatch: etag }",
    replace: "{ op: 'delete', id: subject }",
    test: { file: 'test/store/timer-documents.test.ts', name: 'is neither forgotten nor postponed' },
  },
];

const delivery: readonly Omit<Mutation, 'behaviour'>[] = [
  {
    name: 'settles before it has sent',
    file: DELIVER,
    find: '  try {\n    await send(parts, leased.job);',
    replace: '  await parts.deliveries.settle(leased);\n  try {\n    await send(parts, leased.job);',
    test: deliver('is settled only after it went out'),
  },
  {
    name: 'sends every version of a card',
    file: DELIVERIES,
    find: 'return `card:${job.ticketId}:${job.slot}`;',
    replace: 'return `card:${job.ticketId}:${job.slot}:${job.rev}`;',
    test: deliver('that changed five times'),
  },
  {
    name: 'sends a newer card while the older one is on its way',
    file: DELIVERIES,
    find: "known?.state === 'pending' ? { dueAt: known.dueAt, attempts: known.attempts } : { dueAt: at, attempts: 0 }",
    replace: '{ dueAt: at, attempts: 0 }',
    test: deliver('never at the same time'),
  },
  {
    name: 'sends without a lease',
    file: DELIVER,
    find: 'const leased = await parts.deliveries.lease(due, inMs(parts, LEASE_MS));',
    replace: 'const leased: Delivery | undefined = due;',
    test: deliver('has one worker at a time'),
  },
  {
    name: 'ends the lease of another worker',
    file: DELIVERIES,
    find: ' || known.attempts !== delivery.attempts) return;',
    replace: ') return;',
    test: deliver('too slow for its lease'),
  },
  {
    name: 'does not wait as long as it was asked to',
    file: 'src/outbound/retry-timing.ts',
    find: 'askedFor ?? Math.min(',
    replace: 'Math.min(',
    test: deliver('waits as long as the other side asked'),
  },
  {
    name: 'never gives up',
    file: DELIVER,
    find: "known.outcome === 'retry' && delivery.attempts < MOST_ATTEMPTS",
    replace: "known.outcome === 'retry'",
    test: deliver('is given up after three days of attempts'),
  },
  {
    name: 'gives up before it tells a person',
    file: DELIVER,
    find: '  await giveNotice(parts, delivery, known.message);\n  await parts.deliveries.bury(delivery, known.message);',
    replace:
      '  await parts.deliveries.bury(delivery, known.message);\n  await giveNotice(parts, delivery, known.message);',
    test: deliver('never given up in silence'),
  },
  {
    name: 'sends mail under a Message-ID that is not its own',
    file: 'src/outbound/graph/mail-sender.ts',
    find: 'const internetMessageId = messageIds.of(mail.ticketId, mail.rev, mailbox);',
    replace: 'const internetMessageId = `<${Math.random()}@desk.example>`;',
    test: { file: 'test/outbound/graph/mail-sender.int.test.ts', name: 'under our own Message-ID' },
  },
];

export const effectMutations: readonly Mutation[] = [
  ...effects.map((each) => ({ ...each, behaviour: '1.4 effects in the batch, carried out by the relay' })),
  ...delivery.map((each) => ({ ...each, behaviour: '1.5 delivery worker' })),
];
