import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { openDesk, type TestDesk } from '../support/open-desk.ts';
import { ledgerOf } from './alert-hands.ts';
import { arrives, type Case, handsOf, inEnglish, passes } from './hands.ts';

/** Other rules, tried on what has happened, beside a desk at work. */

const SCRIPT = path.resolve(import.meta.dirname, '../../src/local/dry-run/main.ts');

let desk: TestDesk;

beforeEach(async () => {
  desk = await openDesk({ config: inEnglish });
});
afterEach(() => desk.close());

interface Ran {
  readonly code: number;
  readonly out: string;
  readonly said: string;
}

/** Until the desk's own moment: its clock is ahead of the machine's. */
const tries = (...more: readonly string[]): Promise<Ran> =>
  new Promise((resolve) => {
    const [store, config] = [path.join(desk.folder, 'desk'), path.join(desk.folder, 'desk.json')];
    const args = [SCRIPT, '--store', store, '--config', config, '--until', desk.clock.now(), ...more];
    const child = execFile(process.execPath, args, (_fault, out, said) => {
      resolve({ code: child.exitCode ?? -1, out, said });
    });
  });

const rulesFile = async (said: unknown): Promise<string> => {
  const file = path.join(desk.folder, 'rules.json');
  await writeFile(file, typeof said === 'string' ? said : JSON.stringify(said));
  return file;
};

/** A P2 that waits for somebody to accept it until the team has been told. */
const unaccepted = async (): Promise<Case> => {
  const one = await arrives(desk, { text: 'The VPN is down.' });
  await handsOf(desk, 'sam').does(one, 'Save', { impact: 'high', urgency: 'medium' });
  await passes(desk, { minutes: 31 });
  return one;
};

const EARLY = { subject: 'ticket', priority: 'P2', condition: 'NOT_ASSIGNED', level: 1, thresholdMinutes: 5 };

describe('a dry run', () => {
  test('with the rules in force tells what the desk told, line for line', async () => {
    const one = await unaccepted();
    const told = (await ledgerOf(desk, one)).length;
    expect(told).toBeGreaterThan(0);
    const { code, out, said } = await tries();
    expect(said).toBe('1 tickets looked at\n');
    expect(out).toMatch(new RegExp(String.raw`^  people told +${told} +${told}$`, 'mu'));
    expect(out).toContain('only with these rules: 0\nonly in the ledger: 0');
    expect(code).toBe(0);
  });

  test('with an earlier threshold tells when it would have fired, beside when it did', async () => {
    const one = await unaccepted();
    const before = await ledgerOf(desk, one);
    const { out, code } = await tries('--matrix', await rulesFile({ rules: [EARLY] }));
    expect(code).toBe(0);
    expect(out).toMatch(
      new RegExp(`^only with these rules: ${before.length}\n.*${one.number} · NOT_ASSIGNED · level 1`, 'mu'),
    );
    expect(out).toMatch(
      new RegExp(`^only in the ledger: ${before.length}\n.*${one.number} · NOT_ASSIGNED · level 1`, 'mu'),
    );
    expect(await ledgerOf(desk, one)).toEqual(before);
  });

  test('as JSON holds both sides, and no more than the days that were asked for', async () => {
    await unaccepted();
    const { out } = await tries('--json', '--days', '0.0001');
    expect(JSON.parse(out)).toEqual({ tickets: 1, would: [], did: [] });
  });

  test('of a desk without tickets says that there was none', async () => {
    expect(await tries()).toEqual({
      code: 0,
      out: 'No ticket was at work in the last 30 days.\n',
      said: '0 tickets looked at\n',
    });
  });

  test.each([
    ['no file', '/no/such/rules.json', ['/no/such/rules.json: cannot be read']],
    ['no JSON', '{"rules": [', ['is no JSON']],
    [
      'all faults of a file at once',
      {
        rules: [
          { ...EARLY, team: 'nobody' },
          { ...EARLY, repeatEveryMinutes: -5, maxRepeats: 1 },
        ],
      },
      ['nobody', 'repeat'],
    ],
  ])('refuses %s, and says why', async (_what, rules, words) => {
    const file = rules === '/no/such/rules.json' ? rules : await rulesFile(rules);
    const { code, out, said } = await tries('--matrix', file);
    for (const each of words) expect(said).toContain(each);
    expect(said).not.toMatch(/^\s+at /mu);
    expect({ code, out }).toEqual({ code: 2, out: '' });
  });

  test.each([
    ['days', ['--days', '-1'], '--days'],
    ['a moment', ['--until', 'noon'], '--until noon is no moment: write it as 2026-11-24T12:00:00Z'],
    ['an option', ['--fast'], '--fast'],
  ])('refuses %s it does not understand', async (_what, args, words) => {
    const { code, said } = await tries(...args);
    expect(said).toContain(words);
    expect(said).toContain('npm run dry-run -- [--days 30]');
    expect(code).toBe(2);
  });

  test('of a store that is not there says so', async () => {
    const { code, said } = await tries('--store', path.join(desk.folder, 'nowhere'));
    expect(said).toContain('nowhere');
    expect(said).not.toMatch(/^\s+at /mu);
    expect(code).toBe(2);
  });
});
