import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { PlaygroundError, startPlayground } from '../../src/local/teams/playground.ts';
import { ana, ben, people, tenant } from './teams-tenant.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'playground-'));
});
afterEach(() => rm(folder, { recursive: true, maxRetries: 5 }));

const botEndpoint = 'http://127.0.0.1:9/api/messages';
const script = new URL('./teams-playground-script.ts', import.meta.url).pathname;
const ping = (url: string): Promise<string> =>
  fetch(`${url}/_debug/ping`).then(
    (response) => response.text(),
    () => 'gone',
  );

/** Whether it went away; asks for some seconds. */
const goesAway = async (url: string): Promise<boolean> => {
  for (let asked = 0; asked < 200; asked += 1) {
    if ((await ping(url)) === 'gone') return true;
    await pause(20);
  }
  return false;
};

describe('a Playground', () => {
  it('runs for its person, with a chat of that person’s own, and ends when told', async () => {
    const playgrounds = [
      await startPlayground({ person: ana, people, tenant, botEndpoint, folder }),
      await startPlayground({ person: ben, people, tenant, botEndpoint, folder }),
    ];
    expect(await Promise.all(playgrounds.map(({ url }) => ping(url)))).toEqual(['pong', 'pong']);
    for (const person of [ana, ben]) {
      const config = JSON.parse(await readFile(join(folder, `playground-${person.id}.yml`), 'utf8')) as {
        users: unknown[];
      };
      expect(config).toMatchObject({
        currentUser: { aadObjectId: person.id },
        personalChat: { id: `personal:${person.id}` },
      });
      expect(config.users).toHaveLength(5);
    }
    await Promise.all(playgrounds.map((playground) => playground.stop()));
    expect(await Promise.all(playgrounds.map(({ url }) => ping(url)))).toEqual(['gone', 'gone']);
  });

  it('says that it did not start, and where its log is', async () => {
    const [tickets] = tenant.channels;
    const broken = { ...tenant, channels: [{ id: tenant.team.id, name: tickets?.name ?? '' }] };
    const starting = startPlayground({ person: ana, people, tenant: broken, botEndpoint, folder });
    const fault: unknown = await starting.catch((reason: unknown) => reason);
    expect(fault).toBeInstanceOf(PlaygroundError);
    const log = /see (\S+)/.exec((fault as PlaygroundError).message)?.[1] ?? '';
    expect(await readFile(log, 'utf8')).toContain('ID must be unique');
  });

  it('does not outlive the process that started it, even when that is killed', async () => {
    const parent = spawn(process.execPath, [script, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [line] = (await once(parent.stdout, 'data')) as [Buffer];
    const url = line.toString().trim();
    expect(await ping(url)).toBe('pong');
    parent.kill('SIGKILL');
    expect(await goesAway(url)).toBe(true);
  });
});
