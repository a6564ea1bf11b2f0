import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as after } from 'node:timers/promises';
import { freePort } from '../../src/local/ports.ts';
import { median, type Row } from './measure.ts';
import { deskWith } from './million.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');

/** The product alone: neither mail service nor Teams is there, so that only its own start is measured. */
const environment = (folder: string, port: number): Record<string, string> => ({
  DESK_ENV: 'test',
  PORT: String(port),
  PUBLIC_URL: `http://127.0.0.1:${port}`,
  DESK_DATA: folder,
  BOT_ID: 'b0000000-0000-4000-8000-000000000002',
  BOT_TENANT_ID: 'b0000000-0000-4000-8000-000000000001',
  AZURE_TENANT_ID: 'b0000000-0000-4000-8000-000000000001',
  AZURE_CLIENT_ID: 'b0000000-0000-4000-8000-000000000002',
  AZURE_CLIENT_SECRET: 'only-for-the-bench',
  AZURE_AUTHORITY_HOST: 'https://127.0.0.1:9',
  GRAPH_URL: 'https://127.0.0.1:9',
  GRAPH_CLIENT_STATE: 'only-for-the-bench-state',
  MAIL_SIGNING_SECRET: 'only-for-the-bench-mail',
});

const readyLine = (stdout: NodeJS.ReadableStream): Promise<void> =>
  new Promise((resolve, reject) => {
    createInterface(stdout)
      .on('line', (line) => {
        if (line.includes('"event":"ready"')) resolve();
      })
      .on('close', () => {
        reject(new TypeError('The product ended before it was ready; what it said stands above.'));
      });
  });

const rssMb = (pid: number): number =>
  Number(/VmRSS:\s+(\d+)/u.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? Number.NaN) / 1_024;

const startOnce = async (folder: string): Promise<{ seconds: number; rss: number }> => {
  const port = await freePort(0);
  const started = performance.now();
  const child = spawn(process.execPath, [path.join(ROOT, 'src/index.ts')], {
    cwd: ROOT,
    env: { PATH: process.env.PATH ?? '', ...environment(folder, port) },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await readyLine(child.stdout);
  const seconds = (performance.now() - started) / 1_000;
  await after(2_000);
  const rss = rssMb(child.pid ?? 0);
  child.kill('SIGTERM');
  await once(child, 'exit');
  return { seconds, rss };
};

/** Start-up and memory of the product process, median of 5, against the goals of 3 s and 350 MB. */
export const startRows = async (root: string, count: number): Promise<Row[]> => {
  const folder = await deskWith(path.join(root, `desk-${count}`), count);
  const runs: { seconds: number; rss: number }[] = [];
  for (let round = 0; round < 5; round += 1) runs.push(await startOnce(folder));
  const seconds = median(runs.map((run) => run.seconds));
  const rss = median(runs.map((run) => run.rss));
  const tickets = `${count.toLocaleString('en')} tickets`;
  return [
    {
      what: `product process ready, ${tickets}`,
      desk: seconds,
      base: 3,
      baseName: 'goal',
      ratio: seconds / 3,
      goal: '< 3 s',
      unit: 's',
    },
    {
      what: `product process RSS, ${tickets}`,
      desk: rss,
      base: 350,
      baseName: 'goal',
      ratio: rss / 350,
      goal: '< 350 MB',
      unit: 'MB',
    },
  ];
};
