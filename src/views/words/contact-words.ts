import type { ObjectRefusalCode, ObjectType, PropertyFaultCode } from '../../domain/objects.ts';

type Texts<Word extends string> = Readonly<Record<Word, string>>;

/** What stands on the cards of contacts, companies and the properties of tickets. */
export interface ContactWords {
  readonly contact: Texts<ContactWord> & {
    readonly type: Texts<ObjectType>;
    /** The labels every desk has; those of the configuration are read as they are written there. */
    readonly label: Readonly<Record<string, string>>;
    readonly propertiesOf: (number: string) => string;
    readonly unknown: (address: string) => string;
    readonly more: (count: number) => string;
    readonly event: Readonly<Record<RecordEvent, (who: string, what: string) => string>>;
    /** `about`: a property, a label or a type; `most`: how many there may be. Both may be empty. */
    readonly refusal: Readonly<Record<ObjectRefusalCode, (about: string, most: string) => string>>;
    readonly fault: Readonly<Record<PropertyFaultCode, (property: string, expected: string) => string>>;
    readonly expected: Texts<Expected> & {
      readonly oneOf: (options: string) => string;
      readonly shorter: (limit: number) => string;
    };
  };
}

/** `set`: what is "Phone: 1 → 2" · `merged`: another contact became part of this one. */
export type RecordEvent = 'created' | 'set' | 'associated' | 'dissociated' | 'merged' | 'absorbed';

export type Expected = 'number' | 'bool' | 'date' | 'dateTime' | 'email' | 'domain';

type ContactWord =
  | 'facts'
  | 'related'
  | 'tickets'
  | 'noTickets'
  | 'moreTickets'
  | 'history'
  | 'edit'
  | 'save'
  | 'merge'
  | 'mergeLabel'
  | 'mergeNeeded'
  | 'needed'
  | 'yes'
  | 'no'
  | 'notSet'
  | 'empty'
  | 'notAll'
  | 'noProperties'
  | 'stage'
  | 'properties'
  | 'look'
  | 'desk'
  | 'gone';
