import { describe, expect, test } from '@jest/globals';
import { checkPipeline, type Pipeline, stageOf, TICKET_PIPELINE } from '../../src/domain/pipelines.ts';
import { isOpen } from '../../src/domain/ticket.ts';
import { ana } from '../support/deeds.ts';
import { inState, STATUSES, storyOf } from '../support/given.ts';

/** HubSpot's own four stages. */
const hubspot: Pipeline = {
  id: '0',
  stages: [
    { id: '1', state: 'open', statuses: ['new'] },
    { id: '2', state: 'open', statuses: ['pending_customer'] },
    { id: '3', state: 'open', statuses: ['in_progress', 'pending_vendor', 'pending_change'] },
    { id: '4', state: 'closed', statuses: ['resolved', 'closed', 'cancelled'] },
  ],
};

describe('a pipeline', () => {
  test.each(STATUSES)('has an open stage where a ticket that is %s is open, else a closed one', (status) => {
    const state = isOpen(storyOf(inState(ana)[status]).ticket) ? 'open' : 'closed';
    expect(stageOf(TICKET_PIPELINE, status)).toEqual({ id: status, state, statuses: [status] });
    expect(stageOf(hubspot, status)).toMatchObject({ state });
  });

  test('keeps the order of its stages, and gives every status one', () => {
    expect(TICKET_PIPELINE.stages.map(({ id }) => id)).toEqual(STATUSES);
    expect(checkPipeline(TICKET_PIPELINE)).toEqual([]);
    expect(checkPipeline(hubspot)).toEqual([]);
  });

  test('names every fault at once', () => {
    const rest = hubspot.stages.slice(1);
    const wrong: Pipeline = {
      id: 'wrong',
      stages: [{ id: '2', state: 'closed', statuses: ['closed', 'pending_customer'] }, ...rest],
    };
    expect(checkPipeline(wrong)).toEqual([
      { fault: 'stage-twice', stage: '2' },
      { fault: 'stage-mixes-open-and-closed', stage: '2' },
      { fault: 'status-without-stage', status: 'new' },
      { fault: 'status-in-two-stages', status: 'pending_customer' },
      { fault: 'status-in-two-stages', status: 'closed' },
    ]);
  });
});
