import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { instantOf, millisecondsOf } from '../../src/domain/values.ts';
import { ask } from '../inbound/ask.ts';
import { openDesk, PEOPLE, type TestDesk, textOn } from '../support/open-desk.ts';
import { until } from '../support/until.ts';

let desk: TestDesk;
beforeAll(async () => {
  desk = await openDesk({
    config: (file) => ({
      ...file,
      people: file.people.map((each) => (each.id === PEOPLE.ines ? { ...each, roles: ['expert', 'admin'] } : each)),
    }),
  });
});
afterAll(() => desk.close());

const ago = (seconds: number) => instantOf(millisecondsOf(desk.clock.now()) - seconds * 1_000);
const readiness = () => ask(`${desk.url}/health/ready`, { method: 'GET' });

/** As a process leaves it behind that died while it held the watch. */
const diedBefore = async (seconds: number): Promise<void> => {
  const { heartbeats } = desk.running.stores;
  const last = await heartbeats.last('sweeper');
  const left = await heartbeats.beat('sweeper', { holder: 'desk-0:17', at: ago(seconds), released: false }, last?.etag);
  if (!left) await diedBefore(seconds);
};

test('nobody watched: the desk is not ready until somebody does, and the administrator has a card that says so', async () => {
  await desk.settled();
  expect(await readiness()).toMatchObject({ status: 200 });
  await diedBefore(600);
  expect(await readiness()).toMatchObject({ status: 503, body: '{"status":"sweeper-silent"}' });
  await until(async () => {
    desk.clock.advance({ seconds: 6 });
    await desk.settled();
    return desk.chatOf('ines').length > 0;
  });
  const [card, ...more] = desk.chatOf('ines');
  expect(more).toEqual([]);
  expect(textOn(card)).toContain('Der Desk war unbewacht');
  expect(textOn(card)).toContain('desk-0:17 verstummte');
  for (const other of ['mara', 'sam', 'anna'] as const) expect(desk.chatOf(other)).toEqual([]);
  expect(await readiness()).toMatchObject({ status: 200, body: '{"status":"ready"}' });
});
