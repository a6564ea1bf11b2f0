import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readDeskConfig } from '../../src/desk-config.ts';
import { BUILT_IN_LABELS } from '../../src/domain/association.ts';
import { faultsOf } from './faults-of.ts';

/** What desk.json says of properties, associations and stages. Whoever writes it is told all that cannot be, and what to do. */
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'desk-objects-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const repository = JSON.parse(readFileSync('config/desk.json', 'utf8')) as object;
const fileWith = (changed: object): string => {
  const file = path.join(folder, 'desk.json');
  const bare = { ...repository, properties: undefined, associationLabels: undefined, pipeline: undefined };
  writeFileSync(file, JSON.stringify({ ...bare, ...changed }));
  return file;
};
const read = (changed: object) => readDeskConfig(fileWith(changed)).objects;
const faults = (changed: object): string[] =>
  faultsOf(() => read(changed)).map((fault) => fault.slice(fault.indexOf('desk.json: ') + 'desk.json: '.length));

const label = { en: 'Word', de: 'Wort' };
const text = { name: 'room', label, type: 'string' };
const floor = { name: 'floor', label, type: 'enumeration', options: [{ value: 'one', label }] };
const owns = { from: 'company', to: 'company', name: 'owns', inverse: 'owned_by' };
const stages = [
  { id: 'todo', label: { en: 'To do', de: 'Offen' }, statuses: ['new'] },
  {
    id: 'doing',
    label: { en: 'Doing', de: 'In Arbeit' },
    statuses: ['in_progress', 'pending_customer', 'pending_vendor', 'pending_change'],
  },
  { id: 'done', label: { en: 'Done', de: 'Erledigt' }, statuses: ['resolved', 'closed', 'cancelled'] },
];

describe('what is configured', () => {
  test('nothing: the desk knows what every desk knows', () => {
    const { properties, labels, pipeline } = read({});
    expect(properties.contact.map(({ name }) => name)).toContain('email');
    expect(properties.ticket).toEqual([]);
    expect(labels).toEqual(BUILT_IN_LABELS);
    expect(pipeline).toBeUndefined();
  });

  test('properties stand behind the built-in ones, each at its type', () => {
    const { properties } = read({
      properties: { ticket: [text], contact: [floor], company: [{ ...text, unique: true }] },
    });
    expect(properties.ticket).toEqual([text]);
    expect(properties.contact.at(-1)).toEqual(floor);
    expect(properties.company.at(-1)).toMatchObject({ name: 'room', unique: true });
  });

  test('labels join the built-in ones', () => {
    expect(read({ associationLabels: [{ ...owns, most: 3 }] }).labels.at(-1)).toEqual({ ...owns, most: 3 });
  });

  test('stages keep their order, and are closed where work has ended', () => {
    expect(read({ pipeline: stages }).pipeline?.stages).toEqual([
      { ...stages[0], state: 'open' },
      { ...stages[1], state: 'open' },
      { ...stages[2], state: 'closed' },
    ]);
  });

  test('the desk of the repository has one property of contacts, one of tickets, and a pair of labels', () => {
    const { properties, labels } = readDeskConfig('config/desk.json').objects;
    expect(properties.contact.at(-1)).toMatchObject({ name: 'vip', type: 'bool' });
    expect(properties.ticket).toMatchObject([{ name: 'cost_center', type: 'string' }]);
    expect(labels.at(-1)).toMatchObject({ name: 'parent_of', inverse: 'child_of' });
  });
});

