import type { Mutation } from './mutation.ts';

const RUN = 'src/application/run-command.ts';
const TICKETS = 'src/store/ticket-documents.ts';
const run = (name: string): Mutation['test'] => ({ file: 'test/application/run-command.test.ts', name });

const oneWritePath: readonly Omit<Mutation, 'behaviour'>[] = [
  {
    name: 'writes at the newest version instead of the one it decided on',
    file: RUN,
    find: '...(loaded ? { etag: loaded.etag } : {}),',
    replace: "...(loaded ? { etag: (await parts.tickets.load(loaded.ticket.id))?.etag ?? '' } : {}),",
    test: run('what was decided on the old state is not written'),
  },
  {
    name: 'does not decide again when someone was faster',
    file: RUN,
    find: 'const TRIES = 4;',
    replace: 'const TRIES = 1;',
    test: run('two accept'),
  },
  {
    name: 'decides again for ever',
    file: RUN,
    find: 'const TRIES = 4;',
    replace: 'const TRIES = 40;',
    test: run('somebody is always faster'),
  },
  {
    name: 'lets the second accept, too',
    file: 'src/domain/ownership.ts',
    find: "  if (owner) return refuse('owner-is-set', { owner });\n  return allows(ticket, 'accept') ? heldFor(ticket, by) : notNow(ticket);",
    replace: '  return owner ? undefined : undefined;',
    test: run('two accept'),
  },
  {
    name: 'applies a command id again',
    file: TICKETS,
    find: "{ op: 'create', doc: versioned(markerOf(commit.commandId), {}), ttlSeconds: MARKER_SECONDS },",
    replace: "{ op: 'create', doc: versioned(`m:${Math.random()}`, {}), ttlSeconds: MARKER_SECONDS },",
    test: { file: 'test/store/ticket-documents.test.ts', name: 'is applied once' },
  },
  {
    name: 'refuses a command because of what the same command has made',
    file: RUN,
    find: 'return loaded ? unlessApplied(parts.tickets, loaded.ticket.id, { command, refusal }) : refusal;',
    replace: 'return refusal;',
    test: run('that comes twice is applied once'),
  },
  {
    name: 'tells a person of a fault where a lost answer can be found out',
    file: TICKETS,
    find: "fault.kind === 'unknownOutcome'",
    replace: "fault.kind === 'throttled'",
    test: run('whose answer got lost'),
  },
  {
    name: 'believes who says that they act in the owner’s place',
    file: RUN,
    find: 'const { actingFor: _claimed, ...by } = command.by;',
    replace: 'const by = command.by;',
    test: run('is no caller’s word'),
  },
  {
    name: 'forgets an attempt to change an owner',
    file: RUN,
    find: 'if (refusal && events.length === 0)',
    replace: 'if (refusal)',
    test: run('is written like any act, and told as a refusal'),
  },
];

const theTicketIsTheAggregate: readonly Omit<Mutation, 'behaviour'>[] = [
  {
    name: 'keeps prose in the ticket document',
    file: 'src/domain/evolve.ts',
    find: 'const answered = (ticket: Ticket, event: CustomerAnswered | NoteAdded): Record<string, unknown> => ({',
    replace:
      'const answered = (ticket: Ticket, event: CustomerAnswered | NoteAdded): Record<string, unknown> => ({ lastAnswer: event.text,',
    test: run('the ticket document has facts only'),
  },
  {
    name: 'writes a second kind of document about the case',
    file: TICKETS,
    find: "    { op: 'create', doc: versioned(`ob:${revText(ticket.rev)}`, { rev: ticket.rev, effects }) },",
    replace:
      "    { op: 'create', doc: versioned(`env:${ticket.rev}`, {}) }, { op: 'create', doc: versioned(`ob:${revText(ticket.rev)}`, { rev: ticket.rev, effects }) },",
    test: run('no other kind'),
  },
  {
    name: 'writes only the last event of a command',
    file: TICKETS,
    find: '...recorded.map(({ rev, event }): WriteOp => ({',
    replace: '...recorded.slice(-1).map(({ rev, event }): WriteOp => ({',
    test: { file: 'test/store/ticket-documents.test.ts', name: 'is the fold of its kept events' },
  },
  {
    name: 'changes the ticket beside its events',
    file: RUN,
    find: 'return { after, recorded };',
    replace: 'return { after: after && ({ ...after, reopenCount: after.reopenCount + 1 } as Ticket), recorded };',
    test: run('the ticket document has facts only'),
  },
];

export const writePathMutations: readonly Mutation[] = [
  ...oneWritePath.map((each) => ({ ...each, behaviour: '1.1 one write path' })),
  ...theTicketIsTheAggregate.map((each) => ({ ...each, behaviour: '1.2 the ticket document is the aggregate' })),
];
