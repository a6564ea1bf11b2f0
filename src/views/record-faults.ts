import type { ObjectRefusal, PropertyFault } from '../domain/objects.ts';
import type { PropertyDefinition } from '../domain/property-definitions.ts';
import { oneLine } from '../domain/values.ts';
import { button, type Element, row } from './elements.ts';
import type { RecordDetail } from './record-detail.ts';
import { labelOf, type ValueReader } from './record-values.ts';
import type { Words } from './words/words.ts';

interface Refused {
  readonly fault: ObjectRefusal;
  readonly definitions: readonly PropertyDefinition[];
  readonly words: Words;
  readonly reader: ValueReader;
  readonly detail: RecordDetail;
}

const SHORTEST_LINE = 120;
const LONGEST_TEXT = 4_000;

/** Why nothing was done, every fault by name, and the way to the record that stands in the way. */
export const faultRows = (refused: Refused): readonly Element[] => {
  const { fault, words, detail } = refused;
  const { faults = [], property, label, limit } = fault;
  const about = property === undefined ? labelText(label ?? '', words) : propertyName(refused, property);
  const said = words.contact.refusal[fault.refused](about, limit === undefined ? '' : String(limit));
  const more = faults.length - detail.faults;
  const lines = [
    said,
    ...faults.slice(0, detail.faults).map((each) => faultText(refused, each)),
    ...(more > 0 ? [words.contact.more(more)] : []),
  ];
  return [
    row({
      lines: lines.map((text) => [{ text: oneLine(text, Math.max(detail.value, SHORTEST_LINE)), color: 'Attention' }]),
      actions: wayOut(refused),
    }),
  ];
};

export const labelText = (label: string, { contact }: Words): string =>
  Object.hasOwn(contact.label, label) ? (contact.label[label] ?? label) : oneLine(label.replaceAll('_', ' '), 50);

const propertyName = ({ definitions, reader }: Refused, name: string): string => {
  const definition = definitions.find((each) => each.name === name);
  return definition ? labelOf(definition, reader) : oneLine(name, 60) || '?';
};

const faultText = (refused: Refused, { fault, property }: PropertyFault): string =>
  refused.words.contact.fault[fault](propertyName(refused, property), expectedOf(refused, property));

const expectedOf = ({ definitions, words, reader }: Refused, property: string): string => {
  const { expected } = words.contact;
  const definition = definitions.find(({ name }) => name === property);
  if (!definition) return '';
  if (definition.type === 'enumeration')
    return expected.oneOf((definition.options ?? []).map(({ label }) => label[reader.language]).join(', '));
  if (definition.type !== 'string') return expected[definition.type];
  return definition.format ? expected[definition.format] : expected.shorter(LONGEST_TEXT);
};

/** The verbs that open a record. */
const OPENS = {
  contact: { verb: 'contact', id: 'contactId' },
  company: { verb: 'company', id: 'companyId' },
  ticket: { verb: 'ticket-properties', id: 'ticketId' },
} as const;

const wayOut = ({ fault: { holder }, words }: Refused): readonly Element[] => {
  if (holder?.type !== 'contact' && holder?.type !== 'company' && holder?.type !== 'ticket') return [];
  const { verb, id } = OPENS[holder.type];
  return [button({ title: words.contact.look, verb, alone: true, data: { [id]: holder.id } })];
};
