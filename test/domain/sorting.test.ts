import { describe, expect, test } from '@jest/globals';
import { defaultPolicy } from '../../src/domain/policy.ts';
import type { Level, Priority } from '../../src/domain/values.ts';
import { ana, arrives, asks, ben, customerWrites, eve, inPlaceOf, lea, max, vera } from '../support/deeds.ts';
import {
  acceptedBy,
  after,
  arrived,
  days,
  given,
  hours,
  minutes,
  monday,
  resolvedBy,
  type Step,
  storyOf,
} from '../support/given.ts';
import { overrides, setsType, tags, triages } from '../support/ownership-deeds.ts';

const levels: readonly Level[] = ['high', 'medium', 'low'];
const hoursOf: Readonly<Record<Priority, number>> = { P1: 4, P2: 8, P3: 24, P4: 40 };
const owner = { id: ana.id, name: ana.name };

describe('triage', () => {
  test.each(levels.flatMap((impact) => levels.map((urgency) => [impact, urgency] as const)))(
    'impact %s, urgency %s sets priority and due time of that cell',
    (impact, urgency) => {
      const priority = defaultPolicy.priority[impact][urgency];
      given(acceptedBy(ana))
        .when(triages(ana, { impact, urgency }))
        .then({ type: 'TicketTriaged', impact, urgency, priority })
        .thenTicket({ impact, urgency, priority, dueAt: after(monday, hours(hoursOf[priority])) });
    },
  );

  test('one half is not a priority yet; the other half completes it', () => {
    given(acceptedBy(ana))
      .when(triages(ana, { impact: 'high' }))
      .thenTicket({ impact: 'high', urgency: undefined, priority: 'P3' });
    given(acceptedBy(ana), triages(ana, { impact: 'high' }))
      .when(triages(ana, { urgency: 'high' }))
      .thenTicket({ impact: 'high', priority: 'P1' });
  });

  test('the same again changes nothing', () => {
    given(acceptedBy(ana), triages(ana, { impact: 'low', urgency: 'low' }))
      .when(triages(ana, { urgency: 'low' }))
      .then();
    given(acceptedBy(ana)).when(triages(ana, {})).then();
  });

  test('is the owner’s, or a lead’s; while nobody owns it, anyone’s who works tickets', () => {
    for (const by of [ana, lea, max, inPlaceOf(ana, ben)])
      given(acceptedBy(ana))
        .when(triages(by, { impact: 'low' }))
        .then({ type: 'TicketTriaged' })
        .thenTicket({ ownerId: ana.id });
    given(acceptedBy(ana))
      .when(triages(ben, { impact: 'low' }))
      .thenRefused('only-the-owner', { owner });
    given(arrived())
      .when(triages(ben, { impact: 'low' }))
      .then({ type: 'TicketTriaged' });
    for (const by of [eve, vera])
      given(arrived())
        .when(triages(by, { impact: 'low' }))
        .thenRefused('role-may-not');
    given(resolvedBy(ana))
      .when(triages(ana, { impact: 'low' }))
      .thenRefused('not-allowed-now');
  });

  test('a raised priority is due never nearer than a quarter of its target', () => {
    const late: Step = [acceptedBy(ana), hours(20)];
    const { at } = given(late).when(triages(ana, { impact: 'high', urgency: 'high' }));
    given(late)
      .when(triages(ana, { impact: 'high', urgency: 'high' }))
      .thenTicket({ dueAt: after(at, hours(1)) });
    given(acceptedBy(ana), hours(2))
      .when(triages(ana, { impact: 'high', urgency: 'high' }))
      .thenTicket({ dueAt: after(monday, hours(4)) });
  });

  test('a priority that stays as it is leaves the due time where it was', () => {
    const { dueAt } = storyOf(acceptedBy(ana)).ticket;
    given(acceptedBy(ana), hours(23))
      .when(triages(ana, { impact: 'medium', urgency: 'medium' }))
      .thenTicket({ priority: 'P3', dueAt });
    given(acceptedBy(ana), overrides(lea, 'P3'), hours(23))
      .when(triages(ana, { impact: 'high', urgency: 'high' }))
      .thenTicket({ priority: 'P3', dueAt });
  });

  test('a pause that was counts in the new due time, too', () => {
    const paused: Step = [acceptedBy(ana), asks(ana), hours(10), customerWrites('Left.')];
    const { ticket } = storyOf(paused);
    const wait = Date.parse(ticket.dueAt) - Date.parse(after(monday, hours(24)));
    expect(wait).toBe(minutes(10 * 60 + 1).milliseconds);
    given(paused)
      .when(triages(ana, { impact: 'low', urgency: 'low' }))
      .thenTicket({ dueAt: after(after(monday, hours(40)), { milliseconds: wait }) });
  });
});

