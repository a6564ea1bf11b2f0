import { describe, expect, test } from '@jest/globals';
import {
  ENVELOPE_ALLOWED,
  type EnvelopeAction,
  type EnvelopeState,
  envelopeId,
  envelopeOf,
} from '../../src/domain/envelope.ts';
import { ownerOf } from '../../src/domain/ticket.ts';
import { entryOf } from '../../src/domain/timeline.ts';
import { type PersonActor, teamId, ticketId } from '../../src/domain/values.ts';
import {
  ana,
  ben,
  type Deed,
  emil,
  eve,
  identity,
  inPlaceOf,
  lea,
  network,
  nora,
  service,
  vera,
} from '../support/deeds.ts';
import { peopleWith, rosterWith } from '../support/desk-roster.ts';
import {
  acceptsEnvelope,
  answersQuery,
  asksForHelp,
  completesEnvelope,
  confirmsEnvelope,
  declinesEnvelope,
  editsEnvelope,
  queriesOwner,
  releasesEnvelope,
  sendsBack,
  withdrawsEnvelope,
} from '../support/envelope-deeds.ts';
import { acceptedBy, aDesk, after, days, given, monday, type Outcome, type Step, storyOf } from '../support/given.ts';

const refOf = ({ id, name }: PersonActor) => ({ id, name });
const asked: Step = [acceptedBy(ana), asksForHelp(ana)];
const taken: Step = [asked, acceptsEnvelope(eve)];
const waiting: Step = [taken, queriesOwner(eve)];
const answered: Step = [taken, completesEnvelope(eve)];

/** An envelope in each state, in the hands of Eve wherever somebody has it. */
const IN: Readonly<Record<EnvelopeState, Step>> = {
  requested: asked,
  accepted: taken,
  waiting_on_owner: waiting,
  completed: answered,
  confirmed: [answered, confirmsEnvelope(ana)],
  declined: [asked, declinesEnvelope(eve), declinesEnvelope(emil), declinesEnvelope(nora)],
  withdrawn: [asked, withdrawsEnvelope(ana)],
};
const STATES = Object.keys(IN) as EnvelopeState[];

/** Each step by the one who may do it. */
const BY: Readonly<Record<EnvelopeAction, Deed>> = {
  'edit-envelope': editsEnvelope(ana),
  'withdraw-envelope': withdrawsEnvelope(ana),
  'answer-query': answersQuery(ana),
  'confirm-envelope': confirmsEnvelope(ana),
  'send-back': sendsBack(ana),
  'accept-envelope': acceptsEnvelope(eve),
  'decline-envelope': declinesEnvelope(eve),
  'release-envelope': releasesEnvelope(eve),
  'query-owner': queriesOwner(eve),
  'complete-envelope': completesEnvelope(eve),
};

/** What leads where, by hand. */
const LEADS: Readonly<Record<EnvelopeState, Partial<Record<EnvelopeAction, EnvelopeState>>>> = {
  requested: {
    'accept-envelope': 'accepted',
    'decline-envelope': 'requested',
    'edit-envelope': 'requested',
    'withdraw-envelope': 'withdrawn',
  },
  accepted: {
    'complete-envelope': 'completed',
    'query-owner': 'waiting_on_owner',
    'release-envelope': 'requested',
    'edit-envelope': 'accepted',
    'withdraw-envelope': 'withdrawn',
  },
  waiting_on_owner: {
    'answer-query': 'accepted',
    'complete-envelope': 'completed',
    'release-envelope': 'requested',
    'edit-envelope': 'waiting_on_owner',
    'withdraw-envelope': 'withdrawn',
  },
  completed: { 'confirm-envelope': 'confirmed', 'send-back': 'accepted' },
  confirmed: {},
  declined: {},
  withdrawn: {},
};
const everyStep = STATES.flatMap((state) =>
  (Object.keys(BY) as EnvelopeAction[]).map((step) => [state, step] as const),
);
const rowOf = ({ ticket }: Pick<Outcome, 'ticket'>) => ticket.envelopes?.[0];

