import { lineId, type AlertLine } from '../../src/application/ports/alert-ledger.ts';
import { ticketId } from '../../src/domain/values.ts';
import { PEOPLE, type PersonName, type TestDesk } from '../support/open-desk.ts';
import { buttonsOn, type Case, type Hands, type Shown } from './hands.ts';

/** What people see of alerts, and what the ledger knows of it. */

export const isAlert = (shown: Shown): boolean => buttonsOn(shown).some(({ verb }) => verb === 'alert-open');

/** The alert cards in somebody's own chat, oldest first, as they are now; of one case where it is named. */
export const alertCardsOf = (person: Hands, one?: Case): readonly Shown[] =>
  person
    .chat()
    .filter(isAlert)
    .filter(({ text }) => one === undefined || text.includes(one.number));

/** The newest of them. */
export const alertCardOf = (person: Hands, one: Case): Shown => alertCardsOf(person, one).at(-1) ?? { text: '' };

/** Oldest first. */
export const linesOf = async (desk: TestDesk, { id }: Case): Promise<readonly AlertLine[]> =>
  (await desk.running.stores.alerts.ofTicket(ticketId(id))).toReversed();

const nameOf = ({ recipient }: AlertLine): string => recipient.name.split(' ')[0] ?? '';

/** "NOT_ASSIGNED 1 Anna accepted", sorted; of one condition where it is named. */
export const ledgerOf = async (desk: TestDesk, one: Case, condition?: AlertLine['condition']): Promise<string[]> =>
  (await linesOf(desk, one))
    .filter((line) => condition === undefined || line.condition === condition)
    .map((line) => `${line.condition} ${line.level} ${nameOf(line)} ${line.state}`)
    .sort();

/** Those that are there more than once. */
export const twiceIn = (lines: readonly AlertLine[]): string[] => {
  const keys = lines.map((line) => `${line.ticketId} ${lineId(line)}`);
  return keys.filter((key, index) => keys.indexOf(key) !== index);
};

/** How often the bot has posted into somebody's own chat. */
export const postsTo = (desk: TestDesk, person: PersonName): number =>
  desk.mirror.counts(`personal:${PEOPLE[person]}`).posts;
