/** Branded values: two strings are not the same thing. Constructors live here; nothing else casts. */
declare const brand: unique symbol;
type Brand<Base, Name extends string> = Base & { readonly [brand]: Name };

export type TicketId = Brand<string, 'TicketId'>;
/** What people say: `INC-1042`. Gaps are allowed, a number is never used twice. */
export type TicketNumber = Brand<string, 'TicketNumber'>;
/** A member of the desk: the Entra object id. */
export type PersonId = Brand<string, 'PersonId'>;
export type TeamId = Brand<string, 'TeamId'>;
/** A customer: found by e-mail address, case-insensitive. */
export type ContactId = Brand<string, 'ContactId'>;
export type CommandId = Brand<string, 'CommandId'>;
/** Lower-case address, e.g. `carla@customer.example`. */
export type MailAddress = Brand<string, 'MailAddress'>;
/** A moment: ISO 8601 in UTC with milliseconds, so that text order is time order. */
export type Instant = Brand<string, 'Instant'>;

export type Language = 'en' | 'de';
export type Priority = 'P1' | 'P2' | 'P3' | 'P4';
export type Level = 'high' | 'medium' | 'low';
export type Role = 'agent' | 'expert' | 'team_lead' | 'manager' | 'admin' | 'auditor';
export type Channel = 'email' | 'phone' | 'teams' | 'api' | 'hubspot';
export type TicketType = 'incident' | 'service_request' | 'problem' | 'change';

export const ticketId = (text: string): TicketId => text as TicketId;
export const ticketNumber = (text: string): TicketNumber => text.trim().toUpperCase() as TicketNumber;
export const personId = (text: string): PersonId => text as PersonId;
export const teamId = (text: string): TeamId => text as TeamId;
export const contactId = (text: string): ContactId => text as ContactId;
export const commandId = (text: string): CommandId => text as CommandId;
export const mailAddress = (text: string): MailAddress => text.trim().toLowerCase() as MailAddress;
export const instantOf = (milliseconds: number): Instant => new Date(milliseconds).toISOString() as Instant;
export const millisecondsOf = (instant: Instant): number => Date.parse(instant);

/** Reads any ISO text; undefined when it is no moment at all. */
export const parseInstant = (text: string): Instant | undefined => {
  const milliseconds = Date.parse(text);
  return Number.isNaN(milliseconds) ? undefined : instantOf(milliseconds);
};

/** Building one is slow, asking it is not; a desk knows few zones. */
const CLOCKS = new Map<string, Intl.DateTimeFormat>();

const clockOf = (zone: string): Intl.DateTimeFormat => {
  const known = CLOCKS.get(zone);
  if (known) return known;
  const clock = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  });
  CLOCKS.set(zone, clock);
  return clock;
};

/** What a clock in that zone shows at that moment, read as if it were UTC; in milliseconds. */
export const wallTime = (milliseconds: number, zone: string): number => {
  const part = Object.fromEntries(
    clockOf(zone)
      .formatToParts(milliseconds)
      .map(({ type, value }) => [type, Number(value)]),
  );
  return Date.UTC(part['year'] ?? 0, (part['month'] ?? 1) - 1, part['day'], part['hour'], part['minute']);
};

/** 23:59 of a day (`2026-01-31`) on the clocks of an IANA zone; undefined when the text is no day. */
export const endOfDay = (day: string, zone: string): Instant | undefined => {
  const wanted = /^\d{4}-\d{2}-\d{2}$/u.test(day) ? Date.parse(`${day}T23:59:00Z`) : Number.NaN;
  if (Number.isNaN(wanted)) return undefined;
  const guess = wanted - (wallTime(wanted, zone) - wanted);
  return instantOf(guess - (wallTime(guess, zone) - wanted));
};

/** `2026-01-31 09:00` on the clocks of an IANA zone; undefined when the text is no such moment, or its day is in no calendar. */
export const momentIn = (text: string, zone: string): Instant | undefined => {
  const [, day, time] = /^(\d{4}-\d{2}-\d{2})[ T]([0-2]\d:[0-5]\d)$/u.exec(text.trim()) ?? [];
  if (day === undefined || time === undefined) return undefined;
  const wanted = Date.parse(`${day}T${time}:00Z`);
  if (Number.isNaN(wanted) || !instantOf(wanted).startsWith(day)) return undefined;
  const guess = wanted - (wallTime(wanted, zone) - wanted);
  return instantOf(guess - (wallTime(guess, zone) - wanted));
};

/** 00:00 of that day; undefined when the text is no day. */
export const startOfDay = (day: string, zone: string): Instant | undefined => {
  const end = endOfDay(day, zone);
  if (end === undefined) return undefined;
  const guess = millisecondsOf(end) - 24 * 3_600_000 + 60_000;
  return instantOf(guess - (wallTime(guess, zone) - Date.parse(`${day}T00:00:00Z`)));
};

export const later = (a: Instant, b: Instant): Instant => (a > b ? a : b);

/** Control and bidirectional characters have no business in a name, a subject or a file name: they spoof what is read. */
const UNSEEN = /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu;

/** One visible line of at most `limit` characters; cut text ends with an ellipsis. */
export const oneLine = (text: string, limit: number): string =>
  clip(text.replace(UNSEEN, ' ').replace(/\s+/gu, ' ').trim(), limit);

/** Cuts between characters, never inside one. */
export const clip = (text: string, limit: number): string =>
  text.length <= limit ? text : `${text.slice(0, limit - 1).replace(/[\ud800-\udbff]$/u, '')}…`;

/** A person as an event or a row remembers them; the name is kept as it was then. */
export interface PersonRef {
  readonly id: PersonId;
  readonly name: string;
}

/** The person, customer or programme behind an act; the name is kept as it was then. */
export type Actor =
  | {
      readonly kind: 'person';
      readonly id: PersonId;
      readonly name: string;
      readonly roles: readonly Role[];
      /** Whose place they take in this act ("Ben for Anna"); set by the write path alone, from the rules of cover. */
      readonly actingFor?: PersonRef;
    }
  | { readonly kind: 'customer'; readonly id: ContactId; readonly name: string }
  | { readonly kind: 'desk' };

export type PersonActor = Extract<Actor, { kind: 'person' }>;

export const refOf = ({ id, name }: PersonRef): PersonRef => ({ id, name });

/** Another ticket, as people and programmes name it. */
export interface TicketRef {
  readonly id: TicketId;
  readonly number: TicketNumber;
}

/** A file kept in the blob store; `size` in bytes. */
export interface Attachment {
  readonly name: string;
  readonly size: number;
  readonly contentType: string;
  readonly sha256: string;
}

/** Where an answer joins the customer's thread: the mailbox, and the message there that is answered (Graph's immutable id). */
export interface MailThread {
  readonly mailbox: MailAddress;
  readonly messageId?: string;
  readonly internetMessageId?: string;
}

/** A text a customer or a colleague wrote; `bodySha256` names the whole original body where it was longer or HTML. */
export interface Prose {
  readonly text: string;
  readonly bodySha256?: string;
  readonly attachments: readonly Attachment[];
}
