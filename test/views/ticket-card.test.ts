import { describe, expect, test } from '@jest/globals';
import { refuse } from '../../src/domain/refusals.ts';
import { entryOf } from '../../src/domain/timeline.ts';
import type { Language, PersonActor } from '../../src/domain/values.ts';
import type { AdaptiveCard } from '../../src/views/expand.ts';
import { ticketCard } from '../../src/views/ticket-card.ts';
import {
  accepts,
  ana,
  arrives,
  ben,
  carla,
  customerWrites,
  emil,
  eve,
  identity,
  inPlaceOf,
  lea,
  max,
  mia,
  network,
  nobody,
  nobodysTeam,
  notes,
  prose,
  replies,
  service,
  vera,
} from '../support/deeds.ts';
import { buttonsOf, elementsOf, faultsOf, ofType, textRunsOf } from '../support/cards.ts';
import {
  acceptsEnvelope,
  addsTask,
  asksForHelp,
  completesEnvelope,
  finishesTask,
  queriesOwner,
} from '../support/envelope-deeds.ts';
import {
  acceptedBy,
  after,
  arrived,
  days,
  hours,
  inState,
  monday,
  STATUSES,
  type Step,
  storyOf,
} from '../support/given.ts';
import {
  another,
  declaresMajor,
  links,
  offers,
  overrides,
  proposesMerge,
  proposesTransfer,
  reserves,
  routes,
  setsType,
  tags,
} from '../support/ownership-deeds.ts';
import { ticketCardOf, verbsOf } from './cases.ts';

const LANGUAGES: readonly Language[] = ['en', 'de'];
const cardOf = (
  step: Step,
  language: Language = 'en',
  headline?: Parameters<typeof ticketCard>[0]['headline'],
): AdaptiveCard => {
  const { ticket, recorded } = storyOf(step);
  const entries = recorded.map(entryOf).toReversed();
  const reader = { language, zone: 'Europe/Berlin' };
  return ticketCard({ ticket, entries, teamName: 'Service', reader, ...(headline ? { headline } : {}) });
};
const each = LANGUAGES.flatMap((language) => STATUSES.map((status) => [status, language] as const));

