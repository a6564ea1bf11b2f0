import { describe, expect, test } from '@jest/globals';
import type { AlertStop } from '../../src/domain/alert-explain.ts';
import { CONDITIONS } from '../../src/domain/alert-rules.ts';
import type { Ticket } from '../../src/domain/ticket.ts';
import { instantOf, ticketNumber } from '../../src/domain/values.ts';
import { alertMail, alertsMail } from '../../src/views/alert-mail.ts';
import { ana, arrives } from '../support/deeds.ts';
import { acceptedBy, storyOf } from '../support/given.ts';

const at = (time: string) => instantOf(Date.parse(`2026-01-05T${time}:00Z`));
const told = {
  number: ticketNumber('INC-1001'),
  priority: 'P2',
  condition: 'NOT_COMPLETED',
  level: 2,
  dueAt: at('11:30'),
} as const;
const STOPS: readonly AlertStop[] = [
  'accept',
  'cancel',
  'answer',
  'work',
  'follow-up',
  'resolve',
  'new-due',
  'take',
  'complete',
  'withdraw',
];
const english = { language: 'en', zone: 'Europe/Berlin' } as const;

const mailOf = (ticket: Ticket, more: Partial<Parameters<typeof alertMail>[0]> = {}) =>
  alertMail({ ticket, told, teamName: 'Service', reading: english, ...more });

test('says what holds, since when it should have been known, what comes next and what stops it', () => {
  const facts = { stops: ['resolve', 'cancel', 'new-due'], next: { level: 3, at: at('12:00') } } as const;
  expect(mailOf(storyOf(acceptedBy(ana)).ticket, { facts })).toEqual({
    subject: 'INC-1001: it is not solved, and its time ends or has ended (level 2)',
    lines: [
      'INC-1001 (P2): The printer is on fire',
      'it is not solved, and its time ends or has ended (level 2).',
      'Customer: Carla Costa',
      'Owner: Ana Alves',
      'Team: Service',
      'You were to be told at Mon 5 Jan, 12:30.',
      'If nothing happens, level 3 is told at Mon 5 Jan, 13:00.',
      'What stops it: it is resolved; it is cancelled; a later due date.',
    ],
  });
});

test('a subject of the customer stays one short line', () => {
  const [line = ''] = mailOf(
    storyOf(arrives({ subject: `Help\r\nBcc: all@desk.example ${'x'.repeat(500)}` })).ticket,
  ).lines;
  expect(line).not.toMatch(/[\r\n]/u);
  expect(line.length).toBeLessThan(180);
});

describe.each(['en', 'de'] as const)('in %s', (language) => {
  const reading = { language, zone: 'UTC' };

  test.each(CONDITIONS)('every word is there: %s', (condition) => {
    for (const subject of [{}, { envelope: 1 }]) {
      const { ticket } = storyOf(acceptedBy(ana));
      const facts = { stops: STOPS, next: { level: 3, at: at('12:00') } } as const;
      const mail = mailOf(ticket, { told: { ...told, condition, ...subject }, facts, reading });
      expect(JSON.stringify(mail)).not.toMatch(/undefined|\$\{/u);
      expect(new Set(mail.lines).size).toBe(8);
    }
  });

  test('many alike are a line each, up to twenty', () => {
    const mail = alertsMail([told, ...Array.from({ length: 24 }, () => told)], reading);
    expect(mail.subject).toContain('25');
    expect(mail.lines).toHaveLength(22);
    expect(mail.lines.at(-1)).toContain('5');
  });
});
