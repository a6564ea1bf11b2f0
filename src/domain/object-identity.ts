import { type DeskObject, type ObjectType, type Properties, type PropertyValue, propertyOf } from './objects.ts';

/** What finds a contact or a company. A value that was replaced stays with the object, so that it is found by it for ever. */
const IDENTIFYING: Partial<Record<ObjectType, { readonly property: string; readonly additional: string }>> = {
  contact: { property: 'email', additional: 'additional_emails' },
  company: { property: 'domain', additional: 'additional_domains' },
};

/** One value under which nothing else of its type may stand; text counts without case and outer space. */
export const uniqueKey = (value: PropertyValue): string => String(value).trim().toLowerCase();

const listed = (value: PropertyValue | undefined): string[] =>
  typeof value === 'string' && value !== '' ? value.split(';') : [];

/** Every value of a unique property under which an object is found, in the form of `uniqueKey`. */
export const uniqueValues = ({ type, properties }: DeskObject, property: string): readonly string[] => {
  const identifying = IDENTIFYING[type];
  const value = propertyOf(properties, property);
  return [
    ...(value === undefined ? [] : [uniqueKey(value)]),
    ...(identifying?.property === property ? listed(propertyOf(properties, identifying.additional)) : []),
  ];
};

/** `after` with every identifying value of `before`, those of `others` too, among the additional ones. */
export const keepingIdentity = (
  { type, properties: before }: Pick<DeskObject, 'type' | 'properties'>,
  after: Properties,
  others: readonly string[] = [],
): Properties => {
  const identifying = IDENTIFYING[type];
  if (!identifying) return after;
  const { property, additional } = identifying;
  const all = [...listed(propertyOf(before, additional)), ...listed(propertyOf(before, property)), ...others];
  const kept = [...new Set(all)].filter((each) => each !== propertyOf(after, property)).sort();
  const { [additional]: _replaced, ...rest } = after;
  return kept.length === 0 ? rest : { ...rest, [additional]: kept.join(';') };
};
