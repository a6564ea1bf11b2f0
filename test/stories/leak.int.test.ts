import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { simpleParser } from 'mailparser';
import { customerView } from '../../src/domain/timeline.ts';
import { ticketId } from '../../src/domain/values.ts';
import { mailboxPages } from '../../src/local/mailbox-page/mailbox-pages.ts';
import type { Element } from '../support/cards.ts';
import { CARLA, openDesk, PEOPLE, type PersonName, type TestDesk } from '../support/open-desk.ts';
import {
  buttonsOn,
  type Case,
  dayFromNow,
  envelopeCardOf,
  type Hands,
  handsOf,
  ownedBy,
  type Shown,
  ticketCardOf,
  until,
} from './hands.ts';

/**
 * Nothing of what the desk says to itself ever reaches a customer. One word is planted in every field that is not meant for
 * customers, in every file of a stranger and in the name of everybody but the owner; people then press at random.
 */

const CANARY = 'quarzkolibri';
const SEED = 20_260_105;
const RANDOM_ACTS = 70;
const STRANGER = 'mallory@elsewhere.example';
const CUSTOMERS = [CARLA, 'dora@other.example', 'emil@third.example'] as const;

/** What customers are meant to read, by the field it is typed into; every other field is the desk's own. */
const FOR_CUSTOMERS = ['replyText', 'resolveText', 'majorText', 'splitSubject', 'splitText'];
const NUMBERS = ['mergeInto', 'parentNumber', 'duplicateOf'];
const DESKS_OWN = [
  ...['noteText', 'question', 'stepsTried', 'doneWhen', 'skills', 'result', 'query', 'answer1', 'reason1'],
  ...['declineReason', 'releaseReason', 'tags', 'overrideReason', 'evidence', 'rejectReason', 'refuseReason'],
  ...['coverReason', 'taskTitle'],
];

let desk: TestDesk;
const cases: Case[] = [];
const everybody: readonly PersonName[] = ['anna', 'ben', 'elif', 'nils', 'ines', 'sam', 'mara'];
const at = (name: PersonName): Hands => handsOf(desk, name);
const last = (person: Hands): Shown => person.chat().at(-1) ?? { text: '' };
const planted = (field: string): string => `${CANARY} ${field}`;

/** Every field of the desk's own filled with the word, as far as it is text. */
const typedInto = (fields: readonly Element[], draw: (most: number) => number): Record<string, string> =>
  Object.fromEntries(
    fields.flatMap(({ type, ...field }): [string, string][] => {
      const id = String(field['id']);
      const choices = ((field['choices'] ?? []) as readonly { value: string }[]).map(({ value }) => value);
      if (type === 'Input.Date')
        return [[id, dayFromNow(desk, id === 'leaveUntil' ? 40 : id === 'coverUntil' ? 0 : 1)]];
      if (type === 'Input.ChoiceSet') return choices.length === 0 ? [] : [[id, choices[draw(choices.length)] ?? '']];
      if (NUMBERS.includes(id)) return [[id, cases[draw(cases.length)]?.number ?? '']];
      if (id === 'cadence') return [[id, '60']];
      if (id.endsWith('Name')) return [];
      return [[id, FOR_CUSTOMERS.includes(id) ? 'Good news for you.' : planted(id)]];
    }),
  );

beforeAll(async () => {
  desk = await openDesk({
    config: (file) => ({
      ...file,
      people: file.people.map((person) => ({
        ...person,
        language: 'en' as const,
        name: person.id === PEOPLE.anna ? person.name : `${person.name.split(' ')[0] ?? ''} Quarzkolibri`,
      })),
    }),
  });
  await until(desk, '09:00');
  for (const from of CUSTOMERS)
    cases.push(await ownedBy(desk, at('anna'), { from, name: from.split('@')[0] ?? '', text: 'The network is slow.' }));
});
afterAll(() => desk.close());

