import { describe, expect, test } from '@jest/globals';
import type { Level, Priority } from '../../src/domain/values.ts';
import { arrives } from '../support/deeds.ts';
import { after, arrived, hours, monday, storyOf } from '../support/given.ts';

describe('priority', () => {
  const cells: readonly (readonly [Level, Level, Priority])[] = [
    ['high', 'high', 'P1'],
    ['high', 'medium', 'P2'],
    ['high', 'low', 'P3'],
    ['medium', 'high', 'P2'],
    ['medium', 'medium', 'P3'],
    ['medium', 'low', 'P4'],
    ['low', 'high', 'P3'],
    ['low', 'medium', 'P4'],
    ['low', 'low', 'P4'],
  ];
  const due: Readonly<Record<Priority, number>> = { P1: 4, P2: 8, P3: 24, P4: 40 };

  test.each(cells)('impact %s, urgency %s is %s, and sets when the ticket is due', (impact, urgency, priority) => {
    const { ticket } = storyOf(arrives({ impact, urgency }));
    expect(ticket).toMatchObject({ priority, dueAt: after(monday, hours(due[priority])) });
  });

  test('a ticket nobody triaged is P3', () => {
    expect(storyOf(arrived()).ticket.priority).toBe('P3');
    expect(storyOf(arrives({ impact: 'high' })).ticket.priority).toBe('P3');
  });
});
