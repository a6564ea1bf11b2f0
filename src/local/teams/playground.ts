import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { playgroundConfig } from './playground-config.ts';
import type { Person, Tenant } from './tenant.ts';

export type PlaygroundSettings = {
  /** Who sits before it. */
  readonly person: Person;
  readonly people: readonly Person[];
  /** It shows General and the first of the channels. */
  readonly tenant: Tenant;
  /** Where it sends activities: the mirror's endpoint for that person. */
  readonly botEndpoint: string;
  /** For its configuration and log. */
  readonly folder: string;
  /** Nothing or 0: any free port. A port in use gives another one. */
  readonly port?: number;
};

/** A running Playground; `url` is its page. */
export type Playground = { readonly url: string; stop(): Promise<void> };

/** The Playground did not start; the message says why, and where its log is. */
export class PlaygroundError extends Error {
  override name = 'PlaygroundError' as const;
}

/** Milliseconds. */
const STARTED_WITHIN = 30_000;
const STOPPED_WITHIN = 3_000;
const BETWEEN_PINGS = 50;

const COMMAND = createRequire(import.meta.url).resolve('@microsoft/m365agentsplayground/cli.js');
const PRELOAD = new URL('./loopback-preload.ts', import.meta.url).href;

/** Only what it needs: no secret of ours, and no proxy, which it would use even for loopback. */
function environment(files: { config: string; log: string }): Record<string, string> {
  const kept = ['PATH', 'HOME', 'TMPDIR', 'LANG', 'TZ', 'SystemRoot', 'USERPROFILE', 'TEMP'];
  const inherited = kept.flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return {
    ...Object.fromEntries(inherited),
    TEAMSAPPTESTER_BROWSER: 'none',
    APPLICATION_INSIGHTS_NO_STATSBEAT: 'true',
    M365_AGENTS_PLAYGROUND_CONFIG_PATH: files.config,
    M365_AGENTS_PLAYGROUND_LOGFILE: files.log,
  };
}

/** The port from the one line it writes; it writes everything else to its log. Rejects with PlaygroundError. */
function portOf(child: ChildProcess, log: string): Promise<number> {
  return new Promise((resolve, reject) => {
    let written = '';
    const fail = (why: string): void =>
      reject(new PlaygroundError(`the Playground ${why}; see ${log} ${written.trim()}`));
    const deadline = setTimeout(() => fail('did not start in time'), STARTED_WITHIN);
    const read = (chunk: Buffer): void => {
      written += chunk.toString();
      const port = /Listening on (\d+)/.exec(written)?.[1];
      if (port === undefined) return;
      clearTimeout(deadline);
      resolve(Number(port));
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.once('error', (cause) => fail(`could not be started (${String(cause)})`));
    child.once('exit', (code) => {
      clearTimeout(deadline);
      fail(`ended with ${code}`);
    });
  });
}

const hasEnded = (child: ChildProcess): boolean => child.exitCode !== null || child.signalCode !== null;

/** Resolves when it answers; it may still end after having named its port, for instance over its configuration. */
async function untilReady(url: string, child: ChildProcess, log: string): Promise<void> {
  const deadline = Date.now() + STARTED_WITHIN;
  while (!hasEnded(child) && Date.now() < deadline) {
    const answer = await fetch(`${url}/_debug/ping`).then((response) => response.text(), String);
    if (answer === 'pong') return;
    await pause(BETWEEN_PINGS);
  }
  throw new PlaygroundError(`the Playground does not answer at ${url}; see ${log}`);
}

async function stopChild(child: ChildProcess): Promise<void> {
  if (hasEnded(child)) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  const impatient = setTimeout(() => child.kill('SIGKILL'), STOPPED_WITHIN);
  await ended;
  clearTimeout(impatient);
}

/**
 * Starts a Playground on the loopback address with that person before it. It ends with `stop`, and with this process
 * however that dies. Throws PlaygroundError.
 */
export async function startPlayground(settings: PlaygroundSettings): Promise<Playground> {
  const { person, people, tenant, botEndpoint, folder, port = 0 } = settings;
  await mkdir(folder, { recursive: true });
  const config = join(folder, `playground-${person.id}.yml`);
  const log = join(folder, `playground-${person.id}.log`);
  await writeFile(config, playgroundConfig(person, people, tenant));
  const args = [
    '--import',
    PRELOAD,
    COMMAND,
    '-e',
    botEndpoint,
    '-c',
    'msteams',
    '-p',
    String(port),
    '--disable-telemetry',
  ];
  const child = spawn(process.execPath, args, {
    cwd: folder,
    env: environment({ config, log }),
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  try {
    const url = `http://127.0.0.1:${await portOf(child, log)}`;
    await untilReady(url, child, log);
    return { url, stop: () => stopChild(child) };
  } catch (fault) {
    await stopChild(child);
    throw fault;
  }
}
