import type { DeskEntries } from '../../src/desk-file.ts';
import { CARLA, type CustomerLetter, type PersonName, type TestDesk } from '../support/open-desk.ts';
import type { Element } from '../support/cards.ts';

/** People at their clients: they look at cards, fill in what a form offers, press what stands there, and read what comes back. */

/** A card or words, as somebody sees them; `text` holds a line for each thing that can be read. */
export interface Shown {
  readonly card?: Element;
  readonly text: string;
}

/** A ticket as people name it. */
export interface Case {
  readonly id: string;
  readonly number: string;
}

type Data = Readonly<Record<string, unknown>>;

/** The desk with everybody reading English, so that buttons have one name. */
export const inEnglish = (file: DeskEntries): DeskEntries => ({
  ...file,
  people: file.people.map((person) => ({ ...person, language: 'en' })),
});

interface Button {
  readonly title: string;
  readonly verb: string;
  readonly data: Data;
  /** The inputs a client sends with it: those of its form and of the cards around it. */
  readonly fields: readonly Element[];
}

/** By its title; where a card has several of the same, also by what it stands for. */
export type Wanted = string | { readonly button: string; readonly of: Data };

const isObject = (value: unknown): value is Element => typeof value === 'object' && value !== null;
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

const readable = (node: unknown): string[] => {
  if (Array.isArray(node)) return node.flatMap(readable);
  if (!isObject(node)) return [];
  if (node.type === 'RichTextBlock')
    return [
      listOf(node['inlines'])
        .map((run) => (isObject(run) ? String(run['text']) : ''))
        .join(''),
    ];
  const own = ['text', 'title', 'label', ...(node.type?.startsWith('Action') ? [] : ['value'])];
  const said = own.flatMap((key) => (typeof node[key] === 'string' ? [node[key]] : []));
  const inner = Object.entries(node).filter(([key]) => !['fallback', 'data', 'fallbackText', 'choices'].includes(key));
  return [...said, ...inner.flatMap(([, value]) => (isObject(value) ? readable(value) : []))];
};

const shownCard = (card: unknown): Shown => ({ card: card as Element, text: readable(card).join('\n') });

const shownActivity = (activity: unknown): Shown => {
  const { attachments, text } = activity as { attachments?: readonly { content: unknown }[]; text?: string };
  return attachments?.[0] ? shownCard(attachments[0].content) : { text: text ?? '' };
};

const shownAnswer = (body: unknown): Shown => {
  const value = (body as { value?: unknown } | undefined)?.value;
  return typeof value === 'string' ? { text: value } : shownCard(value);
};

/** Inputs of this card, not of the forms it opens. */
const inputsOf = (node: unknown): Element[] => {
  if (Array.isArray(node)) return node.flatMap(inputsOf);
  if (!isObject(node) || node.type === 'Action.ShowCard') return [];
  if (node.type?.startsWith('Input.')) return [node];
  return Object.values(node).flatMap(inputsOf);
};

const buttonsIn = (node: unknown, fields: readonly Element[]): Button[] => {
  if (Array.isArray(node)) return node.flatMap((each) => buttonsIn(each, fields));
  if (!isObject(node)) return [];
  const around = node.type === 'AdaptiveCard' ? [...fields, ...inputsOf(node['body'])] : fields;
  const own: Button[] =
    node.type === 'Action.Execute'
      ? [
          {
            title: String(node['title']).replaceAll('\\', ''),
            verb: String(node['verb']),
            data: (node['data'] ?? {}) as Data,
            fields: node['associatedInputs'] === 'none' ? [] : around,
          },
        ]
      : [];
  const inner = Object.entries(node).filter(([key]) => key !== 'fallback' && key !== 'data');
  return [...own, ...inner.flatMap(([, value]) => buttonsIn(value, around))];
};

/** All that can be pressed. */
export const buttonsOn = ({ card }: Shown): Button[] => buttonsIn(card, []);

/** The titles of all that can be pressed. */
export const titlesOn = (shown: Shown): string[] => buttonsOn(shown).map(({ title }) => title);

