import { z } from 'zod';
import type { DeskSchema, NamedStage } from './application/desk-schema.ts';
import { BUILT_IN_LABELS, checkLabels, type LabelFaultCode } from './domain/association.ts';
import { OBJECT_TYPES } from './domain/objects.ts';
import { checkPipeline, type PipelineFault, stageOf, TICKET_PIPELINE } from './domain/pipelines.ts';
import {
  checkCustomProperties,
  type DefinitionFaultCode,
  objectProperties,
  type PropertyDefinition,
} from './domain/property-definitions.ts';

const shown = z.string().trim().min(1).max(60);
const Label = z.strictObject({ en: shown, de: shown }).describe('What people read, in every language of the desk.');
const ObjectType = z.enum(OBJECT_TYPES);
const PropertyType = z.enum(['string', 'number', 'bool', 'enumeration', 'date', 'dateTime']);
const STATUSES = TICKET_PIPELINE.stages.flatMap(({ statuses }) => statuses);

const OptionEntry = z.strictObject({
  value: z
    .string()
    .trim()
    .min(1)
    .max(60)
    .regex(/^[\p{L}\p{N}]/u, 'must begin with a letter or a digit')
    .describe('What is kept; never changes.'),
  label: Label,
});

const PropertyEntry = z
  .strictObject({
    name: z.string().trim().max(50).describe('Small letters, digits and _; never changes.'),
    label: Label,
    type: PropertyType,
    options: z.array(OptionEntry).max(50).optional().describe('What can be chosen, for an enumeration.'),
    required: z.boolean().optional().describe('Once it has a value, it keeps one.'),
    unique: z.boolean().optional().describe('No two of the type have the same value.'),
  })
  .refine(({ type, options }) => type === 'enumeration' || options === undefined, {
    path: ['options'],
    error: 'only an enumeration has options: take them away or change the type',
  });

/** A card must hold them all. */
const properties = z.array(PropertyEntry).max(20).optional();

const AssociationEntry = z.strictObject({
  from: ObjectType,
  to: ObjectType,
  name: z.string().trim().max(50).describe('What `from` says of `to`: small letters, digits and _.'),
  inverse: z.string().trim().max(50).describe('What `to` says of `from`.'),
  most: z.number().optional().describe('How many objects the label may lead to; without it, any number.'),
});

const StageEntry = z.strictObject({
  id: z
    .string()
    .trim()
    .regex(/^[a-z][a-z0-9_]{0,49}$/u, 'is no id: small letters, digits and _, beginning with a letter'),
  label: Label,
  statuses: z.array(z.enum(STATUSES)).min(1).describe('Tickets of these statuses stand in this stage.'),
});

/** The part of config/desk.json that says what is kept of tickets, contacts and companies. */
export const OBJECT_FIELDS = {
  properties: z
    .strictObject({ ticket: properties, contact: properties, company: properties })
    .optional()
    .describe('What the desk keeps of tickets, contacts and companies beside what every desk does.'),
  associationLabels: z.array(AssociationEntry).max(50).optional().describe('How objects can belong together.'),
  pipeline: z
    .array(StageEntry)
    .min(1)
    .max(20)
    .optional()
    .describe('The stages of a ticket in their order; without them each status is one.'),
};

const ObjectEntries = z.object(OBJECT_FIELDS);
type Entries = z.infer<typeof ObjectEntries>;

const PROPERTY_FAULT: Readonly<Record<DefinitionFaultCode, string>> = {
  'name-malformed': 'is no name: small letters, digits and _, beginning with a letter',
  'name-taken': 'has a name that is taken: choose another',
  'options-missing': 'is an enumeration without options: list what can be chosen',
  'option-twice': 'has an option twice: remove one',
  'type-cannot-be-unique': 'cannot be unique, only a string or a number can: take unique away',
  'too-many-unique': 'is one unique property too many, a type has at most 10: take unique away',
};
const LABEL_FAULT: Readonly<Record<LabelFaultCode, string>> = {
  'name-malformed': 'is no name: both directions are small letters, digits and _, beginning with a letter',
  'name-taken': 'has a name that is taken between these types: choose another',
  'most-malformed': 'has a wrong most: a whole number from 1 to 100, and none where both directions are one name',
  'too-many-labels': 'is one label too many, two types have at most 10: remove one',
};
const PIPELINE_FAULT: Readonly<Record<PipelineFault['fault'], string>> = {
  'stage-twice': 'stands there twice: rename one',
  'stage-mixes-open-and-closed': 'holds open and closed statuses: make two stages of it',
  'status-without-stage': 'stands in no stage: add it to one',
  'status-in-two-stages': 'stands in two stages: remove it from one',
};

const list = <Entry>(entry: z.ZodType<Entry>) => z.array(entry.or(z.undefined()).catch(undefined)).catch([]);
const there = <Entry>(entries: readonly (Entry | undefined)[]): Entry[] =>
  entries.filter((entry) => entry !== undefined);

/** Read from whatever stands there, so that these faults show beside those within an entry. */
const Written = z
  .object({
    properties: z
      .object({ ticket: list(PropertyEntry), contact: list(PropertyEntry), company: list(PropertyEntry) })
      .catch({ ticket: [], contact: [], company: [] }),
    associationLabels: list(AssociationEntry),
    pipeline: z.array(StageEntry).min(1).optional().catch(undefined),
  })
  .catch({ properties: { ticket: [], contact: [], company: [] }, associationLabels: [] });

/** What entries say together that cannot be; `json` may be anything. */
export const faultsOfObjects = (json: unknown): string[] => {
  const { properties: written, associationLabels, pipeline } = Written.parse(json);
  const custom = { ticket: there(written.ticket), contact: there(written.contact), company: there(written.company) };
  return [
    ...checkCustomProperties(custom).map(
      ({ fault, type, property }) => `properties: ${type}.${property || '?'} ${PROPERTY_FAULT[fault]}`,
    ),
    ...checkLabels(there(associationLabels)).map(
      ({ fault, from, to, name }) => `associationLabels: ${name || '?'} (${from} to ${to}) ${LABEL_FAULT[fault]}`,
    ),
    ...(pipeline === undefined ? [] : checkPipeline({ id: 'ticket', stages: pipeline.map(stageFrom) })).map(
      (each) => `pipeline: ${'stage' in each ? each.stage : each.status} ${PIPELINE_FAULT[each.fault]}`,
    ),
  ];
};

/** Whether work goes on in a stage follows from its statuses. */
const stageFrom = (stage: NonNullable<Entries['pipeline']>[number]): NamedStage => ({
  ...stage,
  state: stage.statuses.every((status) => stageOf(TICKET_PIPELINE, status)?.state === 'closed') ? 'closed' : 'open',
});

/** What the desk knows of objects; `entries` have no faults. */
export const schemaOf = (entries: Entries, ownDomains: readonly string[]): DeskSchema => ({
  properties: objectProperties(definedBy(entries)),
  labels: [...BUILT_IN_LABELS, ...(entries.associationLabels ?? [])],
  ownDomains,
  ...(entries.pipeline ? { pipeline: { id: TICKET_PIPELINE.id, stages: entries.pipeline.map(stageFrom) } } : {}),
});

const definedBy = ({
  properties: { ticket = [], contact = [], company = [] } = {},
}: Entries): Record<'ticket' | 'contact' | 'company', readonly PropertyDefinition[]> => ({ ticket, contact, company });
