import { describe, expect, test } from '@jest/globals';
import { type Language, ticketId, ticketNumber } from '../../src/domain/values.ts';
import { helpCard, newTicketCard } from '../../src/views/desk-cards.ts';
import type { AdaptiveCard } from '../../src/views/expand.ts';
import { listCard } from '../../src/views/list-card.ts';
import { faultsOf, ofType } from '../support/cards.ts';
import { monday } from '../support/given.ts';

const reader = (language: Language): { language: Language; zone: string } => ({ language, zone: 'UTC' });
const fullList = listCard({
  title: 'Queue of Service',
  empty: '',
  rows: [
    {
      ticketId: ticketId('t'),
      number: ticketNumber('INC-1'),
      subject: 'Printer',
      priority: 'P1',
      dueAt: monday,
      requester: 'Carla',
      ownerName: 'Ana',
    },
    {
      ticketId: ticketId('u'),
      number: ticketNumber('INC-2'),
      subject: '',
      priority: 'P3',
      dueAt: monday,
      requester: '',
    },
  ],
  reader: reader('en'),
  next: { list: 'queue', continuation: 'token' },
});

describe('the cards of the desk', () => {
  const others: readonly (readonly [string, AdaptiveCard])[] = (['en', 'de'] as const).flatMap((language) => [
    [`help ${language}`, helpCard(language)] as const,
    [
      `empty list ${language}`,
      listCard({ title: 'Queue', empty: 'Nothing.', rows: [], reader: reader(language) }),
    ] as const,
    [
      `empty form ${language}`,
      newTicketCard({ language, key: 'k', teams: [{ id: 's', name: 'Service' }], teamId: 's' }),
    ] as const,
  ]);

  test.each([...others, ['list', fullList] as const])('%s: looks like this, and Teams shows it', (_name, card) => {
    expect(faultsOf(card)).toEqual([]);
    expect(card.version).toBe('1.5');
    expect(JSON.stringify(card)).not.toMatch(/\$\{|undefined|null|\[object/u);
    for (const { verb, title, data, fallback } of ofType(card, 'Action.Execute')) {
      expect(fallback).toEqual({ type: 'Action.Submit', title, data: { verb, ...(data as object) } });
    }
    expect(card).toMatchSnapshot();
  });
});

test('the form that was refused says why, and keeps what was typed', () => {
  const typed = { caller: 'Carla', subject: 'Printer', text: '' };
  const card = newTicketCard({
    language: 'en',
    key: 'key-1',
    teams: [{ id: 'service', name: 'Service' }],
    teamId: 'service',
    typed,
    fault: 'Choose a team.',
  });
  expect(ofType(card, 'TextBlock').map(({ text }) => text)).toEqual(['New ticket for a caller', 'Choose a team.']);
  expect(Object.fromEntries(ofType(card, 'Input.Text', 'Input.ChoiceSet').map(({ id, value }) => [id, value]))).toEqual(
    {
      ...typed,
      teamId: 'service',
    },
  );
  expect(ofType(card, 'Action.Execute')).toMatchObject([{ verb: 'new', data: { key: 'key-1' } }]);
});