const buttonOn = (shown: Shown, wanted: Wanted): Button => {
  const { button: title, of } = typeof wanted === 'string' ? { button: wanted, of: {} } : wanted;
  const found = buttonsOn(shown).filter(
    (each) => each.title === title && Object.entries(of).every(([key, value]) => each.data[key] === value),
  );
  const kinds = new Set(found.map(({ verb, data }) => JSON.stringify([verb, data])));
  const [button] = found;
  if (button && kinds.size === 1) return button;
  throw new TypeError(`${kinds.size} buttons "${title}" among: ${titlesOn(shown).join(' | ')}\n${shown.text}`);
};

type Typed = Readonly<Record<string, string | readonly string[]>>;

/** What a client sends for an input: the value of the chosen title, what was typed, or what stood there. */
const valueOf = (field: Element, typed: Typed): string => {
  const given = typed[String(field['id'])];
  if (given === undefined) return String(field['value'] ?? '');
  const choices = listOf(field['choices']) as readonly { title: string; value: string }[];
  if (field.type !== 'Input.ChoiceSet') return String(given);
  const chosen = [given].flat().map((each) => {
    const choice = choices.find(({ title, value }) => title === each || value === each);
    if (!choice) throw new TypeError(`no choice "${each}" among: ${choices.map(({ title }) => title).join(' | ')}`);
    return choice.value;
  });
  return chosen.join(',');
};

const filledIn = (button: Button, typed: Typed, checked: boolean): Data => {
  const ids = button.fields.map(({ id }) => id);
  const unknown = Object.keys(typed).filter((id) => !ids.includes(id));
  if (unknown.length > 0) throw new TypeError(`no field ${unknown.join(', ')} among: ${ids.join(' | ')}`);
  const values = button.fields.map((field): [string, string] => [String(field['id']), valueOf(field, typed)]);
  const missing = button.fields.filter((field, index) => field['isRequired'] === true && values[index]?.[1] === '');
  if (checked && missing.length > 0)
    throw new TypeError(`the client asks first: ${missing.map((field) => String(field['errorMessage'])).join(' | ')}`);
  return { ...button.data, ...Object.fromEntries(values) };
};

export interface Hands {
  readonly name: PersonName;
  /** The case as a card for this person alone, asked for in the chat. */
  looksAt(one: Case): Promise<Shown>;
  /** Writes to the bot; what it answers. */
  says(text: string): Promise<readonly Shown[]>;
  /** Presses a button that stands on the card, with its form filled in; what comes back, when all of it has happened. */
  presses(shown: Shown, wanted: Wanted, typed?: Typed): Promise<Shown>;
  /** The same through a client that checks nothing: required fields stay empty, long texts are long. */
  insists(shown: Shown, wanted: Wanted, typed?: Typed): Promise<Shown>;
  /** The same, while the rest of the desk goes on. */
  taps(shown: Shown, wanted: Wanted, typed?: Typed): Promise<Shown>;
  /** Looks at the case and presses. */
  does(one: Case, wanted: Wanted, typed?: Typed): Promise<Shown>;
  /** What the bot has sent to this person, oldest first. */
  chat(): readonly Shown[];
}

export const handsOf = (desk: TestDesk, name: PersonName): Hands => {
  const tap = async (button: Button, data: Data): Promise<Shown> => {
    const { status, body } = await desk.taps(name, button.verb, data);
    if (status !== 200) throw new TypeError(`status ${status}`);
    return shownAnswer(body);
  };
  const settled = async (shown: Promise<Shown>): Promise<Shown> => {
    const answer = await shown;
    await desk.settled();
    return answer;
  };
  const taps: Hands['taps'] = (shown, wanted, typed = {}) => {
    const button = buttonOn(shown, wanted);
    return tap(button, filledIn(button, typed, true));
  };
  const looksAt: Hands['looksAt'] = async ({ number }) =>
    shownActivity((await desk.says(name, `ticket ${number}`)).at(-1));
  const presses: Hands['presses'] = (shown, wanted, typed) => settled(taps(shown, wanted, typed));
  return {
    name,
    looksAt,
    taps,
    presses,
    says: async (text) => {
      const answers = await desk.says(name, text);
      return answers.map(shownActivity);
    },
    insists: (shown, wanted, typed = {}) => {
      const button = buttonOn(shown, wanted);
      return settled(tap(button, filledIn(button, typed, false)));
    },
    does: async (one, wanted, typed) => presses(await looksAt(one), wanted, typed),
    chat: () => desk.chatOf(name).map(shownActivity),
  };
};

