import type { Replayed } from './replay.ts';

/** Whether the replay shows what must never be: an owner who changed, or a hand-over that was not refused. */
export const isBroken = ({ audit, tally }: Replayed): boolean =>
  audit.ownerChanges > 0 || audit.otherOwner.length > 0 || tally.handOvers.amiss > 0 || tally.logged.size > 0;

type Line = readonly [what: string, figure: string | number];

/** The result as two columns of plain text. */
export const tableOf = (replayed: Replayed): string =>
  [
    ...sized([...ofTheLog(replayed), ...ofOwners(replayed), ...ofHandOvers(replayed)]),
    ...section('Refused commands', sorted(replayed.tally.refused)),
    ...section('Tickets at the end', sorted(replayed.audit.status)),
    ...section('Median times', medians(replayed)),
    ...section('Speed', speed(replayed)),
    ...section('Faults and warnings', sorted(replayed.tally.logged)),
    ...section(
      'Malformed rows, skipped',
      replayed.log.malformed.map(({ line, why }): Line => [`line ${line}`, why]),
    ),
    ...section(
      'Another owner than the log’s first',
      replayed.audit.otherOwner.map((incident): Line => [incident, '']),
    ),
  ].join('\n');

const ofTheLog = ({ log, incidents, neverAssigned, byUnknown, reassignments }: Replayed): readonly Line[] => [
  ['Incidents', incidents],
  ['  never assigned, stay new', neverAssigned.length],
  ['  accepted by the unknown agent', byUnknown],
  ['Rows', log.rows.length],
  ['Malformed rows', log.malformed.length],
  ['Reassignments in the log', reassignments],
];

const ofOwners = ({ audit, tally }: Replayed): readonly Line[] => [
  ['Commands sent', tally.commands],
  ['Faults and warnings of the desk', [...tally.logged.values()].reduce((sum, each) => sum + each, 0)],
  ['Events in the store', audit.events],
  ['Tickets with an owner', audit.owned],
  ['Owner changes here', audit.ownerChanges],
  ['  another owner stored than the log’s first', audit.otherOwner.length],
];

const ofHandOvers = ({ audit, tally: { handOvers, envelopes, ...tally } }: Replayed): readonly Line[] => [
  ['Hand-overs after the accept', handOvers.people + handOvers.groups],
  ['  to a person, as a plain assignment', handOvers.people],
  ['  to a group, as a route', handOvers.groups],
  ['  not answered as they must be', handOvers.amiss],
  ['  of ended tickets: no help to offer', tally.afterTheEnd],
  ['Handed back to the owner', tally.handedBack],
  ['Moved between teams before the accept', audit.byType.get('TicketRouted') ?? 0],
  ['Envelopes', audit.byType.get('EnvelopeRequested') ?? 0],
  ['  offered by the refusal', envelopes.offered],
  ['  asked of a group', envelopes.ofGroups],
  ['  of these taken by the next assignee', envelopes.taken],
  ['  answered', audit.byType.get('EnvelopeCompleted') ?? 0],
  ['  withdrawn', audit.byType.get('EnvelopeWithdrawn') ?? 0],
  ['Closed by the desk’s clock before the log', tally.closedByTheClock],
  ['Steps left out, their envelope was refused', tally.leftOut],
];

const medians = ({ audit }: Replayed): readonly Line[] => [
  ['from opening to the accept', lasted(audit.toAccept)],
  ['from opening to the first resolve', lasted(audit.toResolve)],
  ['from an envelope to its answer', lasted(audit.toAnswer)],
];

const speed = ({ audit, tally, seconds }: Replayed): readonly Line[] => [
  ['playing, with all effects', `${seconds.toFixed(1)} s`],
  ['events per second', Math.round(audit.events / seconds)],
  ['median of a command', `${median(tally.took).toFixed(1)} ms`],
];

/** The lower of the two in the middle, so that it is a figure that was measured; not a number where there is none. */
const median = (figures: readonly number[]): number =>
  [...figures].sort((a, b) => a - b)[Math.floor((figures.length - 1) / 2)] ?? Number.NaN;

/** The median of durations in the log's time, and of how many it is. */
const lasted = (durations: readonly number[]): string => {
  if (durations.length === 0) return 'none';
  const minutes = median(durations) / 60_000;
  const shown = minutes < 120 ? `${Math.round(minutes)} min` : `${(minutes / 60).toFixed(1)} h`;
  return `${shown} (of ${durations.length})`;
};

const sorted = (counts: ReadonlyMap<string, number>): readonly Line[] => [...counts].sort(([, a], [, b]) => b - a);

/** Left out where there is nothing to say. */
const section = (title: string, lines: readonly Line[]): readonly string[] =>
  lines.length === 0 ? [] : ['', title, ...sized(lines.map(([what, figure]) => [`  ${what}`, figure]))];

const WIDTH = 46;

const sized = (lines: readonly Line[]): readonly string[] =>
  lines.map(([what, figure]) => `${what.padEnd(WIDTH)}${figure}`.trimEnd());
