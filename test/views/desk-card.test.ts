import { describe, expect, test } from '@jest/globals';
import type { DeskStory } from '../../src/application/ports/stories.ts';
import type { QueueEntry } from '../../src/domain/effects.ts';
import { contactId, ticketId, ticketNumber } from '../../src/domain/values.ts';
import { type DeskCard, deskCard } from '../../src/views/desk-card.ts';
import { faultsOf, ofType, textRunsOf } from '../support/cards.ts';
import { ana, ben, eve, ida, lea, vera } from '../support/deeds.ts';
import { after, hours, monday } from '../support/given.ts';
import { readerOf, verbsOf } from './cases.ts';
import { staysSmall, staysText } from './hostile.ts';

const entry = (number: number, details: Partial<QueueEntry> = {}): QueueEntry => ({
  ticketId: ticketId(`ticket-${number}`),
  rev: 1,
  bucket: 'waiting',
  status: 'new',
  priority: 'P2',
  dueAt: after(monday, hours(number)),
  number: ticketNumber(`INC-${number}`),
  subject: 'The printer is on fire',
  requester: 'Carla Costa',
  requesterId: contactId('contact-carla'),
  ...details,
});
const late = entry(1, { bucket: 'open', priority: 'P1', dueAt: after(monday, hours(-2)), ownerName: 'Ben Berg' });
const soon = entry(2);
const far = entry(9);

const now: DeskStory = {
  mayTake: [],
  people: [
    { person: ben, open: 4, overdue: 1, away: false, next: late },
    { person: ana, open: 1, overdue: 0, away: false },
    { person: eve, open: 0, overdue: 0, away: false },
    { person: ida, open: 0, overdue: 0, away: true },
  ],
  waiting: [soon, far],
  burning: [late, soon],
};
const cardOf = (story: Partial<DeskStory> = {}, card: Partial<DeskCard> = {}) =>
  deskCard({
    story: { ...now, ...story },
    mayTake: (id) => id !== eve.id,
    now: monday,
    reader: readerOf(lea),
    ...card,
  });
const offers = (card: object) => ofType(card, 'Action.Execute').filter(({ verb }) => verb === 'offer');

describe('the desk of who leads', () => {
  test('shows first what is due next and whose it is, then what else waits, each ticket once', () => {
    const said = textRunsOf(cardOf()).join('\n');
    expect(said).toMatch(/^Due next\nINC-1 \nP1 \nThe printer is on fire\nOVERDUE since Mon 5 Jan, 07:00\n/u);
    expect(said).toContain(' · Customer: Carla Costa · Owner: Ben Berg');
    expect(said).toContain('due Mon 5 Jan, 11:00\n · Customer: Carla Costa · Owner: nobody yet');
    expect(said.match(/INC-2 /gu)).toHaveLength(1);
    expect(said.indexOf('Also waiting in the queue')).toBeLessThan(said.indexOf('INC-9 '));
  });

  test('says who has how much, who is late, who is away, and what each has to do next', () => {
    const said = textRunsOf(cardOf());
    const people = said.slice(said.indexOf('Who has what')).join('');
    expect(people).toContain('Ben Berg · 4 in work · 1 overduenext: INC-1 · OVERDUE since Mon 5 Jan, 07:00');
    expect(people).toContain('Ana Alves · 1 in work');
    expect(people).toContain('Ida Iversen · nothing open · away');
  });

  test('opens each ticket, and draws itself anew; neither sends what is chosen', () => {
    const acts = ofType(cardOf(), 'Action.Execute').filter(({ verb }) => verb !== 'offer');
    expect(acts.map(({ verb, data }) => [verb, data])).toEqual([
      ['open', { ticketId: 'ticket-1' }],
      ['open', { ticketId: 'ticket-2' }],
      ['open', { ticketId: 'ticket-9' }],
      ['open', { ticketId: 'ticket-1' }],
      ['desk', {}],
    ]);
    for (const act of acts) expect(act).toMatchObject({ associatedInputs: 'none' });
  });

  test('offers what waits with one tap: to whoever is here, may own it and has the least, unless another is chosen', () => {
    const card = cardOf();
    expect(offers(card).map(({ title, data }) => [title, data])).toEqual([
      ['Offer INC-2', { ticketId: 'ticket-2', list: 'desk' }],
      ['Offer INC-9', { ticketId: 'ticket-9', list: 'desk' }],
    ]);
    for (const offer of offers(card)) expect(offer).not.toHaveProperty('associatedInputs');
    expect(ofType(card, 'Input.ChoiceSet')).toMatchObject([
      {
        id: 'personId',
        label: 'Offer to',
        value: ana.id,
        choices: [
          { title: 'Ana Alves', value: ana.id },
          { title: 'Ben Berg', value: ben.id },
        ],
      },
    ]);
  });

  test('offers nothing where nobody could take it, where all is owned, and to readers who may not offer', () => {
    for (const card of [
      cardOf({}, { mayTake: () => false }),
      cardOf({ waiting: [], burning: [late] }),
      cardOf({}, { reader: readerOf(ana) }),
      cardOf({}, { reader: readerOf(vera) }),
      cardOf({}, { reader: readerOf() }),
    ]) {
      expect(offers(card)).toEqual([]);
      expect(ofType(card, 'Input.ChoiceSet')).toEqual([]);
    }
  });

  test('says so where nothing waits, and where nobody is led', () => {
    const quiet = cardOf({ waiting: [], burning: [] });
    expect(JSON.stringify(quiet)).toContain('As of Mon 5 Jan, 09:00. Nothing waits and nothing is due.');
    expect(JSON.stringify(cardOf())).not.toContain('Nothing waits');
    const alone = cardOf({ waiting: [], burning: [], people: [] });
    expect(textRunsOf(alone).join()).toContain('You lead no team with members.');
    expect(verbsOf(alone)).toEqual(['desk']);
  });

  test('in German has its words and its times', () => {
    const card = cardOf({}, { reader: readerOf(lea, 'de') });
    const said = textRunsOf(card).join('\n');
    expect(said).toContain('Als Nächstes fällig');
    expect(said).toContain('Ida Iversen\n · nichts offen\n · abwesend');
    expect(offers(card).map(({ title }) => title)).toEqual(['INC-2 anbieten', 'INC-9 anbieten']);
  });

  const saying = (written: string, count = 2) => {
    const says = { subject: written, requester: written, ownerName: written };
    const rows = (from: number) => Array.from({ length: count }, (_each, index) => entry(from + index, says));
    return cardOf({
      people: Array.from({ length: count * 2 }, () => ({
        person: { id: ana.id, name: written },
        open: 1,
        overdue: 1,
        away: false,
        next: entry(1, says),
      })),
      waiting: rows(100),
      burning: rows(1),
    });
  };
  test('shows what people write as text, and is one that Teams draws', () => {
    expect(faultsOf(cardOf())).toEqual([]);
    staysText(saying);
  });
  test('is small enough however many there are, and says how many are left out', () => {
    staysSmall((written) => saying(written, 30));
    expect(textRunsOf(saying('x', 30))).toContain('+ 48');
  });
});
