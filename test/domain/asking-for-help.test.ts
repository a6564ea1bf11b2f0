import { describe, expect, test } from '@jest/globals';
import { answeredOf } from '../../src/domain/envelope.ts';
import type { Status } from '../../src/domain/ticket.ts';
import { type PersonActor, teamId } from '../../src/domain/values.ts';
import {
  ana,
  ben,
  carla,
  emil,
  eve,
  identity,
  inPlaceOf,
  lea,
  max,
  network,
  nobodysTeam,
  nora,
  service,
  vera,
  zoe,
} from '../support/deeds.ts';
import { peopleWith, rosterWith, teamsWith } from '../support/desk-roster.ts';
import {
  acceptsEnvelope,
  asksForHelp,
  completesEnvelope,
  confirmsEnvelope,
  editsEnvelope,
  withdrawsEnvelope,
} from '../support/envelope-deeds.ts';
import {
  acceptedBy,
  aDesk,
  after,
  arrived,
  days,
  given,
  inState,
  minutes,
  monday,
  seconds,
  STATUSES,
  type Step,
  storyOf,
} from '../support/given.ts';

const owner = { id: ana.id, name: ana.name };
const asked: Step = [acceptedBy(ana), asksForHelp(ana)];
const refOf = ({ id, name }: PersonActor) => ({ id, name });

describe('the owner asks a team for help', () => {
  test('and stays the owner: the envelope waits for whoever of the team accepts', () => {
    const before = storyOf(acceptedBy(ana)).ticket;
    const { at, ticket } = given(acceptedBy(ana))
      .when(asksForHelp(ana))
      .then({ type: 'EnvelopeRequested', seq: 1, teamId: network, question: 'Is the line to the printer down?' })
      .thenTicket({ ownerId: ana.id, status: 'in_progress', teamId: service, dueAt: before.dueAt, envelopesEver: 1 });
    expect(ticket.envelopes).toEqual([
      {
        seq: 1,
        state: 'requested',
        teamId: network,
        requestedBy: owner,
        requestedAt: at,
        since: at,
        contractRev: 3,
        declinedBy: [],
        olaAt: after(at, minutes(16 * 60)),
      },
    ]);
  });

  test('the question is all that is needed; the rest of the contract is kept as it was said', () => {
    const dueAt = after(monday, days(1));
    given(acceptedBy(ana))
      .when(
        asksForHelp(ana, {
          question: ' Why? ',
          stepsTried: ' Cable. ',
          doneWhen: ' It prints. ',
          dueAt,
          skills: ['cisco'],
        }),
      )
      .then({
        type: 'EnvelopeRequested',
        question: 'Why?',
        stepsTried: 'Cable.',
        doneWhen: 'It prints.',
        dueAt,
        skills: ['cisco'],
      });
    const bare = storyOf(acceptedBy(ana), asksForHelp(ana, { stepsTried: ' ', doneWhen: '', skills: [] })).recorded.at(
      -1,
    );
    expect(Object.keys(bare?.event ?? {})).not.toEqual(expect.arrayContaining(['stepsTried']));
    expect(Object.keys(bare?.event ?? {}).sort()).toEqual(['at', 'by', 'olaAt', 'question', 'seq', 'teamId', 'type']);
  });

  test('the prose stays in the timeline: the ticket holds facts', () => {
    const { ticket } = storyOf(acceptedBy(ana), asksForHelp(ana, { question: 'PROSE', stepsTried: 'PROSE' }));
    expect(JSON.stringify(ticket)).not.toContain('PROSE');
  });

  test('an empty question and a huge one come back', () => {
    given(acceptedBy(ana))
      .when(asksForHelp(ana, { question: ' \n ' }))
      .thenRefused('text-missing');
    for (const part of ['question', 'stepsTried', 'doneWhen']) {
      const text = 'x'.repeat(2_001);
      given(acceptedBy(ana))
        .when(asksForHelp(ana, { [part]: text }))
        .thenRefused('text-too-long', { limit: 2_000, text });
      given(acceptedBy(ana))
        .when(asksForHelp(ana, { [part]: text.slice(1) }))
        .then({ type: 'EnvelopeRequested' });
    }
  });

  test('ten skills at most, and a due time that lies ahead', () => {
    const skills = Array.from({ length: 11 }, (_each, index) => `skill ${index}`);
    given(acceptedBy(ana)).when(asksForHelp(ana, { skills })).thenRefused('too-many', { limit: 10 });
    given(acceptedBy(ana))
      .when(asksForHelp(ana, { skills: skills.slice(1) }))
      .then({ type: 'EnvelopeRequested' });
    given(acceptedBy(ana))
      .when(asksForHelp(ana, { dueAt: monday }))
      .thenRefused('due-date-past');
  });

  test('a team nobody knows, or none at all', () => {
    given(acceptedBy(ana))
      .when(asksForHelp(ana, { teamId: teamId('nowhere') }))
      .thenRefused('team-unknown');
    given(acceptedBy(ana))
      .when(asksForHelp(ana, { teamId: 'none' }))
      .thenRefused('team-unknown');
  });

  test('a team that nobody is in cannot be asked', () => {
    given(acceptedBy(ana))
      .when(asksForHelp(ana, { teamId: nobodysTeam }))
      .thenRefused('nobody-to-ask');
    const onlyAna = rosterWith({ people: peopleWith(ana, { teams: [service, nobodysTeam] }) });
    given(acceptedBy(ana))
      .at({ ...aDesk, roster: onlyAna })
      .when(asksForHelp(ana, { teamId: nobodysTeam }))
      .thenRefused('nobody-to-ask');
  });

  test('the own team may be asked, and the owner is not among the asked', () => {
    given(acceptedBy(ana), asksForHelp(ana, { teamId: service }))
      .when(acceptsEnvelope(ana))
      .thenRefused('expert-is-owner');
    given(acceptedBy(ana), asksForHelp(ana, { teamId: service }))
      .when(acceptsEnvelope(ben))
      .then({ type: 'EnvelopeAccepted', by: ben });
  });
});

