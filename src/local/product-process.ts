import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';

export interface ProductOptions {
  /** The repository's folder. */
  readonly root: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly logFile: string;
  /** Hears what the product warns of. */
  readonly warn: (line: string) => void;
}

export interface ProductProcess {
  readonly pid: number;
  readonly running: boolean;
  /** Ends it cleanly, or at once with SIGKILL. */
  stop(signal?: 'SIGTERM' | 'SIGKILL'): Promise<void>;
}

/** The product did not get ready; the message holds what it said. */
export class ProductError extends Error {
  override readonly name = 'ProductError' as const;
}

const READY_WITHIN_MS = 60_000;
const END_WITH_PARENT = new URL('./end-with-parent-preload.ts', import.meta.url).href;

interface LogLine {
  readonly level: number;
  readonly event: string;
  readonly [field: string]: unknown;
}

const lineOf = (text: string): LogLine | undefined => {
  try {
    return JSON.parse(text) as LogLine;
  } catch {
    return undefined;
  }
};

const WARNING = 40;

/** The product as it runs in production: its own process, with settings for the local tenant. Resolves when it is ready. */
export const startProduct = async ({ root, environment, ...listening }: ProductOptions): Promise<ProductProcess> => {
  const child = spawn(process.execPath, ['--import', END_WITH_PARENT, path.join(root, 'src/index.ts')], {
    cwd: root,
    env: { PATH: process.env.PATH ?? '', ...environment },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const ended = once(child, 'exit');
  const running = (): boolean => child.exitCode === null && child.signalCode === null;
  const stop = async (signal: NodeJS.Signals = 'SIGTERM'): Promise<void> => {
    if (running()) child.kill(signal);
    await ended;
  };
  try {
    await ready(child, listening);
  } catch (fault) {
    await stop('SIGKILL');
    throw fault;
  }
  return {
    pid: child.pid ?? 0,
    get running() {
      return running();
    },
    stop,
  };
};

const ready = (child: ChildProcess, { logFile, warn }: Pick<ProductOptions, 'logFile' | 'warn'>): Promise<void> =>
  new Promise((resolve, reject) => {
    const { stdout, stderr } = child;
    if (!stdout || !stderr) return;
    const log = createWriteStream(logFile, { flags: 'a' });
    let said = '';
    const timer = setTimeout(() => {
      reject(new ProductError(`The product was not ready within ${READY_WITHIN_MS / 1_000} s. ${said}`));
    }, READY_WITHIN_MS);
    createInterface(stdout).on('line', (text) => {
      log.write(`${text}\n`);
      const line = lineOf(text);
      if (line?.event === 'ready') {
        clearTimeout(timer);
        resolve();
      } else if (line && line.level >= WARNING)
        warn(
          `  desk: ${line.event} ${JSON.stringify({ ...line, level: undefined, time: undefined, event: undefined })}`,
        );
    });
    stderr.on('data', (chunk: Buffer) => {
      log.write(chunk);
      said = `${said}${chunk.toString()}`.slice(-4_000);
    });
    child.once('exit', (code) => {
      clearTimeout(timer);
      reject(new ProductError(`The product ended with ${code ?? 'a signal'}. ${said}`));
    });
  });
