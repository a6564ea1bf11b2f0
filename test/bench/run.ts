import os from 'node:os';
import path from 'node:path';
import { botRows } from './bot-rows.ts';
import { cardRow } from './card-row.ts';
import { mailRows } from './mail-row.ts';
import { printed, type Row } from './measure.ts';
import { pageRow } from './page-row.ts';
import { alertsOfLog } from './alerts-of-log.ts';
import { startRows } from './start-row.ts';
import { sweepRow } from './sweep-row.ts';

/**
 * `npm run bench`: how fast the desk is, each figure a ratio measured in one run against the raw engine or the framework
 * alone. Short by default; `--full` fills a desk with a million tickets first (about 4 GB in the temporary folder, while it runs).
 */
const full = process.argv.includes('--full');
const large = full ? 1_000_000 : 100_000;
const root = path.join(os.tmpdir(), 'desk-bench');
const rows: Row[] = [];
const measure = async (what: string, run: () => Promise<Row | Row[]>): Promise<void> => {
  console.error(`measuring ${what} …`);
  rows.push(...[await run()].flat());
};

await measure('mail to ticket', () => mailRows(full ? 8_000 : 2_000, 5));
await measure('the bot', () => botRows(full ? 3_000 : 1_000, 5));
await measure('cards', () => cardRow(2_000, 5));
await measure(`the queue at ${large} tickets`, () => pageRow(root, large));
await measure(`the sweep at ${large} tickets`, () => sweepRow(root, large));
await measure('start-up', () => startRows(root, large));
console.log(`\n${printed(rows)}\n`);
console.error('playing the log of incidents …');
console.log(`${await alertsOfLog()}\n`);
console.log(
  `${os.cpus().length} cores, Node ${process.versions.node}, load ${os.loadavg()[0]?.toFixed(2) ?? '?'}; medians of 5 pairs.`,
);
process.exit(0);
