import type { EnvelopeRow } from '../domain/envelope.ts';
import type { EventOf } from '../domain/events.ts';
import type { ListedEnvelope, ListedTask } from '../domain/effects.ts';
import type { Ticket } from '../domain/ticket.ts';
import { entryOf } from '../domain/timeline.ts';
import type { PersonId, TeamId, TicketId } from '../domain/values.ts';
import type { Directory } from './ports/directory.ts';
import type { QueueLists, RowPage } from './ports/queue-lists.ts';
import type { EnvelopeStory } from './ports/stories.ts';
import type { TicketStore } from './ports/ticket-store.ts';
import { placeInLine, workInProgress } from './work-in-progress.ts';

export interface EnvelopeQueries {
  envelope(id: TicketId, seq: number): Promise<EnvelopeStory | undefined>;
  /** What someone helps with or is asked for: theirs first. */
  envelopesOf(person: PersonId): Promise<readonly ListedEnvelope[]>;
  helpQueue(team: TeamId, continuation?: string): Promise<RowPage<ListedEnvelope>>;
  tasksOf(person: PersonId, continuation?: string): Promise<RowPage<ListedTask>>;
}

export interface EnvelopeQueryParts {
  readonly tickets: Pick<TicketStore, 'load' | 'history'>;
  readonly queues: Pick<QueueLists, 'envelopes' | 'tasks'>;
  readonly directory: Pick<Directory, 'team'>;
}

const PAGE = 10;
const LONGEST_LIST = 30;
const STORY = 50;

const more = (continuation: string | undefined): { continuation?: string } =>
  continuation === undefined ? {} : { continuation };

export const envelopeQueries = (parts: EnvelopeQueryParts): EnvelopeQueries => ({
  envelope: (id, seq) => storyOf(parts, id, seq),
  envelopesOf: async (person) => {
    const pages = await Promise.all(
      (['open', 'waiting'] as const).map((bucket) =>
        parts.queues.envelopes({ expert: person }, { bucket, limit: LONGEST_LIST }),
      ),
    );
    return pages.flatMap(({ rows }) => rows);
  },
  helpQueue: (team, continuation) =>
    parts.queues.envelopes({ helping: team }, { bucket: 'waiting', limit: PAGE, ...more(continuation) }),
  tasksOf: (person, continuation) => parts.queues.tasks(person, { bucket: 'open', limit: PAGE, ...more(continuation) }),
});

type Asked = EventOf<'EnvelopeRequested' | 'EnvelopeEdited'>;

const eventAt = async ({ tickets }: EnvelopeQueryParts, id: TicketId, rev: number) =>
  (await tickets.history(id, { limit: 1, before: rev + 1 }))[0]?.event;

const storyOf = async (parts: EnvelopeQueryParts, id: TicketId, seq: number): Promise<EnvelopeStory | undefined> => {
  const ticket = (await parts.tickets.load(id))?.ticket;
  const row = ticket?.envelopes?.find((each) => each.seq === seq);
  if (!ticket || !row) return undefined;
  const [asked, answered, recorded] = await Promise.all([
    eventAt(parts, id, row.contractRev),
    row.resultRev === undefined ? undefined : eventAt(parts, id, row.resultRev),
    parts.tickets.history(id, { limit: STORY }),
  ]);
  const { question = '', stepsTried, doneWhen, dueAt, skills } = (asked ?? {}) as Partial<Asked>;
  return {
    ticket,
    row,
    contract: {
      question,
      ...(stepsTried === undefined ? {} : { stepsTried }),
      ...(doneWhen === undefined ? {} : { doneWhen }),
      ...(dueAt === undefined ? {} : { dueAt }),
      ...(skills === undefined ? {} : { skills }),
    },
    entries: recorded.map(entryOf).filter(({ envelope }) => envelope === seq),
    ...(answered?.type === 'EnvelopeCompleted' ? { result: answered.text } : {}),
    ...(row.state === 'requested' ? await lineOf(parts, { ticket, row }) : {}),
  };
};

/** Only where the team has its hands full: then it waits, and shows how long the line is. A P1 goes before all others. */
const lineOf = async (
  parts: EnvelopeQueryParts,
  { ticket, row }: { readonly ticket: Ticket; readonly row: EnvelopeRow },
): Promise<Pick<EnvelopeStory, 'place' | 'wip'>> => {
  const wip = await workInProgress(parts, row.teamId);
  if (!wip || wip.active < wip.limit || ticket.priority === 'P1') return {};
  const place = await placeInLine(parts, row.teamId, { ticketId: ticket.id, seq: row.seq });
  return { wip, ...(place === undefined ? {} : { place }) };
};
