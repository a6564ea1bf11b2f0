import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { movableClock } from '../../src/outbound/movable-clock.ts';
import { until } from '../support/until.ts';

/** A desk on a test machine goes by a clock that a file moves. */
const HOUR = 3_600_000;

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'desk-clock-'));
  file = path.join(folder, 'clock');
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Whole hours between the clock and the machine; never minus zero, which a reading a millisecond apart would round to. */
const hoursAhead = (clock: { now(): string }): number => Math.round((Date.parse(clock.now()) - Date.now()) / HOUR) + 0;

describe('a clock that can be moved', () => {
  test('without its file shows the machine’s time', () => {
    expect(hoursAhead(movableClock(file))).toBe(0);
  });

  test.each([
    [`${3 * HOUR}`, 3],
    [`${-2 * HOUR}\n`, -2],
  ])('shows what its file says from the first look on: %p', (text, hours) => {
    writeFileSync(file, text);
    expect(hoursAhead(movableClock(file))).toBe(hours);
  });

  test('follows its file as it runs, back to the machine’s time when that is gone', async () => {
    const clock = movableClock(file);
    expect(hoursAhead(clock)).toBe(0);
    writeFileSync(file, String(5 * HOUR));
    await until(() => hoursAhead(clock) === 5);
    rmSync(file);
    await until(() => hoursAhead(clock) === 0);
  });

  test.each(['', 'soon', '1e9', '3600000.5', '9'.repeat(13)])(
    'is not moved by %p, which is no whole number of milliseconds',
    async (text) => {
      writeFileSync(file, String(HOUR));
      const clock = movableClock(file);
      expect(hoursAhead(clock)).toBe(1);
      writeFileSync(file, text);
      const other = movableClock(file);
      expect(hoursAhead(other)).toBe(0);
      await clock.sleep(300);
      expect(hoursAhead(clock)).toBe(1);
    },
  );

  test('waits in real time, and not at all when nobody waits any more', async () => {
    writeFileSync(file, String(1_000 * HOUR));
    const clock = movableClock(file);
    await clock.sleep(1);
    await clock.sleep(HOUR, AbortSignal.abort());
  });
});
