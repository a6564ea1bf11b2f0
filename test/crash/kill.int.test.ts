import { expect, test } from '@jest/globals';
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/** Most of it is one wait at the end: what was being sent at the last kill is leased for a minute. */
const TIME_FOR_ALL_MS = 300_000;

test(
  'the product is killed three times in the middle of its work: nothing is lost, nothing is doubled',
  async () => {
    const script = fileURLToPath(new URL('./kill-script.ts', import.meta.url));
    const run = promisify(execFile)(process.execPath, [script, '--rounds', '3', '--seed', '3']);
    const { stdout, code } = await run.then(
      (ended) => ({ ...ended, code: 0 }),
      (fault: unknown) => fault as { stdout: string; code: unknown },
    );
    expect({ code, broken: stdout.split('\n').filter((line) => line.startsWith('BROKEN')) }).toEqual({
      code: 0,
      broken: [],
    });
    expect(stdout).toContain('3 kills');
  },
  TIME_FOR_ALL_MS,
);
