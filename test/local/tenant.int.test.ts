import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, test } from '@jest/globals';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createTransport } from 'nodemailer';
import { readDeskConfig } from '../../src/desk-config.ts';
import { type LocalTenant, openTenant } from '../../src/local/tenant.ts';
import { until } from '../support/until.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const ANNA = 'a0000000-0000-4000-8000-000000000001';
const TICKETS = '19:tickets@thread.tacv2';
const SUPPORT = 'support@desk.example';
const ANY_PORT = { product: 0, mirror: 0, smtp: 0 };
const MAILBOXES = readDeskConfig(path.join(ROOT, 'config/desk.json')).directory.mailboxes().length;

const temporaryFolder = (): Promise<string> => mkdtemp(path.join(tmpdir(), 'desk-tenant-'));
const remove = (folder: string): Promise<void> => rm(folder, { recursive: true, maxRetries: 5 });

/** Waits for the subscriptions, too: a mail between the desk's first look and them is only seen at its next look. */
const open = async (folder: string, wishes: { seed?: boolean; ports?: typeof ANY_PORT } = {}): Promise<LocalTenant> => {
  const tenant = await openTenant({ root: ROOT, folder, ports: ANY_PORT, seed: false, ...wishes });
  await until(() => tenant.graph.subscriptions().length === MAILBOXES);
  return tenant;
};

const mails = async ({ graph }: LocalTenant, subject: string): Promise<void> => {
  const smtp = createTransport({ host: '127.0.0.1', port: graph.smtpPort, ignoreTLS: true });
  await smtp.sendMail({ from: 'carla@customer.example', to: SUPPORT, subject, text: 'Please help.' });
  smtp.close();
};

/** The cards in the channel, each as one text. */
const cardsOf = ({ mirror }: LocalTenant): string[] =>
  mirror.posts(TICKETS).map(({ activity }) => JSON.stringify(activity));
const cardOn = (tenant: LocalTenant, subject: string): string =>
  cardsOf(tenant).find((card) => card.includes(subject)) ?? '';
const numberOf = (tenant: LocalTenant, subject: string): string => /INC-\d+/u.exec(cardOn(tenant, subject))?.[0] ?? '';
const arrives = (tenant: LocalTenant, subject: string): Promise<void> => until(() => cardOn(tenant, subject) !== '');

/** Taps Accept and acts at once: nobody waits for the time in which the tap can be undone. */
const accepts = async (tenant: LocalTenant, subject: string): Promise<void> => {
  const ticketId = /"ticketId":"([^"]+)"/u.exec(cardOn(tenant, subject))?.[1] ?? '';
  const tap = (verb: string, fields: object = {}): Promise<unknown> => {
    const value = { action: { type: 'Action.Execute', verb, data: { ticketId, ...fields } } };
    return tenant.mirror.say({ person: ANNA, conversation: TICKETS, invoke: { name: 'adaptiveCard/action', value } });
  };
  await tap('reserve');
  await tap('pend', { pendFor: 'vendor', pendUntil: '2099-12-31' });
  await until(() => cardOn(tenant, subject).includes('Waiting for a vendor'));
};

/** What the bot answers to Anna in her chat. */
const asks = async ({ mirror }: LocalTenant, text: string): Promise<string> => {
  const before = mirror.posts(`personal:${ANNA}`).length;
  await mirror.say({ person: ANNA, text });
  return JSON.stringify(mirror.posts(`personal:${ANNA}`).slice(before));
};

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch (fault) {
    return (fault as NodeJS.ErrnoException).code !== 'ESRCH';
  }
};

const answersAt = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port });
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });

const portOf = (url: string): number => Number(new URL(url).port);
const portsOf = (tenant: LocalTenant): number[] => [
  portOf(tenant.productUrl),
  portOf(tenant.mirror.url),
  portOf(tenant.graph.url),
  tenant.graph.smtpPort,
];

const onLinux = existsSync('/proc/net/tcp');

/** Linux: a process and everything it has started. */
const familyOf = (pid: number): number[] => {
  const processes = readdirSync('/proc').filter((name) => /^\d+$/u.test(name) && existsSync(`/proc/${name}/stat`));
  const childrenOf = (parent: number): number[] => processes.map(Number).filter((each) => parentOf(each) === parent);
  return [pid, ...childrenOf(pid).flatMap(familyOf)];
};
const parentOf = (pid: number): number => {
  try {
    return Number(/\) \S (\d+)/u.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.[1]);
  } catch {
    return 0; // it has ended meanwhile
  }
};

/** Linux: the addresses on which a process listens, as `ADDRESS:PORT` in hexadecimal. */
const listenersOf = (pid: number): string[] => {
  const sockets = new Set(
    readdirSync(`/proc/${pid}/fd`).map((fd) => {
      try {
        return /^socket:\[(\d+)\]$/u.exec(readlinkSync(`/proc/${pid}/fd/${fd}`))?.[1];
      } catch {
        return undefined; // it was closed meanwhile
      }
    }),
  );
  const rows = ['tcp', 'tcp6'].flatMap((table) => readFileSync(`/proc/net/${table}`, 'utf8').split('\n').slice(1));
  return rows
    .map((row) => row.trim().split(/\s+/u))
    .filter((row) => row[3] === '0A' && sockets.has(row[9]))
    .map((row) => row[1] ?? '');
};
const LOOPBACK = /^(0100007F|0000000000000000FFFF00000100007F):/u;