describe('the owner asks one person', () => {
  test('whose team it counts for; only they may take it, or their lead', () => {
    const forEve: Step = [acceptedBy(ana), asksForHelp(ana, { teamId: 'none', expert: eve })];
    const { effects, ticket } = given(acceptedBy(ana))
      .when(asksForHelp(ana, { teamId: 'none', expert: eve }))
      .then({ type: 'EnvelopeRequested', teamId: network, offeredTo: refOf(eve) });
    expect(ticket.envelopes).toMatchObject([{ state: 'requested', offeredTo: refOf(eve) }]);
    expect(effects).toContainEqual({ kind: 'notice', to: eve.id, reason: 'envelope-offered', rev: 3, envelope: 1 });
    given(forEve)
      .when(acceptsEnvelope(emil))
      .thenRefused('envelope-offered', { owner: refOf(eve) });
    given(forEve).when(acceptsEnvelope(nora)).then({ type: 'EnvelopeAccepted' });
    given(forEve).when(acceptsEnvelope(eve)).then({ type: 'EnvelopeAccepted' });
  });

  test('never themselves, nor somebody nobody knows', () => {
    given(acceptedBy(ana))
      .when(asksForHelp(ana, { expert: ana }))
      .thenRefused('expert-is-owner');
    given(acceptedBy(ana))
      .when(asksForHelp(inPlaceOf(ana, ben), { expert: ana }))
      .thenRefused('expert-is-owner');
    given(acceptedBy(ana))
      .when(asksForHelp(inPlaceOf(ana, ben), { expert: ben }))
      .thenRefused('expert-is-owner');
    given(acceptedBy(ana))
      .when(asksForHelp(ana, { expert: zoe }))
      .thenRefused('person-unknown');
  });

  test('of the team that is named, for only its members accept', () => {
    given(acceptedBy(ana))
      .when(asksForHelp(ana, { teamId: network, expert: ben }))
      .thenRefused('not-a-member');
    given(acceptedBy(ana))
      .when(asksForHelp(ana, { teamId: network, expert: nora }))
      .then({ type: 'EnvelopeRequested' });
  });
});

