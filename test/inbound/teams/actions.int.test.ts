import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { DeskQueries } from '../../../src/application/desk-queries.ts';
import { StoreError } from '../../../src/application/errors.ts';
import type { Conversations } from '../../../src/application/ports/conversations.ts';
import type { TicketService } from '../../../src/application/ticket-service.ts';
import { readDeskConfig } from '../../../src/desk-config.ts';
import { httpServer, type HttpServer } from '../../../src/inbound/http/server.ts';
import { botAdapter } from '../../../src/inbound/teams/adapter.ts';
import { type BotParts, botRoute } from '../../../src/inbound/teams/bot.ts';
import { machineIdentity, systemClock } from '../../../src/outbound/machine.ts';
import { deskLog } from '../../../src/telemetry/log.ts';
import { faultsOf, markdownOf, ofType, textRunsOf } from '../../support/cards.ts';
import { CARLA, openDesk, type TestDesk, textOn } from '../../support/open-desk.ts';
import { askJson } from '../ask.ts';
import { type KeptLog, keptLog } from '../kept-log.ts';

/** Whatever is tapped, by whom and how often: a current card or plain words come back, and nothing happens twice. */
let desk: TestDesk;
let log: KeptLog;
beforeAll(async () => {
  log = keptLog();
  desk = await openDesk({ logLevel: 'info', log });
});
afterAll(() => desk.close());

const PEOPLE = { anna: 'a0000000-0000-4000-8000-000000000001', ben: 'a0000000-0000-4000-8000-000000000002' };
const CHANNEL = '19:tickets@thread.tacv2';
const CARD = 'application/vnd.microsoft.card.adaptive';
const WORDS = 'application/vnd.microsoft.activity.message';

let mails = 0;
let subject = '';
let ticketId = '';
const card = () => desk.cards().find((each) => textOn(each).includes(subject));
const sentToCarla = (): number => desk.graph.sentMail().length;

/** A fresh ticket, its acknowledgement sent. */
const freshTicket = async (): Promise<void> => {
  subject = `Printer number ${(mails += 1)} is on strike`;
  await desk.mails({ subject, text: 'It says tray 2 is empty.' });
  await desk.settled();
  ticketId = card()?.actions.find(({ data }) => data?.ticketId)?.data?.ticketId ?? '';
  expect(ticketId).not.toBe('');
};

interface Invoked {
  readonly statusCode: number;
  readonly type: string;
  readonly value: unknown;
}

const taps = async (
  person: 'anna' | 'ben',
  verb: string,
  data: Readonly<Record<string, unknown>> = { ticketId },
): Promise<Invoked> => {
  const { status, body } = await desk.taps(person, verb, data);
  expect(status).toBe(200);
  return body as Invoked;
};

/** An invoke as a client that was tampered with would send it; the person is Teams' word, not the client's. */
const invokes = async (value: unknown, id?: string): Promise<Invoked> => {
  const endpoint = desk.mirror.endpointFor({ id: PEOPLE.anna });
  const conversation = { id: CHANNEL, conversationType: 'channel' };
  const activity = { type: 'invoke', name: 'adaptiveCard/action', conversation, value, ...(id ? { id } : {}) };
  const { status, body } = await askJson(endpoint, activity);
  expect(status).toBe(200);
  return JSON.parse(body) as Invoked;
};

const unchanged = async (): Promise<void> => {
  await desk.settled();
  expect(textOn(card())).toContain('"verb":"reserve"');
};

