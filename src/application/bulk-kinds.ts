import { isRefusal, type RefusalCode } from '../domain/refusals.ts';
import type { TransferProposal } from '../domain/ownership-commands.ts';
import type { CancelReason } from '../domain/ticket.ts';
import {
  type Instant,
  millisecondsOf,
  type PersonActor,
  type PersonId,
  type PersonRef,
  type TicketRef,
} from '../domain/values.ts';
import type { JobKind } from './job-orders.ts';
import { itemCommand, type Job, type JobItem } from './ports/jobs.ts';
import type { CommandOutcome } from './run-command.ts';
import type { TicketService } from './ticket-service.ts';

/** What a bulk act does to each ticket; each is the same command a person would give on its card. */

export interface CancelAll {
  readonly reason: Exclude<CancelReason, 'merged' | 'duplicate'>;
}
export interface LinkAll {
  readonly parent: string;
}
export interface AnswerAll {
  readonly text: string;
}
export interface TellChildren {
  readonly text: string;
  readonly parent: TicketRef;
}
/** A leaver's case: who goes, who takes over, who proposed it. Whoever confirmed it is the job's `by`. */
export interface MoveLeaver {
  readonly owner: PersonRef;
  readonly takers: readonly PersonId[];
  readonly proposal: Omit<TransferProposal, 'to'> & { readonly by: PersonActor };
}

/** An item of a child: its customer is told by this one, or was told by another. */
export const MAILED = 'mail';

const outcome = (result: CommandOutcome): 'done' | RefusalCode => (isRefusal(result) ? result.refused : 'done');

const paramsOf = <Params>(job: Job): Params => job.params as unknown as Params;

const DAY = 86_400_000;

const said = (job: Job, { key }: JobItem) => ({
  type: key === MAILED ? ('reply' as const) : ('note' as const),
  text: paramsOf<AnswerAll>(job).text,
});

/** How long after its end a bulk act can be undone, in milliseconds; none: what was sent is sent. */
const UNDO_WITHIN: Readonly<Record<string, number>> = { accept: 30_000, cancel: 7 * DAY, link: 7 * DAY };

const undoWithin = (kind: string): number => UNDO_WITHIN[kind] ?? 0;

export const canBeUndone = ({ kind, state, endedAt }: Job, now: Instant): boolean =>
  state === 'done' && endedAt !== undefined && millisecondsOf(now) - millisecondsOf(endedAt) < undoWithin(kind);

export const bulkKinds = (service: TicketService): Readonly<Record<string, JobKind>> => {
  const frame = (job: Job, item: JobItem) => ({ by: job.by, id: itemCommand(job, item) });
  const act = async (item: JobItem, ask: Parameters<TicketService['act']>[1]) =>
    outcome(await service.act(item.ticketId, ask));
  return {
    /** Each is reserved as by a tap, so that the undo works as it does on a card. */
    accept: {
      run: (job, item) => act(item, { ...frame(job, item), type: 'reserve' }),
      undo: (job, item) => act(item, { ...frame(job, item), type: 'undo-reserve' }),
      undoWithinMs: undoWithin('accept'),
      startsAfterMs: 0,
    },
    cancel: {
      run: (job, item) => act(item, { ...frame(job, item), type: 'cancel', reason: paramsOf<CancelAll>(job).reason }),
      undo: (job, item) => act(item, { ...frame(job, item), type: 'undo-cancel' }),
      undoWithinMs: undoWithin('cancel'),
      startsAfterMs: 0,
    },
    link: {
      run: (job, item) => act(item, { ...frame(job, item), type: 'link-to', number: paramsOf<LinkAll>(job).parent }),
      undo: (job, item) => act(item, { ...frame(job, item), type: 'unlink' }),
      undoWithinMs: undoWithin('link'),
      startsAfterMs: 0,
    },
    /** A customer reads it once; on their other tickets it is noted. What is sent is sent: it can be taken back before it begins. */
    answer: {
      run: (job, item) => act(item, { ...frame(job, item), ...said(job, item) }),
      undoWithinMs: 0,
    },
    'tell-children': {
      run: (job, item) => {
        const { text, parent } = paramsOf<TellChildren>(job);
        return act(item, { ...frame(job, item), type: 'parent-update', text, parent, mail: item.key === MAILED });
      },
      undoWithinMs: 0,
      startsAfterMs: 0,
    },
    leaver: { run: (job, item) => moved(service, job, item), undoWithinMs: 0, startsAfterMs: 0 },
  };
};

/** Spread over those who take over, the same for each ticket whenever it is asked. */
const takerOf = (takers: readonly PersonId[], { ticketId }: JobItem): PersonId | undefined =>
  takers[Number.parseInt(ticketId.slice(0, 8), 16) % Math.max(1, takers.length)];

const moved = async (service: TicketService, job: Job, item: JobItem): Promise<'done' | 'skipped' | RefusalCode> => {
  const { owner, takers, proposal } = paramsOf<MoveLeaver>(job);
  const taker = takerOf(takers, item);
  if (taker === undefined) return 'person-unknown';
  const result = outcome(
    await service.act(item.ticketId, {
      by: job.by,
      id: itemCommand(job, item),
      type: 'transfer',
      owner,
      proposal: { ...proposal, to: { id: taker, name: '' } },
    }),
  );
  return result === 'owner-is-set' ? 'skipped' : result;
};
