import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** What leaver-script.ts says, line by line. */
export interface LeaverLine {
  readonly case?: string;
  /** What the proposer heard who confirmed alone. */
  readonly alone?: { readonly refused: string };
  /** The jobs that confirming twice at the same time found. */
  readonly confirmed?: readonly string[];
  readonly done?: number;
  readonly ended?: true;
}

export interface LeavingProcess {
  readonly lines: readonly LeaverLine[];
  /** Resolves with the first line of which this is so; rejects when the process ends before. */
  says(what: (line: LeaverLine) => boolean): Promise<LeaverLine>;
  /** SIGKILL; resolves when the process is gone. */
  kill(): Promise<void>;
  /** How it ended by itself. */
  readonly gone: Promise<unknown>;
}

/** Starts leaver-script.ts with these options. */
export const startLeaving = (options: Readonly<Record<string, string>>): LeavingProcess => {
  const script = fileURLToPath(new URL('./leaver-script.ts', import.meta.url));
  const args = Object.entries(options).flatMap(([name, value]) => [`--${name}`, value]);
  const child = spawn(process.execPath, [script, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let complaint = '';
  child.stderr.on('data', (text) => (complaint += String(text)));
  const gone = once(child, 'exit');
  const lines: LeaverLine[] = [];
  let look = (): void => undefined;
  createInterface({ input: child.stdout }).on('line', (line) => {
    lines.push(JSON.parse(line) as LeaverLine);
    look();
  });
  return {
    lines,
    gone,
    says: (what) =>
      new Promise((resolve, reject) => {
        look = () => {
          const said = lines.find(what);
          if (said) resolve(said);
        };
        look();
        void gone.then(() => {
          reject(new TypeError(`it ended after ${JSON.stringify(lines.at(-1))}: ${complaint}`));
        });
      }),
    kill: async () => {
      child.kill('SIGKILL');
      await gone;
    },
  };
};