describe('a tap nobody understands', () => {
  beforeAll(freshTicket);

  test.each(['explode', '', 'ACCEPT', 'toString', '__proto__', 'constructor'])(
    'the verb "%s": the ticket as it is now',
    async (verb) => {
      const answer = await taps('anna', verb);
      expect(answer).toMatchObject({ statusCode: 200, type: CARD });
      expect(textOn(answer.value)).toContain('no longer known');
      expect(textOn(answer.value)).toContain(subject);
      expect(faultsOf(answer.value as object)).toEqual([]);
      await unchanged();
    },
  );

  test.each([
    ['a number of this desk', 'INC-1001'],
    ['an id nobody has', 'b0000000-0000-5000-8000-000000000000'],
    ['nothing', ''],
    ['spaces', '   '],
    ['a path', '../../etc/passwd'],
    ['what a database would read', "' OR 1=1 --"],
    ['a control character', 'a\u0000b'],
    ['half a character', '\ud800'],
    ['a very long text', 'x'.repeat(5_000)],
    ['a number', 7],
    ['a list', ['x']],
    ['null', null],
  ])('a ticket that does not exist: %s', async (_what, unknown) => {
    for (const verb of ['accept', 'open']) {
      const answer = await taps('anna', verb, { ticketId: unknown });
      expect(answer).toMatchObject({ statusCode: 200, type: WORDS, value: 'There is no such ticket.' });
    }
  });

  test.each([
    ['a text', 'ticketId'],
    ['a list', ['ticketId']],
    ['a number', 5],
    ['missing', undefined],
    ['null', null],
  ])('data that is no object: %s', async (_what, data) => {
    const answer = await invokes({ action: { type: 'Action.Execute', verb: 'accept', data }, trigger: 'manual' });
    expect(answer).toMatchObject({ statusCode: 200, type: WORDS, value: 'There is no such ticket.' });
    await unchanged();
  });

  test.each([
    ['no action', {}],
    ['an action that is a text', { action: 'accept' }],
    ['an action that is null', { action: null }],
    ['a verb that is a list', { action: { verb: ['accept'], data: {} } }],
    ['a verb of a thousand letters', { action: { verb: 'x'.repeat(1_000), data: {} } }],
  ])('an invoke with %s', async (_what, value) => {
    expect(await invokes(value)).toMatchObject({ statusCode: 200, type: WORDS });
    await unchanged();
  });

  test.each([
    ['no page of this desk', { list: 'mine', continuation: 'garbage' }],
    ['no text', { list: 'mine', continuation: { a: 1 } }],
    ['of a team that does not exist', { list: 'queue:nobody', continuation: '' }],
    ['of a team that is no name', { list: `queue:${'x'.repeat(3_000)}` }],
    ['of nothing', {}],
  ])('"More" with a continuation that is %s', async (_what, data) => {
    expect(await taps('anna', 'more', data)).toMatchObject({ statusCode: 200, type: CARD });
  });
});

describe('text', () => {
  beforeEach(freshTicket);

  const TOO_LONG = 'Tray two. '.repeat(2_001);

  test('longer than the desk sends: refused, the text is in the field again, nothing was sent', async () => {
    await taps('anna', 'accept');
    await desk.settled();
    const before = sentToCarla();
    const answer = await taps('anna', 'reply', { ticketId, replyText: TOO_LONG });
    expect(answer.type).toBe(CARD);
    expect(textOn(answer.value)).toContain('Nothing was sent: the text is longer than 20000 characters');
    const field = ofType(answer.value as object, 'Input.Text').find(({ id }) => id === 'replyText');
    expect(field?.value).toBe(TOO_LONG);
    await desk.settled();
    expect(sentToCarla()).toBe(before);
    expect(textOn(card())).not.toContain('Tray two.');
  });

  test.each([
    ['note', 'noteText'],
    ['resolve', 'resolveText'],
    ['reply', 'replyText'],
  ])(
    'refused as %s stands in its own field and in no other: a note is never one tap from the customer',
    async (verb, own) => {
      await taps('anna', 'accept');
      await desk.settled();
      const answer = await taps('anna', verb, { ticketId, [own]: TOO_LONG });
      const filled = ofType(answer.value as object, 'Input.Text').filter(({ value }) => value === TOO_LONG);
      expect(filled.map(({ id }) => id)).toEqual([own]);
    },
  );

  test.each([
    ['empty', ''],
    ['blank', ' \n\t '],
    ['missing', undefined],
    ['no text', { a: 1 }],
  ])('%s: refused, nothing was sent', async (_what, replyText) => {
    await taps('anna', 'accept');
    await desk.settled();
    const before = sentToCarla();
    const answer = await taps('anna', 'reply', { ticketId, replyText });
    expect(textOn(answer.value)).toContain('Nothing was sent: the text is empty');
    await desk.settled();
    expect(sentToCarla()).toBe(before);
  });
});