/** Each kind of internal word once, by the people whose words they are. */
const everyInternalWord = async (): Promise<void> => {
  const [anna, ben, elif, nils, sam, mara] = [at('anna'), at('ben'), at('elif'), at('nils'), at('sam'), at('mara')];
  const one = cases[0] ?? { id: '', number: '' };
  const p = planted;
  await anna.does(one, 'Save note', { noteText: p('noteText') });
  const contract = { question: p('question'), stepsTried: p('stepsTried'), doneWhen: p('doneWhen') };
  await anna.does(one, 'Ask for help', { ...contract, teamId: 'Network', skills: p('skills') });
  await nils.presses(envelopeCardOf(desk, one), 'Decline', { declineReason: p('declineReason') });
  await elif.presses(envelopeCardOf(desk, one), 'Accept');
  await elif.presses(envelopeCardOf(desk, one), 'Release', { releaseReason: p('releaseReason') });
  await elif.presses(envelopeCardOf(desk, one), 'Accept');
  await elif.presses(envelopeCardOf(desk, one), 'Ask the owner', { query: p('query') });
  await anna.does(one, 'Answer', { answer1: p('answer1') });
  await elif.presses(envelopeCardOf(desk, one), 'Complete', { result: p('result') });
  await anna.does(one, 'Send back', { reason1: p('reason1') });
  await elif.presses(envelopeCardOf(desk, one), 'Complete', { result: p('result') });
  await anna.does(one, 'Add task', { taskTitle: p('taskTitle') });
  await anna.does(one, 'Save', { tags: p('tags').replace(' ', '-') });
  await sam.does(one, 'Set priority', { priority: 'P2 high', overrideReason: p('overrideReason') });
  await ben.does(one, 'Act for the owner', { coverUntil: dayFromNow(desk), coverReason: p('coverReason') });
  await ben.does(one, 'Send', { replyText: 'We are working on it.' });
  const form = await sam.does(one, 'A new owner, as an exception…');
  await sam.presses(form, 'Propose: a manager confirms it', {
    toId: 'Ben Quarzkolibri',
    transferReason: 'The owner has left the desk',
    evidence: p('evidence'),
  });
  await mara.presses(last(mara), 'Reject transfer', { rejectReason: p('rejectReason') });
  const bens = await ownedBy(desk, ben, { from: CARLA, name: 'carla' });
  await anna.does(one, 'Merge', { mergeInto: bens.number });
  await ben.presses(last(ben), 'Refuse to merge', { refuseReason: p('refuseReason') });
  await at('sam').says(`assign ${one.number} Elif Quarzkolibri`);
};

/** Somebody nobody knows mails into the thread, with a file. */
const strangerWrites = async ({ number }: Case, text: string): Promise<void> => {
  const mail = CUSTOMERS.flatMap((address) => desk.inboxOf(address)).find(({ subject }) => subject.includes(number));
  await desk.mails({
    from: STRANGER,
    name: CANARY,
    text,
    subject: `Re: ${mail?.subject ?? ''}`,
    inReplyTo: mail?.internetMessageId ?? '',
    attachments: [{ filename: `${CANARY}.pdf`, content: '%PDF-1.4' }],
  });
  await desk.settled();
};

/** These would end the tickets, or make another of the named people an owner whose name is the customer's to read. */
const NOT_PRESSED = [
  'confirm-transfer',
  'close',
  'merge',
  'reserve',
  'offer',
  'open',
  'timeline',
  'open-envelope',
  'split',
];

/** Anybody presses anything on any card they can see. */
const pressAtRandom = async (draws: readonly number[]): Promise<string | undefined> => {
  let used = 0;
  const draw = (most: number): number => (draws[(used += 1) % draws.length] ?? 0) % Math.max(1, most);
  const person = at(everybody[draw(everybody.length)] ?? 'anna');
  const one = cases[draw(cases.length)] ?? { id: '', number: '' };
  const views = [
    () => person.looksAt(one),
    () => Promise.resolve(ticketCardOf(desk, one)),
    () => Promise.resolve(envelopeCardOf(desk, one, 1 + draw(3))),
    () => Promise.resolve(last(person)),
  ];
  const shown = (await views[draw(views.length)]?.()) ?? { text: '' };
  const buttons = buttonsOn(shown).filter(({ verb }) => !NOT_PRESSED.includes(verb));
  const button = buttons[draw(buttons.length)];
  if (!button) return undefined;
  await desk.taps(person.name, button.verb, { ...button.data, ...typedInto(button.fields, draw) });
  return button.verb;
};

const walk = async (): Promise<readonly string[]> => {
  const draws = fc.array(fc.nat({ max: 999 }), { minLength: 12, maxLength: 12 });
  const done: string[] = [];
  for (const [step, drawn] of fc.sample(draws, { seed: SEED, numRuns: RANDOM_ACTS * 3 }).entries()) {
    const verb = done.length < RANDOM_ACTS ? await pressAtRandom(drawn) : undefined;
    if (verb) done.push(verb);
    if (step % 5 === 0) await desk.settled();
  }
  for (const one of cases) {
    await at('anna')
      .does(one, 'Reopen')
      .catch(() => undefined);
    await at('anna')
      .does(one, 'Undo cancelling')
      .catch(() => undefined);
    await at('anna')
      .does(one, 'Send', { replyText: 'One last word.' })
      .catch(() => undefined);
  }
  await desk.settled();
  return done;
};

