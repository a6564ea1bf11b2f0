import { describe, expect, test } from '@jest/globals';
import type { Recorded, TicketEvent } from '../../../src/domain/events.ts';
import { type PersonId, ticketId } from '../../../src/domain/values.ts';
import { audit } from '../../../src/local/replay/audit.ts';
import { accepts, ana, arrives, ben, notes } from '../../support/deeds.ts';
import { minutes, storyOf } from '../../support/given.ts';

const transferred = { type: 'OwnershipTransferred' } as TicketEvent;
const acceptedAgain = { type: 'TicketAccepted' } as TicketEvent;

const story = storyOf(arrives(), accepts(ana), ...Array.from({ length: 120 }, () => notes(ana)));

/** What is found where these events stand among all the others of Ana's ticket, in the middle of its history. */
const auditedWith = async (more: readonly TicketEvent[] = [], owner: PersonId | undefined = ana.id) => {
  const events = story.recorded.map(({ event }) => event).toSpliced(60, 0, ...more);
  const recorded = events.map((event, index): Recorded => ({ rev: index + 1, event }));
  return audit(
    {
      load: () => Promise.resolve({ ticket: story.ticket, etag: '1' }),
      history: (_id, { limit, before = Number.POSITIVE_INFINITY }) =>
        Promise.resolve(
          recorded
            .filter(({ rev }) => rev < before)
            .reverse()
            .slice(0, limit),
        ),
    },
    [{ incident: 'INC1', id: ticketId('ticket-1'), owner }],
  );
};

describe('the audit of a replay', () => {
  test('reads all events, however many pages they are', async () => {
    expect(await auditedWith()).toMatchObject({ events: 122, ownerChanges: 0, otherOwner: [], owned: 1 });
  });

  test('counts a second accept and a transfer as changes of the owner', async () => {
    expect(await auditedWith([acceptedAgain])).toMatchObject({ ownerChanges: 1 });
    expect(await auditedWith([transferred, acceptedAgain])).toMatchObject({ ownerChanges: 2 });
  });

  test('names an incident whose owner is somebody else than by the log, or nobody', async () => {
    expect(await auditedWith([], ben.id)).toMatchObject({ otherOwner: ['INC1'] });
    const unowned = await audit({ load: () => Promise.resolve(undefined), history: () => Promise.resolve([]) }, [
      { incident: 'INC2', id: ticketId('ticket-2'), owner: ana.id },
    ]);
    expect(unowned).toMatchObject({ otherOwner: ['INC2'], owned: 0 });
    expect([...unowned.status]).toEqual([['lost', 1]]);
  });

  test('measures from opening to accept', async () => {
    expect((await auditedWith()).toAccept).toEqual([minutes(1).milliseconds]);
  });
});
