import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export interface SweepingProcess {
  readonly pid: number;
  /** The names of its log's entries so far. */
  readonly said: readonly string[];
  /** What it complained of on standard error, where it ended by itself. */
  complaint(): string;
  /** SIGSTOP: it neither works nor ends, and holds what it holds. */
  stop(): void;
  /** SIGCONT: it goes on where it was, and knows nothing of the time between. */
  goOn(): void;
  /** SIGKILL, also of one that is stopped; resolves when the process is gone. */
  kill(): Promise<void>;
}

interface Options {
  readonly store: string;
  readonly folder: string;
  readonly config: string;
  /** Seconds. */
  readonly lease: number;
}

/** Starts sweeping-script.ts. */
export const startSweeping = (options: Options): SweepingProcess => {
  const script = fileURLToPath(new URL('./sweeping-script.ts', import.meta.url));
  const args = Object.entries(options).flatMap(([name, value]) => [`--${name}`, String(value)]);
  const child = spawn(process.execPath, [script, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  const gone = once(child, 'exit');
  const said: string[] = [];
  let complaint = '';
  child.stderr.on('data', (text) => (complaint += String(text)));
  createInterface({ input: child.stdout }).on('line', (line) => {
    said.push((JSON.parse(line) as { event: string }).event);
  });
  return {
    pid: child.pid ?? 0,
    said,
    complaint: () => complaint,
    stop: () => child.kill('SIGSTOP'),
    goOn: () => child.kill('SIGCONT'),
    kill: async () => {
      child.kill('SIGCONT');
      child.kill('SIGKILL');
      await gone;
    },
  };
};
