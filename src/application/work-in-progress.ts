import type { TeamId } from '../domain/values.ts';
import type { Directory } from './ports/directory.ts';
import type { QueueLists } from './ports/queue-lists.ts';

export interface WorkInProgressParts {
  readonly directory: Pick<Directory, 'team'>;
  readonly queues: Pick<QueueLists, 'envelopes'>;
}

/** How many envelopes a team has in hand, and its limit; undefined where it has none. The lists are a moment behind. */
export const workInProgress = async (
  { directory, queues }: WorkInProgressParts,
  team: TeamId,
): Promise<{ readonly active: number; readonly limit: number } | undefined> => {
  const limit = directory.team(team)?.wipLimit;
  if (limit === undefined) return undefined;
  const { rows } = await queues.envelopes({ helping: team }, { bucket: 'open', limit: Math.min(100, limit + 1) });
  return { active: rows.length, limit };
};

/** Where an envelope stands in its team's line, from 1: the most urgent first. Undefined beyond the first hundred. */
export const placeInLine = async (
  { queues }: Pick<WorkInProgressParts, 'queues'>,
  team: TeamId,
  { ticketId, seq }: { readonly ticketId: string; readonly seq: number },
): Promise<number | undefined> => {
  const { rows } = await queues.envelopes({ helping: team }, { bucket: 'waiting', limit: 100 });
  const place = rows.findIndex((row) => row.ticketId === ticketId && row.seq === seq);
  return place === -1 ? undefined : place + 1;
};
