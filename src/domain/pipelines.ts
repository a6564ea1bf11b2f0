import type { Status } from './ticket.ts';

export type StageState = 'open' | 'closed';

/** A stage of a pipeline, with the statuses of the ticket that stand in it. */
export interface Stage {
  readonly id: string;
  readonly state: StageState;
  readonly statuses: readonly Status[];
}

/** The way of an object from arrival to its end, in ordered stages. */
export interface Pipeline {
  readonly id: string;
  readonly stages: readonly Stage[];
}

/** Whether work on the ticket goes on in this status. */
const STATE: Readonly<Record<Status, StageState>> = {
  new: 'open',
  in_progress: 'open',
  pending_customer: 'open',
  pending_vendor: 'open',
  pending_change: 'open',
  resolved: 'closed',
  closed: 'closed',
  cancelled: 'closed',
};
const STATUSES = Object.keys(STATE) as Status[];

/** The built-in pipeline: a stage for each status. */
export const TICKET_PIPELINE: Pipeline = {
  id: 'ticket',
  stages: STATUSES.map((status) => ({ id: status, state: STATE[status], statuses: [status] })),
};

/** Where a ticket of this status stands; every status has its stage in a pipeline that passed checkPipeline. */
export const stageOf = ({ stages }: Pipeline, status: Status): Stage | undefined =>
  stages.find(({ statuses }) => statuses.includes(status));

export type PipelineFault =
  | { readonly fault: 'stage-twice' | 'stage-mixes-open-and-closed'; readonly stage: string }
  | { readonly fault: 'status-without-stage' | 'status-in-two-stages'; readonly status: Status };

/** Everything that is wrong with a pipeline, at once. */
export const checkPipeline = ({ stages }: Pipeline): readonly PipelineFault[] => [
  ...stages
    .filter(({ id }, index) => stages.findIndex((each) => each.id === id) < index)
    .map(({ id }) => ({ fault: 'stage-twice', stage: id }) as const),
  ...stages
    .filter(({ state, statuses }) => statuses.some((status) => STATE[status] !== state))
    .map(({ id }) => ({ fault: 'stage-mixes-open-and-closed', stage: id }) as const),
  ...STATUSES.flatMap((status): PipelineFault[] => {
    const standsIn = stages.filter(({ statuses }) => statuses.includes(status)).length;
    if (standsIn === 1) return [];
    return [{ fault: standsIn === 0 ? 'status-without-stage' : 'status-in-two-stages', status }];
  }),
];
