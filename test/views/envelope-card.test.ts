import { describe, expect, test } from '@jest/globals';
import type { EnvelopeState } from '../../src/domain/envelope.ts';
import type { PersonActor } from '../../src/domain/values.ts';
import { ana, ben, emil, eve, identity, inPlaceOf, lea, network, nora, vera } from '../support/deeds.ts';
import { faultsOf, ofType, textRunsOf } from '../support/cards.ts';
import {
  acceptsEnvelope,
  asksForHelp,
  completesEnvelope,
  confirmsEnvelope,
  declinesEnvelope,
  queriesOwner,
  withdrawsEnvelope,
} from '../support/envelope-deeds.ts';
import { acceptedBy, after, days, monday, type Step } from '../support/given.ts';
import { envelopeCardOf, readerOf, verbsOf } from './cases.ts';

const contract = {
  question: 'Is the line to the printer down?',
  stepsTried: 'Pulled the cable.',
  doneWhen: 'It prints.',
  dueAt: after(monday, days(1)),
  skills: ['cisco', 'fibre'],
};
const asked: Step = [acceptedBy(ana), asksForHelp(ana, contract)];
const taken: Step = [asked, acceptsEnvelope(eve)];
const STATES: Readonly<Record<EnvelopeState, Step>> = {
  requested: asked,
  accepted: taken,
  waiting_on_owner: [taken, queriesOwner(eve)],
  completed: [taken, completesEnvelope(eve)],
  confirmed: [taken, completesEnvelope(eve), confirmsEnvelope(ana)],
  declined: [asked, declinesEnvelope(eve), declinesEnvelope(emil), declinesEnvelope(nora)],
  withdrawn: [asked, withdrawsEnvelope(ana)],
};
const states = Object.keys(STATES) as EnvelopeState[];

/** Who may do what about an envelope in each state, by hand; "Open the ticket" is everybody's. */
const TABLE: Readonly<
  Record<EnvelopeState, readonly [base: string, owner: string, member: string, expert: string, teamLead: string]>
> = {
  requested: [
    'accept-envelope decline-envelope withdraw-envelope edit-envelope',
    'withdraw-envelope edit-envelope',
    'accept-envelope decline-envelope',
    'accept-envelope decline-envelope',
    'accept-envelope decline-envelope',
  ],
  accepted: [
    'complete-envelope query-owner release-envelope withdraw-envelope edit-envelope',
    'withdraw-envelope edit-envelope',
    '',
    'complete-envelope query-owner release-envelope add-task',
    'release-envelope',
  ],
  waiting_on_owner: [
    'complete-envelope release-envelope answer-query withdraw-envelope edit-envelope',
    'answer-query withdraw-envelope edit-envelope',
    '',
    'complete-envelope release-envelope add-task',
    'release-envelope',
  ],
  completed: ['confirm-envelope send-back', 'confirm-envelope send-back', '', '', ''],
  confirmed: ['', '', '', '', ''],
  declined: ['', '', '', '', ''],
  withdrawn: ['', '', '', '', ''],
};

const acts = (state: EnvelopeState, person?: PersonActor): string =>
  verbsOf(envelopeCardOf(STATES[state], person))
    .filter((verb) => verb !== 'open')
    .join(' ');