describe('the life of an envelope', () => {
  test.each(STATES)('%s: the list of what is allowed is the list of what works', (state) => {
    expect(rowOf(storyOf(IN[state]))?.state).toBe(state);
    expect([...ENVELOPE_ALLOWED[state]].sort()).toEqual(Object.keys(LEADS[state]).sort());
  });

  test.each(everyStep.filter(([state, step]) => LEADS[state][step]))('%s: %s is decided', (state, step) => {
    const before = storyOf(IN[state]).ticket;
    const outcome = given(IN[state]).when(BY[step]);
    expect(rowOf(outcome)?.state).toBe(LEADS[state][step]);
    expect(ownerOf(outcome.ticket)).toEqual(ownerOf(before));
    outcome.thenTicket({ teamId: before.teamId, status: 'in_progress', dueAt: before.dueAt });
  });

  test.each(everyStep.filter(([state, step]) => !LEADS[state][step]))(
    '%s: %s is refused with what is allowed',
    (state, step) => {
      const hasExpert = rowOf(storyOf(IN[state]))?.expert !== undefined;
      const outcome = given(IN[state]).when(BY[step]);
      if (step === 'accept-envelope' && hasExpert) outcome.thenRefused('envelope-taken', { owner: refOf(eve) });
      else outcome.thenRefused('envelope-not-now', { steps: ENVELOPE_ALLOWED[state] });
    },
  );

  test('one that was never asked for is unknown', () => {
    for (const deed of [
      acceptsEnvelope(eve, 2),
      declinesEnvelope(eve, 'No.', 2),
      completesEnvelope(eve, 'Done.', { seq: 2 }),
      confirmsEnvelope(ana, 0),
    ])
      given(asked).when(deed).thenRefused('envelope-unknown');
  });
});

describe('accepting an envelope', () => {
  test('the first has it; the second is told who', () => {
    const { at } = given(asked).when(acceptsEnvelope(eve)).then({ type: 'EnvelopeAccepted', by: eve });
    expect(rowOf(given(asked).when(acceptsEnvelope(eve)))).toMatchObject({ expert: refOf(eve), since: at });
    given(taken)
      .when(acceptsEnvelope(emil))
      .thenRefused('envelope-taken', { owner: refOf(eve) });
    given(taken)
      .when(acceptsEnvelope(eve))
      .thenRefused('envelope-taken', { owner: refOf(eve) });
  });

  test('only a member of the team, and its lead', () => {
    given(asked).when(acceptsEnvelope(nora)).then({ type: 'EnvelopeAccepted' });
    for (const by of [ben, lea]) given(asked).when(acceptsEnvelope(by)).thenRefused('not-a-member');
    given(asked).when(acceptsEnvelope(vera)).thenRefused('role-may-not');
  });

  test('never the owner, also as a member of the team', () => {
    const anaToo = { ...aDesk, roster: rosterWith({ people: peopleWith(ana, { teams: [service, network] }) }) };
    given(asked).at(anaToo).when(acceptsEnvelope(ana)).thenRefused('expert-is-owner');
    given(asked).at(anaToo).when(declinesEnvelope(ana)).thenRefused('expert-is-owner');
  });

  test('a team with its hands full is not refused help: it is recorded', () => {
    const { effects } = given(asked)
      .when(acceptsEnvelope(eve, 1, { active: 5, limit: 5 }))
      .then({ type: 'EnvelopeAccepted', overLimit: { active: 5, limit: 5 } });
    expect(effects).toContainEqual(
      expect.objectContaining({
        report: 'wip-overshoot',
        line: expect.objectContaining({ active: 5, limit: 5, by: 'Eve Ek' }),
      }),
    );
    const { recorded } = given(asked).when(acceptsEnvelope(eve, 1, { active: 4, limit: 5 }));
    expect(recorded.at(-1)?.event).not.toHaveProperty('overLimit');
  });
});

