import { instantOf, millisecondsOf } from '../domain/values.ts';
import {
  ALIKE_MS,
  alikeKey,
  type AlertLedger,
  type AlertLine,
  HELD_AT_MOST_MS,
  lineId,
  shownAt,
} from './ports/alert-ledger.ts';

/** More than so many alike for one person within ALIKE_MS are one card. */
const MOST_ALIKE = 5;
const MOST_RECENT = 200;

/** What a person would meet at the same time in their own chat; what is most urgent always comes by itself. */
const isRollable = ({ state, address, priority }: AlertLine): boolean =>
  address.kind === 'personal' && priority !== 'P1' && ROLLABLE.includes(state);
const ROLLABLE: readonly AlertLine['state'][] = ['intended', 'held', 'sent', 'accepted', 'rolled-up'];

/** A card of many is told to nobody when it grows: after a while a new one begins. */
const beganAt = (rollUp: string): number => Number(rollUp.slice(rollUp.lastIndexOf('~') + 1));

const isSame = (a: AlertLine, b: AlertLine): boolean => a.ticketId === b.ticketId && lineId(a) === lineId(b);

/**
 * The sixth alike for a person makes the card of many. What was not shown yet by itself goes onto it; what was stands there, too,
 * beside its own card.
 */
export const rolledUp = async (alerts: AlertLedger, line: AlertLine): Promise<AlertLine> => {
  if ((line.state !== 'intended' && line.state !== 'held') || !isRollable(line)) return line;
  const shown = millisecondsOf(shownAt(line));
  const raised = instantOf(millisecondsOf(line.at) - (line.heldUntil ? HELD_AT_MOST_MS : ALIKE_MS));
  const recent = await alerts.ofPerson(line.recipient.id, { since: raised, limit: MOST_RECENT });
  const alike = recent.filter(
    (each) =>
      isRollable(each) &&
      alikeKey(each) === alikeKey(line) &&
      !isSame(each, line) &&
      Math.abs(millisecondsOf(shownAt(each)) - shown) <= ALIKE_MS,
  );
  if (alike.length < MOST_ALIKE) return line;
  const known = alike.flatMap((each) => each.rollUp ?? []).find((each) => shown - beganAt(each) <= ALIKE_MS);
  const rollUp = known ?? `${line.recipient.id}~${alikeKey(line)}~${shown}`;
  for (const each of alike)
    await alerts.change(each.ticketId, lineId(each), (now) => {
      if (now.rollUp !== undefined) return undefined;
      return now.state === 'intended' || now.state === 'held'
        ? { ...now, state: 'rolled-up', rollUp }
        : { ...now, rollUp };
    });
  return { ...line, state: 'rolled-up', rollUp };
};
