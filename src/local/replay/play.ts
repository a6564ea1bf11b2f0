import type { Ask } from '../../application/ticket-service.ts';
import { isRefusal } from '../../domain/refusals.ts';
import { type Instant, instantOf, millisecondsOf, type PersonActor, type TicketId } from '../../domain/values.ts';
import { machineIdentity } from '../../outbound/machine.ts';
import { handOver, move, settleEnvelope } from './hand-overs.ts';
import { ReplayError } from './read-log.ts';
import { passes } from './passing-time.ts';
import { type Played, send, type Stage } from './stage.ts';
import type { Step } from './steps.ts';
import { timed } from './tally.ts';

const DAY = 86_400_000;
const FOLLOW_UP_DAYS = 7;

/**
 * Plays the steps of all incidents in the order of their time; the clock goes with them and never back. Between two moments of
 * the log the desk's own clock does what is due, each at its own moment; what the log does at a moment comes first. `finished`
 * hears how many incidents have had their last step. Answers the ticket of each incident.
 */
export const play = async (
  stage: Stage,
  plans: readonly (readonly Step[])[],
  finished: (incidents: number) => void = () => undefined,
): Promise<ReadonlyMap<string, TicketId>> => {
  const tickets = new Map<string, Played>();
  const last = new Set(plans.map((steps) => steps.at(-1)));
  let done = 0;
  for (const step of plans.flat().sort((a, b) => (a.at < b.at ? -1 : Number(a.at > b.at)))) {
    if (step.at > stage.clock.now()) await passes(stage, step.at);
    stage.clock.set(step.at);
    await perform(stage, tickets, step);
    if (last.has(step)) finished((done += 1));
  }
  await passes(stage, stage.clock.now());
  await stage.core.settle();
  await stage.core.relay.drain();
  return new Map([...tickets].map(([incident, { id }]) => [incident, id]));
};

const perform = async (stage: Stage, tickets: Map<string, Played>, step: Step): Promise<void> => {
  const ticket = tickets.get(step.incident);
  if (step.do === 'open') tickets.set(step.incident, await open(stage, step));
  else if (ticket) await follow(stage, ticket, step);
};

const open = async (
  { core, desk, tally }: Stage,
  { group, caller, about, incident }: Extract<Step, { do: 'open' }>,
): Promise<Played> => {
  const address = `${machineIdentity.named(`replay|caller|${caller}`)}@customer.example`;
  const outcome = await timed(tally, 'open', () =>
    core.service.openOnBehalf({
      by: desk.agent(),
      teamId: desk.team(group),
      caller: `${caller} <${address}>`,
      subject: `${incident}: ${about}`,
      text: about,
      from: `replay|${incident}`,
    }),
  );
  if (isRefusal(outcome)) throw new ReplayError(`${incident} could not be opened: ${outcome.refused}.`);
  return { incident, id: outcome.ticket.id, envelopes: new Map() };
};

const follow = async (stage: Stage, played: Played, step: Step): Promise<void> => {
  const by = played.owner ?? stage.desk.agent();
  switch (step.do) {
    case 'open':
      return;
    case 'accept':
      return accept(stage, played, stage.desk.agent(step.agent));
    case 'hand-over':
    case 'hand-back':
      return handOver(stage, played, step);
    case 'move':
    case 'hand-to-group':
      return move(stage, played, step);
    case 'answer':
    case 'withdraw':
      return settleEnvelope(stage, played, step);
    case 'close':
      return close(stage, played, by);
    case 'triage':
    case 'route':
    case 'pend':
    case 'ask':
    case 'resume':
    case 'resolve':
    case 'reopen':
      await send(stage, played, plainAsk(stage, step, by));
  }
};

type Plain = Extract<Step, { do: 'triage' | 'route' | 'pend' | 'ask' | 'resume' | 'resolve' | 'reopen' }>;

const plainAsk = ({ desk }: Stage, step: Plain, by: PersonActor): Ask => {
  switch (step.do) {
    case 'triage': {
      const { impact, urgency } = step;
      return { type: 'triage', by, ...(impact ? { impact } : {}), ...(urgency ? { urgency } : {}) };
    }
    case 'route':
      return { type: 'route', by, teamId: desk.team(step.group) };
    case 'pend':
      return { type: 'pend', by, for: step.for, followUpAt: daysAfter(step.at) };
    case 'ask':
      return { type: 'ask', by, text: 'The log waits for the user.' };
    case 'resume':
    case 'resolve':
    case 'reopen':
      return { type: step.do, by };
  }
};

const daysAfter = (at: Instant): Instant => instantOf(millisecondsOf(at) + FOLLOW_UP_DAYS * DAY);

const accept = async (stage: Stage, played: Played, by: PersonActor): Promise<void> => {
  const outcome = await send(stage, played, { type: 'accept', by });
  if (!isRefusal(outcome)) played.owner = by;
};

/** A resolved ticket closes by itself; where the desk was faster than the log there is nothing left to send. */
const close = async (stage: Stage, played: Played, by: PersonActor): Promise<void> => {
  const loaded = await stage.tickets.load(played.id);
  if (loaded?.ticket.status === 'closed') stage.tally.closedByTheClock += 1;
  else await send(stage, played, { type: 'close', by });
};