describe('the same tap twice', () => {
  beforeEach(freshTicket);

  test('delivered twice by Teams: one act, one mail', async () => {
    await taps('anna', 'accept');
    const before = sentToCarla();
    const value = { action: { verb: 'reply', data: { ticketId, replyText: 'Push it until it clicks.' } } };
    const answers = [await invokes(value, 'one-and-the-same'), await invokes(value, 'one-and-the-same')];
    await desk.settled();
    for (const answer of answers) expect(answer).toMatchObject({ statusCode: 200, type: CARD });
    expect(sentToCarla()).toBe(before + 1);
    expect(textRunsOf(card() ?? {}).filter((text) => text === 'Push it until it clicks.')).toHaveLength(1);
  });

  test('delivered twice at the same moment: one act, one mail', async () => {
    await taps('anna', 'accept');
    const before = sentToCarla();
    const value = { action: { verb: 'reply', data: { ticketId, replyText: 'Push it until it clicks.' } } };
    await Promise.all(Array.from({ length: 5 }, () => invokes(value, 'at-the-same-moment')));
    await desk.settled();
    expect(sentToCarla()).toBe(before + 1);
  });

  test('tapped again after the first was answered is a new act', async () => {
    await taps('anna', 'accept');
    const before = sentToCarla();
    for (const id of ['first-tap', 'second-tap'])
      await invokes({ action: { verb: 'reply', data: { ticketId, replyText: 'Push it.' } } }, id);
    await desk.settled();
    expect(sentToCarla()).toBe(before + 2);
  });

  test('the same activity id in the hands of another person is that person’s own act', async () => {
    await invokes({ action: { verb: 'note', data: { ticketId, noteText: 'Anna looked.' } } }, 'shared-id');
    const activity = { type: 'invoke', name: 'adaptiveCard/action', id: 'shared-id', conversation: { id: CHANNEL } };
    const value = { action: { verb: 'note', data: { ticketId, noteText: 'Ben looked.' } } };
    await askJson(desk.mirror.endpointFor({ id: PEOPLE.ben }), { ...activity, value });
    await desk.settled();
    expect(textOn(card())).toContain('Anna looked.');
    expect(textOn(card())).toContain('Ben looked.');
  });
});

