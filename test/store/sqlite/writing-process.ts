import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export interface WritingProcess {
  pid: number;
  /** Batches whose acknowledgement was seen so far. */
  acknowledged: number[];
  /** Resolves when the process has opened the store and `count` batches were acknowledged. */
  reached(count: number): Promise<void>;
  /** SIGKILL; resolves when the process is gone. */
  kill(): Promise<void>;
}

/** Starts writer-script.ts on the folder. */
export const startWriting = (folder: string, first = 0): WritingProcess => {
  const script = fileURLToPath(new URL('./writer-script.ts', import.meta.url));
  const child = spawn(process.execPath, [script, folder, String(first)], { stdio: ['ignore', 'pipe', 'pipe'] });
  let complaint = '';
  child.stderr.on('data', (text) => (complaint += String(text)));
  const gone = once(child, 'exit');
  const acknowledged: number[] = [];
  let [opened, look] = [false, (): void => undefined];
  const lines = createInterface({ input: child.stdout });
  lines.on('line', (line) => {
    if (line === 'open') opened = true;
    else acknowledged.push(Number(line));
    look();
  });
  return {
    pid: child.pid ?? 0,
    acknowledged,
    reached: (count) =>
      new Promise((resolve, reject) => {
        look = () => {
          if (opened && acknowledged.length >= count) resolve();
        };
        look();
        void gone.then(() =>
          reject(new TypeError(`the writing process ended after ${acknowledged.length} batches: ${complaint}`)),
        );
      }),
    kill: async () => {
      child.kill('SIGKILL');
      await gone;
    },
  };
};