describe('declining an envelope', () => {
  const forEve: Step = [acceptedBy(ana), asksForHelp(ana, { expert: eve })];

  test('needs a reason, neither blank nor endless', () => {
    given(asked).when(declinesEnvelope(eve, ' ')).thenRefused('reason-missing');
    given(asked)
      .when(declinesEnvelope(eve, 'x'.repeat(20_001)))
      .thenRefused('text-too-long');
    given(asked).when(declinesEnvelope(eve, ' No time. ')).then({ type: 'EnvelopeDeclined', text: 'No time.' });
    given(asked).when(declinesEnvelope(ben)).thenRefused('not-a-member');
  });

  test('one after the other: the next is asked, then the lead, then it has ended and the owner knows', () => {
    const first = given(forEve)
      .when(declinesEnvelope(eve))
      .then({ type: 'EnvelopeDeclined', next: refOf(emil) });
    expect(rowOf(first)).toMatchObject({ state: 'requested', offeredTo: refOf(emil), declinedBy: [eve.id] });
    expect(first.effects).toContainEqual(expect.objectContaining({ to: emil.id, reason: 'envelope-offered' }));

    const second = given(forEve, declinesEnvelope(eve)).when(declinesEnvelope(emil));
    second.then({ type: 'EnvelopeDeclined', next: refOf(nora), leadAsked: true });
    expect(rowOf(second)).toMatchObject({ state: 'requested', offeredTo: refOf(nora), leadAsked: true });
    expect(second.effects).toContainEqual(expect.objectContaining({ to: nora.id, reason: 'envelope-lead' }));

    const last = given(forEve, declinesEnvelope(eve), declinesEnvelope(emil)).when(declinesEnvelope(nora));
    last.then({ type: 'EnvelopeDeclined', ended: true });
    expect(rowOf(last)).toMatchObject({ state: 'declined', declinedBy: [eve.id, emil.id, nora.id] });
    expect(rowOf(last)).not.toHaveProperty('offeredTo');
    expect(last.effects).toContainEqual(expect.objectContaining({ to: ana.id, reason: 'envelope-declined' }));
  });

  test('where the whole team was asked, the others are asked still, and then the lead', () => {
    const one = given(asked).when(declinesEnvelope(eve)).then({ type: 'EnvelopeDeclined' });
    expect(rowOf(one)).not.toHaveProperty('offeredTo');
    given(asked, declinesEnvelope(eve)).when(acceptsEnvelope(emil)).then({ type: 'EnvelopeAccepted' });
    expect(rowOf(storyOf(asked, declinesEnvelope(eve), declinesEnvelope(emil)))).toMatchObject({
      offeredTo: refOf(nora),
    });
  });

  test('again and again by the same person is remembered once', () => {
    const again: Step = Array.from({ length: 30 }, () => declinesEnvelope(eve));
    expect(rowOf(storyOf(asked, again))?.declinedBy).toEqual([eve.id]);
  });

  test('the owner is never asked next, nor somebody who is away', () => {
    const desk = (details: Parameters<typeof peopleWith>[1]) => ({
      ...aDesk,
      roster: rosterWith({ people: peopleWith(emil, details) }),
    });
    const away = { absentUntil: after(monday, days(3)) };
    given(forEve)
      .at(desk(away))
      .when(declinesEnvelope(eve))
      .then({ next: refOf(nora), leadAsked: true, type: 'EnvelopeDeclined' });
    given(forEve, days(3))
      .at(desk(away))
      .when(declinesEnvelope(eve))
      .then({ next: refOf(emil), type: 'EnvelopeDeclined' });
    const anaToo = rosterWith({ people: peopleWith(ana, { teams: [network] }) });
    given(forEve)
      .at({ ...aDesk, roster: anaToo })
      .when(declinesEnvelope(eve))
      .then({ next: refOf(emil), type: 'EnvelopeDeclined' });
  });
});

