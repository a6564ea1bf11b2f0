import { describe, expect, test } from '@jest/globals';
import { ALLOWED } from '../../src/domain/lifecycle.ts';
import { entryOf } from '../../src/domain/timeline.ts';
import type { Language } from '../../src/domain/values.ts';
import type { AdaptiveCard } from '../../src/views/expand.ts';
import { ticketCard } from '../../src/views/ticket-card.ts';
import { accepts, ana, arrives, carla, customerWrites, nobody, notes, prose, replies } from '../support/deeds.ts';
import { buttonsOf, elementsOf, faultsOf, ofType, textRunsOf } from '../support/cards.ts';
import { acceptedBy, inState, STATUSES, type Step, storyOf } from '../support/given.ts';

const LANGUAGES: readonly Language[] = ['en', 'de'];
const cardOf = (
  step: Step,
  language: Language = 'en',
  headline?: Parameters<typeof ticketCard>[0]['headline'],
): AdaptiveCard => {
  const { ticket, recorded } = storyOf(step);
  const entries = recorded.map(entryOf).toReversed();
  const reader = { language, zone: 'Europe/Berlin' };
  return ticketCard({ ticket, entries, teamName: 'Service', reader, ...(headline ? { headline } : {}) });
};
const each = LANGUAGES.flatMap((language) => STATUSES.map((status) => [status, language] as const));

describe.each(each)('the card of a ticket that is %s, in %s', (status, language) => {
  const card = cardOf(inState(ana)[status], language);

  test('looks like this', () => {
    expect(card).toMatchSnapshot();
  });

  test('is a card that Teams shows', () => {
    expect(faultsOf(card)).toEqual([]);
    expect(ofType(card, 'AdaptiveCard').map(({ version }) => version)).toEqual(
      ofType(card, 'AdaptiveCard').map(() => '1.5'),
    );
    expect((card.actions as unknown[]).length).toBeLessThanOrEqual(6);
    expect(JSON.stringify(card)).not.toMatch(/\$\{|undefined|null|\[object/u);
  });

  test('names ticket and customer, on every act too', () => {
    const text = JSON.stringify(card);
    expect(text).toContain('INC-1001');
    expect(textRunsOf(card)).toContain('Carla Costa <carla@customer.example>');
    for (const { data } of ofType(card, 'Action.Execute')) expect(data).toEqual({ ticketId: 'ticket-1' });
  });

  test('offers what works in this state, and nothing else', () => {
    const verbs = ofType(card, 'Action.Execute').map(({ verb }) => verb);
    expect([...verbs].sort()).toEqual([...ALLOWED[status]].sort());
  });

  test('works where the newer kind of button is unknown', () => {
    for (const { verb, title, data, fallback } of ofType(card, 'Action.Execute')) {
      expect(fallback).toEqual({ type: 'Action.Submit', title, data: { verb, ...(data as object) } });
    }
  });
});

describe('the card', () => {
  test('says first why it is shown now', () => {
    const card = cardOf(acceptedBy(ana), 'en', { text: 'Carla wrote', style: 'accent' });
    expect(textRunsOf(card)[0]).toBe('Carla wrote');
    expect(elementsOf(card)).toContainEqual(expect.objectContaining({ type: 'Container', style: 'accent' }));
    expect(faultsOf(card)).toEqual([]);
  });

  test('shows what happened last, newest first, and tells notes from mails', () => {
    const card = cardOf([
      acceptedBy(ana),
      replies(ana, 'On my way.'),
      customerWrites('Hurry!'),
      notes(ana, 'Took the extinguisher.'),
    ]);
    expect(
      textRunsOf(card).filter((text) =>
        ['On my way.', 'Hurry!', 'Took the extinguisher.', 'It burns since nine.'].includes(text),
      ),
    ).toEqual(['Took the extinguisher.', 'Hurry!', 'On my way.']);
    const notesOnly = ofType(card, 'Container').filter(({ style }) => style === 'emphasis');
    expect(notesOnly.map((note) => textRunsOf(note)[1])).toEqual(['Took the extinguisher.']);
  });

  test('marks a stranger in the thread', () => {
    const card = cardOf([
      acceptedBy(ana),
      customerWrites('Let me in.', { unverified: true, by: { ...carla, name: 'Mallory' } }),
    ]);
    expect(textRunsOf(card).find((text) => text.startsWith('Mallory'))).toContain('not verified');
  });

  test('does not offer to answer where nobody can be answered', () => {
    const card = cardOf([arrives({ requester: nobody }), accepts(ana)]);
    expect(ofType(card, 'Action.Execute').map(({ verb }) => verb)).toEqual(['note', 'pend', 'resolve', 'cancel']);
    expect(buttonsOf(card)).not.toContain('Reply to customer');
    expect(textRunsOf(card)).toContain('(unknown sender)');
    expect(buttonsOf(cardOf([arrives({ requester: nobody, channel: 'phone' }), accepts(ana)]))).not.toContain(
      'Reply to customer',
    );
  });

  test('says so where there is no subject, and where the mail could not be read', () => {
    const card = cardOf(arrives({ subject: ' ', unreadable: true, description: prose('') }));
    expect(textRunsOf(card)).toContain('(no subject)');
    expect(textRunsOf(card)).toContain('This mail could not be read. The original is attached.');
  });

  test('lists files by name and size', () => {
    const file = { name: 'photo\u202e.jpg', size: 1_572_864, contentType: 'image/jpeg', sha256: 'a'.repeat(64) };
    expect(textRunsOf(cardOf(arrives({ description: prose('Look:', file) })))).toContain('File: photo .jpg (1.5 MB)');
    expect(textRunsOf(cardOf(arrives({ description: prose('Look:', file) }), 'de'))).toContain(
      'Datei: photo .jpg (1,5 MB)',
    );
  });

  test('shows ten files of a mail at most, and how many more there are', () => {
    const photos = Array.from({ length: 30 }, (_each, index) => ({
      name: `${index}.jpg`,
      size: 1,
      contentType: 'image/jpeg',
      sha256: 'a'.repeat(64),
    }));
    const files = textRunsOf(cardOf(arrives({ description: prose('Look:', ...photos) }))).filter((text) =>
      text.startsWith('File:'),
    );
    expect(files).toHaveLength(11);
    expect(files.at(-1)).toBe('File: + 20');
  });

  test('tells times in the reader’s zone', () => {
    const due = textRunsOf(cardOf(acceptedBy(ana))).at(textRunsOf(cardOf(acceptedBy(ana))).indexOf('Due: ') + 1);
    expect(due).toMatch(/^Tue.*6 Jan.*10:00$/u);
  });

  test('its forms ask for what the desk needs, and name to whom the answer goes', () => {
    const card = cardOf(acceptedBy(ana));
    const inputs = ofType(card, 'Input.Text', 'Input.Date', 'Input.ChoiceSet').map(({ id, isRequired }) => [
      id,
      isRequired === true,
    ]);
    expect(inputs).toEqual([
      ['replyText', true],
      ['noteText', true],
      ['pendFor', false],
      ['pendUntil', true],
      ['resolveText', false],
      ['cancelReason', true],
      ['duplicateOf', false],
    ]);
    expect(ofType(card, 'Input.Text')[0]).toMatchObject({
      label: 'To Carla Costa <carla@customer.example> · INC-1001',
      maxLength: 4_000,
    });
  });
});
