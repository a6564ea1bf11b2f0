/** Keys whose value is a customer's words or leads to them; compared in small letters, without - and _. */
const WORDS = new Set(['text', 'subject', 'body', 'html', 'prose', 'address', 'mail', 'cookie', 'setcookie']);
/** Keys that end so hold a secret, whatever stands before: `access_token`, `Client-Secret`, `Proxy-Authorization`. */
const SECRETS = /(token|secret|password|authorization|clientstate)$/u;
/** The desk's own mailboxes: who runs the desk must know which one is meant. */
const OWN = new Set(['mailbox']);

const HIDDEN = '[hidden]';
const LONGEST_TEXT = 2_000;
const MOST_ENTRIES = 100;

const isHidden = (key: string): boolean => {
  const plain = key.toLowerCase().replace(/[-_]/gu, '');
  return WORDS.has(plain) || SECRETS.test(plain);
};

/** Cuts out what a message of another programme may carry along: tokens, secrets of a query, mail addresses. */
const cleaned = (text: string): string =>
  text
    .slice(0, LONGEST_TEXT)
    .replace(/\bBearer\s+[^\s"']+/giu, `Bearer ${HIDDEN}`)
    .replace(/\beyJ[\w-]+(\.[\w-]*){1,2}/gu, HIDDEN)
    .replace(/([\w$-]{0,40}(?:token|secret|password))=[^&\s"']+/giu, `$1=${HIDDEN}`)
    .replace(/[^\s<>@"'(),;:/=]{1,64}@[^\s<>@"'(),;:/=]+/gu, '[address]');

type Seen = WeakSet<object>;

const entryOf = (value: object, key: string, seen: Seen): unknown => {
  if (isHidden(key)) return HIDDEN;
  try {
    const inner: unknown = Reflect.get(value, key);
    return OWN.has(key) && typeof inner === 'string' ? inner : redactedValue(inner, seen);
  } catch {
    return '[unreadable]'; // a getter that throws must not stop whoever wanted to say something
  }
};

/** Of an error only what names it: its cause and whatever hangs on it may hold a whole request. */
const errorFields = (error: Error): object => {
  const { name, message, code, status }: Error & { code?: unknown; status?: unknown } = error;
  return {
    name,
    message: cleaned(message),
    ...(typeof code === 'string' ? { code } : {}),
    ...(typeof status === 'number' ? { status } : {}),
  };
};

const redactedObject = (value: object, seen: Seen): unknown => {
  if (seen.has(value)) return '[again]';
  seen.add(value);
  if (value instanceof Error) return errorFields(value);
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
  if (Array.isArray(value)) return value.slice(0, MOST_ENTRIES).map((each) => redactedValue(each, seen));
  const keys = Object.keys(value).slice(0, MOST_ENTRIES);
  return Object.fromEntries(keys.map((key) => [key, entryOf(value, key, seen)]));
};

const redactedValue = (value: unknown, seen: Seen): unknown => {
  if (typeof value === 'string') return cleaned(value);
  if (typeof value === 'bigint') return String(value);
  return typeof value === 'object' && value !== null ? redactedObject(value, seen) : value;
};

/** A copy of a log line's fields without customers' words, addresses and secrets, however deep they hang. Never throws. */
export const redacted = (fields: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  redactedObject(fields, new WeakSet()) as Record<string, unknown>;
