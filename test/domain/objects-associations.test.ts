import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  type AssociationLabel,
  BUILT_IN_LABELS,
  checkLabels,
  decideAssociation,
  heldBy,
  mirrored,
  UNLABELLED,
} from '../../src/domain/association.ts';
import { type Link, OBJECT_TYPES, type ObjectRef } from '../../src/domain/objects.ts';

const ref = (type: ObjectRef['type'], id: string): ObjectRef => ({ type, id });
const [one, two, carla, acme] = [
  ref('ticket', '1'),
  ref('ticket', '2'),
  ref('contact', 'carla'),
  ref('company', 'acme'),
];
const colleague: AssociationLabel = { from: 'contact', to: 'contact', name: 'colleague', inverse: 'colleague' };
const labels = [...BUILT_IN_LABELS, colleague];

describe('an association', () => {
  test('is held by one side, from whichever side it is said', () => {
    const held = { from: one, to: two, label: 'follows', inverse: 'followed_by', most: 1 };
    expect(heldBy(labels, { from: one, to: two, label: 'follows' })).toEqual(held);
    expect(heldBy(labels, { from: two, to: one, label: 'followed_by' })).toEqual(held);
    expect(heldBy(labels, { from: acme, to: carla, label: 'primary' })).toEqual({
      from: carla,
      to: acme,
      label: 'primary',
      inverse: 'primary',
      most: 1,
    });
  });

  test('with a label nobody defined for these two types is none', () => {
    expect(heldBy(labels, { from: one, to: carla, label: 'follows' })).toBeUndefined();
    expect(heldBy(labels, { from: acme, to: carla, label: 'affected' })).toBeUndefined();
  });

  test('of either side is one and the same, and its mirror says the same', () => {
    const anyRef = fc.record({ type: fc.constantFrom(...OBJECT_TYPES), id: fc.constantFrom('a', 'b', 'c') });
    const words = [UNLABELLED, ...new Set(labels.flatMap(({ name, inverse }) => [name, inverse]))];
    const link = fc.record({ from: anyRef, to: anyRef, label: fc.constantFrom(...words) });
    fc.assert(
      fc.property(link, (said: Link) => {
        const held = heldBy(labels, said);
        if (!held) return;
        const direct = { from: held.from, to: held.to, label: held.label };
        expect([direct, mirrored(held)]).toContainEqual(said);
        if (said.from.type === said.to.type && said.from.id === said.to.id) return;
        expect(heldBy(labels, mirrored(held))).toEqual(held);
        expect(heldBy(labels, direct)).toEqual(held);
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('adding one', () => {
  const wanted = { from: one, to: carla, label: 'primary', inverse: 'primary', most: 1 };
  const ben = ref('contact', 'ben');

  test('that is there changes nothing', () => {
    expect(decideAssociation([carla], wanted)).toEqual({ add: [], remove: [] });
  });

  test('where there may be no more is refused with those there are, unless it comes instead', () => {
    expect(decideAssociation([], wanted)).toEqual({ add: [wanted], remove: [] });
    expect(decideAssociation([ben], wanted)).toEqual({
      refused: 'too-many-associations',
      label: 'primary',
      limit: 1,
      held: [ben],
    });
    expect(decideAssociation([ben], wanted, { instead: true })).toEqual({
      add: [wanted],
      remove: [{ ...wanted, to: ben }],
    });
    const three = { ...wanted, most: 3 };
    const others = ['x', 'y', 'z'].map((id) => ref('contact', id));
    expect(decideAssociation(others, three, { instead: true })).toMatchObject({ remove: [{ to: others[2] }] });
  });

  test('of an object with itself is refused', () => {
    expect(decideAssociation([], { ...wanted, to: one })).toEqual({ refused: 'associated-with-itself' });
  });
});

describe('labels of the desk’s own', () => {
  const label = (name: string, more: Partial<AssociationLabel> = {}): AssociationLabel => ({
    from: 'ticket',
    to: 'company',
    name,
    inverse: `${name}_of`,
    ...more,
  });
  const faults = (...custom: AssociationLabel[]): string[] =>
    checkLabels(custom).map(({ fault, name }) => `${fault} ${name}`);

  test('join two types in one direction, or alike in both', () => {
    expect(faults(colleague, label('vendor', { most: 3 }))).toEqual([]);
  });

  test('say a new word on both sides', () => {
    expect(faults(label('primary'))).toEqual(['name-taken primary']);
    expect(faults(label('a', { inverse: 'primary' }))).toEqual(['name-taken a']);
    expect(faults(label('a', { inverse: UNLABELLED }))).toEqual(['name-taken a']);
    expect(faults(label('a'), label('b', { from: 'company', to: 'ticket', inverse: 'a' }))).toEqual(['name-taken b']);
    expect(faults(label('Größe'))).toEqual(['name-malformed Größe']);
  });

  test('count at one end, and never where both ends are alike', () => {
    for (const most of [0, 1.5, 101]) expect(faults(label('a', { most }))).toEqual(['most-malformed a']);
    expect(checkLabels([{ ...colleague, most: 2 }])).toMatchObject([{ fault: 'most-malformed' }]);
  });

  test('at most ten for a pair of types', () => {
    const many = Array.from({ length: 10 }, (_each, index) => label(`l${index}`));
    expect(faults(...many.slice(0, 9))).toEqual([]);
    expect(faults(...many)).toEqual(['too-many-labels l9']);
  });
});
