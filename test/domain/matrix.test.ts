import { describe, expect, test } from '@jest/globals';
import { decide } from '../../src/domain/decide.ts';
import { outcomeOf } from '../../src/domain/decision.ts';
import type { EnvelopeAction } from '../../src/domain/envelope.ts';
import { evolve } from '../../src/domain/evolve.ts';
import { ALLOWED } from '../../src/domain/lifecycle.ts';
import type { Action, RefusalCode } from '../../src/domain/refusals.ts';
import { mayRole } from '../../src/domain/roles.ts';
import { ownerOf, type Status, type Ticket } from '../../src/domain/ticket.ts';
import type { PersonActor } from '../../src/domain/values.ts';
import {
  accepts,
  ana,
  arrives,
  asks,
  ben,
  cancels,
  closes,
  type Deed,
  emil,
  eve,
  inPlaceOf,
  lea,
  max,
  network,
  notes,
  otto,
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
import * as help from '../support/envelope-deeds.ts';
import { aDesk, arrived, inState, seconds, STATUSES, type Step, storyOf } from '../support/given.ts';
import * as own from '../support/ownership-deeds.ts';

/** Every command, sensible on a ticket that lets it. */
const COMMANDS: Readonly<Record<Action, (by: PersonActor) => Deed>> = {
  accept: accepts,
  reserve: own.reserves,
  'undo-reserve': own.undoesReserve,
  assign: (by) => own.assigns(by, emil),
  offer: (by) => own.offers(by, ben),
  'decline-offer': (by) => own.declinesOffer(by),
  route: (by) => own.routes(by, network),
  'propose-transfer': (by) => own.proposesTransfer(by, ben),
  'confirm-transfer': own.confirmsTransfer,
  'reject-transfer': (by) => own.rejectsTransfer(by),
  transfer: (by) => own.movesLeaver(by, lea, { owner: ana, to: ben }),
  note: (by) => notes(by),
  reply: (by) => replies(by),
  'reply-resolve': (by) => repliesAndResolves(by),
  ask: (by) => asks(by),
  pend: (by) => pends(by, 'vendor'),
  resume: resumes,
  resolve: (by) => resolves(by),
  reopen: (by) => reopens(by),
  close: closes,
  cancel: (by) => cancels(by, 'spam'),
  'undo-cancel': undoesCancel,
  'request-envelope': (by) => help.asksForHelp(by),
  'edit-envelope': (by) => help.editsEnvelope(by),
  'withdraw-envelope': (by) => help.withdrawsEnvelope(by),
  'withdraw-all': (by) => help.withdrawsAll(by),
  'answer-query': (by) => help.answersQuery(by, 'The second.', 3),
  'confirm-envelope': (by) => help.confirmsEnvelope(by, 4),
  'send-back': (by) => help.sendsBack(by, 'It still blinks.', 4),
  'accept-envelope': (by) => help.acceptsEnvelope(by),
  'decline-envelope': (by) => help.declinesEnvelope(by),
  'release-envelope': (by) => help.releasesEnvelope(by, 'I am ill.', 2),
  'query-owner': (by) => help.queriesOwner(by, 'Which floor?', 2),
  'complete-envelope': (by) => help.completesEnvelope(by, 'Done.', { seq: 2 }),
  'add-task': (by) => help.addsTask(by),
  'assign-task': (by) => help.assignsTask(by, emil),
  'finish-task': (by) => help.finishesTask(by),
  'cancel-task': (by) => help.cancelsTask(by),
  triage: (by) => own.triages(by, { impact: 'high', urgency: 'high' }),
  'override-priority': (by) => own.overrides(by, 'P1'),
  'set-type': (by) => own.setsType(by, 'problem'),
  tag: (by) => own.tags(by, 'vpn'),
  'propose-merge': (by) => own.proposesMerge(by),
  merge: (by) => own.merges(by),
  'refuse-merge': (by) => own.refusesMerge(by),
  'undo-merge': own.undoesMerge,
  split: (by) => own.splits(by),
  'undo-split': (by) => own.undoesSplit(by),
  link: (by) => own.links(by),
  unlink: own.unlinks,
  'acknowledge-alert': (by) => acknowledges(by, 'NOT_ASSIGNED'),
  'declare-major': (by) => own.declaresMajor(by, lea),
  'major-update': (by) => own.updatesMajor(by),
  'parent-update': (by) => own.hearsFromParent(by),
};
const ACTIONS = Object.keys(COMMANDS) as Action[];

const PEOPLE: Readonly<Record<string, PersonActor>> = {
  'the owner': ana,
  'who acts in the owner’s place': inPlaceOf(ana, ben),
  'a colleague': ben,
  'an expert': eve,
  'a lead': lea,
  'a manager': max,
  'an admin': otto,
  'an auditor': vera,
};

/** Every code there is; one more or one less does not compile. */
const CODES: Readonly<Record<RefusalCode, true>> = {
  'owner-is-set': true,
  'owner-stays': true,
  'only-by-accept': true,
  'no-owner-yet': true,
  'only-the-owner': true,
  reserved: true,
  'not-reserved': true,
  'not-offered': true,
  'needs-a-lead': true,
  'same-team': true,
  'not-allowed-now': true,
  'not-found': true,
  'text-missing': true,
  'text-too-long': true,
  'reason-missing': true,
  'follow-up-date-missing': true,
  'follow-up-date-past': true,
  'due-date-past': true,
  'duplicate-target-missing': true,
  'undo-too-late': true,
  'reopen-too-late': true,
  'role-may-not': true,
  'no-address': true,
  'team-unknown': true,
  'person-unknown': true,
  'may-not-own': true,
  'transfer-not-exceptional': true,
  'leave-too-short': true,
  'evidence-missing': true,
  'no-transfer-proposed': true,
  'not-in-line': true,
  'four-eyes': true,
  'cover-too-long': true,
  'cover-once': true,
  'envelope-unknown': true,
  'envelope-not-now': true,
  'envelope-taken': true,
  'envelope-offered': true,
  'envelopes-still-open': true,
  'expert-is-owner': true,
  'only-the-expert': true,
  'not-a-member': true,
  'nobody-to-ask': true,
  'too-many': true,
  'task-unknown': true,
  'task-not-now': true,
  'merge-target-missing': true,
  'merge-cycle': true,
  'merge-ended': true,
  'merge-other-customer': true,
  'merge-needs-yes': true,
  'no-merge-proposed': true,
  'parent-unknown': true,
  'parent-is-child': true,
  'not-linked': true,
  'already-major': true,
  'not-major': true,
  'not-split': true,
  'alert-over': true,
  'alert-held': true,
  'no-preview': true,
  'not-your-preview': true,
  'busy-try-again': true,
  'unknown-command': true,
};

/** An envelope in each state in which somebody has still something to do, a task, and a transfer that waits. */
const busy: Step = [
  arrived(),
  accepts(ana),
  help.addsTask(ben),
  own.links(ana),
  [1, 2, 3, 4].map(() => help.asksForHelp(ana)),
  [2, 3, 4].map((seq) => help.acceptsEnvelope(eve, seq)),
  help.queriesOwner(eve, 'Which floor?', 3),
  help.completesEnvelope(eve, 'Done.', { seq: 4 }),
  own.proposesTransfer(lea, ben),
];
const bensTicket = { ...own.another, ownerId: ben.id };
const solved: Step = [busy, help.withdrawsAll(ana), resolves(ana)];
const BUSY: Readonly<Record<Status, Step>> = {
  new: [arrives(), help.addsTask(ben), own.links(ben), own.offers(lea, ben), own.proposesMerge(ana, bensTicket)],
  in_progress: [busy, own.proposesMerge(ana, bensTicket)],
  pending_customer: [busy, asks(ana)],
  pending_vendor: [busy, pends(ana, 'vendor')],
  pending_change: [busy, pends(ana, 'change')],
  resolved: solved,
  closed: [solved, closes(ana)],
  cancelled: [busy, own.merges(ana)],
};
const MAJOR: Step = [arrived(), accepts(ana), own.declaresMajor(max, lea)];

type Case = readonly [name: string, story: ReturnType<typeof storyOf>];
const cases: readonly Case[] = [
  ...STATUSES.map((status): Case => [status, storyOf(inState(ana)[status])]),
  ...STATUSES.map((status): Case => [`${status}, with much going on`, storyOf(BUSY[status])]),
  ['new, with a tap on Accept', storyOf(arrived(), own.reserves(ana), seconds(-50))],
  ['in_progress, a major incident', storyOf(MAJOR)],
];

/** What is the same whoever asks whatever of whichever ticket; gives the words of what went wrong. */
const faults = ({ ticket, now }: Case[1], action: Action, [who, by]: readonly [string, PersonActor]): string[] => {
  const decision = decide(ticket, COMMANDS[action](by)(now), aDesk);
  const { refusal, events } = outcomeOf(decision);
  const after = events.reduce<Ticket | undefined>((each, event) => evolve(each, event), ticket);
  const fault = (isFault: boolean, what: string): string[] => (isFault ? [`${who}: ${what}`] : []);
  const taken = events.some(({ type }) => type === 'TicketAccepted' || type === 'OwnershipTransferred');
  const state = taken && ticket.status === 'new' ? 'in_progress' : ticket.status;
  const done = refusal === undefined && events.length > 0;
  return [
    ...fault(refusal !== undefined && !CODES[refusal.refused], `unknown code ${refusal?.refused}`),
    ...fault(refusal?.allowed?.includes(action) ?? false, 'refused as not allowed now, and said to be allowed'),
    ...fault(refusal?.refused === 'not-allowed-now' && !refusal.allowed, 'refused without what is allowed'),
    ...fault(refusal?.refused === 'no-owner-yet' && !refusal.allowed?.includes('accept'), 'not told to accept'),
    ...fault(
      refusal?.steps?.includes(action as EnvelopeAction) ?? false,
      'a step that is refused is said to be allowed',
    ),
    ...fault(refusal?.refused === 'envelope-not-now' && !refusal.steps, 'refused without the steps'),
    ...fault(!mayRole(by, action) !== (refusal?.refused === 'role-may-not') && action !== 'refuse-merge', 'role'),
    ...fault(
      refusal !== undefined && events.some(({ type }) => type !== 'OwnerChangeRefused'),
      'a refusal that does something',
    ),
    ...fault(
      done && ![state, ticket.status].some((each) => ALLOWED[each].includes(action)),
      'done, but not on the list',
    ),
    ...fault(!taken && ownerOf(after ?? ticket)?.id !== ownerOf(ticket)?.id, 'another owner'),
  ];
};

describe.each(cases)('%s', (_name, story) => {
  test.each(ACTIONS)('%s: is decided for everyone, or refused with words that help', (action) => {
    expect(Object.entries(PEOPLE).flatMap((person) => faults(story, action, person))).toEqual([]);
  });
});

/** These tickets have no alerts to be on; what is said of one is told in the tests of alerts. */
test('everything that can be asked is done somewhere for somebody, but for giving a ticket to another', () => {
  const done = (action: Action): boolean =>
    cases.some(([, { ticket, now }]) =>
      Object.values(PEOPLE).some((by) => {
        const { refusal, events } = outcomeOf(decide(ticket, COMMANDS[action](by)(now), aDesk));
        return refusal === undefined && events.length > 0;
      }),
    );
  expect(ACTIONS.filter((action) => !done(action))).toEqual(['assign', 'acknowledge-alert']);
});
