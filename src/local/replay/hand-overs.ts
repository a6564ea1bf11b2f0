import type { Ask } from '../../application/ticket-service.ts';
import { isRefusal } from '../../domain/refusals.ts';
import type { PersonActor } from '../../domain/values.ts';
import { type Played, send, type Stage } from './stage.ts';
import type { Deed } from './steps.ts';

/** First as a plain assignment, through the door that every other desk has. */
export const handOver = async (
  stage: Stage,
  played: Played,
  step: Extract<Deed, { do: 'hand-over' | 'hand-back' }>,
): Promise<void> => {
  const { desk, tally } = stage;
  const by = played.owner ?? desk.agent();
  const to = step.do === 'hand-back' ? by : desk.agent(step.to);
  const outcome = await send(stage, played, { type: 'assign', door: 'replay', to: { id: to.id, name: to.name }, by });
  if (step.do === 'hand-back') {
    tally.handedBack += 1;
    if (isRefusal(outcome)) tally.handOvers.amiss += 1;
    return;
  }
  tally.handOvers.people += 1;
  const refusal = isRefusal(outcome) && outcome.refused === 'owner-stays' ? outcome : undefined;
  const ready = refusal?.ready;
  if (!refusal || (step.envelope !== undefined && ready?.expert?.id !== to.id)) tally.handOvers.amiss += 1;
  else if (step.envelope === undefined || !ready) tally.afterTheEnd += 1;
  else if (step.asked && (await take(stage, played, { envelope: step.envelope, by: to }))) tally.envelopes.taken += 1;
  else {
    const question = `The log hands ${played.incident} over to ${to.name}.`;
    const ask: Ask = { type: 'request-envelope', by, question, ...ready };
    if (await request(stage, played, { ask, envelope: step.envelope })) tally.envelopes.offered += 1;
  }
};

/** The envelope that their group was asked with, if it was. */
const take = async (
  stage: Stage,
  played: Played,
  { envelope, by }: { readonly envelope: number; readonly by: PersonActor },
): Promise<boolean> => {
  const seq = played.envelopes.get(envelope);
  return seq !== undefined && !isRefusal(await send(stage, played, { type: 'accept-envelope', by, seq }));
};

const request = async (
  stage: Stage,
  played: Played,
  { ask, envelope }: { readonly ask: Ask; readonly envelope: number },
): Promise<boolean> => {
  const outcome = await send(stage, played, ask);
  if (isRefusal(outcome)) return false;
  const requested = outcome.recorded.find(({ event }) => event.type === 'EnvelopeRequested')?.event;
  if (requested?.type !== 'EnvelopeRequested') return false;
  played.envelopes.set(envelope, requested.seq);
  return true;
};

/** To another group: the door is `route`, and its refusal offers nothing; so the owner asks that group by themself. */
export const move = async (
  stage: Stage,
  played: Played,
  step: Extract<Deed, { do: 'move' | 'hand-to-group' }>,
): Promise<void> => {
  const { desk, tally } = stage;
  const by = played.owner ?? desk.agent();
  const teamId = desk.team(step.group);
  const outcome = await send(stage, played, { type: 'route', by, teamId });
  tally.handOvers.groups += 1;
  if (!isRefusal(outcome) || outcome.refused !== 'owner-is-set') tally.handOvers.amiss += 1;
  if (step.do === 'move') return;
  const question = `The log hands ${played.incident} over to ${step.group}.`;
  const ask: Ask = { type: 'request-envelope', by, question, teamId };
  if (await request(stage, played, { ask, envelope: step.envelope })) tally.envelopes.ofGroups += 1;
};

/** A helper who has not taken it before accepts when they answer. */
export const settleEnvelope = async (
  stage: Stage,
  played: Played,
  step: Extract<Deed, { do: 'answer' | 'withdraw' }>,
): Promise<void> => {
  const seq = played.envelopes.get(step.envelope);
  if (seq === undefined) {
    stage.tally.leftOut += 1;
    return;
  }
  const owner = played.owner ?? stage.desk.agent();
  if (step.do === 'withdraw') {
    await send(stage, played, { type: 'withdraw-envelope', by: owner, seq });
    return;
  }
  const by = stage.desk.agent(step.helper);
  const row = (await stage.tickets.load(played.id))?.ticket.envelopes?.find((each) => each.seq === seq);
  if (row?.state === 'requested') await send(stage, played, { type: 'accept-envelope', by, seq });
  await send(stage, played, { type: 'complete-envelope', by, seq, result: `${by.name} worked on it by the log.` });
};
