import { isOverdue } from '../domain/task.ts';
import type { Ticket } from '../domain/ticket.ts';
import { type Instant, oneLine, type TicketId, type TicketNumber } from '../domain/values.ts';
import { type FormParts, plainButton, textForm } from './answer-forms.ts';
import type { CardDetail } from './card-detail.ts';
import { button, type Element, row, section } from './elements.ts';
import { clockTime, linesOf, when } from './text.ts';
import type { May, Reader } from './ticket-acts.ts';
import type { Words } from './words/words.ts';

/** A solved ticket that is like this one, with what solved it. */
export interface SimilarSolved {
  readonly ticketId: TicketId;
  readonly number: TicketNumber;
  readonly subject: string;
  readonly answer: string;
}

interface Parts {
  readonly ticket: Ticket;
  readonly reader: Reader;
  readonly may: May;
  readonly words: Words;
  readonly detail: CardDetail;
}

const SHOWN_TASKS = 5;
const SHOWN_SIMILAR = 3;
const NAME = 80;

/** What waits for somebody's yes or no, each with its buttons. */
export const decisionsSection = (parts: Parts): readonly Element[] =>
  section('', [
    ...reservedRow(parts),
    ...offeredRow(parts),
    ...transferRow(parts),
    ...mergeRow(parts),
    ...majorRow(parts),
  ]);

const line = (text: string, actions: readonly Element[] = []): Element[] => [
  row({ lines: [[{ text, weight: 'Bolder', color: 'Accent' }]], actions }),
];

const reservedRow = ({ ticket, reader, words }: Parts): Element[] =>
  ticket.status === 'new' && ticket.reserved
    ? line(words.tell.reserved(oneLine(ticket.reserved.name, NAME), clockTime(ticket.reserved.until, reader)))
    : [];

const offeredRow = ({ ticket, reader, words }: Parts): Element[] => {
  if (ticket.status !== 'new' || !ticket.offered) return [];
  const { name, by, until } = ticket.offered;
  const said = words.tell.offered(oneLine(name, NAME), oneLine(by.name, NAME));
  return line(`${said} (${words.tell.offeredUntil(when(until, reader))})`);
};

const transferRow = ({ ticket, may, words }: Parts): Element[] => {
  if (!ticket.transfer) return [];
  const { card } = words;
  const { to, proposedBy } = ticket.transfer;
  const parts = { words, ticketId: ticket.id };
  const reject = { title: card.rejectTransfer, verb: 'reject-transfer', label: card.rejectWhy, field: 'rejectReason' };
  return line(words.tell.transfer(oneLine(to.name, NAME), oneLine(proposedBy.name, NAME)), [
    ...(may('confirm-transfer') ? [plainButton(parts, 'confirm-transfer', 'confirmTransfer')] : []),
    ...(may('reject-transfer') ? [textForm(parts, reject)] : []),
  ]);
};

const mergeRow = ({ ticket, may, words }: Parts): Element[] => {
  if (!ticket.mergeProposed) return [];
  const { card } = words;
  const { number, by } = ticket.mergeProposed;
  const parts = { words, ticketId: ticket.id };
  const refuse = { title: card.refuseMerge, verb: 'refuse-merge', label: card.refuseWhy, field: 'refuseReason' };
  return line(words.tell.mergeProposed(number, oneLine(by.name, NAME)), [
    ...(may('merge') ? [plainButton(parts, 'merge', 'agreeMerge')] : []),
    ...(may('refuse-merge') ? [textForm(parts, refuse)] : []),
  ]);
};

const majorRow = ({ ticket, reader, may, words }: Parts): Element[] => {
  if (!ticket.major) return [];
  const { card } = words;
  const { coordinator, nextUpdateAt } = ticket.major;
  const said = words.tell.major(oneLine(coordinator.name, NAME), when(nextUpdateAt, reader));
  const update = { title: card.majorUpdate, verb: 'major-update', label: card.majorText, field: 'majorText' };
  return line(
    `${words.facts.major}: ${said}`,
    may('major-update') ? [textForm({ words, ticketId: ticket.id }, update)] : [],
  );
};

/** Open to-dos; those whose day has passed come first and say so. */
export const tasksSection = (
  { ticket, reader, may, words, detail }: Parts,
  now: Instant | undefined,
): readonly Element[] => {
  const taskButton = (verb: 'finish-task' | 'cancel-task', word: 'done' | 'cancelTask', task: number): Element =>
    button({ title: words.card[word], verb, data: { ticketId: ticket.id, task } });
  const open = (ticket.tasks ?? []).filter(({ state }) => state === 'open');
  const sorted = [...open].sort((a, b) => ((a.dueAt ?? '~') < (b.dueAt ?? '~') ? -1 : 1));
  const rows = sorted.slice(0, Math.min(SHOWN_TASKS, detail.rows)).map((task) => {
    const late = now !== undefined && isOverdue(task, now);
    const due = task.dueAt === undefined ? '' : when(task.dueAt, reader);
    return row({
      lines: [
        [
          {
            text: `${oneLine(task.title, Math.min(120, detail.lineLength))} · ${oneLine(task.assignee.name, detail.names)}`,
          },
          ...(due && !late ? [{ text: ` · ${words.list.due(due)}`, isSubtle: true as const }] : []),
          ...(late ? [{ text: ` · ${words.tell.overdue(due)}`, color: 'Attention' }] : []),
        ],
      ],
      actions: [
        ...(may('finish-task') ? [taskButton('finish-task', 'done', task.seq)] : []),
        ...(may('cancel-task') && detail.besides ? [taskButton('cancel-task', 'cancelTask', task.seq)] : []),
      ],
    });
  });
  const more = open.length - rows.length;
  return section(words.card.tasks, [
    ...rows,
    ...(more > 0 ? [row({ lines: [[{ text: words.tell.more(more) }]] })] : []),
  ]);
};

/** What solved the same before; "Use this answer" puts it into the reply, where it is read before it is sent. */
export const similarSection = (
  { ticket, may, words, detail }: Parts,
  similar: readonly SimilarSolved[],
): readonly Element[] => {
  const answers = may('reply') || may('reply-resolve') || may('ask');
  const rows = similar.slice(0, detail.besides ? SHOWN_SIMILAR : 0).map((solved) =>
    row({
      lines: [
        [{ text: `${solved.number} · ${oneLine(solved.subject, 120) || words.noSubject}` }],
        ...linesOf(solved.answer, { lines: 3, lineLength: Math.min(160, detail.lineLength) }).map((text) => [
          { text, isSubtle: true as const, size: 'Small' as const },
        ]),
      ],
      opens: { title: words.list.open(solved.number), verb: 'open', data: { ticketId: solved.ticketId } },
      actions: answers
        ? [
            button({
              title: words.card.useAnswer,
              verb: 'use-answer',
              data: { ticketId: ticket.id, similarId: solved.ticketId },
            }),
          ]
        : [],
    }),
  );
  return section(words.card.similar, rows);
};

/** The one who is offered the ticket may say no, with a reason. */
export const declineOfferForm = ({ may, words, ticketId }: FormParts): Element[] =>
  may('decline-offer')
    ? [
        textForm(
          { words, ticketId },
          {
            title: words.card.declineOffer,
            verb: 'decline-offer',
            label: words.card.declineWhy,
            field: 'declineReason',
          },
        ),
      ]
    : [];