describe('waiting on the owner', () => {
  test('the helper asks, the owner is told and answers, the helper is told', () => {
    const asks = given(taken).when(queriesOwner(eve, ' Which floor? '));
    asks.then({ type: 'OwnerQueried', by: eve, text: 'Which floor?' });
    expect(asks.effects).toContainEqual({ kind: 'notice', to: ana.id, reason: 'envelope-query', rev: 5, envelope: 1 });
    const answers = given(waiting).when(answersQuery(ana, ' The second. '));
    answers.then({ type: 'QueryAnswered', by: ana, text: 'The second.' });
    expect(answers.effects).toContainEqual({
      kind: 'notice',
      to: eve.id,
      reason: 'envelope-answer',
      rev: 6,
      envelope: 1,
    });
    expect(rowOf(answers)).toMatchObject({ state: 'accepted', since: answers.at, expert: refOf(eve) });
  });

  test('with words, by those two alone', () => {
    given(taken).when(queriesOwner(eve, '')).thenRefused('text-missing');
    given(waiting).when(answersQuery(ana, '')).thenRefused('text-missing');
    given(taken)
      .when(queriesOwner(emil))
      .thenRefused('only-the-expert', { owner: refOf(eve) });
    given(waiting)
      .when(answersQuery(ben))
      .thenRefused('only-the-owner', { owner: refOf(ana) });
    given(waiting)
      .when(answersQuery(inPlaceOf(ana, ben)))
      .then({ type: 'QueryAnswered' });
  });
});

describe('completing an envelope', () => {
  test('needs a result, and the expert who has it', () => {
    given(taken).when(completesEnvelope(eve, ' \n')).thenRefused('text-missing');
    given(taken)
      .when(completesEnvelope(eve, 'x'.repeat(20_001)))
      .thenRefused('text-too-long');
    for (const by of [emil, nora, ana])
      given(taken)
        .when(completesEnvelope(by))
        .thenRefused('only-the-expert', { owner: refOf(eve) });
  });

  test('is "solved" unless said otherwise; it stands on the owner’s timeline and the owner is told', () => {
    const { effects, ticket, recorded } = given(taken)
      .when(completesEnvelope(eve, ' The cable. '))
      .then({ type: 'EnvelopeCompleted', by: eve, text: 'The cable.', outcome: 'solved' })
      .thenTicket({ status: 'in_progress', ownerId: ana.id });
    expect(ticket.envelopes).toMatchObject([{ state: 'completed', outcome: 'solved', resultRev: 5 }]);
    expect(effects).toContainEqual({ kind: 'notice', to: ana.id, reason: 'envelope-completed', rev: 5, envelope: 1 });
    expect(recorded.map(entryOf).at(-1)).toMatchObject({
      kind: 'note',
      visibility: 'internal',
      envelope: 1,
      author: 'Eve Ek',
      text: 'The cable.',
    });
    given(taken)
      .when(completesEnvelope(eve, 'Try it.', { outcome: 'advice' }))
      .then({ type: 'EnvelopeCompleted', outcome: 'advice' });
  });

  test('"not ours" says whose, and never moves the ticket', () => {
    const outcome = given(taken)
      .when(completesEnvelope(eve, 'A password.', { outcome: 'not_ours', toTeamId: identity }))
      .then({ type: 'EnvelopeCompleted', outcome: 'not_ours', toTeamId: identity })
      .thenTicket({ teamId: service, ownerId: ana.id });
    expect(rowOf(outcome)).toMatchObject({ outcome: 'not_ours', toTeamId: identity });
    given(taken)
      .when(completesEnvelope(eve, 'Not ours.', { outcome: 'not_ours' }))
      .then({ type: 'EnvelopeCompleted' });
    given(taken)
      .when(completesEnvelope(eve, 'No.', { outcome: 'not_ours', toTeamId: network }))
      .thenRefused('same-team');
    given(taken)
      .when(completesEnvelope(eve, 'No.', { outcome: 'not_ours', toTeamId: teamId('nowhere') }))
      .thenRefused('team-unknown');
    const solved = storyOf(taken, completesEnvelope(eve, 'Done.', { toTeamId: identity })).recorded.at(-1)?.event;
    expect(solved).not.toHaveProperty('toTeamId');
  });

  test('"not ours" counts as a misroute, an answer does not', () => {
    const reports = (outcome: 'not_ours' | 'solved'): unknown[] =>
      given(taken)
        .when(
          completesEnvelope(eve, 'A password.', { outcome, ...(outcome === 'not_ours' ? { toTeamId: identity } : {}) }),
        )
        .effects.filter(({ kind }) => kind === 'report');
    expect(reports('not_ours')).toMatchObject([{ report: 'misroute', line: { by: eve.name, to: identity } }]);
    expect(reports('solved')).toEqual([]);
  });
});

