import { badRequest } from './failure.ts';
import { instant, type MailItem } from './mail-item.ts';
import { hasAttachments, isMessageProperty } from './message-json.ts';

type Value = string | boolean;

const FIELDS: Readonly<Record<string, (item: MailItem) => Value>> = {
  receivedDateTime: (item) => item.receivedAt,
  sentDateTime: (item) => item.sentAt,
  createdDateTime: (item) => item.createdAt,
  lastModifiedDateTime: (item) => item.modifiedAt,
  internetMessageId: (item) => item.internetMessageId,
  conversationId: (item) => item.conversationId,
  subject: (item) => item.subject,
  isRead: (item) => item.isRead,
  isDraft: (item) => item.isDraft,
  hasAttachments,
  'from/emailAddress/address': (item) => item.from?.address.toLowerCase() ?? '',
};

const COMPARE: Readonly<Record<string, (field: Value, value: Value) => boolean>> = {
  eq: (field, value) => field === value,
  ne: (field, value) => field !== value,
  ge: (field, value) => field >= value,
  gt: (field, value) => field > value,
  le: (field, value) => field <= value,
  lt: (field, value) => field < value,
};

const CONDITION = /\s*([\w/]+)\s+(eq|ne|ge|gt|le|lt)\s+('(?:[^']|'')*'|[^\s']+)\s*(and\s+|$)/y;

const valueOf = (literal: string, field: string): Value => {
  if (literal === 'true' || literal === 'false') return literal === 'true';
  if (literal.startsWith("'")) {
    const text = literal.slice(1, -1).replaceAll("''", "'");
    return field.startsWith('from/') ? text.toLowerCase() : text;
  }
  const at = Date.parse(literal);
  if (Number.isNaN(at)) throw badRequest(`Invalid filter clause: '${literal}' is no value.`);
  return instant(at); // whole seconds, as messages hold them
};

/** `$filter` with comparisons joined by `and`. Errors: 400 for anything else. */
export const parseFilter = (filter: string | null): ((item: MailItem) => boolean) => {
  if (filter === null) return () => true;
  const conditions: ((item: MailItem) => boolean)[] = [];
  CONDITION.lastIndex = 0;
  for (let more = true; more;) {
    const found = CONDITION.exec(filter);
    const [, name = '', operator = '', literal = '', joint = ''] = found ?? [];
    const field = FIELDS[name];
    const compare = COMPARE[operator];
    if (!found || !field || !compare) throw badRequest(`Invalid filter clause: '${filter}'.`);
    const value = valueOf(literal, name);
    conditions.push((item) => compare(field(item), value));
    more = joint !== '';
  }
  return (item) => conditions.every((holds) => holds(item));
};

/** `$select` as names; undefined when all are wanted. Errors: 400 for a name a message does not have. */
export const parseSelect = (select: string | null): readonly string[] | undefined => {
  if (!select) return undefined;
  const names = select.split(',').map((name) => name.trim());
  const unknown = names.find((name) => !isMessageProperty(name));
  if (unknown !== undefined) {
    throw badRequest(`Could not find a property named '${unknown}' on type 'Microsoft.OutlookServices.Message'.`);
  }
  return names;
};

/** `$orderby` with one property; newest first unless told. Messages of one second stay in their order of arrival. */
export const parseOrder = (orderBy: string | null): ((one: MailItem, other: MailItem) => number) => {
  const [, name = '', way = 'asc'] =
    /^\s*([\w/]+)(?:\s+(asc|desc))?\s*$/i.exec(orderBy ?? 'receivedDateTime desc') ?? [];
  const field = FIELDS[name];
  if (!field) throw badRequest(`Invalid orderby clause: '${orderBy ?? ''}'.`);
  const sign = way.toLowerCase() === 'desc' ? -1 : 1;
  return (one, other) => {
    const [left, right] = [field(one), field(other)];
    if (left === right) return sign * (one.folderSeq - other.folderSeq);
    return left < right ? -sign : sign;
  };
};

/** `$top` (10 unless told, 1000 at most) and `$skip`. Errors: 400 when they are no numbers. */
export const parsePage = (query: URLSearchParams): { readonly top: number; readonly skip: number } => {
  const number = (name: string, otherwise: number): number => {
    const value = Number(query.get(name) ?? otherwise);
    if (!Number.isInteger(value) || value < 0) throw badRequest(`Invalid value for ${name}.`);
    return value;
  };
  const top = number('$top', 10);
  if (top > 1000) throw badRequest("The limit of '1000' for Top query has been exceeded.", 'ErrorInvalidTop');
  return { top, skip: number('$skip', 0) };
};
