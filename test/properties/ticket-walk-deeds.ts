import type { MergeTarget } from '../../src/domain/relation-commands.ts';
import { instantOf, millisecondsOf, type Level, type PersonActor, type Priority } from '../../src/domain/values.ts';
import {
  accepts,
  arrives,
  asks,
  cancels,
  carla,
  closes,
  customerWrites,
  type Deed,
  deskMailbox,
  identity,
  network,
  notes,
  pends,
  prose,
  reopens,
  replies,
  repliesAndResolves,
  resolves,
  resumes,
  service,
  theDesk,
  ticks,
  undoesCancel,
} from '../support/deeds.ts';
import { acknowledges } from '../support/alert-deeds.ts';
import * as help from '../support/envelope-deeds.ts';
import * as own from '../support/ownership-deeds.ts';

/** What only the desk may read carries this word; it must not turn up anywhere else. */
export const CANARY = 'canary-7f3a';

export interface Choice {
  readonly by: PersonActor;
  readonly text: string;
  readonly whom: 'vendor' | 'change';
  readonly days: number;
  readonly seq: number;
  readonly other: PersonActor;
  readonly impact: Level;
  readonly priority: Priority;
  readonly target: MergeTarget;
}

/** Who would do it if all went well. */
export type Likely = 'owner' | 'helper' | 'lead' | 'manager' | 'reserver' | 'offered' | 'asked';

interface WalkDeed {
  readonly by: Likely;
  readonly does: (choice: Choice) => Deed;
}

const internal = (text: string): string => `${text} ${CANARY}`;
const mallory = { ...carla, name: `Mallory ${CANARY}` };
const file = { name: `${CANARY}.txt`, size: 1, contentType: 'text/plain', sha256: 'f'.repeat(64) };
export const thread = (id: string): object => ({
  thread: { mailbox: deskMailbox, messageId: id, internetMessageId: `<${id}@x>` },
});

const by = (likely: Likely, ...deeds: readonly ((choice: Choice) => Deed)[]): readonly WalkDeed[] =>
  deeds.map((does) => ({ by: likely, does }));

/** `days` from the deed on. */
const within =
  (days: number, deed: (dueAt: ReturnType<typeof instantOf>) => Deed): Deed =>
  (at) =>
    deed(instantOf(millisecondsOf(at) + days * 86_400_000))(at);

const work = by(
  'owner',
  ({ by }) => accepts(by),
  ({ by, text }) => notes(by, internal(text)),
  ({ by, text }) => replies(by, text),
  ({ by, text }) => repliesAndResolves(by, text),
  ({ by, text }) => asks(by, text),
  ({ by, text, whom, days }) => pends(by, whom, { days, text: internal(text) }),
  ({ by }) => resumes(by),
  ({ by, text }) => resolves(by, text),
  ({ by, text }) => reopens(by, internal(text)),
  ({ by }) => reopens(by),
  ({ by }) => closes(by),
  ({ by }) => undoesCancel(by),
);

const others = by(
  'owner',
  () => closes(theDesk),
  () => ticks(),
  () => ticks(),
  () => ticks(),
  ({ text }) => customerWrites(text, thread('y'.repeat(998))),
  ({ text }) => customerWrites(text, { verdict: 'thanks' }),
  ({ text }) => customerWrites(text, { verdict: 'automatic' }),
  ({ text }) => customerWrites('', { verdict: 'bounce', prose: prose(internal(text), file) }),
  ({ text }) => customerWrites('', { unverified: true, by: mallory, prose: prose(internal(text), file) }),
  () => arrives({ subject: 'the same mail again' }),
  () => own.isTold('absorbed', own.another),
  () => own.isTold('absorption-undone', own.another),
  () => own.isTold('split-undone', own.part),
);

const owning = [
  ...by(
    'reserver',
    ({ by }) => own.reserves(by),
    ({ by }) => own.undoesReserve(by),
    ({ by }) => own.undoesReserve(by),
  ),
  ...by('lead', ({ by, other }) => own.offers(by, other)),
  ...by('offered', ({ by, text }) => own.declinesOffer(by, internal(text))),
  ...by(
    'owner',
    ({ by, text }) => own.routes(by, network, internal(text)),
    ({ by, text }) => own.routes(by, service, internal(text)),
    ({ by, other }) => own.assigns(by, other, 'chat'),
    ({ other }) => own.assigns(theDesk, other, 'mail'),
  ),
  ...by(
    'lead',
    ({ by, other, days, text }) => own.proposesTransfer(by, other, { days, evidence: internal(text) }),
    ({ by, other, text }) => own.proposesTransfer(by, other, { reason: 'termination', evidence: internal(text) }),
    ({ by, other }) => own.proposesTransfer(by, other, { reason: 'other' }),
    ({ by, text }) => own.rejectsTransfer(by, internal(text)),
  ),
  ...by(
    'manager',
    ({ by }) => own.confirmsTransfer(by),
    ({ by }) => own.confirmsTransfer(by),
    ({ by, other, text, days }) => own.movesLeaver(by, other, { owner: by, to: other, days, evidence: internal(text) }),
  ),
];

