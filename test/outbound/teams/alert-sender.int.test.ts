import { afterEach, describe, expect, test } from '@jest/globals';
import { type AlertLine, lineId } from '../../../src/application/ports/alert-ledger.ts';
import { DeliveryError } from '../../../src/application/errors.ts';
import type { TicketId } from '../../../src/domain/values.ts';
import { alertSender } from '../../../src/outbound/teams/alert-sender.ts';
import { deskStore } from '../../store/desk-store.ts';
import { accepts, ana, ben, kai, lea, max, service } from '../../support/deeds.ts';
import { peopleWith, PEOPLE, teamsWith } from '../../support/desk-roster.ts';
import { textOn } from '../../support/open-desk.ts';
import { alertStage, type AlertStage, type AlertWishes, chatOf, SERVICE_CHANNEL, WAR_ROOM } from './alert-stage.ts';

/** What Teams is told of an alert, and what becomes of it where Teams will not take it; the mirror plays Teams. */
const desk = deskStore();
let stage: AlertStage;
afterEach(() => stage.close());

/** Ana is the only one who takes tickets, Lea stands above her, Max above both. */
const withoutOthers = PEOPLE.filter(({ id }) => id !== ben.id && id !== kai.id);
const open = async (wishes: AlertWishes = {}): Promise<AlertStage> =>
  (stage = await alertStage(desk.store, { people: withoutOthers, ...wishes }));

