import type { EnvelopeRow } from '../../src/domain/envelope.ts';
import { ownerOf, type Ticket } from '../../src/domain/ticket.ts';
import type { PersonActor } from '../../src/domain/values.ts';
import { acknowledges } from '../support/alert-deeds.ts';
import {
  accepts,
  ana,
  asks,
  ben,
  cancels,
  customerWrites,
  type Deed,
  emil,
  eve,
  ida,
  identity,
  lea,
  network,
  nobodysTeam,
  notes,
  pends,
  reopens,
  replies,
  resolves,
  resumes,
  service,
  undoesCancel,
} from '../support/deeds.ts';
import {
  acceptsEnvelope,
  addsTask,
  answersQuery,
  asksForHelp,
  completesEnvelope,
  confirmsEnvelope,
  declinesEnvelope,
  queriesOwner,
  releasesEnvelope,
  sendsBack,
  withdrawsEnvelope,
} from '../support/envelope-deeds.ts';
import { offers, overrides, reserves, routes, setsType } from '../support/ownership-deeds.ts';

/** Who would do it if all went well, and with which envelope. */
export interface Known {
  readonly ticket: Ticket;
  readonly owner: PersonActor;
  readonly row: EnvelopeRow | undefined;
  readonly helper: PersonActor;
}
export type Wish = (known: Known) => Deed;

const people = [ana, ben, lea, eve, emil, ida];
const named = (id: string | undefined): PersonActor | undefined => people.find((each) => each.id === id);
const seqOf = ({ row }: Known): number => row?.seq ?? 1;

/** What people and customers do, by whoever would do it if all went well. */
export const WISHES: readonly Wish[] = [
  () => accepts(ana),
  () => accepts(lea),
  () => reserves(ben),
  () => offers(lea, ben),
  () => routes(ben, network),
  () => routes(lea, service),
  () => routes(lea, nobodysTeam),
  ({ owner }) => replies(owner),
  ({ owner }) => notes(owner, 'Checked the cable.'),
  ({ owner }) => notes(owner, 'ok'),
  ({ owner }) => asks(owner),
  ({ owner }) => pends(owner, 'vendor', { days: 1 }),
  ({ owner }) => resumes(owner),
  ({ owner }) => resolves(owner),
  ({ owner }) => reopens(owner),
  ({ owner }) => cancels(owner, 'mistake'),
  ({ owner }) => undoesCancel(owner),
  ({ owner }) => addsTask(owner),
  ({ owner }) => setsType(owner, 'problem'),
  () => overrides(lea, 'P1'),
  () => overrides(lea, 'P3'),
  () => overrides(lea, 'P4'),
  () => customerWrites('It burns again.'),
  () => customerWrites('Any news?'),
  () => customerWrites('Thank you.', { verdict: 'thanks' }),
  ({ owner }) => asksForHelp(owner),
  ({ owner }) => asksForHelp(owner, { teamId: identity }),
  ({ owner }) => asksForHelp(owner, { expert: emil }),
  (known) => acceptsEnvelope(known.helper, seqOf(known)),
  (known) => acceptsEnvelope(known.helper, seqOf(known)),
  (known) => declinesEnvelope(known.helper, undefined, seqOf(known)),
  (known) => releasesEnvelope(known.helper, undefined, seqOf(known)),
  (known) => queriesOwner(known.helper, undefined, seqOf(known)),
  (known) => answersQuery(known.owner, undefined, seqOf(known)),
  (known) => completesEnvelope(known.helper, undefined, { seq: seqOf(known) }),
  (known) => sendsBack(known.owner, undefined, seqOf(known)),
  (known) => confirmsEnvelope(known.owner, seqOf(known)),
  (known) => withdrawsEnvelope(known.owner, undefined, seqOf(known)),
  ...[0, 1, 2].map((nth): Wish => ({ ticket, owner }) => {
    const row = ticket.alerts?.[nth];
    return acknowledges(owner, row?.condition ?? 'NOT_UPDATED', row?.envelope);
  }),
];

export const knownOf = (ticket: Ticket, nth: number): Known => {
  const open = (ticket.envelopes ?? []).filter(({ state }) => !['confirmed', 'declined', 'withdrawn'].includes(state));
  const row = open[nth % Math.max(1, open.length)];
  const helper = named(row?.expert?.id ?? row?.offeredTo?.id) ?? (row?.teamId === identity ? ida : eve);
  return { ticket, owner: named(ownerOf(ticket)?.id) ?? ana, row, helper };
};