interface Run {
  readonly child: ChildProcess;
  readonly said: () => string;
  /** The exit code, or the signal that ended it. */
  readonly ended: Promise<number | string>;
}

const running: Run[] = [];

const run = (script: string, environment: Record<string, string>): Run => {
  const child = spawn(process.execPath, [script], {
    cwd: ROOT,
    env: { PATH: process.env.PATH ?? '', NODE_NO_WARNINGS: '1', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const ended = once(child, 'close').then(([code, signal]) => (code as number | null) ?? (signal as string));
  const started = { child, said: () => said, ended };
  running.push(started);
  return started;
};

const endAll = async (): Promise<void> => {
  for (const { child } of running) child.kill('SIGKILL');
  await Promise.all(running.splice(0).map(({ ended }) => ended));
};

describe('a tenant', () => {
  let folder: string;
  let tenant: LocalTenant;
  let other: LocalTenant | undefined;

  beforeAll(async () => {
    folder = await temporaryFolder();
    tenant = await open(folder, { seed: true });
  });
  afterEach(endAll);
  afterAll(async () => {
    await other?.stop();
    await tenant.stop();
    await remove(folder);
  });

  it('has a desk that is ready, and two mails that became two cards', async () => {
    expect((await fetch(`${tenant.productUrl}/health/ready`)).status).toBe(200);
    await until(() => cardsOf(tenant).length === 2);
    expect(cardOn(tenant, 'The printer on floor 3 is on strike')).toContain('Carla Costa');
    expect(cardOn(tenant, 'VPN bricht jede Stunde ab')).toContain('Dirk Döring');
  });

  it('shows each customer the own mail beside the answer, in one thread', async () => {
    const all = () => tenant.graph.mailbox('dirk@kunde.example')?.messages() ?? [];
    await until(() => all().length === 2);
    expect(all().map(({ folder: place }) => place)).toEqual(['sentitems', 'inbox']);
    expect(new Set(all().map(({ conversationId }) => conversationId)).size).toBe(1);
  });

  it('keeps everything when the desk is killed, and goes on', async () => {
    await accepts(tenant, 'The printer');
    const { pid } = tenant.product();
    await tenant.restart('SIGKILL');
    expect(tenant.product().pid).not.toBe(pid);
    expect(isAlive(pid)).toBe(false);
    // The list follows the ticket: what the kill cut off, the relay catches up on after the start.
    await until(async () => (await asks(tenant, 'mine')).includes('The printer on floor 3'));
    await mails(tenant, 'After the kill');
    await arrives(tenant, 'After the kill');
    expect(cardsOf(tenant)).toHaveLength(3);
    expect(['INC-1001', 'INC-1002']).not.toContain(numberOf(tenant, 'After the kill'));
  });

  it('started again in its folder it seeds nothing, knows its tickets, and still gets mail', async () => {
    const { length: mailsBefore } = tenant.graph.mailbox(SUPPORT)?.messages('inbox') ?? [];
    const numbers = ['The printer', 'VPN bricht', 'After the kill'].map((subject) => numberOf(tenant, subject));
    await tenant.stop();
    tenant = await open(folder, { seed: true });
    expect(await asks(tenant, `ticket ${numbers[0]}`)).toContain('Anna Arndt');
    await mails(tenant, 'After the night');
    await arrives(tenant, 'After the night');
    expect(cardsOf(tenant)).toHaveLength(4);
    expect(numbers).not.toContain(numberOf(tenant, 'After the night'));
    expect(tenant.graph.mailbox(SUPPORT)?.messages('inbox')).toHaveLength(mailsBefore + 1);
  });

  it('is the only one in its folder', async () => {
    await expect(open(folder)).rejects.toThrow(`A demo tenant already runs in ${folder}. Stop it first`);
    expect((await fetch(`${tenant.productUrl}/health/ready`)).status).toBe(200);
  });

  it('runs beside another one that wanted the same ports', async () => {
    const [product = 0, mirror = 0, , smtp = 0] = portsOf(tenant);
    const elsewhere = await temporaryFolder();
    other = await open(elsewhere, { ports: { product, mirror, smtp } });
    expect(portsOf(other).filter((port) => portsOf(tenant).includes(port))).toEqual([]);
    await mails(other, 'To the other desk');
    await arrives(other, 'To the other desk');
    expect(cardOn(tenant, 'To the other desk')).toBe('');
    await other.stop();
    await remove(elsewhere);
  });

  if (onLinux) {
    it('listens on the loopback address only, the desk and the Playgrounds too', async () => {
      const playground = await tenant.playgroundOf(ANNA);
      const listeners = familyOf(process.pid).flatMap(listenersOf);
      const ports = listeners.map((each) => Number.parseInt(each.split(':')[1] ?? '', 16));
      expect(ports).toEqual(expect.arrayContaining([...portsOf(tenant), portOf(playground?.url ?? '')]));
      expect(listeners.filter((each) => !LOOPBACK.test(each))).toEqual([]);
    });
  }

  it('a second desk process on the same data is refused with words', async () => {
    const environment = {
      DESK_ENV: 'local',
      PORT: '0',
      PUBLIC_URL: 'http://127.0.0.1:1',
      DESK_DATA: path.join(folder, 'desk'),
      BOT_ALLOW_ANONYMOUS: 'true',
      AZURE_TENANT_ID: ANNA,
      AZURE_CLIENT_ID: ANNA,
      AZURE_CLIENT_SECRET: 'not-a-real-secret',
      GRAPH_CLIENT_STATE: 'only-for-tests-client-state',
      MAIL_SIGNING_SECRET: 'only-for-tests-mail-secret',
    };
    const second = run('src/index.ts', environment);
    expect(await second.ended).toBe(1);
    expect(second.said()).toContain(
      `already open in another process (pid ${tenant.product().pid}). Stop it first, or set DESK_DATA to another folder.`,
    );
    expect(second.said()).not.toMatch(/\n\s+at /u);
  });

  it('leaves no process and no open port behind', async () => {
    const playground = await tenant.playgroundOf(ANNA);
    const ports = [...portsOf(tenant), portOf(playground?.url ?? '')];
    const processes = onLinux ? familyOf(process.pid).slice(1) : [tenant.product().pid];
    expect(await Promise.all(ports.map(answersAt))).toEqual(ports.map(() => true));
    await tenant.stop();
    expect(processes.filter(isAlive)).toEqual([]);
    expect(await Promise.all(ports.map(answersAt))).toEqual(ports.map(() => false));
  });
});

describe('npm start', () => {
  let folder: string;

  const start = (environment: Record<string, string> = {}): Run => {
    const ports = { PORT: '0', MIRROR_PORT: '0', SMTP_PORT: '0', GRAPH_PORT: '0', START_PORT: '0' };
    return run('src/local/index.ts', { ...ports, DESK_LOCAL: folder, ...environment });
  };
  const ready = ({ said }: Run): Promise<void> => until(() => said().includes('ready: open'));
  /** The desk's process, as it wrote it down beside its store. */
  const deskPid = async (): Promise<number> =>
    Number((await readFile(path.join(folder, 'desk/desk.pid'), 'utf8').catch(() => '0')).trim());

  beforeEach(async () => {
    folder = await temporaryFolder();
  });
  afterEach(async () => {
    await endAll();
    await remove(folder);
  });

  test.each(['NODE_ENV', 'DESK_ENV'])('refuses to be production, as %s says', async (name) => {
    const tenant = start({ [name]: 'production' });
    expect(await tenant.ended).toBe(1);
    expect(tenant.said()).toBe(
      'This is the demo tenant and never production. Run `npm run start:product` with the settings of env/.env.production.example.\n',
    );
    expect(readdirSync(folder)).toEqual([]);
  });

  it('prints one address, which works, and ends cleanly with Ctrl-C', async () => {
    const tenant = start();
    await ready(tenant);
    const addresses = tenant.said().match(/https?:\/\/\S+/gu) ?? [];
    expect(addresses).toHaveLength(1);
    expect(await (await fetch(addresses[0] ?? '')).text()).toContain('carla@customer.example');
    const desk = await deskPid();
    expect(isAlive(desk)).toBe(true);
    tenant.child.kill('SIGINT');
    expect(await tenant.ended).toBe(0);
    expect(isAlive(desk)).toBe(false);
    expect(await answersAt(portOf(addresses[0] ?? ''))).toBe(false);
  });

  it('ends with Ctrl-C also while it starts, and leaves no desk behind', async () => {
    const tenant = start();
    await until(() => tenant.said().includes('Starting the desk'));
    const desks = (): number[] => (onLinux ? familyOf(tenant.child.pid ?? 0).slice(1) : []);
    await until(() => !onLinux || desks().length > 0);
    const starting = desks();
    tenant.child.kill('SIGINT');
    expect(await tenant.ended).toBe(0);
    expect(tenant.said()).not.toContain('ready');
    expect(starting.filter(isAlive)).toEqual([]);
  });

  it('takes its desk along when it is killed, and starts again in the same folder', async () => {
    const first = start();
    await ready(first);
    const desk = await deskPid();
    first.child.kill('SIGKILL');
    await until(() => !isAlive(desk));
    const second = start();
    await ready(second);
    expect(await deskPid()).not.toBe(desk);
  });

  it('is refused with words where another one runs', async () => {
    await ready(start());
    const second = start();
    expect(await second.ended).toBe(1);
    expect(second.said()).toBe(
      `A demo tenant already runs in ${folder}. Stop it first, or set DESK_LOCAL to another folder.\n`,
    );
  });
});
