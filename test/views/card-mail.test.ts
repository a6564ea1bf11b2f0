import { expect, test } from '@jest/globals';
import { cardMail } from '../../src/views/card-mail.ts';
import type { AdaptiveCard } from '../../src/views/expand.ts';

const card = (...body: readonly object[]): AdaptiveCard => ({
  type: 'AdaptiveCard',
  fallbackText: 'INC-1 burns',
  body,
});

test('a card as a mail says what can be read, a line each, and has nothing to press', () => {
  const mail = cardMail(
    card(
      { type: 'TextBlock', text: 'Your teams on Monday' },
      { type: 'FactSet', facts: [{ title: 'Waiting', value: '3' }] },
      {
        type: 'Container',
        items: [
          {
            type: 'RichTextBlock',
            inlines: [
              { type: 'TextRun', text: 'INC-1 ' },
              { type: 'TextRun', text: 'P1' },
            ],
          },
          { type: 'TextBlock', text: 'a form', isVisible: false },
          { type: 'ActionSet', actions: [{ type: 'Action.Execute', title: 'Accept' }] },
        ],
      },
      {
        type: 'ColumnSet',
        columns: [{ items: [{ type: 'TextBlock', text: 'left' }] }, { items: [{ type: 'TextBlock', text: 'right' }] }],
      },
    ),
  );
  expect(mail).toEqual({
    subject: 'INC-1 burns',
    lines: ['Your teams on Monday', 'Waiting 3', 'INC-1 P1', 'left right'],
  });
});

test('a long one ends with an ellipsis, an odd one is empty, and a line stays one', () => {
  const many = cardMail(card(...Array.from({ length: 80 }, (_, n) => ({ type: 'TextBlock', text: `row ${n}` }))));
  expect([many.lines.length, many.lines.at(-1)]).toEqual([61, '…']);
  expect(cardMail({ type: 'AdaptiveCard' })).toEqual({ subject: '', lines: [] });
  const long = cardMail(card({ type: 'TextBlock', text: `first\nsecond ${'x'.repeat(500)}` }));
  expect(long.lines).toHaveLength(1);
  expect(long.lines[0]?.length).toBeLessThanOrEqual(300);
});