describe.each(states)('an envelope that is %s', (state) => {
  const [base, owner, member, expert, teamLead] = TABLE[state];
  test.each([
    ['the channel', undefined, base],
    ['the owner', ana, owner],
    ['who acts for the owner', inPlaceOf(ana, ben), owner],
    ['a member of the team', emil, member],
    ['the expert', eve, expert],
    ['the lead of the team', nora, teamLead],
    ['the lead of the ticket’s team', lea, ''],
    ['a colleague of the owner', ben, ''],
    ['an auditor', vera, ''],
  ] as const)('shows to %s what they can do', (_who, person, verbs) => {
    expect(acts(state, person)).toBe(verbs);
  });

  test.each(['en', 'de'] as const)('is a card that Teams shows, with the ticket’s head on it, in %s', (language) => {
    const card = envelopeCardOf(STATES[state], undefined, { reader: readerOf(undefined, language) });
    expect(faultsOf(card)).toEqual([]);
    expect(JSON.stringify(card)).not.toMatch(/\$\{|undefined|null|\[object/u);
    const said = textRunsOf(card);
    expect(said).toEqual(expect.arrayContaining(['Carla Costa <carla@customer.example>', 'Ana Alves']));
    expect(JSON.stringify(ofType(card, 'TextBlock'))).toMatch(/INC-1001.*P3/u);
    for (const { verb, title, data, fallback } of ofType(card, 'Action.Execute')) {
      if (verb !== 'open') expect(data).toEqual({ ticketId: 'ticket-1', envelope: 1 });
      expect(fallback).toEqual({ type: 'Action.Submit', title, data: { verb, ...(data as object) } });
    }
    const ids = ofType(card, 'Input.Text', 'Input.ChoiceSet', 'Input.Date').map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect((card.actions as unknown[]).length).toBeLessThanOrEqual(5);
  });
});

describe('an envelope’s card', () => {
  test('shows the contract, and the result or the question on top of it', () => {
    const said = textRunsOf(envelopeCardOf(STATES.completed, ana));
    for (const text of [
      'Is the line to the printer down?',
      'Pulled the cable.',
      'It prints.',
      'cisco, fibre',
      'Solved',
    ])
      expect(said).toContain(text);
    expect(said.indexOf('The cable was broken; it is replaced.')).toBeLessThan(said.indexOf(contract.question));
    expect(textRunsOf(envelopeCardOf(STATES.waiting_on_owner, ana))).toContain('Which floor?');
  });

  test('is offered to nobody but the one it was sent to, and the lead', () => {
    const offered: Step = [acceptedBy(ana), asksForHelp(ana, { teamId: network, expert: eve })];
    const verbs = (person: PersonActor): string[] => verbsOf(envelopeCardOf(offered, person));
    expect(verbs(eve)).toContain('accept-envelope');
    expect(verbs(nora)).toContain('accept-envelope');
    expect(verbs(emil)).not.toContain('accept-envelope');
  });

  test('says its place in line while the team has its hands full, and not before', () => {
    const full = textRunsOf(envelopeCardOf(asked, eve, { place: 3, wip: { active: 2, limit: 2 } }));
    expect(full).toContain('Place 3 in line: the team works on 2 at a time');
    const free = textRunsOf(envelopeCardOf(asked, eve, { place: 1, wip: { active: 1, limit: 2 } }));
    expect(free.join()).not.toContain('in line');
    const busy = textRunsOf(envelopeCardOf(taken, eve, { place: 3, wip: { active: 2, limit: 2 } }));
    expect(busy.join()).not.toContain('in line');
  });

  test('suggests the other teams and never its own for what is not theirs', () => {
    const choices = ofType(envelopeCardOf(taken, eve), 'Input.ChoiceSet').find(({ id }) => id === 'toTeamId');
    expect(JSON.stringify(choices)).toContain(identity);
    expect(JSON.stringify(choices)).not.toContain(`"${network}"`);
    const notOurs = [taken, completesEnvelope(eve, 'Ask Identity.', { outcome: 'not_ours', toTeamId: identity })];
    const said = textRunsOf(envelopeCardOf(notOurs, ana));
    expect(said[said.indexOf('Better asked: ') + 1]).toBe('Identity');
  });

  test('gives back what was typed and refused', () => {
    const card = envelopeCardOf(taken, eve, { drafts: { result: 'Half a result', query: 'Half a question' } });
    const value = (id: string): unknown => ofType(card, 'Input.Text').find((each) => each['id'] === id)?.['value'];
    expect([value('result'), value('query')]).toEqual(['Half a result', 'Half a question']);
  });

  test('says first why it is shown now', () => {
    const card = envelopeCardOf(asked, eve, { headline: { text: 'Ana asks you for help', style: 'accent' } });
    expect(textRunsOf(card)[0]).toBe('Ana asks you for help');
  });
});
