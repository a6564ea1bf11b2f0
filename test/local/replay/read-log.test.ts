import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readLog, ReplayError } from '../../../src/local/replay/read-log.ts';
import { recordsOf } from '../../../src/local/replay/records.ts';
import { csvOf, HEADER, incident, type Told } from './made-up-log.ts';

const active: Told = { state: 'Active', who: 'Ana' };
const logWith = (told: Told) => readLog(csvOf(incident('INC1', [active, told, active])));

/** What is said about the second row, which stands in line 3. */
const saidOf = (told: Told): readonly { readonly line: number; readonly why: string }[] => logWith(told).malformed;

describe('the records of a CSV file', () => {
  test('may be quoted, with commas, quotes and ends of lines inside', () => {
    expect([...recordsOf('a,"b, ""c""\nd",\n"",e,f\n')]).toEqual([
      { line: 1, fields: ['a', 'b, "c"\nd', ''] },
      { line: 3, fields: ['', 'e', 'f'] },
    ]);
  });

  test('end with CRLF or LF, after a byte order mark, and without an end at the last', () => {
    expect([...recordsOf('\ufeffa,b\r\n"c",d\r\n\r\ne,f')]).toEqual([
      { line: 1, fields: ['a', 'b'] },
      { line: 2, fields: ['c', 'd'] },
      { line: 4, fields: ['e', 'f'] },
    ]);
  });

  test('with a stray quote are a fault of their line alone', () => {
    expect([...recordsOf('a"b,c\n"d"e,f\ng,h\n"i,j\nk,l')]).toEqual([
      { line: 1, fault: 'a quote stands inside a field that is not quoted' },
      { line: 2, fault: 'something stands after a closing quote' },
      { line: 3, fields: ['g', 'h'] },
      { line: 4, fault: 'a quote is opened and never closed' },
      { line: 5, fields: ['k', 'l'] },
    ]);
  });

  test('give back whatever was written by the rules', () => {
    const quote = (field: string): string => `"${field.replaceAll('"', '""')}"`;
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.string(), { minLength: 1 }), { minLength: 1 }),
        fc.constantFrom('\n', '\r\n'),
        (table, end) => {
          const text = table.map((fields) => fields.map(quote).join(',')).join(end);
          expect([...recordsOf(text)].map((record) => ('fields' in record ? record.fields : record.fault))).toEqual(
            table,
          );
        },
      ),
    );
  });

  test('come to an end, whatever stands in the file', () => {
    const text = fc.string({ unit: fc.constantFrom('"', ',', '\n', '\r', 'a', '\ufeff'), maxLength: 40 });
    fc.assert(
      fc.property(text, (csv) => {
        const lines = [...recordsOf(csv)].map(({ line }) => line);
        expect(lines).toEqual([...new Set(lines)].sort((a, b) => a - b));
        expect(Math.max(0, ...lines)).toBeLessThanOrEqual(csv.split('\n').length);
      }),
    );
  });
});

describe('a row of the log', () => {
  test('says what happened, when in UTC, and where it stands', () => {
    const csv = csvOf(
      incident('INC1', [{ state: 'Awaiting User Info', who: 'Ana', impact: '1 - High', urgency: '3 - Low' }]),
    );
    expect(readLog(csv).rows).toEqual([
      {
        line: 2,
        number: 'INC1',
        state: 'Awaiting User Info',
        reassignments: 0,
        reopens: 0,
        group: 'Network',
        assignee: 'Ana',
        impact: 'high',
        urgency: 'low',
        openedAt: '2016-03-01T08:00:00.000Z',
        updatedAt: '2016-03-01T09:00:00.000Z',
        caller: 'Caller 1',
        about: 'Category 1, Symptom 7',
      },
    ]);
  });

  test('has no field where the log has a question mark', () => {
    const [row] = logWith({ state: 'New', group: '?', openedAt: '?' }).rows.slice(1);
    expect(row).not.toHaveProperty('assignee');
    expect(row).not.toHaveProperty('group');
    expect(row).not.toHaveProperty('openedAt');
  });

  test('is found by the names of the columns, in any order', () => {
    const [first, ...others] = HEADER.split(',');
    const line = incident('INC1', [active])[0] ?? '';
    const [number, ...cells] = line.split(',');
    const turned = readLog(`${[...others, first].join(',')}\n${[...cells, number].join(',')}`);
    expect(turned.rows).toEqual(readLog(csvOf([line])).rows);
  });

  test.each<[string, Told, string]>([
    ['an unknown state', { state: '-100' }, 'incident_state "-100" is not known'],
    ['no state', { state: '?' }, 'has no incident_state'],
    ['no time', { state: 'New', at: '?' }, 'has no sys_updated_at'],
    [
      'another order of the date',
      { state: 'New', at: '2016-03-01 08:00' },
      '"2016-03-01 08:00" is no moment like 29-02-2016 01:23',
    ],
    [
      'a day that is not',
      { state: 'New', at: '31-02-2016 08:00' },
      '"31-02-2016 08:00" is no moment like 29-02-2016 01:23',
    ],
    [
      'an hour that is not',
      { state: 'New', at: '01-02-2016 24:00' },
      '"01-02-2016 24:00" is no moment like 29-02-2016 01:23',
    ],
    ['a count that is none', { state: 'New', reopens: -1 }, '"-1" is no count'],
    [
      'an impact that is none',
      { state: 'New', impact: 'High' },
      '"High" is neither "1 - High", "2 - Medium" nor "3 - Low"',
    ],
    ['a field too many', { state: 'New', who: 'Ana,Ben' }, 'has 15 fields, the header has 14'],
    ['a stray quote', { state: 'New', who: 'A"na' }, 'a quote stands inside a field that is not quoted'],
  ])('with %s is told with its line and skipped', (_what, told, why) => {
    expect(saidOf(told)).toEqual([{ line: 3, why }]);
    expect(logWith(told).rows.map(({ line }) => line)).toEqual([2, 4]);
  });
});

describe('a file that is no log', () => {
  const refusal = (csv: string): string => {
    try {
      readLog(csv);
      return 'was read';
    } catch (fault) {
      return fault instanceof ReplayError ? fault.message : String(fault);
    }
  };

  test('is refused when it lacks columns, each of which is named', () => {
    const without = HEADER.replace('assigned_to', 'owner').replace('urgency,', '');
    expect(refusal(`${without}\n`)).toContain('lacks the columns assigned_to, urgency:');
  });

  test('is refused when it is empty', () => {
    expect(refusal('')).toBe('The file is empty: export the audit log with its header line.');
  });

  test('is refused when no row of it can be played, with the first reason', () => {
    const told = csvOf(incident('INC1', [{ state: 'Lost' }, { state: 'Found' }]));
    expect(refusal(told)).toBe(
      'The file has no row that can be replayed, only 2 malformed. Line 2: incident_state "Lost" is not known.',
    );
  });
});
