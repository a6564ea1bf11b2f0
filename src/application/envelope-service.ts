import { type Contract, type EnvelopeOutcome, envelopeOf } from '../domain/envelope.ts';
import { refuse } from '../domain/refusals.ts';
import type { PersonActor, PersonId, TeamId, TicketId } from '../domain/values.ts';
import { actorOf, type Directory } from './ports/directory.ts';
import type { CommandOutcome } from './run-command.ts';
import type { Ask, TicketService } from './ticket-service.ts';

export interface EnvelopeRequest extends Omit<Contract, 'question'> {
  readonly teamId?: TeamId;
  readonly expertId?: PersonId;
  readonly reason: string;
}

/** Envelopes by their own ids, for callers that know no ticket: `<ticket id>~<number in the ticket>`. */
export interface EnvelopeService {
  createEnvelope(ticketId: TicketId, requestedBy: PersonId, request: EnvelopeRequest): Promise<CommandOutcome>;
  acceptEnvelope(envelopeId: string, expertId: PersonId): Promise<CommandOutcome>;
  completeEnvelope(
    envelopeId: string,
    expertId: PersonId,
    result: { readonly result: string; readonly outcome?: EnvelopeOutcome; readonly toTeamId?: TeamId },
  ): Promise<CommandOutcome>;
}

export interface EnvelopeServiceParts {
  readonly service: Pick<TicketService, 'act'>;
  readonly directory: Pick<Directory, 'person'>;
}

export const envelopeService = ({ service, directory }: EnvelopeServiceParts): EnvelopeService => {
  const by = async (id: PersonId, act: (by: PersonActor) => Promise<CommandOutcome>): Promise<CommandOutcome> => {
    const person = directory.person(id);
    return person ? act(actorOf(person)) : refuse('person-unknown');
  };
  const on = (id: string, expert: PersonId, ask: (seq: number, by: PersonActor) => Ask): Promise<CommandOutcome> =>
    by(expert, async (actor) => {
      const envelope = envelopeOf(id);
      return envelope ? service.act(envelope.ticketId, ask(envelope.seq, actor)) : refuse('envelope-unknown');
    });
  return {
    createEnvelope: (ticketId, requestedBy, { reason, expertId, teamId, ...contract }) =>
      by(requestedBy, (actor) =>
        service.act(ticketId, {
          ...contract,
          type: 'request-envelope',
          by: actor,
          question: reason,
          ...(teamId === undefined ? {} : { teamId }),
          ...(expertId === undefined ? {} : { expert: { id: expertId, name: '' } }),
        }),
      ),
    acceptEnvelope: (id, expertId) => on(id, expertId, (seq, actor) => ({ type: 'accept-envelope', seq, by: actor })),
    completeEnvelope: (id, expertId, result) =>
      on(id, expertId, (seq, actor) => ({ type: 'complete-envelope', seq, by: actor, ...result })),
  };
};
