import { describe, expect, test } from '@jest/globals';
import type { Status } from '../../src/domain/ticket.ts';
import type { PersonActor } from '../../src/domain/values.ts';
import { ana, ben, eve, inPlaceOf, lea, vera } from '../support/deeds.ts';
import type { Element } from '../support/cards.ts';
import { inState, STATUSES } from '../support/given.ts';
import { ticketCardOf } from './cases.ts';

/** Who sees which buttons in which state, by hand: first the row below the card, then the one inside it. */
const WORK = 'Reply to customer, Ask for help…, Resolve';
const BESIDE = 'Internal note, Sort, More, Cancel ticket';
const PAUSED = `${WORK} | Internal note, Resume, Sort, More, Cancel ticket`;
const VISITOR = 'Internal note, Sort, More';
const HELPER = 'Internal note, More';
const NEW = `Accept, Reply to customer | ${BESIDE}`;

const TABLE: Readonly<Record<Status, readonly [owner: string, colleague: string, lead: string, expert: string]>> = {
  new: [NEW, NEW, NEW, `| ${HELPER}`],
  in_progress: [
    `${WORK} | Internal note, Wait for others, Sort, More, Cancel ticket`,
    `| ${VISITOR}`,
    `| ${BESIDE}`,
    `| ${HELPER}`,
  ],
  pending_customer: [PAUSED, `| ${VISITOR}`, `| ${BESIDE}`, `| ${HELPER}`],
  pending_vendor: [PAUSED, `| ${VISITOR}`, `| ${BESIDE}`, `| ${HELPER}`],
  pending_change: [PAUSED, `| ${VISITOR}`, `| ${BESIDE}`, `| ${HELPER}`],
  resolved: [
    'Reopen, Close | Internal note, Sort',
    '| Internal note, Sort',
    'Close | Internal note, Sort, More',
    '| Internal note',
  ],
  closed: ['Reopen | Internal note, Sort', '| Internal note, Sort', '| Internal note, Sort, More', '| Internal note'],
  cancelled: [
    'Undo cancelling | Internal note',
    '| Internal note',
    'Undo cancelling | Internal note',
    '| Internal note',
  ],
};

const titles = (actions: unknown): string => (actions as Element[]).map(({ title }) => String(title)).join(', ');
const shownTo = (status: Status, person: PersonActor): string => {
  const card = ticketCardOf(inState(ana)[status], person);
  const [all, beside] = (card.body as Element[]).filter(({ type }) => type === 'ActionSet');
  expect(titles(all?.['actions'])).toBe('Show all, Customer, Properties');
  return `${titles(card.actions)} | ${titles(beside?.['actions'] ?? [])}`.trim();
};

describe.each(STATUSES)('on the card of a ticket that is %s', (status) => {
  const [owner, colleague, lead, expert] = TABLE[status];
  test.each([
    ['the owner', ana, owner],
    ['who acts for the owner', inPlaceOf(ana, ben), owner],
    ['a colleague', ben, colleague],
    ['the lead', lea, lead],
    ['an expert', eve, expert],
    ['an auditor', vera, '|'],
  ] as const)('%s sees what they can do', (_who, person, buttons) => {
    expect(shownTo(status, person)).toBe(buttons);
  });
});