const sorting = [
  ...by(
    'owner',
    ({ by, impact }) => own.triages(by, { impact }),
    ({ by, impact }) => own.triages(by, { urgency: impact }),
    ({ by }) => acknowledges(by, 'NOT_UPDATED'),
    ({ by }) => acknowledges(by, 'NOT_COMPLETED'),
    ({ by }) => own.setsType(by, 'problem'),
    ({ by }) => own.setsType(by, 'incident'),
    ({ by, text }) => own.tags(by, CANARY, text),
    ({ by }) => own.tags(by, ...Array.from({ length: 10 }, (_each, index) => `${index}${'漢'.repeat(29)}`)),
  ),
  ...by('lead', ({ by, priority, text }) => own.overrides(by, priority, internal(text))),
];

const relating = [
  ...by(
    'owner',
    ({ by }) => own.undoesMerge(by),
    ({ by, text }) => own.splits(by, { subject: internal(text), text: internal(text) }),
    ({ by, days }) => own.undoesSplit(by, days),
    ({ by }) => own.links(by),
    ({ by }) => own.unlinks(by),
    ({ by, text }) => own.hearsFromParent(by, { text }),
    ({ by, text }) => own.hearsFromParent(by, { text, mail: false }),
  ),
  ...by(
    'asked',
    ({ by, text }) => own.refusesMerge(by, internal(text)),
    ({ by, target }) => own.merges(by, target),
  ),
  ...by('manager', ({ by, other }) => own.declaresMajor(by, other)),
  ...by('lead', ({ by, text }) => own.updatesMajor(by, text)),
];

/** After these little else happens, so they are rare. */
const ending = by(
  'owner',
  ({ by }) => cancels(by, 'spam'),
  ({ by }) => cancels(by, 'duplicate', 'INC-1000'),
  ({ by, text }) => help.withdrawsAll(by, internal(text)),
  ({ by, target }) => own.merges(by, target),
  ({ by, target }) => own.proposesMerge(by, target),
);
/** What is possible for a moment only. */
const seldom = [
  ...by('reserver', ({ by }) => own.undoesReserve(by)),
  ...by('offered', ({ by, text }) => own.declinesOffer(by, internal(text))),
  ...by(
    'owner',
    ({ by, text, seq }) => help.answersQuery(by, internal(text), seq),
    ({ by, text, seq }) => help.sendsBack(by, internal(text), seq),
    ({ by }) => undoesCancel(by),
    ({ by }) => own.undoesMerge(by),
    () => own.isTold('split-undone', own.part),
  ),
];
const agreeing = by('asked', ({ by, target }) => own.merges(by, target));

const asking = by(
  'owner',
  ({ by, text, other }) => help.asksForHelp(by, { question: internal(text), teamId: 'none', expert: other }),
  ({ by, text, days }) =>
    within(days, (dueAt) =>
      help.asksForHelp(by, { question: internal(text), stepsTried: internal(text), dueAt, skills: [CANARY] }),
    ),
  ({ by, text }) => help.asksForHelp(by, { question: internal(text), doneWhen: internal(text), teamId: identity }),
  ({ by, text }) => help.asksForHelp(by, { question: internal(text) }),
  ({ by, text }) => help.asksForHelp(by, { question: internal(text), teamId: service }),
  ({ by, seq }) => help.acceptsEnvelope(by, seq),
  ({ by, text, seq }) => help.editsEnvelope(by, { question: internal(text) }, seq),
  ({ by, text, seq }) => help.answersQuery(by, internal(text), seq),
  ({ by, seq }) => help.confirmsEnvelope(by, seq),
  ({ by, text, seq }) => help.sendsBack(by, internal(text), seq),
  ({ by, text, seq }) => help.withdrawsEnvelope(by, internal(text), seq),
);

const helping = by(
  'helper',
  ({ by, seq }) => help.acceptsEnvelope(by, seq),
  ({ by, seq }) => help.acceptsEnvelope(by, seq, { active: 5, limit: 5 }),
  ({ by, text, seq }) => help.declinesEnvelope(by, internal(text), seq),
  ({ by, text, seq }) => help.declinesEnvelope(by, internal(text), seq),
  ({ by, text, seq }) => help.releasesEnvelope(by, internal(text), seq),
  ({ by, text, seq }) => help.queriesOwner(by, internal(text), seq),
  ({ by, text, seq }) => help.completesEnvelope(by, internal(text), { seq }),
  ({ by, text, seq }) => help.completesEnvelope(by, internal(text), { seq, outcome: 'not_ours', toTeamId: identity }),
  ({ by, text, days, seq }) => within(days, (dueAt) => help.addsTask(by, internal(text), { dueAt, envelope: seq })),
);

const tasking = by(
  'owner',
  ({ by, text, other }) => help.addsTask(by, internal(text), { assignee: other }),
  ({ by, other, seq }) => help.assignsTask(by, other, seq),
  ({ by, seq }) => help.finishesTask(by, seq),
  ({ by, seq }) => help.cancelsTask(by, seq),
);

const often = [...work, ...owning, ...relating, ...asking, ...helping, ...tasking];

/** Everything that can be asked of a ticket, by anyone, sensible or not. What leads on is there more often. */
export const DEEDS: readonly WalkDeed[] = [
  ...often,
  ...often,
  ...helping,
  ...sorting,
  ...others,
  ...ending,
  ...agreeing,
  ...Array.from({ length: 8 }, () => seldom).flat(),
];
