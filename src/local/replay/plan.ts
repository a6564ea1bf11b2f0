import type { Level } from '../../domain/values.ts';
import { isEnded, type Phase, PHASES, waysTo } from './phases.ts';
import type { LogRow } from './read-log.ts';
import { type Deed, type Step, UNKNOWN_AGENT } from './steps.ts';

/** All rows of one incident in the order of the file. */
export interface Incident {
  readonly number: string;
  readonly rows: readonly LogRow[];
}

/** Every name in the log once, each incident in the order in which it first appears. */
export const incidentsOf = (rows: readonly LogRow[]): readonly Incident[] =>
  [...Map.groupBy(rows, ({ number }) => number)].map(([number, own]) => ({ number, rows: own }));

const isAssigned = ({ rows }: Incident): boolean => rows.some(({ assignee }) => assignee !== undefined);

interface Asked {
  readonly envelope: number;
  readonly group?: string;
  readonly helper?: string;
}

/** What the plan knows so far of one incident. */
interface Sofar {
  readonly incident: Incident;
  readonly deeds: Deed[];
  phase: Phase;
  owner?: string;
  /** The last one the log named as assignee. */
  holder?: string;
  group?: string;
  reopens: number;
  impact?: Level;
  urgency?: Level;
  /** Envelopes without an answer. */
  asked: readonly Asked[];
  envelopes: number;
}

/** The steps of one incident; a row that is dated before the row above it happens at the time of that one. */
export const planOf = (incident: Incident): readonly Step[] => {
  const [first] = incident.rows;
  if (!first) return [];
  const { number } = incident;
  const sofar: Sofar = { incident, deeds: [], phase: 'working', reopens: first.reopens, asked: [], envelopes: 0 };
  let at = first.openedAt === undefined || first.openedAt > first.updatedAt ? first.updatedAt : first.openedAt;
  const steps: Step[] = [{ ...opening(first), at, incident: number }];
  if (first.group !== undefined) sofar.group = first.group;
  for (const row of incident.rows) {
    if (row.updatedAt > at) at = row.updatedAt;
    follow(sofar, row);
    for (const deed of sofar.deeds.splice(0)) steps.push({ ...deed, at, incident: number });
  }
  return steps;
};

const opening = ({ number, group, caller, about }: LogRow): Deed => ({
  do: 'open',
  caller: caller ?? 'Unknown caller',
  about: about === '' ? number : about,
  ...(group === undefined ? {} : { group }),
});

const follow = (sofar: Sofar, row: LogRow): void => {
  answers(sofar, row);
  acceptance(sofar, row);
  reopening(sofar, row);
  assignment(sofar, row);
  triage(sofar, row);
  if (sofar.owner !== undefined) state(sofar, row);
};

/** A helper has answered when a further row stands under their name. */
const answers = (sofar: Sofar, { assignee }: LogRow): void => {
  const [answered, open] = parted(sofar.asked, ({ helper }) => helper !== undefined && helper === assignee);
  for (const { envelope, helper = '' } of answered) sofar.deeds.push({ do: 'answer', helper, envelope });
  sofar.asked = open;
};

const parted = <T>(all: readonly T[], is: (each: T) => boolean): readonly [readonly T[], readonly T[]] => [
  all.filter(is),
  all.filter((each) => !is(each)),
];

/** The first assignee accepts. Work that is seen before anyone is named is the unknown agent's; without any name it stays new. */
const acceptance = (sofar: Sofar, row: LogRow): void => {
  if (sofar.owner !== undefined) return;
  const unnamed = row.state === 'New' || !isAssigned(sofar.incident) ? undefined : UNKNOWN_AGENT;
  const agent = row.assignee ?? unnamed;
  if (row.group !== undefined && row.group !== sofar.group) sofar.deeds.push({ do: 'route', group: row.group });
  if (row.group !== undefined) sofar.group = row.group;
  if (agent === undefined) return;
  sofar.owner = agent;
  sofar.holder = agent;
  sofar.deeds.push({ do: 'accept', agent });
};

const reopening = (sofar: Sofar, { reopens, state }: LogRow): void => {
  const counted = reopens > sofar.reopens;
  sofar.reopens = reopens;
  if (sofar.owner === undefined) return;
  const atWork = state !== 'New' && state !== 'Resolved' && state !== 'Closed';
  if (!counted && !(isEnded(sofar.phase) && atWork)) return;
  sofar.deeds.push({ do: 'reopen' });
  sofar.phase = 'working';
};

/** Every hand-over after the accept: to a person where the log names one, else to the group. */
const assignment = (sofar: Sofar, { assignee, group }: LogRow): void => {
  if (sofar.owner === undefined) return;
  const moved = group !== undefined && group !== sofar.group ? group : undefined;
  if (group !== undefined) sofar.group = group;
  if (assignee !== undefined && assignee !== sofar.holder) {
    sofar.holder = assignee;
    sofar.deeds.push(assignee === sofar.owner ? { do: 'hand-back' } : handOver(sofar, assignee));
  } else if (moved !== undefined) sofar.deeds.push(assignee === undefined ? handToGroup(sofar, moved) : move(moved));
};

const move = (group: string): Deed => ({ do: 'move', group });

/** An ended ticket needs no help, so nobody is asked. */
const handToGroup = (sofar: Sofar, group: string): Deed => {
  if (isEnded(sofar.phase)) return move(group);
  const envelope = (sofar.envelopes += 1);
  sofar.asked = [...sofar.asked, { envelope, group }];
  return { do: 'hand-to-group', group, envelope };
};

const handOver = (sofar: Sofar, to: string): Deed => {
  if (isEnded(sofar.phase)) return { do: 'hand-over', to };
  const waiting = sofar.asked.find(({ group, helper }) => helper === undefined && group === sofar.group);
  const envelope = waiting?.envelope ?? (sofar.envelopes += 1);
  sofar.asked = [...sofar.asked.filter((each) => each !== waiting), { envelope, helper: to }];
  return { do: 'hand-over', to, envelope, ...(waiting ? { asked: true } : {}) };
};

const triage = (sofar: Sofar, { impact, urgency }: LogRow): void => {
  const changed = {
    ...(impact !== undefined && impact !== sofar.impact ? { impact } : {}),
    ...(urgency !== undefined && urgency !== sofar.urgency ? { urgency } : {}),
  };
  if (Object.keys(changed).length === 0) return;
  Object.assign(sofar, changed);
  sofar.deeds.push({ do: 'triage', ...changed });
};

/** To the state of the row. An ended ticket leaves it by reopening only. */
const state = (sofar: Sofar, row: LogRow): void => {
  const { phase } = sofar;
  const next = row.state === 'New' ? phase : PHASES[row.state];
  if (next === phase || (isEnded(phase) && next !== 'closed')) return;
  if (isEnded(next) && !isEnded(phase)) endings(sofar, row);
  sofar.deeds.push(...waysTo(phase, next));
  sofar.phase = next;
};

/** Nothing stays open when it is resolved: whoever stands in the resolving row has answered, the others are let go. */
const endings = (sofar: Sofar, row: LogRow): void => {
  answers(sofar, row);
  for (const { envelope } of sofar.asked) sofar.deeds.push({ do: 'withdraw', envelope });
  sofar.asked = [];
};