describe.each(each)('the card of a ticket that is %s, in %s', (status, language) => {
  const card = cardOf(inState(ana)[status], language);

  test('looks like this', () => {
    expect(card).toMatchSnapshot();
  });

  test('is a card that Teams shows', () => {
    expect(faultsOf(card)).toEqual([]);
    expect(ofType(card, 'AdaptiveCard').map(({ version }) => version)).toEqual(
      ofType(card, 'AdaptiveCard').map(() => '1.5'),
    );
    for (const { actions } of [card, ...ofType(card, 'ActionSet')])
      expect((actions as unknown[]).length).toBeLessThanOrEqual(6);
    expect(JSON.stringify(card)).not.toMatch(/\$\{|undefined|null|\[object/u);
  });

  test('names ticket and customer, on every act too', () => {
    const text = JSON.stringify(card);
    expect(text).toContain('INC-1001');
    expect(textRunsOf(card)).toContain('Carla Costa <carla@customer.example>');
    for (const { data } of ofType(card, 'Action.Execute')) expect(data).toMatchObject({ ticketId: 'ticket-1' });
  });

  test('works where the newer kind of button is unknown', () => {
    for (const { verb, title, data, fallback } of ofType(card, 'Action.Execute')) {
      expect(fallback).toEqual({ type: 'Action.Submit', title, data: { verb, ...(data as object) } });
    }
  });
});

describe('the card', () => {
  test('says first why it is shown now', () => {
    const card = cardOf(acceptedBy(ana), 'en', { text: 'Carla wrote', style: 'accent' });
    expect(textRunsOf(card)[0]).toBe('Carla wrote');
    expect(elementsOf(card)).toContainEqual(expect.objectContaining({ type: 'Container', style: 'accent' }));
    expect(faultsOf(card)).toEqual([]);
  });

  test('shows what happened last, newest first, and tells notes from mails', () => {
    const card = cardOf([
      acceptedBy(ana),
      replies(ana, 'On my way.'),
      customerWrites('Hurry!'),
      notes(ana, 'Took the extinguisher.'),
    ]);
    expect(
      textRunsOf(card).filter((text) =>
        ['On my way.', 'Hurry!', 'Took the extinguisher.', 'It burns since nine.'].includes(text),
      ),
    ).toEqual(['Took the extinguisher.', 'Hurry!', 'On my way.']);
    const notesOnly = ofType(card, 'Container').filter(({ style }) => style === 'emphasis');
    expect(notesOnly.map((note) => textRunsOf(note)[1])).toEqual(['Took the extinguisher.']);
  });

  test('marks a stranger in the thread', () => {
    const card = cardOf([
      acceptedBy(ana),
      customerWrites('Let me in.', { unverified: true, by: { ...carla, name: 'Mallory' } }),
    ]);
    expect(textRunsOf(card).find((text) => text.startsWith('Mallory'))).toContain('not verified');
  });

  test('does not offer to answer where nobody can be answered', () => {
    const card = cardOf([arrives({ requester: nobody }), accepts(ana)]);
    for (const verb of ['reply', 'reply-resolve', 'ask']) expect(verbsOf(card)).not.toContain(verb);
    expect(verbsOf(card)).toEqual(expect.arrayContaining(['note', 'pend', 'resolve', 'cancel']));
    expect(buttonsOf(card)).not.toContain('Reply to customer');
    expect(textRunsOf(card)).toContain('(unknown sender)');
    expect(buttonsOf(cardOf([arrives({ requester: nobody, channel: 'phone' }), accepts(ana)]))).not.toContain(
      'Reply to customer',
    );
  });

  test('says so where there is no subject, and where the mail could not be read', () => {
    const card = cardOf(arrives({ subject: ' ', unreadable: true, description: prose('') }));
    expect(textRunsOf(card)).toContain('(no subject)');
    expect(textRunsOf(card)).toContain('This mail could not be read. The original is attached.');
  });

  test('lists files by name and size', () => {
    const file = { name: 'photo\u202e.jpg', size: 1_572_864, contentType: 'image/jpeg', sha256: 'a'.repeat(64) };
    expect(textRunsOf(cardOf(arrives({ description: prose('Look:', file) })))).toContain('File: photo .jpg (1.5 MB)');
    expect(textRunsOf(cardOf(arrives({ description: prose('Look:', file) }), 'de'))).toContain(
      'Datei: photo .jpg (1,5 MB)',
    );
  });

  test('shows ten files of a mail at most, and how many more there are', () => {
    const photos = Array.from({ length: 30 }, (_each, index) => ({
      name: `${index}.jpg`,
      size: 1,
      contentType: 'image/jpeg',
      sha256: 'a'.repeat(64),
    }));
    const files = textRunsOf(cardOf(arrives({ description: prose('Look:', ...photos) }))).filter((text) =>
      text.startsWith('File:'),
    );
    expect(files).toHaveLength(11);
    expect(files.at(-1)).toBe('File: + 20');
  });

  test('tells times in the reader’s zone', () => {
    const due = textRunsOf(cardOf(acceptedBy(ana))).at(textRunsOf(cardOf(acceptedBy(ana))).indexOf('Due: ') + 1);
    expect(due).toMatch(/^Tue.*6 Jan.*10:00$/u);
  });

  test('its forms ask for what the desk needs, and name to whom the answer goes', () => {
    const card = cardOf(acceptedBy(ana));
    const inputs = ofType(card, 'Input.Text', 'Input.Date', 'Input.ChoiceSet');
    expect(new Set(inputs.map(({ id }) => id)).size).toBe(inputs.length);
    expect(inputs.filter(({ isRequired }) => isRequired).map(({ id }) => id)).toEqual([
      'noteText',
      'pendUntil',
      'cancelReason',
      'replyText',
      'question',
    ]);
    expect(inputs.find(({ id }) => id === 'replyText')).toMatchObject({
      label: 'To Carla Costa <carla@customer.example> · INC-1001',
      maxLength: 4_000,
    });
  });
});

describe('accepting', () => {
  test('a tap reserves; then the card says who is taking it and until when, and offers the way back', () => {
    const card = ticketCardOf([arrived(), reserves(ana)]);
    expect(verbsOf(ticketCardOf(arrived()))).toContain('reserve');
    expect(verbsOf(card)).not.toContain('reserve');
    expect(verbsOf(card)).toContain('undo-reserve');
    expect(textRunsOf(card)).toContain('Ana Alves is taking it (until 09:01:30)');
  });

  test('who reserved may go on at once, another may not take it back', () => {
    expect(verbsOf(ticketCardOf([arrived(), reserves(ana)], ana))).toEqual(
      expect.arrayContaining(['undo-reserve', 'reply', 'request-envelope']),
    );
    expect(verbsOf(ticketCardOf([arrived(), reserves(ana)], ben))).not.toEqual(
      expect.arrayContaining(['undo-reserve']),
    );
  });

  test('an offer names both, and only the one it is made to may decline it', () => {
    const step = [arrived(), offers(lea, ben)];
    expect(textRunsOf(ticketCardOf(step)).join()).toContain('Lea Lind offers this ticket to Ben Berg (until');
    expect(verbsOf(ticketCardOf(step, ben))).toEqual(expect.arrayContaining(['reserve', 'decline-offer']));
    expect(verbsOf(ticketCardOf(step, ana))).not.toContain('decline-offer');
  });

  test('a ticket that went from team to team is marked, and only a lead may send it on', () => {
    const step = [arrived(), routes(ana, network), routes(ben, identity)];
    expect(textRunsOf(ticketCardOf(step)).join()).toContain('moved between teams 2×');
    expect(verbsOf(ticketCardOf(step, ana))).not.toContain('route');
    expect(verbsOf(ticketCardOf(step, lea))).toContain('route');
    const choices = ofType(ticketCardOf(step, lea), 'Input.ChoiceSet').find(({ id }) => id === 'routeTeam');
    expect((choices?.['choices'] as { value: string }[]).map(({ value }) => value)).toEqual([
      service,
      network,
      nobodysTeam,
    ]);
  });
});

const vpn = {
  suggestions: [
    { teamId: network, name: 'Network' },
    { teamId: identity, name: 'Identity' },
    { teamId: service, name: 'Third' },
  ],
  question: 'Is the switch on floor 2 down?',
};

describe('help', () => {
  test('is one tap from the open card: team and question are in the button', () => {
    const card = ticketCardOf(acceptedBy(ana), ana, { help: vpn });
    const top = (card.actions as { title: string; verb?: string; data?: unknown }[]).filter(
      ({ verb }) => verb === 'request-envelope',
    );
    expect(top.map(({ title, data }) => [title, data])).toEqual([
      ['Ask Network for help', { ticketId: 'ticket-1', teamId: 'network', question: vpn.question, nth: 1 }],
      ['Ask Identity for help', { ticketId: 'ticket-1', teamId: 'identity', question: vpn.question, nth: 1 }],
    ]);
    expect(faultsOf(card)).toEqual([]);
    expect((card.actions as unknown[]).length).toBe(5);
  });

  test('is offered to nobody who does not own the ticket', () => {
    for (const person of [ben, lea, max, eve, vera])
      expect(verbsOf(ticketCardOf(acceptedBy(ana), person, { help: vpn }))).not.toContain('request-envelope');
  });

  test('stands on the card: how many answered, who helps, in which state', () => {
    const step = [
      acceptedBy(ana),
      asksForHelp(ana),
      acceptsEnvelope(eve),
      asksForHelp(ana, { teamId: identity }),
      completesEnvelope(eve),
    ];
    const runs = textRunsOf(ticketCardOf(step, ana));
    expect(runs).toContain('Help: 1 of 2 answered');
    expect(runs).toContain('1 · Eve Ek (Network) · ');
    expect(runs).toContain('answered: Solved');
    expect(runs).toContain('2 · Identity · ');
    const acts = ofType(ticketCardOf(step, ana), 'Action.Execute').filter(({ data }) => 'envelope' in (data as object));
    expect(acts.map(({ verb, data }) => [verb, (data as { envelope: number }).envelope])).toEqual([
      ['open-envelope', 1],
      ['confirm-envelope', 1],
      ['send-back', 1],
      ['open-envelope', 2],
      ['withdraw-envelope', 2],
    ]);
    expect(verbsOf(ticketCardOf(step, ben))).not.toEqual(expect.arrayContaining(['confirm-envelope']));
  });

  test('a question to the owner has an answer field of its own', () => {
    const card = ticketCardOf([acceptedBy(ana), asksForHelp(ana), acceptsEnvelope(eve), queriesOwner(eve)], ana);
    expect(verbsOf(card)).toContain('answer-query');
    expect(ofType(card, 'Input.Text').map(({ id }) => id)).toContain('answer1');
  });

  test('shows six at most, and how many more there are', () => {
    const asked = Array.from({ length: 9 }, (_each, index) =>
      asksForHelp(ana, { teamId: [network, identity][index % 2] ?? network }),
    );
    const card = ticketCardOf([acceptedBy(ana), ...asked], ana);
    expect(verbsOf(card).filter((verb) => verb === 'open-envelope')).toHaveLength(6);
    expect(textRunsOf(card)).toContain('+ 3');
  });

  test('a refused new owner becomes one tap for help; open envelopes become one tap to withdraw them', () => {
    const headline = { text: 'The owner stays Ana.', style: 'warning' } as const;
    const stays = refuse('owner-stays', { ready: { teamId: network, expert: { id: eve.id, name: eve.name } } });
    const card = ticketCardOf(acceptedBy(ana), ana, { headline, refusal: stays, help: vpn });
    expect(ofType(ofType(card, 'Container')[0] ?? {}, 'Action.Execute')).toMatchObject([
      { title: 'Ask Eve Ek for help', data: { teamId: 'network', expertId: eve.id, question: vpn.question } },
    ]);
    const open = ticketCardOf([acceptedBy(ana), asksForHelp(ana)], ana, {
      headline,
      refusal: refuse('envelopes-still-open'),
    });
    expect(verbsOf(ofType(open, 'Container')[0] ?? {})).toEqual(['withdraw-all']);
    expect(verbsOf(ticketCardOf(acceptedBy(ana), ben, { headline, refusal: stays }))).not.toContain('request-envelope');
  });
});

describe('facts and decisions', () => {
  const sorted = [
    acceptedBy(ana),
    setsType(ana, 'service_request'),
    tags(ana, 'fire', 'printer'),
    overrides(lea, 'P1'),
    links(ana),
  ];

  test('tell the type, the tags, who set the priority, and what it belongs to', () => {
    const runs = textRunsOf(ticketCardOf(sorted));
    for (const [label, value] of [
      ['Type: ', 'Service request'],
      ['Tags: ', 'fire, printer'],
      ['Priority set by a lead: ', 'P1 critical'],
      ['Part of: ', 'INC-1004'],
    ] as const)
      expect(runs[runs.indexOf(label) + 1]).toBe(value);
  });

  test('tell where a merged ticket went, what a part came from, and what it follows', () => {
    const merged = textRunsOf(ticketCardOf([acceptedBy(ana), proposesMerge(ana)]));
    expect(merged[merged.indexOf('Merged into: ') + 1]).toBe('INC-1002');
    const origin = { id: another.id, number: another.number };
    const split = textRunsOf(ticketCardOf(arrives({ splitFrom: origin, follows: another.id })));
    expect(split[split.indexOf('Split from: ') + 1]).toBe('INC-1002');
    expect(split).toContain('Follows an earlier ticket: ');
  });

  test('a proposed owner is confirmed by another than who proposed', () => {
    const step = [acceptedBy(ana), proposesTransfer(lea, ben)];
    expect(textRunsOf(ticketCardOf(step))).toContain('Lea Lind proposes Ben Berg as the new owner');
    expect(verbsOf(ticketCardOf(step, max))).toEqual(expect.arrayContaining(['confirm-transfer', 'reject-transfer']));
    for (const person of [lea, ana, ben]) expect(verbsOf(ticketCardOf(step, person))).not.toContain('confirm-transfer');
  });

  test('a proposed merge waits for the other owner', () => {
    const step = [acceptedBy(ana), proposesMerge(ana, { ...another, ownerId: ben.id })];
    expect(textRunsOf(ticketCardOf(step))).toContain('Ana Alves proposes to merge this into INC-1002');
    expect(verbsOf(ticketCardOf(step, ben))).toEqual(expect.arrayContaining(['merge', 'refuse-merge']));
    expect(verbsOf(ticketCardOf(step, emil))).not.toContain('merge');
  });

  test('a major incident names its coordinator, who can tell everybody', () => {
    const step = [acceptedBy(ana), declaresMajor(max, mia)];
    expect(textRunsOf(ticketCardOf(step)).join()).toContain('Major incident: Mia Moor coordinates · next update');
    expect(verbsOf(ticketCardOf(step, mia))).toContain('major-update');
    expect(verbsOf(ticketCardOf(step, eve))).not.toContain('major-update');
  });
});

describe('tasks and similar tickets', () => {
  const due = after(monday, hours(1));
  const step = [
    acceptedBy(ana),
    addsTask(ana, 'Order a cable', { assignee: ben, dueAt: due }),
    addsTask(ana, 'Thank Ben'),
  ];

  test('open tasks have a button, the late ones are marked and come first, ended ones are gone', () => {
    const card = ticketCardOf(step, ben, { now: after(monday, days(1)) });
    const shown = textRunsOf(card);
    expect(shown).toContain('Order a cable · Ben Berg');
    expect(shown.find((text) => text.includes('OVERDUE'))).toBeDefined();
    expect(shown.indexOf('Order a cable · Ben Berg')).toBeLessThan(shown.indexOf('Thank Ben · Ana Alves'));
    expect(textRunsOf(ticketCardOf(step, ben, { now: monday })).join()).not.toContain('OVERDUE');
    expect(ofType(card, 'Action.Execute').find(({ verb }) => verb === 'finish-task')).toMatchObject({
      data: { ticketId: 'ticket-1', task: 1 },
    });
    expect(textRunsOf(ticketCardOf([step, finishesTask(ben)], ben))).not.toContain('Order a cable · Ben Berg');
  });

  const similar = Array.from({ length: 5 }, () => ({
    ticketId: another.id,
    number: another.number,
    subject: 'Fire',
    answer: 'Pull the plug.',
  }));

  test('three solved tickets at most, each with its answer for whoever may answer', () => {
    const card = ticketCardOf(acceptedBy(ana), ana, { similar });
    expect(textRunsOf(card).filter((text) => text === 'Pull the plug.')).toHaveLength(3);
    expect(ofType(card, 'Action.Execute').find(({ verb }) => verb === 'use-answer')).toMatchObject({
      data: { ticketId: 'ticket-1', similarId: 'ticket-2' },
    });
    expect(verbsOf(ticketCardOf(acceptedBy(ana), eve, { similar }))).not.toContain('use-answer');
  });

  test('an answer that is used stands in the reply, to be read before it is sent', () => {
    const card = ticketCardOf(acceptedBy(ana), ana, { drafts: { reply: 'Pull the plug.' } });
    expect(ofType(card, 'Input.Text').find(({ id }) => id === 'replyText')).toMatchObject({ value: 'Pull the plug.' });
  });
});

test('an entry of whoever acted for the owner carries both names', () => {
  const deputy: PersonActor = inPlaceOf(ana, ben);
  const step: Step = [acceptedBy(ana), notes(deputy, 'Looked after it.')];
  expect(textRunsOf(ticketCardOf(step)).join()).toContain('Ben Berg for Ana Alves noted');
  const german = ticketCardOf(step, undefined, { reader: { language: 'de', zone: 'UTC' } });
  expect(textRunsOf(german).join()).toContain('Ben Berg für Ana Alves notierte');
});

test('names are chosen from a list of thirty at most, and typed where there is none', () => {
  const many = Array.from({ length: 40 }, (_each, index) => ({ id: `p${index}`, name: `Person ${index}` }));
  const choices = ofType(ticketCardOf(acceptedBy(ana), ana, { people: many }), 'Input.ChoiceSet').find(
    ({ id }) => id === 'personId',
  );
  expect(choices?.['choices']).toHaveLength(30);
  const none = ticketCardOf(acceptedBy(ana), ana, { people: [] });
  expect(ofType(none, 'Input.Text').map(({ id }) => id)).toEqual(expect.arrayContaining(['personName', 'expertName']));
});