describe('who may ask', () => {
  test('the owner, or who takes the owner’s place; a lead and a manager neither', () => {
    given(acceptedBy(ana))
      .when(asksForHelp(inPlaceOf(ana, ben)))
      .then({ type: 'EnvelopeRequested' })
      .thenTicket({ ownerId: ana.id });
    for (const by of [ben, lea, max])
      given(acceptedBy(ana)).when(asksForHelp(by)).thenRefused('only-the-owner', { owner });
    for (const by of [eve, vera]) given(acceptedBy(ana)).when(asksForHelp(by)).thenRefused('role-may-not');
  });

  const worked: readonly Status[] = ['in_progress', 'pending_customer', 'pending_vendor', 'pending_change'];
  test.each(STATUSES)('%s', (status) => {
    const outcome = given(inState(ana)[status]).when(asksForHelp(ana));
    if (worked.includes(status)) outcome.then({ type: 'EnvelopeRequested' }).thenTicket({ status });
    else outcome.thenRefused(status === 'new' ? 'no-owner-yet' : 'not-allowed-now');
  });
});

test('two questions in one second are two questions: that a second tap is the same one, its command’s id says', () => {
  given(asked, seconds(-60))
    .when(asksForHelp(ana, { question: 'And the one on floor 3?' }))
    .then({ type: 'EnvelopeRequested', seq: 2, question: 'And the one on floor 3?' });
});

describe('in parallel', () => {
  const two: Step = [asked, asksForHelp(ana, { teamId: identity })];

  test('the ticket counts who has answered', () => {
    const counted = (...steps: readonly Step[]) => answeredOf(storyOf(two, ...steps).ticket.envelopes ?? []);
    expect(counted()).toEqual({ answered: 0, asked: 2 });
    const one: Step = [acceptsEnvelope(eve), completesEnvelope(eve)];
    expect(counted(one)).toEqual({ answered: 1, asked: 2 });
    expect(counted(one, confirmsEnvelope(ana))).toEqual({ answered: 1, asked: 2 });
    expect(counted(one, withdrawsEnvelope(ana, undefined, 2))).toEqual({ answered: 1, asked: 1 });
  });

  test('the twenty-first that is open is refused; one that ended makes room', () => {
    const twenty: Step = Array.from({ length: 20 }, () => asksForHelp(ana));
    given(acceptedBy(ana), twenty).when(asksForHelp(ana)).thenRefused('too-many', { limit: 20 });
    given(acceptedBy(ana), twenty, withdrawsEnvelope(ana, undefined, 7))
      .when(asksForHelp(ana))
      .then({ type: 'EnvelopeRequested', seq: 21 });
  });

  test('an answer that nobody has confirmed takes its place still: the ticket’s document stays small', () => {
    const answered: Step = Array.from({ length: 20 }, (_each, index) => [
      asksForHelp(ana),
      acceptsEnvelope(eve, index + 1),
      completesEnvelope(eve, 'Done.', { seq: index + 1 }),
    ]);
    given(acceptedBy(ana), answered).when(asksForHelp(ana)).thenRefused('too-many', { limit: 20 });
    given(acceptedBy(ana), answered, confirmsEnvelope(ana, 3))
      .when(asksForHelp(ana))
      .then({ type: 'EnvelopeRequested' });
  });

  test('only the latest few that ended stay on the ticket; those that are open all do', () => {
    const many: Step = Array.from({ length: 15 }, (_each, index) => [
      asksForHelp(ana, { expert: eve }),
      withdrawsEnvelope(ana, undefined, index + 2),
    ]);
    const { ticket } = storyOf(asked, many);
    expect(ticket.envelopes?.map(({ seq }) => seq)).toEqual([1, 9, 10, 11, 12, 13, 14, 15, 16]);
    expect(ticket.envelopesEver).toBe(16);
  });

  test('the last to end stays, however early it was asked: its list and its helper learn of the end', () => {
    const many: Step = Array.from({ length: 9 }, (_each, index) => [
      asksForHelp(ana, { expert: emil }),
      withdrawsEnvelope(ana, undefined, index + 2),
    ]);
    const { ticket, effects } = given(asked, acceptsEnvelope(eve), many).when(withdrawsEnvelope(ana));
    expect(ticket.envelopes?.find(({ seq }) => seq === 1)).toMatchObject({ state: 'withdrawn' });
    expect(effects).toContainEqual(
      expect.objectContaining({ kind: 'rows', key: 'ticket-1~1', on: [], off: ['eq:network', `e:${eve.id}`] }),
    );
    expect(effects).toContainEqual(
      expect.objectContaining({ kind: 'notice', to: eve.id, reason: 'envelope-withdrawn' }),
    );
    const later = storyOf(asked, acceptsEnvelope(eve), many, withdrawsEnvelope(ana), asksForHelp(ana));
    expect(later.ticket.envelopes?.map(({ seq }) => seq)).toEqual([1, 4, 5, 6, 7, 8, 9, 10, 11]);
  });
});

