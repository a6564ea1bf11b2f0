import type { CommandOutcome } from '../../application/run-command.ts';
import { isRefusal } from '../../domain/refusals.ts';

/** What happened while playing. Figures only: nothing here is known before it was seen. */
export interface Tally {
  commands: number;
  /** By `command: code`. */
  readonly refused: Map<string, number>;
  /** Milliseconds of each command, real time. */
  readonly took: number[];
  /** Plain assignments and moves to groups sent after the accept; `amiss`: not refused with the envelope that helps. */
  handOvers: { people: number; groups: number; amiss: number };
  /** Sent as the refusal offered them; sent to a group whose refusal offers none; taken by somebody of the group. */
  envelopes: { offered: number; ofGroups: number; taken: number };
  /** Refused hand-overs of tickets that had ended: no help is offered for them. */
  afterTheEnd: number;
  handedBack: number;
  closedByTheClock: number;
  /** Steps on an envelope that was refused before. */
  leftOut: number;
  /** Faults and warnings of the log, by event. */
  readonly logged: Map<string, number>;
}

export const newTally = (): Tally => ({
  commands: 0,
  refused: new Map(),
  took: [],
  handOvers: { people: 0, groups: 0, amiss: 0 },
  envelopes: { offered: 0, ofGroups: 0, taken: 0 },
  afterTheEnd: 0,
  handedBack: 0,
  closedByTheClock: 0,
  leftOut: 0,
  logged: new Map(),
});

export const count = (counts: Map<string, number>, what: string): void => {
  counts.set(what, (counts.get(what) ?? 0) + 1);
};

/** Sends one command, and counts it and its refusal. */
export const timed = async (
  tally: Tally,
  command: string,
  send: () => Promise<CommandOutcome>,
): Promise<CommandOutcome> => {
  const began = performance.now();
  const outcome = await send();
  tally.took.push(performance.now() - began);
  tally.commands += 1;
  if (isRefusal(outcome)) count(tally.refused, `${command}: ${outcome.refused}`);
  return outcome;
};