/** All cards in the channels, oldest first, as they are now; of one channel where it is named. */
export const channelCards = (desk: TestDesk, channel?: string): readonly Shown[] =>
  desk.mirror
    .posts(channel)
    .filter(({ conversationId }) => !conversationId.startsWith('personal:'))
    .map(({ activity }) => shownActivity(activity))
    .filter(({ card }) => card !== undefined);

const headOf = ({ card }: Shown): string => String(card?.['fallbackText'] ?? '').replaceAll('\\', '');

/** The ticket's card in its team's channel; the newest where it came through several. */
export const ticketCardOf = (desk: TestDesk, { number }: Case): Shown =>
  channelCards(desk).findLast((shown) => headOf(shown).startsWith(`${number} `)) ?? { text: '' };

/** The card of one of its envelopes, in the channel of the team that is asked. */
export const envelopeCardOf = (desk: TestDesk, { number }: Case, seq = 1): Shown =>
  channelCards(desk).findLast((shown) => headOf(shown).startsWith(`Help ${seq} for ${number} `)) ?? { text: '' };

/** Moves the clock; what comes due meanwhile happens. */
export const passes = async (desk: TestDesk, time: Parameters<TestDesk['clock']['advance']>[0]): Promise<void> => {
  desk.clock.advance(time);
  await desk.settled();
};

let letters = 0;

/** Somebody mails, and a case of theirs is there. */
export const arrives = async (desk: TestDesk, letter: CustomerLetter = {}): Promise<Case> => {
  const subject = letter.subject ?? `Letter ${(letters += 1)}: the scanner is on strike`;
  await desk.mails({ text: 'Please help.', ...letter, subject });
  await desk.settled();
  const shown = channelCards(desk).findLast((each) => headOf(each).endsWith(` ${subject}`));
  const button = shown && buttonsOn(shown).find(({ data }) => typeof data['ticketId'] === 'string');
  if (!shown || !button) throw new TypeError(`no card of "${subject}"`);
  return { id: String(button.data['ticketId']), number: headOf(shown).split(' ')[0] ?? '' };
};

/** Accepted beyond undoing. */
export const ownedBy = async (desk: TestDesk, owner: Hands, letter: CustomerLetter = {}): Promise<Case> => {
  const one = await arrives(desk, letter);
  await owner.does(one, 'Accept');
  await passes(desk, { seconds: 31 });
  return one;
};

/** Bodies of the mails a customer has got, oldest first. */
export const mailsTo = (desk: TestDesk, address: string = CARLA): readonly string[] =>
  desk.inboxOf(address).map(({ body }) => body.content);

const ZONE = 'Europe/Berlin';
const clockIn = (options: Intl.DateTimeFormatOptions, at: number): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: ZONE, ...options }).format(at);

/** The day on the desk's calendar, `2026-01-31`, so many days from now. */
export const dayFromNow = (desk: TestDesk, days = 0): string =>
  clockIn({ dateStyle: 'short' }, Date.parse(desk.clock.now()) + days * 86_400_000);

/** Moves the clock to the next time the desk's clocks show this, `09:00`. */
export const until = async (desk: TestDesk, time: string): Promise<void> => {
  const now = Date.parse(desk.clock.now());
  const minutes = (text: string): number => Number(text.slice(0, 2)) * 60 + Number(text.slice(3, 5));
  const ahead = (minutes(time) - minutes(clockIn({ timeStyle: 'short' }, now)) + 1_440) % 1_440;
  await passes(desk, { minutes: ahead === 0 ? 1_440 : ahead });
};