describe('the contract is edited afterwards', () => {
  test('by the owner: the new words stand, and whoever has it is told', () => {
    const dueAt = after(monday, days(2));
    const { ticket, effects } = given(asked, acceptsEnvelope(eve))
      .when(editsEnvelope(ana, { question: 'Only floor 2.', dueAt }))
      .then({ type: 'EnvelopeEdited', seq: 1, question: 'Only floor 2.', dueAt });
    expect(ticket.envelopes).toMatchObject([{ state: 'accepted', contractRev: 5, dueAt }]);
    expect(effects).toContainEqual({ kind: 'notice', to: eve.id, reason: 'envelope-edited', rev: 5, envelope: 1 });
    expect(storyOf(asked, editsEnvelope(ana, { dueAt }), editsEnvelope(ana)).ticket.envelopes?.[0]).not.toHaveProperty(
      'dueAt',
    );
  });

  test('under the same rules as before', () => {
    given(asked)
      .when(editsEnvelope(ana, { question: '' }))
      .thenRefused('text-missing');
    given(asked)
      .when(editsEnvelope(ana, { stepsTried: 'x'.repeat(2_001) }))
      .thenRefused('text-too-long');
    given(asked).when(editsEnvelope(ben)).thenRefused('only-the-owner', { owner });
    given(asked)
      .when(editsEnvelope(ana, {}, 2))
      .thenRefused('envelope-unknown');
    given(asked, withdrawsEnvelope(ana)).when(editsEnvelope(ana)).thenRefused('envelope-not-now', { steps: [] });
  });
});

describe('which lists an envelope stands on', () => {
  test('its team’s while it is unanswered, and the one’s who is asked or has it', () => {
    const rows = (...steps: readonly Step[]) =>
      storyOf(acceptedBy(ana), ...steps).effects.filter(({ kind }) => kind === 'rows');
    expect(rows(asksForHelp(ana))).toMatchObject([
      {
        key: 'ticket-1~1',
        on: ['eq:network'],
        off: [],
        entry: { bucket: 'waiting', state: 'requested', requester: carla.name },
      },
    ]);
    expect(rows(asksForHelp(ana, { expert: eve }))).toMatchObject([{ on: ['eq:network', `e:${eve.id}`] }]);
    expect(rows(asksForHelp(ana), acceptsEnvelope(eve))).toMatchObject([
      { on: ['eq:network', `e:${eve.id}`], entry: { bucket: 'open', expertName: 'Eve Ek' } },
    ]);
    expect(rows(asksForHelp(ana), acceptsEnvelope(eve), completesEnvelope(eve))).toMatchObject([
      { on: [], off: ['eq:network', `e:${eve.id}`] },
    ]);
  });

  test('a step of one is written for that one alone', () => {
    const { effects } = given(asked, minutes(1), asksForHelp(ana, { teamId: identity })).when(acceptsEnvelope(eve));
    const touched = effects.flatMap((effect) =>
      effect.kind === 'rows' ? [effect.key] : effect.kind === 'card' ? [effect.slot] : [],
    );
    expect(touched).toEqual(['ticket-1~1', 'team', 'envelope-1']);
  });
});

test('where a team’s only member is its lead, the lead is asked', () => {
  const led = { ...aDesk, roster: rosterWith({ teams: teamsWith(nobodysTeam, { lead: nora.id }) }) };
  given(acceptedBy(ana))
    .at(led)
    .when(asksForHelp(ana, { teamId: nobodysTeam }))
    .then({ type: 'EnvelopeRequested' });
  given(acceptedBy(ana), asksForHelp(ana, { teamId: nobodysTeam }))
    .at(led)
    .when(acceptsEnvelope(nora))
    .then({ type: 'EnvelopeAccepted' });
  given(arrived()).when(asksForHelp(ana)).thenRefused('no-owner-yet');
});
