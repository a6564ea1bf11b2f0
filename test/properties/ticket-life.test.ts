import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { TicketEvent } from '../../src/domain/events.ts';
import { fold } from '../../src/domain/evolve.ts';
import { ALLOWED } from '../../src/domain/lifecycle.ts';
import { isRefusal } from '../../src/domain/refusals.ts';
import { OwnershipError, ownerOf } from '../../src/domain/ticket.ts';
import { customerView } from '../../src/domain/timeline.ts';
import { ben } from '../support/deeds.ts';
import { aWalk, CANARY, type Moment } from './ticket-walk.ts';

/** Holds in every moment of every life. */
const always = (claim: (moment: Moment, index: number, life: readonly Moment[]) => void): void =>
  fc.assert(
    fc.property(aWalk, (life) => life.forEach(claim)),
    { numRuns: 120 },
  );

const accepted = ({ story }: Moment): Extract<TicketEvent, { type: 'TicketAccepted' }>[] =>
  story.recorded.flatMap(({ event }) => (event.type === 'TicketAccepted' ? [event] : []));

test('lives are long enough to mean something: all states are reached, many things are refused and many done', () => {
  const lives = fc.sample(aWalk, { numRuns: 300, seed: 1 }).flat();
  expect(new Set(lives.map(({ ticket }) => ticket.status)).size).toBe(Object.keys(ALLOWED).length);
  expect(new Set(lives.flatMap(({ story }) => story.recorded.map(({ event }) => event.type))).size).toBe(13);
  expect(lives.filter(({ decision }) => isRefusal(decision)).length).toBeGreaterThan(500);
  expect(lives.filter(({ effects }) => effects.some(({ kind }) => kind === 'mail')).length).toBeGreaterThan(100);
});

test('who accepted first stays the owner, whatever anybody does', () => {
  always((moment) => {
    expect(accepted(moment).length).toBeLessThanOrEqual(1);
    expect(ownerOf(moment.ticket)?.id).toBe(accepted(moment)[0]?.by.id);
    expect(ownerOf(moment.ticket)?.name).toBe(accepted(moment)[0]?.by.name);
  });
});

test('only a state in which somebody owns the ticket has an owner, and the other way round', () => {
  always(({ ticket }) => {
    if (ticket.status === 'cancelled') return;
    expect(ownerOf(ticket) !== undefined).toBe(ticket.status !== 'new');
  });
});

test('the ticket is the fold of its events, also of those that were written down and read back', () => {
  always(({ ticket, story }) => {
    const kept = JSON.parse(JSON.stringify(story.recorded)) as typeof story.recorded;
    expect(JSON.stringify(fold(story.recorded))).toBe(JSON.stringify(ticket));
    expect(JSON.stringify(fold(kept))).toBe(JSON.stringify(ticket));
  });
});

test('the revision is the number of events', () => {
  always(({ ticket, story }) => {
    expect(ticket.rev).toBe(story.recorded.length);
    expect(story.recorded.map(({ rev }) => rev)).toEqual(story.recorded.map((_each, index) => index + 1));
  });
});

test('a refusal changes nothing', () => {
  always(({ ticket, decision }, index, life) => {
    if (isRefusal(decision)) expect(ticket).toBe(life[index - 1]?.ticket);
  });
});

test('what the desk wrote for itself reaches no customer', () => {
  always(({ ticket, story, effects }) => {
    expect(JSON.stringify(customerView(ticket, story.recorded))).not.toContain(CANARY);
    for (const effect of effects) if (effect.kind === 'mail') expect(JSON.stringify(effect.mail)).not.toContain(CANARY);
  });
});

test('no command sends more than one mail, and none goes to a ticket without an address', () => {
  always(({ ticket, effects }) => {
    const mails = effects.filter(({ kind }) => kind === 'mail');
    expect(mails.length).toBeLessThanOrEqual(ticket.requester.address ? 1 : 0);
  });
});

test('every ticket is sealed', () => {
  always(({ ticket }) => {
    expect(Object.isFrozen(ticket)).toBe(true);
    expect(Object.isFrozen(ticket.requester)).toBe(true);
    expect(() => Object.assign(ticket, { ownerId: ben.id })).toThrow(OwnershipError);
  });
});

test('the ticket’s document stays within 8 KB: facts only, however much was written', () => {
  always(({ ticket }) => {
    expect(Buffer.byteLength(JSON.stringify(ticket))).toBeLessThanOrEqual(8 * 1024);
  });
});

test('due never moves nearer', () => {
  always(({ ticket }, index, life) => {
    const before = life[index - 1]?.ticket;
    if (before) expect(ticket.dueAt >= before.dueAt).toBe(true);
  });
});