const posts = (where: string) => stage.mirror.posts(where);
const shown = (where: string, index = 0): string => textOn(posts(where)[index]?.activity);
const mentioned = (where: string, index = 0): string[] =>
  [...shown(where, index).matchAll(/"mentioned":\{"id":"[^"]*","name":"([^"]*)"/gu)].map(([, name = '']) => name);
const stateOf = ({ state, address, tried = [] }: AlertLine): string =>
  [...tried.map((each) => each.address.kind), `${address.kind} ${state}`].join(' → ');
const linesOf = async (id: TicketId, to = ana): Promise<readonly AlertLine[]> =>
  (await stage.lines(id)).filter(({ recipient }) => recipient.id === to.id);
const statesOf = async (id: TicketId, to = ana): Promise<string[]> => (await linesOf(id, to)).map(stateOf);
const edits = (where: string): number => stage.mirror.counts(where).edits;

const jobOf = (ticketId: TicketId, person = ana) =>
  ({
    channel: 'teams',
    kind: 'alert',
    ...{ ticketId, episode: 1, repeat: 0, rev: 2 },
    address: { kind: 'personal', person: person.id },
  }) as const;

const silenceOfTeams = (times = 1_000): void => {
  stage.mirror.fault({ match: 'POST /v3/', status: 412, times });
};

describe('in a person’s own chat', () => {
  test('it is posted once, edited at the next level, and quiet when the condition ends', async () => {
    await open();
    const id = await stage.arrives();
    await stage.waits(id, 10);
    expect(posts(chatOf(ana))).toHaveLength(1);
    expect(await statesOf(id)).toEqual(['personal accepted']);
    await stage.waits(id, 10);
    expect(posts(chatOf(ana))).toHaveLength(1);
    expect(edits(chatOf(ana))).toBe(1);
    expect(posts(chatOf(lea))).toHaveLength(1);
    for (const person of [ana, lea]) expect(shown(chatOf(person))).toContain('acknowledge-alert');
    await stage.does(id, accepts(ana));
    await stage.sends();
    expect(posts(chatOf(ana))).toHaveLength(1);
    expect(posts(chatOf(lea))).toHaveLength(1);
    for (const person of [ana, lea]) expect(shown(chatOf(person))).not.toContain('acknowledge-alert');
    expect(posts(SERVICE_CHANNEL)).toHaveLength(0);
    expect(await stage.dead()).toEqual([]);
  });

  test('what is over before it was shown is spared', async () => {
    await open();
    const id = await stage.arrives();
    silenceOfTeams(1);
    await stage.waits(id, 10);
    await stage.does(id, accepts(ana));
    stage.passes(1);
    await stage.sends();
    expect(await statesOf(id)).toEqual(['personal spared']);
    expect(stage.mirror.counts().posts).toBe(0);
  });

  test('a card that was deleted is posted anew while the alert is on, and never after', async () => {
    await open();
    const id = await stage.arrives();
    await stage.waits(id, 10);
    const gone = { match: 'PUT /v3/.*person-ana', status: 404, times: 1, code: 'ActivityNotFoundInConversation' };
    stage.mirror.fault(gone);
    await stage.waits(id, 10);
    expect(posts(chatOf(ana))).toHaveLength(2);
    stage.mirror.fault(gone);
    await stage.does(id, accepts(ana));
    await stage.sends();
    expect(posts(chatOf(ana))).toHaveLength(2);
  });

  test('quiet hours hold it until they end, whatever brings the card forward', async () => {
    const quiet = { days: [1, 2, 3, 4, 5, 6, 7], from: '08:00', to: '10:00', zone: 'UTC' } as const;
    await open({ people: peopleWith(ana, { quiet }).filter(({ id }) => id !== ben.id && id !== kai.id) });
    const id = await stage.arrives();
    await stage.waits(id, 10);
    await expect(alertSender(stage.parts)({ ...jobOf(id), held: true })).rejects.toMatchObject({
      outcome: 'retry',
      retryAfterMs: 50 * 60_000,
    });
    await alertSender(stage.parts)(jobOf(id));
    expect(await statesOf(id)).toEqual(['personal held']);
    expect(posts(chatOf(ana))).toHaveLength(0);
    stage.passes(50);
    await stage.sends();
    expect(await statesOf(id)).toEqual(['personal accepted']);
    expect(posts(chatOf(ana))).toHaveLength(1);
  });
});

describe('where many read', () => {
  const inChannel = {
    teams: teamsWith(service, { alertsTo: { tech: { kind: 'channel' }, supervisor: { kind: 'channel' } } }),
  };

  test('those it is for are mentioned; whoever joins at the next level has a post of their own, and all turn quiet', async () => {
    await open(inChannel);
    const id = await stage.arrives();
    await stage.waits(id, 10);
    expect(mentioned(SERVICE_CHANNEL)).toEqual([ana.name]);
    await stage.waits(id, 10);
    expect(posts(SERVICE_CHANNEL)).toHaveLength(2);
    expect(mentioned(SERVICE_CHANNEL, 0)).toEqual([ana.name]);
    expect(mentioned(SERVICE_CHANNEL, 1)).toEqual([lea.name]);
    await stage.waits(id, 10);
    expect(posts(SERVICE_CHANNEL)).toHaveLength(2);
    expect(posts(chatOf(max))).toHaveLength(1);
    for (const index of [0, 1]) expect(shown(SERVICE_CHANNEL, index)).toContain('acknowledge-alert');
    await stage.does(id, accepts(ana));
    await stage.sends();
    expect(posts(SERVICE_CHANNEL)).toHaveLength(2);
    for (const index of [0, 1]) expect(shown(SERVICE_CHANNEL, index)).not.toContain('acknowledge-alert');
  });

  test('a group chat is posted to as it is, and the channel takes its place when it is gone', async () => {
    await open({ teams: teamsWith(service, { alertsTo: { tech: { kind: 'chat', id: WAR_ROOM } } }) });
    const [first, second] = [await stage.arrives(), await stage.arrives()];
    await stage.waits(first, 10);
    expect(mentioned(WAR_ROOM)).toEqual([ana.name]);
    stage.mirror.loseChannel(WAR_ROOM);
    await stage.waits(second, 0);
    expect(await statesOf(second)).toEqual(['chat → channel accepted']);
    expect(mentioned(SERVICE_CHANNEL)).toEqual([ana.name]);
  });

  test('a channel that is gone is a mail to each of them', async () => {
    await open({ ...inChannel, people: PEOPLE });
    const id = await stage.arrives();
    stage.mirror.loseChannel(SERVICE_CHANNEL);
    await stage.waits(id, 10);
    expect(stage.mails.map(({ to }) => to.name).sort()).toEqual([ana.name, ben.name]);
    expect(await statesOf(id)).toEqual(['channel → mail sent']);
    expect(await statesOf(id, ben)).toEqual(['channel → mail sent']);
    expect(posts(chatOf(lea))).toHaveLength(1);
  });
});

describe('somebody who cannot be reached', () => {
  test('is mentioned in the team’s channel in the same round, and the supervisor learns it once', async () => {
    await open();
    const id = await stage.arrives();
    stage.mirror.block(ana.id);
    await stage.waits(id, 10);
    expect(await statesOf(id)).toEqual(['personal → channel accepted']);
    expect((await linesOf(id))[0]?.tried?.[0]?.why).toContain('403');
    expect(mentioned(SERVICE_CHANNEL)).toEqual([ana.name]);
    expect(posts(chatOf(lea))).toHaveLength(1);
    expect(shown(chatOf(lea))).toContain(ana.name);
    await alertSender(stage.parts)(jobOf(id));
    await stage.sends();
    expect(posts(SERVICE_CHANNEL)).toHaveLength(1);
    expect(posts(chatOf(lea))).toHaveLength(1);
    expect(stage.mails).toEqual([]);
  });

  test('gets a mail where the channel is missing too: what holds, and what stops it', async () => {
    await open();
    const id = await stage.arrives();
    stage.mirror.block(ana.id);
    stage.mirror.loseChannel(SERVICE_CHANNEL);
    await stage.waits(id, 10);
    expect(await statesOf(id)).toEqual(['personal → channel → mail sent']);
    expect(stage.mails).toHaveLength(1);
    expect(stage.mails[0]).toMatchObject({
      from: 'help@desk.example',
      to: { name: ana.name, address: 'person-ana@desk.example' },
      subject: 'INC-1001: nobody has accepted it yet (level 1)',
    });
    expect(stage.mails[0]?.lines).toContain('What stops it: somebody accepts the ticket; it is cancelled.');
    await alertSender(stage.parts)(jobOf(id));
    await stage.sends();
    expect(stage.mails).toHaveLength(1);
    expect(posts(chatOf(lea))).toHaveLength(1);
  });

  test('shares one post with others who moved to the channel', async () => {
    await open({ people: PEOPLE });
    const id = await stage.arrives();
    stage.mirror.block(ana.id);
    stage.mirror.block(ben.id);
    await stage.waits(id, 10);
    expect(posts(SERVICE_CHANNEL)).toHaveLength(1);
    expect(mentioned(SERVICE_CHANNEL).sort()).toEqual([ana.name, ben.name]);
  });

  test('keeps the mail that another process has sent meanwhile', async () => {
    await open();
    const id = await stage.arrives();
    stage.passes(10);
    await stage.looksAt(id);
    stage.mirror.block(ana.id);
    const mailedElsewhere = async (): Promise<never> => {
      await stage.parts.alerts.change(id, lineId((await linesOf(id))[0] as AlertLine), (line) => ({
        ...line,
        state: 'sent',
        address: { kind: 'mail', person: ana.id },
      }));
      throw new DeliveryError('dead', 'Teams answered 404');
    };
    const connector = { ...stage.parts.connector, postToChannel: mailedElsewhere };
    await alertSender({ ...stage.parts, connector })(jobOf(id));
    expect(await statesOf(id)).toEqual(['personal → mail sent']);
  });

  test('is in their own chat again when the bot is let in', async () => {
    await open();
    const [first, second] = [await stage.arrives(), await stage.arrives()];
    stage.mirror.block(ana.id);
    await stage.waits(first, 10);
    stage.mirror.unblock(ana.id);
    await stage.waits(second, 0);
    expect(await statesOf(second)).toEqual(['personal accepted']);
  });

  test('and is not of the desk any more: the line failed, and the level above learns it', async () => {
    await open();
    const id = await stage.arrives();
    silenceOfTeams(1);
    await stage.waits(id, 10);
    stage.leaves(ana);
    stage.passes(1);
    await stage.sends();
    expect(await statesOf(id)).toEqual(['personal → personal failed']);
    expect(posts(chatOf(lea))).toHaveLength(1);
  });

  const doors = [true, false].flatMap((anaIsOut) =>
    [true, false].flatMap((leaIsOut) => [true, false].map((noChannel) => ({ anaIsOut, leaIsOut, noChannel }))),
  );
  test.each(doors)('every line reaches somebody: %j', async ({ anaIsOut, leaIsOut, noChannel }) => {
    await open();
    if (anaIsOut) stage.mirror.block(ana.id);
    if (leaIsOut) stage.mirror.block(lea.id);
    if (noChannel) stage.mirror.loseChannel(SERVICE_CHANNEL);
    const id = await stage.arrives();
    for (const minutes of [10, 10, 10]) await stage.waits(id, minutes);
    const wayOf = (isOut: boolean): string => {
      if (!isOut) return 'personal accepted';
      return noChannel ? 'personal → channel → mail sent' : 'personal → channel accepted';
    };
    expect(await statesOf(id, ana)).toEqual([1, 2, 3].map(() => wayOf(anaIsOut)));
    expect(await statesOf(id, lea)).toEqual([2, 3].map(() => wayOf(leaIsOut)));
    expect(await statesOf(id, max)).toEqual(['personal accepted']);
  });
});

describe('more than five alike within five minutes', () => {
  const six = async (): Promise<readonly TicketId[]> => {
    const ids: TicketId[] = [];
    for (let n = 0; n < 6; n += 1) ids.push(await stage.arrives());
    stage.passes(10);
    for (const id of ids) await stage.looksAt(id);
    await stage.sends();
    return ids;
  };

  test('are one card, and each of the lines says when it was taken', async () => {
    await open();
    const ids = await six();
    expect(posts(chatOf(ana))).toHaveLength(1);
    expect(shown(chatOf(ana))).toContain('6 tickets');
    for (const id of ids) {
      expect(await statesOf(id)).toEqual(['personal rolled-up']);
      expect((await linesOf(id))[0]?.acceptedAt).toBeDefined();
    }
  });

  test('what went onto that card while its own was drawn is not posted twice', async () => {
    await open();
    const id = await stage.arrives();
    stage.passes(10);
    await stage.looksAt(id);
    const story = await stage.parts.stories.alert(id, 1);
    await stage.parts.alerts.change(id, lineId((await linesOf(id))[0] as AlertLine), (line) => ({
      ...line,
      state: 'rolled-up',
      rollUp: 'another card',
    }));
    const stories = { ...stage.parts.stories, alert: () => Promise.resolve(story) };
    await alertSender({ ...stage.parts, stories })(jobOf(id));
    expect(posts(chatOf(ana))).toHaveLength(0);
  });

  test('are one mail where the person cannot be reached, and one word to the level above', async () => {
    await open();
    stage.mirror.block(ana.id);
    const ids = await six();
    expect(posts(SERVICE_CHANNEL)).toHaveLength(0);
    expect(stage.mails.map(({ subject }) => subject)).toEqual(['6 alerts alike: nobody has accepted it yet (level 1)']);
    expect(posts(chatOf(lea))).toHaveLength(1);
    for (const id of ids) expect(await statesOf(id)).toEqual(['personal → mail rolled-up']);
  });
});

describe('when Teams does not answer as it should', () => {
  test('429 with Retry-After puts it off, and it is sent once', async () => {
    await open();
    const id = await stage.arrives();
    stage.mirror.fault({ match: 'POST /v3/', status: 429, times: 2, retryAfter: 1 });
    await stage.waits(id, 10);
    stage.passes(1);
    await stage.sends();
    expect(await statesOf(id)).toEqual(['personal accepted']);
    expect(posts(chatOf(ana))).toHaveLength(1);
  });

  test('for two minutes: a mail goes out, and nobody above is told that a person could not be reached', async () => {
    await open();
    const id = await stage.arrives();
    silenceOfTeams();
    await stage.waits(id, 10);
    expect(await statesOf(id)).toEqual(['personal sent']);
    expect(stage.mails).toEqual([]);
    stage.passes(2);
    await stage.sends();
    expect(await statesOf(id)).toEqual(['personal → channel → mail sent']);
    expect(stage.mails).toHaveLength(1);
    stage.mirror.clearFaults();
    stage.passes(1);
    await stage.sends();
    expect(stage.mirror.counts().posts).toBe(0);
  });

  test('a kill after the post makes the second send an edit', async () => {
    await open();
    const id = await stage.arrives();
    await stage.waits(id, 10);
    await alertSender(stage.parts)(jobOf(id));
    expect(posts(chatOf(ana))).toHaveLength(1);
  });

  test('a kill before the post was kept makes one double at most, and the ledger is right', async () => {
    await open();
    const id = await stage.arrives();
    silenceOfTeams(1);
    await stage.waits(id, 10);
    const { conversations } = stage.parts;
    const killed = { ...conversations, keepCard: () => Promise.reject(new TypeError('killed')) };
    await expect(alertSender({ ...stage.parts, conversations: killed })(jobOf(id))).rejects.toThrow('killed');
    expect(await statesOf(id)).toEqual(['personal sent']);
    stage.passes(1);
    await stage.sends();
    expect(posts(chatOf(ana)).length).toBeLessThanOrEqual(2);
    expect(await statesOf(id)).toEqual(['personal accepted']);
  });

  test('a kill on the way to the next channel loses nobody', async () => {
    await open();
    const id = await stage.arrives();
    silenceOfTeams(1);
    await stage.waits(id, 10);
    stage.mirror.block(ana.id);
    const connector = { ...stage.parts.connector, postToChannel: () => Promise.reject(new TypeError('killed')) };
    await expect(alertSender({ ...stage.parts, connector })(jobOf(id))).rejects.toThrow('killed');
    expect(await statesOf(id)).toEqual(['personal → channel sent']);
    stage.passes(1);
    await stage.sends();
    expect(await statesOf(id)).toEqual(['personal → channel accepted']);
    expect(mentioned(SERVICE_CHANNEL)).toEqual([ana.name]);
    expect(posts(chatOf(lea))).toHaveLength(1);
  });
});