describe('old clients and old cards', () => {
  beforeEach(freshTicket);

  const submits = async (value: unknown): Promise<string> => {
    const seen = desk.mirror.posts().length;
    expect((await desk.mirror.say({ person: PEOPLE.anna, conversation: CHANNEL, value })).status).toBe(200);
    return textOn(
      desk.mirror
        .posts()
        .slice(seen)
        .map(({ activity }) => activity),
    );
  };

  test('Action.Submit acts as Action.Execute does, and answers with the card', async () => {
    expect(await submits({ verb: 'accept', ticketId })).toContain(subject);
    expect(await submits({ verb: 'reply', ticketId, replyText: 'On my way.' })).toContain('"text":"Anna Arndt"');
    await desk.settled();
    expect(textOn(card())).toContain('"text":"Anna Arndt"');
  });

  test.each([
    ['an unknown verb', () => ({ verb: 'explode', ticketId }), 'no longer known'],
    ['an unknown ticket', () => ({ verb: 'accept', ticketId: 'x' }), 'There is no such ticket.'],
  ])('Action.Submit with %s', async (_what, value, said) => {
    expect(await submits(value())).toContain(said);
    await unchanged();
  });

  test.each([
    ['a list', [1]],
    ['a text', 'accept'],
    ['a number as verb', { verb: 5 }],
  ])('a message whose value is %s is a message', async (_what, value) => {
    expect(await submits(value)).toContain('The ticket desk');
    await unchanged();
  });

  test('accept on a card that is older than the resolution: refused with the current card', async () => {
    await taps('ben', 'reply-resolve', { ticketId, replyText: 'Solved.' });
    await desk.settled();
    const before = sentToCarla();
    const answer = await taps('anna', 'accept');
    expect(answer).toMatchObject({ statusCode: 200, type: CARD });
    expect(textOn(answer.value)).toContain('Ben Berger owns this ticket.');
    expect(textOn(answer.value)).toContain('Resolved');
    await desk.settled();
    expect(textOn(card())).toContain('"text":"Ben Berger"');
    expect(sentToCarla()).toBe(before);
  });

  test.each([
    ['accepted', () => desk.accepts('ben', ticketId), 'Ben Berger owns this ticket'],
    ['tapped Accept', () => taps('ben', 'reserve'), 'Ben Berger is just taking this ticket'],
  ])('a reply typed while someone else %s: refused, the words are not lost', async (_what, meanwhile, said) => {
    await meanwhile();
    const before = sentToCarla();
    const answer = await taps('anna', 'reply-resolve', { ticketId, replyText: 'My long explanation.' });
    expect(textOn(answer.value)).toContain(said);
    expect(textOn(answer.value)).toContain('My long explanation.');
    await desk.settled();
    expect(sentToCarla()).toBe(before);
  });

  test('accept on an old card holds the ticket as Accept does now, and can be undone', async () => {
    expect(textOn((await taps('anna', 'accept')).value)).toContain('undo-reserve');
    await taps('anna', 'undo-reserve');
    desk.clock.advance({ seconds: 31 });
    await unchanged();
  });

  test('a German speaker gets German, in answer and refusal', async () => {
    expect(textOn((await taps('ben', 'reserve')).value)).toContain('nimmt es gerade an');
    await desk.accepts('ben', ticketId);
    const answered = await taps('ben', 'note', { ticketId, noteText: 'Papierstau.' });
    expect(textOn(answered.value)).toContain('In Arbeit');
    expect(textOn(answered.value)).not.toContain('In progress');
    const refused = await taps('ben', 'accept');
    expect(textOn(refused.value)).toContain('besitzt dieses Ticket');
    expect(textOn(await desk.says('ben', 'hilfe'))).toContain('Der Ticket-Desk');
  });
});

