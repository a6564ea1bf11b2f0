import path from 'node:path';
import { parseArgs } from 'node:util';
import { isBroken, tableOf } from './findings.ts';
import { killRounds } from './kill-rounds.ts';

/** `npm run kill -- --rounds 25`: kills the product in the middle of its work and proves that nothing is lost or doubled. */
const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '25' },
    mails: { type: 'string', default: '6' },
    seed: { type: 'string', default: '1' },
  },
});
const findings = await killRounds({
  root: path.resolve(import.meta.dirname, '../..'),
  rounds: Number(values.rounds),
  mails: Number(values.mails),
  seed: Number(values.seed),
  say: (line) => console.log(line),
});
console.log(`\n${tableOf(findings)}`);
process.exitCode = findings.some(isBroken) ? 1 : 0;