/** Every mail that left the desk: as it went over the wire, and as a client decodes it. */
const sentMails = (): Promise<readonly string[]> =>
  Promise.all(
    desk.graph.sentMail().map(async ({ raw, ...envelope }) => {
      const { headers, subject, text, html, attachments } = await simpleParser(raw);
      const files = attachments.map(({ filename, contentType, content }) => [
        filename,
        contentType,
        content.toString(),
      ]);
      return JSON.stringify([envelope, raw.toString(), [...headers], subject, text, html, files]);
    }),
  );

const stories = async (): Promise<{ inside: string; outside: string }> => {
  const told = await Promise.all(
    cases.map(async ({ id }) => {
      const loaded = await desk.running.tickets.load(ticketId(id));
      const history = await desk.running.tickets.history(ticketId(id), { limit: 1_000 });
      return loaded ? [JSON.stringify(history), JSON.stringify(customerView(loaded.ticket, history))] : [];
    }),
  );
  return { inside: told.map(([inside]) => inside).join(), outside: told.map(([, outside]) => outside).join() };
};

/** What customers see of their mailboxes in a browser: the list and every thread in it. */
const pagesOf = async (addresses: readonly string[]): Promise<readonly string[]> => {
  const pages = mailboxPages(desk.graph);
  const server = createServer((request, response) => void pages(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const read = async (path: string): Promise<string> => (await fetch(`${base}${path}`)).text();
  const shown: string[] = [];
  for (const address of addresses) {
    const list = await read(`/mail/${encodeURIComponent(address)}?lang=en`);
    const threads = new Set([...list.matchAll(/href="(\/mail\/[^"/]+\/[^"/?]+)/gu)].map(([, path]) => path ?? ''));
    shown.push(list, ...(await Promise.all([...threads].filter((path) => !path.endsWith('/new')).map(read))));
  }
  server.close();
  return shown;
};

const LEAKS: Readonly<Record<string, RegExp>> = {
  'the planted word or a helper’s name': new RegExp(CANARY, 'iu'),
  'an envelope’s id': /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}~\d/iu,
  'the word envelope': /envelope/iu,
};

/** What leaked, with the words around it. */
const leaksIn = (text: string): readonly string[] =>
  Object.entries(LEAKS).flatMap(([what, pattern]) => {
    const found = pattern.exec(text);
    return found ? [`${what}: …${text.slice(Math.max(0, found.index - 80), found.index + 60)}…`] : [];
  });

describe('what the desk says to itself', () => {
  let acts: readonly string[] = [];

  beforeAll(async () => {
    await everyInternalWord();
    await strangerWrites(cases[0] ?? { id: '', number: '' }, planted('a stranger'));
    await at('anna').does(cases[0] ?? { id: '', number: '' }, 'Send', { replyText: 'It is solved soon.' });
    acts = await walk();
    await strangerWrites(cases[1] ?? { id: '', number: '' }, planted('a stranger'));
  }, 240_000);

  test('is there: every internal field holds the word, and people pressed many different buttons', async () => {
    const { inside } = await stories();
    const covers = JSON.stringify(await desk.running.stores.covers.of(PEOPLE.anna as never));
    const all = `${inside}${covers}`.replaceAll(`${CANARY}-`, `${CANARY} `);
    expect(DESKS_OWN.filter((field) => !all.includes(planted(field)))).toEqual([]);
    expect(acts.length).toBeGreaterThanOrEqual(60);
    expect(new Set(acts).size).toBeGreaterThan(12);
  });

  test('is in no mail: neither words nor headers nor files', async () => {
    const mails = await sentMails();
    expect(mails.length).toBeGreaterThan(8);
    expect(mails.flatMap(leaksIn)).toEqual([]);
  });

  test('is not in what a customer may see of a ticket', async () => {
    const { outside } = await stories();
    expect(outside).toContain('The network is slow.');
    expect(outside).toContain('It is solved soon.');
    expect(leaksIn(outside)).toEqual([]);
  });

  test('is not on the pages of the customers’ mailboxes', async () => {
    const pages = await pagesOf(CUSTOMERS);
    expect(pages.length).toBeGreaterThan(CUSTOMERS.length * 2);
    expect(pages.join()).toContain('It is solved soon.');
    expect(pages.flatMap(leaksIn)).toEqual([]);
  });
});
