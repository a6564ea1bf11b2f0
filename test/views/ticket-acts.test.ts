import { describe, expect, test } from '@jest/globals';
import { decide } from '../../src/domain/decide.ts';
import { outcomeOf } from '../../src/domain/decision.ts';
import { reservationOf } from '../../src/domain/ownership.ts';
import type { Action, RefusalCode } from '../../src/domain/refusals.ts';
import type { PersonActor } from '../../src/domain/values.ts';
import { actsOn } from '../../src/views/ticket-acts.ts';
import {
  accepts,
  ana,
  arrives,
  asks,
  ben,
  cancels,
  carlaTheRequester,
  closes,
  type Deed,
  eve,
  identity,
  inPlaceOf,
  lea,
  max,
  mia,
  network,
  notes,
  pends,
  reopens,
  replies,
  repliesAndResolves,
  resolves,
  resumes,
  undoesCancel,
  vera,
} from '../support/deeds.ts';
import { acknowledges } from '../support/alert-deeds.ts';
import {
  acceptsEnvelope,
  addsTask,
  answersQuery,
  asksForHelp,
  assignsTask,
  cancelsTask,
  completesEnvelope,
  confirmsEnvelope,
  declinesEnvelope,
  editsEnvelope,
  finishesTask,
  queriesOwner,
  releasesEnvelope,
  sendsBack,
  withdrawsAll,
  withdrawsEnvelope,
} from '../support/envelope-deeds.ts';
import { acceptedBy, aDesk, arrived, inState, STATUSES, type Step, storyOf } from '../support/given.ts';
import {
  another,
  assigns,
  confirmsTransfer,
  declaresMajor,
  declinesOffer,
  hearsFromParent,
  links,
  merges,
  movesLeaver,
  offers,
  overrides,
  proposesMerge,
  proposesTransfer,
  refusesMerge,
  rejectsTransfer,
  reserves,
  routes,
  setsType,
  splits,
  tags,
  triages,
  undoesMerge,
  undoesReserve,
  undoesSplit,
  unlinks,
  updatesMajor,
} from '../support/ownership-deeds.ts';
import { readerOf } from './cases.ts';

const yesOf = { ...another, ownerId: ben.id };

/** Each act as somebody would do it who knows what is needed. */
const DEEDS: Readonly<Record<Action, (by: PersonActor) => Deed>> = {
  accept: accepts,
  reserve: reserves,
  'undo-reserve': undoesReserve,
  assign: (by) => assigns(by, eve),
  offer: (by) => offers(by, ben),
  'decline-offer': declinesOffer,
  route: (by) => routes(by, identity),
  'propose-transfer': (by) => proposesTransfer(by, ben),
  'confirm-transfer': confirmsTransfer,
  'reject-transfer': rejectsTransfer,
  transfer: (by) => movesLeaver(by, lea, { owner: ana, to: ben }),
  note: notes,
  reply: replies,
  'reply-resolve': repliesAndResolves,
  ask: asks,
  pend: (by) => pends(by, 'vendor'),
  resume: resumes,
  resolve: resolves,
  reopen: reopens,
  close: closes,
  cancel: (by) => cancels(by, 'mistake'),
  'undo-cancel': undoesCancel,
  'request-envelope': (by) => asksForHelp(by, { teamId: identity }),
  'edit-envelope': editsEnvelope,
  'withdraw-envelope': withdrawsEnvelope,
  'withdraw-all': withdrawsAll,
  'answer-query': answersQuery,
  'confirm-envelope': confirmsEnvelope,
  'send-back': sendsBack,
  'accept-envelope': acceptsEnvelope,
  'decline-envelope': declinesEnvelope,
  'release-envelope': releasesEnvelope,
  'query-owner': queriesOwner,
  'complete-envelope': completesEnvelope,
  'add-task': addsTask,
  'assign-task': (by) => assignsTask(by, max),
  'finish-task': finishesTask,
  'cancel-task': cancelsTask,
  triage: (by) => triages(by, { impact: 'high', urgency: 'low' }),
  'override-priority': (by) => overrides(by, 'P1'),
  'set-type': (by) => setsType(by, 'problem'),
  tag: (by) => tags(by, 'fire'),
  'propose-merge': proposesMerge,
  merge: (by) => merges(by, yesOf),
  'refuse-merge': refusesMerge,
  'undo-merge': undoesMerge,
  split: splits,
  'undo-split': undoesSplit,
  link: links,
  unlink: unlinks,
  'acknowledge-alert': (by) => acknowledges(by, 'NOT_ASSIGNED'),
  'declare-major': (by) => declaresMajor(by, max),
  'major-update': updatesMajor,
  'parent-update': hearsFromParent,
};
const ACTIONS = Object.keys(DEEDS) as Action[];

