import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { actorOf } from '../../src/application/ports/directory.ts';
import { after, minutes, seconds } from '../support/given.ts';
import { isRefusal } from '../../src/domain/refusals.ts';
import { millisecondsOf, personId } from '../../src/domain/values.ts';
import { readDeskConfig } from '../../src/desk-config.ts';
import { openDesk, PEOPLE, type TestDesk, textOn } from '../support/open-desk.ts';

describe('who may confirm a leaver’s case is asked', () => {
  let desk: TestDesk;
  beforeAll(async () => {
    desk = await openDesk();
  });
  afterAll(() => desk.close());

  const { directory } = readDeskConfig('config/desk.json');
  const wish = {
    owner: personId(PEOPLE.anna),
    takers: [personId(PEOPLE.ben)],
    reason: 'termination' as const,
    evidence: 'Notice of the fifth.',
  };
  const asked = (): number =>
    desk.chatOf('mara').filter((card) => textOn(card).includes('Notice of the fifth.')).length;

  test('once, however often the clock looks at the case', async () => {
    const sam = directory.person(personId(PEOPLE.sam));
    const made = sam && (await desk.running.core.leavers.propose(wish, actorOf(sam)));
    if (!made || isRefusal(made)) throw new TypeError('not proposed');
    expect(asked()).toBe(0);
    await desk.settled();
    expect(asked()).toBe(1);
    const now = desk.clock.now();
    expect(await desk.running.core.leavers.ask(made.id, { rev: millisecondsOf(now), now })).toBeUndefined();
    await desk.settled();
    expect(asked()).toBe(1);
  });

  test('a case that is not written yet is waited for, one that never was is forgotten', async () => {
    const proposed = desk.clock.now();
    const look = (now: typeof proposed) =>
      desk.running.core.leavers.ask('nowhere', { rev: millisecondsOf(proposed), now });
    expect(await look(proposed)).toBe(after(proposed, seconds(1)));
    expect(await look(after(proposed, minutes(1)))).toBeUndefined();
  });
});