describe('what strangers write', () => {
  beforeEach(freshTicket);

  const HOSTILE = [
    '[click here](http://evil.example)',
    '<at>Anna Arndt</at>',
    '<script>alert(1)</script>',
    '**bold** # heading',
    '![x](http://evil.example/pixel.png)',
    '${number} ${$root.draft} {{DATE(2026-01-01)}}',
    '\u202Egnp.exe',
  ].join(' ');

  test('is never read as markdown, mention, HTML or template on the card, the lists and the notice', async () => {
    subject = `Hostile ${mails}`;
    await desk.mails({ from: 'mallory@evil.example', subject: `${subject} ${HOSTILE}`, text: HOSTILE });
    await desk.settled();
    const posted = card() ?? { body: [], actions: [] };
    const id = posted.actions.find(({ data }) => data?.ticketId)?.data?.ticketId;
    const answered = (await taps('anna', 'accept', { ticketId: id })).value as object;
    const found = await desk.says('anna', `find Hostile`);
    for (const shown of [posted, answered, ...(found as object[])]) {
      expect(markdownOf(shown).join('\n')).not.toMatch(/[<>[\]*`#\\|\u202e]/u);
      expect(textOn(shown)).not.toMatch(/"type":"mention"|"entities":\[\{/u);
    }
    for (const words of ['[click here](http://evil.example)', '<at>Anna Arndt</at>', '${number} ${$root.draft}'])
      expect(textRunsOf(posted)).toContainEqual(expect.stringContaining(words));
    expect(faultsOf(posted)).toEqual([]);
  });

  test('never reaches the log', async () => {
    await taps('anna', 'accept');
    await taps('anna', 'reply', { ticketId, replyText: 'Confidential words.' });
    await taps('ben', 'reply', { ticketId, replyText: 'Confidential words.' });
    await desk.settled();
    expect(log.lines('refused').length).toBeGreaterThan(0);
    for (const words of ['Confidential', 'tray 2', subject, CARLA, 'only-for-tests'])
      expect(log.text()).not.toContain(words);
  });
});

describe('a fault within the turn', () => {
  let broken: HttpServer;
  let kept: KeptLog;

  /** A port on a store that is gone. */
  const unreachable = <Port extends object>(): Port =>
    new Proxy({} as Port, {
      get: () => () => Promise.reject(new StoreError('unavailable', 'disk /secret/place is gone')),
    });

  /** The bot without a check of tokens, on a desk whose store is gone. */
  beforeAll(async () => {
    kept = keptLog();
    const deskLogKept = deskLog({ level: 'info', destination: kept });
    const { directory, zone } = readDeskConfig('config/desk.json');
    const route = botRoute({
      adapter: botAdapter({ accessToken: () => Promise.resolve('none') }, deskLogKept),
      service: unreachable<TicketService>(),
      queries: unreachable<DeskQueries>(),
      bulk: unreachable<BotParts['bulk']>(),
      jobs: unreachable<BotParts['jobs']>(),
      covers: unreachable<BotParts['covers']>(),
      leavers: unreachable<BotParts['leavers']>(),
      contacts: unreachable<BotParts['contacts']>(),
      alertDesk: unreachable<BotParts['alertDesk']>(),
      matrix: unreachable<BotParts['matrix']>(),
      readRules: () => ({ faults: [] }),
      clock: systemClock,
      conversations: unreachable<Conversations>(),
      identity: machineIdentity,
      log: deskLogKept,
      directory,
      zone,
    });
    broken = await httpServer({ host: '127.0.0.1', port: 0, routes: [route], log: deskLogKept });
  });
  afterAll(() => broken.close());

  const speak = (person: keyof typeof PEOPLE, changed: Readonly<Record<string, unknown>>) =>
    askJson(`http://127.0.0.1:${broken.port}/api/messages`, {
      id: 'a1',
      channelId: 'msteams',
      serviceUrl: desk.mirror.url,
      from: { id: `29:${PEOPLE[person]}`, aadObjectId: PEOPLE[person] },
      recipient: { id: '28:desk' },
      conversation: { id: `personal:${PEOPLE[person]}`, conversationType: 'personal' },
      ...changed,
    });
  const tap = {
    type: 'invoke',
    name: 'adaptiveCard/action',
    value: { action: { verb: 'accept', data: { ticketId: 'b0000000-0000-5000-8000-000000000000' } } },
  };

  test.each([
    ['anna', /may or may not have been done.*: ([0-9a-f]{8})/u],
    ['ben', /vielleicht geschehen.*: ([0-9a-f]{8})/u],
  ] as const)('a tap of %s is answered with an id to quote and words, never 501', async (person, said) => {
    const { status, body } = await speak(person, tap);
    expect(status).toBe(200);
    const answer = JSON.parse(body) as { statusCode: number; type: string; value: { message: string } };
    expect(answer).toMatchObject({ statusCode: 500, type: 'application/vnd.microsoft.error' });
    expect(body).not.toContain('secret');
    const id = said.exec(answer.value.message)?.[1];
    expect(id).toBeDefined();
    expect(kept.lines('turn-failed').at(-1)).toMatchObject({ id, fault: 'StoreError' });
  });

  test('a message is answered with words too', async () => {
    const before = desk.mirror.posts(`personal:${PEOPLE.anna}`).length;
    expect((await speak('anna', { type: 'message', text: 'mine' })).status).toBe(200);
    const said = desk.mirror.posts(`personal:${PEOPLE.anna}`).slice(before);
    expect(textOn(said)).toContain('Something went wrong, and it may or may not have been done');
    expect(textOn(said)).not.toContain('secret');
  });

  test('an installation that cannot be remembered does not end in an error Teams would repeat for ever', async () => {
    const { status } = await speak('anna', { type: 'installationUpdate', action: 'add' });
    expect(status).toBe(200);
    expect(kept.lines('turn-failed').at(-1)).toMatchObject({ fault: 'StoreError' });
  });
});