const READERS: readonly (readonly [string, PersonActor])[] = [
  ['the owner', ana],
  ['who acts for the owner', inPlaceOf(ana, ben)],
  ['a colleague', ben],
  ['the lead', lea],
  ['the manager', max],
  ['a manager of another line', mia],
  ['an expert', eve],
  ['an auditor', vera],
];

const SITUATIONS: readonly (readonly [string, Step])[] = [
  ...STATUSES.map((status) => [status, inState(ana)[status]] as const),
  ['reserved by a colleague', [arrived(), reserves(ben)]],
  ['offered to a colleague', [arrived(), offers(lea, ben)]],
  ['twice between teams', [arrived(), routes(ana, network), routes(ben, identity)]],
  [
    'without an address',
    [arrives({ requester: { contactId: carlaTheRequester.contactId, name: 'Carla' } }), accepts(ana)],
  ],
  ['with help asked for', [acceptedBy(ana), asksForHelp(ana)]],
  ['with help accepted', [acceptedBy(ana), asksForHelp(ana), acceptsEnvelope(eve)]],
  ['with a question to the owner', [acceptedBy(ana), asksForHelp(ana), acceptsEnvelope(eve), queriesOwner(eve)]],
  ['with an answer', [acceptedBy(ana), asksForHelp(ana), acceptsEnvelope(eve), completesEnvelope(eve)]],
  ['with a task', [acceptedBy(ana), addsTask(ana)]],
  ['with a transfer proposed', [acceptedBy(ana), proposesTransfer(lea, ben)]],
  ['with a merge proposed', [acceptedBy(ana), proposesMerge(ana, yesOf)]],
  ['merged', [acceptedBy(ana), proposesMerge(ana)]],
  ['part of another', [acceptedBy(ana), links(ana)]],
  ['a major incident', [acceptedBy(ana), declaresMajor(max, mia)]],
];
const CASES = SITUATIONS.flatMap(([situation, step]) =>
  READERS.map(([reader, person]) => ({ situation, reader, step, person })),
);

/** A card may offer what is refused for words, dates or the line of an owner; never what is refused for the person or the state. */
const FOR_PERSON_OR_STATE: readonly RefusalCode[] = [
  'role-may-not',
  'only-the-owner',
  'no-owner-yet',
  'owner-is-set',
  'owner-stays',
  'only-by-accept',
  'reserved',
  'not-reserved',
  'not-offered',
  'needs-a-lead',
  'not-allowed-now',
  'no-address',
  'no-transfer-proposed',
  'no-merge-proposed',
  'four-eyes',
  'expert-is-owner',
  'not-linked',
  'parent-is-child',
  'already-major',
  'not-major',
];

/** Of alerts the card of the alert has the button; `reserve` is the button of accept and `propose-merge` that of merging; the others are never done by hand. */
const WITHOUT_BUTTON: readonly Action[] = [
  'accept',
  'merge',
  'assign',
  'transfer',
  'parent-update',
  'acknowledge-alert',
];

describe.each(CASES)('a ticket that is $situation, read by $reader', ({ step, person }) => {
  const { ticket } = storyOf(step);
  // Half a minute later a reservation would be an accept.
  const now = ticket.changedAt;
  const may = actsOn(ticket, readerOf(person).person);
  const refusedFor = (action: Action): RefusalCode | undefined =>
    outcomeOf(decide(ticket, DEEDS[action](person)(now), aDesk)).refusal?.refused;

  test('no button is refused for who taps it, nor for the state', () => {
    const wrong = ACTIONS.filter(may)
      .map((action) => [action, refusedFor(action)] as const)
      .filter(([, code]) => code !== undefined && FOR_PERSON_OR_STATE.includes(code));
    expect(wrong).toEqual([]);
  });

  test('what this person can do has a button', () => {
    const missing = ACTIONS.filter((action) => !WITHOUT_BUTTON.includes(action) && !may(action)).filter((action) => {
      const { refusal, events } = outcomeOf(decide(ticket, DEEDS[action](person)(now), aDesk));
      return refusal === undefined && events.some(({ type }) => type !== 'TicketAccepted');
    });
    expect(missing).toEqual([]);
  });
});

describe('the base card', () => {
  test.each(SITUATIONS)('of a ticket that is %s offers all that anybody of the desk may do', (_situation, step) => {
    const { ticket } = storyOf(step);
    const base = actsOn(ticket);
    for (const [, person] of READERS.filter(([, { id }]) => id !== reservationOf(ticket)?.id)) {
      const may = actsOn(ticket, readerOf(person).person);
      expect(ACTIONS.filter((action) => may(action) && !base(action))).toEqual([]);
    }
  });

  test('never offers to hand a ticket over', () => {
    for (const [, step] of SITUATIONS) {
      const { ticket } = storyOf(step);
      expect(ACTIONS.filter((action) => ['assign', 'transfer'].includes(action) && actsOn(ticket)(action))).toEqual([]);
    }
  });
});
