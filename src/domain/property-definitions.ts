import type { ObjectType } from './objects.ts';
import type { Language } from './values.ts';

export type PropertyType = 'string' | 'number' | 'bool' | 'enumeration' | 'date' | 'dateTime';

/** What people read, in every language of the desk. */
export type Label = Readonly<Record<Language, string>>;

export interface PropertyOption {
  readonly value: string;
  readonly label: Label;
}

export interface PropertyDefinition {
  /** Small letters, digits and `_`; never changes. */
  readonly name: string;
  readonly label: Label;
  readonly type: PropertyType;
  /** Of an enumeration. */
  readonly options?: readonly PropertyOption[] | undefined;
  readonly required?: boolean | undefined;
  /** No two objects of the type have the same value; only text and numbers. */
  readonly unique?: boolean | undefined;
  /** Kept by the desk itself. */
  readonly readOnly?: boolean;
  readonly format?: 'email' | 'domain';
}

/** The properties of each type of object. */
export type ObjectProperties = Readonly<Record<ObjectType, readonly PropertyDefinition[]>>;
/** The types that take properties of the desk's own. */
export type CustomizedType = 'ticket' | 'contact' | 'company';
export type CustomProperties = Readonly<Partial<Record<CustomizedType, readonly PropertyDefinition[]>>>;

/** HubSpot's limit, so that what the desk has can always be mirrored there. */
const MOST_UNIQUE = 10;
const NAME = /^[a-z][a-z0-9_]{0,99}$/u;

const text = (name: string, en: string, de: string): PropertyDefinition => ({
  name,
  label: { en, de },
  type: 'string',
});

const CONTACT: readonly PropertyDefinition[] = [
  { ...text('email', 'E-mail', 'E-Mail'), unique: true, format: 'email' },
  { ...text('additional_emails', 'More e-mail addresses', 'Weitere E-Mail-Adressen'), readOnly: true },
  text('firstname', 'First name', 'Vorname'),
  text('lastname', 'Last name', 'Nachname'),
  text('phone', 'Phone', 'Telefon'),
  text('mobilephone', 'Mobile phone', 'Mobiltelefon'),
  text('jobtitle', 'Job title', 'Position'),
];

const COMPANY: readonly PropertyDefinition[] = [
  { ...text('domain', 'Domain', 'Domain'), unique: true, format: 'domain' },
  { ...text('additional_domains', 'More domains', 'Weitere Domains'), readOnly: true },
  text('name', 'Name', 'Name'),
  text('phone', 'Phone', 'Telefon'),
  text('website', 'Website', 'Website'),
];

const BUILT_IN: ObjectProperties = {
  contact: CONTACT,
  company: COMPANY,
  ticket: [],
  envelope: [],
  task: [],
  article: [],
};

/** The built-in properties with those of the configuration behind them; `custom` has passed checkCustomProperties. */
export const objectProperties = (custom: CustomProperties = {}): ObjectProperties => ({
  ...BUILT_IN,
  ticket: [...BUILT_IN.ticket, ...(custom.ticket ?? [])],
  contact: [...BUILT_IN.contact, ...(custom.contact ?? [])],
  company: [...BUILT_IN.company, ...(custom.company ?? [])],
});

export type DefinitionFaultCode =
  'name-malformed' | 'name-taken' | 'options-missing' | 'option-twice' | 'type-cannot-be-unique' | 'too-many-unique';

export interface DefinitionFault {
  readonly fault: DefinitionFaultCode;
  readonly type: ObjectType;
  readonly property: string;
}

/** Everything that is wrong with configured definitions, at once. */
export const checkCustomProperties = (custom: CustomProperties): readonly DefinitionFault[] =>
  (['ticket', 'contact', 'company'] as const).flatMap((type) => {
    const all = objectProperties(custom)[type];
    return all.slice(BUILT_IN[type].length).flatMap((definition, index) =>
      codesOf(definition, all.slice(0, BUILT_IN[type].length + index)).map((fault) => ({
        fault,
        type,
        property: definition.name,
      })),
    );
  });

const codesOf = (
  { name, type, options, unique }: PropertyDefinition,
  earlier: readonly PropertyDefinition[],
): DefinitionFaultCode[] => {
  const values = (options ?? []).map(({ value }) => value);
  const faults: readonly (readonly [DefinitionFaultCode, boolean])[] = [
    ['name-malformed', !NAME.test(name)],
    ['name-taken', earlier.some((each) => each.name === name)],
    ['options-missing', type === 'enumeration' && values.length === 0],
    ['option-twice', new Set(values).size < values.length],
    ['type-cannot-be-unique', unique === true && type !== 'string' && type !== 'number'],
    ['too-many-unique', unique === true && earlier.filter((each) => each.unique).length >= MOST_UNIQUE],
  ];
  return faults.flatMap(([fault, holds]) => (holds ? [fault] : []));
};