describe('a lead sets the priority', () => {
  test('with a reason, and it stays whatever the nine cells say', () => {
    given(acceptedBy(ana))
      .when(overrides(lea, 'P1', ' The board waits. '))
      .then({
        type: 'PriorityOverridden',
        by: lea,
        priority: 'P1',
        text: 'The board waits.',
        dueAt: after(monday, hours(4)),
      })
      .thenTicket({ priority: 'P1', overridden: 'P1', ownerId: ana.id });
    given(acceptedBy(ana), overrides(lea, 'P1'))
      .when(triages(ana, { impact: 'low', urgency: 'low' }))
      .then({ type: 'TicketTriaged', impact: 'low', urgency: 'low', priority: 'P1' })
      .thenTicket({ priority: 'P1', overridden: 'P1', impact: 'low' });
    given(acceptedBy(ana), overrides(lea, 'P1'))
      .when(overrides(max, 'P4'))
      .thenTicket({ priority: 'P4', overridden: 'P4' });
  });

  test('not without one, and nobody else', () => {
    given(acceptedBy(ana))
      .when(overrides(lea, 'P1', ' '))
      .thenRefused('reason-missing');
    given(acceptedBy(ana))
      .when(overrides(lea, 'P1', 'x'.repeat(20_001)))
      .thenRefused('text-too-long');
    for (const by of [ana, ben, eve, vera])
      given(acceptedBy(ana)).when(overrides(by, 'P1')).thenRefused('role-may-not');
    given(resolvedBy(ana)).when(overrides(lea, 'P1')).thenRefused('not-allowed-now');
  });

  test('raised late, a quarter of the target is left', () => {
    const { at } = given(acceptedBy(ana), days(3)).when(overrides(lea, 'P1'));
    given(acceptedBy(ana), days(3))
      .when(overrides(lea, 'P1'))
      .thenTicket({ dueAt: after(at, hours(1)) });
  });
});

describe('what kind of ticket it is', () => {
  test('is changed by the owner or a lead, also when it is solved', () => {
    given(acceptedBy(ana))
      .when(setsType(ana, 'service_request'))
      .then({ type: 'TypeSet', ticketType: 'service_request' })
      .thenTicket({ type: 'service_request' });
    given(resolvedBy(ana)).when(setsType(lea, 'problem')).thenTicket({ type: 'problem', status: 'resolved' });
    given(acceptedBy(ana)).when(setsType(ana, 'incident')).then();
    given(acceptedBy(ana)).when(setsType(ben, 'problem')).thenRefused('only-the-owner');
    given(arrives({ ticketType: 'change' }))
      .when(setsType(ben, 'incident'))
      .thenTicket({ type: 'incident' });
  });
});

describe('tags', () => {
  test('are small letters, each once, in their order, whoever types them', () => {
    given(acceptedBy(ana))
      .when(tags(ben, ' VPN ', 'printer', 'vpn', '', '  ', 'Pri\nnter'))
      .then({ type: 'TicketTagged', tags: ['pri nter', 'printer', 'vpn'] })
      .thenTicket({ tags: ['pri nter', 'printer', 'vpn'], ownerId: ana.id });
    given(acceptedBy(ana), tags(ben, 'vpn', 'printer'))
      .when(tags(ana, 'Printer', 'VPN'))
      .then();
    given(acceptedBy(ana), tags(ben, 'vpn')).when(tags(ana)).then({ type: 'TicketTagged', tags: [] });
    given(acceptedBy(ana)).when(tags(vera, 'vpn')).thenRefused('role-may-not');
  });

  test('ten at most, each of at most thirty characters', () => {
    const eleven = Array.from({ length: 11 }, (_each, index) => `tag-${index}`);
    given(acceptedBy(ana))
      .when(tags(ana, ...eleven))
      .thenRefused('too-many', { limit: 10 });
    given(acceptedBy(ana))
      .when(tags(ana, 'x'.repeat(500)))
      .then({ type: 'TicketTagged', tags: [`${'x'.repeat(29)}…`] });
  });
});