describe('what cannot be, one cause at a time', () => {
  const ofTicket = (...ticket: object[]): object => ({ properties: { ticket } });
  const unique = (count: number): object[] =>
    Array.from({ length: count }, (_each, index) => ({ ...text, name: `room_${index}`, unique: true }));

  test.each<[string, object, string]>([
    [
      'a property with a capital',
      ofTicket({ ...text, name: 'Room' }),
      'properties: ticket.Room is no name: small letters, digits and _, beginning with a letter',
    ],
    ['a property without a name', ofTicket({ ...text, name: ' ' }), 'properties: ticket.? is no name'],
    ['a property twice', ofTicket(text, text), 'properties: ticket.room has a name that is taken: choose another'],
    [
      'the name of a built-in property',
      { properties: { contact: [{ ...text, name: 'email' }] } },
      'properties: contact.email has a name that is taken',
    ],
    [
      'an enumeration of nothing',
      ofTicket({ ...floor, options: undefined }),
      'properties: ticket.floor is an enumeration without options: list what can be chosen',
    ],
    [
      'an option twice',
      ofTicket({ ...floor, options: [...floor.options, ...floor.options] }),
      'properties: ticket.floor has an option twice: remove one',
    ],
    [
      'a unique truth',
      ofTicket({ ...text, type: 'bool', unique: true }),
      'properties: ticket.room cannot be unique, only a string or a number can: take unique away',
    ],
    [
      'eleven unique properties',
      ofTicket(...unique(11)),
      'properties: ticket.room_10 is one unique property too many, a type has at most 10: take unique away',
    ],
    [
      'ten unique properties of a contact, beside its address',
      { properties: { contact: unique(10) } },
      'properties: contact.room_9 is one unique property too many',
    ],
    [
      'options of a text',
      ofTicket({ ...text, options: floor.options }),
      'properties.ticket.0.options: only an enumeration has options: take them away or change the type',
    ],
    ['a property in one language', ofTicket({ ...text, label: { en: 'Room' } }), 'properties.ticket.0.label.de: '],
    ['a property of no type', ofTicket({ ...text, type: 'money' }), 'properties.ticket.0.type: '],
    ['a property of an envelope', { properties: { envelope: [text] } }, 'properties: '],
    [
      'more properties than a card holds',
      ofTicket(...unique(21).map((each) => ({ ...each, unique: false }))),
      'properties.ticket: ',
    ],
    [
      'an option that says nothing',
      ofTicket({ ...floor, options: [{ value: '-', label }] }),
      'properties.ticket.0.options.0.value: must begin with a letter or a digit',
    ],
    [
      'a label with a space',
      { associationLabels: [{ ...owns, inverse: 'owned by' }] },
      'associationLabels: owns (company to company) is no name: both directions are small letters, digits and _, beginning with a letter',
    ],
    [
      'the label of a built-in pair',
      { associationLabels: [{ from: 'ticket', to: 'ticket', name: 'caused_by', inverse: 'x' }] },
      'associationLabels: caused_by (ticket to ticket) has a name that is taken between these types: choose another',
    ],
    [
      'a label to none',
      { associationLabels: [{ ...owns, most: 0 }] },
      'associationLabels: owns (company to company) has a wrong most: a whole number from 1 to 100',
    ],
    [
      'eleven labels between two types',
      {
        associationLabels: Array.from({ length: 11 }, (_each, n) => ({ ...owns, name: `a${n}`, inverse: `b${n}` })),
      },
      'associationLabels: a10 (company to company) is one label too many, two types have at most 10: remove one',
    ],
    [
      'a label between things that are none',
      { associationLabels: [{ ...owns, to: 'printer' }] },
      'associationLabels.0.to: ',
    ],
    [
      'a stage twice',
      { pipeline: [...stages.slice(0, 2), { ...stages[2], id: 'todo' }] },
      'pipeline: todo stands there twice: rename one',
    ],
    [
      'a status that is forgotten',
      { pipeline: [...stages.slice(0, 2), { ...stages[2], statuses: ['resolved', 'closed'] }] },
      'pipeline: cancelled stands in no stage: add it to one',
    ],
    [
      'a status in two stages',
      { pipeline: [{ ...stages[0], statuses: ['new', 'in_progress'] }, ...stages.slice(1)] },
      'pipeline: in_progress stands in two stages: remove it from one',
    ],
    [
      'a stage that is open and closed',
      {
        pipeline: [
          stages[0],
          { ...stages[1], statuses: [...(stages[1]?.statuses ?? []), 'resolved'] },
          { ...stages[2], statuses: ['closed', 'cancelled'] },
        ],
      },
      'pipeline: doing holds open and closed statuses: make two stages of it',
    ],
    ['no stage at all', { pipeline: [] }, 'pipeline: '],
    [
      'a stage without a status',
      { pipeline: [...stages, { ...stages[0], id: 'x', statuses: [] }] },
      'pipeline.3.statuses: ',
    ],
    [
      'an unknown status',
      { pipeline: [...stages, { ...stages[0], id: 'x', statuses: ['won'] }] },
      'pipeline.3.statuses.0: ',
    ],
    [
      'a stage with a space',
      { pipeline: [{ ...stages[0], id: 'to do' }, ...stages.slice(1)] },
      'pipeline.0.id: is no id',
    ],
  ])('%s', (_what, changed, said) => {
    expect(faults(changed)).toEqual([expect.stringContaining(said)]);
  });

  test.each([
    ['properties', { properties: 'room' }, 'properties: '],
    ['properties of a type', { properties: { ticket: {} } }, 'properties.ticket: '],
    ['a property', { properties: { ticket: [null] } }, 'properties.ticket.0: '],
    ['labels', { associationLabels: 7 }, 'associationLabels: '],
    ['stages', { pipeline: { todo: [] } }, 'pipeline: '],
  ])('%s of a wrong shape', (_what, changed, said) => {
    expect(faults(changed)).toEqual([expect.stringContaining(said)]);
  });
});

test('all that cannot be is told at once: within an entry, between entries, and of people', () => {
  const found = faults({
    people: [],
    properties: { ticket: [text, { ...text, type: 'money' }, text], company: [{ ...text, name: 'domain' }] },
    associationLabels: [{ ...owns, most: 1.5 }, owns],
    pipeline: [{ ...stages[0], statuses: ['new', 'closed'] }],
  }).join('\n');
  for (const said of [
    /people: /u,
    /properties\.ticket\.1\.type/u,
    /ticket\.room has a name that is taken/u,
    /company\.domain has a name that is taken/u,
    /owns \(company to company\) has a wrong most/u,
    /owns \(company to company\) has a name that is taken/u,
    /todo holds open and closed/u,
    /in_progress stands in no stage/u,
  ])
    expect(found).toMatch(said);
});