describe('an answer is judged', () => {
  test('confirmed by the owner: the expert has the credit', () => {
    given(answered)
      .when(confirmsEnvelope(ana))
      .then({ type: 'EnvelopeConfirmed', by: ana, expert: refOf(eve) })
      .thenTicket({ credit: [{ ...refOf(eve), answers: 1 }] });
    given(answered).when(confirmsEnvelope(eve)).thenRefused('role-may-not');
    given(answered).when(confirmsEnvelope(lea)).thenRefused('only-the-owner');
    const twice: Step = [
      IN.confirmed,
      asksForHelp(ana),
      acceptsEnvelope(eve, 2),
      completesEnvelope(eve, 'Done.', { seq: 2 }),
    ];
    given(twice)
      .when(confirmsEnvelope(ana, 2))
      .thenTicket({ credit: [{ ...refOf(eve), answers: 2 }] });
  });

  test('sent back with a reason to the same expert, who is told', () => {
    const outcome = given(answered)
      .when(sendsBack(ana, ' It still blinks. '))
      .then({ type: 'EnvelopeSentBack', text: 'It still blinks.' });
    expect(rowOf(outcome)).toMatchObject({ state: 'accepted', expert: refOf(eve), since: outcome.at });
    for (const gone of ['outcome', 'resultRev', 'toTeamId']) expect(rowOf(outcome)).not.toHaveProperty(gone);
    expect(outcome.effects).toContainEqual({
      kind: 'notice',
      to: eve.id,
      reason: 'envelope-sent-back',
      rev: 6,
      envelope: 1,
    });
    given(answered).when(sendsBack(ana, ' ')).thenRefused('reason-missing');
    given(answered).when(sendsBack(ben)).thenRefused('only-the-owner');
    given(answered, sendsBack(ana))
      .when(completesEnvelope(eve))
      .then({ type: 'EnvelopeCompleted' })
      .thenTicket({ credit: undefined });
  });
});

describe('given back to the team', () => {
  test('by the expert or the team’s lead: then whoever accepts first has it', () => {
    for (const by of [eve, nora]) {
      const outcome = given(taken)
        .when(releasesEnvelope(by, ' I am ill. '))
        .then({ type: 'EnvelopeReleased', by, text: 'I am ill.' });
      expect(rowOf(outcome)).toMatchObject({ state: 'requested', since: outcome.at });
      expect(rowOf(outcome)).not.toHaveProperty('expert');
    }
    given(taken, releasesEnvelope(eve)).when(acceptsEnvelope(emil)).then({ type: 'EnvelopeAccepted' });
    given(waiting).when(releasesEnvelope(eve)).then({ type: 'EnvelopeReleased' });
    const forEve: Step = [acceptedBy(ana), asksForHelp(ana, { expert: eve }), acceptsEnvelope(eve)];
    given(forEve, releasesEnvelope(eve)).when(acceptsEnvelope(emil)).then({ type: 'EnvelopeAccepted', by: emil });
    given(taken, releasesEnvelope(eve)).when(completesEnvelope(eve)).thenRefused('envelope-not-now');
  });

  test('by nobody else', () => {
    for (const by of [emil, ana, lea])
      given(taken)
        .when(releasesEnvelope(by))
        .thenRefused('only-the-expert', { owner: refOf(eve) });
    given(taken)
      .when(releasesEnvelope(eve, 'x'.repeat(20_001)))
      .thenRefused('text-too-long');
  });
});

test('an envelope’s id names its ticket and its number, and nothing else does', () => {
  const ticket = ticketId('0b9d1c52-1f6e-4a5b-9c77-1234567890ab');
  expect(envelopeOf(envelopeId(ticket, 12))).toEqual({ ticketId: ticket, seq: 12 });
  for (const none of [
    '',
    ticket,
    `${ticket}~0`,
    `${ticket}~`,
    `${ticket}~01`,
    `x${ticket}~1`,
    `${ticket}~1~2`,
    `${ticket}~1234567`,
  ])
    expect(envelopeOf(none)).toBeUndefined();
});
