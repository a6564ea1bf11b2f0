import { describe, expect, test } from '@jest/globals';
import { alarmCard } from '../../src/views/alarm-card.ts';
import { ana } from '../support/deeds.ts';
import { faultsOf, textRunsOf } from '../support/cards.ts';
import { after, days, monday } from '../support/given.ts';
import { readerOf } from './cases.ts';

const silent = { kind: 'sweeper-silent', from: monday, until: after(monday, days(2)), before: 'desk-1:17' } as const;
const late = { kind: 'sends-late', from: monday, until: after(monday, days(2)), channel: 'mail' } as const;
const by = 'desk-2:4';
const [english, german] = [readerOf(ana), readerOf(ana, 'de')];

test('of a silent sweeper tells from when to when, who took over from whom, and what to look after', () => {
  const card = alarmCard({ ...silent, by, reader: english });
  const said = textRunsOf(card).join('\n');
  expect(JSON.stringify(card)).toContain('The desk was not watched');
  expect(said).toMatch(/From Mon.*5 Jan 2026, 09:00:00 to Wed.*7 Jan 2026, 09:00:00/u);
  expect(said).toContain('desk-1:17 fell silent without saying goodbye; desk-2:4 took over.');
  expect(said).toContain('being done and sent now');
  expect(said).toContain('Please look after desk-1:17');
});

test('of one that stood still and goes on names nobody as its successor', () => {
  const said = textRunsOf(alarmCard({ ...silent, by: 'desk-1:17', reader: english })).join('\n');
  expect(said).toContain('desk-1:17 stood still, and goes on now.');
  expect(said).not.toContain('took over');
});

test('of late sends tells what waits and since when', () => {
  const said = textRunsOf(alarmCard({ ...late, by, reader: english })).join('\n');
  expect(said).toMatch(/Mail to customers: the longest overdue should have gone out at Mon.*09:00:00/u);
  expect(said).toContain('Found out by desk-2:4');
});

test('speaks German to those who do', () => {
  expect(textRunsOf(alarmCard({ ...silent, by, reader: german })).join('\n')).toContain('desk-2:4 hat übernommen.');
  expect(textRunsOf(alarmCard({ ...late, by, reader: german })).join('\n')).toContain('Mails an Kunden');
});

describe.each([silent, late])('of $kind', (facts) => {
  test.each([
    ['a process as it is called', by],
    ['a machine with a hostile name', `${'<at>x</at> **[x](y)** ${x} '.repeat(200)}`],
  ])('by %s: Teams shows it, and it is small', (_what, name) => {
    for (const reader of [english, german]) {
      const card = alarmCard({ ...facts, by: name, reader });
      expect(faultsOf(card)).toEqual([]);
      expect(JSON.stringify(card).length).toBeLessThan(6_000);
    }
  });
});
